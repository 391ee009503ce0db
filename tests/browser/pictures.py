"""The pictures of the README: `python -m tests.browser.pictures` draws them anew.

Beside each stands the text that is seen on it; a test compares that, because fonts and pixels
differ from machine to machine.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, expect

from mend import settings
from mend.app import Bot, build, gateway_of
from mend.lookbacks.model import Cause, Factor
from mend.lookbacks.service import LookBacks
from mend.ownit.model import Visibility
from mend.ownit.service import Owning
from mend.people.directory import People
from mend.people.teams import Teams
from mend.playbooks.files import PlaybookFolder
from mend.playbooks.library import Library
from mend.recap.causes.model import Given, Strength
from mend.recap.causes.service import Causes
from mend.recap.daily.service import Recapping
from mend.recap.weekly.service import Weekly
from mend.repair.gaps import Gaps
from mend.repair.service import Feedback
from mend.serve.http import serve_http
from mend.slack.model import Identity
from tests.browser.window import Window, chromium
from tests.conftest import PLAYBOOKS, AtOnce, Clock, free_port
from workspace import Workspace

FOLDER = PLAYBOOKS.parent / "docs" / "pictures"
WIDE, LOW, NARROW = (
    {"width": 1120, "height": 960},
    {"width": 1120, "height": 560},
    {"width": 390, "height": 440},
)
NEW = "missed-callback.md"  # the playbook that the pictured recap tells of


@dataclass(frozen=True)
class Team:
    """A Tuesday afternoon in a team of four."""

    ws: Workspace
    clock: Clock
    bot: Bot


@contextlib.contextmanager
def team() -> Iterator[Team]:
    """The real bot beside a workspace of its own, as in the other tests."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder, Workspace() as ws:
        ws.now = lambda: clock().timestamp()
        ws.install(PLAYBOOKS.parent / "manifest.json")
        books = Path(folder) / "playbooks"
        shutil.copytree(PLAYBOOKS, books, ignore=shutil.ignore_patterns(NEW))
        given = settings.read(
            {
                "SLACK_BOT_TOKEN": ws.bot_token,
                "SLACK_SIGNING_SECRET": ws.signing_secret,
                "SLACK_API_URL": ws.api_url,
                "MEND_MODE": "http",
                "MEND_PORT": str(free_port()),
                "MEND_DATABASE_URL": f"sqlite:///{folder}/mend.db",
                "MEND_PLAYBOOKS": str(books),
                "MEND_MODEL": "off",
                "MEND_CHANNEL": ws.channel("support").id,
                "MEND_ADMINS": ws.person("dee").id,
                "MEND_SUPERVISORS": ws.person("cam").id,
            }
        )
        identity = gateway_of(given, clock).identity()
        assert isinstance(identity, Identity)
        bot = build(given, identity, now=clock, executor=AtOnce())
        bot.of(People).refresh()
        bot.of(Gaps).note_changes()
        stop = serve_http(bot.app, bot.settings, bot.watched)
        ws.deliver_to(f"http://127.0.0.1:{given.mend_port}/slack/events")
        yield Team(ws, clock, bot)
        stop(time.monotonic() + 1)
        bot.db.close()


def repair(browser: Browser, team: Team) -> Window:
    """A customer was charged twice; Ada has the words within a second."""
    ada = Window(browser, team.ws, "ada", WIDE)
    ada.write("/repair they charged me twice")
    ada.sees("Say first", "It worked")
    return ada


def own_it(browser: Browser, team: Team) -> Window:
    """Ada has owned a slip on her phone and is asked who may see it."""
    ada = Window(browser, team.ws, "ada", NARROW)
    ada.write("/ownit sent the refund to the wrong card")
    ada.sees("Only you can see it", "Post as me")
    return ada


