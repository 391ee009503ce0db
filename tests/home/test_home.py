"""App Home: every control that vanishes elsewhere."""

from typing import Any

from mend.app import Bot
from mend.lookbacks.model import Cause, Factor
from mend.ownit.store import NoteStore
from mend.people.teams import Teams
from mend.recap.causes.model import Given, Strength
from mend.recap.causes.service import Causes
from tests.conftest import Clock
from tests.ownit.test_ownit import WORDS, from_root, note_window, notes, own, root
from tests.recap.test_weekly import answer, monday_morning
from workspace import Workspace


def test_the_empty_home_says_how_to_begin(bot: Bot, ada: Any) -> None:
    home = ada.open_home()
    assert "Nothing here" in home.text and "Own something" in home.text


def test_a_note_can_be_worked_on_from_home(bot: Bot, ws: Workspace, ada: Any) -> None:
    own(ada)
    ada.press(note_window(ada), "Change who sees it")
    ada.press(ada.modal, "Post as me")
    assert WORDS in root(ws).visible
    assert "It stands in" in ada.modal.text and "in the team channel" in ada.home.text
    ada.press(ada.modal, "Repaired")
    assert "✅ Repaired." in ada.modal.text and "repaired" in ada.home.text
    ada.press(ada.modal, "What I learned")
    ada.submit({"learned": "read it back"})
    ada.close()
    assert "read it back" in note_window(ada).text
    ada.press(ada.modal, "Withdraw")
    assert notes(bot, ada) == []
    assert WORDS not in ada.home.text


def test_owning_something_from_home(bot: Bot, ada: Any) -> None:
    ada.press(ada.open_home(), "Own something")
    ada.submit({"happened": WORDS})
    assert notes(bot, ada) == [WORDS]
    assert WORDS in ada.home.text


def test_old_buttons_of_a_note_answer_on_top_of_home(bot: Bot, ws: Workspace, ada: Any) -> None:
    own(ada)
    home = ada.open_home()
    NoteStore(bot.db).withdraw(NoteStore(bot.db).mine(ada.id, limit=1)[0], bot_now(bot))
    ada.press(home, "Open")
    assert "was withdrawn" in ada.home.text


def bot_now(bot: Bot) -> Any:
    return bot.now()


def test_ada_sees_her_notes_and_nobody_elses(bot: Bot, ada: Any, ben: Any) -> None:
    own(ada, "mine alone")
    own(ben, "bens alone")
    home = ada.open_home()
    assert "mine alone" in home.text and "bens alone" not in home.text


def test_hundreds_of_notes_are_turned_page_by_page(bot: Bot, ada: Any) -> None:
    for number in range(25):
        own(ada, f"slip number {number:02}")
    home = ada.open_home()
    assert "slip number 24" in home.text and "slip number 14" not in home.text
    ada.press(home, "Older")
    assert "slip number 14" in ada.home.text
    ada.press(ada.home, "Older")
    assert "slip number 00" in ada.home.text and "Older" not in ada.home.buttons
    ada.press(ada.home, "Newer")
    assert "slip number 10" in ada.home.text


def test_only_a_supervisor_is_offered_the_causes_and_only_an_admin_the_doctor(
    bot: Bot, ada: Any, cam: Any, dee: Any
) -> None:
    assert "What got in the way" not in ada.open_home().choices
    assert "What got in the way" in cam.open_home().choices
    assert "Doctor" not in cam.home.choices
    assert "Doctor" in dee.open_home().choices


def test_a_supervisor_previews_the_recap_on_top_of_home(bot: Bot, cam: Any) -> None:
    cam.press(cam.open_home(), "Preview the recap")
    assert "What we learned" in cam.home.text and "Your notes" in cam.home.text


def test_the_page_says_when_the_next_recap_is_and_in_which_zone(bot: Bot, ada: Any) -> None:
    assert "Next recap: Tuesday 24 November, 18:00 (UTC)" in ada.open_home().text


def test_the_policy_is_linked_where_there_is_one_and_nothing_is_promised_otherwise(
    environment: dict[str, str], start: Any, ada: Any
) -> None:
    start()
    assert "has not set a policy" in ada.open_home().text
    environment["MEND_POLICY_URL"] = "https://intranet.example/fair"
    start()
    assert "https://intranet.example/fair" in str(ada.open_home().blocks)


def test_an_agent_has_no_more_on_the_page_than_what_is_theirs(bot: Bot, ada: Any) -> None:
    page = ada.open_home()
    assert page.buttons == ["Own something", "Find a repair", "Pause"]
    for part in ("Your team", "The workspace", "Doctor", "What got in the way"):
        assert part not in page.visible


def test_what_ada_looked_up_lately_is_one_press_away(bot: Bot, ada: Any) -> None:
    ada.command("/repair", "they charged me twice")
    page = ada.open_home()
    ada.press(page, "They charged me twice")
    assert "Say first" in ada.home.visible or "Say first" in ada.modal.visible


