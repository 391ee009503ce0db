"""One file's text into a Playbook, with everything that is wrong told by line and field."""

import re
from functools import lru_cache
from unicodedata import category

from mend.editor.model import digest_of
from mend.playbooks.files import body
from mend.playbooks.files.front_matter import FrontMatter, Notes, did_you_mean, read_front_matter
from mend.playbooks.model import DEFAULT_ASK, SECTIONS, BrokenPlaybook, Playbook, Problem, Severity

EXAMPLE = "Begin it with:\n---\ntitle: They charged me twice\n---"
_INVISIBLE = {
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width non-joiner",
    "\u200d": "a zero-width joiner",
    "\u2060": "a word joiner",
    "\ufeff": "a second byte order mark",
    "\u00ad": "a soft hyphen",
    "\u00a0": "a no-break space",
    "\u200e": "a left-to-right mark",
    "\u200f": "a right-to-left mark",
}
_DASHES = {"–": "en dashes (–)", "—": "em dashes (—)", "−": "minus signs (−)", "‐": "hyphens (‐)"}
_OTHER_SYSTEMS = {
    "+++": "is how other systems begin TOML",
    "{": "is how other systems begin JSON",
    "```": "opens a code block round the file",
    "<!--": "is a comment",
}


def why_not_begun(text: str) -> tuple[int, str, str]:
    """Line, what is wrong, and the cure, for a file whose first line is not three dashes."""
    if "\r" in text and "\n" not in text:
        says = "its lines end in CR alone, as old Macs wrote them, so it is one long line."
        return 1, says, "Save it with line ends of LF (Unix) or CRLF (Windows)."
    lines = text.split("\n")
    shown = ((n, line) for n, line in enumerate(lines, 1) if line.strip())
    number, first = next(shown, (1, ""))  # a line end of another kind leaves nothing to see
    hidden = [each for each in first[:8] if each in _INVISIBLE or category(each) == "Cf"]
    bare = "".join(each for each in first if each not in hidden).strip()
    if hidden and bare.startswith("---"):
        name = _INVISIBLE.get(hidden[0], "a sign that is not shown")
        says = f"{name} (U+{ord(hidden[0]):04X}) stands before the three dashes; it cannot be seen."
        return number, says, "Delete the line and type --- anew."
    if bare.startswith("---"):
        return number, f"the first line has “{bare[3:].strip()}” after its dashes.", "Write: ---"
    if bare[:1] in _DASHES and len(set(bare)) == 1:
        says = f"the first line is of {_DASHES[bare[0]]}, not of hyphens (-)."
        return number, says, "Type three hyphens: ---, there and where it is closed."
    if re.fullmatch(r"[-*_=]+", bare):
        return number, f"the first line is {bare}, not three dashes.", "Write: ---"
    for mark, what in _OTHER_SYSTEMS.items():
        if bare.startswith(mark):
            says = f"the file does not begin with a line of three dashes: {mark} {what}."
            return number, says, EXAMPLE
    return number, "the file does not begin with a line of three dashes.", EXAMPLE


# Neither YAML nor Slack can carry these; they come in with text pasted from other programs.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAKS = {0x85: " ", 0x2028: " ", 0x2029: " ", ord("\r"): " ", 0xFEFF: ""}


