"""Teams: several in one workspace, each with its own channel, zone, days and supervisors."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from mend.app import Bot
from mend.ownit.store import NoteStore
from mend.people.store import TeamStore
from mend.people.teams import Teams
from mend.recap.daily.service import Recapping
from mend.recap.daily.store import RecapStore
from mend.slack.packing import pack
from tests.conftest import Clock, only
from tests.ownit.test_ownit import own
from workspace import Workspace
from workspace.blocks import elements


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    """Nothing about teams is fixed by the operator, not even who supervises."""
    return {key: value for key, value in environment.items() if key != "MEND_SUPERVISORS"}


def made_team(ws: Workspace, dee: Any, name: str, **chosen: Any) -> str:
    """Dee makes a channel a team, and chooses."""
    channel = ws.add_channel(name)
    dee.press(dee.command("/mend", "team", channel=name).message, "Make it a team")
    dee.submit({f"MEND_{key}": value for key, value in chosen.items()})
    return str(channel.id)


def test_an_admin_makes_a_channel_a_team_and_sets_what_holds_there(
    bot: Bot, ws: Workspace, ada: Any, cam: Any, dee: Any
) -> None:
    made_team(
        ws,
        dee,
        "travel",
        TIMEZONE="Asia/Manila",
        COUNTRY="PH",
        WORKDAYS=["mon", "sat"],
        RECAP_TIME="07:30",
        SUPERVISORS=[cam.id],
    )
    said = ada.command("/mend", "team", channel="travel").message.visible
    assert f"<@{cam.id}>" in said and "Mon, Sat (Asia/Manila, holidays of PH)" in said
    assert "Next recap: Saturday 28 November, 07:30 (Asia/Manila)" in said
    assert "Change" not in ada.command("/mend", "team", channel="travel").message.buttons


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("MEND_TIMEZONE", "Manila", "did you mean Asia/Manila?"),
        ("MEND_TIMEZONE", "", "Please complete"),
        ("MEND_COUNTRY", "ZZ", "no country whose holidays are known"),
        ("MEND_COUNTRY", "Philippines", "is not a country such as PH"),
        ("MEND_LOOKBACK_DAYS", "30", "from 3 to 7"),
    ],
)
def test_an_admin_who_mistypes_hears_it_on_the_field(
    bot: Bot, ws: Workspace, dee: Any, field: str, typed: str, says: str
) -> None:
    ws.add_channel("travel")
    dee.press(dee.command("/mend", "team", channel="travel").message, "Make it a team")
    try:
        dee.submit({field: typed})
        assert says in dee.modal.errors[field]
    except ValueError as incomplete:
        assert says in str(incomplete)


def test_a_number_of_people_that_a_team_chose_long_ago_is_passed_over(
    bot: Bot, ws: Workspace, dee: Any
) -> None:
    channel = ws.channel("support").id
    TeamStore(bot.db).keep(channel, {"MEND_K": "8", "MEND_WORKDAYS": "sat"}, bot.now())
    dee.press(dee.command("/mend", "team", channel="support").message, "Change")
    assert "MEND_K" not in [block.get("block_id") for block in dee.modal.blocks]
    dee.submit({"MEND_RECAP_TIME": "16:00"})
    assert TeamStore(bot.db).all()[0].chosen.keys() >= {"MEND_WORKDAYS"}
    assert "MEND_K" not in TeamStore(bot.db).all()[0].chosen


def open_form(person: Any) -> Any:
    person.press(person.command("/mend", "team", channel="travel").message, "Change")
    return person.modal


def test_of_two_who_change_a_team_at_once_neither_takes_back_what_the_other_set(
    bot: Bot, ws: Workspace, cam: Any, dee: Any
) -> None:
    channel = made_team(ws, dee, "travel", SUPERVISORS=[cam.id])
    open_form(cam)
    open_form(dee)
    cam.submit({"MEND_RECAP_TIME": "09:10"})
    dee.submit({"MEND_WORKDAYS": ["mon", "sat"]})
    team = bot.of(Teams).rules(channel)
    assert f"{team.recap_at:%H:%M}" == "09:10" and team.days == {0, 5}
    assert team.supervisors == {cam.id}


def test_who_changes_what_another_changed_meanwhile_hears_it_and_chooses(
    bot: Bot, ws: Workspace, cam: Any, dee: Any
) -> None:
    channel = made_team(ws, dee, "travel", SUPERVISORS=[cam.id])
    open_form(cam)
    open_form(dee)
    cam.submit({"MEND_RECAP_TIME": "09:10"})
    dee.submit({"MEND_RECAP_TIME": "11:00"})
    assert "now it is 09:10" in dee.modal.errors["MEND_RECAP_TIME"]
    assert f"{bot.of(Teams).rules(channel).recap_at:%H:%M}" == "09:10"
    dee.close()
    open_form(dee)
    dee.submit({"MEND_RECAP_TIME": "11:00"})
    assert f"{bot.of(Teams).rules(channel).recap_at:%H:%M}" == "11:00"


def test_a_supervisor_changes_their_own_team_and_no_other(
    bot: Bot, ws: Workspace, cam: Any, dee: Any
) -> None:
    made_team(ws, dee, "travel", SUPERVISORS=[cam.id])
    other = made_team(ws, dee, "bank")
    mine = cam.command("/mend", "team", channel="travel").message
    assert mine.buttons == ["Change"]
    theirs = cam.command("/mend", "team", channel="bank").message
    assert theirs.buttons == []
    mine.blocks[-1]["elements"][0]["value"] = other  # forged
    cam.press(mine, "Change")
    assert cam.modal is None
    assert f"<@{dee.id}> can help" in cam.ephemerals[-1].visible


def test_what_the_operator_set_is_shown_and_cannot_be_changed(
    environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, dee: Any
) -> None:
    environment |= {"MEND_TIMEZONE": "Europe/London", "MEND_SUPERVISORS": f"{dee.id},S0LEADS0001"}
    bot = start()
    channel = made_team(ws, dee, "travel")
    dee.press(dee.command("/mend", "team", channel="travel").message, "Change")
    assert f"<@{dee.id}>,<!subteam^S0LEADS0001>" in str(dee.modal.blocks)
    assert "Set by your operator: Time zone: Europe/London" in dee.modal.visible
    assert "MEND_TIMEZONE" not in [block["block_id"] for block in dee.modal.blocks]
    bot.of(Teams).choose(channel, {"MEND_TIMEZONE": "Asia/Manila"}, "UDEE")
    assert str(bot.of(Teams).rules(channel).zone) == "Europe/London"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("archived", "archived"),
        ("shared", "shared with another company"),
        ("bot_in", "/invite @Mend"),
    ],
)
def test_a_channel_that_cannot_be_a_team_is_refused(
    bot: Bot, ws: Workspace, dee: Any, wrong: str, says: str
) -> None:
    channel = ws.add_channel("travel")
    offer = dee.command("/mend", "team", channel="travel").message
    setattr(channel, wrong, not getattr(channel, wrong))
    dee.press(offer, "Make it a team")
    assert says in dee.ephemerals[-1].visible
    assert bot.of(Teams).get(channel.id) is None


def test_each_team_gets_its_own_recap_at_its_own_time(
    bot: Bot, ws: Workspace, clock: Clock, dee: Any
) -> None:
    made_team(ws, dee, "travel", RECAP_TIME="16:00")
    bot.of(Recapping).plan()
    clock.moment = clock.moment.replace(hour=16, minute=1)
    bot.scheduler.run_due()
    assert len(ws.messages("travel")) == 1 and ws.messages("support") == []
    clock.moment = clock.moment.replace(hour=18, minute=1)
    bot.scheduler.run_due()
    assert len(ws.messages("travel")) == 1 and len(ws.messages("support")) == 1


def test_a_note_goes_to_the_team_of_the_channel_it_was_said_in_and_later_ones_too(
    bot: Bot, ws: Workspace, ada: Any, cam: Any, dee: Any
) -> None:
    made_team(ws, dee, "travel", SUPERVISORS=[cam.id])
    said = ada.command("/ownit", "booked the wrong week", channel="travel").message
    ada.press(said, "Post as me")
    assert "booked the wrong week" in only(ws.messages("travel")).visible
    ada.dm("I quoted last month's price")
    ada.press(ada.dms[-1], "Post as me")
    assert "quoted last month's price" in ws.messages("travel")[-1].visible
    assert ws.messages("support") == []


def test_somebody_of_no_known_team_is_asked_once_which_is_theirs(
    bot: Bot, ws: Workspace, ada: Any, dee: Any
) -> None:
    travel = made_team(ws, dee, "travel")
    ada.dm("I quoted last month's price")
    receipt = ada.dms[-1]
    assert "Which is your team?" in receipt.visible and "Post as me" not in receipt.buttons
    kept = NoteStore(bot.db).mine(ada.id, limit=1)[0]
    ada.press(receipt, "My team", value=pack(travel, kept.id))
    ada.dm("I gave the wrong opening hours")
    assert "Which is your team?" not in ada.dms[-1].visible
    assert [note.team for note in NoteStore(bot.db).mine(ada.id, limit=2)] == [travel] * 2


def test_the_question_offers_no_channel_that_the_asked_person_is_not_in(
    bot: Bot, ws: Workspace, ada: Any, dee: Any
) -> None:
    travel, bank = made_team(ws, dee, "travel"), made_team(ws, dee, "bank")
    ws.channel("bank").private = True
    ws.channel("bank").without.append(ada.id)
    ada.dm("I quoted last month's price")
    receipt = ada.dms[-1]
    assert travel in str(receipt.blocks) and bank not in str(receipt.blocks)
    note = NoteStore(bot.db).mine(ada.id, limit=1)[0]
    buttons = (each for _, each in elements(receipt.blocks) if each["action_id"] == "team_mine")
    button = next(buttons)
    button["value"] = f"{bank} {note.id}"  # forged
    ada.press(receipt, "My team", value=button["value"])
    assert NoteStore(bot.db).get(note.id) == note
    assert TeamStore(bot.db).last_of(ada.id) is None


def test_without_a_word_from_slack_about_who_is_where_nothing_is_offered(
    bot: Bot, ws: Workspace, ada: Any, dee: Any
) -> None:
    travel = made_team(ws, dee, "travel")
    ws.fail("conversations.members", error="internal_error", times=99)
    ada.dm("I quoted last month's price")
    assert travel not in str(ada.dms[-1].blocks)


def test_each_teams_supervisors_are_asked_for_their_own_team(
    bot: Bot, ws: Workspace, ada: Any, ben: Any, cam: Any, dee: Any
) -> None:
    made_team(ws, dee, "travel", SUPERVISORS=[cam.id])
    made_team(ws, dee, "bank", SUPERVISORS=[ben.id])
    answer = ada.command("/repair", "they charged me twice", channel="travel").message
    ada.press(answer, "Get help")
    assert only(cam.dms).visible and ben.dms == []


def test_a_holiday_of_the_teams_country_is_quiet(
    bot: Bot, ws: Workspace, clock: Clock, dee: Any
) -> None:
    channel = made_team(ws, dee, "travel", COUNTRY="GB-ENG")
    clock.moment = clock.moment.replace(month=12, day=24, hour=19)
    RecapStore(bot.db).keep(
        bot.of(Recapping).build(bot.of(Teams).rules(channel), date(2026, 12, 24), clock())
    )
    assert bot.of(Recapping).next_day(bot.of(Teams).rules(channel)) == date(2026, 12, 29)


def test_a_team_that_is_no_more_gets_no_recap_and_its_people_keep_their_notes(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, dee: Any
) -> None:
    made_team(ws, dee, "travel")
    ada.command("/ownit", "booked the wrong week", channel="travel")
    bot.of(Recapping).plan()
    dee.press(dee.command("/mend", "team", channel="travel").message, "No team any more")
    clock.advance(hours=4)
    bot.scheduler.run_due()
    assert ws.messages("travel") == []
    assert len(NoteStore(bot.db).mine(ada.id, limit=2)) == 1


def test_with_one_team_nothing_is_remembered_about_who_was_where(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    own(ada)
    assert TeamStore(bot.db).last_of(ada.id) is None
