"""The bot as an operator starts it: `python bot.py run`, a process of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mend.db.engine import Database
from mend.db.schema import opened
from mend.settings.address import database
from tests.conftest import free_port
from workspace import Workspace

PROJECT = Path(__file__).parent.parent.parent
PATIENCE = 20.0  # seconds for a start, on a machine that is busy with other things
STOP_PATIENCE = 12.0  # more than the ten seconds a supervisor allows, to tell late from never


class Process:
    """One run of the bot. Its database, playbooks and log are in `folder`."""

    def __init__(
        self,
        ws: Workspace,
        folder: Path,
        settings: Mapping[str, str],
        command: Sequence[str] = ("bot.py", "run"),
        *,
        home: Path = PROJECT,
    ) -> None:
        """`home` holds the version that runs; another one than this has packages of its own."""
        self.ws = ws
        self._home = home
        self._command = command
        self.database = folder / "mend.db"
        self._log = folder / "stderr.txt"
        self._settings = dict(settings)
        self._started: subprocess.Popen[bytes] | None = None

    def replica(self) -> Process:
        """Another process on the same database, started, at an address of its own (HTTP)."""
        folder = self.database.parent
        other = Process(self.ws, folder, self._settings, self._command)
        other.start(MEND_PORT=str(free_port()))
        assert self.ws.wait(other.is_ready, PATIENCE), other.said
        return other

    def start(self, **changed: str) -> Process:
        """Start, with these settings instead of the usual ones; an empty one is left out."""
        self._settings |= changed
        given = {key: value for key, value in self._settings.items() if value}
        with self._log.open("ab") as log:
            self._started = subprocess.Popen(
                [self._python, *self._command],
                cwd=self._home,
                env=os.environ | given,
                stdout=log,
                stderr=log,
            )
        return self

    @property
    def _python(self) -> str:
        return sys.executable if self._home == PROJECT else f"{self._home}/.venv/bin/python"

    def start_and_wait(self, **changed: str) -> Process:
        """Start, and wait until Slack's requests reach it."""
        self.start(**changed)
        if self._settings["MEND_MODE"] == "http":
            self.ws.deliver_to(f"{self.url}/slack/events")
            assert self.ws.wait(self.is_ready, PATIENCE), self.said
        else:
            assert self.ws.wait(self.is_connected, PATIENCE), self.said
        return self

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._settings['MEND_PORT']}"

    @property
    def said(self) -> str:
        """Everything it wrote to its log, on every start."""
        return self._log.read_text(encoding="utf-8")

    @property
    def running(self) -> subprocess.Popen[bytes]:
        assert self._started is not None
        return self._started

    def is_connected(self) -> bool:
        assert self.running.poll() is None, self.said
        return self.ws.connected > 0

    def is_ready(self) -> bool:
        assert self.running.poll() is None, self.said
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                return int(answer.status) == 200
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> tuple[int, float]:
        """SIGTERM; the exit code (that of a SIGKILL where it does not end), and the seconds."""
        started = time.monotonic()
        self.running.send_signal(signal.SIGTERM)
        try:
            code = self.running.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            code = self.running.wait()
        seconds = time.monotonic() - started
        assert self.ws.wait(lambda: not self.ws.connected, PATIENCE)
        return code, seconds

    def kill(self) -> None:
        """SIGKILL: no goodbye, nothing finished.

        Its line is gone then, too: taken for that of the next run, it would be waited for no more.
        """
        self.running.kill()
        self.running.wait()
        assert self.ws.wait(lambda: not self.ws.connected, PATIENCE)

    def is_running(self) -> bool:
        return self._started is not None and self._started.poll() is None

    def end(self) -> int:
        """The exit code of a run that ends by itself."""
        return self.running.wait(PATIENCE)

    def pass_time(self, by: timedelta) -> None:
        """As if the machine had been off for so long: what was due later is due earlier."""
        with contextlib.closing(self.opened()) as db, db.transaction():
            for job in db.rows("select id, due_at, claimed_until from jobs"):
                claimed = job["claimed_until"]
                moments = _earlier(job["due_at"], by), claimed and _earlier(claimed, by)
                change = "update jobs set due_at = ?, claimed_until = ? where id = ?"
                db.change(change, *moments, job["id"])

    def opened(self) -> Database:
        """Its database, for the test itself."""
        return opened(database(self._settings["MEND_DATABASE_URL"]), self.ws.id)


def _earlier(moment: str, by: timedelta) -> str:
    parsed = datetime.fromisoformat(moment)
    return (parsed - by).astimezone(UTC).isoformat(timespec="microseconds")


def usual_settings(ws: Workspace, folder: Path, playbooks: Path) -> dict[str, str]:
    """What an operator sets; the recap is half a day away so that it does not come in between."""
    recap = datetime.now(UTC) + timedelta(hours=12)
    return {
        "SLACK_BOT_TOKEN": ws.bot_token,
        "SLACK_APP_TOKEN": ws.app_token,
        "SLACK_SIGNING_SECRET": ws.signing_secret,
        "SLACK_API_URL": ws.api_url,
        "MEND_MODE": "socket",
        "MEND_PORT": str(free_port()),
        "MEND_DATABASE_URL": f"sqlite:///{folder / 'mend.db'}",
        "MEND_PLAYBOOKS": str(playbooks),
        "MEND_MODEL": "off",
        "MEND_CHANNEL": ws.channel("support").id,
        "MEND_ADMINS": ws.person("dee").id,
        "MEND_SUPERVISORS": ws.person("cam").id,
        "MEND_RECAP_TIME": f"{recap:%H:%M}",
    }
