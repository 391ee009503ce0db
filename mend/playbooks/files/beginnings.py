"""Says why a file does not begin as a playbook does: the cause is often one that nobody sees."""

from __future__ import annotations

import re
import unicodedata

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
    hidden = [each for each in first[:8] if each in _INVISIBLE or _is_format(each)]
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


def _is_format(character: str) -> bool:
    return unicodedata.category(character) == "Cf"
