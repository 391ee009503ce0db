"""Around every single act of one person, two looks inside one closed window are equal.

Whatever Ada does on Tuesday, alone, as the second or as the fifth person, everybody else reads
what they read before, wherever something that people did is shown. On Monday they read more.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.people.teams import Teams
from mend.playbooks.library import Library
from mend.recap.causes import views as causes
from mend.recap.causes.service import Causes
from mend.recap.daily.service import Briefing, Recapping
from mend.repair import gap_views, use_views
from mend.repair.gaps import Gaps
from mend.repair.service import Feedback
from mend.repair.store import LearningStore
from tests.conftest import PLAYBOOKS, Clock
from tests.lookbacks.test_lookbacks import answer
from tests.owed.bad_days import hours
from tests.ownit.test_ownit import own
from tests.repair.test_feedback import miss
from tests.repair.test_repair import repair
from workspace import Workspace

TAUGHT = "charged twice flamingo subscription"
MISSED = "zqx my flamingo is broken"


@dataclass
class Act:
    """What one person does with one note and a playbook or two; a step is one press."""

    person: Any
    clock: Clock
    number: int = 0
    receipt: Any = None
    answered: Any = None

    def owned_last_week(self) -> None:
        own(self.person, f"booked the wrong technician {self.number}")
        self.person.press(self.person.ephemerals[-1], "Without my name")

    def owns(self) -> None:
        self.receipt = own(self.person, f"sent the refund to the wrong card {self.number}")

    def posts(self) -> None:
        self.person.press(self.receipt, "Post as me")

    def promises(self) -> None:
        self.person.press(self.receipt, "Promise a follow-up")
        due = int((self.clock() + timedelta(hours=90)).timestamp())
        self.person.submit({"what": "call back", "due": due})

    def learns(self) -> None:
        self.person.press(self.receipt, "What I learned")
        self.person.submit({"learned": f"read the digits back {self.number}"})

    def releases(self) -> None:
        self.person.press(self.person.modal, "Release it")

    def repairs(self) -> None:
        self.person.press(self.receipt, "Repaired")

    def looks_up(self) -> None:
        for _ in range(3):
            repair(self.person, "they charged me twice")

    def teaches(self) -> None:
        self.person.press(repair(self.person, TAUGHT), "It worked")

    def refuses(self) -> None:
        self.person.press(repair(self.person, "they charged me twice"), "Not this one")

    def misses(self) -> None:
        miss(self.person, MISSED)

    def sends(self) -> None:
        self.person.press(miss(self.person, MISSED), "Send my words to the playbook team")

    def looks_back(self) -> None:
        self.answered = answer(self.person, "TOOL")

    def proposes(self) -> None:
        self.person.press(self.answered, "Turn into a playbook change")
        words = "see which of the two is settled first"
        self.person.submit({"title": f"Two charges {self.number}", "words": words})

    def pauses(self) -> None:
        self.person.command("/mend", "pause", channel="support")

    def withdraws(self) -> None:
        self.person.press(self.receipt, "Withdraw")

    def deletes_all(self) -> None:
        page = self.person.command("/mend", "privacy", channel="support").message
        self.person.press(page, "Delete all of mine")


STEPS = [step for name, step in vars(Act).items() if name[0] != "_" and callable(step)][1:]
SURFACES: dict[str, Callable[["World"], Any]] = {
    "the channel's recaps and weeks": lambda world: [
        each.visible
        for each in world.ws.messages("support")
        if "What we learned" in each.visible or "The week of" in each.visible
    ],
    "the recap's preview": lambda world: world.bot.of(Recapping).preview(world.team),
    "the brief": lambda world: world.bot.of(Briefing).brief(world.ben.id, world.team),
    "the picker": lambda world: (repair(world.ben, "").visible, repair(world.ben, "").buttons),
    "use": lambda world: world.use(),
    "the gap queue": lambda world: gap_views.queue(world.bot.of(Gaps).queue(), 0),
    "the causes board": lambda world: causes.board(
        world.bot.of(Causes).board(world.team), world.team.channel, 5
    ),
    "App Home of an agent": lambda world: world.ben.open_home().text,
    "App Home of a supervisor": lambda world: world.cam.open_home().text,
    "App Home of an admin": lambda world: world.dee.open_home().text,
    "the export": lambda world: LearningStore(world.bot.db).export(),
}


@dataclass
class World:
    """A team in which some did on Monday what Ada does on Tuesday."""

    bot: Bot
    ws: Workspace

    @property
    def team(self) -> Any:
        return self.bot.of(Teams).all()[0]

    def __getattr__(self, name: str) -> Any:
        return self.ws.person(name)

    def use(self) -> list[Any]:
        titles = {book.slug: book.title for book in self.bot.of(Library).all()}
        found = self.bot.of(Feedback).use()
        return [use_views.view(name, 0, titles, *found) for name in use_views.VIEWS]

    def look(self) -> dict[str, Any]:
        return {surface: read(self) for surface, read in SURFACES.items()}


@pytest.fixture
def a_week_before(clock: Clock, environment: dict[str, str], tmp_path: Path) -> Clock:
    """With a folder of its own: what is proposed becomes a draft in it."""
    environment["MEND_PLAYBOOKS"] = str(shutil.copytree(PLAYBOOKS, tmp_path / "playbooks"))
    clock.moment = datetime(2026, 11, 16, 11, 0, tzinfo=UTC)
    return clock


@pytest.mark.parametrize("others", [0, 1, 4], ids=["alone", "as the second", "as the fifth"])
def test_two_looks_inside_one_closed_window_are_equal(
    a_week_before: Clock, bot: Bot, ws: Workspace, clock: Clock, others: int
) -> None:
    world = World(bot, ws)
    everybody = [ws.person("ada"), *(ws.add_person(f"agent{n}") for n in range(others))]
    acts = [Act(person, clock, number) for number, person in enumerate(everybody)]
    for act in acts:
        act.owned_last_week()
    hours(bot, clock, 7 * 24, every=240)
    for act in acts[1:]:
        for step in STEPS[: STEPS.index(Act.withdraws)]:
            step(act)
    hours(bot, clock, 24, every=240)
    world.look()  # whoever opens App Home for the first time is welcomed
    before = world.look()
    for step in STEPS:
        step(acts[0])
        bot.scheduler.round()
        after = world.look()
        for surface in SURFACES:
            assert after[surface] == before[surface], (step.__name__, surface)
    hours(bot, clock, 7 * 24, every=240)
    monday = world.look()
    changed = {surface for surface in SURFACES if monday[surface] != before[surface]}
    assert changed >= {"the channel's recaps and weeks", "use", "the gap queue"}
    assert ({"the picker", "the causes board", "the export"} <= changed) == (others == 4)
