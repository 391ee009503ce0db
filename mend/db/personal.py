"""What can hold what a person typed, or who they are: declared beside each table, gathered here.

See, export and delete are written by hand; that nothing was overlooked is a test, which fills every
place that is declared here and looks into every file. A text column that nobody declared fails it.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

STORES = (  # by name: they stand above this room
    "mend.db.personal",
    "mend.slack.store",
    "mend.dispatch.submissions",
    "mend.people.store",
    "mend.helping.store",
    "mend.promises.store",
    "mend.lookbacks.store",
    "mend.playbooks.store",
    "mend.repair.store",
    "mend.repair.gap_store",
    "mend.editor.store",
    "mend.ownit.store",
    "mend.ownit.drafts_store",
    "mend.ownit.lessons",
    "mend.recap.daily.store",
    "mend.recap.weekly.store",
    "mend.recap.conditions.store",
)


@dataclass(frozen=True, slots=True)
class Personal:
    """One place: a column ("notes.text") or the files of a folder ("drafts/note-*.md").

    `until` says, in these words, what makes it go: "withdrawn" and "expired" of the note it belongs
    to, "deleted" of the person; and whatever else does sooner.
    """

    place: str
    whose: str
    until: str


def impersonal(table: str, columns: str) -> tuple[str, ...]:
    """Text columns that hold nothing of anybody: ids drawn at random, kinds, moments, playbooks."""
    return tuple(f"{table}.{column}" for column in columns.split())


def declared() -> tuple[list[Personal], set[str]]:
    """Every place that is personal, and the text columns that are not."""
    stores = [import_module(name) for name in STORES]
    personal = [each for store in stores for each in store.PERSONAL]
    return personal, {column for store in stores for column in store.IMPERSONAL}


PERSONAL = (
    Personal("jobs.key", "whoever a message is for", "deleted, or a week after it is done"),
    Personal("jobs.payload", "whoever a message is for", "deleted, or a week after it is done"),
)
IMPERSONAL = impersonal(
    "jobs", "workspace kind due_at claimed_until done_at dead_at reason failing_since"
)
