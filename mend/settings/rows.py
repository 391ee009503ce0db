"""The rows: everything an operator may set, in the order of `.env.example`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mend.people.model import LEAST_K
from mend.settings.address import database
from mend.settings.values import (
    host,
    matching,
    number,
    one_of,
    people,
    short,
    signing_secret,
    time_of_day,
    time_or_never,
    visibility,
    workdays,
    zone,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One row. `parse` raises ValueError with what is wrong; `default` is parsed like any value.

    `of_team`: each team may have its own value, chosen in Slack where the environment has none.
    `is_secret`: the value is shown nowhere, not even where it is wrong. `may_hold_password`: a
    password in an address belongs here.
    """

    key: str
    parse: Callable[[str], Any]
    default: str
    example: str
    help: str
    of_team: bool = False
    is_secret: bool = False
    may_hold_password: bool = False


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
    Setting(
        "MEND_PORT",
        number("port", 0, 65535),
        "3000",
        "3000",
        "The port of MEND_MODE=http; /healthz and /readyz are there, too.",
    ),
    Setting(
        "MEND_METRICS_PORT",
        lambda value: number("port", 0, 65535)(value or "0"),
        "",
        "9090",
        "In both modes, for whoever watches: /metrics, /healthz and /readyz at this port of"
        " MEND_HOST. Let no one else reach it. Empty: nowhere.",
    ),
    Setting(
        "MEND_DATABASE_URL",
        database,
        "sqlite:///data/mend.db",
        "postgresql://mend:PASSWORD@db.example.com/mend",
        "The database: sqlite:/// and the path of a file, or PostgreSQL's address.",
        may_hold_password=True,
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
        number("number of minutes", 0, 1440),
        "2",
        "2",
        "Remind supervisors, and tell the asker, when nobody took a request for a hand. 0: never.",
    ),
    Setting(
        "MEND_LOOKBACK_DAYS",
        number("number of days", 3, 7),
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
        number("number of people", LEAST_K, 1000),
        "5",
        "8",
        "How many people must stand behind a line drawn from notes before it is told: 5 or more.",
    ),
    Setting(
        "MEND_RETENTION_DAYS",
        number("number of days", 1, 365),
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
    Setting(
        "MEND_LOG_FORMAT",
        one_of("text", "json"),
        "text",
        "json",
        "json: one object a line, with time, level, logger, message, and, where there is one,"
        " reference or exception.",
    ),
)


TEAM_SETTINGS = {row.key: row for row in SETTINGS if row.of_team}
