"""From the bodies Slack sends to a Request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mend.dispatch.model import message_id
from mend.dispatch.routes import Kind, Request
from mend.slack import doors, ui
from mend.text.slack_text import is_blank

Body = Mapping[str, Any]
# In which parts of attachments and blocks words stand, in reading order.
_SAYS = ("pretext", "title", "text", "value", "fields", "elements", "blocks")


def route_id(kind: Kind, body: Body) -> str:
    """The id under which a handler declared what this body asks for."""
    if kind is Kind.ACTION:
        return _pressed(body)[0]
    if kind is Kind.VIEW:
        return str(body["view"]["callback_id"])
    names = {Kind.COMMAND: "command", Kind.SHORTCUT: "callback_id", Kind.OPTIONS: "action_id"}
    return str(body[names[kind]])


def of_command(body: Body, received: float) -> Request:
    return Request(
        kind=Kind.COMMAND,
        id=f"command:{body.get('trigger_id', '')}",
        user=str(body.get("user_id", "")),
        user_workspace=str(body.get("team_id", "")),
        received=received,
        channel=str(body.get("channel_id", "")),
        text=typed(body.get("text")),
        trigger_id=str(body.get("trigger_id", "")),
        response_url=str(body.get("response_url", "")),
    )


def of_action(body: Body, received: float) -> Request:
    request = _used(Kind.ACTION, f"press:{body.get('trigger_id', '')}", body, received)
    container, view = body.get("container") or {}, body.get("view") or {}
    channel = request.channel or str(container.get("channel_id") or "")
    filled = (view or body).get("state") or {}
    return replace(
        request,
        channel=channel,
        thread=_thread(container.get("thread_ts"), container.get("message_ts")),
        card=str(container.get("message_ts") or ""),
        answers=_answers(filled.get("values") or {}),
        message=body.get("message") or {},
        value=_pressed(body)[1],
        block=str(body["actions"][0].get("block_id") or ""),
        view_id=str(view.get("id", "")) if view.get("type") == "modal" else "",
        is_home=view.get("type") == "home",
        may_replace=bool(container.get("is_ephemeral")) or channel.startswith("D"),
    )


def _pressed(body: Body) -> tuple[str, str]:
    """The route a press leads to, and its value; each choice of a ⋯ names its own route."""
    pressed = body["actions"][0]
    chosen = str((pressed.get("selected_option") or {}).get("value") or "")
    if pressed.get("type") == "overflow":
        route, _, value = chosen.partition(" ")
        return doors.OF_OLD_MENUS.get(route, route), value
    return str(pressed["action_id"]), str(pressed.get("value") or chosen)


def of_options(body: Body, received: float) -> Request:
    return replace(_used(Kind.OPTIONS, "", body, received), value=str(body.get("value") or ""))


def of_view(body: Body, received: float) -> Request:
    view = body["view"]
    inputs = [block["block_id"] for block in view.get("blocks", []) if block["type"] == "input"]
    return replace(
        _used(Kind.VIEW, f"view:{view['id']}", body, received),
        view_id=str(view["id"]),
        view_hash=str(view.get("hash") or ""),
        answers=_answers(view.get("state", {}).get("values", {})),
        first_field=inputs[0] if inputs else "",
    )


def typed(text: object) -> str:
    """What a person typed, as Slack sends it; what nobody can see counts as nothing."""
    words = str(text or "").strip()
    return "" if is_blank(words) else words


def _answers(given: ui.Answers) -> ui.Answers:
    """A form's answers, in which a field filled with nothing to see is an empty one."""
    return {
        block: {
            action: {**state, "value": None} if _is_unseen(state.get("value")) else state
            for action, state in fields.items()
        }
        for block, fields in given.items()
    }


def words_typed(request: Request) -> list[str]:
    """Every text that a person typed for a command, or into fields."""
    fields = [state.get("value") for given in request.answers.values() for state in given.values()]
    return [text for text in (request.text, *fields) if isinstance(text, str) and text]


def _is_unseen(value: object) -> bool:
    return isinstance(value, str) and is_blank(value)


def of_shortcut(body: Body, received: float) -> Request:
    request = _used(Kind.SHORTCUT, f"shortcut:{body.get('trigger_id', '')}", body, received)
    message = body.get("message") or {}
    thread = _thread(message.get("thread_ts"), message.get("ts"))
    return replace(request, message=message, thread=thread)


def _thread(thread: object, ts: object) -> str:
    """Empty for a root, which stands in its channel."""
    return str(thread) if thread and thread != ts else ""


def _used(kind: Kind, id: str, body: Body, received: float) -> Request:
    """What all that a person presses, opens or sends has in common.

    Their own workspace is another one than the bot's for people of another company.
    """
    user, team = body.get("user") or {}, body.get("team") or {}
    return Request(
        kind=kind,
        id=id,
        user=_person(body),
        user_workspace=str(user.get("team_id") or team.get("id") or ""),
        received=received,
        channel=str((body.get("channel") or {}).get("id") or ""),
        trigger_id=str(body.get("trigger_id", "")),
        response_url=str(body.get("response_url") or ""),
        private_metadata=str((body.get("view") or {}).get("private_metadata") or ""),
    )


def words_of(message: Body) -> str:
    """What a message says; ticket bots say it in attachments and blocks."""
    parts = [str(message.get("text") or "")]
    if message.get("bot_id") or not parts[0]:
        parts += _texts(message.get("attachments"))
        parts += _texts(message.get("blocks"))
    said: list[str] = []
    for part in (part.strip() for part in parts):
        if part and not any(part in other for other in said):
            said.append(part)
    return "\n".join(said)


def _texts(node: object) -> list[str]:
    """Every text within blocks or attachments, in reading order; what can be pressed says none."""
    if isinstance(node, list):
        return [text for each in node for text in _texts(each)]
    if not isinstance(node, Mapping) or node.get("type") in ("actions", "button", "input"):
        return []
    found: list[str] = []
    for key in _SAYS:
        value = node.get(key)
        found += [value] if isinstance(value, str) else _texts(value)
    return found


def of_event(body: Body, received: float) -> Request:
    """`id` is the message's, where there is one: the same however often it is delivered."""
    event = body["event"]
    said = said_in(event)
    return Request(
        kind=Kind.EVENT,
        id=message_id(str(event.get("channel", "")), str(said.get("ts", ""))),
        user=str(said.get("user", "")),
        user_workspace=str(said.get("user_team") or said.get("team") or body.get("team_id") or ""),
        received=received,
        channel=str(event.get("channel", "")),
        is_home=event.get("type") == "app_home_opened",
        event=event,
    )


def said_in(event: Body) -> Body:
    """The message an event is about: as it reads now, or, once deleted, as it read before."""
    found: Body | None = None if is_gone(event) else event.get("message")
    return found or event.get("previous_message") or event


def is_gone(event: Body) -> bool:
    """Whether the message was deleted; one with replies turns into a tombstone."""
    is_tombstone = (event.get("message") or {}).get("subtype") == "tombstone"
    return event.get("subtype") == "message_deleted" or is_tombstone


def link(url: str, channel: str, message: Body) -> str:
    """The permalink of a message, as chat.getPermalink gives it, without waiting for Slack."""
    ts, thread = str(message.get("ts", "")), str(message.get("thread_ts") or "")
    reply = f"?thread_ts={thread}&cid={channel}" if thread and thread != ts else ""
    return f"{url}archives/{channel}/p{ts.replace('.', '')}{reply}"


def _person(body: Body) -> str:
    return str((body.get("user") or {}).get("id", ""))
