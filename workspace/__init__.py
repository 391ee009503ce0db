"""A local Slack workspace to try and test a bot with; it speaks only Slack's protocols."""

from workspace.blocks import Incomplete
from workspace.delivery import Delivery
from workspace.state import Channel, Message, View
from workspace.web_api import Call
from workspace.workspace import Workspace

__all__ = ["Call", "Channel", "Delivery", "Incomplete", "Message", "View", "Workspace"]
