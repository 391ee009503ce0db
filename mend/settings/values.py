"""How the text of a setting is read. Each reader raises ValueError with what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from zoneinfo import ZoneInfo, available_timezones

from mend.ownit.model import Visibility
from mend.people.model import DAY_NAMES, LEAST_K


def matching(pattern: str, what: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value and not re.fullmatch(pattern, value):
            raise ValueError(f"is not {what}")
        return value

    return parse


def one_of(*allowed: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value.lower() not in allowed:
            raise ValueError(f"is not one of {', '.join(allowed)}")
        return value.lower()

    return parse


def port(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 0 <= int(value) <= 65535:
        raise ValueError("is not a port from 0 to 65535")
    return int(value)


def workdays(value: str) -> frozenset[int]:
    names = [part for part in re.split(r"[,\s]+", value.lower()) if part]
    if not names or any(name not in DAY_NAMES for name in names):
        raise ValueError(f"is not a list of {', '.join(DAY_NAMES)}")
    return frozenset(DAY_NAMES.index(name) for name in names)


def people_behind(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not LEAST_K <= int(value) <= 1000:
        raise ValueError(f"is not a number of people, {LEAST_K} or more")
    return int(value)


def visibility(value: str) -> Visibility:
    choices = {"ask": Visibility.ONLY_ME, "with_me": Visibility.AS_ME}
    return choices[one_of(*choices)(value)]


def minutes(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) > 1440:
        raise ValueError("is not a number of minutes from 0 to 1440")
    return int(value)


def days(least: int, most: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise ValueError(f"is not a number of days from {least} to {most}")
        return int(value)

    return parse


def short(value: str) -> str:
    if len(value) > 300:
        raise ValueError("is longer than 300 characters")
    return value


def zone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        last = value.rpartition("/")[2].strip().replace(" ", "_").casefold()
        near = [name for name in available_timezones() if name.casefold().endswith(f"/{last}")]
        hint = f"; did you mean {min(near)}?" if last and near else ""
        raise ValueError(f"is not a time zone of the IANA list{hint}") from None


def time_of_day(value: str) -> time:
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
        raise ValueError("is not a time of day from 00:00 to 23:59")
    hour, minute = value.split(":")
    return time(int(hour), int(minute))


def time_or_never(value: str) -> time | None:
    return time_of_day(value) if value else None


def people(value: str) -> frozenset[str]:
    ids = [part for part in re.split(r"[,\s]+", value) if part]
    wrong = [part for part in ids if not re.fullmatch(r"[UWS][A-Z0-9]{2,}", part)]
    if wrong:
        raise ValueError(
            f"holds {', '.join(wrong)}, which is no member ID (profile, ⋮, Copy member ID) and no"
            " user group ID (S…)"
        )
    return frozenset(ids)
