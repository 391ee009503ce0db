"""What the doctor says of what it finds, and what an operator is to do about it."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
import urllib.error
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from mend import settings as settings_table
from mend.app import Bot
from mend.db.model import NotSaved
from mend.db.snapshot import looked_into
from mend.doctor.here import about_the_door, about_the_files
from mend.doctor.remedies import ORG_WIDE, remedy, said
from mend.doctor.service import Doctor
from mend.doctor.views import Finding, lines, report
from mend.people.directory import People
from mend.serve.signatures import SECRET
from mend.slack.gateway import SlackGateway
from mend.slack.lost import NO_ANSWER_OF_SLACKS, PROXY_PASSWORD, UNTRUSTED, lost
from mend.slack.model import Failure, Identity, NotSent
from tests.conftest import PLAYBOOKS, Clock
from tests.slack.test_gateway import answering, http_answer
from workspace import Workspace

Start = Callable[[], Bot]


def examined(bot: Bot) -> list[str]:
    bot.of(People).refresh()
    return lines(bot.of(Doctor).examine())


def faults(bot: Bot) -> list[str]:
    return [line for line in examined(bot) if line.startswith("✗")]


# --- people ----------------------------------------------------------------------------------


@pytest.mark.parametrize("admins", ["", "S0GONE", "U0NOBODY"])
def test_without_one_real_admin_it_says_so(
    environment: dict[str, str], start: Start, admins: str
) -> None:
    environment["MEND_ADMINS"] = admins
    found = faults(start())
    assert any(line.startswith("✗ Roles: 0 admins, 1 supervisor") for line in found)
    assert not admins or any(admins in line for line in found)


def test_an_admin_who_left_is_named(
    environment: dict[str, str], start: Start, ws: Workspace, dee: Any
) -> None:
    ws.users[dee.id].is_deactivated = True
    assert any(f"{dee.id}: is deactivated" in line for line in faults(start()))


# --- Slack -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told(SlackGateway):
    """Slack, but for who it says the bot is."""

    told: Identity | NotSent = NotSent(Failure.REFUSED)

    def identity(self) -> Identity | NotSent:
        return self.told


def told(bot: Bot, identity: Identity | NotSent) -> list[str]:
    slack = Told(bot.of(SlackGateway).client, bot.now, told=identity)
    return lines(replace(bot.of(Doctor), slack=slack).examine())


def test_scopes_that_slack_does_not_list_are_not_called_missing(bot: Bot) -> None:
    identity = bot.of(SlackGateway).identity()
    assert isinstance(identity, Identity)
    [scopes] = [line for line in told(bot, replace(identity, scopes=None)) if "Scopes" in line]
    assert scopes.startswith("✓") and "does not list them" in scopes


def test_no_header_is_no_list_of_scopes(clock: Clock) -> None:
    body = b'{"ok": true, "team_id": "T1", "user_id": "U1"}'
    with answering(http_answer(body, "Content-Type: application/json")) as url:
        identity = SlackGateway(WebClient("xoxb-1", base_url=url), clock).identity()
    assert isinstance(identity, Identity) and identity.scopes is None


def test_an_app_of_a_whole_organisation_is_to_be_installed_in_one_workspace(
    bot: Bot, clock: Clock
) -> None:
    body = b'{"ok": true, "enterprise_id": "E1", "user_id": "U1", "is_enterprise_install": true}'
    with answering(http_answer(body, "Content-Type: application/json")) as url:
        identity = SlackGateway(WebClient("xoxb-1", base_url=url), clock).identity()
    assert f"✗ Slack: installed for a whole organisation. {ORG_WIDE}" in told(bot, identity)


@pytest.mark.parametrize("error", ["team_access_not_granted", "no_such_thing_yet"])
def test_slacks_own_word_is_shown(bot: Bot, error: str) -> None:
    [line] = [line for line in told(bot, NotSent(Failure.REFUSED, error)) if "Slack:" in line]
    assert f"({error})" in line


@pytest.mark.parametrize("error", ["enterprise_is_restricted", "fatal_error"])
def test_slacks_own_word_about_a_channel_is_shown(bot: Bot, ws: Workspace, error: str) -> None:
    ws.fail("conversations.info", error=error, times=9)
    assert any(line.startswith("✗ Team channel") and error in line for line in faults(bot))


# --- the way to Slack ------------------------------------------------------------------------


def test_a_certificate_that_is_not_trusted_is_named() -> None:
    failure = lost(urllib.error.URLError(ssl.SSLCertVerificationError(1, "self-signed")))
    assert said(failure) == f"{Failure.UNAVAILABLE.value} ({UNTRUSTED})"
    assert "SSL_CERT_FILE" in remedy(failure)


@pytest.mark.parametrize("scheme", ["http://", ""])
def test_a_proxy_that_asks_for_a_password_is_named_and_its_password_is_not(
    clock: Clock, scheme: str
) -> None:
    refusal = http_answer(b"", status="407 Proxy Authentication Required")
    with answering(refusal) as url:
        proxy = url.removeprefix("http://").removesuffix("/api/")
        client = WebClient("xoxb-1", proxy=f"{scheme}mend:SECRET@{proxy}", timeout=5)
        failure = SlackGateway(client, clock).identity()
    assert isinstance(failure, NotSent)
    assert failure.detail == f"{PROXY_PASSWORD}, through the proxy {proxy}"
    assert "SECRET" not in said(failure) and "HTTPS_PROXY" in remedy(failure)


def test_a_proxy_that_is_not_there_is_named(clock: Clock) -> None:
    failure = SlackGateway(WebClient("xoxb-1", proxy="127.0.0.1:9"), clock).identity()
    assert isinstance(failure, NotSent) and failure.reason is Failure.UNAVAILABLE
    assert "through the proxy 127.0.0.1:9" in said(failure)


def test_a_page_in_slacks_place_is_named(clock: Clock) -> None:
    page = http_answer(b"<html>Blocked by policy</html>", "Content-Type: text/html")
    with answering(page) as url:
        failure = SlackGateway(WebClient("xoxb-1", base_url=url), clock).identity()
    assert isinstance(failure, NotSent) and failure.detail == NO_ANSWER_OF_SLACKS
    assert "a filter" in remedy(failure)


def test_every_reason_has_something_to_do() -> None:
    assert all(remedy(NotSent(reason, detail)) for reason in Failure for detail in ("", "x_y"))


def test_where_a_database_can_be_made_nothing_is_wrong_and_nothing_is_made(tmp_path: Path) -> None:
    with closing(looked_into(tmp_path / "not" / "yet" / "mend.db", "T1")) as db:
        db.check_writable()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_it_says_where_nothing_can_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    refused = pytest.raises(NotSaved, match="is read-only for this account")
    with closing(looked_into(tmp_path / "mend.db", "T1")) as db, refused:
        db.check_writable()


# --- what it prints --------------------------------------------------------------------------


@pytest.mark.parametrize("says", ["it broke", "it broke.", "did it break?"])
def test_no_sentence_has_two_marks_at_its_end(says: str) -> None:
    [line] = lines([Finding("Playbooks", says, "Mend it.")])
    assert ".." not in line and "?." not in line and line.endswith(" Mend it.")


def test_of_many_faults_it_says_how_many_more_there_are() -> None:
    many = [Finding("Playbooks", f"file-{n}.md, line 3: {'x' * 120}", "Mend it") for n in range(60)]
    text = report([Finding("Slack", "connected"), *many]).blocks[0]["text"]["text"]
    shown = text.count("✗")
    assert 0 < shown < 60 and text.endswith(
        f"… and {61 - shown} more. `.venv/bin/python bot.py doctor` shows them all."
    )
    assert len(text) <= 3000 and "…" not in text.rpartition("\n")[0]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_it_can_be_read_on_any_console(environment: dict[str, str], encoding: str) -> None:
    words = [sys.executable, "bot.py", "doctor"]
    told = subprocess.run(
        words,
        cwd=PLAYBOOKS.parent,
        env={**environment, "PYTHONIOENCODING": encoding, "MEND_PLAYBOOKS": str(PLAYBOOKS)},
        capture_output=True,
        timeout=60,
    )
    said = told.stdout.decode(encoding)
    mark = "✓" if encoding == "utf-8" else "ok"
    assert f"{mark} Slack: connected to" in said and b"Traceback" not in told.stderr


# --- the machine -----------------------------------------------------------------------------


def test_files_that_everybody_may_read_are_named(tmp_path: Path) -> None:
    env, database = tmp_path / ".env", tmp_path / "data" / "mend.db"
    database.parent.mkdir(mode=0o755)
    for path in (env, database):
        path.touch(mode=0o644)
    told = lines(list(about_the_files(env, database)))
    assert [line.rpartition(". ")[2] for line in told] == [
        f"chmod 600 {env}",
        f"chmod 600 {database}",
        f"chmod 700 {database.parent}",
    ]
    env.chmod(0o600), database.chmod(0o660), database.parent.chmod(0o770)
    assert list(about_the_files(env, database)) == []


def test_it_asks_the_bot_that_runs_what_it_refused(
    bot: Bot, environment: dict[str, str], ws: Workspace
) -> None:
    asked = settings_table.read(environment)
    assert lines(list(about_the_door(asked))) == [
        "✓ Requests: the Mend that runs here is not ready: scheduler"
    ]
    ws.line.signing_secret = "another"
    ws.person("ada").command("/repair", "late refund")
    [_, refused] = lines(list(about_the_door(asked)))
    assert refused.startswith(f"✗ Requests: 1 {SECRET.partition('.')[0]}")


def test_where_no_bot_runs_it_says_so(environment: dict[str, str]) -> None:
    [line] = lines(list(about_the_door(settings_table.read({**environment, "MEND_PORT": "9"}))))
    assert line.startswith("✓ Requests: no Mend answers at 127.0.0.1, port 9")
    assert list(about_the_door(settings_table.read({"MEND_MODE": "socket"}))) == []
