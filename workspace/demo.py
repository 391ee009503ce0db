"""The demo: this workspace, and the bot of this folder started inside it."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from workspace.workspace import Workspace

ROOT = Path(__file__).parent.parent
PORT = 8765
PATIENCE = 60.0  # seconds for the bot to connect: a first start reads its sentence model
BOT = (sys.executable, "bot.py", "run")


class _Stop(Exception):
    """Ctrl-C or SIGTERM."""


def main(command: Sequence[str] = BOT, port: int = PORT) -> int:
    """Run until Ctrl-C, SIGTERM or the end of the bot. Returns the exit status."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        with tempfile.TemporaryDirectory(prefix="mend-demo-") as folder, ExitStack() as after:
            ws = _workspace(port)
            after.callback(ws.stop)
            if (ROOT / "manifest.json").exists():
                ws.install(ROOT / "manifest.json")
            return _run(ws, command, Path(folder))
    except _Stop:
        print("\nStopped.", flush=True)
        return 0


def _stop(number: int, frame: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise _Stop


def _workspace(port: int) -> Workspace:
    """On this port or, where that is taken, on any that is free."""
    try:
        return Workspace(port).start()
    except OSError:
        ws = Workspace().start()
        print(f"Port {port} is taken; using {ws.url}", flush=True)
        return ws


def _run(ws: Workspace, command: Sequence[str], folder: Path) -> int:
    path = folder / "bot.log"
    with path.open("w") as log:
        bot = subprocess.Popen(
            command,
            cwd=ROOT,
            env=_environment(ws, folder),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches only us; we stop it in order
        )
        try:
            ws.wait(lambda: ws.connected or bot.poll() is not None, PATIENCE)
            how = "did not connect" if bot.poll() is None else "ended before it connected"
            if ws.connected:
                words = "and try /repair they charged me twice  (Ctrl-C stops it)"
                print(f"Open {ws.url} {words}", flush=True)
                bot.wait()
                how = "ended"
        finally:
            _end(bot)
    last = path.read_text().splitlines()[-15:]
    print(f"The bot {how}. Its last lines:", *(f"  {line}" for line in last), sep="\n", flush=True)
    return 1


def _environment(ws: Workspace, folder: Path) -> dict[str, str]:
    """The bot's settings: this workspace, an empty database, nothing else of this machine's."""
    base = {k: v for k, v in os.environ.items() if not k.startswith(("SLACK_", "MEND_"))}
    return base | {
        "SLACK_API_URL": ws.api_url,
        "SLACK_BOT_TOKEN": ws.bot_token,
        "SLACK_APP_TOKEN": ws.app_token,
        "SLACK_SIGNING_SECRET": ws.signing_secret,
        "MEND_MODE": "socket",
        "MEND_CHANNEL": ws.channel("support").id,
        "MEND_ADMINS": ws.person("dee").id,
        "MEND_SUPERVISORS": ws.person("cam").id,
        "MEND_DATABASE_URL": f"sqlite:///{folder / 'mend.db'}",
        "MEND_TIMEZONE": _timezone(),
        "PYTHONUNBUFFERED": "1",
    }


def _timezone() -> str:
    """This machine's IANA zone where it tells, else UTC."""
    linked = Path("/etc/localtime").resolve().as_posix()
    found = os.environ.get("TZ", "").lstrip(":") or linked.partition("zoneinfo/")[2]
    return found if "/" in found and not found.startswith("Etc/") else "UTC"


def _end(bot: subprocess.Popen[bytes]) -> None:
    bot.terminate()
    try:
        bot.wait(5)
    except subprocess.TimeoutExpired:
        bot.kill()
        bot.wait()
