"""`python bot.py …`: what operators and scripts type, and what they get."""

import contextlib
import json
import logging
import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import sqlite_utils

import handlers
from mend.app import Bot
from mend.cli import main, parser
from mend.db.schema import opened, steps
from mend.dispatch.manifest import manifest
from mend.dispatch.routes import Kind
from mend.ownit.drafting import Drafting
from mend.ownit.service import Owning
from mend.recap.daily.service import Recapping
from mend.slack.model import SCOPES
from tests.conftest import PLAYBOOKS, Clock, only
from workspace import Workspace

PROJECT = PLAYBOOKS.parent
SCHEMAS = Path(__file__).parent / "data" / "slack"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Types `python bot.py` and these words; gives the exit code, stdout and stderr."""
    loggers = [logging.getLogger(name) for name in (None, "mend", "handlers", "slack_sdk")]
    before = [(logger, logger.level, logger.handlers[:]) for logger in loggers]
    hooks = sys.excepthook, threading.excepthook

    def run(*words: str, environment: dict[str, str] | None = None) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(words, environment or {})
        said = capsys.readouterr()
        return code, said.out, said.err

    yield run
    for logger, level, attached in before:
        logger.setLevel(level)
        logger.handlers[:] = attached
    sys.excepthook, threading.excepthook = hooks


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the playbooks that a test may spoil."""
    return Path(shutil.copytree(PLAYBOOKS, tmp_path / "playbooks"))


# --- in general ------------------------------------------------------------------------------


def subcommands() -> list[str]:
    [choices] = [action.choices for action in parser()._actions if isinstance(action.choices, dict)]
    return sorted(choices)


def test_the_commands_people_lean_on_are_there() -> None:
    assert {"run", "check", "doctor", "recap", "manifest", "settings"} <= set(subcommands())


@pytest.mark.parametrize("command", subcommands())
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"], {})
    assert ended.value.code == 0
    assert f"bot.py {command}" in capsys.readouterr().out


def test_help_says_in_a_line_what_each_command_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"], {})
    listed = [line.split() for line in capsys.readouterr().out.splitlines()]
    for command in subcommands():
        assert [line for line in listed if line[:1] == [command] and len(line) > 2], command


@pytest.mark.parametrize("words", [[], ["launch"], ["check", "--jsn"], ["recap", "--date", "soon"]])
def test_what_is_no_command_ends_with_two_and_how_it_is_used(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words, {})
    assert ended.value.code == 2
    assert "usage: bot.py" in capsys.readouterr().err


@pytest.mark.parametrize("command", subcommands())
def test_a_wrong_setting_stops_every_command(run: Run, command: str) -> None:
    words = {"backup": ["a.db"], "restore": ["a.db"], "move": ["--to", "postgresql:///mend"]}
    code, out, err = run(command, *words.get(command, []), environment={"MEND_CHANEL": "C1"})
    assert (code, out) == (2, "")
    assert err == "MEND_CHANEL is not a setting of Mend. Did you mean MEND_CHANNEL?\n"


def test_every_setting_that_is_wrong_is_named_at_once(run: Run) -> None:
    wrong = {"MEND_TIMEZONE": "Nowhere", "MEND_RECAP_TIME": "25:00"}
    code, _, err = run("check", environment=wrong)
    assert code == 2
    assert [line.split()[0] for line in err.splitlines()] == list(wrong)


@pytest.mark.parametrize(
    ("missing", "mode"),
    [
        ("SLACK_BOT_TOKEN", "socket"),
        ("SLACK_APP_TOKEN", "socket"),
        ("SLACK_SIGNING_SECRET", "http"),
    ],
)
@pytest.mark.parametrize("command", ["run", "doctor"])
def test_a_missing_token_is_named_with_where_to_find_it(
    run: Run, environment: dict[str, str], command: str, missing: str, mode: str
) -> None:
    del environment[missing]
    code, _, err = run(command, environment=environment | {"MEND_MODE": mode})
    assert code == 2
    [line] = err.splitlines()
    assert line.startswith(f"{missing} is not set, and MEND_MODE={mode} needs it.")


# --- the database ----------------------------------------------------------------------------


def test_a_file_that_is_no_database_is_left_alone(
    run: Run, environment: dict[str, str], database: Path
) -> None:
    database.write_text("This is somebody's shopping list. " * 200)
    code, out, err = run("recap", environment=environment)
    assert (code, out) == (2, "")
    assert err.startswith(f"{database} is not a Mend database, or it is damaged.")
    assert database.read_text().startswith("This is somebody's")


