"""Messages the bot gives in an ack or to a response_url."""

from __future__ import annotations

from typing import Any

from workspace import limits
from workspace.state import BOT_USER, Channel, Message, ResponseUrl, State

Json = dict[str, Any]


class Refused(Exception):
    """What Slack would answer instead: an error string, and the places it is about."""

    def __init__(self, error: str, messages: list[str] | None = None, **more: Any) -> None:
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error, **more}
        if messages:
            self.answer["response_metadata"] = {"messages": messages}


def checked(body: Json, charts: bool) -> tuple[str, list[Json]]:
    """The text and blocks of a message body. Raises Refused where Slack would."""
    text, blocks = body.get("text") or "", body.get("blocks")
    blocks = [] if blocks is None else blocks
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if not text and not blocks and not body.get("attachments"):
        raise Refused("no_text")
    errors = limits.check_blocks(blocks, "message", charts)
    if errors:
        raise Refused("invalid_blocks", errors)
    return str(text)[:40000], blocks


def give(
    state: State, body: Json, user_id: str, channel: Channel, thread_ts: str | None = None
) -> Message:
    """Post what an ack or a response_url says: private, unless it asks for in_channel."""
    text, blocks = checked(body, state.charts)
    private = user_id if body.get("response_type") != "in_channel" else None
    return state.post(
        Message(
            channel,
            BOT_USER,
            text,
            blocks,
            thread_ts=body.get("thread_ts") or thread_ts,
            bot=True,
            ephemeral_for=private,
        )
    )


def respond(state: State, key: str, body: Json) -> tuple[int, Json, Message | None, str]:
    """A POST to a response_url: (HTTP status, answer, the message it touched, what became of it).

    What became of it is "posted", "changed", "deleted" or "".
    """
    with state.changed:
        url = state.response_urls.get(key)
        if url is None or state.now() > url.expires:
            return 404, {"ok": False, "error": "expired_url"}, None, ""
        if url.left == 0:
            return 404, {"ok": False, "error": "used_url"}, None, ""
        url.left -= 1
        try:
            return 200, {"ok": True}, *_apply(state, url, body)
        except Refused as refused:
            return 400, refused.answer, None, ""


def _apply(state: State, url: ResponseUrl, body: Json) -> tuple[Message, str]:
    original = url.original
    if original and (original.deleted or original not in state.timeline[url.channel.id]):
        original = None
    if body.get("delete_original"):
        if original is None:
            raise Refused("message_not_found")
        state.remove(original)
        return original, "deleted"
    if body.get("replace_original") and original is not None:
        text, blocks = checked(body, state.charts)
        edited = None if original.ephemeral_for else state.new_ts()
        state.change(original, text=text, blocks=blocks, edited=edited)
        return original, "changed"
    return give(state, body, url.user, url.channel), "posted"
