"""What Slack answers, and what stands in it, in Mend's own terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from mend.people.model import Profile

Json = Mapping[str, object]


SCOPES = {
    "commands": "the slash commands, the message shortcuts and the forms",
    "chat:write": "to post a note its owner shows, the recap, and private answers",
    "channels:read": "to see whether the team channel is archived, or shared with others",
    "groups:read": "the same for a private team channel",
    "channels:history": "to keep an owner's replies in their thread, and to find its own post after"
    " a failure",
    "groups:history": "the same for a private team channel",
    "im:history": "to answer what is written to it in a direct message, and keep a slip told there",
    "users:read": "to refuse guests and other companies, and to mask colleagues' names in notes",
    "usergroups:read": "to know admins and supervisors by user group",
    "im:write": "to open the direct message in which a person gets a private notice",
}


class Failure(StrEnum):
    """Why Slack did not do what was asked, in the terms a caller decides by."""

    RATE_LIMITED = "rate limited"
    UNAVAILABLE = "Slack could not be reached; nothing was sent"
    UNKNOWN = "no answer came; it may have been sent"
    CRASHED = "an error in Mend; see the log"
    CHANNEL_NOT_FOUND = "channel not found"
    NOT_IN_CHANNEL = "Mend is not in the channel"
    ARCHIVED = "the channel is archived"
    SHARED = "the channel is shared with another company"
    RESTRICTED = "the channel lets only some people post"
    TOKEN_REVOKED = "the token is no longer valid"
    MISSING_SCOPE = "a scope is missing"
    INVALID_CONTENT = "Slack refused the content"
    GONE = "the message or form is no longer there"
    EXPIRED = "the press is too old to open a form"
    REFUSED = "Slack refused"

    @property
    def is_passing(self) -> bool:
        """Whether the same call may succeed later without anybody changing anything."""
        return self in (
            Failure.RATE_LIMITED,
            Failure.UNAVAILABLE,
            Failure.UNKNOWN,
            Failure.CRASHED,
        )

    @property
    def was_not_sent(self) -> bool:
        """Whether it is certain that the call had no effect."""
        return self not in (Failure.UNKNOWN, Failure.CRASHED)


WHO_LEFT = (Failure.CHANNEL_NOT_FOUND, Failure.REFUSED)  # what Slack says of somebody who did


@dataclass(frozen=True, slots=True)
class Sent:
    """Slack did it; where the result is a message, where it stands."""

    channel: str = ""
    ts: str = ""


@dataclass(frozen=True, slots=True)
class NotSent:
    """Slack did not do it. `retry_after` is in seconds; `detail` is Slack's own error string."""

    reason: Failure
    detail: str = ""
    retry_after: float = 0.0


class Content(Protocol):
    """A message: its full text, and the blocks that show the same."""

    @property
    def text(self) -> str: ...
    @property
    def blocks(self) -> Sequence[Json]: ...


MESSAGE_BLOCKS = 50  # docs.slack.dev, chat.postMessage
TEXT_LENGTH = 4000  # advised; longer texts were seen to be split into several messages


def message_fault(content: Content) -> str:
    """What Slack would refuse and slack_sdk's models let pass; empty where nothing is wrong."""
    if not content.text:
        return "no text for notifications and screen readers"
    if len(content.text) > TEXT_LENGTH:
        return f"text of {len(content.text)} characters"
    if len(content.blocks) > MESSAGE_BLOCKS:
        return f"{len(content.blocks)} blocks"
    for block in content.blocks:
        elements = block.get("elements")
        ids = [
            element["action_id"]
            for element in (elements if isinstance(elements, list) else [])
            if isinstance(element, dict) and "action_id" in element
        ]
        if len(ids) != len(set(ids)):
            return "an action id stands twice in one block"
    return ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is: its workspace and user, what it may do, and how far its clock is off.

    `scopes` are None where Slack's answer came without them; `is_org_wide`: it is installed for
    all workspaces of a company at once, so none is its own.
    """

    workspace: str
    workspace_name: str
    bot_user: str
    scopes: frozenset[str] | None
    clock_ahead_seconds: float
    url: str = ""  # of the workspace, with a slash at its end
    is_org_wide: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """What the bot may know about a channel."""

    id: str
    name: str
    is_archived: bool
    is_member: bool
    is_shared: bool


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """Some of the workspace's people; `cursor` is where the next ones are, empty after the last."""

    people: Sequence[Profile]
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A message that is to stand in Slack once: its random key, and where it stands by now.

    `version` is the version of what it shows; `ts` is empty until Slack said where it is.
    """

    subject: str
    key: str
    channel: str
    since: datetime
    thread: str = ""
    ts: str = ""
    version: int = 0
    unsent: int = 0  # the number of its job's attempt that was certainly not sent

    @property
    def is_outdated(self) -> bool:
        """Whether what stands there was to go since Slack last showed it."""
        return self.version == 0