def test_a_database_of_a_newer_mend_is_left_alone(
    run: Run, environment: dict[str, str], database: Path
) -> None:
    change(
        database,
        "insert into _sqlite_migrations (migration_set, name, applied_at)"
        " values ('mend', 'm0999_the_future', '2030-01-01')",
    )
    code, out, err = run("recap", environment=environment)
    assert (code, out) == (2, "")
    assert "newer version of Mend" in err and "m0999_the_future" in err


LOOKS = [["doctor"], ["export"], ["check"], ["recap", "--json"]]


def held(folder: Path) -> dict[str, bytes]:
    """Every file with what it holds; the shared memory of those who read it is no part of it."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".db-shm"}


@pytest.mark.parametrize("words", LOOKS, ids=lambda words: words[0])
def test_whoever_looks_leaves_the_database_of_a_running_older_bot_as_it_is(
    run: Run, environment: dict[str, str], database: Path, words: list[str]
) -> None:
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as older:
        older.execute("pragma journal_mode = wal")
        steps.apply(sqlite_utils.Database(older), stop_before="m0010_conditions")
        before = held(database.parent)
        code, out, err = run(*words, environment=environment)
        assert (code in (0, 1), err) == (True, ""), out
        assert held(database.parent) == before
        tables = {name for (name,) in older.execute("select name from sqlite_master")}
    assert "jobs" in tables and "conditions" not in tables


@pytest.mark.parametrize("words", LOOKS, ids=lambda words: words[0])
def test_whoever_looks_makes_no_database_where_there_is_none(
    run: Run, environment: dict[str, str], database: Path, words: list[str]
) -> None:
    code, _, err = run(*words, environment=environment)
    assert (code in (0, 1), err) == (True, "")
    assert list(database.parent.iterdir()) == []


@pytest.mark.parametrize("words", LOOKS, ids=lambda words: words[0])
def test_whoever_looks_while_nothing_runs_leaves_no_trace(
    run: Run, environment: dict[str, str], database: Path, words: list[str]
) -> None:
    opened(database, "T1").close()
    before = held(database.parent)
    run(*words, environment=environment)
    assert {path.name for path in database.parent.iterdir()} == {"mend.db"}
    assert held(database.parent) == before


@pytest.mark.parametrize("lock", ["begin exclusive", "begin immediate"])
def test_a_database_that_another_program_holds_is_said(
    run: Run, environment: dict[str, str], database: Path, lock: str
) -> None:
    opened(database, "T1").close()
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute(lock)
        code, out, err = run("drafts", environment=environment)
    assert (code, out) == (2, "")
    assert err.startswith(f"{database} ") and "database is locked" in err and "Close" in err


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "mend.db"


def change(path: Path, statement: str) -> None:
    opened(path, "T1").close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)


# --- check -----------------------------------------------------------------------------------


def test_the_shipped_playbooks_have_no_errors(run: Run) -> None:
    code, out, err = run("check", str(PLAYBOOKS))
    assert (code, err) == (0, "")
    count = len([path for path in PLAYBOOKS.glob("*.md") if path.name != "README.md"])
    assert out.splitlines()[-1] == f"{count} playbooks in {PLAYBOOKS}."


def test_check_looks_where_the_settings_say(run: Run, folder: Path) -> None:
    code, out, _ = run("check", environment={"MEND_PLAYBOOKS": str(folder)})
    assert code == 0 and str(folder) in out


def test_an_error_names_its_file_and_line_and_the_exit_code_is_one(run: Run, folder: Path) -> None:
    (folder / "broken.md").write_text("---\ntitle: [never closed\n---\n", encoding="utf-8")
    code, out, _ = run("check", str(folder))
    assert code == 1
    [problem] = [line for line in out.splitlines() if line.startswith("broken.md, line ")]
    assert "title" in problem
    assert out.splitlines()[-1].endswith(f"playbooks in {folder}.")


def test_check_as_json_is_the_same_problems(run: Run, folder: Path) -> None:
    (folder / "broken.md").write_text("---\ntitle: [never closed\n---\n", encoding="utf-8")
    code, out, _ = run("check", str(folder), "--json")
    assert code == 1
    problems = json.loads(out)
    assert "broken.md" in {problem["file"] for problem in problems}
    _, text, _ = run("check", str(folder))
    assert len(text.splitlines()) == len(problems) + 1


def test_a_folder_that_is_not_there_is_an_error(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("check", str(tmp_path / "nowhere"))
    assert code == 1
    assert "nowhere" in out


# --- doctor ----------------------------------------------------------------------------------


def test_doctor_ends_with_nothing_to_do_where_all_is_well(
    run: Run, environment: dict[str, str], ws: Workspace
) -> None:
    ws.now = time.time  # the command line has no other clock
    code, out, _ = run("doctor", environment=environment)
    assert code == 0, out
    assert "connected to" in out


def test_doctor_ends_with_one_where_something_is_to_be_done(
    run: Run, environment: dict[str, str], ws: Workspace
) -> None:
    ws.channel("support").archived = True
    code, out, _ = run("doctor", environment=environment)
    assert code == 1
    assert "#support is archived" in out


def test_doctor_says_so_where_slack_is_not_reached(
    run: Run, environment: dict[str, str], ws: Workspace
) -> None:
    ws.fail("auth.test", error="lost", times=9)
    code, out, err = run("doctor", environment=environment)
    assert code == 1
    assert "no answer came" in out and "Traceback" not in err


# --- recap -----------------------------------------------------------------------------------


def test_recap_as_json_is_the_message_that_is_then_posted(
    run: Run, start: Callable[[], Bot], environment: dict[str, str], ws: Workspace, clock: Clock
) -> None:
    started = start()
    started.scheduler.run_due()
    started.of(Recapping).plan()
    code, out, _ = run("recap", "--date", "2026-11-24", "--json", environment=environment)
    assert code == 0
    assert ws.messages("support") == []
    clock.advance(hours=4)
    started.scheduler.run_due()
    [posted] = [call for call in ws.calls if call.method == "chat.postMessage"]
    assert json.loads(out)["text"] == posted.args["text"]
    assert json.loads(out)["blocks"] == _parsed(posted.args["blocks"])


def _parsed(blocks: Any) -> Any:
    return json.loads(blocks) if isinstance(blocks, str) else blocks


def test_recap_as_text_is_its_full_text(run: Run, environment: dict[str, str]) -> None:
    _, as_json, _ = run("recap", "--date", "2026-11-24", "--json", environment=environment)
    code, out, _ = run("recap", "--date", "2026-11-24", environment=environment)
    assert code == 0
    assert out.strip() == json.loads(as_json)["text"].strip()


def test_recap_says_so_where_slack_is_not_reached(
    run: Run, environment: dict[str, str], ws: Workspace
) -> None:
    ws.fail("auth.test", error="token_revoked")
    code, out, err = run("recap", "--json", environment=environment)
    assert (code, out) == (2, "")
    assert "the token is no longer valid" in err


def test_a_country_nobody_knows_is_said_at_the_start(run: Run, environment: dict[str, str]) -> None:
    code, _, err = run("recap", environment={**environment, "MEND_COUNTRY": "ZZ"})
    assert code == 2
    assert err.strip() == 'MEND_COUNTRY is "ZZ": it is no country whose holidays are known.'


# --- drafts ----------------------------------------------------------------------------------


def test_drafts_hands_the_admins_today_what_waits_for_tomorrow(
    run: Run, start: Callable[[], Bot], environment: dict[str, str], tmp_path: Path, ada: Any
) -> None:
    books = tmp_path / "books"
    books.mkdir()
    environment["MEND_PLAYBOOKS"] = str(books)
    started = start()
    own = started.of(Owning).own(ada.id, "r1", "sent the refund twice").note
    started.of(Drafting).propose(own, "They charged me twice", "Read it back.", may_tell=True)
    assert not (books / "drafts").exists()
    code, out, _ = run("drafts", environment=environment)
    assert (code, out) == (0, "Handed over: 1 of 1.\n")
    assert len(list((books / "drafts").glob("note-*.md"))) == 1
    assert run("drafts", environment=environment)[1] == "Handed over: 0 of 0.\n"


# --- manifest and settings -------------------------------------------------------------------


def test_the_manifest_in_the_project_is_current(run: Run) -> None:
    _, out, _ = run("manifest")
    assert (PROJECT / "manifest.json").read_text(encoding="utf-8") == out, "run `make manifest`"


def test_the_example_of_settings_in_the_project_is_current(run: Run) -> None:
    _, out, _ = run("settings")
    assert (PROJECT / ".env.example").read_text(encoding="utf-8") == out, "run `make manifest`"


@pytest.mark.parametrize("version", ["1.0.0", "2.0.0"])
@pytest.mark.parametrize("words", [[], ["--url", "https://mend.example/"]], ids=["socket", "http"])
def test_slacks_own_schema_accepts_the_manifest(run: Run, version: str, words: list[str]) -> None:
    _, out, _ = run("manifest", *words)
    written = json.loads(out)
    written["_metadata"] = {"major_version": int(version[0]), "minor_version": 0}
    schema = json.loads((SCHEMAS / f"manifest.schema.{version}.json").read_text(encoding="utf-8"))
    jsonschema.validate(written, schema)


def test_with_an_address_slack_is_told_to_call_it(run: Run) -> None:
    _, out, _ = run("manifest", "--url", "https://mend.example/")
    written = json.loads(out)
    address = "https://mend.example/slack/events"
    assert {command["url"] for command in written["features"]["slash_commands"]} == {address}
    assert written["settings"]["event_subscriptions"]["request_url"] == address
    assert written["settings"]["interactivity"]["request_url"] == address
    assert written["settings"]["socket_mode_enabled"] is False


def test_without_an_address_it_is_socket_mode(run: Run) -> None:
    _, out, _ = run("manifest")
    assert json.loads(out)["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.loads(out)["features"]["slash_commands"][0]


# --- the manifest and the handlers -----------------------------------------------------------


@pytest.fixture
def declared() -> dict[str, Any]:
    return manifest(handlers.declared())


def test_every_command_that_is_answered_is_in_the_manifest(declared: dict[str, Any]) -> None:
    listed = [command["command"] for command in declared["features"]["slash_commands"]]
    assert listed == [route.id for route in handlers.declared().of(Kind.COMMAND)]
    assert {"/repair", "/ownit", "/mend"} <= set(listed)


def test_every_shortcut_that_is_answered_is_in_the_manifest(declared: dict[str, Any]) -> None:
    listed = [shortcut["callback_id"] for shortcut in declared["features"]["shortcuts"]]
    assert listed == [route.id for route in handlers.declared().of(Kind.SHORTCUT)]


def test_what_slack_shows_fits_slacks_limits(declared: dict[str, Any]) -> None:
    for command in declared["features"]["slash_commands"]:
        assert 0 < len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
    for shortcut in declared["features"]["shortcuts"]:
        assert 0 < len(shortcut["name"]) <= 24
        assert 0 < len(shortcut["description"]) <= 150


def test_every_event_that_is_answered_is_subscribed_to_and_no_other(
    declared: dict[str, Any],
) -> None:
    subscribed = declared["settings"]["event_subscriptions"]["bot_events"]
    answered = {route.id for route in handlers.declared().of(Kind.EVENT)}
    assert {event.partition(".")[0] for event in subscribed} == answered


NEEDED_BY_EVENTS = {  # docs.slack.dev, the page of each event
    "app_home_opened": set(),
    "member_joined_channel": {"channels:read", "groups:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
}


def test_every_event_has_the_scope_it_needs(declared: dict[str, Any]) -> None:
    scopes = set(declared["oauth_config"]["scopes"]["bot"])
    for event in declared["settings"]["event_subscriptions"]["bot_events"]:
        assert NEEDED_BY_EVENTS[event] <= scopes, event


def test_the_scopes_of_the_manifest_are_enough_for_a_day(
    bot: Bot, ws: Workspace, ada: Any, dee: Any, cam: Any
) -> None:
    ws.scopes = set(manifest(handlers.declared())["oauth_config"]["scopes"]["bot"])
    receipt = ada.command("/ownit", "sent the refund to the wrong card").message
    ada.press(receipt, "Post as me")
    ada.press(only(ws.messages("support")), "Open")
    ada.press(ada.modal, "I need a hand")
    ada.press(receipt, "Withdraw")
    ada.dm("dropped the call")
    ada.open_home()
    dee.command("/mend", "doctor")
    bot.scheduler.run_due()
    refused = [call.method for call in ws.calls if call.response.get("error") == "missing_scope"]
    assert refused == []
    assert f"all {len(SCOPES)} granted" in dee.ephemerals[-1].visible and cam.dms != []


def test_every_scope_says_what_it_is_for() -> None:
    assert list(SCOPES) == manifest(handlers.declared())["oauth_config"]["scopes"]["bot"]
    for scope, reason in SCOPES.items():
        assert reason.strip(), scope
