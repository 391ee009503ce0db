"""How the text of a setting is read. Each reader raises ValueError with what is wrong with it."""

import re
from collections.abc import Callable
from datetime import time
from ipaddress import ip_address
from zoneinfo import ZoneInfo, available_timezones

from mend.ownit.model import Visibility
from mend.people.model import DAY_NAMES
from mend.settings.secrets import kind_of, quoted

_OFFSET = re.compile(r"(?:etc/)?(?:utc|gmt)?\s?([+-])0?(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
PLACES = {  # hours east of Greenwich → where it is that late
    "-10": "Pacific/Honolulu",
    "-9": "America/Anchorage",
    "-8": "America/Los_Angeles",
    "-7": "America/Denver",
    "-6": "America/Chicago",
    "-5": "America/New_York",
    "-4": "America/Halifax",
    "-3": "America/Sao_Paulo",
    "-1": "Atlantic/Cape_Verde",
    "+0": "Europe/London",
    "+1": "Europe/Berlin",
    "+2": "Africa/Johannesburg",
    "+3": "Africa/Nairobi",
    "+4": "Asia/Dubai",
    "+5": "Asia/Karachi",
    "+5:30": "Asia/Kolkata",
    "+6": "Asia/Dhaka",
    "+7": "Asia/Bangkok",
    "+8": "Asia/Manila",
    "+9": "Asia/Tokyo",
    "+9:30": "Australia/Adelaide",
    "+10": "Australia/Sydney",
    "+12": "Pacific/Auckland",
}


def ended(sentence: str) -> str:
    """With a full stop, unless it ends in a mark of its own."""
    return sentence if sentence.endswith(("?", "!", ".")) else f"{sentence}."


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


def signing_secret(value: str) -> str:
    """Slack writes 32 hexadecimal digits; what is another kind of secret for sure is refused."""
    kind = kind_of(value)
    if kind.endswith(("token", "(token rotation)", "webhook")) or not re.fullmatch(
        r"[!-~]*", value
    ):
        raise ValueError("is not a signing secret")
    return value


def host(value: str) -> str:
    """An IP address of this machine, or localhost; brackets around IPv6 are taken off."""
    bare = value.removeprefix("[").removesuffix("]")
    try:
        return bare if bare == "localhost" else str(ip_address(bare))
    except ValueError:
        raise ValueError("is not an IP address") from None


def workdays(value: str) -> frozenset[int]:
    names = [part for part in re.split(r"[,\s]+", value.lower()) if part]
    if not names or any(name not in DAY_NAMES for name in names):
        raise ValueError(f"is not a list of {', '.join(DAY_NAMES)}")
    return frozenset(DAY_NAMES.index(name) for name in names)


def visibility(value: str) -> Visibility:
    choices = {"ask": Visibility.ONLY_ME, "with_me": Visibility.AS_ME}
    return choices[one_of(*choices)(value)]


def number(of: str, least: int, most: int) -> Callable[[str], int]:
    """A whole number from one to the other; `of` is what it counts."""

    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise ValueError(f"is not a {of} from {least} to {most}")
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
        near = _zone_like(value)
        hint = f"; did you mean {near}?" if near else ""
        raise ValueError(f"is not a time zone of the IANA list{hint}") from None


def _zone_like(value: str) -> str:
    """A zone that was probably meant: by its city, or by its hours from Greenwich."""
    offset = _OFFSET.fullmatch(value.strip())
    if offset:
        sign, hours, minutes = offset.groups()
        return PLACES.get(f"{sign}{hours}{f':{minutes}' if minutes and int(minutes) else ''}", "")
    last = value.rpartition("/")[2].strip().replace(" ", "_").casefold()
    names = (name for name in available_timezones() if not name.startswith("Etc/"))
    near = [name for name in names if name.casefold().endswith(f"/{last}")]
    return min(near) if last and near else ""


def zone_warning(value: str) -> str:
    """A sentence for a zone whose sign means the opposite of what it reads as, or empty."""
    offset = re.fullmatch(r"Etc/GMT([+-])(\d{1,2})", value)
    if not offset or offset[2] == "0":
        return ""
    behind, turned = ("behind", "-") if offset[1] == "+" else ("ahead of", "+")
    place = PLACES.get(f"{turned}{offset[2]}")
    return (
        f"{value} is {offset[2]} hours {behind} Greenwich: the signs of Etc zones are reversed."
        + (f" {place} says the same plainly." if place else "")
    )


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
            f"holds {', '.join(map(quoted, wrong))}, which is no member ID (profile, ⋮, Copy"
            " member ID) and no user group ID (S…)"
        )
    return frozenset(ids)
