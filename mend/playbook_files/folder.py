"""The folder of playbooks: which files count, reading them safely, writing one whole."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import stat
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from mend.domain.errors import Refused, Stale
from mend.domain.playbook_problems import Problem
from mend.domain.playbooks import Playbook
from mend.playbook_files.parsing import BrokenPlaybook, lines_of, parse

MAX_BYTES = 256 * 1024
MAX_SLUG = 80
# A pipe named like a playbook would otherwise hold the reader until somebody writes to it.
_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW
_SLUG = re.compile(r"\w[\w.?!-]*")


@dataclass(frozen=True)
class Loaded:
    """A folder as read once: what can be served, in slug order, and what is wrong."""

    playbooks: tuple[Playbook, ...]
    problems: list[Problem]
    lines: dict[str, dict[str, int]] = field(default_factory=dict)

    def line_of(self, slug: str, field: str) -> int:
        """The line of a field in its file, or 0."""
        return self.lines.get(slug, {}).get(field, 0)


def load(folder: Path) -> Loaded:
    """Read every playbook of a folder. Never raises: what cannot be read is a problem."""
    try:
        names = playbook_names(folder)
    except OSError as error:
        return Loaded((), [folder_problem(folder, error)])
    refused = name_problems(names)
    problems = list(refused.values())
    playbooks: list[Playbook] = []
    lines: dict[str, dict[str, int]] = {}
    for name in names:
        if name in refused:
            continue
        slug = slug_of(name)
        try:
            text = read(folder, name)
            playbook, found = parse(slug, text)
        except BrokenPlaybook as broken:
            problems += broken.problems
        else:
            playbooks.append(playbook)
            problems += found
            lines[slug] = lines_of(text)
    return Loaded(in_order(playbooks), problems, lines)


def in_order(playbooks: Iterable[Playbook]) -> tuple[Playbook, ...]:
    return tuple(sorted(playbooks, key=lambda playbook: playbook.slug))


def slug_of(name: str) -> str:
    """The slug of a file: its name without `.md`, in the one spelling Unicode has for it."""
    return unicodedata.normalize("NFC", name.removesuffix(".md"))


def playbook_names(folder: Path) -> list[str]:
    """The files that are meant as playbooks: `*.md`, but no hidden ones and no README."""
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries]
    return sorted(name for name in names if is_playbook_name(name))


def is_playbook_name(name: str) -> bool:
    return name.endswith(".md") and not name.startswith(".") and name.casefold() != "readme.md"


def name_problems(names: Iterable[str]) -> dict[str, Problem]:
    """Names that no slug can be made of, and all but one of those that differ only by case."""
    problems: dict[str, Problem] = {}
    taken: dict[str, str] = {}
    # Lower case first, so that a later "Refund.md" does not push out "refund.md".
    for name in sorted(names, key=lambda name: (name.casefold(), name.swapcase())):
        slug = slug_of(name)
        if not _SLUG.fullmatch(slug) or len(slug) > MAX_SLUG:
            says = f"a name may hold letters, digits and - _ . ? ! (at most {MAX_SLUG})."
            fix = f"Rename it to {_usable(slug)}.md."
            problems[name] = Problem(_printable(name), 0, "", says, fix)
        elif slug.casefold() in taken:
            says = (
                f"only upper and lower case tell it from {taken[slug.casefold()]}, which is used."
            )
            problems[name] = Problem(name, 0, "", says, "Rename or remove one of the two.")
        else:
            taken[slug.casefold()] = name
    return problems


def folder_problem(folder: Path, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        says = "the folder of playbooks is not there."
        fix = "Make it, or set MEND_PLAYBOOKS to where the playbooks are."
    else:
        says = f"the folder of playbooks cannot be read ({error.strerror})."
        fix = "Let the account that runs Mend read it."
    return Problem(str(folder), 0, "", says, fix)


def read(folder: Path, name: str) -> str:
    """The text of one file, line ends untouched. Raises BrokenPlaybook where it must not be read.

    Only a regular file inside the folder is read, whatever links lead to it, and never more than
    MAX_BYTES of it.
    """

    def broken(says: str, fix: str, line: int = 0) -> BrokenPlaybook:
        return BrokenPlaybook([Problem(name, line, "", says, fix)])

    try:
        path = (folder / name).resolve(strict=True)
        if not path.is_relative_to(folder.resolve()):
            raise broken("it is a link that leads out of the folder.", "Put the file itself here.")
        with os.fdopen(os.open(path, _READ), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise broken("it is not a file.", "Remove it, or give it another ending than .md.")
            data = file.read(MAX_BYTES + 1)
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links
        reason = error.strerror if isinstance(error, OSError) else "the links run in a circle"
        raise broken(f"it cannot be read ({reason}).", "Check the file and who may read it.") from (
            error
        )
    if len(data) > MAX_BYTES:
        says = f"it is larger than {MAX_BYTES // 1024} KB."
        raise broken(says, "Keep a playbook to one page, and put the rest elsewhere.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        says = f"the line has a byte (0x{data[error.start]:02X}) that is not UTF-8 text."
        raise broken(says, "Save the file as UTF-8.", line) from error


def write(folder: Path, slug: str, text: str, base: str | None = None) -> Path:
    """Put a playbook's text in its file, whole or not at all; the file's mode is kept.

    `base` is the digest of the version the text was made from, "" if there was none: when the
    file holds another by now, Stale is raised and nothing is written. None writes over anything.
    Raises Refused for a slug or a text that would not be read again, OSError when the disk says no.
    """
    name = f"{slug}.md"
    if name_problems([name]) or slug_of(name) != slug:
        raise Refused(f"“{_printable(slug)}” cannot be a file's name. Try “{_usable(slug)}”.")
    data = text.encode("utf-8")
    if len(data) > MAX_BYTES:
        raise Refused(f"A playbook may have at most {MAX_BYTES // 1024} KB.")
    target = folder / name
    if target.is_symlink():
        target = target.resolve()
        if not target.is_relative_to(folder.resolve()):
            raise Refused(f"{name} is a link that leads out of the folder; it stays as it is.")
    mode = _mode_of(target)
    if base is not None and _digest_on_disk(target) != base:
        raise Stale(name)
    spare = target.with_name(f".{slug}.{secrets.token_hex(4)}.tmp")
    try:
        with spare.open("xb") as file:
            file.write(data)
            file.flush()
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        spare.replace(target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            spare.unlink()
    _sync_folder(target.parent)
    return folder / name


def _mode_of(path: Path) -> int | None:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None


def _digest_on_disk(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def _sync_folder(folder: Path) -> None:
    """Without this a power cut can take back the new name, though not the file's content."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _usable(slug: str) -> str:
    plain = unicodedata.normalize("NFKD", slug).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9_]+", "-", plain.casefold()).strip("-")
    return words[:MAX_SLUG].rstrip("-") or "playbook"


def _printable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()
