"""Playbooks as files: Markdown with front matter in, `Playbook` values out, and back.

`load` reads a folder once, `PlaybookFolder` keeps it read, `edit` and `write` change a file and
leave the rest of it as its author made it.
"""

from mend.editor.model import digest_of
from mend.playbooks.files.editing import edit, new_file
from mend.playbooks.files.folder import write
from mend.playbooks.files.parsing import parse
from mend.playbooks.files.watching import Loaded, PlaybookFolder, load
from mend.playbooks.model import BrokenPlaybook, Problem, Severity

__all__ = [
    "BrokenPlaybook",
    "Loaded",
    "Problem",
    "Severity",
    "PlaybookFolder",
    "digest_of",
    "edit",
    "load",
    "new_file",
    "parse",
    "write",
]
