"""Get help: every supervisor is told, one takes it, Mend carries the answer back."""

from collections.abc import Callable
from typing import Any

import pytest

from mend.app import Bot
from mend.db.jobs import Jobs
from mend.helping import views
from mend.helping.service import Helping
from mend.helping.store import HelpStore
from mend.repair.control_views import Asked
from mend.slack.store import Posts
from tests.conftest import Clock, only
from tests.owed.bad_days import away, hours
from tests.ownit.test_ownit import from_root, note_window, own, root
from tests.people.test_team import made_team
from tests.repair.test_feedback import dump
from tests.repair.test_repair import repair
from workspace import Workspace


@pytest.fixture
def fay(ws: Workspace) -> Any:
    return ws.add_person("Fay", role="supervisor")


@pytest.fixture
def team(environment: dict[str, str], fay: Any, cam: Any, start: Callable[[], Bot]) -> Bot:
    """A bot whose team has two supervisors, Cam and Fay."""
    environment["MEND_SUPERVISORS"] = f"{cam.id},{fay.id}"
    return start()


def run(bot: Bot) -> None:
    """What happens by itself within a minute."""
    bot.scheduler.plan_soon()
    bot.scheduler._plan_now_and_then()
    bot.scheduler.run_due()


def kept(bot: Bot, table: str) -> str:
    """The rows of a table, in one string; empty where there is none."""
    rows = bot.db.rows(f"select * from {table}")
    return str(rows) if rows else ""


def helping(bot: Bot) -> str:
    """What stands in requests that are not closed."""
    live = HelpStore(bot.db).live()
    return str(live) if live else ""


def ask(ada: Any) -> None:
    ada.press(repair(ada, "they charged me twice"), "Get help")


def test_every_supervisor_is_told_what_ada_was_looking_at(
    team: Bot, ada: Any, cam: Any, fay: Any
) -> None:
    ask(ada)
    for supervisor in (cam, fay):
        message = only(supervisor.dms)
        assert f"<@{ada.id}> asks for a hand" in message.visible
        assert "They charged me twice" in message.visible


def test_one_takes_it_and_everybody_sees_who(team: Bot, ada: Any, cam: Any, fay: Any) -> None:
    ask(ada)
    cam.press(only(cam.dms), "I'm coming")
    assert only(cam.dms).buttons == ["Answer", "Close"]
    assert f"<@{cam.id}> has it" in only(fay.dms).visible and only(fay.dms).buttons == []
    assert f"<@{cam.id}> has your request" in only(ada.dms).visible


def test_the_second_to_press_is_told_who_has_it(team: Bot, ada: Any, cam: Any, fay: Any) -> None:
    ask(ada)
    late = only(fay.dms)
    old = late.blocks
    cam.press(only(cam.dms), "I'm coming")
    late.blocks = old
    fay.press(late, "I'm coming")
    assert f"<@{cam.id}> has taken this one" in str(
        [each.visible for each in fay.sees(late.channel)]
    )


def test_the_answer_is_carried_back(team: Bot, ada: Any, cam: Any) -> None:
    ask(ada)
    cam.press(only(cam.dms), "I'm coming")
    cam.press(only(cam.dms), "Answer")
    cam.submit({"words": "Reverse the second one, I approve it. Card 4111 1111 1111 1111."})
    answer = ada.dms[-1].visible
    assert "I approve it" in answer and "4111 1111" not in answer


def test_once_closed_text_and_names_are_gone(team: Bot, ada: Any, cam: Any, fay: Any) -> None:
    ask(ada)
    cam.press(only(cam.dms), "I'm coming")
    cam.press(only(cam.dms), "Close")
    assert only(cam.dms).visible == "Answered." and only(fay.dms).visible == "Answered."
    team.scheduler.run_due()
    rows = str(team.db.rows("select * from help_requests"))
    assert ada.id not in rows and "charged" not in rows


def test_nobody_taking_it_is_not_forgotten(
    team: Bot, clock: Clock, ada: Any, cam: Any, fay: Any
) -> None:
    ask(ada)
    clock.advance(minutes=2)
    team.scheduler.run_due()
    assert "still waiting" in cam.dms[-1].visible and "still waiting" in fay.dms[-1].visible
    assert "Nobody has taken" in ada.dms[-1].visible


def test_a_request_that_was_taken_needs_no_reminder(
    team: Bot, clock: Clock, ada: Any, cam: Any
) -> None:
    ask(ada)
    cam.press(only(cam.dms), "I'm coming")
    clock.advance(minutes=11)
    team.scheduler.run_due()
    only(cam.dms)


