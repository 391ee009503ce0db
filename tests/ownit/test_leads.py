"""Supervisors first."""

from datetime import timedelta
from typing import Any

from mend.app import Bot
from mend.ownit.leads import Leads
from tests.conftest import Clock, only
from tests.ownit.test_ownit import own, root
from workspace import Workspace


def invite(bot: Bot, cam: Any) -> None:
    bot.of(Leads).invite()
    bot.scheduler.run_due()


def test_in_the_first_week_a_supervisor_is_asked_once(bot: Bot, ada: Any, cam: Any) -> None:
    invite(bot, cam)
    invite(bot, cam)
    assert "leads go first" in only(cam.dms).visible
    assert ada.dms == []


def test_after_the_first_week_nobody_is_asked(bot: Bot, clock: Clock, cam: Any) -> None:
    clock.advance(days=8)
    invite(bot, cam)
    assert cam.dms == []


def test_a_supervisors_thread_says_that_a_lead_goes_first(
    bot: Bot, ws: Workspace, cam: Any
) -> None:
    cam.press(own(cam), "Post as me")
    assert "A lead goes first." in root(ws).visible


def test_an_agents_thread_and_a_later_one_do_not(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, cam: Any
) -> None:
    ada.press(own(ada), "Post as me")
    clock.moment += timedelta(days=8)
    cam.press(own(cam, "told a caller the wrong date"), "Post as me")
    assert all("goes first" not in message.visible for message in ws.messages("support"))
