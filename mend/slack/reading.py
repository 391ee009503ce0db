"""From Slack's answers to Mend's values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mend.people.model import Profile


def profile_of(user: Mapping[str, Any]) -> Profile:
    """In a company of several workspaces a person may belong to more than the one they are of."""
    profile, company = user.get("profile") or {}, user.get("enterprise_user") or {}
    homes = [user.get("team_id"), company.get("enterprise_id"), *company.get("teams", ())]
    names = [profile.get("real_name") or user.get("real_name"), profile.get("display_name")]
    return Profile(
        id=str(user["id"]),
        names=tuple(str(name) for name in names if name),
        workspaces=frozenset(str(home) for home in homes if home),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_deactivated=bool(user.get("deleted")),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
    )
