"""A folder of playbooks: kept read while it is being edited, and written to from Slack."""

import contextlib
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mend.db.model import Refused
from mend.playbooks.files import editing
from mend.playbooks.files import folder as files
from mend.playbooks.files.parsing import parse, places_of
from mend.playbooks.model import BrokenPlaybook, Playbook, Problem

OnChange = Callable[[tuple[Playbook, ...], tuple[Playbook, ...]], None]
DRAFTS = "drafts"
GONE = "That playbook is no longer there."
Stamp = tuple[int, ...] | None  # None when the file is gone


@dataclass
class _File:
    """What is known of one file. `playbook` is its last good version, made from `text`."""

    playbook: Playbook | None = None
    problems: list[Problem] = field(default_factory=list)
    text: str | None = None
    stamp: Stamp = None
    is_settled: bool = False


class PlaybookFolder:
    """The playbooks of a folder as they stand now; reading `playbooks` is safe from any thread.

    A file that breaks keeps its last good version on the shelf, with its problems listed. Every
    change is looked at on two polls: a good version is taken at once, one that is broken or gone
    (an editor that empties the file first, or moves it aside) only when it still is.
    """

    def __init__(self, folder: Path, on_change: OnChange = lambda old, new: None) -> None:
        """Reads the folder; never raises. `on_change(old, new)` is called for later changes only,
        by whoever polls. It must not raise: the change is already on the shelf and will not be
        told again. A change of comments alone is on the shelf, for its digest, and is not told."""
        self._folder = folder
        self._on_change = on_change
        self._files: dict[str, _File] = {}
        self._polling = threading.Lock()
        self.playbooks: tuple[Playbook, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        self.unreadable: frozenset[str] = frozenset()  # slugs of files that cannot be read as is
        self._look(first=True)

    def poll(self) -> bool:
        """Read what changed since the last poll; whether playbooks or problems are other now."""
        with self._polling:
            old, old_problems = self.playbooks, self.problems
            self._look(first=False)
            if self.playbooks != old:
                self._on_change(old, self.playbooks)
            return self.playbooks != old or self.problems != old_problems

    def line_of(self, slug: str, field: str) -> int:
        """The line of a field in its file, or 0."""
        file = self._files.get(f"{slug}.md")
        return places_of(file.text or "").get(field, 0) if file else 0

    def watch(self, stop: threading.Event, every: float = 1.0) -> None:
        """Poll until `stop` is set; a save is on the shelf within two polls."""
        while not stop.wait(every):
            self.poll()

    def read(self, slug: str) -> str | None:
        """The text of a playbook's file as it stands, None where there is none.

        Raises BrokenPlaybook where it must not be read.
        """
        name = f"{slug}.md"
        with contextlib.suppress(OSError, ValueError):
            if not (self._folder / name).is_symlink() and not (self._folder / name).exists():
                return None
        return files.read(self._folder, name)

    def text(self, slug: str) -> str:
        """The same; raises Refused where there is none."""
        text = self.read(slug)
        if text is None:
            raise Refused(GONE)
        return text

    def free_slug(self, title: str, taken: Collection[str] = ()) -> str:
        """A slug for a new playbook, under which no file stands and which is not `taken`."""
        first = files.usable(title)
        taken = {path.stem.casefold() for path in self._folder.glob("*.md")} | set(taken)
        slugs = (first, *(f"{first[: files.MAX_SLUG - 5]}-{n}" for n in range(2, 10_000)))
        return next(slug for slug in slugs if slug.casefold() not in taken)

    def write(self, slug: str, text: str, base: str) -> None:
        """See `folder.write`."""
        files.write(self._folder, slug, text, base)

    def drafts(self) -> list[str]:
        """The slugs of notes' drafts, which hold their folder: drafts/note-1."""
        with contextlib.suppress(OSError):
            names = sorted(path.name for path in (self._folder / DRAFTS).glob("*.md"))
            return [f"{DRAFTS}/{name[:-3]}" for name in names if files.is_playbook_name(name)]
        return []

    def keep_draft(self, slug: str, changes: Mapping[str, Any]) -> str:
        """Write a new draft; the name of its file. It is for the operator's account only."""
        drafts = self._folder / DRAFTS
        drafts.mkdir(exist_ok=True)
        text = editing.new_file({**changes, "state": "draft"})
        return f"{DRAFTS}/{files.write(drafts, slug, text, mode=0o600).name}"

    def remove_draft(self, slug: str) -> None:
        if slug not in self.drafts():
            raise Refused("That draft is no longer there.")
        (self._folder / f"{slug}.md").unlink()

    def _look(self, first: bool) -> None:
        try:
            paths = [path for path in self._folder.iterdir() if files.is_playbook_name(path.name)]
            passed = files.passed_over(self._folder)
        except OSError as error:
            # An unmounted disk must not empty the shelf in the middle of a shift.
            self.problems = (files.folder_problem(self._folder, error),)
            return
        stamps = {path.name: _stamp(path) for path in paths}
        refused = files.name_problems(stamps)
        for name in sorted(self._files.keys() | stamps.keys() - refused.keys()):
            file = self._files.setdefault(name, _File())
            stamp = None if name in refused else stamps.get(name)
            is_same = stamp == file.stamp
            if is_same and file.is_settled:
                continue
            if stamp is not None:
                self._read(name, file, believe=first or is_same)
            elif is_same:
                del self._files[name]
            file.stamp, file.is_settled = stamp, is_same
        known = [self._files[name] for name in sorted(self._files, key=lambda name: name[:-3])]
        self.playbooks = tuple(file.playbook for file in known if file.playbook)
        self.problems = (*refused.values(), *passed, *(p for file in known for p in file.problems))
        broken = (name for name, each in self._files.items() if each.problems and not each.text)
        self.unreadable = frozenset(name.removesuffix(".md") for name in (*refused, *broken))

    def _read(self, name: str, file: _File, believe: bool) -> None:
        try:
            text = files.read(self._folder, name)
            if text != file.text:
                file.playbook, file.problems = parse(name.removesuffix(".md"), text)
                file.text = text
        except BrokenPlaybook as broken:
            if believe:
                file.problems, file.text = broken.problems, None


def _stamp(path: Path) -> Stamp:
    """What tells a version of a file from the next, without opening it."""
    try:
        found = path.stat()
    except OSError:
        return ()  # a link that leads nowhere
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
