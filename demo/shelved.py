"""The playbooks of three weeks ago, and what was published since."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from demo import script


@dataclass
class Shelved:
    """A copy of the playbooks as they were three weeks ago, and what was published since."""

    source: Path
    folder: Path

    def fill(self) -> None:
        for file in sorted(self.source.glob("*.md")):
            text = file.read_text(encoding="utf-8")
            if file.stem in script.CHANGED_LATER:
                text = re.sub(r"(\n- [^\n]*)(\n+## If stuck)", r"\2", text, count=1)
            if file.stem in script.VERIFIED_LATER:
                text = re.sub(r"verified: .*", "verified: 2026-06-01", text, count=1)
            if file.stem not in (*script.NEW_LATER, script.FROM_NOTE):
                (self.folder / file.name).write_text(text, encoding="utf-8")

    def title(self, slug: str) -> str:
        text = (self.source / f"{slug}.md").read_text(encoding="utf-8")
        return text.partition("title: ")[2].partition("\n")[0]

    def has_draft(self, draft: str) -> bool:
        return (self.folder / "drafts" / f"note-{draft}.md").exists()

    def publish(self, slugs: Iterable[str], from_note: str = "") -> None:
        """Put these there as they are now, made of the draft that a note became."""
        for slug in slugs:
            text = (self.source / f"{slug}.md").read_text(encoding="utf-8")
            if from_note:
                text = text.replace("state: ready", f"state: ready\nfrom_note: {from_note}", 1)
                (self.folder / "drafts" / f"note-{from_note}.md").unlink()
            (self.folder / f"{slug}.md").write_text(text, encoding="utf-8")
