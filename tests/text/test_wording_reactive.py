from __future__ import annotations

import pytest

from mend.text.wording import calmer, judge_reactive


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("dismissive", "Calm down, it's only a late parcel"),
        ("command", "Don't interrupt me while I'm talking"),
        ("policy", "It's our policy, I can't change it"),
        ("accusation", "You should have read the terms"),
        ("accusation", "You people always send these at five to six"),
        ("impatient", "As I already told you, it takes five days"),
        ("sarcasm", "Would you like me to type it slower?"),
        ("passive", "If you say so"),
        ("defensive", "I only did what I was told"),
        ("deflect", "That's not my department"),
        ("nonapology", "Sorry you feel that way"),
        ("condescending", "sweetheart, that's not how banks work"),
        ("threat", "One more message like this and I'm going to your manager"),
        ("confrontation", "What exactly is your problem"),
        ("hostile", "Shut up and let me work"),
        ("shouting", "READ THE NOTES BEFORE YOU TRANSFER"),
    ],
)
def test_every_kind_of_reactive_wording_is_noticed_and_named(label: str, text: str) -> None:
    found = judge_reactive(text)
    assert found.flag
    assert label in found.labels


@pytest.mark.parametrize(
    "text",
    [
        "I will have to end the call if the swearing goes on; I would rather stay and fix this",
        "Our policy is 14 days; what I can do is store credit today",
        "What would you like me to do first?",
        "Oh great, the refund is already posted!",
        "Not my queue, but I know who can help",
        "that call was rough, I need a minute",
        "You should have received an email by now",
        "I'm sorry, I gave you the wrong date. It is the 14th, and I have changed it",
        "You don't have to do anything, the refund is automatic",
        'The customer told me to "calm down", noted for next time',
    ],
)
def test_firm_kind_and_plain_replies_are_left_alone(text: str) -> None:
    assert not judge_reactive(text).flag


def test_calmer_versions_keep_what_the_reply_tells() -> None:
    versions = calmer("Calm down. As I said the refund takes 5 days. Ref 8812.")
    assert versions is not None
    for version in versions:
        assert "refund takes 5 days" in version
        assert "Ref 8812." in version
        assert "alm down" not in version
        assert not judge_reactive(version).flag


def test_a_demand_becomes_a_request() -> None:
    versions = calmer("You need to send the form to us today, obviously.")
    assert versions is not None
    assert all("Could you please send the form to us today?" in version for version in versions)


def test_the_first_version_begins_with_the_opening_of_the_playbook() -> None:
    versions = calmer("Not my problem.", "I'm sorry you had to ring us twice.")
    assert versions is not None
    assert versions[0].startswith("I'm sorry you had to ring us twice.")


def test_an_opening_with_a_blank_is_not_used() -> None:
    versions = calmer("Not my problem.", "I'm sorry, {name}.")
    assert versions is not None
    assert "{" not in versions[0]


def test_without_a_reply_there_is_no_calmer_one() -> None:
    assert calmer(" ?! ") is None
