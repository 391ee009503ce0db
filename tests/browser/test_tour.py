"""The guided tour of the demo, on a phone: whoever does what its bar says gets through it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mend.app import Bot
from tests.browser.test_flows import Open
from tests.browser.window import CHROMIUM, Window
from tests.conftest import PLAYBOOKS, Clock
from tests.lookbacks.test_lookbacks import days_later
from workspace import Workspace, demo, tour

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine"),
]


@pytest.fixture
def environment(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The playbooks are a copy, so that Dee can change one."""
    folder = tmp_path / "playbooks"
    shutil.copytree(PLAYBOOKS, folder)
    return environment | {"MEND_PLAYBOOKS": str(folder)}


def test_it_leads_four_people_through_and_ticks_itself(
    open_as: Open, bot: Bot, ws: Workspace, clock: Clock
) -> None:
    ws.person("ada").command("/ownit", "booked the technician for the wrong week")
    days_later(bot, clock)  # she is asked to look back on it
    ws.tour += tour.read(demo.TOUR.read_text(encoding="utf-8"))
    ws.extras[demo.RECAP] = lambda: ""
    window = open_as("ada")
    for step in ws.tour:
        while not step.done:
            follow(window, step)
            assert ws.wait(lambda step=step: step.done), step
    expect(window.page.locator("#tour")).to_contain_text("That was the tour.")
    expect(window.page.locator("#open-tour")).to_contain_text("15 of 15")


def follow(window: Window, step: tour.Step) -> None:
    """Do what the bar says."""
    bar = window.page.locator("#tour")
    expect(bar).to_contain_text(step.words.split("`")[0].split("*")[0].strip())
    if window.form.is_visible() and step.act != "press Publish":
        window.form.get_by_label("Close", exact=True).first.click()
    for label in ("Be ", "Go there"):
        button = bar.locator("button.primary", has_text=label)
        if button.is_visible():
            button.click()
            expect(button).to_be_hidden()
    what, _, name = step.act.partition(" ")
    if step.extra:
        bar.get_by_role("button", name=step.extra).click()
    elif step.text:
        bar.get_by_role("button", name="Type it for me").click()
        window.page.get_by_label("Send").first.click()
    elif what == "react":
        window.page.get_by_label("Message actions").last.click()
        window.page.get_by_role("menuitem", name=name).click()
    elif what == "submit":
        window.press("Answer")
        window.form.locator("textarea").first.fill("Call them back, I take your next one.")
        window.form.get_by_role("button", name="Send").click()
    elif name == "Publish":
        publish(window)
    elif what == "press":
        if name == "Next":
            window.page.locator("#list summary").click()
            window.page.locator("#list .choices input").first.check()
        press(window, name)
    if name == "Get help" and window.form.is_visible():
        window.form.locator("button[type=submit]").click()


def press(window: Window, label: str) -> None:
    """The button of that name just come, or the line of the menu beside the title."""
    lines = window.page.locator("#list")
    button = lines.get_by_role("button", name=label, exact=True)
    expect(button.or_(lines.locator(".section > .overflow")).last).to_be_visible()
    if not button.count():
        lines.locator(".overflow").last.click()
        button = window.page.get_by_role("menuitem", name=label)
    button.last.click()


def publish(window: Window) -> None:
    """Dee finds a playbook and changes a line of it."""
    form = window.form
    form.locator("input[type=search]").fill("upgrade")
    form.locator(".results button").first.click()
    form.get_by_role("button", name="Edit", exact=True).click()
    form.locator("textarea").first.fill("I hear you, and I will help.")
    form.locator("button[type=submit]").click()
    form.get_by_role("button", name="Publish").click()
