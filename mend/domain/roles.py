"""Who may do what. Roles come from lists and user groups; whoever is on none is an agent."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from enum import IntEnum

from mend.domain.errors import Refused

KEEP_AUDIT = timedelta(days=180)
NAMED = 5  # a whole user group would be a wall of names


class Role(IntEnum):
    """Each role may do what the ones below it may."""

    AGENT = 1
    SUPERVISOR = 2
    ADMIN = 3

    @property
    def word(self) -> str:
        return self.name.lower()


def role_of(person: str, admins: Collection[str], supervisors: Collection[str]) -> Role:
    if person in admins:
        return Role.ADMIN
    return Role.SUPERVISOR if person in supervisors else Role.AGENT


def require(role: Role, needed: Role, who_can: Collection[str]) -> None:
    """Raises Refused, naming who can help, unless `role` is at least `needed`."""
    if role < needed:
        article = "an" if needed is Role.ADMIN else "a"
        raise Refused(f"That is for {article} {needed.word}. {helpers(who_can)}")


def helpers(who_can: Collection[str]) -> str:
    """Who can help, by member id: shown as mentions, which ping nobody in a private answer."""
    names = ", ".join(f"<@{person}>" for person in sorted(who_can)[:NAMED])
    return f"{names} can help." if names else "Nobody has that role yet: tell your operator."
