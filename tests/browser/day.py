"""The cast at work, and how each comes to have something before them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mend.app import Bot
from mend.helping.service import Helping
from mend.ownit.store import NoteStore
from tests.browser.pictures import Team, closed_week
from tests.conftest import Clock
from tests.lookbacks.test_lookbacks import asked, days_later
from tests.ownit.test_ownit import note_window, own
from workspace import Workspace
from workspace.blocks import elements
from workspace.blocks import label as named


@dataclass
class Day:
    """The cast at work; each time something is brought it is about another slip."""

    bot: Bot
    ws: Workspace
    clock: Clock
    slips: int = 0
    ada: Any = field(init=False)
    cam: Any = field(init=False)
    dee: Any = field(init=False)

    def __post_init__(self) -> None:
        self.ada, self.cam, self.dee = (self.ws.person(name) for name in ("ada", "cam", "dee"))
        closed_week(Team(self.ws, self.clock, self.bot))

    def slip(self) -> str:
        self.slips += 1
        return f"sent form {self.slips}"

    def repair(self, words: str, *choices: str) -> Any:
        answer = self.ada.command("/repair", words).message
        for choice in choices:
            self.ada.press(answer, choice)
        return answer

    def mend(self, person: Any, word: str) -> Any:
        return person.command("/mend", word).message

    def window(self, person: Any, shown: Any, *labels: str) -> Any:
        """What these presses open, one in the other."""
        for label in labels:
            found = [b["block_id"] for b, e in elements(shown.blocks) if named(e) == label]
            person.press(shown, label, block_id=found[0] if found else None)
            shown = person.modal
        return shown

    def home(self, person: Any, *labels: str) -> Any:
        return self.window(person, person.open_home(), *labels) if labels else person.open_home()

    def note(self, person: Any) -> Any:
        own(person, self.slip())
        [newest] = NoteStore(self.bot.db).mine(person.id, limit=1)
        return note_window(person, newest.id)

    def help_asked(self, words: str = "") -> Any:
        """The supervisor's card."""
        self.clock.advance(hours=1)  # a person may ask six times in one
        for request in self.bot.of(Helping).asked_by(self.ada.id):
            self.bot.of(Helping).cancel(self.ada.id, request.id)
        self.repair(words or "they charged me twice", "Get help")
        return self.cam.dms[-1]

    def playbook(self, *labels: str) -> Any:
        """As Dee keeps it."""
        self.mend(self.dee, "playbooks")
        listed = self.dee.modal or self.dee.ephemerals[-1]
        self.dee.choose(listed, "playbook_find", "They charged me twice")
        for label in labels:
            self.dee.press(self.dee.modal, label)
        return self.dee.modal

    def lookback(self, *presses: str) -> Any:
        for _ in range(3):  # those who are asked twice a day hear of the others on the next
            own(self.ada, self.slip())
            days_later(self.bot, self.clock)
        question = asked(self.ada)[-1]
        for label in presses:
            if label == "Next":
                self.ada.choose(question, "answer", ["TOOL"], block_id="factors")
            self.ada.press(question, label)
        return question


Walk = Callable[[Day], tuple[Any, Any]]  # who has it before them, and what that is
