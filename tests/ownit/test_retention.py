"""What closed long enough ago is erased, here and in Slack; what nobody closed closes by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from mend.app import Bot
from mend.lookbacks.model import Factor
from mend.ownit.model import Visibility, new_note
from mend.ownit.retention import PER_ROUND, Retention
from mend.ownit.store import NoteStore
from mend.recap.weekly.store import WeekStore
from tests.conftest import Clock
from tests.ownit.test_ownit import WORDS, notes, own, root
from tests.recap.test_weekly import answer, monday_morning
from tests.repair.test_feedback import dump
from workspace import Workspace


def retention(bot: Bot) -> Retention:
    """The step as the bot plans it."""
    owners = [getattr(step, "__self__", None) for step in bot.scheduler._plan]
    return next(owner for owner in owners if isinstance(owner, Retention))


def a_round(bot: Bot) -> None:
    """A minute of the scheduler."""
    bot.scheduler._planned_at = None
    bot.scheduler._plan_now_and_then()
    bot.scheduler.run_due()


def close(bot: Bot, ws: Workspace, person: Any) -> None:
    [note] = NoteStore(bot.db).mine(person.id, limit=9)
    NoteStore(bot.db).update(replace(note, closed_at=bot.now()))


def test_thirty_days_after_it_closed_a_note_is_gone_and_its_thread_says_closed(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ada.press(own(ada), "Post as me")
    ada.say("support", "flamingo reply", thread=root(ws))
    close(bot, ws, ada)
    clock.advance(days=29, hours=23)
    a_round(bot)
    assert notes(bot, ada) == [WORDS] and WORDS in root(ws).visible
    clock.advance(hours=1)
    a_round(bot)
    assert notes(bot, ada) == []
    assert root(ws).visible == "A note was closed." and root(ws).buttons == []
    kept = dump(bot)
    assert WORDS not in kept and "flamingo" not in kept and ada.id not in kept


def test_the_operator_chooses_how_long(
    environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, clock: Clock, ada: Any
) -> None:
    environment["MEND_RETENTION_DAYS"] = "3"
    bot = start()
    own(ada)
    close(bot, ws, ada)
    clock.advance(days=3)
    a_round(bot)
    assert notes(bot, ada) == []


def test_a_closed_note_that_was_withdrawn_says_withdrawn(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    close(bot, ws, ada)
    ada.press(receipt, "Withdraw")
    clock.advance(days=31)
    a_round(bot)
    assert root(ws).visible == "A note was withdrawn."


def test_an_expired_note_of_a_direct_message_leaves_the_receipt_too(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ada.dm("hung up on a customer by mistake")
    close(bot, ws, ada)
    clock.advance(days=30)
    a_round(bot)
    assert ada.dms[-1].visible == "A note was closed."


def test_an_open_note_closes_after_sixty_days_and_goes_thirty_later(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    own(ada)
    clock.advance(days=59)
    a_round(bot)
    assert NoteStore(bot.db).mine(ada.id, limit=1)[0].closed_at is None
    clock.advance(days=11)  # noticed ten days late: counted from its writing all the same
    a_round(bot)
    found = NoteStore(bot.db).mine(ada.id, limit=1)[0]
    assert found.closed_at == found.created_at + timedelta(days=60)
    clock.advance(days=20)
    a_round(bot)
    assert notes(bot, ada) == []


def test_while_slack_is_away_the_words_go_and_the_thread_follows(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ada.press(own(ada), "Post as me")
    close(bot, ws, ada)
    clock.advance(days=30)
    ws.fail("chat.update", error="http_500")
    a_round(bot)
    assert notes(bot, ada) == [] and WORDS in root(ws).visible
    clock.advance(minutes=5)
    a_round(bot)
    assert root(ws).visible == "A note was closed."


def test_a_thousand_notes_go_in_bounded_rounds_of_small_transactions(
    bot: Bot, ws: Workspace, clock: Clock
) -> None:
    with bot.db.transaction():
        for number in range(1000):
            owner = f"U{number % 50:03}"
            note = new_note("C1", owner, f"slip {number}", clock())
            note = replace(note, closed_at=clock(), visibility=Visibility.ONLY_ME)
            NoteStore(bot.db).add(note, f"command:{number}", even_if_same=True)
    step = retention(bot)
    step.plan()
    assert left(bot, ws, clock) == 1000
    clock.advance(days=30)
    step.plan()
    assert left(bot, ws, clock) == 1000 - PER_ROUND
    for _ in range(1000 // PER_ROUND - 1):
        step.plan()
    assert left(bot, ws, clock) == 0


def test_with_a_short_retention_a_theme_still_forms_of_five_people(
    environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, clock: Clock
) -> None:
    environment["MEND_RETENTION_DAYS"] = "1"
    bot = start()
    people = [ws.add_person(name) for name in ("fay", "gus", "hana", "ivo", "joy")]
    for person in people:
        note = answer(bot, person, [Factor.TOOL], words="flamingo")
        answer(bot, person, [Factor.TOOL])  # the same person twice is one
        NoteStore(bot.db).update(replace(note, closed_at=bot.now()))
    clock.advance(days=2)
    a_round(bot)
    assert "flamingo" not in str(bot.db.rows("select * from lookbacks"))
    monday_morning(bot, clock)
    [told] = WeekStore(bot.db).since(ws.channel("support").id, clock().date() - timedelta(days=8))
    assert [each.people for each in told.factors] == [5]
    clock.advance(days=15)
    a_round(bot)
    assert bot.db.rows("select * from answers") == []


def left(bot: Bot, ws: Workspace, clock: Clock) -> int:
    return len(NoteStore(bot.db).closed(clock(), 9999))


def test_what_a_closed_week_told_stays_180_days_without_anybody_who_said_it(
    bot: Bot, ws: Workspace, clock: Clock
) -> None:
    people = [ws.add_person(name) for name in ("fay", "gus", "hana", "ivo", "joy")]
    notes_of = [answer(bot, person, [Factor.TOOL], words="flamingo") for person in people]
    monday_morning(bot, clock)
    team = ws.channel("support").id
    [told] = WeekStore(bot.db).since(team, clock().date() - timedelta(days=8))
    assert [each.people for each in told.factors] == [5]
    for note in notes_of:
        found = NoteStore(bot.db).get(note.id)
        assert found is not None
        NoteStore(bot.db).update(replace(found, closed_at=clock()))
    clock.advance(days=31)
    a_round(bot)
    assert told in WeekStore(bot.db).since(team, told.monday)
    rows = bot.db.rows
    assert list(rows("select * from lookbacks")) == []
    assert not any(person.id in str(list(rows("select * from weeks"))) for person in people)
    clock.advance(days=150)
    a_round(bot)
    assert told not in WeekStore(bot.db).since(team, told.monday)
