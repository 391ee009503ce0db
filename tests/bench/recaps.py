"""How long a daily recap and a brief take, and what memory, beside a year of a big centre."""

from __future__ import annotations

import contextlib
import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from mend.db.schema import opened
from mend.lookbacks.model import Factor
from mend.people.teams import Teams
from mend.playbooks.model import Playbook
from mend.recap.daily.service import Briefing, Recapping
from mend.recap.weekly.model import WEEK, told
from mend.recap.weekly.store import WeekStore
from mend.slack.gateway import SlackGateway
from mend.slack.outbox import Outbox
from tests.recap.small_slack import SmallSlack

LOOKUPS, ENTRIES, PEOPLE, BOOKS = 1_000_000, 1_000_000, 2_000, 200
NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
SPAN = 90 * 86_400  # seconds
SAMPLES = 20


def report() -> None:
    print(
        f"Median of {SAMPLES}, slowest in brackets, in ms, of building a team's daily recap, its"
        " brief, and what its last\nweek tells, from a store with"
        f" {LOOKUPS:,} lookups and {ENTRIES:,} notes of {PEOPLE:,} people in {SPAN // 86_400} days,"
        " half of\nthem looked back on, and from an empty one; peak resident memory of the process"
        " that does nothing else (ru_maxrss)"
    )
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        fill(Path(folder) / "full.db", LOOKUPS, ENTRIES)
        print(f"(filled in {time.monotonic() - started:.0f} s)")
        fill(Path(folder) / "empty.db", 0, 0)
        for name in ("full", "empty"):
            command = [sys.executable, "-m", "tests.bench.recaps", f"{folder}/{name}.db"]
            found = json.loads(subprocess.check_output(command))
            print(
                f"{name:8} recap {found['recap'][0]:7.1f} ({found['recap'][1]:.1f})   "
                f"brief {found['brief'][0]:7.1f} ({found['brief'][1]:.1f})   "
                f"week {found['week'][0]:7.1f} ({found['week'][1]:.1f})   "
                f"{found['megabytes']:.0f} MB"
            )


def fill(path: Path, lookups: int, notes: int) -> None:
    """By SQL, because the store's own one row at a time takes minutes."""
    opened(path, "T1").close()
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        numbers = "with recursive n (i) as (select 1 union all select i + 1 from n where i < ?)"
        before = f"-(i * 7919 % {SPAN}) || ' seconds'"
        at = f"strftime('%Y-%m-%dT%H:%M:%S.000000+00:00', '{NOW:%F %T}', {before})"
        database.execute(
            f"insert into playbook_use (workspace, day, slug, team, shown, closed_at) {numbers}"
            f" select 'T1', substr({at}, 1, 10), 'p' || (i * i % {BOOKS}), 'C1', count(*),"
            f" '{NOW:%F}' from n where ? group by 2, 3",
            (lookups, lookups),
        )
        database.execute(
            "insert into notes (id, workspace, team, request, owner, text, did, would_help,"
            f" learned, visibility, version, created_at) {numbers}"
            f" select i, 'T1', 'C1', i, 'U' || (i % {PEOPLE}), 'told the wrong date', '', '', '',"
            f" 'without_name', 1, {at} from n where ?",
            (notes, notes),
        )
        database.execute(
            "insert into lookbacks (note, state, factors, words, cause, who, asked, answered_at)"
            """ select id, 'answered', '["TOOL", "LOAD"]', '', '', '', 1, created_at"""
            " from notes where id % 2"
        )


def measure(path: Path) -> None:
    db = opened(path, "T1")
    slack: SlackGateway = SmallSlack(lambda: NOW).port
    teams = Teams(db, slack, frozenset, lambda: NOW, "C1", {}, lambda person, channels: [*channels])
    books = [
        Playbook(f"p{number}", f"Problem {number}", say_first="I will sort this out. Now.")
        for number in range(BOOKS)
    ]
    recaps = Recapping(db, Outbox(db, slack, lambda: NOW), lambda: NOW, teams, lambda: books)
    briefs = Briefing(db, Outbox(db, slack, lambda: NOW), lambda: NOW, teams, lambda: books)
    team = teams.rules("C1")

    def week() -> list[tuple[str, tuple[Factor, ...]]]:
        return WeekStore(db).answers("C1", NOW - WEEK, NOW)

    timed = {
        "recap": [milliseconds(lambda: recaps.preview(team)) for _ in range(SAMPLES)],
        "brief": [milliseconds(lambda: briefs.brief("U1", team)) for _ in range(SAMPLES)],
        "week": [milliseconds(lambda: told(week())) for _ in range(SAMPLES)],
    }
    print(
        json.dumps(
            {what: [statistics.median(ms), max(ms)] for what, ms in timed.items()}
            | {"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
        )
    )


def milliseconds(do: Callable[[], object]) -> float:
    started = time.monotonic()
    do()
    return (time.monotonic() - started) * 1000


if __name__ == "__main__":
    measure(Path(sys.argv[1]))
