"""How other systems say that a text is not for readers: a playbook so marked is never served."""

from __future__ import annotations

_OFF_WHEN_TRUE = """
    archived deleted deprecated disabled draft hidden inactive internal obsolete private retired
    trashed unlisted unpublished wip
"""
_OFF_WHEN_FALSE = "active enabled live public publish published visible"
_STATES = ("status", "visibility", "stage", "workflow", "publication")
_OFF_STATES = """
    archived deleted deprecated disabled draft drafts expired hidden idea inactive in_progress
    in_review internal none not_published obsolete off outdated pending private retired review
    to_do todo trash unpublished wip work_in_progress
"""
_YES = "true yes on 1 y"
_NO = "false no off 0 n"


def takes_off(name: str, value: str) -> bool:
    """Whether a name and value of the front matter say that the text is not to be served."""
    name, value = (part.casefold().strip().replace("-", "_") for part in (name, value))
    if name in _OFF_WHEN_TRUE.split():
        return value in _YES.split()
    if name in _OFF_WHEN_FALSE.split():
        return value in _NO.split()
    is_state = name in _STATES or name.endswith(("_status", "_state"))
    return is_state and value.replace(" ", "_") in _OFF_STATES.split()
