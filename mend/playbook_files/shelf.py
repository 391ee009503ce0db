"""Keeps a folder of playbooks read while it is being edited."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mend.domain.playbook_problems import Problem
from mend.domain.playbooks import Playbook
from mend.playbook_files.folder import (
    folder_problem,
    in_order,
    is_playbook_name,
    name_problems,
    read,
    slug_of,
)
from mend.playbook_files.parsing import BrokenPlaybook, digest_of, parse

Stamp = tuple[int, ...]
_GONE: Stamp = ()
OnChange = Callable[[tuple[Playbook, ...], tuple[Playbook, ...]], None]


@dataclass
class _File:
    """What is known of one file. `playbook` is its last good version."""

    playbook: Playbook | None = None
    problems: list[Problem] = field(default_factory=list)
    stamp: Stamp | None = None  # modified, changed, size, inode
    digest: str = ""
    broken_at: Stamp | None = None
    is_missing: bool = False
    read_again: bool = False


class Shelf:
    """The playbooks of a folder as they stand now; reading `playbooks` is safe from any thread.

    A file that breaks keeps its last good version on the shelf, with its problems listed. What is
    caught half-way (an editor that empties the file first, or moves it aside) is looked at once
    more on the next poll before it is believed.
    """

    def __init__(self, folder: Path, on_change: OnChange) -> None:
        """Reads the folder; `on_change(old, new)` is called for later changes only, by whoever
        polls. It must not raise: the change is already on the shelf and will not be told again."""
        self._folder = folder
        self._on_change = on_change
        self._files: dict[str, _File] = {}
        self._polling = threading.Lock()
        self.playbooks: tuple[Playbook, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        self._look(first=True)

    def poll(self) -> bool:
        """Read what changed since the last poll; whether playbooks or problems are other now."""
        with self._polling:
            old, old_problems = self.playbooks, self.problems
            self._look(first=False)
            if self.playbooks != old:
                self._on_change(old, self.playbooks)
            return self.playbooks != old or self.problems != old_problems

    def watch(self, stop: threading.Event, every: float = 1.0) -> None:
        """Poll until `stop` is set; a save is on the shelf within two polls."""
        while not stop.wait(every):
            self.poll()

    def _look(self, first: bool) -> None:
        try:
            stamps = _stamps(self._folder)
        except OSError as error:
            # An unmounted disk must not empty the shelf in the middle of a shift.
            self.problems = (folder_problem(self._folder, error),)
            return
        refused = name_problems(stamps)
        problems = list(refused.values())
        present = sorted(stamps.keys() - refused.keys())
        for name in present:
            self._visit(name, self._files.setdefault(name, _File()), stamps[name], first)
        self._forget(self._files.keys() - set(present))
        for name in present:
            problems += self._files[name].problems
        books = (file.playbook for file in self._files.values() if file.playbook)
        self.playbooks = in_order(books)
        self.problems = tuple(problems)

    def _visit(self, name: str, file: _File, stamp: Stamp, first: bool) -> None:
        """Take a changed file when it reads well, or when it stayed broken for one poll."""
        file.is_missing = False
        if stamp == file.stamp and not file.read_again:
            return
        # A second save within the clock tick of the first leaves the stamp as it was.
        file.read_again = stamp != file.stamp
        try:
            text = read(self._folder, name)
            digest = digest_of(text)
            if digest != file.digest:
                file.playbook, file.problems = parse(slug_of(name), text)
                file.digest = digest
            file.stamp, file.broken_at = stamp, None
        except BrokenPlaybook as broken:
            if first or stamp == file.broken_at:
                file.problems, file.digest = broken.problems, ""
                file.stamp, file.broken_at = stamp, None
            else:
                file.broken_at = stamp

    def _forget(self, names: set[str]) -> None:
        for name in names:
            if self._files[name].is_missing:
                del self._files[name]
            else:
                self._files[name].is_missing = True


def _stamps(folder: Path) -> dict[str, Stamp]:
    """What tells a version of each playbook file from the next, without opening it."""
    with os.scandir(folder) as entries:
        return {entry.name: _stamp(entry) for entry in entries if is_playbook_name(entry.name)}


def _stamp(entry: os.DirEntry[str]) -> Stamp:
    try:
        found = entry.stat()
    except OSError:
        return _GONE
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
