"""Blanks in words to send: Mend's own, {amount}, and those of other help desks, [Customer Name].

Whoever writes a script is told of the foreign ones; all the same each is asked for as if it were
Mend's own, because a text with a blank left, of whatever notation, is never handed out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_BRACED = r"\{+[^{}\n]*\}+"
_OWN = (rf"\[\s*{_BRACED}\s*\]", rf"<<?\s*{_BRACED}\s*>>?", rf"%{_BRACED}%", _BRACED, r"[{}]")
_NAMED = r"[A-Za-z][A-Za-z0-9 _.’'/-]{0,40}"
_ASKED = (
    "name|date|amount|number|reference|ref|order|time|address|email|phone|agent|customer|company"
)
_SURE = (
    rf"\[{_NAMED}\](?![(\[:])",  # no link
    rf"<<?(?!https?:|mailto:|tel:){_NAMED}>>?",
    rf"(%|@@|\$|##?|\|)(?=[A-Za-z]){_NAMED}\1",
    r"\*\|[A-Za-z_]+\|\*",
    r"_{3,}",
)
_PERHAPS = (
    rf"\((?:(?:insert|your|the|customer|agent|order|case|first|last) )*(?:{_ASKED})\)",
    r"\b(?:X{3,12}|x{4,12})\b",
    r"(?<![\w.…])(?:\.{3,}|…)(?![\w.…])",
)


def _any(forms: tuple[str, ...]) -> str:
    return "|".join(f"(?:{form})" for form in forms)


_FOREIGN = [
    (re.compile(_any(forms)), is_sure) for forms, is_sure in ((_SURE, True), (_PERHAPS, False))
]
_EVERY = re.compile(_any((*_OWN, *_SURE, *_PERHAPS)))


@dataclass(frozen=True, slots=True)
class Blank:
    """A place in a text that is still open.

    Blanks of one `name` are one, however they are written; those without a name ("____") are
    numbered, because each may stand for something else.
    """

    name: str
    mark: str  # as it stands in the text


@dataclass(frozen=True, slots=True)
class Reading:
    """A text cut at its blanks."""

    parts: tuple[str | Blank, ...]

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """In reading order, each name once."""
        found: dict[str, Blank] = {}
        for part in self.parts:
            if isinstance(part, Blank):
                found.setdefault(part.name, part)
        return tuple(found.values())

    def filled(self, words: Mapping[str, str]) -> str:
        """The text with every blank filled; raises KeyError where one is left open."""
        return "".join(part if isinstance(part, str) else words[part.name] for part in self.parts)


def read(text: str) -> Reading:
    return Reading(tuple(part for part in _cut(text) if part))


def _cut(text: str) -> Iterator[str | Blank]:
    last = nameless = 0
    for found in _EVERY.finditer(text):
        yield text[last : found.start()]
        last = found.end()
        name = re.sub(r"^[\W_]+|[\W_]+$", "", found[0]).casefold()
        if not name or set(name) == {"x"}:
            nameless += 1
            name = f"blank {nameless}"
        yield Blank(name, found[0])
    yield text[last:]


def foreign_blanks(text: str) -> dict[str, bool]:
    """What in a text looks like the blank of another system; whether it surely is one."""
    return {found[0]: is_sure for form, is_sure in _FOREIGN for found in form.finditer(text)}
