"""Every card and window there is, by name: how a person comes to have it before them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mend.ownit.store import NoteStore
from tests.browser.day import Day, Walk
from tests.ownit.test_ownit import note_window, own
from tests.ownit.test_receipt import STATES


def _receipts() -> dict[str, Walk]:
    def receipt(state: Any) -> Walk:
        return lambda day: (day.ada, state(day.bot, day.ws, day.ada, day.slip()))

    def window(state: Any) -> Walk:
        def walk(day: Day) -> tuple[Any, Any]:
            state(day.bot, day.ws, day.ada, day.slip())
            [newest] = NoteStore(day.bot.db).mine(day.ada.id, limit=1)
            return day.ada, note_window(day.ada, newest.id)

        return walk

    cards = {f"receipt, {each.__name__}": receipt(each) for each in STATES}
    return cards | {f"note, {each.__name__}": window(each) for each in STATES}


def _root(day: Day) -> Any:
    day.ada.press(own(day.ada, day.slip()), "Post as me")
    return day.ws.messages("support")[-1]


def _learned(day: Day, *then: str) -> Any:
    day.window(day.ada, day.note(day.ada), "What I learned")
    day.ada.submit({"learned": "read it back"})
    return day.ada.modal


def _promised(day: Day, at: timedelta) -> Any:
    day.window(day.ada, day.note(day.ada), "Promise a follow-up")
    day.ada.submit({"what": "call", "due": int((day.clock() + timedelta(hours=1)).timestamp())})
    day.clock.advance(seconds=at.total_seconds())
    day.bot.scheduler.run_due()
    return day.ada.dms[-1]


def _withdrawing(day: Day) -> Any:
    _promised(day, timedelta())
    [newest] = NoteStore(day.bot.db).mine(day.ada.id, limit=1)
    return day.window(day.ada, note_window(day.ada, newest.id), "Withdraw")


def _submitted(person: Any, answers: dict[str, Any]) -> Any:
    person.submit(answers)
    return person.modal


def _taken(day: Day) -> Any:
    card = day.help_asked()
    day.cam.press(card, "I'm coming")
    return card


def _unpublished(day: Day) -> Any:
    day.playbook("Edit")
    return _submitted(day.dee, {"close": f"Read back the amount, {day.slip()}."})


def _outdated(day: Day) -> Any:
    opened = day.repair("they charged me twice", "All steps", "If stuck, closing")
    day.ada.press(opened, "Out of date")
    return day.ada.ephemerals[-1]


def _done(day: Day) -> Any:
    board = day.mend(day.cam, "causes")
    if "Change" not in board.buttons:
        day.window(day.cam, board, "Say what is done")
        day.cam.submit({"what": "the screen asks", "strength": "STRONGER", "state": "IDENTIFIED"})
        day.cam.close()
    return day.mend(day.cam, "causes")


def _watched(day: Day) -> Any:
    day.mend(day.cam, "condition courier strike till friday")
    _submitted(day.cam, {})
    return day.mend(day.cam, "condition")


AGENTS: dict[str, Walk] = _receipts() | {
    # on a call
    "a repair, sure": lambda day: (day.ada, day.repair("they charged me twice")),
    "a repair, not sure": lambda day: (day.ada, day.repair("bill")),
    "a repair, none": lambda day: (day.ada, day.repair("zqx qwrtp")),
    "a repair, not this one": lambda day: (
        day.ada,
        day.repair("the refund is late, charged twice", "Not this one"),
    ),
    "a repair, worked": lambda day: (day.ada, day.repair("they charged me twice", "It worked")),
    "a repair from home": lambda day: (day.ada, day.home(day.ada, "Find a repair")),
    "the picker": lambda day: (day.ada, day.repair("")),
    "words to send": lambda day: (
        day.ada,
        day.window(day.ada, day.repair("they charged me twice"), "Words to send"),
    ),
    "a hand, asked": lambda day: (day.ada, day.help_asked() and day.ada.ephemerals[-1]),
    "a hand, a lead's card": lambda day: (day.cam, day.help_asked()),
    "a hand, taken": lambda day: (day.cam, _taken(day)),
    "a hand, its answer": lambda day: (day.cam, day.window(day.cam, day.help_asked(), "Answer")),
    "a pause": lambda day: (day.ada, day.mend(day.ada, "pause")),
    "a pause, what to send": lambda day: (
        day.ada,
        day.window(day.ada, day.mend(day.ada, "pause"), "What were you about to send?"),
    ),
    "distress": lambda day: (day.ada, own(day.ada, f"{day.slip()} again, i should just quit")),
    "told in messages": lambda day: (day.ada, day.ada.dm("hello there") and day.ada.dms[-1]),
    "unclear in messages": lambda day: (
        day.ada,
        day.ada.dm("the flamingo thing again") and day.ada.dms[-1],
    ),
    # a note, further on
    "a note in the channel": lambda day: (day.ada, _root(day)),
    "a colleague's note": lambda day: (day.cam, day.window(day.cam, _root(day), "Open")),
    "own": lambda day: (day.ada, day.home(day.ada, "Own something")),
    "edit": lambda day: (day.ada, day.window(day.ada, own(day.ada, day.slip()), "Edit")),
    "words for the customer": lambda day: (
        day.ada,
        day.window(day.ada, day.note(day.ada), "Words for the customer"),
    ),
    "learned": lambda day: (day.ada, day.window(day.ada, day.note(day.ada), "What I learned")),
    "learned, and saved": lambda day: (day.ada, _learned(day)),
    "a playbook change": lambda day: (
        day.ada,
        day.window(day.ada, day.note(day.ada), "Turn into a playbook change"),
    ),
    "a promise": lambda day: (
        day.ada,
        day.window(day.ada, day.note(day.ada), "Promise a follow-up"),
    ),
    "a promise, soon due": lambda day: (day.ada, _promised(day, timedelta(minutes=51))),
    "a promise, its note withdrawn": lambda day: (day.ada, _withdrawing(day)),
    "a look-back": lambda day: (day.ada, day.lookback()),
    "a look-back, the second question": lambda day: (day.ada, day.lookback("Next")),
    "a look-back, the third": lambda day: (day.ada, day.lookback("Next", "Skip")),
    "privacy": lambda day: (day.ada, day.mend(day.ada, "privacy")),
    "the recap": lambda day: (day.ada, day.mend(day.ada, "recap")),
    "what to expect": lambda day: (day.ada, day.mend(day.ada, "brief")),
    "help": lambda day: (day.ada, day.mend(day.ada, "help")),
    "the team's rules": lambda day: (day.ada, day.mend(day.ada, "team")),
}
LEADS: dict[str, Walk] = {
    "causes": lambda day: (day.cam, day.mend(day.cam, "causes")),
    "conditions": lambda day: (day.cam, day.mend(day.cam, "condition")),
    "a condition": lambda day: (
        day.cam,
        day.mend(day.cam, "condition courier strike till friday") or day.cam.modal,
    ),
    "what is done": lambda day: (
        day.cam,
        day.window(day.cam, day.mend(day.cam, "causes"), "Say what is done"),
    ),
    "causes, with what is done": lambda day: (day.cam, _done(day)),
    "what is done, again": lambda day: (day.cam, day.window(day.cam, _done(day), "Change")),
    "conditions, one open": lambda day: (day.cam, _watched(day)),
    "the team's rules, changed": lambda day: (
        day.cam,
        day.window(day.cam, day.mend(day.cam, "team"), "Change"),
    ),
}
ADMINS: dict[str, Walk] = {  # who keep the playbooks, and what they are sent
    "playbooks": lambda day: (day.dee, day.mend(day.dee, "playbooks") or day.dee.modal),
    "a playbook": lambda day: (day.dee, day.playbook()),
    "a playbook, edited": lambda day: (day.dee, day.playbook("Edit")),
    "a playbook, unpublished": lambda day: (day.dee, _unpublished(day)),
    "a playbook, its history": lambda day: (day.dee, day.playbook("History")),
    "a new playbook": lambda day: (
        day.dee,
        (day.mend(day.dee, "playbooks"), day.window(day.dee, day.dee.modal, "New playbook"))[1],
    ),
    "a change suggested": lambda day: (
        day.ada,
        day.window(
            day.ada,
            day.repair("they charged me twice", "All steps", "If stuck, closing"),
            "Suggest a change",
        ),
    ),
    "out of date": lambda day: (day.ada, _outdated(day)),
    "out of date, and why": lambda day: (
        day.ada,
        day.window(day.ada, _outdated(day), "Add what is wrong"),
    ),
    "what waits, dismissed": lambda day: (
        day.dee,
        (_outdated(day), day.window(day.dee, day.home(day.dee, "What waits"), "Dismiss"))[1],
    ),
    "what waits, a change": lambda day: (
        day.dee,
        (_outdated(day), day.home(day.dee, "What waits"))[1],
    ),
    "what waits": lambda day: (day.dee, day.home(day.dee, "What waits")),
    "limits": lambda day: (day.dee, day.home(day.dee, "Set limits")),
    "limits, saved": lambda day: (
        day.dee,
        (day.home(day.dee, "Set limits"), _submitted(day.dee, {}))[1],
    ),
    "doctor": lambda day: (day.dee, day.mend(day.dee, "doctor") or day.dee.ephemerals[-1]),
    "what admins did": lambda day: (day.dee, day.mend(day.dee, "audit")),
    "home of an agent": lambda day: (day.ada, day.home(day.ada)),
    "home of a supervisor": lambda day: (day.cam, day.home(day.cam)),
    "home of an admin": lambda day: (day.dee, day.home(day.dee)),
}
