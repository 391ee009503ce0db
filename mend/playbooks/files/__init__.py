"""Playbooks as files: Markdown with front matter in, `Playbook` values out, and back.

`PlaybookFolder` keeps a folder read, `edit` changes a text and leaves the rest of it as its author
made it.
"""

from mend.editor.model import digest_of
from mend.playbooks.files.editing import edit, new_file
from mend.playbooks.files.folder import write
from mend.playbooks.files.parsing import parse
from mend.playbooks.files.watching import GONE, PlaybookFolder

__all__ = ["GONE", "PlaybookFolder", "digest_of", "edit", "new_file", "parse", "write"]
