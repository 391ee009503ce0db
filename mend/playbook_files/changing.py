"""Changes fields of a playbook's file that says what it is believed to say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mend.domain.errors import Refused, Stale
from mend.playbook_files.editing import Change, edit
from mend.playbook_files.folder import read, write
from mend.playbook_files.notes import BrokenPlaybook
from mend.playbook_files.parsing import digest_of, parse


def change(folder: Path, slug: str, changes: Mapping[str, Change], seen: str) -> bool:
    """Set these fields; comments and order stay. False where they were so already.

    Raises Stale where the playbook's mark is not `seen` any more, or somebody saves it meanwhile;
    Refused where the file cannot be read or written.
    """
    try:
        text = read(folder, f"{slug}.md")
        book, _ = parse(slug, text)
        changed = edit(text, changes)
        if changed == text:
            return False
        if book.mark() != seen:
            raise Stale(slug)
        write(folder, slug, changed, base=digest_of(text))
        return True
    except BrokenPlaybook:
        raise Refused(f"{slug}.md cannot be read as it is: see `python bot.py check`.") from None
    except OSError as wrong:
        raise Refused(f"{slug}.md cannot be written ({wrong.strerror}).") from None
