"""What any store of notes must do; names no engine."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mend.db.model import Stale
from mend.ownit.model import Entry, Visibility, new_entry
from mend.ports import Store
from mend.promises.model import Promise, PromiseState

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)


def note(text: str = "sent the wrong form", owner: str = "UADA", minutes: float = 0) -> Entry:
    return new_entry("T1", "C1", owner, text, NOW + timedelta(minutes=minutes))


def test_a_kept_note_is_found_as_it_was_written(store: Store) -> None:
    written = replace(note("ünïcödé 🤝\nsecond line"), did="called", would_help="a template")
    kept = store.entries.add(written, "command:1")
    assert store.entries.get("T1", kept.id) == written


def test_the_same_request_keeps_one_note(store: Store) -> None:
    first = store.entries.add(note("one"), "command:1")
    assert store.entries.add(note("quite different"), "command:1").id == first.id


def test_the_same_words_within_ten_minutes_keep_one_note(store: Store) -> None:
    first = store.entries.add(note("Sent the wrong form"), "command:1")
    assert store.entries.add(note("sent the wrong form!", minutes=9), "command:2").id == first.id


def test_the_same_words_later_are_another_note(store: Store) -> None:
    first = store.entries.add(note(), "command:1")
    assert store.entries.add(note(minutes=11), "command:2").id != first.id


def test_the_same_words_of_somebody_else_are_another_note(store: Store) -> None:
    first = store.entries.add(note(), "command:1")
    assert store.entries.add(note(owner="UBEN"), "command:2").id != first.id


def test_the_same_words_may_be_kept_again_on_purpose(store: Store) -> None:
    first = store.entries.add(note(), "command:1")
    assert store.entries.add(note(), "command:2", even_if_same=True).id != first.id


def test_a_note_is_not_found_from_another_workspace(store: Store) -> None:
    kept = store.entries.add(note(), "command:1")
    assert store.entries.get("T2", kept.id) is None
    assert store.entries.mine("T2", "UADA", limit=10) == []


def test_mine_are_mine_newest_first_a_page_at_a_time(store: Store) -> None:
    for number in range(5):
        store.entries.add(note(f"slip {number}", minutes=number), f"command:{number}")
    store.entries.add(note("somebody else's", owner="UBEN"), "command:9")
    pages = [store.entries.mine("T1", "UADA", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [[entry.text for entry in page] for page in pages] == [
        ["slip 4", "slip 3"],
        ["slip 2", "slip 1"],
        ["slip 0"],
    ]


def test_a_change_counts_the_version_up(store: Store) -> None:
    kept = store.entries.add(note(), "command:1")
    changed = store.entries.update(replace(kept, text="other", visibility=Visibility.AS_ME))
    assert (changed.text, changed.visibility, changed.version) == ("other", Visibility.AS_ME, 2)


def test_a_change_to_a_version_that_is_gone_is_refused(store: Store) -> None:
    kept = store.entries.add(note(), "command:1")
    store.entries.update(replace(kept, text="first"))
    with pytest.raises(Stale):
        store.entries.update(replace(kept, text="second"))
    found = store.entries.get("T1", kept.id)
    assert found is not None and found.text == "first"


def test_a_withdrawn_note_is_gone_for_every_question(store: Store) -> None:
    kept = store.entries.add(note(), "command:1")
    store.entries.add_reply(kept, "1.1", "called them back")
    store.entries.withdraw(kept, NOW)
    assert store.entries.get("T1", kept.id) is None
    assert store.entries.mine("T1", "UADA", limit=10) == []
    assert store.entries.replies(kept) == []
    with pytest.raises(Stale):
        store.entries.update(replace(kept, text="too late"))
    with pytest.raises(Stale):
        store.entries.withdraw(kept, NOW)


def test_a_withdrawn_note_takes_its_settled_promises_along_and_leaves_the_open_one(
    store: Store,
) -> None:
    kept = store.entries.add(note(), "command:1")
    made = Promise("p1", "T1", kept.id, "UADA", "call back", NOW, may_tell_lead=False)
    store.working.promise(made)
    store.working.promise(replace(made, id="p2", state=PromiseState.DONE))
    store.entries.withdraw(kept, NOW)
    assert store.working.get_promise("T1", "p1") == made
    assert store.working.get_promise("T1", "p2") is None


def test_an_expired_note_is_gone_and_known_to_have_closed(store: Store) -> None:
    kept = store.entries.add(note(), "command:1")
    with pytest.raises(Stale):  # it is open
        store.entries.expire(kept, NOW)
    closed = store.entries.update(replace(kept, closed_at=NOW))
    store.entries.expire(closed, NOW)
    assert store.entries.get("T1", kept.id) is None
    assert store.entries.was_closed("T1", kept.id)
    withdrawn = store.entries.add(note("another"), "command:2")
    store.entries.withdraw(withdrawn, NOW)
    assert not store.entries.was_closed("T1", withdrawn.id)


def test_closed_and_forgotten_notes_are_found_oldest_first(store: Store) -> None:
    for minute in (3, 1, 2):
        kept = store.entries.add(note(f"slip {minute}", minutes=minute), f"command:{minute}")
        if minute != 2:
            store.entries.update(replace(kept, closed_at=kept.created_at))
    later = NOW + timedelta(hours=1)
    assert [each.text for each in store.entries.closed("T1", later, 9)] == ["slip 1", "slip 3"]
    assert [each.text for each in store.entries.closed("T1", later, 1)] == ["slip 1"]
    assert [each.text for each in store.entries.never_closed("T1", later, 9)] == ["slip 2"]
    assert store.entries.never_closed("T1", NOW, 9) == []


def test_a_repeat_of_a_withdrawn_request_does_not_bring_it_back(store: Store) -> None:
    store.entries.withdraw(store.entries.add(note(), "command:1"), NOW)
    with pytest.raises(Stale):
        store.entries.add(note(), "command:1")


def test_words_withdrawn_a_minute_ago_may_be_owned_again(store: Store) -> None:
    first = store.entries.add(note(), "command:1")
    store.entries.withdraw(first, NOW)
    assert store.entries.add(note(), "command:2").id != first.id


def test_a_note_is_found_by_where_its_thread_stands(store: Store) -> None:
    kept = store.entries.add(note(), "command:1")
    post = store.posts.ensure("T1", f"thread:{kept.id}", "C1", NOW)
    store.posts.placed(post, "C1", "1700000000.000100", 1)
    assert store.entries.of_thread("T1", "C1", "1700000000.000100") == kept
    assert store.entries.of_thread("T1", "C2", "1700000000.000100") is None


def test_replies_are_kept_changed_and_dropped_by_their_time(store: Store) -> None:
    kept = store.entries.add(note(), "command:1")
    store.entries.add_reply(kept, "2.2", "second")
    store.entries.add_reply(kept, "1.1", "first")
    store.entries.add_reply(kept, "2.2", "second, edited")
    assert store.entries.replies(kept) == ["first", "second, edited"]
    store.entries.remove_reply(kept, "1.1")
    assert store.entries.replies(kept) == ["second, edited"]


def test_a_reply_to_a_withdrawn_note_is_not_kept(store: Store) -> None:
    kept = store.entries.add(note(), "command:1")
    store.entries.withdraw(kept, NOW)
    store.entries.add_reply(kept, "1.1", "late")
    assert store.entries.replies(kept) == []


def test_tombstones_go_once_slack_no_longer_shows_the_thread(store: Store) -> None:
    kept = store.entries.add(note(), "command:1")
    post = store.posts.ensure("T1", f"thread:{kept.id}", "C1", NOW)
    store.entries.withdraw(kept, NOW)
    later = NOW + timedelta(days=1)
    assert store.entries.forget_tombstones(later) == 0
    store.posts.remove(post)
    assert store.entries.forget_tombstones(later) == 1