def test_delivered_answers_leave_no_words_behind(team: Bot, ada: Any, cam: Any) -> None:
    ask(ada)
    cam.press(only(cam.dms), "I'm coming")
    cam.press(only(cam.dms), "Answer")
    cam.submit({"words": "flamingo approval granted"})
    assert "flamingo" in ada.dms[-1].visible
    assert "flamingo" not in dump(team)


def forged(message: Any, action: str, value: str) -> None:
    """Let a button carry something that Mend never put there."""
    for block in message.blocks:
        for element in block.get("elements", []):
            for part in (element, *element.get("options", [])):
                if part.get("action_id") == action or part.get("value", "").startswith(action):
                    part["value"] = value


# --- asked once, for a while


def test_thirty_presses_are_one_request(team: Bot, ada: Any, cam: Any, fay: Any) -> None:
    answer = repair(ada, "they charged me twice")
    for _ in range(30):
        ada.press(answer, "Get help")
    assert len(cam.dms) == len(fay.dms) == 1
    again = ada.ephemerals[-1]
    assert "You asked for a hand" in again.visible and "nobody has taken it yet" in again.visible
    assert "Cancel" in again.buttons


def test_another_playbook_is_another_request(team: Bot, ada: Any, cam: Any) -> None:
    for words in ("they charged me twice", "where is my parcel", "they charged me twice"):
        ada.press(repair(ada, words), "Get help")
    assert "They charged me twice" in cam.dms[0].visible and len(cam.dms) == 2
    assert "My parcel still hasn't come" in cam.dms[1].visible
    assert "They charged me twice" in ada.ephemerals[-1].visible


@pytest.mark.parametrize("label", ["Cancel", "Customer is on the line"])
def test_an_old_copy_says_what_is_so_in_its_place(
    team: Bot, ada: Any, cam: Any, label: str
) -> None:
    ada.press(repair(ada, "they charged me twice"), "Get help")
    copy = ada.ephemerals[-1]
    cam.press(only(cam.dms), "Answer")
    cam.submit({"words": "refund both"})
    told = len(ada.ephemerals)
    ada.press(copy, label)
    assert copy.visible == "This request is closed already." and len(ada.ephemerals) == told


def test_the_card_says_what_was_looked_for_and_since_when(team: Bot, ada: Any, cam: Any) -> None:
    ask(ada)
    card = only(cam.dms)
    assert "*They charged me twice*" in card.visible and "they charged me twice" in card.visible
    assert "Asked <!date" in card.visible and "14:30" in card.visible
    assert card.buttons == ["I'm coming", "Answer"]


def test_that_the_customer_is_on_the_line_shows_on_the_card(team: Bot, ada: Any, cam: Any) -> None:
    ask(ada)
    card = only(cam.dms)
    assert "on the line" not in card.visible
    ada.press(ada.ephemerals[-1], "Customer is on the line")
    assert "The customer is on the line" in card.visible
    shown = ada.ephemerals[-1]
    assert "also that the customer is on the line" in shown.visible and shown.buttons == ["Cancel"]
    cam.press(card, "I'm coming")
    assert "nobody" not in shown.visible  # as it stays, since nobody can follow it there


def test_ada_cancels_and_nothing_of_it_is_left(team: Bot, ada: Any, cam: Any, fay: Any) -> None:
    ask(ada)
    cam.press(only(cam.dms), "I'm coming")
    shown = ada.ephemerals[-1]
    buttons = shown.blocks
    ada.press(shown, "Cancel")
    shown.blocks = buttons  # a double click
    ada.press(shown, "Cancel")
    assert only(cam.dms).visible == only(fay.dms).visible == "No longer needed."
    assert "Cancelled." in ada.ephemerals[-1].visible and ada.dms == []
    rows = dump(team)
    assert "they charged me twice" not in rows and helping(team) == ""


def test_after_a_day_text_and_names_are_gone_and_ada_hears_so(
    team: Bot, clock: Clock, ada: Any, cam: Any, fay: Any
) -> None:
    ask(ada)
    clock.advance(hours=23, minutes=59)
    run(team)
    assert "asks for a hand" in cam.dms[0].visible
    clock.advance(minutes=1)
    run(team)
    assert cam.dms[0].visible == fay.dms[0].visible == "Closed after a day."
    assert "still waiting" not in str([each.visible for each in cam.dms])
    assert "Nobody took your request" in only(ada.dms).visible
    assert helping(team) == "" and "they charged me twice" not in dump(team)
    assert ada.id not in kept(team, "help_requests")
    assert kept(team, "help_messages") == kept(team, "posts") == ""


