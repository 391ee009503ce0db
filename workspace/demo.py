"""The demo: this workspace, and the bot of this folder started inside it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from workspace import tour
from workspace.workspace import Workspace

ROOT = Path(__file__).parent.parent
LIMITS = ROOT / "demo" / "limits.txt"
TOUR = ROOT / "demo" / "tour.toml"
PORT = 8765
PATIENCE = 60.0  # seconds for the bot to connect: a first start reads its sentence model
BOT = (sys.executable, "bot.py")
MORE_AGENTS = ("fay", "gus", "hana", "ivo", "joy", "kim", "leo", "mia")
RECAP = "It is 18:00: post today's recap"
DRAFTS = "It is tomorrow: hand the admins what notes became"


class _Stop(Exception):
    """Ctrl-C or SIGTERM."""


def main(bot: Sequence[str] = BOT, port: int = PORT) -> int:
    """Run until Ctrl-C, SIGTERM or the end of the bot. Returns the exit status.

    `bot` is how the bot's command line is started; `run`, `seed --paced`, `recap --post` and
    `drafts` follow.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        with ExitStack() as after:
            folder = Path(after.enter_context(tempfile.TemporaryDirectory(prefix="mend-demo-")))
            ws = _workspace(port)
            after.callback(ws.stop)
            for name in MORE_AGENTS:
                ws.add_person(name)
            if (ROOT / "manifest.json").exists():
                ws.install(ROOT / "manifest.json")
            if TOUR.exists():
                ws.tour += tour.read(TOUR.read_text(encoding="utf-8"))
            return _run(ws, bot, folder)
    except _Stop:
        print("\nStopped.", flush=True)
        return 0
    except OSError as wrong:
        where = f" in {wrong.filename}" if wrong.filename else ""
        print(f"The demo cannot write{where}: {wrong.strerror}. Set TMPDIR to a folder it may use.")
        return 1


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


def _run(ws: Workspace, bot: Sequence[str], folder: Path) -> int:
    path, environment = folder / "bot.log", _environment(ws, folder)
    with path.open("w") as log:
        print("Making up a team and its last three weeks …", flush=True)
        _seed(ws, bot, environment)
        at_once = environment | {"MEND_MODEL": "off"}  # neither looks anything up
        ws.extras[RECAP] = lambda: _say([*bot, "recap", "--post"], at_once)
        ws.extras[DRAFTS] = lambda: _say([*bot, "drafts"], at_once)
        running = subprocess.Popen(
            [*bot, "run"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches only us; we stop it in order
        )
        try:
            ws.wait(lambda: ws.connected or running.poll() is not None, PATIENCE)
            how = "did not connect" if running.poll() is None else "ended before it connected"
            if ws.connected:
                print(f"Open {ws.url} and do what its bar says.  (Ctrl-C stops it)", flush=True)
                running.wait()
                how = "ended"
        finally:
            _end(running)
    last = path.read_text().splitlines()[-15:]
    print(f"The bot {how}. Its last lines:", *(f"  {line}" for line in last), sep="\n", flush=True)
    return 1


def _seed(ws: Workspace, bot: Sequence[str], environment: dict[str, str]) -> None:
    """Let the bot make up three weeks; each line it writes is the moment it is in by now."""
    seeding = subprocess.Popen(
        [*bot, "seed", "--paced"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert seeding.stdin and seeding.stdout
    try:
        for line in seeding.stdout:
            with suppress(ValueError):  # the last line is for people
                moment = datetime.fromisoformat(line.strip()).timestamp()
                ws.now = partial(float, moment)  # it stands still until the next line
            with suppress(BrokenPipeError):
                seeding.stdin.write("\n")
                seeding.stdin.flush()
        if seeding.wait():
            print("(Without made-up weeks: `bot.py seed` failed.)", flush=True)
    finally:
        _end(seeding)
        ws.now = time.time
        ws.calls.clear()
        ws.deliveries.clear()


def _say(command: Sequence[str], environment: dict[str, str]) -> str:
    """Run a command to its end; what went wrong, in its own last line."""
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return (ended.stdout.strip().splitlines() or ["It failed."])[-1] if ended.returncode else ""


def _environment(ws: Workspace, folder: Path) -> dict[str, str]:
    """The bot's settings: this workspace, an empty database, playbooks of its own to edit.

    A proxy would be asked for 127.0.0.1, so there is none.
    """
    foreign = ("SLACK_", "MEND_")
    base = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(foreign) and not key.lower().endswith("_proxy")
    }
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
        "MEND_PLAYBOOKS": str(copied_playbooks(folder)),
        "MEND_TIMEZONE": _timezone(),
        "PYTHONUNBUFFERED": "1",
    }


def copied_playbooks(folder: Path) -> Path:
    """A copy, with the limits of the demo's company: what is edited in it is gone with it, too."""
    copied = folder / "playbooks"
    if (ROOT / "playbooks").is_dir():
        shutil.copytree(ROOT / "playbooks", copied, dirs_exist_ok=True)
    for file in copied.glob("*.md"):
        file.write_text(_limited(file.read_text("utf-8")), "utf-8")
    return copied


def _limited(text: str) -> str:
    """A playbook with a limit under each line that the company has one for."""
    for row in LIMITS.read_text("utf-8").splitlines()[1:]:
        what, agent, supervisor = (part.strip() for part in row.split("|"))
        limits = {"agent": agent, "supervisor": supervisor}
        given = ", ".join(f'{role}: "{limit}"' for role, limit in limits.items() if limit)
        line = f"  - what: {what}\n"
        text = text.replace(line, f"{line}    limit: {{{given}}}\n")
    return text


def _timezone() -> str:
    """This machine's IANA zone where it tells, else UTC."""
    linked = Path("/etc/localtime").resolve().as_posix()
    found = os.environ.get("TZ", "").lstrip(":") or linked.partition("zoneinfo/")[2]
    return found if "/" in found and not found.startswith("Etc/") else "UTC"


def _end(bot: subprocess.Popen[Any]) -> None:
    bot.terminate()
    try:
        bot.wait(5)
    except subprocess.TimeoutExpired:
        bot.kill()
        bot.wait()
