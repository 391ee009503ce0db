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

from playwright.sync_api import Browser

import bot as mend_bot
from bot import Bot
from mend import settings
from mend.ports import Identity
from mend.slack_gateway import SlackGateway
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
        identity = SlackGateway(mend_bot.client_of(given), clock).identity()
        assert isinstance(identity, Identity)
        bot = mend_bot.build(given, identity, now=clock, executor=AtOnce())
        bot.people.refresh()
        bot.deps.gaps.note_changes()
        stop = mend_bot.serve_http(bot, "127.0.0.1")
        ws.deliver_to(f"http://127.0.0.1:{given.mend_port}/slack/events")
        yield Team(ws, clock, bot)
        stop(time.monotonic() + 1)
        bot.store.close()


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
    cam.press(root, "Repaired")
    ben.react(root, "handshake")
    shutil.copy(PLAYBOOKS / NEW, Path(team.bot.settings.mend_playbooks))
    while not any(book.slug == Path(NEW).stem for book in team.bot.library.all()):
        team.bot.shelf.poll()
    team.bot.deps.gaps.note_changes()
    team.bot.recapping.plan()
    team.clock.moment = team.clock.moment.replace(hour=18, minute=0)
    team.bot.scheduler.run_due()
    window = Window(browser, team.ws, "ben", LOW)
    window.sees("What we learned", "New playbook")
    return window


PICTURES = {"repair": repair, "own-it": own_it, "recap": recap}


def text_of(window: Window) -> str:
    """What is read on it, one line a line."""
    lines = window.page.locator("#list").inner_text().splitlines()
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
