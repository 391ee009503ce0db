"""Trouble that others reported of bots like this one: each case, and the tests that hold it.

The cases are numbered as they were collected; a case stands for its kind.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot, gateway_of
from mend.settings import read
from mend.slack.model import Identity
from tests.conftest import Clock, only
from workspace import Workspace

TESTS = Path(__file__).parent
CASES = {
    "ops-01 withdrawal refused": "from_an_archived_channel_it_is_taken_out_once_that_is_unarchived",
    "ops-03 withdrawal in an outage": "in_an_outage_it_is_taken_out_after_it",
    "ops-05 app uninstalled": "while_the_app_is_uninstalled_it_waits_for_the_next_start",
    "ops-06 post refused": "a_note_that_slack_refused_stands_once_it_may_and_its_owner_hears_both",
    "ops-07 recap refused": "what_a_refused_recap_was_to_tell_is_told_once_by_the_next_one_sent",
    "ops-09 first recap in an outage": "a_teams_first_recap_is_posted_after_an_outage",
    "ops-11 also sent to the channel": "an_owners_reply_is_kept_however_it_was_sent",
    "ops-12 channel becomes shared": "neither_recap_nor_week_nor_brief_is_posted_there",
    "ops-13 shared from the start": "a_note_is_not_posted_where_another_company_reads",
    "ops-16 secret printed": "a_secret_in_the_wrong_setting_is_named_and_never_shown",
    "ops-17 wrong signing secret": "a_wrong_secret_is_named_in_the_log_now_and_then",
    "ops-18 Kubernetes": "what_kubernetes_puts_there_is_not_read_and_that_is_said",
    "ops-19 sign of a zone": "a_zone_written_as_hours_is_answered_with_a_place",
    "ops-21 TLS proxy": "a_certificate_that_is_not_trusted_is_named",
    "ops-22 proxy with password": "a_proxy_that_asks_for_a_password_is_named",
    "ops-23 Slack's own word": "slacks_own_word_is_shown",
    "ops-25 cp1252": "it_can_be_read_on_any_console",
    "ops-26 ticket bot": "what_a_ticket_bot_posted_is_read",
    "ops-27 courtesy": "thanks_are_thanks",
    "ops-29 clock ahead": "a_lost_answer_posts_once_however_wrong_the_clock",
    "ops-31 OpenShift": "a_file_of_another_account_is_used_where_the_group_lets_it",
    "ops-33 IPv6": "the_address_to_listen_at_may_be_of_either_kind",
    "ops-34 invisible note": "what_nobody_can_see_is_no_note",
    "ops-35 card with bullets": "a_card_of_any_brand_is_masked_however_it_is_spaced",
    "ops-37 Socket Mode off": "switched_off_by_slack_it_says_so_once_and_comes_back_by_itself",
    "ops-38 many faults": "of_many_faults_it_says_how_many_more_there_are",
    "ops-39 NO_PROXY": "what_needs_no_proxy_is_asked_without_one",
    "ops-40 SSL_CERT_FILE": "a_certificate_that_is_not_trusted_is_named",
    "ops-41 reconnecting": "while_there_is_no_connection_to_be_had_it_tries_on",
    "ops-42 SIGTERM": "while_slack_is_not_there_it_can_be_stopped",
    "ops-43 ConfigMap": "a_link_inside_the_folder_is_followed",
    "ops-44 full or read-only disk": "a_full_disk_says_not_saved",
    "ops-45 missing scopes": "the_doctor_names_a_missing_scope_and_what_to_do",
    "ops-46 free plan": "without_the_paid_feature_the_lists_still_work",
    "ops-47 renamed": "a_channel_that_is_renamed_and_made_private_stays_the_teams",
    "ops-48 spellings": "however_it_is_spelled_it_finds_the_same",
    "ops-49 unfurled": "an_unfurled_link_changes_nothing",
    "ops-50 entities": "entities_are_unescaped_exactly_once",
    "ops-51 long text": "a_note_that_is_too_long_says_by_how_much",
    "ops-52 sent again": "a_message_delivered_three_times_is_one_note_and_one_receipt",
    "ops-53 expired trigger": "a_press_that_is_four_seconds_old_opens_nothing",
    "ops-54 few messages a page": "beyond_the_pages_it_does_not_guess",
    "ops-55 people who left": "who_left_is_asked_for_nothing_any_more",
    "ops-56 a file": "an_owners_reply_is_kept_however_it_was_sent",
    "ops-57 recap in an outage": "a_running_teams_recap_is_posted_after_an_outage",
    "ops-58 doctor on channels": "slacks_own_word_about_a_channel_is_shown",
}
SPELLINGS = (
    "they charged me twice",
    "They charged me twice!",
    "\u201cthey charged me twice\u201d",
    "they\u00a0charged\u00a0me\u00a0twice",
    "\uff54\uff48\uff45\uff59 charged me twice",
    "\u200fthey charged me twice\u200f",
    "they ch\u00e1rged me twic\u00e9",
    "THEY CHARGED ME TWICE",
    "they   charged\tme\ntwice",
    "they \u2014 charged me \u2014 twice",
    "they charged me twice\u2026",
)


@pytest.mark.parametrize("case", CASES)
def test_every_case_has_a_test(case: str) -> None:
    named = re.compile(rf"^def test_{CASES[case]}\w*\(", re.M)
    assert any(named.search(file.read_text()) for file in TESTS.glob("**/test_*.py")), case


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_however_it_is_spelled_it_finds_the_same(bot: Bot, ada: Any, spelling: str) -> None:
    answer = ada.command("/repair", spelling, channel="support").message
    assert "They charged me twice" in answer.visible and "Say first" in answer.visible


def test_a_channel_that_is_renamed_and_made_private_stays_the_teams(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    team = ws.channel("support")
    with ws.change():
        team.name, team.private = "care-emea", True
    ada.press(ada.command("/ownit", "sent the wrong form", channel=team).message, "Post as me")
    assert "sent the wrong form" in only(ws.messages(team)).visible


def test_what_needs_no_proxy_is_asked_without_one(
    environment: dict[str, str], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("HTTP_PROXY", "http://127.0.0.1:9"), ("NO_PROXY", "127.0.0.1")):
        monkeypatch.setenv(name, value)
        monkeypatch.setenv(name.lower(), value)
    assert isinstance(gateway_of(read(environment), clock).identity(), Identity)
