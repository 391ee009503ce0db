"""One note of the soak: what its owner was told, and what may therefore be true of it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any

from workspace import Message, Workspace


class Fate(StrEnum):
    """The values are the labels that lead there, where one does."""

    ABSENT = "absent"
    PRIVATE = "Make private"
    SHOWN = "Post as me"
    WITHDRAWN = "Withdraw"


RECAP = "What we learned"
AGAIN = "Change who sees it"
PLANS = (
    (),
    (Fate.SHOWN,),
    (Fate.SHOWN,),
    (Fate.SHOWN, Fate.WITHDRAWN),
    (Fate.SHOWN, Fate.PRIVATE),
    (Fate.SHOWN, Fate.PRIVATE, Fate.SHOWN),
    (Fate.WITHDRAWN,),
)


@dataclass
class Note:
    """`may_be` holds what is possible: an acknowledged step leaves one, a lost answer adds one.

    `before` is what the receipt said when the last step was pressed.
    """

    words: str
    was_acked: bool = False
    receipt: Message | None = None
    before: str = ""
    may_be: set[Fate] = field(default_factory=lambda: {Fate.ABSENT})

    def is_told_falsely(self, stands: bool) -> bool:
        """Whether its owner reads what is not so; not of a step whose answer was lost: a receipt

        that only they see is changed in answer to a press or never, so a message says it then.
        """
        said = self.receipt.visible if self.receipt and len(self.may_be) == 1 else ""
        if said == self.before:
            return False
        is_out = "Withdrawn." in said and "being taken out" not in said
        return (is_out and stands) or ("It stands in" in said and not stands)

    def stepped(self, to: Fate, acked: bool) -> None:
        self.may_be = {to} if acked else self.may_be | {to}


def live(ws: Workspace, person: Any, note: Note, chance: random.Random) -> None:
    """A person owns a slip and does with it what people do; each step waits for its answer."""
    if chance.random() < 0.25:
        said = person.dm(note.words)
        note.was_acked = any(
            each.acked
            for each in list(ws.deliveries)
            if each.payload.get("event", {}).get("ts") == said.ts
        )
        # Whom Slack does not name is told to try again, which is not heard while it is away.
        note.stepped(Fate.PRIVATE, note.was_acked and "users.info" not in ws.web_api.failures)
        return  # the receipt comes when the bot can; nobody waits for it here
    answer = person.command("/ownit", note.words, channel="random")
    note.receipt = answer.message
    note.was_acked = answer.acked and not is_refused(person)
    note.stepped(Fate.PRIVATE, note.was_acked)
    for step in chance.choice(PLANS) if answer.message else ():
        if not ws.wait(partial(is_offered, answer.message, step.value, AGAIN), 1):
            return  # the receipt that shows this button was never delivered
        if not is_offered(answer.message, step.value):
            person.press(answer.message, AGAIN)
        if not ws.wait(partial(is_offered, answer.message, step.value), 1):
            return
        note.before = answer.message.visible
        was_acked = person.press(answer.message, step.value).acked
        if was_acked:  # what they are told of it comes after that
            ws.wait(partial(is_told, person, note), 1)
        note.stepped(step, was_acked and not is_refused(person))
        if Fate.WITHDRAWN in note.may_be and note.may_be != {Fate.WITHDRAWN}:
            return  # whoever got no answer to "Withdraw" does not post it next


def is_told(person: Any, note: Note) -> bool:
    """Whether anything came of the last step."""
    return is_refused(person) or (note.receipt is not None and note.receipt.visible != note.before)


def is_refused(person: Any) -> bool:
    """Whether Mend just said that it kept nothing: the machine is busy, or Slack said not who."""
    said = "".join(each.visible for each in person.ephemerals[-1:])
    return "Not saved" in said or "Nothing was done" in said


def is_offered(receipt: Message, *labels: str) -> bool:
    """Whether any of them is."""
    return not {*receipt.buttons, *receipt.choices}.isdisjoint(labels)


def faults(
    notes: Iterable[Note], kept: Sequence[tuple[object, object]], public: Sequence[str]
) -> tuple[int, int, int]:
    """How many are lost, doubled, and visible though they should not be; `kept` are text and

    visibility of those that are not withdrawn, `public` what stands in the channel.
    """
    times_kept = Counter(str(text) for text, _ in kept)
    is_shown = {str(text) for text, visibility in kept if visibility == "as_me"}
    lost = doubled = visible = 0
    for note in notes:
        roots = sum(note.words in text for text in public)
        standing = Fate.ABSENT if not times_kept[note.words] else Fate.PRIVATE
        standing = Fate.SHOWN if note.words in is_shown else standing
        possible = {Fate.ABSENT if fate is Fate.WITHDRAWN else fate for fate in note.may_be}
        lost += standing not in possible or (standing is Fate.SHOWN and not roots)
        doubled += times_kept[note.words] > 1 or roots > 1
        visible += standing is not Fate.SHOWN and roots > 0
    return lost, doubled, visible


def wrong_recaps(ws: Workspace, told: int) -> int:
    """Every day that was told stands in the channel once; none of them may be missing."""
    posts = [m for m in ws.messages("support") if m.is_root and RECAP in m.visible]
    keys = {(post.metadata or {})["event_payload"]["key"] for post in posts}
    return abs(len(posts) - told) + len(posts) - len(keys)
