"""Three processes behind a balancer on one PostgreSQL server, used while they come and go."""

from __future__ import annotations

import random
import shutil
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.settings.address import Server
from tests.conftest import PLAYBOOKS, free_port
from tests.db.server import Cluster
from tests.end_to_end.process import PATIENCE, Process, usual_settings
from tests.soak.notes import Note, faults, live, wrong_recaps
from workspace import Workspace

AGENTS = 4
BEGIN = datetime(2026, 11, 25, 17, 59, 30, tzinfo=UTC)  # the recap comes due while it is used
RECAP_AT = "18:00"
LATER = timedelta(hours=1)  # leases of who was killed have run out, and waits after lost answers
SETTLE_SECONDS = 60.0
DONE: Future[None] = Future()
DONE.set_result(None)


@dataclass(frozen=True)
class Result:
    """What came of it; from `lost` on all must be zero."""

    deliveries: int
    acked: int
    kept: int
    shown: int
    recaps: int
    lost: int
    doubled: int
    visible_after_withdrawal: int
    recaps_lost_or_doubled: int
    not_settled: int

    @property
    def faults(self) -> int:
        wrong = (self.lost, self.doubled, self.visible_after_withdrawal)
        return sum(wrong) + self.recaps_lost_or_doubled + self.not_settled

    def __str__(self) -> str:
        return ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in vars(self).items())


class Fleet:
    """`size` processes; every one of them has the same folder of playbooks."""

    def __init__(
        self, ws: Workspace, folder: Path, server: Server, cluster: Cluster, size: int = 3
    ) -> None:
        self.ws, self.cluster = ws, cluster
        self.chance = random.Random(1)
        self.ahead = BEGIN - datetime.now(UTC)
        ws.now = lambda: (datetime.now(UTC) + self.ahead).timestamp()
        self.playbooks = shutil.copytree(PLAYBOOKS, folder / "playbooks")
        settings = usual_settings(ws, folder, self.playbooks)
        settings |= {"MEND_DATABASE_URL": server.url, "MEND_RECAP_TIME": RECAP_AT}
        settings["MEND_MODE"] = "http"
        self.processes = [
            Process(
                ws, folder, settings | {"MEND_PORT": str(free_port())}, ("tests/soak/later.py",)
            )
            for _ in range(size)
        ]
        self.notes: list[Note] = []
        self._guard = threading.Lock()
        self._is_over = threading.Event()
        self._users: list[threading.Thread] = []

    def start(self) -> None:
        """All at once; then what people do is delivered to each in turn."""
        with ThreadPoolExecutor() as starting:
            list(starting.map(self.started, self.processes))
        self.ws.deliver_to(*(f"{process.url}/slack/events" for process in self.processes))

    def started(self, process: Process) -> None:
        process.start(AHEAD=str(self.ahead.total_seconds()))
        assert self.ws.wait(process.is_ready, PATIENCE), process.said

    def use(self) -> None:
        """People own slips and press buttons until `count`."""
        people = [self.ws.add_person(f"agent{number}") for number in range(AGENTS)]
        self._users = [threading.Thread(target=self._use, args=(each,)) for each in people]
        for user in self._users:
            user.start()

    def _use(self, person: object) -> None:
        chance = random.Random(self.chance.random())
        while not self._is_over.is_set():
            with self._guard:
                note = Note(f"I pressed the wrong button, slip number {len(self.notes)}. today")
                self.notes.append(note)
            live(self.ws, person, note, chance)

    def restart_each(self) -> None:
        """One after the other, as a new version is rolled out."""
        for process in self.processes:
            code, seconds = process.stop()
            assert code == 0 and seconds < 10, (code, seconds)
            self.started(process)

    def kill_each_second(self, times: int) -> None:
        """One that serves; whoever watches over it starts it anew at once."""
        with ThreadPoolExecutor() as starting:
            again: dict[int, Future[None]] = {}
            while times:
                serving = [n for n in range(len(self.processes)) if again.get(n, DONE).done()]
                if len(serving) > 1:
                    number, times = self.chance.choice(serving), times - 1
                    self.processes[number].kill()
                    again[number] = starting.submit(self.started, self.processes[number])
                time.sleep(1)
        for each in again.values():
            each.result()

    def kept(self) -> int:
        """How many notes people were told are kept."""
        return sum(note.was_acked for note in list(self.notes))

    def count(self) -> Result:
        """Once nobody uses it any more and there was time for all that is due."""
        self._is_over.set()
        for user in self._users:
            user.join()
        for process in self.processes:
            process.kill()
        self.ahead += LATER
        self.started(self.processes[0])
        db = self.processes[0].opened()
        self.ws.wait(lambda: self._recaps(db) and self._due(db) == 0, SETTLE_SECONDS)
        rows = db.rows("select text, visibility from notes where withdrawn_at is null")
        kept = [(row["text"], row["visibility"]) for row in rows]
        recaps, not_settled = self._recaps(db), self._due(db)
        db.close()
        public = [message.visible for message in self.ws.messages("support")]
        lost, doubled, visible = faults(self.notes, kept, public)
        return Result(
            deliveries=len(self.ws.deliveries),
            acked=sum(each.acked for each in self.ws.deliveries),
            kept=len(kept),
            shown=sum(visibility == "as_me" for _, visibility in kept),
            recaps=recaps,
            lost=lost,
            doubled=doubled,
            visible_after_withdrawal=visible,
            recaps_lost_or_doubled=wrong_recaps(self.ws, recaps) + (recaps != 1),
            not_settled=not_settled,
        )

    def _recaps(self, db: Database) -> int:
        return len(db.rows("select day from recaps"))

    def _due(self, db: Database) -> int:
        found = Jobs(db).counted(datetime.now(UTC) + self.ahead)
        return found["due"] + found["dead"]

    def end(self) -> None:
        self._is_over.set()
        for process in self.processes:
            if process.is_running():
                process.kill()
