"""Several values in the one string that Slack keeps for a button, a choice or a form."""

from __future__ import annotations

import json

from mend.db.model import Refused

OLD_VALUE = "This button is from an older version of Mend. Nothing was done; open it once more."


def pack(*parts: object) -> str:
    """Several values as the one that a button or a form carries."""
    return json.dumps(parts, ensure_ascii=False)


def unpack(value: str, count: int) -> list[str]:
    """What `pack` made of at most `count` values, as texts; empty ones in the place of missing.

    A yes is "1" and a no is empty, so that bool() reads them. Buttons that an older Mend made,
    with spaces in between, still stand in Slack and are read. Raises Refused for what neither of
    them made.
    """
    try:
        parts = json.loads(value)
    except ValueError:
        parts = value.split(" ", count - 1)
    if not isinstance(parts, list):
        parts = [value]
    if len(parts) > count or not all(isinstance(part, str | int) for part in parts):
        raise Refused(OLD_VALUE)
    return [_as_text(part) for part in parts] + [""] * (count - len(parts))


def _as_text(part: str | int) -> str:
    if isinstance(part, bool):
        return "1" if part else ""
    return str(part)
