"""What Ada, Cam and Dee do with Mend on a working day, by what they see."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mend.app import Bot
from mend.recap.daily.service import Recapping
from tests.browser.window import CHROMIUM, LAPTOP, PHONE, Window
from tests.conftest import Clock, saved
from tests.lookbacks.test_lookbacks import days_later
from workspace import Workspace

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine"),
]
Open = Callable[[str], Window]
WORDS = "sent the refund to the wrong card"


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_ada_repairs_and_says_that_it_worked(open_as: Open) -> None:
    ada = open_as("ada")
    ada.write("/repair they charged me twice")
    ada.sees("Only visible to you", "They charged me twice", "Say first", "Ask", "2 more: ⋯")
    ada.press("It worked")
    ada.sees("✓ Good to hear.")


def test_ada_owns_a_slip_shows_it_and_repairs_it(open_as: Open, ws: Workspace) -> None:
    ada, ben = open_as("ada"), open_as("ben")
    ada.write(f"/ownit {WORDS}")
    ada.sees("Saved. Only you can see it.", WORDS)
    expect(ben.page.locator("#list")).not_to_contain_text(WORDS)
    ada.press("Post as me")
    ben.sees("owns this:", WORDS)
    ada.sees("It stands in")
    ada.press("Repaired")
    ben.sees("✅ Repaired.")


def test_ada_withdraws_and_nobody_sees_it_any_more(open_as: Open) -> None:
    ada, ben = open_as("ada"), open_as("ben")
    ada.write(f"/ownit {WORDS}")
    ada.press("Post as me")
    ben.sees(WORDS)
    ada.sees("It stands in")
    ada.page.get_by_role("button", name="More").first.click()
    ada.pick("Withdraw")
    ben.sees("A note was withdrawn.")
    expect(ben.page.locator("#list")).not_to_contain_text(WORDS)


def test_cam_previews_the_recap(open_as: Open) -> None:
    cam = open_as("cam")
    cam.write("/mend recap")
    cam.sees("What we learned", "Keep in mind", "Only you see this preview.")


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_cam_gives_ada_a_hand(open_as: Open) -> None:
    ada, cam = open_as("ada"), open_as("cam")
    ada.write(f"/ownit {WORDS}")
    ada.press("Post as me")
    ada.sees("owns this:", "It stands in")
    ada.press("Open")
    ada.form.get_by_role("button", name="I need a hand").click()
    expect(ada.form).to_contain_text("Your supervisors are being told.")
    ada.form.get_by_role("button", name="Close").first.click()
    cam.go("Mend – messages")
    cam.sees("asks for a hand", WORDS)
    cam.press("I'm coming")
    cam.sees("You have it.")  # the card is drawn anew: a press in that moment would hit the old one
    cam.press("Answer")
    cam.form.get_by_label("Your answer reaches them").fill("Call them back, I take your next one.")
    cam.form.get_by_role("button", name="Send").click()
    ada.go("Mend – messages")
    ada.sees("Call them back, I take your next one.")


def test_dee_asks_the_doctor_from_home(open_as: Open) -> None:
    dee = open_as("dee")
    dee.go("Mend – home")
    dee.press("More")
    dee.pick("Doctor")
    dee.sees("✓ Slack: connected to Mend workspace", "✓ Playbooks:", "✓ Next recap:")


def test_ada_goes_from_a_slip_to_thanks_by_what_she_sees(
    open_as: Open,
    environment: dict[str, str],
    bot: Bot,
    ws: Workspace,
    clock: Clock,
) -> None:
    ada = open_as("ada")
    ada.write(f"/ownit {WORDS}")
    ada.press("Post as me")
    ada.sees("It stands in")
    ada.press("Words for the customer")
    ada.sees("To say or send to the customer:", "and I am sorry")
    ada.press("Repaired")
    ada.sees("✅ Repaired.")
    ada.press("More")
    ada.pick("What I learned")
    ada.form.get_by_label("What will you do differently").fill("Read the last four digits back.")
    ada.form.get_by_role("button", name="Save").click()
    ada.form.get_by_role("button", name="Release it").click()
    expect(ada.form).to_contain_text("Released.")
    ada.form.get_by_role("button", name="Close").first.click()
    days_later(bot, clock)
    ada.go("Mend – messages")
    ada.sees("Any clearer now?", WORDS)
    ada.page.get_by_text("One to three").click()
    ada.page.get_by_label("A system, screen, default or outage").check()
    ada.press("Next")
    ada.page.get_by_label("What would make it less likely?").fill("Show the last four digits.")
    ada.press("Next")
    ada.press("Prevented: it is less likely now")
    ada.press("Turn into a playbook change")
    ada.form.get_by_label("What does the customer say?").fill("My refund went elsewhere")
    ada.form.get_by_label("The recap may say").check()
    ada.form.get_by_role("button", name="Send").click()
    expect(ada.form).to_contain_text("you will hear back")
    ada.form.get_by_role("button", name="Close").first.click()
    days_later(bot, clock, 3)
    folder = Path(environment["MEND_PLAYBOOKS"])
    [draft] = (folder / "drafts").glob("*.md")
    text = draft.read_text().replace("state: draft", "state: ready")
    (folder / draft.name).write_text(text)
    draft.unlink()
    saved(bot)
    bot.scheduler.run_due()
    ada.sees("Your note changed My refund went elsewhere")
    bot.of(Recapping).plan()
    days_later(bot, clock, 1)
    ada.go("support")
    ada.sees("A note from the team improved", "My refund went elsewhere")


@pytest.fixture
def environment(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The playbooks are a copy, so that a draft can be moved among them."""
    folder = tmp_path / "playbooks"
    shutil.copytree(environment["MEND_PLAYBOOKS"], folder)
    return environment | {"MEND_PLAYBOOKS": str(folder)}


def test_a_press_further_up_counts_once_and_leaves_ben_where_he_reads(
    open_as: Open, bot: Bot, ws: Workspace
) -> None:
    ben, cam = open_as("ben"), open_as("cam")
    for words in ("they charged me twice", "where is my refund", "where is my order"):
        ben.write(f"/repair {words}")
    ben.sees("Where is my order?")
    help_me = ben.page.locator("#list").get_by_role("button", name="Get help").first
    help_me.scroll_into_view_if_needed()
    place = "document.querySelector('#list').scrollTop"
    before = ben.page.evaluate(place)
    help_me.dblclick()
    ben.sees("Your supervisors are being told.")
    assert ben.page.evaluate(place) >= before > 0
    expect(ben.page.locator("#list")).not_to_contain_text("You asked for a hand")
    cam.go("Mend – messages")
    cam.page.locator("#list").get_by_role("button", name="I'm coming").dblclick()
    cam.sees("You have it.")
    since = cam.page.locator("#list time").last.inner_text()
    assert "(" in since and "{" not in since  # how long ago, too
    expect(cam.page.locator("#list")).not_to_contain_text("meanwhile")
