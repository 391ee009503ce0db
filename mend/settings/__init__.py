"""Everything an operator may set: one table that is read, checked and written as `.env.example`.

A value that cannot be read stops the start with a sentence for each key that is wrong: which key,
what was wrong, an example of right. Nothing here touches a file or the network.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mend.settings import environment as surroundings
from mend.settings import secrets
from mend.settings.address import Server
from mend.settings.rows import SETTINGS, TEAM_SETTINGS, Setting
from mend.settings.values import ended, zone_warning

__all__ = ["SETTINGS", "TEAM_SETTINGS", "BadSettings", "Settings", "example_file", "read"]


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
    mend_metrics_port: int
    mend_database_url: Path | Server
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
    mend_log_format: str
    for_teams: Mapping[str, str]
    remarks: tuple[str, ...] = ()

    @property
    def database(self) -> Path | Server:
        return self.mend_database_url

    @property
    def vectors(self) -> Path:
        """The file of what is derived from playbooks: beside the database, where that is one."""
        if isinstance(self.database, Server):
            return Path("data/vectors.npz")
        return self.database.with_name("vectors.npz")

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
            is_secret = row.is_secret or (row.may_hold_password and "@" in written)
            shown = secrets.quoted(written, is_secret=is_secret)
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
    if kind and not (row.may_hold_password and kind == secrets.PASSWORD):
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
