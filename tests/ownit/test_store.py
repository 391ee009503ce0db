"""What any store of notes must do; names no engine."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mend.db.engine import Database
from mend.db.model import Stale
from mend.db.schema import opened
from mend.ownit.model import Note, Visibility, new_note
from mend.ownit.store import NoteStore, Said
from mend.promises.model import Promise, PromiseState
from mend.promises.store import PromiseStore
from mend.settings.address import Server
from mend.slack.store import Posts

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)


def note(text: str = "sent the wrong form", owner: str = "UADA", minutes: float = 0) -> Note:
    return new_note("C1", owner, text, NOW + timedelta(minutes=minutes))


def test_a_kept_note_is_found_as_it_was_written(db: Database) -> None:
    written = replace(note("ünïcödé 🤝\nsecond line"), did="called", would_help="a template")
    kept = NoteStore(db).add(written, "command:1")
    assert NoteStore(db).get(kept.id) == written


def test_the_same_request_keeps_one_note(db: Database) -> None:
    first = NoteStore(db).add(note("one"), "command:1")
    assert NoteStore(db).add(note("quite different"), "command:1").id == first.id


def test_the_same_words_within_ten_minutes_keep_one_note(db: Database) -> None:
    first = NoteStore(db).add(note("Sent the wrong form"), "command:1")
    assert NoteStore(db).add(note("sent the wrong form!", minutes=9), "command:2").id == first.id


def test_the_same_words_later_are_another_note(db: Database) -> None:
    first = NoteStore(db).add(note(), "command:1")
    assert NoteStore(db).add(note(minutes=11), "command:2").id != first.id


def test_the_same_words_of_somebody_else_are_another_note(db: Database) -> None:
    first = NoteStore(db).add(note(), "command:1")
    assert NoteStore(db).add(note(owner="UBEN"), "command:2").id != first.id


def test_the_same_words_may_be_kept_again_on_purpose(db: Database) -> None:
    first = NoteStore(db).add(note(), "command:1")
    assert NoteStore(db).add(note(), "command:2", even_if_same=True).id != first.id


def test_a_note_is_not_found_from_another_workspace(db: Database, place: Path | Server) -> None:
    kept = NoteStore(db).add(note(), "command:1")
    elsewhere = opened(place, "T2")
    assert NoteStore(elsewhere).get(kept.id) is None
    assert NoteStore(elsewhere).mine("UADA", limit=10) == []
    elsewhere.close()


def test_mine_are_mine_newest_first_a_page_at_a_time(db: Database) -> None:
    for number in range(5):
        NoteStore(db).add(note(f"slip {number}", minutes=number), f"command:{number}")
    NoteStore(db).add(note("somebody else's", owner="UBEN"), "command:9")
    pages = [NoteStore(db).mine("UADA", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [[note.text for note in page] for page in pages] == [
        ["slip 4", "slip 3"],
        ["slip 2", "slip 1"],
        ["slip 0"],
    ]


def test_a_change_counts_the_version_up(db: Database) -> None:
    kept = NoteStore(db).add(note(), "command:1")
    changed = NoteStore(db).update(replace(kept, text="other", visibility=Visibility.AS_ME))
    assert (changed.text, changed.visibility, changed.version) == ("other", Visibility.AS_ME, 2)


def test_a_change_to_a_version_that_is_gone_is_refused(db: Database) -> None:
    kept = NoteStore(db).add(note(), "command:1")
    NoteStore(db).update(replace(kept, text="first"))
    with pytest.raises(Stale):
        NoteStore(db).update(replace(kept, text="second"))
    found = NoteStore(db).get(kept.id)
    assert found is not None and found.text == "first"


def test_a_withdrawn_note_is_gone_for_every_question(db: Database) -> None:
    kept = NoteStore(db).add(note(), "command:1")
    NoteStore(db).add_reply(kept, "1.1", "called them back")
    NoteStore(db).withdraw(kept, NOW)
    assert NoteStore(db).get(kept.id) is None
    assert NoteStore(db).mine("UADA", limit=10) == []
    assert NoteStore(db).replies(kept) == []
    with pytest.raises(Stale):
        NoteStore(db).update(replace(kept, text="too late"))
    with pytest.raises(Stale):
        NoteStore(db).withdraw(kept, NOW)


def test_a_withdrawn_note_takes_its_settled_promises_along_and_leaves_the_open_one(
    db: Database,
) -> None:
    kept = NoteStore(db).add(note(), "command:1")
    made = Promise("p1", kept.id, "UADA", "call back", NOW, may_tell_lead=False)
    PromiseStore(db).add(made)
    PromiseStore(db).add(replace(made, id="p2", state=PromiseState.DONE))
    handed = replace(made, id="p3", state=PromiseState.HANDED)
    PromiseStore(db).add(handed)
    NoteStore(db).withdraw(kept, NOW)
    assert PromiseStore(db).get("p1") == made and PromiseStore(db).get("p3") == handed
    assert PromiseStore(db).get("p2") is None


def test_an_expired_note_is_gone_and_known_to_have_closed(db: Database) -> None:
    kept = NoteStore(db).add(note(), "command:1")
    with pytest.raises(Stale):  # it is open
        NoteStore(db).expire(kept, NOW)
    closed = NoteStore(db).update(replace(kept, closed_at=NOW))
    NoteStore(db).expire(closed, NOW)
    assert NoteStore(db).get(kept.id) is None
    assert NoteStore(db).was_closed(kept.id)
    withdrawn = NoteStore(db).add(note("another"), "command:2")
    NoteStore(db).withdraw(withdrawn, NOW)
    assert not NoteStore(db).was_closed(withdrawn.id)


def test_closed_and_forgotten_notes_are_found_oldest_first(db: Database) -> None:
    for minute in (3, 1, 2):
        kept = NoteStore(db).add(note(f"slip {minute}", minutes=minute), f"command:{minute}")
        if minute != 2:
            NoteStore(db).update(replace(kept, closed_at=kept.created_at))
    later = NOW + timedelta(hours=1)
    assert [each.text for each in NoteStore(db).closed(later, 9)] == ["slip 1", "slip 3"]
    assert [each.text for each in NoteStore(db).closed(later, 1)] == ["slip 1"]
    assert [each.text for each in NoteStore(db).never_closed(later, 9)] == ["slip 2"]
    assert NoteStore(db).never_closed(NOW, 9) == []


def test_a_repeat_of_a_withdrawn_request_does_not_bring_it_back(db: Database) -> None:
    NoteStore(db).withdraw(NoteStore(db).add(note(), "command:1"), NOW)
    with pytest.raises(Stale):
        NoteStore(db).add(note(), "command:1")


def test_words_withdrawn_a_minute_ago_may_be_owned_again(db: Database) -> None:
    first = NoteStore(db).add(note(), "command:1")
    NoteStore(db).withdraw(first, NOW)
    assert NoteStore(db).add(note(), "command:2").id != first.id


def test_a_note_is_found_by_where_its_thread_stands(db: Database) -> None:
    kept = NoteStore(db).add(note(), "command:1")
    post = Posts(db).ensure(f"thread:{kept.id}", "C1", NOW)
    Posts(db).placed(post, "C1", "1700000000.000100", 1)
    assert NoteStore(db).of_thread("C1", "1700000000.000100") == kept
    assert NoteStore(db).of_thread("C2", "1700000000.000100") is None


def test_replies_are_kept_changed_and_dropped_by_their_time(db: Database) -> None:
    kept = NoteStore(db).add(note(), "command:1")
    NoteStore(db).add_reply(kept, "2.2", "second")
    NoteStore(db).add_reply(kept, "1.1", "first")
    NoteStore(db).add_reply(kept, "2.2", "second, edited")
    assert NoteStore(db).replies(kept) == [Said("1.1", "first"), Said("2.2", "second, edited")]
    NoteStore(db).remove_reply(kept, "1.1", NOW)
    assert NoteStore(db).replies(kept) == [Said("2.2", "second, edited")]
    NoteStore(db).add_reply(kept, "1.1", "first, delivered late")
    assert NoteStore(db).replies(kept) == [Said("2.2", "second, edited")]


def test_a_reply_to_a_withdrawn_note_is_not_kept(db: Database) -> None:
    kept = NoteStore(db).add(note(), "command:1")
    NoteStore(db).withdraw(kept, NOW)
    NoteStore(db).add_reply(kept, "1.1", "late")
    assert NoteStore(db).replies(kept) == []


def test_tombstones_go_once_slack_no_longer_shows_the_thread(db: Database) -> None:
    kept = NoteStore(db).add(note(), "command:1")
    post = Posts(db).ensure(f"thread:{kept.id}", "C1", NOW)
    NoteStore(db).withdraw(kept, NOW)
    later = NOW + timedelta(days=1)
    assert NoteStore(db).forget_tombstones(later) == 0
    Posts(db).remove(post)
    assert NoteStore(db).forget_tombstones(later) == 1
