"""What can be seen on the machine itself: who may read the files, and what the door refuses."""

from __future__ import annotations

import http.client
import stat
from collections.abc import Iterator
from pathlib import Path

from mend.doctor.views import Finding
from mend.settings import Settings
from mend.settings.address import Server

ANSWER_SECONDS = 2.0


def about_the_files(env: Path, database: Path | Server) -> Iterator[Finding]:
    """Files with tokens and notes are for Mend's own account alone."""
    own = [] if isinstance(database, Server) else [database, database.parent]
    for path, holds in ((env, "tokens"), *((each, "notes") for each in own)):
        if path == Path() or not path.exists():
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & stat.S_IRWXO and not mode & stat.S_ISVTX:  # /tmp is everybody's anyway
            right = "700" if path.is_dir() else "600"
            yield Finding(
                "Files",
                f"{path} holds {holds}, and every account of this machine may look ({mode:o})",
                f"chmod {right} {path}",
            )


def about_the_door(settings: Settings) -> Iterator[Finding]:
    """What a bot that runs here with MEND_MODE=http says of requests it refused."""
    if settings.mend_mode != "http":
        return
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.mend_host, settings.mend_host)
    door = http.client.HTTPConnection(host, settings.mend_port, timeout=ANSWER_SECONDS)
    try:
        door.request("GET", "/readyz")
        health, *refused = door.getresponse().read(2000).decode(errors="replace").splitlines()
        if not health.startswith(("ready", "not ready")):
            raise ValueError("somebody else's server")
    except (OSError, http.client.HTTPException, ValueError):
        yield Finding("Requests", f"no Mend answers at {host}, port {settings.mend_port}, by now")
        return
    finally:
        door.close()
    yield Finding("Requests", f"the Mend that runs here is {health}")
    for sentence in refused:
        says, _, what_to_do = sentence.partition(". ")
        yield Finding("Requests", says, what_to_do)