def test_one_that_was_taken_and_forgotten_is_closed_after_a_day_too(
    team: Bot, clock: Clock, ada: Any, cam: Any
) -> None:
    ask(ada)
    cam.press(only(cam.dms), "I'm coming")
    clock.advance(days=1)
    run(team)
    assert "has your request" not in only(ada.dms).visible and ada.id not in helping(team)


def test_nobody_is_named_by_a_key(team: Bot, clock: Clock, ada: Any, cam: Any, fay: Any) -> None:
    ask(ada)
    clock.advance(minutes=3)
    team.scheduler.run_due()
    cam.press(cam.dms[0], "I'm coming")
    cam.press(cam.dms[0], "Answer")
    cam.submit({"words": "Reverse the second one."})
    keys = str(
        [
            list(team.db.rows(f"select {columns} from {table}"))
            for table, columns in (("jobs", "key, payload"), ("notices", "key"))
        ]
    ) + str(team.db.rows("select subject, key from posts"))
    for person in (ada, cam, fay):
        assert person.id not in keys


def test_a_person_asks_six_times_an_hour_at_most_whichever_process_answers(
    team: Bot, start: Callable[[], Bot], clock: Clock, ada: Any
) -> None:
    for number in range(6):
        ask(ada)
        ada.press(ada.ephemerals[-1], "Cancel")
        if number == 3:
            start()  # another process on the same database: restarted, or a second one
    ask(ada)
    assert "within the hour" in ada.ephemerals[-1].visible and helping(team) == ""
    clock.advance(hours=1)
    ask(ada)
    assert ada.id in helping(team)
    clock.advance(hours=1)
    team.of(Helping).expire()
    assert team.db.rows("select * from help_asks") == []


def test_what_was_forged_into_a_button_is_masked_where_it_is_stored(
    team: Bot, ada: Any, cam: Any
) -> None:
    answer = repair(ada, "they charged me twice")
    asked = Asked("double-charge", "card 4111 1111 1111 1111 please")
    forged(answer, "repair_get_help", asked.packed())
    ada.press(answer, "Get help")
    assert "please" in only(cam.dms).visible and "4111" not in only(cam.dms).visible
    assert "4111 1111" not in dump(team)


# --- told what is so


def test_nobody_has_it_is_taken_back_once_somebody_has(
    team: Bot, clock: Clock, ada: Any, cam: Any, fay: Any
) -> None:
    ask(ada)
    clock.advance(minutes=2)
    team.scheduler.run_due()
    assert len(ada.dms) == 1 and len(cam.dms) == 2
    cam.press(cam.dms[0], "I'm coming")
    assert "has your request" in only(ada.dms).visible
    assert len(cam.dms) == len(fay.dms) == 1


def test_a_closed_request_says_no_more_that_cam_has_it(team: Bot, ada: Any, cam: Any) -> None:
    ask(ada)
    cam.press(only(cam.dms), "I'm coming")
    cam.press(only(cam.dms), "Close")
    assert only(ada.dms).visible == "Your request for a hand is closed."


def test_two_presses_from_the_card_to_answered(team: Bot, ada: Any, cam: Any, fay: Any) -> None:
    ask(ada)
    cam.press(only(cam.dms), "Answer")
    assert "they charged me twice" in cam.modal.visible
    cam.submit({"words": "Reverse the second one."})
    assert "Reverse the second one." in only(ada.dms).visible
    assert only(cam.dms).visible == only(fay.dms).visible == "Answered." and ada.id not in helping(
        team
    )


def test_an_answer_may_leave_it_open(team: Bot, ada: Any, cam: Any) -> None:
    ask(ada)
    cam.press(only(cam.dms), "Answer")
    cam.submit({"words": "Looking it up.", "open": ["open"]})
    assert only(cam.dms).buttons == ["Answer", "Close"]
    assert [("Looking it up" in each.visible) for each in ada.dms] == [True, False]
    cam.press(only(cam.dms), "Answer")
    cam.submit({"words": "Reverse it."})
    assert only(cam.dms).visible == "Answered."


def test_an_answer_that_comes_second_is_refused_in_its_form(
    team: Bot, ada: Any, cam: Any, fay: Any
) -> None:
    ask(ada)
    cam.press(only(cam.dms), "Answer")
    fay.press(only(fay.dms), "I'm coming")
    cam.submit({"words": "Reverse it."})
    assert f"<@{fay.id}> has taken this one" in str(cam.modal.errors)


def test_cam_hears_that_a_request_was_cancelled_meanwhile(team: Bot, ada: Any, cam: Any) -> None:
    ask(ada)
    cam.press(only(cam.dms), "Answer")
    ada.press(ada.ephemerals[-1], "Cancel")
    cam.submit({"words": "Reverse it."})
    assert "no longer needed" in str(cam.modal.errors)


