"""Kills the bot again and again while people use it, then counts what was lost, doubled or shown.

It begins with what an older running bot left behind (tests/data/older). Each restart wakes in a
process whose clock is three quarters of an hour ahead of the last one's (tests/soak/later.py), and
so is the workspace's: leases have run out and recaps come due, as they would overnight, without
anybody waiting for it. Now and then there is trouble for some lives, of up to half a day each
(tests/soak/trouble.py).
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.conftest import PLAYBOOKS
from tests.end_to_end.process import Process, usual_settings
from tests.older.left import restore
from tests.soak.notes import Note, faults, live, wrong_recaps
from tests.soak.trouble import Trouble
from workspace import Workspace

AGENTS = 4
STEP = timedelta(minutes=45)  # longer than a lease and than the wait after a lost answer
LIFE_SECONDS = 1.6  # the longest a process lives once it can be reached
STARTING_SHARE = 0.1  # of the kills come while it is still starting
SETTLE_SECONDS = 60.0
OLDEST = "cb2c2d9"
MORNING_AFTER = datetime(2026, 11, 25, 9, tzinfo=UTC)  # it died in the night
OLD_WITHDRAWN, OLD_POSTED = "hung up on a customer", "promised a refund that takes longer"


@dataclass(frozen=True)
class Result:
    """What came of it; from `lost` on all must be zero."""

    kills: int
    troubles: str
    acked: int
    kept: int
    shown: int
    recaps: int
    lost: int
    doubled: int
    visible_after_withdrawal: int
    shown_to_another_company: int
    told_falsely: int
    recaps_lost_or_doubled: int
    not_settled: int

    @property
    def faults(self) -> int:
        wrong = (self.lost, self.doubled, self.visible_after_withdrawal, self.told_falsely)
        wrong += (self.shown_to_another_company, self.recaps_lost_or_doubled, self.not_settled)
        return sum(wrong)

    def lines(self) -> list[str]:
        return [f"{name.replace('_', ' ')}: {count}" for name, count in vars(self).items()]


class Soak:
    """One workspace, one database of an older Mend, many lives of the bot."""

    def __init__(self, folder: Path, seed: int, left_by: str = OLDEST) -> None:
        self.ws = Workspace()
        self.ws.should_escape = True
        self.folder = folder
        self.chance = random.Random(seed)
        self.ahead = timedelta(0)
        self.left_by = left_by
        self.offset = MORNING_AFTER - datetime.now(UTC)
        self.trouble = Trouble(self.ws, self.chance)
        self.shown_to_others = 0
        self.told_falsely: set[str] = set()
        self.notes: list[Note] = []
        self.is_up = threading.Event()
        self.is_over = threading.Event()
        self._guard = threading.Lock()
        self._number = 0

    def run(self, kills: int) -> Result:
        """The whole soak; takes about two seconds a kill."""
        self.ws.now = lambda: (datetime.now(UTC) + self.offset + self.ahead).timestamp()
        restore(self.ws, self.left_by, self.folder / "mend.db")
        with self.ws:
            playbooks = shutil.copytree(PLAYBOOKS, self.folder / "playbooks")
            settings = usual_settings(self.ws, self.folder, playbooks)
            settings["MEND_RECAP_TIME"] = "18:00"
            self.process = Process(self.ws, self.folder, settings, ("tests/soak/later.py",))
            people = [self.ws.add_person(f"agent{number}") for number in range(AGENTS)]
            loads = [threading.Thread(target=self._use, args=(person,)) for person in people]
            for load in loads:
                load.start()
            try:
                for number in range(kills):
                    self._one_life("http" if number % 2 else "socket")
            finally:
                self.is_over.set()
                self.is_up.set()
                for load in loads:
                    load.join()
                if self.process.is_running():
                    self.process.kill()
            self.trouble.end()
            for hours in (1, 12):  # what waits longest is looked at again each hour
                self.ahead += timedelta(hours=hours)
                self.process.start_and_wait(**self._next("socket"))
                not_settled = self._settle()
                self.process.kill()
            self._listen()
            return self._count(kills, not_settled)

    def _use(self, person: object) -> None:
        """One agent's day: note after note, as long as there is somebody to tell."""
        chance = random.Random(self.chance.random())
        while not self.is_over.is_set():
            self.is_up.wait()
            with self._guard:
                self._number += 1
                note = Note(f"I pressed the wrong button, slip number {self._number} today")
                self.notes.append(note)
            live(self.ws, person, note, chance)

    def _next(self, mode: str) -> dict[str, str]:
        """The settings of the next life."""
        self.ahead += (not self.is_over.is_set() and self.trouble.next()) or STEP
        self.ws.deliver_to(f"{self.process.url}/slack/events" if mode == "http" else None)
        seconds = (self.offset + self.ahead).total_seconds()
        return {"AHEAD": str(seconds), "MEND_MODE": mode}

    def _one_life(self, mode: str) -> None:
        process, given = self.process, self._next(mode)
        stood = len(self.ws.messages("support"))
        if self.chance.random() < STARTING_SHARE:
            process.start(**given)
            time.sleep(self.chance.random() * 2)
        else:
            process.start_and_wait(**given)
            heard = self._heard()
            self.is_up.set()
            self.ws.wait(lambda: self._heard() > heard, SETTLE_SECONDS)  # however busy the machine
            time.sleep(self.chance.random() * LIFE_SECONDS)
        process.kill()
        self.is_up.clear()
        self.ws.wait(lambda: self.ws.connected == 0)
        if self.trouble.is_shared:
            self.shown_to_others += len(self.ws.messages("support")) - stood
        self._listen()

    def _heard(self) -> int:
        return sum(each.acked for each in list(self.ws.deliveries))

    def _listen(self) -> None:
        """What owners read of their notes, beside what stands in the channel."""
        public = "\n".join(each.visible for each in self.ws.messages("support"))
        found = [note for note in self.notes if note.is_told_falsely(note.words in public)]
        self.told_falsely |= {note.words for note in found}

    # --- afterwards

    def _settle(self) -> int:
        """How many jobs are still due, or parked, once there was time for all of them."""
        self.ws.wait(lambda: self._due() == 0, SETTLE_SECONDS)
        return self._due()

    def _due(self) -> int:
        now = datetime.now(UTC) + self.offset + self.ahead
        found = self._rows(
            "select count(*) from jobs where dead_at is not null"
            " or (done_at is null and due_at <= ?)",
            now.isoformat(timespec="microseconds"),
        )
        return int(found[0][0])

    def _rows(self, sql: str, *values: str) -> list[tuple[int | str, ...]]:
        database = sqlite3.connect(self.process.database)
        try:
            return database.execute(sql, values).fetchall()
        finally:
            database.close()

    def _count(self, kills: int, not_settled: int) -> Result:
        kept = self._rows("select text, visibility from notes where withdrawn_at is null")
        public = [m.visible for m in self.ws.messages("support")]
        lost, doubled, visible = faults(self.notes, kept, public)
        visible += sum(OLD_WITHDRAWN in text for text in public)
        stands = sum(OLD_POSTED in text for text in public)
        lost, doubled = lost + (stands == 0), doubled + (stands > 1)
        recaps = self._rows("select day from recaps")
        return Result(
            kills=kills,
            troubles=", ".join(f"{kind} {n}" for kind, n in sorted(self.trouble.kinds.items())),
            acked=sum(note.was_acked for note in self.notes),
            kept=len(kept),
            shown=sum(visibility == "as_me" for _, visibility in kept),
            recaps=len(recaps),
            lost=lost,
            doubled=doubled,
            visible_after_withdrawal=visible,
            shown_to_another_company=self.shown_to_others,
            told_falsely=len(self.told_falsely),
            recaps_lost_or_doubled=wrong_recaps(self.ws, len(recaps)),
            not_settled=not_settled,
        )
