"""The folder as admins edit it from Slack."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mend.db.model import Refused
from mend.playbooks.files import editing, folder
from mend.playbooks.files.parsing import parse
from mend.playbooks.files.watching import PlaybookFolder
from mend.playbooks.model import Playbook, Problem

DRAFTS = "drafts"


@dataclass(frozen=True)
class Desk:
    """The slug of a note's draft holds its folder: drafts/note-1."""

    folder: Path
    playbook_folder: PlaybookFolder

    def books(self) -> Sequence[Playbook]:
        return self.playbook_folder.playbooks

    def unreadable(self) -> Collection[str]:
        return self.playbook_folder.unreadable

    def read(self, slug: str) -> str | None:
        name = f"{slug}.md"
        with contextlib.suppress(OSError, ValueError):
            if not (self.folder / name).is_symlink() and not (self.folder / name).exists():
                return None
        return folder.read(self.folder, name)

    def parse(self, slug: str, text: str) -> tuple[Playbook, list[Problem]]:
        return parse(slug, text)

    def edit(self, text: str, changes: Mapping[str, Any]) -> str:
        return editing.edit(text, changes)

    def new(self, changes: Mapping[str, Any]) -> str:
        return editing.new_file(changes)

    def free_slug(self, title: str, taken: Collection[str] = ()) -> str:
        first = folder.usable(title)
        taken = {path.stem.casefold() for path in self.folder.glob("*.md")} | set(taken)
        slugs = (first, *(f"{first[: folder.MAX_SLUG - 5]}-{n}" for n in range(2, 10_000)))
        return next(slug for slug in slugs if slug.casefold() not in taken)

    def write(self, slug: str, text: str, base: str) -> None:
        folder.write(self.folder, slug, text, base)

    def look(self) -> None:
        self.playbook_folder.poll()

    def drafts(self) -> list[str]:
        with contextlib.suppress(OSError):
            names = sorted(path.name for path in (self.folder / DRAFTS).glob("*.md"))
            return [f"{DRAFTS}/{name[:-3]}" for name in names if folder.is_playbook_name(name)]
        return []

    def keep_draft(self, slug: str, changes: Mapping[str, Any]) -> str:
        """Write a new draft; the name of its file. It is for the operator's account only."""
        drafts = self.folder / DRAFTS
        drafts.mkdir(exist_ok=True)
        text = editing.new_file({**changes, "state": "draft"})
        return f"{DRAFTS}/{folder.write(drafts, slug, text, mode=0o600).name}"

    def remove_draft(self, slug: str) -> None:
        if slug not in self.drafts():
            raise Refused("That draft is no longer there.")
        (self.folder / f"{slug}.md").unlink()
