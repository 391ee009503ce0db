"""What was asked of a note's owner days later, and what came back."""

from dataclasses import dataclass

from mend.db.engine import Database
from mend.db.mapping import row
from mend.db.personal import Personal, impersonal
from mend.lookbacks.model import LookBack

PERSONAL = (
    Personal("lookbacks.words", "the note's owner", "withdrawn, expired, deleted"),
    Personal("lookbacks.who", "the note's owner, or whom they name", "withdrawn, expired, deleted"),
)
IMPERSONAL = impersonal("lookbacks", "note state factors cause answered_at")


@dataclass(frozen=True)
class LookBackStore:
    """One row a note, gone with it."""

    db: Database

    def get(self, note: str) -> LookBack | None:
        return self.db.one(LookBack, "select * from lookbacks where note = ?", note)

    def keep(self, lookback: LookBack) -> None:
        columns = {**row(lookback), "cause": lookback.cause or ""}
        with self.db.transaction():
            self.db.change("delete from lookbacks where note = ?", lookback.note)
            self.db.insert_part("lookbacks", **columns)
