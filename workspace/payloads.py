"""What Slack sends to an app: commands, interactions and events, field by field."""

from secrets import token_hex

from workspace.blocks import Json
from workspace.state import APP, BOT, BOT_USER, TEAM, Channel, Message, State, User, View


def message(it: Message, metadata: bool = False) -> Json:
    """A message as history, events and interactions carry it; metadata only where asked for."""
    body: Json = {"type": "message", "user": it.user, "text": it.text, "ts": it.ts, "team": TEAM}
    if it.bot:
        profile = {"id": BOT, "app_id": APP, "name": "Mend", "team_id": TEAM}
        body |= {"bot_id": BOT, "app_id": APP, "bot_profile": profile}
    if it.blocks:
        body["blocks"] = it.blocks
    if it.attachments:
        body["attachments"] = it.attachments
    if it.thread_ts:
        body["thread_ts"] = it.thread_ts
    if it.reply_users:
        users = list(dict.fromkeys(it.reply_users))
        body |= {"reply_count": it.reply_count, "reply_users": users}
        body["reply_users_count"] = len(users)
    if it.edited:
        body["edited"] = {"user": it.user, "ts": it.edited}
    if it.reactions:
        each = it.reactions.items()
        body["reactions"] = [{"name": n, "users": who, "count": len(who)} for n, who in each]
    if it.deleted and it.reply_users:
        body |= {"subtype": "tombstone", "hidden": True}
    if metadata and it.metadata:
        body["metadata"] = it.metadata
    return body


def view(it: View) -> Json:
    """A view as the Web API and interactions carry it, with a complete state."""
    defaults: Json = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None}
    defaults |= {"submit": None, "close": None, "clear_on_close": False, "notify_on_close": False}
    ids = {"id": it.id, "team_id": TEAM, "app_id": APP, "bot_id": BOT, "hash": it.hash}
    ids |= {"root_view_id": it.root_id, "app_installed_team_id": TEAM}
    state = {"previous_view_id": it.previous_id, "state": {"values": it.values}}
    return defaults | it.body | ids | state


def user(it: User) -> Json:
    """A person as users.info and users.list give them."""
    name = it.name.capitalize()
    body: Json = {"id": it.id, "team_id": it.team_id, "name": it.name, "tz": it.tz}
    body |= {"is_admin": it.role == "admin", "deleted": it.is_deactivated}
    body |= {"is_restricted": it.is_guest, "is_ultra_restricted": False}
    body |= {"is_bot": it.id == BOT_USER, "is_stranger": it.team_id != TEAM}
    return body | {"profile": {"real_name": name, "display_name": name}}


def command(state: State, user: User, channel: Channel, name: str, text: str, reply: str) -> Json:
    names = {"im": "directmessage", "group": "privategroup"}
    body = {"token": "verification", "api_app_id": APP, "is_enterprise_install": "false"}
    body |= {"team_id": user.team_id, "team_domain": _domain(user), "channel_id": channel.id}
    body |= {"channel_name": names.get(channel.kind, channel.name), "user_id": user.id}
    body |= {"user_name": user.name, "command": name, "text": text, "response_url": reply}
    return body | {"trigger_id": state.new_trigger(user.id)}


def _domain(user: User) -> str:
    return "mend-workspace" if user.team_id == TEAM else "partner"


def interaction(state: State, kind: str, user: User, view: View | None = None) -> Json:
    """What every interaction begins with."""
    who = {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id}
    team = {"id": user.team_id, "domain": _domain(user)}
    body: Json = {"type": kind, "team": team, "user": who, "api_app_id": APP}
    body |= {"token": "verification", "enterprise": None, "is_enterprise_install": False}
    if kind != "block_suggestion":
        body["trigger_id"] = state.new_trigger(user.id, view)
    return body


def place(where: Message | View, user: User) -> Json:
    """Where a press happened. On an ephemeral there is no message, only its container."""
    if isinstance(where, View):
        return {"container": {"type": "view", "view_id": where.id}, "view": view(where)}
    channel = where.channel
    container: Json = {"type": "message", "message_ts": where.ts, "channel_id": channel.id}
    container["is_ephemeral"] = bool(where.ephemeral_for)
    if where.thread_ts:
        container["thread_ts"] = where.thread_ts
    body: Json = {"container": container, "state": {"values": where.values_for(user.id)}}
    body["channel"] = {"id": channel.id, "name": channel.name}
    return body if where.ephemeral_for else body | {"message": message(where)}


def event(now: float, inner: Json, user: User | None) -> Json:
    """The envelope of an event; a person of another workspace shows in `inner`, not here."""
    is_shared = bool(user and user.team_id != TEAM)
    if user and is_shared:
        inner |= {"team": user.team_id, "user_team": user.team_id, "source_team": user.team_id}
    bot = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}
    body: Json = {"type": "event_callback", "event": inner, "token": "verification"}
    body |= {"team_id": TEAM, "context_team_id": TEAM, "context_enterprise_id": None}
    body |= {"api_app_id": APP, "is_ext_shared_channel": is_shared}
    body |= {"event_id": f"Ev{token_hex(5).upper()}", "event_time": int(now)}
    return body | {"authorizations": [bot | {"is_enterprise_install": False}]}


def posted(it: Message) -> Json:
    channel = {"channel": it.channel.id, "channel_type": it.channel.kind, "event_ts": it.ts}
    return message(it) | channel | ({} if it.bot else {"client_msg_id": token_hex(16)})


def changed(it: Message, before: Json, ts: str) -> Json:
    """An edit, or a deletion: a root with replies changes into a tombstone, the rest goes."""
    body: Json = {"type": "message", "hidden": True, "previous_message": before, "ts": ts}
    body |= {"channel": it.channel.id, "channel_type": it.channel.kind, "event_ts": ts}
    if it.deleted and not it.reply_count:
        return body | {"subtype": "message_deleted", "deleted_ts": it.ts}
    return body | {"subtype": "message_changed", "message": message(it)}
