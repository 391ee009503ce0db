"""The folder of playbooks: which files count, reading them safely, writing one whole."""

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from mend.db.model import Refused, Stale
from mend.playbooks.model import BrokenPlaybook, Problem, Severity

MAX_BYTES = 256 * 1024
MAX_SLUG = 80
_SLUG = re.compile(r"\w[\w.?!-]*")
_OTHER_ENDINGS = r"(?i)(?:\.(?:md|markdown|mdown|mkd|mdx|txt|text|ya?ml|html?))+$"
_NO_TEXT = (".swp", ".tmp", ".bak", ".orig", ".rej")  # what editors leave behind
_FRONT_MATTER = re.compile(rb"(?:\xef\xbb\xbf)?\s*---[ \t]*\r?\n[^\0]*?^title[ \t]*:", re.MULTILINE)
_LOOKED_AT = 2048  # bytes of a file that is perhaps a playbook
_LINK = "it is a link that leads out of the folder."


def is_playbook_name(name: str) -> bool:
    """Whether a file is meant as a playbook: `*.md`, but no hidden ones and no README."""
    return name.endswith(".md") and not name.startswith(".") and name.casefold() != "readme.md"


def name_problems(names: Iterable[str]) -> dict[str, Problem]:
    """Names that no slug can be made of, and all but one of those that differ only by case."""
    problems: dict[str, Problem] = {}
    taken: dict[str, str] = {}
    for name in sorted(names):
        slug = name.removesuffix(".md")
        if not _SLUG.fullmatch(slug) or len(slug) > MAX_SLUG:
            says = f"a name may hold letters, digits and - _ . ? ! (at most {MAX_SLUG})."
            shown = name.encode("utf-8", "backslashreplace").decode()
            problems[name] = Problem(shown, 0, "", says, f"Rename it to {usable(slug)}.md.")
        elif (twin := taken.setdefault(slug.casefold(), name)) != name:
            says = f"only upper and lower case tell it from {twin}, which is used."
            problems[name] = Problem(name, 0, "", says, "Rename or remove one of the two.")
    return problems


def passed_over(folder: Path) -> list[Problem]:
    """What stands in the folder and looks like a playbook, but by its name or place is none.

    Raises OSError where the folder cannot be read.
    """
    found = []
    with os.scandir(folder) as entries:
        others = [e for e in entries if not (is_playbook_name(e.name) or e.name.startswith("."))]
    for entry in sorted(others, key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "drafts":
            with contextlib.suppress(OSError):
                inside = sorted(path.name for path in Path(entry).iterdir())
                found += [_in_a_folder(entry.name, n) for n in inside if is_playbook_name(n)]
        elif entry.is_file() and _begins_as_playbook(Path(entry)):
            says = "it begins as a playbook and is not read: only names that end in .md are."
            slug = usable(re.sub(_OTHER_ENDINGS, "", entry.name))
            found.append(_passed(entry.name, says, f"Rename it to {slug}.md."))
    return found


def _in_a_folder(folder: str, name: str) -> Problem:
    says = "it is not read: playbooks in a folder of their own are not."
    return _passed(f"{folder}/{name}", says, f"Move it up, beside the folder {folder}.")


def _passed(name: str, says: str, fix: str) -> Problem:
    shown = name.encode("utf-8", "backslashreplace").decode()
    return Problem(shown, 0, "", says, fix, Severity.WARNING)


def _begins_as_playbook(path: Path) -> bool:
    if path.name.casefold().endswith(_NO_TEXT) or path.name.endswith("~"):
        return False
    with contextlib.suppress(OSError), path.open("rb") as file:
        return bool(_FRONT_MATTER.match(file.read(_LOOKED_AT)))
    return False


def folder_problem(folder: Path, error: OSError) -> Problem:
    says = f"the folder of playbooks cannot be read ({error.strerror})."
    fix = "Make it, let Mend's account read it, or set MEND_PLAYBOOKS to where the playbooks are."
    return Problem(str(folder), 0, "", says, fix)


def read(folder: Path, name: str) -> str:
    """The text of one file, line ends untouched. Raises BrokenPlaybook where it must not be read.

    Only a regular file inside the folder is read, whatever links lead to it, and never more than
    MAX_BYTES of it.
    """

    def broken(says: str, fix: str, line: int = 0) -> BrokenPlaybook:
        return BrokenPlaybook([Problem(name, line, "", says, fix)])

    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise broken(_LINK, "Put the file itself here.")
        if path.exists() and not path.is_file():  # a pipe would hold the reader for ever
            raise broken("it is not a file.", "Remove it, or give it another ending than .md.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links
        reason = getattr(error, "strerror", "its links run in a circle")
        fix = "Check the file and who may read it."
        raise broken(f"it cannot be read ({reason}).", fix) from error
    if len(data) > MAX_BYTES:
        says = f"it is larger than {MAX_BYTES // 1024} KB."
        raise broken(says, "Keep a playbook to one page, and put the rest elsewhere.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        says = f"the line has a byte (0x{data[error.start]:02X}) that is not UTF-8 text."
        raise broken(says, "Save the file as UTF-8.", line) from error


def write(
    folder: Path, slug: str, text: str, base: str | None = None, *, mode: int | None = None
) -> Path:
    """Put a playbook's text in its file, whole or not at all; the mode of a file is kept, a new
    one has `mode`, or the account's usual one.

    `base` is the digest of the version the text was made from, "" if there was none: when the
    file holds another by now, Stale is raised and nothing is written. None writes over anything.
    Raises Refused for a slug or a text that would not be read again, OSError when the disk says no.
    """
    name = f"{slug}.md"
    if name_problems([name]):
        raise Refused(f"That cannot be a file's name. Try “{usable(slug)}”.")
    if len(text.encode()) > MAX_BYTES:
        raise Refused(f"A playbook may have at most {MAX_BYTES // 1024} KB.")
    target = (folder / name).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise Refused(f"{name} stays as it is: {_LINK}")
    there = target.exists()
    found = hashlib.sha256(target.read_bytes()).hexdigest() if there else ""
    if base is not None and base != found:
        raise Stale(name)
    spare = target.with_name(f".{slug}.{secrets.token_hex(4)}.tmp")
    try:
        with spare.open("xb") as file:
            if there or mode is not None:
                spare.chmod(target.stat().st_mode if there else mode or 0)
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        spare.replace(target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            spare.unlink()
    return folder / name


def usable(slug: str) -> str:
    """A slug made of this text."""
    words = re.sub(r"[^a-z0-9_]+", "-", slug.casefold()).strip("-")
    return words[:MAX_SLUG].rstrip("-") or "playbook"
