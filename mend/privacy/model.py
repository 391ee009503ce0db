"""What is kept about one person: for their own eyes, and theirs to take away or delete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

EXPORT = "export"  # begins the keys under which people are sent what is kept about them
Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class About:
    """Everything kept about one person, as plain data; nothing of anybody else.

    The names are read by people too: in the text they are sent, and in what was deleted.
    """

    notes: Rows
    replies: Rows
    promises: Rows
    look_backs: Rows
    lessons: Rows
    drafts: Rows
    team: Rows
    suggestions: Rows
    playbook_edits: Rows
    playbooks_seen: Rows
    phrases_taught: Rows
    gaps_asked_about: Rows
    requests_for_a_hand: Rows
    messages_owed: Rows
    admin_acts: Rows
    welcomes: Rows