def lines_of(text: str) -> list[str]:
    """The lines without their ends and without a byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def parse(slug: str, text: str) -> tuple[Playbook, list[Problem]]:
    """Read one file.

    Problems in the list leave the playbook usable: what cannot be read is taken the careful way
    (a wrong date as never verified, a wrong limit as not set). Raises BrokenPlaybook where there
    is no careful way: no title, a state that is none, YAML that cannot be read.
    """
    playbook, problems = _read(slug, text)
    return playbook, list(problems)


@lru_cache(maxsize=256)  # a page of the editor reads the same few texts several times
def _read(slug: str, text: str) -> tuple[Playbook, tuple[Problem, ...]]:
    notes = Notes(f"{slug}.md")
    document = body.cut(lines_of(text))
    front = _front_matter(notes, text, document)
    values = front.values
    errors = {p.field for p in notes.problems if p.severity is Severity.ERROR}
    if "title" not in values and "title" not in errors:
        fix = "Add a line with the customer's words, such as title: They charged me twice."
        line = front.first + front.at.get("title", 0)
        notes.error(line, "title", "there is no title.", fix)
        errors.add("title")
    _judge(notes, document)
    problems = sorted(notes.problems, key=lambda problem: problem.line)
    if errors & {"title", "state"}:
        raise BrokenPlaybook(problems)
    playbook = Playbook(
        **values,
        slug=slug,
        say_first=body.text_of(document.under("say_first")),
        ask=body.text_of(document.under("ask")) or DEFAULT_ASK,
        do=tuple(item for _, item in body.items_of(document.under("do"))),
        avoid=tuple(item for _, item in body.items_of(document.under("avoid"))),
        if_stuck=body.text_of(document.under("if_stuck")),
        close=body.text_of(document.under("close")),
        scripts=tuple(script for _, script in body.scripts_of(document.under("scripts"))),
        digest=digest_of(text),
    )
    return playbook, tuple(problems)


def places_of(text: str) -> dict[str, int]:
    """The line of each field in a file that can be read, counted from 1."""
    lines = lines_of(text)
    document = body.cut(lines)
    places = {section.field: section.line + 1 for section in reversed(document.sections)}
    for n in range(document.opened, document.closed):
        if key := re.match(r"([a-z_]+)\s*:", lines[n]):
            places.setdefault(key[1], n + 1)
    return places


def _front_matter(notes: Notes, text: str, document: body.Document) -> FrontMatter:
    lines, first = lines_of(text), document.opened + 1
    if not text.strip("\ufeff \t\r\n"):
        raise notes.broken(0, "", "the file is empty.", EXAMPLE)
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        says = f"there is a control character (U+{ord(control[0]):04X}) in the line."
        raise notes.broken(line, "", says, "Type the line anew.")
    if document.opened < 0:
        line, says, fix = why_not_begun(text.removeprefix("\ufeff"))
        raise notes.broken(line, "", says, fix)
    end = document.closed if document.closed >= 0 else len(lines)
    found = body.headings(lines[:end], first)
    inside = [n for n, level, name in found if level == 2 and body.field_of(name)]
    if inside or document.closed < 0:
        where = f"above line {inside[0] + 1}" if inside else "after the last name and value"
        says = "the front matter is not closed by a second line of three dashes."
        raise notes.broken(first, "", says, f"Put a line of --- {where}.")
    front = [line.translate(_LINE_BREAKS) for line in lines[first : document.closed]]
    return read_front_matter(notes, front, first + 1)


def _judge(notes: Notes, document: body.Document) -> None:
    """Note what stands in the body and reaches nobody, or reaches them in another shape."""
    for n, says, fix in document.faults:
        notes.warn(n + 1, "", says, fix)
    first = document.sections[0].line if document.sections else len(document.shown)
    above = range(document.closed + 1, first)
    if lost := [n for n in above if re.match(r"\s*[^#\s]", document.shown[n])]:
        says = "text above the first ## heading is not shown to agents."
        fix = "Move it under a heading, or make it a <!-- comment -->."
        notes.warn(lost[0] + 1, "", says, fix)
    for section in document.sections:
        name = section.heading.strip()
        if not document.shown[section.line].lstrip().startswith("#"):
            says = f"“{document.shown[section.line].strip()}” is read as a section."
            notes.warn(section.line + 1, "", says, f"Write: ## {name}")
    inside = ""
    for n, level, name in body.headings(document.shown, document.closed + 1):
        field = body.field_of(name)
        if level == 2 and not field:
            fix = did_you_mean(name, list(SECTIONS.values()))
            notes.warn(n + 1, name, f"the section {name} is kept and not shown.", fix)
        elif level != 2 and field and inside != "scripts":
            says = f"{name} is a section and needs exactly two # signs."
            notes.warn(n + 1, "", says, f"Write: ## {name}")
        inside = field if level == 2 else inside
