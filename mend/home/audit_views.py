"""What admins did lately, for admins: acts and what they were about, nothing that people wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from mend.slack import ui

SHOW = "home_audit"


class Act(Protocol):
    @property
    def at(self) -> datetime: ...
    @property
    def admin(self) -> str: ...
    @property
    def act(self) -> str: ...
    @property
    def subject(self) -> str: ...


def recent(
    acts: Sequence[Act], title: Callable[[str], str], zone: ZoneInfo, days: int
) -> ui.Message:
    """Newest first. Whoever had their data deleted is nobody here; `title` is a playbook's."""
    lines = [
        f"{each.at.astimezone(zone):%-d %b %H:%M}  "
        f"{f'<@{each.admin}>' if each.admin else 'somebody'} {ui.escape(each.act)}"
        f" {_channel(each.subject) or f'*{ui.escape(title(each.subject))}*'}"
        for each in acts
    ]
    heading = f"*What admins did* (kept {days} days)"
    return ui.notice("\n".join([heading, *(lines or ["Nothing yet."])]))


def _channel(subject: str) -> str:
    return f"<#{subject}>" if re.fullmatch(r"[CG][A-Z0-9]+", subject) else ""
