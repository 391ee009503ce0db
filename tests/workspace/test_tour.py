"""The guided tour ticks what a person did on the page, and only that."""

from __future__ import annotations

import pytest

from workspace import Workspace, demo, tour

STEPS = """
[[step]]
who = "ada"
words = "Say that you have been there."
act = "react handshake"
place = "support"

[[step]]
who = "ada"
words = "Type `/repair`."
act = "/repair"
place = "support"
text = "/repair"
"""


@pytest.fixture
def steps(ws: Workspace) -> list[tour.Step]:
    ws.tour += tour.read(STEPS)
    return ws.tour


def test_an_act_ticks_the_step_of_whoever_did_it(ws: Workspace, steps: list[tour.Step]) -> None:
    root = ws.person("ben").say("support", "a slip")
    where = {"channel": root.channel.id, "ts": root.ts}
    for name, sign, done in (
        ("ben", "handshake", False),
        ("ada", "eyes", False),
        ("ada", "handshake", True),
    ):
        assert ws.page.act({"as": name, "do": "react", "args": [where, sign]}) == {}
        assert steps[0].done is done


def test_what_failed_ticks_nothing(ws: Workspace, steps: list[tour.Step]) -> None:
    support = ws.channel("support").id
    answer = ws.page.act({"as": "ada", "do": "command", "args": ["/repair", "", support]})
    assert "failed" in answer["error"]  # no bot is connected
    assert not steps[1].done


def test_a_step_with_a_key_that_is_none_is_refused() -> None:
    with pytest.raises(TypeError):
        tour.read('[[step]]\nwho = "ada"\nwords = "x"\nact = "y"\nplcae = "support"')


def test_every_step_of_the_demo_names_a_place_and_a_button_that_there_are(ws: Workspace) -> None:
    for step in tour.read(demo.TOUR.read_text(encoding="utf-8")):
        assert step.who in ws.people
        assert step.place in ("messages", "home", *(c.name for c in ws.channels.values())), step
        assert step.extra in ("", demo.RECAP, demo.DRAFTS)
        assert not step.text or (step.text.startswith(step.act) and f"`{step.text}`" in step.words)