def test_where_slack_knows_none_of_the_supervisors_ada_hears_so(
    environment: dict[str, str], start: Callable[[], Bot], clock: Clock, ada: Any
) -> None:
    environment["MEND_SUPERVISORS"] = "U0GONE"
    bot = start()
    ask(ada)
    clock.advance(minutes=2)
    bot.scheduler.run_due()
    assert "does not let Mend tell any of your supervisors" in only(ada.dms).visible


def test_what_is_still_on_its_way_is_not_reminded_of(
    team: Bot, ws: Workspace, clock: Clock, ada: Any, cam: Any, fay: Any
) -> None:
    with away(ws, "conversations.open", "chat.postMessage"):
        ask(ada)
        hours(team, clock, 5)
    hours(team, clock, 0.5, every=1)
    seen = [[m.visible for m in lead.dms if "for a hand" in m.visible] for lead in (cam, fay)]
    assert all("asks for a hand" in first for first, *_ in seen)
    assert any("asks for a hand" not in last for *_, last in seen)  # who had it was reminded
    assert "Nobody has taken" in only(ada.dms).visible


# --- whose it is


@pytest.mark.parametrize("press", ["I'm coming", "Answer"])
def test_a_lead_of_another_team_can_take_nothing(
    environment: dict[str, str],
    start: Callable[[], Bot],
    ws: Workspace,
    ada: Any,
    cam: Any,
    dee: Any,
    fay: Any,
    press: str,
) -> None:
    del environment["MEND_SUPERVISORS"]
    bot = start()
    made_team(ws, dee, "travel", SUPERVISORS=[cam.id])
    made_team(ws, dee, "bank", SUPERVISORS=[fay.id])
    for channel, words in (("travel", "they charged me twice"), ("bank", "the refund is late")):
        asker = ada if channel == "travel" else ws.person("ben")
        answer: Any = asker.command("/repair", words, channel=channel).message
        asker.press(answer, "Get help")
    [travels] = [
        help_request for help_request in HelpStore(bot.db).live() if help_request.asker == ada.id
    ]
    card = only(fay.dms)
    for action in (views.TAKE, views.ANSWER):
        forged(card, action, travels.id)
    before = dump(bot)
    fay.press(card, press)
    assert "supervisor of the team that was asked" in str([each.visible for each in fay.ephemerals])
    assert dump(bot) == before and fay.modal is None


def test_nobody_but_ada_cancels_what_ada_asked(team: Bot, ada: Any, ben: Any, cam: Any) -> None:
    ask(ada)
    [hers] = HelpStore(team.db).live()
    ask(ben)
    forged(ben.ephemerals[-1], views.CANCEL, hers.id)
    ben.press(ben.ephemerals[-1], "Cancel")
    assert "no longer there" in ben.ephemerals[-1].visible
    assert HelpStore(team.db).get(hers.id) == hers


# --- notes


def test_a_request_about_a_note_follows_it_and_ends_when_it_is_made_private(
    bot: Bot, ws: Workspace, ada: Any, cam: Any
) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    from_root(ada, root(ws), "I need a hand")
    ada.press(note_window(ada), "Edit")
    ada.submit({"happened": "sent the flamingo form"})
    assert "flamingo" in only(cam.dms).visible
    ada.press(receipt, "Change who sees it")
    ada.press(receipt, "Without my name")
    assert only(cam.dms).visible == "No longer needed." and helping(bot) == ""


# --- an older Mend


def test_a_request_of_an_older_bot_that_still_runs_is_served(
    team: Bot, clock: Clock, ada: Any, cam: Any, fay: Any
) -> None:
    help_request = "0123456789abcdef"
    with team.db.transaction():
        team.db.insert(
            "help_requests",
            id=help_request,
            asker=ada.id,
            context="they charged me twice",
            note="",
            asked_at=clock(),
            state="open",
            taker="",
            version=1,
        )
        for person in (cam, fay):
            key = f"hand:{help_request}:{person.id}"
            Posts(team.db).ensure(key, person.id, clock())
            Jobs(team.db).schedule(
                "hand", key, clock(), {"help_request": help_request, "person": person.id}
            )
        Jobs(team.db).schedule(
            "hand_reminder",
            f"hand_reminder:{help_request}",
            clock(),
            {"help_request": help_request},
        )
    team.scheduler.run_due()
    assert "still waiting" in fay.dms[-1].visible
    cam.press(cam.dms[0], "Answer")
    cam.submit({"words": "Reverse it."})
    assert only(cam.dms).visible == only(fay.dms).visible == "Answered."
    assert "Reverse it." in only(ada.dms).visible
