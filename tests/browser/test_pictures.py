"""What the README's pictures show is what is seen today."""

import pytest
from playwright.sync_api import Browser

from tests.browser.pictures import FOLDER, PICTURES, team, text_of
from tests.browser.window import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine"),
]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_what_is_seen_today(browser: Browser, name: str) -> None:
    with team() as there:
        window = PICTURES[name](browser, there)
        seen = text_of(window)
        window.close()
    shown = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert seen == shown, "draw them anew: python -m tests.browser.pictures"
