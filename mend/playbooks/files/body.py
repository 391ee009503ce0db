"""The Markdown of a playbook: where its sections stand, and how text, lists and scripts read."""

import re
from dataclasses import dataclass

from mend.playbooks.files import markdown
from mend.playbooks.files.markdown import BREAK, FENCE
from mend.playbooks.model import SECTIONS, Script

# A list's mark, of Markdown or of whatever program the text was pasted from: a bullet or a number,
# a letter, "Step 1:", a number in a box or in bold. A dash may do without its space before a word.
_NUMBER = r"\d{1,3}[.)]"
ITEM = re.compile(
    rf"\s*(?:(?:[-*+•◦‣▪▸►●○■□✓✔➤→·–—]|{_NUMBER}|\(\w{{1,3}}\)|[a-zA-Z][.)]|[ivx]{{2,4}}[.)]"
    rf"|(?:\*\*|__)(?:{_NUMBER}(?:\*\*|__)|\d{{1,3}}(?:\*\*|__)[.)])"
    r"|(?:\*\*)?(?:[Ss]tep|STEP|[Pp]aso|[Hh]akbang) ?\d{1,2}(?:[.):]| [-–])?(?:\*\*)?:?"
    r"|\d\ufe0f?\u20e3|\U0001f51f|[①-⑳])\s+(?:\[[ xX]\]\s+)?(?=\S)|[-–—•](?=[^\W\d_]))"
)
Span = tuple[int, int]

_FENCE = re.compile(r"---\s*$")
_HEADING = re.compile(r"(#{1,6})\s*(.*?)\s*#*\s*$")
_QUOTE = re.compile(r"^\s*>\s?")
_CALLED = re.compile(r"\s*(\*\*|__)?([A-Za-z ]+?)\s*(:?)\s*(\*\*|__)?\s*(:?)\s*$")
_UNDERLINE = re.compile(r" {0,3}(?:-{2,}|={2,})\s*$")
_FIELD_OF = {heading.casefold(): field for field, heading in SECTIONS.items()}


@dataclass(frozen=True, slots=True)
class Section:
    """A `## heading` at `line` and what stands under it, up to `end`.

    `field` is the playbook's field, or "" for a heading Mend does not know.
    """

    field: str
    heading: str
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file cut up; lines count from 0, and a fence that is missing is at -1.

    `shown` are the plain lines, one for one; `faults` say by line what was guessed in them.
    """

    shown: list[str]
    opened: int
    closed: int
    sections: list[Section]
    faults: list[tuple[int, str, str]]

    def under(self, field: str) -> list[str]:
        """The lines under a heading; of a heading that stands twice, the lines of both."""
        parts = [self.shown[s.line + 1 : s.end] for s in self.sections if s.field == field]
        return [line for part in parts for line in [*part, ""]]


def cut(lines: list[str]) -> Document:
    """Find the parts of a file. Never fails: what is missing is not there."""
    fences = [n for n, line in enumerate(lines) if _FENCE.match(line)]
    opened = fences[0] if fences and not "".join(lines[: fences[0]]).strip() else -1
    closed = fences[1] if opened >= 0 and len(fences) > 1 else -1
    start = max(opened, closed) + 1
    found = markdown.plain(lines[start:])
    shown = lines[:start] + found.lines
    heads = _section_heads(shown, lines, start)
    ends = [n for n, _ in heads[1:]] + [len(lines)]
    sections = [
        Section(field_of(text), text, n, end) for (n, text), end in zip(heads, ends, strict=False)
    ]
    faults = [(start + n, says, fix) for n, says, fix in found.faults]
    return Document(shown, opened, closed, sections, faults)


def _section_heads(shown: list[str], lines: list[str], start: int) -> list[tuple[int, str]]:
    """Line and name of what begins a section: a heading of two signs, and whatever is called as a
    section, for what is to be avoided must never be read as a step. Under Scripts, where names and
    messages stand, only two signs do."""
    named = {n: (level, text) for n, level, text in headings(shown, start)}
    heads: list[tuple[int, str]] = []
    field = ""
    for n in range(start, len(shown)):
        level, text = named.get(n, (0, ""))
        if field != "scripts" and not level:
            text = _called(shown, lines, n)
        if level == 2 or (field != "scripts" and field_of(text)):
            heads.append((n, text))
            field = field_of(text)
    return heads


def _called(shown: list[str], lines: list[str], n: int) -> str:
    """The section that a line is the name of though it is no heading: **Avoid**, Avoid:, or Avoid
    with a line of dashes under it; else ""."""
    match = _CALLED.match(shown[n])
    if not match or not field_of(match[2]):
        return ""
    is_bold, is_colon = bool(match[1] and match[4]), bool(match[3] or match[5])
    is_underlined = n + 1 < len(lines) and bool(_UNDERLINE.match(lines[n + 1]))
    return match[2] if is_bold or is_colon or is_underlined else ""


def field_of(heading: str) -> str:
    """The field a heading stands for, or ""."""
    return _FIELD_OF.get(heading.strip("*_ ").rstrip(":").strip("*_ ").casefold(), "")


def headings(lines: list[str], start: int = 0) -> list[tuple[int, int, str]]:
    """Line, level and text of each heading in plain lines that is not in a code block."""
    found: list[tuple[int, int, str]] = []
    code = False
    for n, line in enumerate(lines[start:], start):
        if line == FENCE:
            code = not code
        elif not code and (match := _HEADING.match(line)) and match[2]:
            found.append((n, len(match[1]), match[2]))
    return found


def text_of(lines: list[str]) -> str:
    """A section's text: lines of a paragraph joined, paragraphs and list items on their own."""
    parts: list[str] = []
    fresh = True
    for line in lines:
        text = _QUOTE.sub("", line).strip() if line != FENCE else ""
        if text and (fresh or ITEM.match(line)):
            parts.append(text)
        elif text:
            parts[-1] += f" {text}"
        fresh = not text
    return "\n".join(parts).replace(BREAK, "\n")


