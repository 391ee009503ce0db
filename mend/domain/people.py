"""Who Mend is for: the members of its own workspace, and its guests where the operator says so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mend.domain.errors import Refused
from mend.domain.roles import helpers

ELSEWHERE = "Mend here is for people of this workspace. Your own company's Mend can help you."
DEACTIVATED = "This account is deactivated here, so Mend does nothing for it."
GUEST = "Mend here is for members of this workspace, not for guests."


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as Slack knows them. `workspaces` are all that they belong to, and their company."""

    id: str
    names: tuple[str, ...]
    workspaces: frozenset[str]
    is_guest: bool = False
    is_deactivated: bool = False
    is_bot: bool = False


def admit(
    profile: Profile, homes: Collection[str], *, guests: bool, who_can: Collection[str]
) -> None:
    """Raises Refused unless Mend is for this person.

    `homes` are Mend's own workspace and the one that the person's act was sent from: within one
    company they may differ, between companies nobody belongs to both.
    """
    if not profile.workspaces.issuperset(homes):
        raise Refused(ELSEWHERE)
    if profile.is_deactivated:
        raise Refused(DEACTIVATED)
    if profile.is_guest and not guests:
        raise Refused(f"{GUEST} {helpers(who_can)}")
