"""Whether what is posted in a channel would leave the company. Asked before each post.

A channel may become shared long after it became a team's, and an invitation to another company
that is still open counts: whoever accepts it reads all that stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from mend.slack.model import Channel, Failure, NotSent

KEEP = timedelta(minutes=5)


def is_shared(channel: Mapping[str, Any]) -> bool:
    """Of a channel as conversations.info tells of it."""
    signs = ("is_ext_shared", "is_pending_ext_shared")
    invited = ("pending_shared", "pending_connected_team_ids")  # lists of companies
    return any(channel.get(sign) for sign in (*signs, *invited))


@dataclass(frozen=True)
class Sharing:
    """Slack's last answers about channels."""

    _known: dict[str, tuple[bool, datetime]] = field(default_factory=dict)

    def refusal(
        self, channel: str, ask: Callable[[str], Channel | NotSent], now: datetime
    ) -> NotSent | None:
        """Why nothing may be posted there: it is shared, or Slack does not say that it is not.

        Direct messages are between Mend and one person.
        """
        if not channel.startswith(("C", "G")):
            return None
        known = self._known.get(channel)
        if known is None or not timedelta(0) <= now - known[1] < KEEP:
            found = ask(channel)
            if isinstance(found, NotSent):
                is_unknown = found.reason is Failure.UNKNOWN  # but of a question, not of a post
                return replace(found, reason=Failure.UNAVAILABLE) if is_unknown else found
            known = self._known[channel] = found.is_shared, now
        return NotSent(Failure.SHARED) if known[0] else None
