"""What became of a note, for its owner: read from every room that keeps something of it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from mend.db.engine import Database
from mend.lookbacks.model import CAUSE_WORDS
from mend.lookbacks.store import LookBackStore
from mend.ownit.drafts_store import Drafts
from mend.ownit.lessons import Lessons
from mend.ownit.model import Note
from mend.ownit.store import NoteStore
from mend.ownit.window_views import Moment
from mend.promises.model import PromiseState
from mend.promises.store import PromiseStore
from mend.slack import ui

_PROMISED = {
    PromiseState.OPEN: "open",
    PromiseState.HANDED: "handed over",
    PromiseState.DONE: "kept",
}


def timeline(db: Database, note: Note, zone: ZoneInfo) -> list[Moment]:
    """Oldest first; what has no moment of its own comes last."""
    moments = [Moment("You wrote it.", at=note.created_at)]
    moments += [Moment("You added:", each.text, each.at) for each in NoteStore(db).replies(note)]
    if note.repaired_at:
        moments.append(Moment("Repaired.", at=note.repaired_at))
    moments += _looked_back(db, note)
    dated = sorted(moments, key=lambda each: each.at or datetime.max.replace(tzinfo=zone))
    return [*dated, *_promises(db, note, zone), *_learned(db, note), *_drafts(db, note)]


def _looked_back(db: Database, note: Note) -> list[Moment]:
    found = LookBackStore(db).get(note.id)
    if found is None or not found.factors:
        return []
    became = f" {CAUSE_WORDS[found.cause]}." if found.cause else ""
    said = f"You looked back: {'; '.join(found.factors)}.{became}"
    return [Moment(said, found.words, found.answered_at)]


def _promises(db: Database, note: Note, zone: ZoneInfo) -> list[Moment]:
    return [
        Moment(
            f"Promised by {ui.local_time(each.due_at, zone)} ({_PROMISED[each.state]}):", each.what
        )
        for each in PromiseStore(db).of_note(note.id)
    ]


def _learned(db: Database, note: Note) -> list[Moment]:
    if not note.learned:
        return []
    who, told = "only you see it", Lessons(db).told_of(note.id)
    if told == note.learned:
        who = "a recap told it"
    elif told is not None:
        who = "only you see it; a recap told what stood here before"
    elif Lessons(db).is_released(note.id):
        who = "released: a recap tells it some day soon"
    return [Moment(f"What you learned ({who}):", note.learned)]


def _drafts(db: Database, note: Note) -> list[Moment]:
    return [
        Moment(f"A playbook change from it waits with the playbook team: {ui.escape(each.title)}.")
        for each in Drafts(db).of_note(note.id)
    ]
