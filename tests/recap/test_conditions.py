"""Open conditions: set by a supervisor or an admin, told by the recap, gone by themselves."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from mend.app import Bot
from mend.people.teams import Teams
from mend.recap.conditions.model import Condition
from mend.recap.conditions.service import Conditions
from mend.recap.conditions.store import ConditionStore
from mend.recap.daily.service import Recapping
from tests.conftest import Clock, only
from tests.people.test_team import made_team
from tests.recap.test_daily import posted, until_evening
from workspace import Workspace

STRIKE = "courier strike till friday"


def set_one(person: Any, typed: str = STRIKE, **changed: Any) -> None:
    person.command("/mend", f"condition {typed}", channel="support")
    person.submit(changed)


def kept(bot: Bot) -> list[Condition]:
    channel = bot.of(Teams).first
    return ConditionStore(bot.db).open(channel, bot.now().date())


def test_what_was_typed_fills_the_form(bot: Bot, cam: Any) -> None:
    set_one(cam)
    assert "Set. Open in" in cam.modal.text
    assert "courier strike, until Friday 27 November" in cam.modal.text
    assert only(kept(bot)).until == date(2026, 11, 27)


def test_the_recap_tells_it_once_and_once_more_when_it_is_over(
    bot: Bot, ws: Workspace, clock: Clock, cam: Any
) -> None:
    set_one(cam)
    for _ in range(4):
        until_evening(bot, clock)
        clock.advance(days=1)
    clock.moment = clock.moment.replace(day=30, hour=12)
    for _ in range(2):
        until_evening(bot, clock)
        clock.advance(days=1)
    told = [
        [line for line in each.visible.splitlines() if "courier" in line] for each in posted(ws)
    ]
    watch = "Watch  courier strike (until Friday 27 November)"
    assert told == [[watch], [], [], [], ["Over  courier strike"], []]


def test_set_anew_for_longer_it_is_told_again_and_not_as_over(
    bot: Bot, ws: Workspace, clock: Clock, cam: Any
) -> None:
    set_one(cam)
    until_evening(bot, clock)
    clock.advance(days=1)
    cam.press(cam.command("/mend", "condition", channel="support").message, "End")
    set_one(cam, "courier strike till saturday")
    until_evening(bot, clock)
    told = posted(ws)[-1].visible
    assert "Watch  courier strike (until Saturday 28 November)" in told and "Over" not in told


def test_a_late_post_does_not_tell_what_is_over_meanwhile(
    bot: Bot, ws: Workspace, clock: Clock, cam: Any
) -> None:
    set_one(cam, "courier strike till today")
    bot.of(Recapping).plan()
    clock.advance(days=1)
    bot.scheduler.run_due()
    assert "for Tuesday" in only(posted(ws)).visible and "courier" not in only(posted(ws)).visible


def test_a_day_gone_by_is_read_as_it_was_told_and_not_with_what_holds_by_now(
    bot: Bot, clock: Clock, cam: Any
) -> None:
    set_one(cam)
    until_evening(bot, clock)
    clock.advance(days=1)
    cam.press(cam.command("/mend", "condition", channel="support").message, "End")
    set_one(cam, "new warehouse till saturday")
    team = bot.of(Teams).all()[0]
    read = {day: bot.of(Recapping).of_day(team, date(2026, 11, day)).text for day in (23, 24, 25)}
    assert "courier" in read[24] and "courier" not in read[23]
    assert [day for day in read if "new warehouse" in read[day]] == [25]


def test_it_concerns_a_playbook_if_one_helps(bot: Bot, cam: Any) -> None:
    cam.command("/mend", f"condition {STRIKE}", channel="support")
    parcel = "My parcel still hasn't come"
    assert parcel in cam.options(cam.modal, "condition_playbook", "delivery late")
    cam.submit({"condition_playbook": parcel})
    assert only(kept(bot)).playbook == "delivery-delayed"
    assert "then I say" in cam.command("/mend", "brief", channel="support").message.visible


def test_without_words_it_lists_what_is_open_and_ends_it(bot: Bot, cam: Any) -> None:
    assert "Nothing is open" in cam.command("/mend", "condition", channel="support").message.visible
    set_one(cam)
    listed = cam.command("/mend", "condition", channel="support").message
    assert "courier strike, until Friday 27 November" in listed.visible
    cam.press(listed, "End")
    assert kept(bot) == []
    assert "Ended. Nothing is open" in cam.ephemerals[-1].visible


def test_the_lists_own_button_opens_an_empty_form(bot: Bot, cam: Any) -> None:
    listed = cam.command("/mend", "condition", channel="support").message
    cam.press(listed, "Set a condition")
    cam.submit({"words": "The billing screen is slow", "until": "2026-12-01"})
    assert only(kept(bot)).words == "The billing screen is slow"


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"words": "the back office is lazy and never checks"}, "words", "read as blame"),
        ({"words": "Ben forgot to update the price list again"}, "words", "read as blame"),
        ({"words": "ask <@U0BEN00002>"}, "words", "not a person"),
        ({"words": "mind Mr Petrescu"}, "words", "not a person"),
        ({"words": "\u202e"}, "words", "Say in a few words"),
        ({"until": "2026-11-23"}, "until", "from today on"),
        ({"until": "2031-11-23"}, "until", "within a year"),
    ],
)
def test_what_nobody_should_read_is_refused_on_its_field(
    bot: Bot, cam: Any, changed: dict[str, str], field: str, says: str
) -> None:
    set_one(cam, **changed)
    assert says in cam.modal.errors[field]
    assert kept(bot) == []


def test_a_phone_number_is_masked_before_it_is_kept(bot: Bot, cam: Any) -> None:
    set_one(cam, words="call the courier at +44 20 7946 0958 instead")
    assert "[phone]" in only(kept(bot)).words and "7946" not in only(kept(bot)).words


def test_an_agent_is_refused_kindly(bot: Bot, ada: Any, cam: Any) -> None:
    refused = ada.command("/mend", f"condition {STRIKE}", channel="support").message
    assert f"<@{cam.id}>" in refused.visible and ada.modal is None


def test_a_supervisor_sets_it_for_their_own_team_only(
    environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, cam: Any, dee: Any
) -> None:
    del environment["MEND_SUPERVISORS"]
    bot = start()
    mine, other = made_team(ws, dee, "travel", SUPERVISORS=[cam.id]), made_team(ws, dee, "bank")
    refused = cam.command("/mend", f"condition {STRIKE}", channel="bank").message
    assert f"<@{dee.id}> can help" in refused.visible
    cam.command("/mend", f"condition {STRIKE}", channel="travel")
    assert "every team" not in cam.modal.text
    cam.modal.body["private_metadata"] = other  # forged
    cam.submit()
    assert f"<@{dee.id}> can help" in cam.modal.errors["words"]
    for channel in (mine, other):
        assert bot.of(Conditions).open(bot.of(Teams).rules(channel)) == []


def test_an_admin_sets_it_for_every_team_and_a_supervisor_does_not_end_that(
    bot: Bot, ws: Workspace, cam: Any, dee: Any
) -> None:
    set_one(dee, all=["yes"])
    other = bot.of(Teams).add(ws.add_channel("travel").id, "UDEE")
    assert bot.of(Conditions).open(other) == kept(bot) == [only(kept(bot))]
    listed = cam.command("/mend", "condition", channel="support").message
    assert "for every team" in listed.visible
    cam.press(listed, "End")
    assert f"<@{dee.id}> can help" in cam.ephemerals[-1].visible
    dee.press(dee.command("/mend", "condition", channel="support").message, "End")
    assert kept(bot) == []


def test_what_ended_leaves_the_database_when_the_next_one_is_set(
    bot: Bot, clock: Clock, cam: Any
) -> None:
    set_one(cam, "courier strike till today")
    clock.advance(days=10)
    set_one(cam, "slow screen till tomorrow")
    everything = ConditionStore(bot.db).open(bot.of(Teams).first, date(2026, 1, 1))
    assert [each.words for each in everything] == ["slow screen"]
