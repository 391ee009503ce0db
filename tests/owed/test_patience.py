"""Every kind of work says how long it is tried, and what is said where it was refused."""

import importlib
import pkgutil
from datetime import timedelta
from typing import Any

import mend
from mend.app import Bot
from mend.db.jobs import Jobs
from mend.db.model import Patience
from mend.doctor.service import Doctor
from mend.people.store import TeamStore
from mend.people.teams import Teams
from mend.recap.daily import service as recapping
from tests.conftest import Clock, only
from tests.owed.bad_days import away, hours
from tests.ownit.test_ownit import own
from tests.recap.test_conditions import set_one
from tests.recap.test_daily import posted
from workspace import Workspace


def kinds() -> set[str]:
    """Every KIND that a module of Mend names."""
    found = set()
    for module in pkgutil.walk_packages(mend.__path__, "mend."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if name == "KIND" or name.endswith("_KIND"):
                found.add(value)
    return found


def test_every_kind_of_work_is_declared_with_a_patience_and_a_sentence(bot: Bot) -> None:
    assert kinds() == set(bot.scheduler.duties)
    for kind, duty in bot.scheduler.duties.items():
        assert isinstance(duty.patience, Patience), kind
        assert duty.says.strip().endswith("."), kind
    assert len({duty.says for duty in bot.scheduler.duties.values()}) == len(bot.scheduler.duties)


def test_only_what_helps_nobody_later_is_dropped(bot: Bot) -> None:
    timely = [k for k, duty in bot.scheduler.duties.items() if duty.patience is Patience.TIMELY]
    assert timely == ["brief"]


def test_a_recap_that_an_older_mend_planned_is_told_late_and_the_next_one_follows(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    planned = f"recap:{bot.of(Teams).first}:2026-11-24"
    Jobs(bot.db).schedule(recapping.KIND, planned, clock(), {"day": "2026-11-24"})
    bot.of(Doctor).examine()
    assert "/ownit" in ada.open_home().visible
    clock.moment = clock.moment.replace(day=25, hour=10)
    hours(bot, clock, 1)
    assert "for Tuesday 24 November" in only(posted(ws)).visible
    hours(bot, clock, 9)
    assert len(posted(ws)) == 2
    assert planned not in {job.key for job in Jobs(bot.db).pending(recapping.KIND)}


def test_a_row_that_nobody_can_read_stops_nothing_else(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    for kind in bot.scheduler.duties:
        Jobs(bot.db).schedule(kind, f"odd:{kind}", clock() - timedelta(hours=1), {"odd": "yes"})
    ada.press(own(ada), "Post as me")
    hours(bot, clock, 5)
    only(posted(ws))
    assert any("owns this" in each.visible for each in ws.messages("support"))


def test_a_team_that_cannot_be_planned_keeps_no_other_from_its_recap(
    bot: Bot, ws: Workspace, clock: Clock
) -> None:
    other = ws.add_channel("billing").id
    TeamStore(bot.db).keep(other, {}, clock())
    Jobs(bot.db).schedule(
        recapping.KIND, f"recap:{other}:odd", clock(), {"team": other, "day": "odd"}
    )
    hours(bot, clock, 5)
    only(posted(ws))


def test_a_brief_that_could_not_be_posted_in_time_is_dropped(
    bot: Bot, ws: Workspace, clock: Clock, cam: Any
) -> None:
    TeamStore(bot.db).keep(bot.of(Teams).first, {"MEND_BRIEF_TIME": "15:00"}, clock())
    set_one(cam)
    with away(ws, "chat.postMessage"):
        hours(bot, clock, 12, every=5)
    hours(bot, clock, 2)
    assert not any("Before we start" in each.visible for each in ws.messages("support"))
    assert all(job.due_at > clock() for job in Jobs(bot.db).pending("brief"))