def recap(browser: Browser, team: Team) -> Window:
    """A lead went first, and at six the team hears what was learned, not who slipped."""
    cam, ben = team.ws.person("cam"), team.ws.person("ben")
    receipt = cam.command("/ownit", "promised a call back and forgot to write it down").message
    assert receipt
    cam.press(receipt, "Post as me")
    root = team.ws.messages("support")[0]
    cam.press(receipt, "Repaired")
    ben.react(root, "handshake")
    shutil.copy(PLAYBOOKS / NEW, Path(team.bot.settings.mend_playbooks))
    while not any(book.slug == Path(NEW).stem for book in team.bot.of(Library).all()):
        team.bot.of(PlaybookFolder).poll()
    team.bot.of(Gaps).note_changes()
    team.bot.of(Recapping).plan()
    team.clock.moment = team.clock.moment.replace(hour=18, minute=0)
    team.bot.scheduler.run_due()
    window = Window(browser, team.ws, "ben", LOW)
    window.sees("What we learned", "New playbook")
    return window


def closed_week(team: Team) -> None:
    """Five people looked back on something, customers were charged twice, and Monday came."""
    people = [team.ws.person("ada"), team.ws.person("ben")]
    people += [team.ws.add_person(name) for name in ("fay", "gus", "hana")]
    team.bot.of(People).refresh()
    book = team.bot.of(Library).get("double-charge")
    assert book
    for number, person in enumerate(people):
        slip = f"slip {number}: sent the refund twice"
        own = (
            team.bot.of(Owning).own(person.id, slip, slip, visibility=Visibility.WITHOUT_NAME).note
        )
        team.bot.of(LookBacks).answer(own, (Factor.TOOL, Factor.LOAD))
        for _ in range(3):
            team.bot.of(Feedback).seen(person.id, book)
    team.clock.moment = team.clock.moment.replace(day=30, hour=10, minute=1)
    team.bot.of(Weekly).plan()
    team.bot.scheduler.run_due()


def week(browser: Browser, team: Team) -> Window:
    """On Monday the team reads what got in the way, not whom."""
    closed_week(team)
    window = Window(browser, team.ws, "cam", LOW)
    window.sees("The week of", "Problems looked up most")
    return window


def causes(browser: Browser, team: Team) -> Window:
    """Cam's board: a condition, and what is done about it."""
    closed_week(team)
    given = Given(
        what="the refund screen asks once more above 100",
        who="the billing tool team",
        strength=Strength.INTERMEDIATE,
        state=Cause.PREVENTED,
        reason="",
        checked_on=team.clock().date(),
    )
    support = team.bot.of(Teams).all()[0]
    team.bot.of(Causes).add(support, Factor.TOOL, given)
    window = Window(browser, team.ws, "cam", LOW)
    window.write("/mend causes")
    window.sees("Prevented:", "Add another")
    return window


def playbooks(browser: Browser, team: Team) -> Window:
    """Dee's list of playbooks."""
    dee = Window(browser, team.ws, "dee", WIDE)
    dee.write("/mend playbooks")
    expect(dee.form).to_contain_text("New playbook")
    return dee


def playbook(browser: Browser, team: Team) -> Window:
    """One playbook as Dee edits it."""
    dee = Window(browser, team.ws, "dee", WIDE)
    dee.write("/mend playbooks")
    dee.form.locator("input[type=search]").click()
    dee.form.locator(".results button", has_text="They charged me twice").click()
    expect(dee.form).to_contain_text("Agents have it.")
    return dee


PICTURES = {
    "repair": repair,
    "own-it": own_it,
    "recap": recap,
    "week": week,
    "causes": causes,
    "playbooks": playbooks,
    "playbook": playbook,
}


def text_of(window: Window) -> str:
    """What is read on it, one line a line: in the window that is open, else in the channel."""
    form = window.form
    where = form if form.is_visible() else window.page.locator("#list")
    lines = where.inner_text().splitlines()
    return "\n".join(line.strip() for line in lines if line.strip()) + "\n"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for name, picture in PICTURES.items():
            with team() as there:
                window = picture(browser, there)
                window.page.screenshot(path=FOLDER / f"{name}.png")
                (FOLDER / f"{name}.txt").write_text(text_of(window), encoding="utf-8")
                window.close()
            print(FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
