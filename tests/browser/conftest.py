"""Windows of the cast, on a laptop or a phone, beside the real bot."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from mend.app import Bot
from tests.browser.window import PHONE, Window
from tests.conftest import PLAYBOOKS
from workspace import Workspace

Open = Callable[[str], Window]


@pytest.fixture
def size() -> dict[str, int]:
    """A phone, the narrowest there is; a test that minds asks for a laptop too."""
    return PHONE


@pytest.fixture
def open_as(size: dict[str, int], browser: Browser, ws: Workspace, bot: Bot) -> Iterator[Open]:
    ws.install(PLAYBOOKS.parent / "manifest.json")
    opened: list[Window] = []

    def open_window(name: str) -> Window:
        opened.append(Window(browser, ws, name, size))
        return opened[-1]

    yield open_window
    for window in opened:
        window.close()
