"""Everything an operator may set: one table that is read, checked and written as `.env.example`.

A value that cannot be read stops the start with a sentence for each key that is wrong: which key,
what was wrong, an example of right. Nothing here touches a file or the network.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mend.settings import environment as surroundings
from mend.settings import secrets
from mend.settings.values import (
    days,
    ended,
    host,
    matching,
    minutes,
    one_of,
    people,
    people_behind,
    port,
    short,
    signing_secret,
    time_of_day,
    time_or_never,
    visibility,
    workdays,
    zone,
    zone_warning,
)


class BadSettings(Exception):
    """One sentence a key that is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """What the rows of SETTINGS parse to; the fields are the rows' keys in lower case.

    `for_teams` are the texts of the rows about a team that the environment sets: they hold for
    every team, whatever was chosen in Slack. `remarks` are sentences about what may not be meant.
    """

    slack_bot_token: str = field(repr=False)
    slack_app_token: str = field(repr=False)
    slack_signing_secret: str = field(repr=False)
    slack_api_url: str
    mend_mode: str
    mend_host: str
    mend_port: int
    mend_database_url: str
    mend_playbooks: str
    mend_model: str
    mend_channel: str
    mend_admins: frozenset[str]
    mend_allow_guests: str
    mend_help_reminder_minutes: int
    mend_k: int
    mend_retention_days: int
    mend_policy_url: str
    mend_help_line: str
    mend_privacy_contact: str
    mend_log_level: str
    for_teams: Mapping[str, str]
    remarks: tuple[str, ...] = ()

    @property
    def database(self) -> Path:
        """The file of the database; what is derived from it is kept beside it."""
        return Path(self.mend_database_url.removeprefix("sqlite:///"))

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
    """One row. `parse` raises ValueError with what is wrong; `default` is parsed like any value.

    `of_team`: each team may have its own value, chosen in Slack where the environment has none.
    `is_secret`: the value is shown nowhere, not even where it is wrong.
    """

    key: str
    parse: Callable[[str], Any]
    default: str
    example: str
    help: str
    of_team: bool = False
    is_secret: bool = False


_URL = matching(r"https?://\S+", "an address that starts with https:// or http://")

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "SLACK_BOT_TOKEN",
        matching(r"xoxb-[!-~]+", "a bot token (xoxb-…)"),
        "",
        "xoxb-1234-5678-abcd",
        "OAuth & Permissions, Bot User OAuth Token.",
        is_secret=True,
    ),
    Setting(
        "SLACK_APP_TOKEN",
        matching(r"xapp-[!-~]+", "an app-level token (xapp-…)"),
        "",
        "xapp-1-A0123-456-abcd",
        "Basic Information, App-Level Tokens, scope connections:write. For MEND_MODE=socket.",
        is_secret=True,
    ),
    Setting(
        "SLACK_SIGNING_SECRET",
        signing_secret,
        "",
        "8f742231b10e8888abcd99yyyzzz85a5",
        "Basic Information, App Credentials. For MEND_MODE=http.",
        is_secret=True,
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
        one_of("socket", "http"),
        "socket",
        "socket",
        "socket: Mend calls Slack, nothing to open. http: Slack calls Mend at /slack/events.",
    ),
    Setting(
        "MEND_HOST",
        host,
        "127.0.0.1",
        "0.0.0.0",
        "The address of MEND_MODE=http. Others than this machine reach Mend at 0.0.0.0 or, with"
        " IPv6, at :: (a container needs one of them).",
    ),
    Setting("MEND_PORT", port, "3000", "3000", "The port of MEND_MODE=http; /healthz is there."),
    Setting(
        "MEND_DATABASE_URL",
        matching(r"sqlite:///.+", "an SQLite address"),
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
        matching(r"[CG][A-Z0-9]{2,}", "a channel ID (channel details, at the bottom)"),
        "",
        "C0123456789",
        "The team channel: notes shared by their owners and the daily recap appear there.",
    ),
    Setting("MEND_TIMEZONE", zone, "UTC", "Asia/Manila", "The team's time zone.", of_team=True),
    Setting(
        "MEND_COUNTRY",
        matching(r"[A-Z]{2}(-[A-Z0-9]{1,5})?", "a country such as PH or GB-ENG"),
        "",
        "PH",
        "On whose public holidays the team is left in peace.",
        of_team=True,
    ),
    Setting(
        "MEND_WORKDAYS",
        workdays,
        "mon,tue,wed,thu,fri",
        "mon,tue,wed,thu,fri,sat",
        "The weekdays on which the team works.",
        of_team=True,
    ),
    Setting(
        "MEND_RECAP_TIME",
        time_of_day,
        "18:00",
        "18:00",
        "When the recap is posted, local time.",
        of_team=True,
    ),
    Setting(
        "MEND_BRIEF_TIME",
        time_or_never,
        "",
        "08:45",
        "When a brief is posted before the shift, local time. Empty: never.",
        of_team=True,
    ),
    Setting(
        "MEND_ADMINS",
        people,
        "",
        "U0DEE,S0LEADS",
        "Those who edit playbooks: member IDs (U…), or user group IDs (S…) on a paid plan.",
    ),
    Setting(
        "MEND_SUPERVISORS",
        people,
        "",
        "U0CAM,S0LEADS",
        "Those who are asked for help: member IDs (U…), or user group IDs (S…) on a paid plan.",
        of_team=True,
    ),
    Setting(
        "MEND_ALLOW_GUESTS",
        one_of("yes", "no"),
        "no",
        "yes",
        "Whether guests of the workspace may use Mend, as outsourced centres need.",
    ),
    Setting(
        "MEND_HELP_REMINDER_MINUTES",
        minutes,
        "2",
        "2",
        "Remind supervisors, and tell the asker, when nobody took a request for a hand. 0: never.",
    ),
    Setting(
        "MEND_LOOKBACK_DAYS",
        days(3, 7),
        "5",
        "5",
        "How many days after a note its owner is asked to look back: 3 to 7.",
        of_team=True,
    ),
    Setting(
        "MEND_VISIBILITY_DEFAULT",
        visibility,
        "ask",
        "ask",
        "ask: a note stays private until its owner chooses. with_me: posted under their name"
        " at once.",
        of_team=True,
    ),
    Setting(
        "MEND_K",
        people_behind,
        "5",
        "8",
        "How many people must stand behind a line drawn from notes before it is told: 5 or more.",
    ),
    Setting(
        "MEND_RETENTION_DAYS",
        days(1, 365),
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
        short,
        "",
        "privacy@acme.example or #privacy",
        "Whom to tell when personal data went to the wrong person: shown at once to whoever owns"
        " such a slip. Words or a link.",
    ),
    Setting(
        "MEND_LOG_LEVEL",
        one_of("debug", "info", "warning", "error"),
        "info",
        "info",
        "How much Mend logs. Never what people wrote, nor who.",
    ),
)


