"""What is done about a condition, by whom, and what became of it.

How far an action may carry a cause depends on its strength (RCA² hierarchy, VA NCPS): a reminder
makes nothing less likely by itself, a template does, and only a default changed or a step removed
closes the path. Nobody's silence ever closes a cause; somebody looks and says on which day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from mend.db.model import Refused
from mend.lookbacks.model import Cause, Factor


class Strength(StrEnum):
    WEAKER = "a reminder, notice, training or double check"
    INTERMEDIATE = "a playbook, template, read-back, clearer screen or more people"
    STRONGER = "a default or block, a step removed, authority given"


HIGHEST = {
    Strength.WEAKER: Cause.IDENTIFIED,
    Strength.INTERMEDIATE: Cause.PREVENTED,
    Strength.STRONGER: Cause.ELIMINATED,
}
_ORDER = (Cause.IDENTIFIED, Cause.PREVENTED, Cause.ELIMINATED)


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says of an action. `who` can change it: a role or a team, not a name."""

    what: str
    who: str
    strength: Strength
    state: Cause
    reason: str
    checked_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Given):
    """One thing that is done about a factor in a team."""

    id: str
    team: str
    factor: Factor
    changed_at: datetime
    came_back: date | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Condition:
    """One factor on the board: the weeks in which it was told, and what is done about it."""

    factor: Factor
    mondays: tuple[date, ...]
    actions: tuple[Action, ...]


def check(given: Given, today: date) -> None:
    """Raises Refused, naming the field, unless what is claimed of an action can hold."""
    if not given.what:
        raise Refused("Say in a few words what is done about it.", "what")
    if given.state is Cause.NOT_DOING:
        if not given.reason:
            raise Refused(
                "Not doing it is a fine end. Say why, so that nobody asks again.", "reason"
            )
        return
    highest = HIGHEST[given.strength]
    if _ORDER.index(given.state) > _ORDER.index(highest):
        says = f"An action of this strength carries a cause as far as “{highest.value}”."
        raise Refused(f"{says} Choose that, or a stronger action.", "state")
    if given.state is not Cause.IDENTIFIED and given.checked_on is None:
        raise Refused("On which day did somebody look whether it holds?", "checked_on")
    if given.checked_on and given.checked_on > today:
        raise Refused("That day has not come yet.", "checked_on")


def reopened(action: Action, monday: date) -> Action | None:
    """The action, open again because its condition was told once more after it was checked."""
    is_closed = action.state in (Cause.PREVENTED, Cause.ELIMINATED)
    if not is_closed or (action.checked_on and action.checked_on > monday):
        return None
    return replace(action, state=Cause.IDENTIFIED, came_back=monday)
