"""Everything an operator may set: one table that is read, checked and written as `.env.example`.

A value that cannot be read stops the start with a sentence for each key that is wrong: which key,
what was wrong, an example of right. Nothing here touches a file or the network.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from mend.domain.entries import Visibility


class BadSettings(Exception):
    """One sentence a key that is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """What the rows of SETTINGS parse to; the fields are the rows' keys in lower case."""

    slack_bot_token: str
    slack_app_token: str
    slack_signing_secret: str
    slack_api_url: str
    mend_mode: str
    mend_port: int
    mend_database_url: str
    mend_playbooks: str
    mend_model: str
    mend_channel: str
    mend_timezone: ZoneInfo
    mend_recap_time: time
    mend_admins: frozenset[str]
    mend_supervisors: frozenset[str]
    mend_help_reminder_minutes: int
    mend_lookback_days: int
    mend_visibility_default: str
    mend_retention_days: int
    mend_policy_url: str
    mend_help_line: str
    mend_privacy_contact: str
    mend_log_level: str

    def missing_for_slack(self) -> list[str]:
        """A sentence for each token that the chosen mode needs and does not have."""
        needed = {
            "SLACK_BOT_TOKEN": self.slack_bot_token,
            **(
                {"SLACK_APP_TOKEN": self.slack_app_token}
                if self.mend_mode == "socket"
                else {"SLACK_SIGNING_SECRET": self.slack_signing_secret}
            ),
        }
        rows = {row.key: row for row in SETTINGS}
        return [
            f"{key} is not set, and MEND_MODE={self.mend_mode} needs it. {rows[key].help}"
            f" It looks like {rows[key].example}"
            for key, value in needed.items()
            if not value
        ]


@dataclass(frozen=True, slots=True)
class Setting:
    """One row. `parse` raises ValueError with what is wrong; `default` is parsed like any value."""

    key: str
    parse: Callable[[str], Any]
    default: str
    example: str
    help: str


