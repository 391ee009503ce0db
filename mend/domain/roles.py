"""Who may do what. Roles come from the operator's lists; whoever is on none is an agent."""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum

from mend.domain.errors import Refused


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
    """Raises Refused, naming who can help, unless `role` is at least `needed`.

    `who_can` are member ids; they are shown as mentions, which ping nobody in a private answer.
    """
    if role >= needed:
        return
    names = ", ".join(f"<@{person}>" for person in sorted(who_can))
    helper = f" {names} can help." if names else " Nobody has that role yet: tell your operator."
    article = "an" if needed is Role.ADMIN else "a"
    raise Refused(f"That is for {article} {needed.word}.{helper}")
