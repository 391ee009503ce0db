"""What `/mend playbooks` opens with for admins: the doors to all that is about playbooks."""

from __future__ import annotations

from slack_sdk.models.blocks import ActionsBlock

from mend.blocks import gaps, use, verifying
from mend.blocks.kit import Message, button, buttons, notice


def overview(served: int) -> Message:
    return notice(f"*Playbooks*: {served} are served.", doors())


def doors() -> ActionsBlock:
    return buttons(
        button("Looked for and not found", gaps.OPEN, "0"),
        button("Use", use.OPEN, f"{use.FIRST} 0"),
        button("To check", verifying.OPEN, "0"),
    )
