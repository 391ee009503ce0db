"""The demo: this workspace, and the bot of this folder started inside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from workspace.workspace import Workspace

ROOT = Path(__file__).parent.parent
MANIFEST = ROOT / "manifest.json"
PORT = 8765
PATIENCE = 60.0  # seconds for the bot to connect: a first start reads its sentence model
BOT = (sys.executable, "bot.py", "run")


class _Stop(Exception):
    """Ctrl-C or SIGTERM."""


def main(command: Sequence[str] = BOT, port: int = PORT) -> int:
    """Run until Ctrl-C, SIGTERM or the end of the bot. Returns the exit status."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    with tempfile.TemporaryDirectory(prefix="mend-demo-") as folder:
        try:
            ws = _workspace(port)
            try:
                return _run(ws, command, Path(folder))
            finally:
                ws.stop()
        except _Stop:
            print("\nStopped.", flush=True)
            return 0


def _stop(number: int, frame: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise _Stop


def _workspace(port: int) -> Workspace:
    """Started on this port or, where that is taken, the next free one."""
    for tried in range(port, port + 50):
        try:
            ws = Workspace(tried).start()
        except OSError:
            continue
        if MANIFEST.exists():
            ws.install(MANIFEST)
        if tried != port:
            print(f"Port {port} is taken; using {tried}.", flush=True)
        return ws
    raise SystemExit(f"No free port between {port} and {port + 49}.")


def _run(ws: Workspace, command: Sequence[str], folder: Path) -> int:
    log_path = folder / "bot.log"
    with log_path.open("w") as log:
        bot = _start(ws, command, folder, log)
        try:
            if not _connected(ws, bot):
                gone = "ended before it connected" if bot.poll() is not None else "did not connect"
                return _report(gone, log_path)
            print(
                f"Open {ws.url} and try /repair they charged me twice  (Ctrl-C stops it)",
                flush=True,
            )
            bot.wait()
            return _report("ended", log_path)
        finally:
            _end(bot)


def _start(
    ws: Workspace, command: Sequence[str], folder: Path, log: IO[str]
) -> subprocess.Popen[str]:
    environment = _environment(ws, folder, os.environ)
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # Ctrl-C reaches only us; we stop it in order
    )


def _environment(ws: Workspace, folder: Path, base: Mapping[str, str]) -> dict[str, str]:
    """The bot's settings: this workspace, an empty database, nothing else of this machine's."""
    kept = {key: value for key, value in base.items() if not key.startswith(("SLACK_", "MEND_"))}
    return kept | {
        "SLACK_API_URL": ws.api_url,
        "SLACK_BOT_TOKEN": ws.bot_token,
        "SLACK_APP_TOKEN": ws.app_token,
        "SLACK_SIGNING_SECRET": ws.signing_secret,
        "MEND_MODE": "socket",
        "MEND_CHANNEL": ws.channel("support").id,
        "MEND_ADMINS": ws.person("dee").id,
        "MEND_SUPERVISORS": ws.person("cam").id,
        "MEND_DATABASE_URL": f"sqlite:///{folder / 'mend.db'}",
        "MEND_TIMEZONE": _timezone(base),
        "PYTHONUNBUFFERED": "1",
    }


def _timezone(environment: Mapping[str, str]) -> str:
    """This machine's IANA zone where it tells, else UTC."""
    linked = Path("/etc/localtime").resolve().as_posix()
    found = environment.get("TZ", "").lstrip(":") or linked.partition("zoneinfo/")[2]
    return found if "/" in found and not found.startswith("Etc/") else "UTC"


def _connected(ws: Workspace, bot: subprocess.Popen[str]) -> bool:
    end = time.monotonic() + PATIENCE
    ws.wait(lambda: ws.connected or bot.poll() is not None, end - time.monotonic())
    return bool(ws.connected)


def _report(what: str, log: Path) -> int:
    last = log.read_text().splitlines()[-15:]
    print(f"The bot {what}. Its last lines:", *(f"  {line}" for line in last), sep="\n", flush=True)
    return 1


def _end(bot: subprocess.Popen[str]) -> None:
    bot.terminate()
    try:
        bot.wait(5)
    except subprocess.TimeoutExpired:
        bot.kill()
        bot.wait()
