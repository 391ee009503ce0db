"""Playbooks stay fresh: their owner is asked once a week, then the admins; one press verifies."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.db.jobs import Jobs
from mend.editor import verifying_views as blocks
from mend.editor.verifying import Verifying
from mend.people.store import Audit
from mend.playbooks.library import Library
from tests.conftest import Clock, only, saved
from tests.repair.test_playbooks import forge, overview
from tests.repair.test_repair import repair, the_end
from workspace import Workspace

OLD, FRESH = "2026-01-05", "2026-11-20"  # the clock stands on Tuesday, 24 November 2026


@pytest.fixture
def folder(environment: dict[str, str], tmp_path: Path, ws: Workspace) -> Path:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    environment["MEND_PLAYBOOKS"] = str(folder)
    return folder


def write(folder: Path, slug: str, owner: str, verified: str = OLD) -> Path:
    file = folder / f"{slug}.md"
    file.write_text(
        f"---\ntitle: The {slug} problem\nowner: {owner}  # who knows\nverified: {verified}\n---\n"
    )
    return file


def next_digest(bot: Bot, clock: Clock) -> None:
    """The bot plans, and time passes until the digest is due."""
    bot.of(Verifying).plan()
    [job] = Jobs(bot.db).pending("overdue")
    clock.moment = max(clock.moment, job.due_at)
    bot.scheduler.run_due()


def digests(person: Any) -> list[Any]:
    return [message for message in person.dms if blocks.HEADING in message.visible]


@pytest.mark.parametrize("form", ["{}", '"<@{}>"', "<@{}|ada>"])
def test_the_owner_gets_one_digest_a_week_for_all_of_theirs(
    folder: Path, start: Callable[[], Bot], clock: Clock, ada: Any, dee: Any, form: str
) -> None:
    for slug in ("zebra", "owl"):
        write(folder, slug, form.format(ada.id))
    write(folder, "fresh", ada.id, FRESH)
    bot = start()
    next_digest(bot, clock)
    shown = only(digests(ada)).visible
    assert "zebra" in shown and "owl" in shown and "fresh" not in shown
    assert digests(dee) == []
    for _ in range(3):
        bot.of(Verifying).plan()
        bot.scheduler.run_due()
    assert len(digests(ada)) == 1
    next_digest(bot, clock)
    assert len(digests(ada)) == 2


def test_it_comes_on_a_working_morning(
    folder: Path, start: Callable[[], Bot], clock: Clock, ada: Any
) -> None:
    write(folder, "zebra", ada.id)
    clock.moment = clock.moment.replace(day=27)  # a Friday
    bot = start()
    for weekday in (0, 0):  # the next one is a Monday's, and so is that after it
        next_digest(bot, clock)
        assert clock.moment.weekday() == weekday
    bot.of(Verifying).plan()
    clock.moment = clock.moment.replace(month=12, day=19)  # down until a Saturday
    before = len(digests(ada))
    bot.scheduler.run_due()
    assert len(digests(ada)) == before
    next_digest(bot, clock)
    assert clock.moment.weekday() == 0 and len(digests(ada)) == before + 1


def test_owners_in_words_go_to_the_admins_at_once(
    folder: Path, start: Callable[[], Bot], clock: Clock, ada: Any, dee: Any
) -> None:
    write(folder, "zebra", "billing lead")
    write(folder, "owl", "")
    bot = start()
    next_digest(bot, clock)
    shown = only(digests(dee)).visible
    assert "zebra" in shown and "owl" in shown
    dee.press(only(digests(dee)), "Next")
    shown = only(digests(dee)).visible
    assert "billing lead · last verified 5 January 2026" in shown


def test_admins_hear_after_two_reminders_that_were_not_answered(
    folder: Path, start: Callable[[], Bot], clock: Clock, ada: Any, dee: Any
) -> None:
    write(folder, "zebra", ada.id)
    bot = start()
    for _ in range(2):
        next_digest(bot, clock)
        assert digests(dee) == []
    next_digest(bot, clock)
    assert len(digests(ada)) == 3 and "zebra" in only(digests(dee)).visible


def test_an_owner_is_reminded_twice_of_what_became_overdue_later_too(
    folder: Path, start: Callable[[], Bot], clock: Clock, ada: Any, dee: Any
) -> None:
    write(folder, "zebra", ada.id)
    write(folder, "owl", ada.id, "2026-06-15")  # 180 days later it is Saturday, 12 December
    bot = start()
    for _ in range(4):
        next_digest(bot, clock)
    assert "owl" in digests(ada)[-1].visible
    assert "owl" not in digests(dee)[-1].visible and "zebra" in digests(dee)[-1].visible
    for _ in range(2):
        next_digest(bot, clock)
    assert "owl" in digests(dee)[-1].visible


def test_an_owner_who_left_is_passed_over_to_the_admins(
    folder: Path, start: Callable[[], Bot], clock: Clock, dee: Any
) -> None:
    write(folder, "zebra", "U0GONE12345")
    bot = start()
    next_digest(bot, clock)
    assert "zebra" in only(digests(dee)).visible
    assert Jobs(bot.db).dead_letters() == []


def test_an_admin_who_owns_some_gets_them_with_the_rest_in_one(
    folder: Path, start: Callable[[], Bot], clock: Clock, dee: Any
) -> None:
    write(folder, "zebra", dee.id)
    write(folder, "owl", "billing lead")
    next_digest(start(), clock)
    shown = only(digests(dee)).visible
    assert "zebra" in shown and "owl" in shown


def test_slack_being_away_delays_it_and_doubles_nothing(
    folder: Path, start: Callable[[], Bot], ws: Workspace, clock: Clock, ada: Any, ben: Any
) -> None:
    write(folder, "zebra", ada.id)
    write(folder, "owl", ben.id)
    bot = start()
    ws.fail("conversations.open", "ratelimited")
    next_digest(bot, clock)
    clock.advance(hours=1)
    bot.scheduler.run_due()
    assert len(digests(ada)) == len(digests(ben)) == 1


def test_still_right_verifies_today_and_leaves_the_rest_of_the_file(
    folder: Path, start: Callable[[], Bot], clock: Clock, ada: Any
) -> None:
    file = write(folder, "zebra", ada.id)
    bot = start()
    next_digest(bot, clock)
    seen = bot.of(Library).all()[0].mark()
    ada.press(only(digests(ada)), "Still right")
    assert "verified as of today" in only(digests(ada)).visible
    bot.of(Verifying).still_right(ada.id, "zebra", seen)  # a double press
    today = bot.now().date().isoformat()
    assert file.read_text() == (
        f"---\ntitle: The zebra problem\nowner: {ada.id}  # who knows\nverified: {today}\n---\n"
    )
    saved(bot)
    assert "check before you quote" not in repair(ada, "the zebra problem").visible
    before = len(digests(ada))
    next_digest(bot, clock)
    assert len(digests(ada)) == before


def test_an_admin_who_verifies_is_in_the_audit_once(
    folder: Path, start: Callable[[], Bot], ada: Any, dee: Any
) -> None:
    write(folder, "zebra", ada.id)
    bot = start()
    seen = bot.of(Library).all()[0].mark()
    dee.press(overview(dee, "To check"), "Still right")
    assert "verified as of today" in dee.modal.text and "Nothing else waits" in dee.modal.text
    saved(bot)
    bot.of(Verifying).still_right(dee.id, "zebra", seen)  # a double press
    [act] = Audit(bot.db).recent(9)
    assert (act.admin, act.act, act.subject) == (dee.id, "verified", "zebra")


def test_still_right_is_about_what_stood_there(
    folder: Path, start: Callable[[], Bot], clock: Clock, ada: Any
) -> None:
    file = write(folder, "zebra", ada.id)
    bot = start()
    next_digest(bot, clock)
    file.write_text(file.read_text() + "\n## Say first\n\nOther words.\n")
    ada.press(only(digests(ada)), "Still right")
    assert "changed meanwhile" in ada.dms[-1].visible and OLD in file.read_text()
    saved(bot)
    overview_of_mine = forge_overdue(bot, ada)
    ada.press(overview_of_mine, "Still right")
    assert OLD not in file.read_text()


def test_a_comment_added_meanwhile_does_not_stand_in_the_way(
    folder: Path, start: Callable[[], Bot], clock: Clock, ada: Any
) -> None:
    file = write(folder, "zebra", ada.id)
    bot = start()
    next_digest(bot, clock)
    file.write_text(file.read_text().replace("# who knows", "# who really knows"))
    saved(bot)
    ada.press(only(digests(ada)), "Still right")
    assert OLD not in file.read_text() and "# who really knows" in file.read_text()


@pytest.mark.parametrize("spoil", ["gone", "broken", "directory"])
def test_a_file_that_cannot_be_changed_is_refused_in_a_sentence(
    folder: Path, start: Callable[[], Bot], clock: Clock, ada: Any, spoil: str
) -> None:
    file = write(folder, "zebra", ada.id)
    bot = start()
    next_digest(bot, clock)
    file.unlink()
    if spoil == "broken":
        file.write_text("---\ntitle: [\n---\n")
    if spoil == "directory":
        file.mkdir()
    ada.press(only(digests(ada)), "Still right")
    said = "is no longer there" if spoil == "gone" else "cannot be read as it stands"
    assert said in ada.dms[-1].visible


def forge_overdue(bot: Bot, person: Any) -> Any:
    """What opens under "To check" for a person who is no admin."""
    answer = repair(person, "the zebra problem")
    forge(person, answer, blocks.OPEN, "0")
    return answer


def test_nobody_else_may_verify(
    folder: Path, start: Callable[[], Bot], ada: Any, ben: Any, dee: Any
) -> None:
    file = write(folder, "zebra", ada.id)
    bot = start()
    answer = repair(ben, "the zebra problem")
    for slug in ("zebra", "../zebra"):
        forge(ben, answer, blocks.STILL_RIGHT, json.dumps([slug, bot.of(Library).all()[0].mark()]))
        said = ben.ephemerals[-1].visible
        assert f"<@{dee.id}>" in said if slug == "zebra" else "no longer served" in said
    assert OLD in file.read_text()
    assert "All are verified" in forge_overdue(bot, ben).visible


def test_admins_see_all_that_is_overdue_page_by_page(
    folder: Path, start: Callable[[], Bot], ada: Any, dee: Any
) -> None:
    for number in range(40):
        write(folder, f"bird{number:02}", ada.id)
    bot = start()
    shown, seen = overview(dee, "To check"), ""
    for _ in range(40):
        seen += shown.text.rpartition("All playbooks")[2]
        dee.press(shown, "Next")
    assert all(f"bird{number:02}" in seen for number in range(40)), len(bot.of(Library).all())
    assert "· 1 of 40" in shown.text


def test_a_digest_of_many_is_turned_in_its_place(
    folder: Path, start: Callable[[], Bot], clock: Clock, ada: Any
) -> None:
    for number in range(20):
        write(folder, f"bird{number:02}", ada.id)
    next_digest(start(), clock)
    shown = only(digests(ada))
    assert "*The bird00 problem*" in shown.visible and "and 14 more" not in shown.visible
    assert "bird04 problem" in shown.visible and ", 14 more." in shown.visible
    ada.press(shown, "Next")
    assert "*The bird01 problem*" in only(digests(ada)).visible


def test_the_owner_is_a_mention_for_who_asks_and_nobody_in_the_channel(
    folder: Path, start: Callable[[], Bot], ws: Workspace, ada: Any, ben: Any
) -> None:
    write(folder, "zebra", ada.id)
    start()
    answer = the_end(ben, "the zebra problem")
    assert f"<@{ada.id}>" in str(answer.blocks)
    ben.choose(answer, "repair_more", "Fewer steps")
    ben.choose(answer, "repair_more", "Share")
    assert ada.id not in str(ws.messages("support")[-1].blocks)


def test_words_that_look_like_a_member_are_words(
    folder: Path, start: Callable[[], Bot], clock: Clock, dee: Any
) -> None:
    write(folder, "zebra", "WAREHOUSE")
    next_digest(start(), clock)
    assert "WAREHOUSE" in only(digests(dee)).visible


def test_weekly_means_for_ever(
    folder: Path, start: Callable[[], Bot], clock: Clock, ada: Any
) -> None:
    """Over a new year, whose weeks begin in December."""
    write(folder, "zebra", ada.id)
    bot = start()
    for _ in range(8):
        next_digest(bot, clock)
    assert len(digests(ada)) == 8 and clock.moment.date().isoformat() == "2027-01-11"