def _matching(pattern: str, what: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value and not re.fullmatch(pattern, value):
            raise ValueError(f"is not {what}")
        return value

    return parse


def _one_of(*allowed: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value.lower() not in allowed:
            raise ValueError(f"is not one of {', '.join(allowed)}")
        return value.lower()

    return parse


def _port(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 0 <= int(value) <= 65535:
        raise ValueError("is not a port from 0 to 65535")
    return int(value)


def _minutes(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) > 1440:
        raise ValueError("is not a number of minutes from 0 to 1440")
    return int(value)


def _days(least: int, most: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise ValueError(f"is not a number of days from {least} to {most}")
        return int(value)

    return parse


def _short(value: str) -> str:
    if len(value) > 300:
        raise ValueError("is longer than 300 characters")
    return value


def _zone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError("is not a time zone of the IANA list") from None


def _time_of_day(value: str) -> time:
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
        raise ValueError("is not a time of day from 00:00 to 23:59")
    hour, minute = value.split(":")
    return time(int(hour), int(minute))


def _people(value: str) -> frozenset[str]:
    ids = [part for part in re.split(r"[,\s]+", value) if part]
    wrong = [part for part in ids if not re.fullmatch(r"[UW][A-Z0-9]{2,}", part)]
    if wrong:
        raise ValueError(
            f"holds {', '.join(wrong)}, which is not a member ID (profile, ⋮, Copy member ID)"
        )
    return frozenset(ids)


_URL = _matching(r"https?://\S+", "an address that starts with https:// or http://")

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "SLACK_BOT_TOKEN",
        _matching(r"xoxb-\S+", "a bot token (xoxb-…)"),
        "",
        "xoxb-1234-5678-abcd",
        "OAuth & Permissions, Bot User OAuth Token.",
    ),
    Setting(
        "SLACK_APP_TOKEN",
        _matching(r"xapp-\S+", "an app-level token (xapp-…)"),
        "",
        "xapp-1-A0123-456-abcd",
        "Basic Information, App-Level Tokens, scope connections:write. For MEND_MODE=socket.",
    ),
    Setting(
        "SLACK_SIGNING_SECRET",
        str,
        "",
        "8f742231b10e8888abcd99yyyzzz85a5",
        "Basic Information, App Credentials. For MEND_MODE=http.",
    ),
    Setting(
        "SLACK_API_URL",
        _URL,
        "https://slack.com/api/",
        "http://127.0.0.1:8765/api/",
        "Where the Web API is; another address points the whole bot at another server.",
    ),
    Setting(
        "MEND_MODE",
        _one_of("socket", "http"),
        "socket",
        "socket",
        "socket: Mend calls Slack, nothing to open. http: Slack calls Mend at /slack/events.",
    ),
    Setting("MEND_PORT", _port, "3000", "3000", "The port of MEND_MODE=http; /healthz is there."),
    Setting(
        "MEND_DATABASE_URL",
        _matching(r"sqlite:///.+", "an SQLite address"),
        "sqlite:///data/mend.db",
        "sqlite:////var/lib/mend/mend.db",
        "The database file: sqlite:/// and its path.",
    ),
    Setting("MEND_PLAYBOOKS", str, "playbooks", "playbooks", "The folder of playbooks."),
    Setting(
        "MEND_MODEL",
        str,
        "installed",
        "off",
        "Sentence model of the ranking: installed, off (words only), or a folder with the weights.",
    ),
    Setting(
        "MEND_CHANNEL",
        _matching(r"[CG][A-Z0-9]{2,}", "a channel ID (channel details, at the bottom)"),
        "",
        "C0123456789",
        "The team channel: notes shared by their owners and the daily recap appear there.",
    ),
    Setting("MEND_TIMEZONE", _zone, "UTC", "Asia/Manila", "The team's time zone."),
    Setting(
        "MEND_RECAP_TIME", _time_of_day, "18:00", "18:00", "When the recap is posted, local time."
    ),
    Setting("MEND_ADMINS", _people, "", "U0DEE,U0FAY", "Member IDs of those who edit playbooks."),
    Setting(
        "MEND_SUPERVISORS", _people, "", "U0CAM", "Member IDs of those who are asked for help."
    ),
    Setting(
        "MEND_HELP_REMINDER_MINUTES",
        _minutes,
        "10",
        "10",
        "Remind supervisors when nobody has taken a request for a hand. 0: never.",
    ),
    Setting(
        "MEND_LOOKBACK_DAYS",
        _days(3, 7),
        "5",
        "5",
        "How many days after a note its owner is asked to look back: 3 to 7.",
    ),
    Setting(
        "MEND_VISIBILITY_DEFAULT",
        _one_of("ask", "with_me"),
        "ask",
        "ask",
        "ask: a note stays private until its owner chooses. with_me: posted under their name"
        " at once.",
    ),
    Setting(
        "MEND_RETENTION_DAYS",
        _days(1, 365),
        "30",
        "30",
        "How many days a note's text is kept after the note closed.",
    ),
    Setting(
        "MEND_POLICY_URL",
        _URL,
        "",
        "https://intranet.example/fair-treatment",
        "Your company's signed policy on how owned mistakes are treated. Mend promises nothing"
        " itself.",
    ),
    Setting(
        "MEND_HELP_LINE",
        str,
        "",
        "Employee support, any time: 0800 000 000",
        "Shown, with nothing else, to somebody whose note sounds like distress.",
    ),
    Setting(
        "MEND_PRIVACY_CONTACT",
        _short,
        "",
        "privacy@acme.example or #privacy",
        "Whom to tell when personal data went to the wrong person: shown at once to whoever owns"
        " such a slip. Words or a link.",
    ),
    Setting(
        "MEND_LOG_LEVEL",
        _one_of("debug", "info", "warning", "error"),
        "info",
        "info",
        "How much Mend logs. Never what people wrote, nor who.",
    ),
)


def read(environment: Mapping[str, str]) -> Settings:
    """Parse the rows from `environment`; raises BadSettings with a sentence for each fault."""
    problems = _unknown_keys(environment)
    values: dict[str, Any] = {}
    for row in SETTINGS:
        written = environment.get(row.key, "").strip() or row.default
        try:
            values[row.key.lower()] = row.parse(written)
        except ValueError as wrong:
            problems.append(
                f'{row.key} is "{written}": it {wrong}. Example: {row.key}={row.example}'
            )
    if problems:
        raise BadSettings(problems)
    return Settings(**values)


def _unknown_keys(environment: Mapping[str, str]) -> list[str]:
    known = [row.key for row in SETTINGS]
    problems = []
    for key in sorted(environment):
        if key.startswith("MEND_") and key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else " See .env.example for the list."
            problems.append(f"{key} is not a setting of Mend.{hint}")
    return problems


def example_file() -> str:
    """The text of `.env.example`: every key with its default, what it is for and an example."""
    parts = ["# Copy this to .env and fill in the tokens. (Written by `make manifest`.)\n"]
    for row in SETTINGS:
        parts.append(f"# {row.help}\n# Example: {row.key}={row.example}\n{row.key}={row.default}\n")
    return "\n".join(parts)


def visibility_default(settings: Settings) -> Visibility:
    """Who sees a note before its owner chose."""
    return Visibility.AS_ME if settings.mend_visibility_default == "with_me" else Visibility.ONLY_ME
