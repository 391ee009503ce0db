"""Playbooks as files: Markdown with front matter in, `Playbook` values out, and back.

`load` reads a folder once, `Shelf` keeps it read, `edit` and `write` change a file and leave the
rest of it as its author made it.
"""

from mend.domain.playbook_problems import BrokenPlaybook, Problem, Severity
from mend.domain.revisions import digest_of
from mend.playbook_files.desk import Desk
from mend.playbook_files.editing import edit, new_file
from mend.playbook_files.folder import write
from mend.playbook_files.parsing import parse
from mend.playbook_files.shelf import Loaded, Shelf, load

__all__ = [
    "BrokenPlaybook",
    "Desk",
    "Loaded",
    "Problem",
    "Severity",
    "Shelf",
    "digest_of",
    "edit",
    "load",
    "new_file",
    "parse",
    "write",
]
