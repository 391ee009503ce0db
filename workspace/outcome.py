"""What came of something a person did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workspace.delivery import Delivery
from workspace.state import Message

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass
class Outcome:
    """What came of an act. `error` is what Slack would show the person."""

    acked: bool
    status: int | None = None
    seconds: float = 0.0
    message: Message | None = None  # the message that the ack of a command itself carried
    error: str | None = None
    body: Any = None  # the body of the ack

    @classmethod
    def of(cls, delivery: Delivery, error: str | None = None) -> Outcome:
        shown = None
        if not delivery.acked:
            code = (delivery.error or "").removeprefix("http_status_")
            shown = error or {
                "operation_timeout": "Operation timed out. Apps need to respond within 3 seconds.",
                "dispatch_failed": TROUBLE,
            }.get(code, f"This app responded with Status Code {code}.")
        acked, body = delivery.acked, delivery.ack_body
        return cls(acked, delivery.status, delivery.seconds, error=shown, body=body)
