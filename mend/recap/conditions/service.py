"""Setting and ending conditions: words that everybody will read, so they name and blame nobody."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mend.db.engine import Database
from mend.db.model import Refused
from mend.people.model import Team
from mend.recap.conditions.model import WORDS_LENGTH, Condition, check_until, last_day_in
from mend.recap.conditions.store import ConditionStore
from mend.text.guard import Guard
from mend.text.redactor import Redactor

LONGEST_TYPED = 5 * WORDS_LENGTH  # before Slack's escapes are undone: & is typed in, &amp; sent
FEW_WORDS = "Say in a few words what is going on."
NAMES = "A condition is about a thing, not a person. Say it without a name."
BLAMES = (
    "This could be read as blame. Say what is going on: which step, tool, supplier, until when."
)


@dataclass(frozen=True)
class Conditions:
    """Who may do so is checked by the caller."""

    db: Database
    redactor: Redactor
    guard: Guard
    now: Callable[[], datetime]

    def open(self, team: Team) -> list[Condition]:
        return ConditionStore(self.db).open(team.channel, self._today(team))

    def set(
        self, team: Team, words: str, until: date, playbook: str = "", *, for_all: bool = False
    ) -> Condition:
        """Open a condition. Raises Refused, naming the field, for what nobody should read."""
        short = " ".join(words.split())
        if len(short) > LONGEST_TYPED:
            raise Refused(FEW_WORDS, "words")
        safe = self.redactor.typed(short)
        if not 0 < len(safe.text) <= WORDS_LENGTH:
            raise Refused(FEW_WORDS, "words")
        if any(found.type == "name" for found in safe.found) or re.search(r"<@|(?<!\w)@\w", words):
            raise Refused(NAMES, "words")
        self.guard.check(safe.text, BLAMES, "words")
        check_until(until, self._today(team))
        channel = "" if for_all else team.channel
        condition = Condition(secrets.token_hex(8), channel, safe.text, until, playbook)
        with self.db.transaction():
            ConditionStore(self.db).forget(self._today(team) - timedelta(days=2))  # over everywhere
            ConditionStore(self.db).keep(condition)
        return condition

    def read(self, team: Team, typed: str) -> tuple[str, date | None]:
        """The words that were typed, and the last day that they name ("till friday")."""
        return last_day_in(typed, self._today(team))

    def end(self, condition: str) -> None:
        ConditionStore(self.db).end(condition)

    def _today(self, team: Team) -> date:
        return self.now().astimezone(team.zone).date()
