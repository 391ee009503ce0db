"""What older running bots left behind: a database, and what stood in its Slack."""

import json
import sqlite3
from pathlib import Path

from workspace import Message, Workspace

OLDER = Path(__file__).parent.parent / "data" / "older"
COMMITS = sorted(each.stem for each in OLDER.glob("*.sql"))


def restore(ws: Workspace, commit: str, database: Path) -> None:
    """As it was when that bot died, in the night before Wednesday 25 November 2026."""
    kept = sqlite3.connect(database)
    kept.executescript((OLDER / f"{commit}.sql").read_text(encoding="utf-8"))
    kept.close()
    for line in (OLDER / f"{commit}.jsonl").read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        channel = message.pop("channel")
        there = ws.im(f"U{channel[1:]}") if channel.startswith("D") else ws.channel(channel)
        ws.timeline[there.id].append(Message(there, **message))
