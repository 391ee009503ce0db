"""The page shows each person what Slack would, and nothing of anybody else's."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from slack_sdk import WebClient

from workspace import Workspace

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine"),
]

Open = Callable[..., Page]


@pytest.fixture
def open_as(browser: Browser, ws: Workspace) -> Iterator[Open]:
    """Open the page as a person; a script error on it fails the test."""
    errors: list[str] = []
    opened: list[Page] = []

    def open_page(name: str, width: int = 1280, height: int = 800) -> Page:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{ws.url}#as={name}")
        expect(page.locator("#place")).to_have_text("# support")
        opened.append(page)
        return page

    yield open_page
    for page in opened:
        page.close()
    assert errors == []


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def write(page: Page, text: str) -> None:
    page.get_by_label("Message support").fill(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("bot", ["socket"], indirect=True)
def test_a_command_its_answer_and_a_press(ws: Workspace, bot: Any, open_as: Open) -> None:
    ada, ben = open_as("ada"), open_as("ben")
    write(ada, "/say hello *there*")
    answer = ada.locator(".ephemeral")
    expect(answer.locator("strong", has_text="there")).to_be_visible()
    expect(answer).to_contain_text("Only visible to you")
    write(ben, "good morning")
    expect(ada.locator(".message", has_text="good morning")).to_be_visible()
    expect(ben.locator(".ephemeral")).to_have_count(0)
    answer.get_by_role("button", name="It worked").click()
    expect(answer).to_contain_text("Glad it did.")


@pytest.mark.parametrize("bot", ["socket"], indirect=True)
def test_a_form_is_refused_then_sent(ws: Workspace, bot: Any, open_as: Open) -> None:
    page = open_as("ada", 360, 740)
    write(page, "/form")
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("Please complete this required field.")
    form.get_by_label("What happened?").fill("nothing")
    form.get_by_text("The team").click()
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("Say what.")
    form.get_by_label("What happened?").fill("wrong card")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    values = bot.heard[-1]["state"]["values"]
    assert values["what"]["text"]["value"] == "wrong card"
    assert values["who"]["who"]["selected_option"]["value"] == "team"
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("bot", ["socket"], indirect=True)
def test_threads_shortcuts_home_and_traffic(ws: Workspace, bot: Any, open_as: Open) -> None:
    page = open_as("ada")
    write(page, "a slip")
    page.get_by_label("Message actions").click()
    page.get_by_role("menuitem", name="Reply in thread").click()
    page.get_by_label("Reply", exact=True).fill("repaired")
    page.keyboard.press("Enter")
    expect(page.locator("#replies .message")).to_have_count(2)
    expect(page.locator("#list .replies")).to_have_text("1 reply")
    page.get_by_label("Close thread").click()
    page.get_by_role("button", name="Mend – home").click()
    expect(page.get_by_role("heading", name="Good morning")).to_be_visible()
    page.get_by_role("button", name="Traffic", exact=True).click()
    expect(page.locator("#lines summary", has_text="views.publish")).to_be_visible()


def test_text_of_people_never_becomes_markup(ws: Workspace, open_as: Open) -> None:
    text = "<img src=x onerror=alert(1)> `<b>` <javascript:alert(1)|x>"
    ws.person("ben").say("support", text, raw=True)
    ws.person("ben").say("support", "<script>1</script> & <b>")
    page = open_as("ada")
    expect(page.locator(".message").nth(1)).to_contain_text("<script>1</script> & <b>")
    assert page.locator("#list img, #list script, #list a").count() == 0


def test_slacks_errors_are_shown(ws: Workspace, open_as: Open) -> None:
    page = open_as("ada")
    expect(page.locator("#line")).to_have_text("Mend is not connected")
    write(page, "/repair")
    expect(page.locator("#toast")).to_have_text('/repair failed with the error "dispatch_failed"')


def test_a_mention_shows_the_name(ws: Workspace, client: WebClient, open_as: Open) -> None:
    support, ben = ws.channel("support").id, ws.person("ben").id
    run = {"type": "rich_text_section", "elements": [{"type": "channel", "channel_id": support}]}
    text = {"type": "mrkdwn", "text": f"<#{support}> <#{support}|{support}> <@{ben}>"}
    blocks = [{"type": "section", "text": text}, {"type": "rich_text", "elements": [run]}]
    client.chat_postMessage(channel=support, text="x", blocks=blocks)
    message = open_as("ada").locator(".message")
    expect(message).to_contain_text("#support #support @Ben")
    expect(message.locator(".rich_text")).to_have_text("#support")


def test_menus_and_searches_are_kept_in_a_form(
    ws: Workspace, client: WebClient, open_as: Open
) -> None:
    page, ada = open_as("ada"), ws.person("ada")
    options = [{"text": plain(word), "value": word.lower()} for word in ("Refund", "Delay")]
    elements: list[dict[str, Any]] = [
        {"type": "static_select", "action_id": "menu", "options": options},
        {"type": "datepicker", "action_id": "day"},
        {"type": "timepicker", "action_id": "time"},
        {"type": "datetimepicker", "action_id": "moment"},
        {"type": "checkboxes", "action_id": "ticks", "options": options},
    ]
    blocks = [
        {"type": "input", "block_id": e["action_id"], "label": plain(e["action_id"]), "element": e}
        for e in elements
    ]
    view = {"type": "modal", "title": plain("All"), "submit": plain("Send"), "blocks": blocks}
    client.views_open(trigger_id=ws.new_trigger(ada.id), view=view)
    form = page.get_by_role("dialog")
    form.get_by_label("menu").select_option("Delay")
    form.get_by_label("day").fill("2026-12-24")
    form.get_by_label("time").fill("16:30")
    form.get_by_label("moment").fill("2026-12-24T16:30")
    form.locator(".choices").get_by_text("Refund").click()
    form.get_by_role("button", name="Send").click()
    assert ws.wait(lambda: ws.deliveries)
    values = ws.deliveries[-1].payload["view"]["state"]["values"]
    assert values["menu"]["menu"]["selected_option"]["value"] == "delay"
    assert values["day"]["day"]["selected_date"] == "2026-12-24"
    assert values["time"]["time"]["selected_time"] == "16:30"
    assert values["moment"]["moment"]["selected_date_time"] > 1_700_000_000
    assert [o["value"] for o in values["ticks"]["ticks"]["selected_options"]] == ["refund"]
