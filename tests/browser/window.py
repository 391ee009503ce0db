"""A headless Chromium on the page of the workspace, as one person sees it."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from workspace import Workspace

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Window:
    """The page as `name` has it open. `close` fails where a script on it failed."""

    def __init__(self, browser: Browser, ws: Workspace, name: str, size: dict[str, int]) -> None:
        self.page: Page = browser.new_page(
            viewport={"width": size["width"], "height": size["height"]},
            device_scale_factor=2,
            timezone_id="UTC",
            locale="en-GB",
        )
        self.is_phone = size["width"] == PHONE["width"]
        self._errors: list[str] = []
        self.page.set_default_timeout(8000)
        self.page.on("pageerror", lambda error: self._errors.append(str(error)))
        self.page.goto(f"{ws.url}#as={name}")
        expect(self.page.locator("#place")).to_have_text("# support")

    @property
    def form(self) -> Locator:
        return self.page.locator("#modal")

    def write(self, text: str) -> None:
        box = self.page.locator("#composer textarea")
        box.fill(text)
        box.press("Enter")

    def go(self, place: str) -> None:
        """To a channel or to Mend, by the list at the side."""
        if self.is_phone:
            self.page.get_by_role("button", name="Channels").click()
        # at once: the list may be drawn anew between the two halves of a click
        self.page.locator("#places button", has_text=place).dispatch_event("click")

    def press(self, label: str) -> None:
        """The last button of that name: the one just come."""
        self.page.locator("#list, #modal").get_by_role(
            "button", name=label, exact=True
        ).last.click()

    def pick(self, label: str) -> None:
        """From the ⋯ that was just opened."""
        self.page.get_by_role("menuitem", name=label, exact=True).click()

    def sees(self, *words: str) -> None:
        for each in words:
            expect(self.page.locator("#list")).to_contain_text(each)

    def close(self) -> None:
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        self.page.close()
        assert self._errors == []
