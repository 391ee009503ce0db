"""What stays the same however often Slack delivers it."""


def message_id(channel: str, ts: str) -> str:
    """The request id of what a message told."""
    return f"message:{channel}:{ts}"
