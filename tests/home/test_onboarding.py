"""The first look at App Home, an admin's checklist, and a channel Mend was invited to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.people.store import Welcomes
from tests.conftest import only, saved
from workspace import Workspace

WELCOME = "Welcome."
TO_SET_UP = "To set up"


def test_the_first_time_app_home_says_in_three_lines_what_it_is(bot: Bot, ada: Any) -> None:
    home = ada.open_home()
    assert WELCOME in home.text
    assert {"Own something", "Find a repair"} <= set(home.buttons)
    assert WELCOME not in ada.open_home().text


def test_it_is_shown_again_where_slack_did_not_take_it(bot: Bot, ws: Workspace, ada: Any) -> None:
    ws.fail("views.publish", "http_500")
    ada.open_home()
    assert WELCOME in ada.open_home().text


def test_find_a_repair_opens_the_picker(bot: Bot, ada: Any) -> None:
    ada.press(ada.open_home(), "Find a repair")
    ada.choose(ada.modal, "pick_category", "They charged me twice")
    assert "Say first" in ada.modal.text


def test_the_checklist_is_for_admins(bot: Bot, cam: Any, dee: Any) -> None:
    assert TO_SET_UP not in cam.open_home().text
    assert TO_SET_UP in dee.open_home().text


@pytest.fixture
def folder(environment: dict[str, str], tmp_path: Path) -> Path:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    (folder / "zebra.md").write_text("---\ntitle: The zebra escaped\n---\n## Say first\nOh.\n")
    environment["MEND_PLAYBOOKS"] = str(folder)
    return folder


def test_it_ticks_itself_and_goes_once_all_is_done(
    folder: Path,
    environment: dict[str, str],
    start: Callable[[], Bot],
    ws: Workspace,
    dee: Any,
) -> None:
    ws.channel("support").bot_in = False
    supervisors = environment.pop("MEND_SUPERVISORS")
    start()
    assert dee.open_home().text.count("○") == 5
    ws.channel("support").bot_in = True
    environment |= {"MEND_SUPERVISORS": supervisors, "MEND_TIMEZONE": "Asia/Manila"}
    bot = start()
    home = dee.open_home()
    assert (home.text.count("✓"), home.text.count("○")) == (3, 2)
    (folder / "zebra.md").write_text(
        "---\ntitle: The zebra escaped\nverified: 2026-11-20\nauthority:\n"
        "  - what: Another zebra\n    limit: {agent: 50 EUR}\n---\n## Say first\nOh.\n"
    )
    saved(bot)
    assert TO_SET_UP not in dee.open_home().text
    asked = len(ws.calls)
    dee.open_home()
    assert "conversations.info" not in [call.method for call in ws.calls[asked:]]


def test_an_admin_may_put_it_away_for_themselves(
    environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, dee: Any
) -> None:
    fay = ws.add_person("fay")
    environment["MEND_ADMINS"] += f" {fay.id}"
    start()
    dee.press(dee.open_home(), "Do not show this again")
    assert TO_SET_UP not in dee.home.text and TO_SET_UP not in dee.open_home().text
    assert TO_SET_UP in fay.open_home().text


def test_deleting_all_of_mine_from_app_home_leaves_no_row_of_me(
    bot: Bot, ws: Workspace, dee: Any
) -> None:
    dee.press(dee.open_home(), "Do not show this again")
    dee.press(dee.home, "Privacy")
    dee.press(dee.home, "Delete all of mine")
    assert Welcomes(bot.db).done(dee.id) == set()


def test_who_invites_mend_is_asked_privately_whether_the_channel_is_a_team(
    bot: Bot, ws: Workspace, ada: Any, ben: Any
) -> None:
    ws.invite_bot("random", by=ada)
    asked = only(ada.dms)
    assert f"<#{ws.channel('random').id}>" in asked.text
    assert asked.buttons == ["Make it a team"]
    assert ben.dms == [] and ws.messages("random") == []


def test_an_invitation_slack_tells_of_twice_is_asked_about_once(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    ws.invite_bot("random", by=ada)
    [invitation] = [each for each in ws.deliveries if "member_joined" in str(each.payload)]
    ws.resend(invitation)
    only(ada.dms)


def test_the_team_channel_itself_a_guest_and_others_joining_ask_nothing(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    gus = ws.add_person("gus")
    gus.user.is_guest = True
    ws.invite_bot("support", by=ada)
    ws.invite_bot("random", by=gus)
    ws.tell(
        ws.channel("support"),
        {"type": "member_joined_channel", "user": ada.id, "channel": ws.channel("support").id},
        ada.user,
    )
    assert ada.dms == [] and gus.dms == []
