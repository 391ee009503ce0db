"""The Web API methods that read: conversations, their messages, people and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workspace import payloads
from workspace.methods import conversation, method, required, true
from workspace.responses import Refused
from workspace.state import BOT_USER, TEAM, Channel, Message, User

if TYPE_CHECKING:
    from workspace.workspace import Workspace

Json = dict[str, Any]


@method("conversations.open", "im:write")
def conversations_open(ws: Workspace, args: Json) -> Json:
    users = required(args, "users").split(",")
    if len(users) > 1 or users[0] not in ws.state.users:
        raise Refused("user_not_found" if len(users) == 1 else "method_not_supported")
    return {"channel": {"id": ws.state.im(users[0]).id}}


def _conversation_json(ws: Workspace, it: Channel) -> Json:
    body: Json = {"id": it.id, "is_im": bool(it.im_with), "is_archived": it.archived}
    if it.im_with:
        return body | {"user": it.im_with}
    body |= {"name": it.name, "name_normalized": it.name, "is_channel": not it.private}
    body |= {"is_private": it.private, "is_group": it.private, "is_member": it.bot_in}
    return body | {"num_members": len(_members(ws, it)), "context_team_id": TEAM}


def _members(ws: Workspace, channel: Channel) -> list[str]:
    if channel.im_with:
        return [channel.im_with, BOT_USER]
    return [u.id for u in ws.state.users.values() if channel.bot_in or not u.is_bot]


@method("conversations.info")
def conversations_info(ws: Workspace, args: Json) -> Json:
    return {"channel": _conversation_json(ws, conversation(ws, args, "read"))}


@method("conversations.members")
def conversations_members(ws: Workspace, args: Json) -> Json:
    return _page(args, "members", _members(ws, conversation(ws, args, "read")), 100)


@method("conversations.list", "channels:read")
def conversations_list(ws: Workspace, args: Json) -> Json:
    kinds = {"public_channel": "channel", "private_channel": "group", "im": "im"}
    wanted = str(args.get("types") or "public_channel").split(",")
    asked = {kinds.get(name.strip()) for name in wanted}
    fits = [c for c in ws.state.channels.values() if c.kind in asked]
    if true(args, "exclude_archived"):
        fits = [c for c in fits if not c.archived]
    seen = [c for c in fits if c.bot_in or not c.private]
    return _page(args, "channels", [_conversation_json(ws, c) for c in seen], 100)


def _page(args: Json, key: str, items: list[Any], limit: int) -> Json:
    """One page of `items`; the cursor is the index of the next."""
    start = str(args.get("cursor") or "0")
    if not start.isdigit():
        raise Refused("invalid_cursor")
    end = int(start) + min(int(args.get("limit") or limit), 1000)
    following = str(end) if end < len(items) else ""
    body = {key: items[int(start) : end], "response_metadata": {"next_cursor": following}}
    return body if key != "messages" else body | {"has_more": bool(following)}


def _within(args: Json, message: Message) -> bool:
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    ts = float(message.ts)
    return oldest <= ts <= latest if true(args, "inclusive") else oldest < ts < latest


def _readable(ws: Workspace, args: Json) -> Channel:
    channel = conversation(ws, args, "history")
    if not channel.bot_in:
        raise Refused("not_in_channel")
    return channel


@method("conversations.history")
def history(ws: Workspace, args: Json) -> Json:
    channel, metadata = _readable(ws, args), true(args, "include_all_metadata")
    roots = [m for m in ws.state.public(channel) if m.is_root and _within(args, m)]
    return _page(args, "messages", [payloads.message(m, metadata) for m in reversed(roots)], 100)


@method("conversations.replies")
def replies(ws: Workspace, args: Json) -> Json:
    channel, metadata = _readable(ws, args), true(args, "include_all_metadata")
    found = ws.state.find(channel.id, required(args, "ts"))
    if found is None:
        raise Refused("thread_not_found")
    thread = [m for m in ws.state.thread(found) if m.is_root or _within(args, m)]
    return _page(args, "messages", [payloads.message(m, metadata) for m in thread], 1000)


def _user_json(user: User) -> Json:
    name = user.name.capitalize()
    profile = {"real_name": name, "display_name": name, "email": f"{user.name}@example.com"}
    return {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "real_name": name,
        "deleted": False,
        "tz": user.tz,
        "is_admin": user.role == "admin",
        "is_owner": False,
        "is_bot": user.is_bot,
        "is_restricted": user.is_guest,
        "is_ultra_restricted": False,
        "is_stranger": user.team_id != TEAM,
        "profile": profile,
    }


@method("users.info", "users:read")
def users_info(ws: Workspace, args: Json) -> Json:
    user = ws.state.users.get(required(args, "user"))
    if user is None:
        raise Refused("user_not_found")
    return {"user": _user_json(user)}


@method("users.list", "users:read")
def users_list(ws: Workspace, args: Json) -> Json:
    ours = [u for u in ws.state.users.values() if u.team_id == TEAM]
    return _page(args, "members", [_user_json(user) for user in ours], 1000)


@method("usergroups.users.list", "usergroups:read")
def usergroup_users(ws: Workspace, args: Json) -> Json:
    group = ws.state.user_groups.get(required(args, "usergroup"))
    if group is None:
        raise Refused("no_such_subteam")
    return {"users": group}
