"""The pause card: one screen, for a tired professional, and nothing personal in its buttons."""

import json
import re
from typing import Any

import pytest

from mend.pause import views as pause
from mend.text.wording import judge_reactive

CARDS = ["", *pause.ADVICE]
OVERFLOW_OPTIONS = 5  # Slack's limit


def buttons(blocks: Any) -> list[dict[str, Any]]:
    return [each for block in blocks if block["type"] == "actions" for each in block["elements"]]


@pytest.mark.parametrize("tapped", CARDS)
def test_the_text_says_everything_that_the_blocks_say(tapped: str) -> None:
    card = pause.card(tapped)
    for sentence in (pause.BREATH, pause.GO_BACK, *pause.ADVICE.get(tapped, ("", "", ()))[2]):
        assert sentence in card.text and sentence in json.dumps(card.blocks)


@pytest.mark.parametrize("tapped", pause.ADVICE)
def test_a_tap_changes_the_advice_and_nothing_else(tapped: str) -> None:
    def rest(name: str) -> list[Any]:
        lists = [block for block in pause.card(name).blocks if "rich_text_list" in str(block)]
        return [block for block in pause.card(name).blocks if block not in lists]

    assert len(pause.card(tapped).blocks) == len(pause.card().blocks) + 1
    assert json.dumps(rest(tapped)).replace(', "style": "primary"', "") == json.dumps(rest(""))


def test_tired_reads_back_and_takes_one_chat_at_a_time() -> None:
    text = pause.card("tired").text
    assert "Read figures" in text and "One chat at a time" in text


def test_empty_takes_a_break_hands_over_and_has_a_second_look_at_what_stays_done() -> None:
    text = pause.card("empty").text
    for advice in ("a break", "Hand over", "second look before anything that can't be undone"):
        assert advice in text


def test_one_tap_stands_out_and_only_that_one() -> None:
    styled = [each["value"] for each in buttons(pause.card("empty").blocks) if each.get("style")]
    assert styled == ["empty"]


def test_the_breath_goes_out_longer_than_in_and_fills_a_minute() -> None:
    numbers = {"four": 4, "six": 6}
    into, out, times = (
        numbers[word.lower()] for word in re.findall(r"(?i)\bfour|six", pause.BREATH)
    )
    assert out > into and (into + out) * times == 60


@pytest.mark.parametrize("tapped", CARDS)
def test_nothing_is_claimed_for_it(tapped: str) -> None:
    claims = r"prevent|avoid|mistake|error|calms|stress|heal|treat|therap|proven|anxi|mindful|feel"
    assert not re.search(claims, pause.card(tapped).text, re.IGNORECASE)


def test_the_sentence_to_go_back_with_heats_nothing_up() -> None:
    assert not judge_reactive(pause.GO_BACK).flag


def test_the_form_carries_nothing() -> None:
    form = pause.words_form()
    assert not form.get("private_metadata")
    assert "initial_value" not in json.dumps(form)


def test_what_was_written_is_no_part_of_a_buttons_value() -> None:
    shown = pause.calmer_ways(("zebrastripe", "two"), borrowed_from="")
    assert buttons(shown["blocks"]) == [] and not shown.get("private_metadata")


def test_a_playbooks_title_cannot_ping_anybody() -> None:
    shown = pause.calmer_ways(("one", "two"), borrowed_from="<!here>")
    assert "<!here>" not in json.dumps(shown)
