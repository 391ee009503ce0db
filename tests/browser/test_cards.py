"""Every card of `/repair` is one screen, seen where it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mend.app import Bot
from mend.playbooks.library import Library
from tests.browser.window import CHROMIUM, LAPTOP, PHONE, Window
from workspace import Workspace, demo

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine"),
]
SCREEN = 738  # pixels of a phone that are left between the channel's name and the composer
DRAWN = """() => [...document.querySelectorAll("#list > .message")].map((card) => ({
    title: card.innerText.slice(0, 80),
    height: card.getBoundingClientRect().height,
    controls: card.querySelectorAll(".grow button, .grow select").length,
}))"""


@pytest.fixture
def environment(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """With the demo's limits: what one may takes more room than whom to ask."""
    return environment | {"MEND_PLAYBOOKS": str(demo.copied_playbooks(tmp_path))}


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_every_shipped_playbook_is_one_screen_with_its_buttons(
    open_as: Callable[[str], Window], bot: Bot, ws: Workspace
) -> None:
    ada = ws.person("ada")
    for words in (*(book.title for book in bot.of(Library).all()), "zqx qwrtp", "bill", "card"):
        answer = ada.command("/repair", words).message
        assert answer
    ada.choose(answer, "repair_more", "None of these")
    window = open_as("ada")
    cards = window.page.locator("#list > .message")
    expect(cards).to_have_count(len(bot.of(Library).all()) + 3)
    for card in window.page.evaluate(DRAWN):
        assert card["height"] <= SCREEN and card["controls"] <= 4, card


@pytest.fixture
def more() -> Callable[[Window, str], None]:
    def choose(window: Window, label: str) -> None:
        window.page.locator("#list").get_by_role("button", name="More").last.click()
        window.page.get_by_role("menuitem", name=label).click()

    return choose


def test_ada_opens_all_steps_and_folds_them_again(
    open_as: Callable[[str], Window], more: Callable[[Window, str], None]
) -> None:
    ada = open_as("ada")
    ada.write("/repair they charged me twice")
    ada.sees("Say first", "You may, without asking", "up to 200 EUR", "2 more: ⋯")
    more(ada, "All steps")
    ada.sees("Avoid")
    more(ada, "If stuck, closing")
    ada.sees("If stuck", "Close")
    more(ada, "Fewer steps")
    ada.sees("Say first")


def test_ada_has_the_words_at_once_and_a_finished_text_by_three_presses(
    open_as: Callable[[str], Window],
) -> None:
    ada = open_as("ada")
    ada.write("/repair they charged me twice")
    ada.press("Words to send")  # one
    expect(ada.form).to_contain_text("Hello name, we charged you twice for reference")
    for label, words in (
        ("Name", "Mrs Zanzibar"),
        ("Reference", "A-77"),
        ("Amount", "25 EUR"),
        ("Check date", "tomorrow"),
    ):
        ada.form.get_by_label(label, exact=True).fill(words)
    ada.form.get_by_role("button", name="today").first.click()  # two
    expect(ada.form).to_contain_text("Hello Mrs Zanzibar, we charged you twice for A-77")
    ada.form.get_by_role("button", name="Finish").click()  # three
    expect(ada.form.locator("pre")).to_contain_text("by 24 November 2026. I'll check on 25 Nov")
