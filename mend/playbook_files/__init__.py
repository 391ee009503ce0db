"""Playbooks as files: Markdown with front matter in, `Playbook` values out, and back.

`load` reads a folder once, `Shelf` keeps it read, `edit` and `write` change a file and leave the
rest of it as its author made it.
"""

from mend.domain.playbook_problems import Problem, Severity
from mend.playbook_files.changing import change
from mend.playbook_files.editing import edit, new_file
from mend.playbook_files.folder import write
from mend.playbook_files.notes import BrokenPlaybook
from mend.playbook_files.parsing import digest_of, parse
from mend.playbook_files.shelf import Loaded, Shelf, load

__all__ = [
    "BrokenPlaybook",
    "Loaded",
    "Problem",
    "Severity",
    "Shelf",
    "change",
    "digest_of",
    "edit",
    "load",
    "new_file",
    "parse",
    "write",
]