TEAM_SETTINGS = {row.key: row for row in SETTINGS if row.of_team}


def read(environment: Mapping[str, str]) -> Settings:
    """Parse the rows from `environment`; raises BadSettings with a sentence for each fault."""
    foreign = surroundings.of_services(environment)
    own = {key: value for key, value in environment.items() if key not in foreign}
    problems = _unknown_keys(own)
    values: dict[str, Any] = {}
    for_teams: dict[str, str] = {}
    for row in SETTINGS:
        written = surroundings.unquoted(own.get(row.key, ""))
        try:
            _check_place(row, written)
            value = row.parse(written or row.default)
        except ValueError as wrong:
            shown = secrets.quoted(written, is_secret=row.is_secret)
            said = ended(f"{row.key} is {shown}: it {wrong}")
            problems.append(f"{said} Example: {row.key}={row.example}")
            continue
        if not row.of_team:
            values[row.key.lower()] = value
        elif written:
            for_teams[row.key] = written
    if problems:
        raise BadSettings(problems)
    remarks = [zone_warning(for_teams.get("MEND_TIMEZONE", ""))]
    if foreign:
        remarks.append(surroundings.KUBERNETES.format(keys=", ".join(foreign)))
    return Settings(**values, for_teams=for_teams, remarks=tuple(filter(None, remarks)))


def _check_place(row: Setting, written: str) -> None:
    """Raises ValueError for a secret in a setting whose value is shown to people or in the log."""
    kind = "" if row.is_secret else secrets.kind_of(written)
    if kind:
        place = secrets.place_of(kind)
        raise ValueError(f"belongs in {place}" if place else "does not belong here")


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
    """The text of `.env.example`: every key with its default, what it is for and an example.

    What each team may choose in Slack is left empty, so that it stays theirs to choose.
    """
    parts = ["# Copy this to .env and fill in the tokens. (Written by `make manifest`.)\n"]
    for row in SETTINGS:
        lines = [f"# {row.help}"]
        if row.of_team:
            default = f"Default: {row.default}. " if row.default else ""
            lines.append(f"# {default}Empty: each team chooses in Slack. Set: fixed for all teams.")
        lines += [
            f"# Example: {row.key}={row.example}",
            f"{row.key}={'' if row.of_team else row.default}",
        ]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)
