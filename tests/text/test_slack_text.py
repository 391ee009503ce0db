"""What Slack sends becomes what the person typed, and nothing invisible stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.text.slack_text import plain

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("<mailto:ana@example.com|ana@example.com>", "ana@example.com"),
        ("<tel:+639171234567|0917 123 4567>", "0917 123 4567"),
        ("<tel:+639171234567>", "+639171234567"),
        ("<https://a.example/x|a.example/x>", "https://a.example/x"),
        ("<https://a.example>", "https://a.example"),
        ("<https://a.example/?a=1&amp;b=2>", "https://a.example/?a=1&b=2"),
        ("told <@U123> and <@W1|ada>", "told a colleague and a colleague"),
        ("<!channel> <!here> <!everyone>", "the channel everyone here everyone"),
        ("<!subteam^S1|@leads> knows", "a team knows"),
        ("<!subteam^S1> knows", "a team knows"),
        ("<!date^1700000000^{date}|14 Nov>", "14 Nov"),
        ("<!date^1700000000^{date}>", "a date"),
        ("in <#C123|returns> and <#C124|>", "in #returns and a channel"),
        ("R&amp;D said 5 &lt; 6 &gt; 4", "R&D said 5 < 6 > 4"),
        ("  two\r\nlines\t\n", "two\nlines"),
    ],
)
def test_slack_markup_reads_as_it_was_typed(sent: str, typed: str) -> None:
    assert plain(sent) == typed


@pytest.mark.parametrize(
    "nothing",
    ["\u3164", "\u2800", "\ufe0f", "\u115f\u1160", "\uffa0", "\u034f", "\u200b", "\u180b", "\u00a0"]
    + ["\U000e0100", " \u3164\n\ufe0e\ufe0f ", "\u200e\u2060\ufeff", "\u17b4\u17b5", "\U000e0020"],
    ids=ascii,
)
def test_what_nobody_can_see_is_nothing(nothing: str) -> None:
    assert plain(nothing * 3) == ""
    assert plain(f"a{nothing}") in ("a", f"a{nothing}")


@pytest.mark.parametrize(
    "seen", ["\u2764\ufe0f", "1\ufe0f\u20e3", "\u845b\U000e0100", "한글", "⠓⠊"]
)
def test_what_can_be_seen_stays(seen: str) -> None:
    assert plain(seen) == seen


def test_entities_are_unescaped_exactly_once() -> None:
    assert plain("&amp;lt;!channel&amp;gt;") == "&lt;!channel&gt;"


def test_a_label_never_hides_where_a_link_goes() -> None:
    assert plain("<https://bad.example|bank.example>") == "https://bad.example (bank.example)"
    assert plain("<mailto:bad@example.com|Support>") == "bad@example.com (Support)"
    assert plain("<tel:+15125550143|0917 123 4567>") == "+15125550143 (0917 123 4567)"


def test_direction_overrides_and_zero_width_characters_are_removed() -> None:
    assert plain("re\u202efund\u202c \u200bno\u2060w\ufeff \u00adok\x00\x1b") == "refund now ok"


def test_emoji_stay_joined_but_nothing_else_is() -> None:
    assert plain(f"thanks {FAMILY}") == f"thanks {FAMILY}"
    assert plain("a\u200db \U0001f468\u200d") == "ab \U0001f468"


def test_an_angle_bracket_that_slack_does_not_send_stays() -> None:
    assert plain("a <b> c < d") == "a <b> c < d"


def test_half_a_surrogate_pair_cannot_reach_the_store() -> None:
    assert plain("a\ud83db").encode() == b"ab"


markup = st.sampled_from(
    ["<!channel>", "<@U1|x>", "<#C1|a>", "<tel:1|", "|", ">", "<", "<!", "&lt;", "&gt;", "&amp;"]
    + ["<mailto:", "<https://a|", "\u200d", "\u202e", "\U0001f468", "\n", "^"]
)
sent_texts = st.lists(st.one_of(markup, st.text(max_size=8))).map("".join)


@given(sent_texts)
def test_no_invisible_character_survives_but_an_emoji_joiner(sent: str) -> None:
    typed = plain(sent)
    for position, char in enumerate(typed):
        if char == "\u200d":
            assert typed[position - 1] > "\u2000" and typed[position + 1] > "\u2000"
        else:
            assert char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs")


@given(sent_texts)
def test_no_control_sequence_survives_escaping(sent: str) -> None:
    escaped = plain(sent).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert "<" not in escaped
    assert plain(escaped) == plain(sent)


@given(st.text(alphabet=st.characters(exclude_characters="<>&")))
def test_plain_text_stays_the_same_when_it_is_read_again(text: str) -> None:
    assert plain(plain(text)) == plain(text)
