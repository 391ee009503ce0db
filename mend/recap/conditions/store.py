"""Open conditions, until their last day."""

from dataclasses import dataclass
from datetime import date

from mend.db.engine import Database
from mend.db.mapping import row
from mend.db.personal import Personal, impersonal
from mend.recap.conditions.model import Condition

PERSONAL: tuple[Personal, ...] = ()
IMPERSONAL = impersonal("conditions", "id workspace team words until playbook")  # nobody's


@dataclass(frozen=True)
class ConditionStore:
    """Conditions, of one team or of all."""

    db: Database

    def keep(self, condition: Condition) -> None:
        self.db.insert("conditions", **row(condition))

    def open(self, team: str, day: date) -> list[Condition]:
        """Those of the team and of all teams that are not over on that day, soonest end first."""
        return self.db.all(
            Condition,
            "select * from conditions where workspace = :workspace and team in"
            " ('', ?) and until >= ?"
            " order by until, rowid",
            *(team, day),
        )

    def end(self, condition: str) -> None:
        self.db.change("delete from conditions where workspace = :workspace and id = ?", condition)

    def forget(self, ended_before: date) -> None:
        self.db.change("delete from conditions where until < ?", ended_before)
