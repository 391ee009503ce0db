"""Windows of the cast, on a laptop or a phone, beside the real bot."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from bot import Bot
from tests.browser.window import LAPTOP, PHONE, Window
from tests.conftest import PLAYBOOKS
from workspace import Workspace

Open = Callable[[str], Window]


@pytest.fixture(params=[LAPTOP, PHONE], ids=["laptop", "phone"])
def open_as(
    request: pytest.FixtureRequest, browser: Browser, ws: Workspace, bot: Bot
) -> Iterator[Open]:
    ws.install(PLAYBOOKS.parent / "manifest.json")
    opened: list[Window] = []

    def open_window(name: str) -> Window:
        opened.append(Window(browser, ws, name, request.param))
        return opened[-1]

    yield open_window
    for window in opened:
        window.close()