def items_of(lines: list[str]) -> list[tuple[Span, str]]:
    """The items of a list with their lines. Without list marks every paragraph is an item, and
    what stands in a code block belongs to the item above it."""
    items: list[tuple[Span, str]] = []
    fresh, code = True, False
    for n, line in enumerate(lines):
        if line == FENCE:
            code = not code
            continue
        for place, part in enumerate(line.split(BREAK)):
            mark = None if code else ITEM.match(part)
            text = part[mark.end() if mark else 0 :].strip()
            runs_on = code or not fresh or line.startswith(("  ", "\t"))
            if text and items and not mark and runs_on and not place:
                (start, _), so_far = items[-1]
                items[-1] = (start, n + 1), f"{so_far} {text}"
            elif text:
                items.append(((n, n + 1), text))
            fresh = not text
    return items


def scripts_of(lines: list[str]) -> list[tuple[Span, Script]]:
    """The scripts under `### name` headings with their lines, empty lines at the end left out.

    Text before the first heading is a script that nobody gave a name; it starts at -1.
    """
    heads = [(-1, "Script"), *((n, name) for n, level, name in headings(lines) if level >= 3)]
    scripts: list[tuple[Span, Script]] = []
    ends = [n for n, _ in heads[1:]] + [len(lines)]
    for (start, name), end in zip(heads, ends, strict=True):
        while end > start + 1 and not lines[end - 1].strip():
            end -= 1
        if text := message_of(lines[start + 1 : end]):
            scripts.append(((start, end), Script(name, text)))
    return scripts


def message_of(lines: list[str]) -> str:
    """A message to send: wrapped lines joined, empty lines between paragraphs kept, and what
    stands in a code fence as it was typed."""
    text = ""
    joint = "\n\n"
    code = False
    for line in lines:
        if line == FENCE:
            code = not code
            joint = "\n\n"
        elif code:
            text += joint + line
            joint = "\n"
        elif not line.strip():
            joint = "\n\n"
        else:
            shown = _QUOTE.sub("", line).strip().replace(BREAK, "\n")
            joint = "\n" if joint == " " and ITEM.match(line) else joint
            text += joint + shown.removesuffix("\\").rstrip()
            joint = "\n" if shown.endswith("\\") or line.endswith("  ") else " "
    return text.strip()
