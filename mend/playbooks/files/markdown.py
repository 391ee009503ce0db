"""Markdown as people paste it, in plain lines: comments, rules, code fences and HTML put aside.

Lines stay one for one, so that whatever is found in the plain lines can be changed in the file.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mend.playbooks.model import SECTIONS

# Stands for the line that opens or closes a code block; no file may hold this character.
FENCE = "\x00"
BREAK = "\x01"  # stands for <br>, within a line

_LIST = r"(?:[-*+•]|\d{1,3}[.)])[ \t]+"
_OPENS = re.compile(rf"([ \t]*(?:>[ \t]?)*(?:{_LIST})?)(?:(`{{3,}})([^`]*)|(~{{3,}})(.*))$")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_KNOWN = "|".join(SECTIONS.values())
_SECTION = re.compile(rf"[ \t]{{0,3}}#{{1,6}}[ \t]*(?:{_KNOWN})[ \t]*:?[ \t]*#*[ \t]*$", re.I)
_TAG_NAMES = """
    a abbr article b blockquote body br button caption center code col colgroup dd del details div
    dl dt em figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins
    kbd label li link main mark meta nav ol p pre s script section small span strike strong style
    sub summary sup svg table tbody td tfoot th thead title tr u ul video
"""
_TAG = re.compile(
    rf"</?(?:{'|'.join(_TAG_NAMES.split())})(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*/?>", re.I
)
_ITEM_TAG = re.compile(r"<li(?:\s[^<>]*)?>\s*", re.I)
_BREAK_TAG = re.compile(r"<br\s*/?>|</p>(?=\s*\S)|</li>(?=\s*\S)|</div>(?=\s*\S)|</tr>", re.I)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);", re.I)
_BETWEEN = re.compile(r"\s*(?<!\\)\|\s*")


@dataclass
class Plain:
    """`lines` one for one with the file's; `faults` by line from 0: what is wrong, and the cure."""

    lines: list[str]
    faults: list[tuple[int, str, str]] = field(default_factory=list)


def plain(lines: Sequence[str]) -> Plain:
    """The lines without what is not to be read aloud. Never fails; what was guessed is a fault."""
    found = Plain([])
    place = 0
    while place < len(lines):
        line = lines[place]
        if opening := _OPENS.match(line):
            place = _code(found, lines, place, opening)
        elif "<!--" in line:
            place = _comment(found, lines, place)
        else:
            found.lines.append(_text(found, lines, place))
            place += 1
    return found


def shown(lines: Sequence[str]) -> list[str]:
    """Only the plain lines."""
    return plain(lines).lines


def _code(found: Plain, lines: Sequence[str], place: int, opening: re.Match[str]) -> int:
    """A code block with what closes it; one that is not closed is text, and ends no section."""
    mark = opening[2] or opening[4]
    closes = re.compile(rf"[ \t]*(?:>[ \t]?)*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    end = _section_after(lines, place)
    for last in range(place + 1, end):
        if closes.match(lines[last]):
            code = [
                re.sub(r"^[ \t]*>[ \t]?", "", each) if ">" in opening[1] else each
                for each in lines[place + 1 : last]
            ]
            if code and re.search(r"\S", opening[1].replace(">", "")):  # the list item it begins
                found.lines += ["", opening[1] + code[0].strip(), *(c.strip() for c in code[1:])]
                found.lines.append("")
            else:
                found.lines += [FENCE, *code, FENCE]
            if any("<!--" in each for each in code):
                says = "a code block holds <!--, which is handed out as it stands."
                found.faults.append((place, says, "Take it out, or close the block above it."))
            return last + 1
    says = f"a code block is opened by {mark} and not closed in its section."
    found.faults.append((place, says, f"Close it with a line of {mark}, or take the {mark} out."))
    said = (opening[3] or opening[5] or "").strip()
    found.lines.append(f"{opening[1]}{said}" if said else "")
    return place + 1


def _comment(found: Plain, lines: Sequence[str], place: int) -> int:
    """Takes out the comments that begin in a line; one that is not closed ends at a heading."""
    line, end = lines[place], _section_after(lines, place)
    kept = ""
    while "<!--" in line:
        before, _, rest = line.partition("<!--")
        kept += before
        if "-->" in rest:
            line = rest.partition("-->")[2]
            continue
        whole = len(lines)
        last = next((n for n in range(place + 1, whole) if "-->" in lines[n]), -1)
        if last < 0:
            says = "a comment is opened and not closed: nothing is shown up to the next section."
            found.faults.append((place, says, "Close it with --> where it ends."))
            found.lines += [kept, *[""] * (end - place - 1)]
            return end
        found.lines += [kept, *[""] * (last - place - 1)]
        place, line, kept = last, lines[last].partition("-->")[2], ""
    found.lines.append(_plain_html(found, kept + line, place))
    return place + 1


def _section_after(lines: Sequence[str], place: int) -> int:
    return next((n for n in range(place + 1, len(lines)) if _SECTION.match(lines[n])), len(lines))


def _text(found: Plain, lines: Sequence[str], place: int) -> str:
    line = lines[place]
    if _RULE.match(line):
        return ""
    if line.lstrip().startswith("|") or (_TABLE_RULE.match(line) and "|" in line):
        return _row(found, lines, place)
    return _plain_html(found, line, place)


def _row(found: Plain, lines: Sequence[str], place: int) -> str:
    """A row of a table as a line of its own, its cells side by side."""
    line = lines[place].strip()
    if _TABLE_RULE.match(line):
        return ""
    if not place or not lines[place - 1].lstrip().startswith("|"):
        says = "a table is shown as plain lines, one a row."
        found.faults.append((place, says, "Say it in lines, so that it reads well on a phone."))
    cells = [cell for cell in _BETWEEN.split(line.strip("|").strip()) if cell]
    return f"• {_plain_html(found, ' · '.join(cells), place)}" if cells else ""


def _plain_html(found: Plain, line: str, place: int) -> str:
    if not (_TAG.search(line) or _ENTITY.search(line)):
        return line
    if _TAG.search(line) and not any("HTML" in says for _, says, _ in found.faults):
        says = "HTML is taken out and its text shown."
        found.faults.append((place, says, "Write it as plain text: a step a line, no tags."))
    text = _ITEM_TAG.sub(f"{BREAK}- ", line)
    text = _TAG.sub("", _BREAK_TAG.sub(BREAK, text))
    text = re.sub(rf"[ \t]*{BREAK}(?:[ \t]*{BREAK})*[ \t]*", BREAK, text).strip(BREAK)
    return html.unescape(text).replace("\xa0", " ")
