"""A local Slack workspace to try and test a bot with; it speaks only Slack's protocols."""

from workspace.delivery import Delivery
from workspace.forms import Incomplete
from workspace.outcome import Outcome
from workspace.people import Person
from workspace.state import Call, Channel, Message, View
from workspace.workspace import Workspace

__all__ = [
    "Call",
    "Channel",
    "Delivery",
    "Incomplete",
    "Message",
    "Outcome",
    "Person",
    "View",
    "Workspace",
]
