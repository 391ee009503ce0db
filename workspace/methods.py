"""The table of Web API methods, and those that write messages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from workspace import limits, payloads
from workspace.responses import Refused, checked
from workspace.state import APP, BOT, BOT_USER, TEAM, Channel, Message, State

if TYPE_CHECKING:
    from workspace.workspace import Workspace

Json = dict[str, Any]
Method = Callable[["Workspace", Json], Json]
METHODS: dict[str, tuple[str | None, Method]] = {}  # name -> (scope, method)


def method(name: str, scope: str | None = None) -> Callable[[Method], Method]:
    def add(function: Method) -> Method:
        METHODS[name] = (scope, function)
        return function

    return add


def parsed(args: Json, key: str, error: str = "invalid_arguments") -> Any:
    """An argument that a form carries as JSON text."""
    value = args.get(key)
    if not isinstance(value, str) or not value:
        return value if value != "" else None
    try:
        return json.loads(value)
    except ValueError:
        raise Refused(error) from None


def required(args: Json, key: str) -> str:
    if args.get(key) in (None, ""):
        raise Refused("invalid_arguments", [f"[ERROR] missing required field: {key}"])
    return str(args[key])


def true(args: Json, key: str) -> bool:
    return str(args.get(key, "")).lower() in ("1", "true")


def need_scope(state: State, needed: str) -> None:
    if needed not in state.scopes:
        raise Refused("missing_scope", needed=needed, provided=",".join(sorted(state.scopes)))


def conversation(ws: Workspace, args: Json, reads: str | None = None) -> Channel:
    """The channel an id names; a private one without the bot does not exist for it.

    `reads` ("history" or "read") asks for that scope of the channel's kind.
    """
    channel = ws.state.channels.get(required(args, "channel"))
    if channel is None or (channel.private and not channel.bot_in):
        raise Refused("channel_not_found")
    if reads:
        stem = {"im": "im", "group": "groups"}.get(channel.kind, "channels")
        need_scope(ws.state, f"{stem}:{reads}")
    return channel


def _writable(ws: Workspace, args: Json) -> Channel:
    """Where to post: an id, a person's id or a #name."""
    state, name = ws.state, required(args, "channel")
    if name in state.users and name != BOT_USER:
        channel = state.im(name)
    else:
        by_name = {f"#{c.name}": c.id for c in state.channels.values() if not c.im_with}
        channel = conversation(ws, {"channel": by_name.get(name, name)})
    if channel.archived:
        raise Refused("is_archived")
    if not channel.bot_in:
        raise Refused("not_in_channel")
    return channel


def _content(ws: Workspace, args: Json) -> tuple[str, list[Json], Json | None]:
    blocks = parsed(args, "blocks", "invalid_blocks_format")
    body = {**args, "blocks": blocks, "attachments": None}
    text, blocks = checked(body, ws.state.charts)
    metadata = parsed(args, "metadata", "metadata_must_be_sent_as_json")
    error = limits.check_metadata(metadata) if metadata is not None else None
    if error:
        raise Refused(error)
    return text, blocks, metadata


@method("api.test")
def api_test(ws: Workspace, args: Json) -> Json:
    return {"args": args}


@method("auth.test")
def auth_test(ws: Workspace, args: Json) -> Json:
    body: Json = {"url": ws.url, "team": "Mend workspace", "user": "mend", "team_id": TEAM}
    return body | {"user_id": BOT_USER, "bot_id": BOT, "is_enterprise_install": False}


@method("bots.info", "users:read")
def bots_info(ws: Workspace, args: Json) -> Json:
    bot = {"id": BOT, "app_id": APP, "user_id": BOT_USER, "name": "Mend", "deleted": False}
    return {"bot": bot}


@method("apps.connections.open")
def connections_open(ws: Workspace, args: Json) -> Json:
    return {"url": ws.web_api.socket_url()}


@method("chat.postMessage", "chat:write")
def post_message(ws: Workspace, args: Json) -> Json:
    channel = _writable(ws, args)
    text, blocks, metadata = _content(ws, args)
    state = ws.state
    sent = Message(channel, BOT_USER, text, blocks, bot=True, metadata=metadata)
    sent.thread_ts = args.get("thread_ts") or None
    state.post(sent)
    ws.announce(channel, payloads.posted(sent))
    return {"channel": channel.id, "ts": sent.ts, "message": payloads.message(sent, metadata=True)}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(ws: Workspace, args: Json) -> Json:
    channel = _writable(ws, args)
    user = required(args, "user")
    if user not in ws.state.users:
        raise Refused("user_not_in_channel")
    text, blocks, _ = _content(ws, args)
    sent = Message(channel, BOT_USER, text, blocks, bot=True, ephemeral_for=user)
    sent.thread_ts = args.get("thread_ts") or None
    return {"message_ts": ws.state.post(sent).ts}


def _own(ws: Workspace, args: Json, error: str) -> Message:
    channel = conversation(ws, args)
    found = ws.state.find(channel.id, required(args, "ts"))
    if found is None or found.deleted:
        raise Refused("message_not_found")
    if not found.bot:
        raise Refused(error)
    if channel.archived:
        raise Refused("is_archived")
    return found


@method("chat.update", "chat:write")
def update(ws: Workspace, args: Json) -> Json:
    found = _own(ws, args, "cant_update_message")
    if len(args.get("text") or "") > 4000:
        raise Refused("msg_too_long")
    text, blocks, metadata = _content(ws, args)
    if "blocks" not in args and found.blocks:
        blocks = found.blocks  # only the text was given: the blocks stay
    before, ts = payloads.message(found), ws.state.new_ts()
    kept = found.metadata if metadata is None else metadata
    ws.state.change(found, text=text, blocks=blocks, metadata=kept, edited=ts)
    ws.announce(found.channel, payloads.changed(found, before, ts))
    body = {"channel": found.channel.id, "ts": found.ts, "text": text}
    return body | {"message": payloads.message(found, metadata=True)}


@method("chat.delete", "chat:write")
def delete(ws: Workspace, args: Json) -> Json:
    found = _own(ws, args, "cant_delete_message")
    before = payloads.message(found)
    ws.state.remove(found)
    ws.announce(found.channel, payloads.deleted(found, before, ws.state.new_ts()))
    return {"channel": found.channel.id, "ts": found.ts}


@method("chat.getPermalink")
def permalink(ws: Workspace, args: Json) -> Json:
    channel, ts = conversation(ws, args), required(args, "message_ts")
    found = ws.state.find(channel.id, ts)
    if found is None:
        raise Refused("message_not_found")
    link = f"{ws.url}archives/{channel.id}/p{ts.replace('.', '')}"
    if found.thread_ts and not found.is_root:
        link += f"?thread_ts={found.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}
