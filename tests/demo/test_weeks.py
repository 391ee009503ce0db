"""Three invented weeks: lived through the real services, never in real people's names."""

from __future__ import annotations

import logging
import re
import sqlite3
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from demo.script import OF_THE_LOOP, SLIPS
from demo.weeks import check_local
from mend.cli import main
from mend.db.model import Refused
from tests.conftest import PLAYBOOKS
from workspace import Workspace

AGENTS = 8  # beside Ada and Ben: a team of twelve with Cam and Dee


@dataclass
class Centre:
    """A workspace in which `python bot.py seed` was run."""

    ws: Workspace
    environment: dict[str, str]
    database: Path

    def type(self, *words: str) -> int:
        """Run a command; what it does to logging is undone."""
        root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook)
        level, attached = root.level, root.handlers[:]
        try:
            return main(words, self.environment)
        finally:
            root.setLevel(level)
            root.handlers[:] = attached
            sys.excepthook, threading.excepthook = hooks

    def rows(self, sql: str) -> list[tuple[str, ...]]:
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    @property
    def shown(self) -> list[str]:
        return [message.visible for message in self.ws.messages("support")]


def seeded(ws: Workspace, folder: Path) -> Centre:
    for number in range(AGENTS):
        ws.add_person(f"agent{number}")
    database = folder / "mend.db"
    environment = {
        "SLACK_BOT_TOKEN": ws.bot_token,
        "SLACK_APP_TOKEN": ws.app_token,
        "SLACK_API_URL": ws.api_url,
        "MEND_DATABASE_URL": f"sqlite:///{database}",
        "MEND_PLAYBOOKS": str(PLAYBOOKS),
        "MEND_MODEL": "off",
        "MEND_CHANNEL": ws.channel("support").id,
        "MEND_ADMINS": ws.person("dee").id,
        "MEND_SUPERVISORS": ws.person("cam").id,
    }
    centre = Centre(ws, environment, database)
    assert centre.type("seed") == 0
    return centre


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    with Workspace() as ws:
        yield seeded(ws, tmp_path_factory.mktemp("centre"))


def test_most_notes_are_kept_private_and_a_lead_goes_first(centre: Centre) -> None:
    live = "select visibility from notes where withdrawn_at is null"
    notes = Counter(visibility for (visibility,) in centre.rows(live))
    assert notes.total() >= 12
    assert 0 < notes["as_me"] < notes.total() / 2
    cam = centre.ws.person("cam").id
    assert f"<@{cam}> owns this:" in centre.shown[0]


def test_every_working_day_has_a_recap_that_holds_nothing_of_the_notes(centre: Centre) -> None:
    recaps = [text for text in centre.shown if "What we learned" in text]
    assert len(recaps) == len(centre.rows("select day from recaps")) >= 15
    assert not [slip for slip in (*SLIPS, *OF_THE_LOOP) for text in recaps if slip in text]
    assert any("New playbook" in text for text in recaps)
    assert any("Changed" in text for text in recaps)


def test_a_question_waits_for_ada_that_she_can_answer_now(centre: Centre) -> None:
    ada = centre.ws.person("ada")
    asked = [message for message in ada.dms if "Any clearer now?" in message.visible][-1]
    assert "Next" in asked.buttons
    note = next(e["value"] for b in asked.blocks for e in b.get("elements", ()) if "value" in e)
    answered = f"select count(*) from lookbacks where note = '{note}' and state = 'asked'"
    assert centre.rows(answered) == [(1,)]


def test_a_slip_becomes_a_playbook_its_owner_hears_so_and_the_team_is_thanked(
    centre: Centre,
) -> None:
    ada = centre.ws.person("ada")
    assert any("Your note changed *Just make an exception" in each.visible for each in ada.dms)
    [told] = [text for text in centre.shown if "A note from the team improved" in text]
    assert "Just make an exception for me" in told and "Thank you to the team" in told


def test_what_many_named_is_told_and_what_is_done_about_it_stands_on_the_board(
    centre: Centre,
) -> None:
    weeks = [text for text in centre.shown if "The week of" in text]
    assert any("authority missing or unclear" in week for week in weeks)
    [(what, state)] = centre.rows("select what, state from causes")
    assert (what, state) == ("a playbook says what an agent may offer instead", "prevented")
    assert all("How often" in week for week in weeks)  # with more than one bar


def test_two_people_taught_a_phrase_and_one_waits_for_a_second(centre: Centre) -> None:
    phrases = dict(centre.rows("select phrase, people from phrases"))
    assert phrases["the app took my money and then took it again"] == 2
    assert phrases["refund stuck in limbo since may"] == 1


def test_a_thing_is_said_once_in_three_weeks_of_recaps(centre: Centre) -> None:
    recaps = [text for text in centre.shown if "What we learned" in text]
    lines = [line for text in recaps for line in text.splitlines()[1:]]
    news = [line for line in lines if not line.startswith(("Keep in mind", "Thank you"))]
    assert len(set(news)) == len(news) > 10
    for label in ("Watch", "Over", "Waiting for an author", "Answered"):
        assert any(line.startswith(label) for line in news), label


def test_nothing_is_left_undone_or_refused(centre: Centre) -> None:
    assert centre.rows("select kind, reason from jobs where dead_at is not null") == []
    assert [call for call in centre.ws.calls if not call.response.get("ok")] == []


def test_a_bot_started_afterwards_finds_no_playbook_changed(centre: Centre) -> None:
    before = centre.rows("select count(*) from playbook_changes")
    assert centre.type("recap", "--json") == 0
    assert centre.rows("select count(*) from playbook_changes") == before


def test_the_same_people_live_the_same_weeks(centre: Centre, tmp_path: Path) -> None:
    with Workspace() as ws:
        assert notes_of(seeded(ws, tmp_path)) == notes_of(centre)


def notes_of(centre: Centre) -> list[tuple[str, ...]]:
    kept = "select owner, text, did, would_help, visibility, learned from notes order by rowid"
    return centre.rows(kept)


def test_a_database_that_holds_something_is_left_alone(
    centre: Centre, capsys: pytest.CaptureFixture[str]
) -> None:
    before = notes_of(centre)
    assert centre.type("seed") == 2
    assert re.match("seed fills an empty database", capsys.readouterr().err)
    assert notes_of(centre) == before


@pytest.mark.parametrize("host", ["slack.com", "SLACK.com:443", "x.enterprise.slack.com"])
def test_the_real_slack_is_refused(host: str) -> None:
    with pytest.raises(Refused) as refused:
        check_local(f"https://{host}/api/")
    assert "nobody is real" in refused.value.sentence


def test_a_workspace_of_ones_own_is_not_refused(centre: Centre) -> None:
    check_local(centre.ws.api_url)


def test_todays_recap_can_be_posted_early_but_only_once(centre: Centre) -> None:
    before = len(centre.shown)
    for _ in range(2):
        assert centre.type("recap", "--post") == 0
    assert len(centre.shown) == before + 1
    assert "What we learned" in centre.shown[-1]
