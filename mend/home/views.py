"""App Home: the doors, what waits for this person, what their role adds, and their own notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, DividerBlock, HeaderBlock
from slack_sdk.models.views import View

from mend.editor import views as editor
from mend.helping import views as helping
from mend.helping.model import HelpRequest
from mend.lookbacks import views as lookbacks
from mend.ownit import views as notes
from mend.ownit.model import Note
from mend.pause import views as pause
from mend.people import views as team
from mend.people.model import Role
from mend.playbooks.model import Playbook
from mend.promises.model import Promise
from mend.promises.views import summary as promise_summary
from mend.recap.causes import views as causes
from mend.recap.daily import views as recap
from mend.repair import picker
from mend.slack import doors
from mend.slack.ui import (
    Message,
    aside,
    button,
    buttons,
    paragraph,
    says,
    shortened,
)

PAGE = "home_page"
LABEL_LENGTH = 75  # Slack's limit for a button
PROMISES_SHOWN = 5
NOTES_SHOWN = 10  # 3 blocks each: far from Slack's 100, and still a page one can read
LOOKBACKS_SHOWN = 3
HANDS_SHOWN = 5
EXCERPT = 150


@dataclass(frozen=True, slots=True)
class Mine:
    """What stands on one person's page: what is theirs, and what their role adds.

    `notes` are one page of their notes, `lookbacks` those that they were asked about. `helping`
    are the open requests that a supervisor was told of, None for who is none; `asked` are those
    this person made. `team` is theirs, or empty, and `zone` its time zone. `standing` are the ids
    of the notes that stand in their channel.
    """

    notes: Sequence[Note]
    promises: Sequence[Promise] = ()
    lookbacks: Sequence[Note] = ()
    recent: Sequence[Playbook] = ()
    helping: Sequence[HelpRequest] | None = None
    asked: Sequence[HelpRequest] = ()
    zone: ZoneInfo = ZoneInfo("UTC")
    role: Role = Role.AGENT
    team: str = ""
    next_recap: datetime | None = None
    page: int = 0
    has_older: bool = False
    standing: frozenset[str] = frozenset()


def home(
    mine: Mine, now: datetime, policy_url: str, said: Message | None, on_top: Sequence[Block] = ()
) -> dict[str, Any]:
    """The view. `said` stands on top: the answer to what was just pressed here."""
    blocks: list[Block] = [HeaderBlock(text="Mend"), *on_top, *_doors(mine)]
    if mine.role >= Role.SUPERVISOR:
        blocks += _supervising(mine)
    if mine.role >= Role.ADMIN:
        blocks += _administering()
    blocks += _waiting(mine)
    blocks += [DividerBlock(), says("*Your notes* (only you see this page)")]
    for note in mine.notes:
        blocks += notes.summary(note, now, stands=note.id in mine.standing)
    if not mine.notes:
        blocks.append(
            says("Nothing here. When something slips: `/ownit`, one line. It stays yours.")
        )
    blocks += _pages(mine)
    blocks.append(aside(fairness(policy_url)))
    view = View(type="home", blocks=blocks).to_dict()
    if said:
        answer = [block for block in said.blocks if not _stands_below(block)]
        view["blocks"] = [*answer, {"type": "divider"}, *view["blocks"]]
    return view


def closed(why: str) -> dict[str, Any]:
    """App Home of somebody whom Mend is not for."""
    return View(type="home", blocks=[says(why)]).to_dict()


def fairness(policy_url: str) -> str:
    """What Mend can and cannot promise about an owned note."""
    policy = (
        f"<{policy_url}|How your company treats owned mistakes.>"
        if policy_url
        else "Your company has not set a policy on owned mistakes here."
    )
    return f"{policy} Whoever runs the server, or Slack itself, can technically read what is kept."


def _stands_below(block: Mapping[str, Any]) -> bool:
    """Whether these are a note's own controls, which its line on this page has anyway."""
    elements = block.get("elements") if block["type"] == "actions" else ()
    return any(each.get("action_id") in (notes.WITHDRAW, notes.LEARNED) for each in elements or ())


def _doors(mine: Mine) -> list[Block]:
    first = buttons(
        button("Own something", doors.OWN, "", "primary"),
        button("Find a repair", picker.OPEN, "repair"),
        button("Pause", pause.OPEN, "pause"),
        button("Privacy", doors.PRIVACY, "privacy"),
    )
    blocks: list[Block] = [first]
    if mine.recent:
        quick = [
            button(shortened(book.title, LABEL_LENGTH), f"{picker.QUICK}_{place}", book.slug)
            for place, book in enumerate(mine.recent)
        ]
        blocks += [aside("You used lately"), buttons(*quick)]
    blocks.append(aside("`/repair` and the customer's words find the playbook, in any channel."))
    if mine.next_recap:
        at = mine.next_recap
        blocks.append(aside(f"Next recap: {at:%A %-d %B, %H:%M} ({at.tzinfo})."))
    return blocks


def _supervising(mine: Mine) -> list[Block]:
    """Who waits for a hand first: it is why a supervisor looks here in a shift."""
    blocks: list[Block] = [DividerBlock(), says("*Your team*")]
    for help_request in (mine.helping or ())[:HANDS_SHOWN]:
        waits = helping.asks(help_request, mine.zone)
        blocks.append(says(waits, button("I'm coming", helping.TAKE, help_request.id)))
    if mine.helping is not None and not mine.helping:
        blocks.append(aside("Nobody is waiting for a hand."))
    choices = [button("Preview the recap", recap.OPEN, "recap")]
    if mine.team:
        choices += [
            button("What got in the way", causes.OPEN, mine.team),
            button("The team's rules", team.OPEN, mine.team),
        ]
    return [*blocks, buttons(*choices)]


def _administering() -> list[Block]:
    choices = [
        button("Playbooks", editor.LIST, "0"),
        button("What waits", editor.WAITING, "0"),
        button("Doctor", doors.DOCTOR, "doctor"),
    ]
    return [DividerBlock(), says("*The workspace*"), buttons(*choices)]


def _waiting(mine: Mine) -> list[Block]:
    """What was promised, and what Mend asked about and was not answered yet."""
    blocks: list[Block] = []
    for help_request in mine.asked[:HANDS_SHOWN]:
        blocks += helping.summary(help_request, mine.zone)
    if mine.promises:
        blocks += [DividerBlock(), says("*Your open promises*")]
        for promise in mine.promises[:PROMISES_SHOWN]:
            blocks += promise_summary(promise, mine.zone)
    if mine.lookbacks:
        blocks += [DividerBlock(), says("*Any clearer now?*")]
        for note in mine.lookbacks[:LOOKBACKS_SHOWN]:
            blocks += [paragraph(shortened(note.text, EXCERPT)), lookbacks.choices(note)]
    return blocks


def _pages(mine: Mine) -> list[Block]:
    turns = []
    if mine.page:
        turns.append(button("Newer", f"{PAGE}_0", str(mine.page - 1)))
    if mine.has_older:
        turns.append(button("Older", f"{PAGE}_1", str(mine.page + 1)))
    return [buttons(*turns)] if turns else []
