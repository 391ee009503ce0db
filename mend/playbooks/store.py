"""What was seen to change among the playbooks."""

from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.mapping import row
from mend.db.personal import Personal, impersonal
from mend.recap.daily.model import ChangeKind, PlaybookChange

PERSONAL: tuple[Personal, ...] = ()
IMPERSONAL = impersonal("playbook_changes", "workspace slug title kind digest at")


@dataclass(frozen=True)
class PlaybookChanges:
    """A row for each time a playbook was first seen, changed, verified or gone."""

    db: Database

    def note(self, change: PlaybookChange) -> None:
        self.db.insert("playbook_changes", **row(change))

    def known(self) -> dict[str, str]:
        """Slug → digest of what was last seen of it."""
        changes = self.db.all(
            PlaybookChange,
            "select * from playbook_changes where workspace = :workspace order by rowid",
        )
        last = {change.slug: change for change in changes}
        return {
            slug: change.digest
            for slug, change in last.items()
            if change.kind is not ChangeKind.RETIRED
        }

    def between(self, after: datetime, until: datetime) -> list[PlaybookChange]:
        return self.db.all(
            PlaybookChange,
            "select * from playbook_changes where workspace = :workspace and at > ? and at <= ?"
            " order by at, rowid",
            *(after, until),
        )
