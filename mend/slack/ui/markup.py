"""Text as Slack reads it: escaped, cut to length, with moments shown in the reader's own zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

NUDGE = "…"


def escape(text: str) -> str:
    """Text of people or files, for places where Slack parses (docs.slack.dev, formatting text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def local_time(moment: datetime, zone: ZoneInfo) -> str:
    """Shown by Slack in the reader's own zone; where it cannot, in `zone`."""
    return _date(moment, zone, "{date_short_pretty} {time}")


def local_since(moment: datetime, zone: ZoneInfo) -> str:
    """The same, with how long ago that is, which Slack keeps up to date."""
    return _date(moment, zone, "{date_short_pretty} {time} ({ago})")


def local_day(moment: datetime) -> str:
    """The day alone."""
    return _date(moment, ZoneInfo("UTC"), "{date_short_pretty}")


def _date(moment: datetime, zone: ZoneInfo, form: str) -> str:
    fallback = f"{moment.astimezone(zone):%-d %B %H:%M}"
    return f"<!date^{int(moment.timestamp())}^{form}|{fallback}>"


def shortened(text: str, length: int) -> str:
    """At most `length` characters, cut between words where that loses little."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > length * 0.8 else cut).rstrip() + NUDGE


def split(text: str, length: int) -> list[str]:
    """The text in parts of at most `length` characters, between lines where it can be.

    Joined, the parts are the text.
    """
    parts = []
    while len(text) > length:
        line_end = text.rfind("\n", 0, length) + 1
        cut = line_end or length
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]
