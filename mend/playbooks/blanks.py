"""Blanks as other help desks write them: [Customer Name], <<name>>, %NAME%, XXXX, …

Braces are Mend's own and judged there. A text with such a blank would be sent with it, so whoever
writes a script is told.
"""

from __future__ import annotations

import re

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
_BLANKS = [
    (re.compile("|".join(f"(?:{form})" for form in forms)), is_sure)
    for forms, is_sure in ((_SURE, True), (_PERHAPS, False))
]


def foreign_blanks(text: str) -> dict[str, bool]:
    """What in a text looks like a blank that nobody would fill in; whether it surely is one."""
    return {found[0]: is_sure for form, is_sure in _BLANKS for found in form.finditer(text)}
