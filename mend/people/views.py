"""A team's settings: what holds, the form to change it, and the question which team is yours."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from mend.db.model import Refused
from mend.people.model import DAY_NAMES, Team
from mend.settings import TEAM_SETTINGS
from mend.slack import ui
from mend.slack.packing import pack, unpack

SHOW = "team_show"
ADD = "team_add"
OPEN = "team_open"
FORM = "team_form"
REMOVE = "team_remove"
MINE = "team_mine"
CHOICES_SHOWN = 3  # teams offered in one message, beside a ⋯

_LABELS = {
    "MEND_TIMEZONE": "Time zone",
    "MEND_COUNTRY": "Country, for its public holidays",
    "MEND_WORKDAYS": "Working days",
    "MEND_RECAP_TIME": "When is the recap posted?",
    "MEND_BRIEF_TIME": "When is a brief posted before the shift?",
    "MEND_SUPERVISORS": "Supervisors, who are asked for a hand",
    "MEND_LOOKBACK_DAYS": "Look back how many days after a note? (3 to 7)",
    "MEND_VISIBILITY_DEFAULT": "A new note",
}
_VISIBILITY = {
    "ask": "stays private until its owner chooses",
    "with_me": "is posted under its owner's name at once",
}
_OPTIONAL = ("MEND_COUNTRY", "MEND_BRIEF_TIME", "MEND_SUPERVISORS")


def about(team: Team, next_recap: datetime, *, may_change: bool, may_remove: bool) -> ui.Message:
    """What holds in the team's channel, for whoever asks there."""
    leads = ", ".join(f"<@{person}>" for person in sorted(team.supervisors)) or "none yet"
    days = ", ".join(DAY_NAMES[day].capitalize() for day in sorted(team.days))
    lines = [
        f"*<#{team.channel}> is a team.* Supervisors: {leads}.",
        f"Works {days} ({team.zone}{f', holidays of {team.country}' if team.country else ''}).",
        f"Next recap: {next_recap:%A %-d %B, %H:%M} ({next_recap.tzinfo}).",
    ]
    changes = [ui.button("Change", OPEN, team.channel)] if may_change else []
    changes += [ui.button("No team any more", REMOVE, team.channel)] if may_remove else []
    return ui.notice("\n".join(lines), *([ui.buttons(*changes)] if changes else []))


def offer(channel: str) -> ui.Message:
    """For whoever may make this channel a team."""
    return ui.notice(
        f"<#{channel}> is no team yet. As one it has notes, requests for a hand and a daily recap.",
        ui.buttons(ui.button("Make it a team", ADD, channel, "primary")),
    )


def team_form(channel: str, texts: Mapping[str, str], locked: Collection[str]) -> dict[str, Any]:
    """What may be changed; what the operator set is shown and stays."""
    questions: list[ui.Block] = [
        ui.ask(key, label, _element(key, texts[key]), required=key not in _OPTIONAL)
        for key, label in _LABELS.items()
        if key not in locked
    ]
    fixed = [f"{_LABELS[key]}: {_by_name(texts[key])}" for key in _LABELS if key in locked]
    if fixed:
        questions.append(ui.aside("Set by your operator: " + " · ".join(fixed)))
    drawn = " ".join(f"{key}={_mark(key, texts[key])}" for key in _LABELS)
    return ui.form(FORM, "Team", "Save", pack(channel, drawn), *questions)


def _by_name(text: str) -> str:
    """A setting with its people and groups as Slack shows them."""
    people = re.sub(r"\b[UW][A-Z0-9]{7,}\b", r"<@\g<0>>", ui.escape(text))
    return re.sub(r"\bS[A-Z0-9]{7,}\b", r"<!subteam^\g<0>>", people)


def read_place(private: str) -> tuple[str, dict[str, str]]:
    """The channel, and a mark of what the form showed for each setting."""
    channel, drawn = unpack(private, 2)
    return channel, dict(each.split("=", 1) for each in drawn.split())


def read_team(
    answers: ui.Answers, drawn: Mapping[str, str], now: Mapping[str, str]
) -> dict[str, str]:
    """Setting → text, as the environment would say it, of what was changed in the form.

    Refused, naming the field, where somebody else changed it, too, since the form was drawn.
    """
    changed = {}
    for key in answers:
        if key not in TEAM_SETTINGS or _mark(key, text := _text(answers, key)) == drawn.get(key):
            continue
        stands = _mark(key, now[key])
        if stands not in (drawn.get(key, stands), _mark(key, text)):
            is_named = key == "MEND_SUPERVISORS"  # by ids, which nobody reads
            other = "other people" if is_named else now[key] or "empty"
            said = f"Somebody changed this meanwhile: now it is {other}. To set yours instead,"
            raise Refused(f"{said} close this form and open it once more.", key)
        changed[key] = text
    return changed


def which(channels: Sequence[str], entry: str) -> list[ui.Block]:
    """Asked once, where there are several teams and nobody knows yet which is the writer's."""
    more = " If it is none of these, type `/ownit` in its channel."
    return [
        ui.aside(
            f"Which is your team? Mend asks once.{more if len(channels) > CHOICES_SHOWN else ''}"
        ),
        *(
            ui.says(f"<#{channel}>", ui.button("My team", MINE, pack(channel, entry)))
            for channel in channels[:CHOICES_SHOWN]
        ),
    ]


def _element(key: str, text: str) -> ui.Element:
    if key in ("MEND_RECAP_TIME", "MEND_BRIEF_TIME"):
        return ui.time(text and text.zfill(5))
    if key == "MEND_WORKDAYS":
        return ui.any_of({name: name.capitalize() for name in DAY_NAMES}, text.lower())
    if key == "MEND_VISIBILITY_DEFAULT":
        return ui.one_of(_VISIBILITY, text.lower())
    if key == "MEND_SUPERVISORS":
        people = [part for part in text.replace(",", " ").split() if part[0] in "UW"]
        return ui.people(people)
    return ui.typed(80, text, lines=False)


def _mark(key: str, text: str) -> str:
    """Of what a field shows: the same for texts that it shows alike."""
    shown = text.lower() if key in ("MEND_WORKDAYS", "MEND_VISIBILITY_DEFAULT") else text
    if key in ("MEND_RECAP_TIME", "MEND_BRIEF_TIME"):
        shown = text and text.zfill(5)
    if key in ("MEND_WORKDAYS", "MEND_SUPERVISORS"):
        parts = shown.replace(",", " ").split()
        shown = " ".join(sorted(p for p in parts if key == "MEND_WORKDAYS" or p[0] in "UW"))
    return sha256(shown.encode()).hexdigest()[:8]


def _text(answers: ui.Answers, key: str) -> str:
    if key == "MEND_WORKDAYS":
        return ",".join(ui.ticked(answers, key))
    if key == "MEND_SUPERVISORS":
        return ",".join(ui.people_in(answers, key))
    return ui.written(answers, key)
