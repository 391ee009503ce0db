"""What can be pressed under an answer: at most three buttons and one ⋯."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from mend.people.model import Role
from mend.playbooks.model import Playbook
from mend.repair.model import ASKED_LENGTH
from mend.slack import doors, ui
from mend.slack.packing import pack, unpack

SHOW = "repair_show"
WORKED = "repair_worked"
NOT_THIS = "repair_not_this"
ALL_STEPS, ENDING, FEWER_STEPS = "repair_all_steps", "repair_ending", "repair_fewer_steps"
MORE = "repair_more"  # a menu, whose choices have routes of their own
FILL = "fill_open"
SHARE = "repair_share"
SEND_WORDS = "repair_send_words"
GET_HELP = "repair_get_help"
IN_SIGHT, CHOICES = 3, 5  # buttons beside a ⋯, and what a ⋯ holds in Slack
BUTTON_VALUE_LENGTH, BLOCK_ID_LENGTH = 2000, 255  # Slack's limits


class Act(NamedTuple):
    """Something to press; which of the acts are buttons hangs on the room there is."""

    label: str
    route: str
    value: str  # of the button; a choice of ⋯ holds the slug, and its row's id the rest
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the controls under an answer remember: the playbook, the (masked) words asked with,

    and the playbooks that were not it, the last one first.
    """

    slug: str = ""
    words: str = ""
    refused: tuple[str, ...] = ()

    def packed(self) -> str:
        """For a button; words that grow too long when written as JSON are left out."""
        words, refused = ui.shortened(self.words, ASKED_LENGTH), " ".join(self.refused)
        value = pack(self.slug, words, refused)
        return value if len(value) <= BUTTON_VALUE_LENGTH else pack(self.slug, "", "")

    def block(self) -> str:
        """All but the playbook, as the id of a row: the choices of a ⋯ hold too little."""
        words = ui.shortened(self.words, ASKED_LENGTH)
        values = [pack(words, " ".join(self.refused[:n])) for n in range(len(self.refused), -1, -1)]
        return next((each for each in values if len(each) <= BLOCK_ID_LENGTH), pack("", ""))

    @classmethod
    def read(cls, value: str, block: str = "") -> Asked:
        """From a button's value, or from that of a choice and the id of its row."""
        if value.startswith("["):
            slug, words, refused = unpack(value, 3)
        else:  # an older Mend's choice held some of the words, too
            slug, _, words = value.partition(" ")
            words, refused = unpack(block, 2) if block.startswith("[") else (words, "")
        return cls(slug, words, tuple(refused.split()))

    def without_it(self) -> Asked:
        """Asked once more, now that the playbook was not the one."""
        refused = dict.fromkeys(slug for slug in (self.slug, *self.refused) if slug)
        return Asked("", self.words, tuple(refused))

    def of(self, slug: str) -> Asked:
        return Asked(slug, self.words, tuple(each for each in self.refused if each != slug))


def under_card(
    book: Playbook, asked: Asked, others: Sequence[Playbook], *, has_worked: bool
) -> ui.Block:
    """The playbooks it may be instead come first, then what is done with it."""
    rest = [
        Act("All steps", ALL_STEPS, book.slug),
        Act("None of these" if others else "Not this one", NOT_THIS, book.slug),
        Act("Own this", doors.OWN, ""),
        Act("Pause", doors.PAUSE, ""),
        Act("Share", SHARE, book.slug),
    ]
    return row([*shows(others, asked), *_acts(book, asked, has_worked=has_worked)], rest, asked)


def under_all_steps(book: Playbook, role: Role, asked: Asked) -> ui.Block:
    rest = [
        Act("If stuck, closing", ENDING, book.slug),
        Act("Fewer steps", FEWER_STEPS, book.slug),
        Act("Own this", doors.OWN, ""),
        Act("Pause", doors.PAUSE, ""),
        _change(book, role),
    ]
    return row(_acts(book, asked), rest, asked)


def under_ending(book: Playbook, role: Role, asked: Asked) -> ui.Block:
    """What is said about the playbook itself stands where the last of it is read."""
    rest = [
        Act("Fewer steps", FEWER_STEPS, book.slug),
        Act("Own this", doors.OWN, ""),
        Act("Pause", doors.PAUSE, ""),
        _change(book, role),
        Act("Out of date", doors.OUTDATED, book.slug),
    ]
    return row(_acts(book, asked), rest, asked)


def _change(book: Playbook, role: Role) -> Act:
    if role is Role.ADMIN:
        return Act("Edit", doors.PLAYBOOK, book.slug)
    return Act("Suggest a change", doors.SUGGEST, book.slug)


def in_a_window(content: ui.Message) -> ui.Message:
    """The same without what needs the channel that it stands in."""

    def fits(element: dict[str, Any]) -> dict[str, Any]:
        if element["type"] != "overflow":
            return element
        choices = [each for each in element["options"] if each["value"].split()[0] != SHARE]
        return element | {"options": choices}

    shown = [
        block | {"elements": [fits(each) for each in block["elements"]]}
        if block["type"] == "actions"
        else block
        for block in content.blocks
    ]
    return ui.Message(content.text, tuple(shown))


def row(acts: Sequence[Act], rest: Sequence[Act], asked: Asked) -> ui.Block:
    """As many buttons as are in sight at once; what else there is to do in the ⋯ at its end."""
    choices = [(act.label, act.route, _slug(act)) for act in [*acts[IN_SIGHT:], *rest][:CHOICES]]
    shown = ui.buttons(*_buttons(acts[:IN_SIGHT]), ui.menu(MORE, *choices))
    return shown | {"block_id": asked.block()}


def line(acts: Sequence[Act]) -> ui.Block:
    """All of them as buttons."""
    return ui.buttons(*_buttons(acts))


def shows(books: Sequence[Playbook], asked: Asked) -> list[Act]:
    return [Act(book.title, SHOW, asked.of(book.slug).packed()) for book in books]


def _acts(book: Playbook, asked: Asked, *, has_worked: bool = False) -> list[Act]:
    value = asked.of(book.slug).packed()
    acts = [] if has_worked else [Act("It worked", WORKED, value, "primary")]
    if book.scripts:
        acts.append(Act("Words to send", FILL, book.slug))
    return [*acts, Act("Get help", GET_HELP, value)]


def _buttons(acts: Sequence[Act]) -> list[ui.Element]:
    return [
        ui.button(
            act.label, f"{SHOW}_{n}" if act.route == SHOW else act.route, act.value, act.style
        )
        for n, act in enumerate(acts)
    ]


def _slug(act: Act) -> str:
    return Asked.read(act.value).slug