def test_a_look_back_that_waits_is_answered_from_the_page(bot: Bot, clock: Clock, ada: Any) -> None:
    own(ada)
    assert "Any clearer now?" not in ada.open_home().visible
    clock.advance(days=7)
    bot.scheduler.run_due()
    page = ada.open_home()
    assert "Any clearer now?" in page.visible
    ada.press(page, "Look back")
    ada.choose(ada.home, "answer", ["TOOL"], block_id="factors")
    ada.press(ada.home, "Next")
    ada.choose(ada.home, "answer", "a warning", block_id="words")
    ada.press(ada.home, "Next")
    ada.press(ada.home, "Prevented")
    assert "Thank you for looking back" in ada.home.visible
    assert "Any clearer now?" not in ada.open_home().visible


def test_a_supervisor_takes_a_hand_that_is_needed_from_the_page(
    bot: Bot, ada: Any, cam: Any
) -> None:
    assert "Nobody is waiting for a hand." in cam.open_home().visible
    ada.press(ada.command("/repair", "they charged me twice").message, "Get help")
    page = cam.open_home()
    assert f"<@{ada.id}> asks for a hand with *They charged me twice*" in page.visible
    cam.press(page, "I'm coming")
    page = cam.open_home()
    assert "You have it." in page.visible and "I'm coming" not in page.buttons
    assert "has your request" in ada.dms[-1].visible


def test_an_admin_who_supervises_nobody_sees_no_ones_request(bot: Bot, ada: Any, dee: Any) -> None:
    ada.press(ada.command("/repair", "they charged me twice").message, "Get help")
    seen = dee.open_home().visible
    assert "asks for a hand" not in seen and "Nobody is waiting" not in seen


def test_ada_sees_on_her_page_what_she_asked_and_can_cancel_it(
    bot: Bot, ada: Any, cam: Any
) -> None:
    ada.press(ada.command("/repair", "they charged me twice").message, "Get help")
    page = ada.open_home()
    assert "You asked for a hand" in page.visible and "nobody has taken it yet" in page.visible
    ada.press(page, "Cancel")
    assert "Cancelled." in ada.home.visible
    assert "You asked for a hand" not in ada.open_home().visible
    assert "Nobody is waiting for a hand." in cam.open_home().visible


def a_long_board(bot: Bot, ws: Workspace, clock: Clock) -> None:
    """Five conditions, and three things that are done about each."""
    for number in range(5):
        person = ws.add_person(f"agent{number}")
        for factor in list(Factor)[:5]:
            answer(bot, person, [factor])
    [team] = bot.of(Teams).all()
    for factor in list(Factor)[:5]:
        for what in ("a clearer step", "a second look", "a calmer screen"):
            step = Given(what, "", Strength.WEAKER, Cause.IDENTIFIED, "", None)
            bot.of(Causes).add(team, factor, step)
    monday_morning(bot, clock)


def test_from_the_page_a_long_answer_opens_in_a_window(
    bot: Bot, ws: Workspace, clock: Clock, cam: Any
) -> None:
    a_long_board(bot, ws, clock)
    cam.press(cam.open_home(), "What got in the way")
    assert "What got in the way, and what is done about it" in cam.modal.visible
    assert "what is done about it" not in cam.home.visible


def test_where_slack_opens_no_window_the_answer_stands_on_the_page(
    bot: Bot, ws: Workspace, clock: Clock, cam: Any
) -> None:
    a_long_board(bot, ws, clock)
    page = cam.open_home()
    ws.fail("views.open", error="expired_trigger_id")
    cam.press(page, "What got in the way")
    assert cam.modal is None
    assert "What got in the way, and what is done about it" in cam.home.visible


def test_the_teams_rules_are_one_press_away_for_a_supervisor(bot: Bot, cam: Any) -> None:
    cam.press(cam.open_home(), "Change the team's rules")
    assert "Time zone" in cam.modal.visible


def test_playbooks_and_what_waits_are_one_press_away_for_an_admin(bot: Bot, dee: Any) -> None:
    dee.press(dee.open_home(), "Playbooks")
    assert "Can I get a copy of my bill?" in dee.modal.visible
    dee.close()
    dee.press(dee.open_home(), "What waits")
    assert dee.modal is not None


def test_the_page_follows_what_ada_does_elsewhere(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.open_home()
    receipt = own(ada)
    assert WORDS in ada.home.text
    ada.press(receipt, "Post as me")
    from_root(ada, root(ws), "Repaired")
    assert "in the team channel · repaired" in ada.home.text
    ada.press(receipt, "Withdraw")
    assert WORDS not in ada.home.text


def test_no_page_is_drawn_for_somebody_who_never_opened_it(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    own(ada)
    assert "views.publish" not in [call.method for call in ws.calls]
