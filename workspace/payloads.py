"""What Slack sends to an app: commands, interactions and events, field by field."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from workspace import forms
from workspace.state import APP, BOT, BOT_USER, TEAM, Channel, Message, State, User, View

Json = dict[str, Any]
DOMAINS = {TEAM: "mend-workspace"}


def message(it: Message, metadata: bool = False) -> Json:
    """A message as history, events and interactions carry it; metadata only where asked for."""
    body: Json = {"type": "message", "user": it.user, "text": it.text, "ts": it.ts, "team": TEAM}
    if it.bot:
        body |= {"bot_id": BOT, "app_id": APP}
        body["bot_profile"] = {"id": BOT, "app_id": APP, "name": "Mend", "team_id": TEAM}
    if it.blocks:
        body["blocks"] = it.blocks
    if it.thread_ts:
        body["thread_ts"] = it.thread_ts
    if it.reply_users:
        users = list(dict.fromkeys(it.reply_users))
        body |= {"reply_count": it.reply_count, "reply_users": users}
        body["reply_users_count"] = len(users)
    if it.edited:
        body["edited"] = {"user": it.user, "ts": it.edited}
    if it.reactions:
        body["reactions"] = [
            {"name": name, "users": users, "count": len(users)}
            for name, users in it.reactions.items()
        ]
    if it.deleted and it.reply_users:
        body |= {"subtype": "tombstone", "hidden": True}
    if metadata and it.metadata:
        body["metadata"] = it.metadata
    return body


def view(it: View) -> Json:
    """A view as the Web API and interactions carry it, with a complete state."""
    defaults: Json = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None}
    defaults |= {"submit": None, "close": None, "clear_on_close": False, "notify_on_close": False}
    return {
        **defaults,
        **it.body,
        "id": it.id,
        "team_id": TEAM,
        "app_id": APP,
        "bot_id": BOT,
        "app_installed_team_id": TEAM,
        "hash": it.hash,
        "root_view_id": it.root_id,
        "previous_view_id": it.previous_id,
        "state": {"values": it.values},
    }


def command(state: State, user: User, channel: Channel, name: str, text: str, reply: str) -> Json:
    names = {"im": "directmessage", "group": "privategroup"}
    return {
        "token": "verification",
        "team_id": user.team_id,
        "team_domain": DOMAINS.get(user.team_id, "partner"),
        "channel_id": channel.id,
        "channel_name": names.get(channel.kind, channel.name),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": reply,
        "trigger_id": state.new_trigger(user.id),
    }


def interaction(state: State, kind: str, user: User, view_id: str | None = None) -> Json:
    """What every interaction begins with."""
    domain = DOMAINS.get(user.team_id, "partner")
    return {
        "type": kind,
        "team": {"id": user.team_id, "domain": domain},
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": user.team_id,
        },
        "api_app_id": APP,
        "token": "verification",
        "trigger_id": state.new_trigger(user.id, view_id),
        "enterprise": None,
        "is_enterprise_install": False,
    }


def place(where: Message | View, user: User) -> Json:
    """Where a press happened. On an ephemeral there is no message, only its container."""
    if isinstance(where, View):
        return {"container": {"type": "view", "view_id": where.id}, "view": view(where)}
    channel = where.channel
    container: Json = {
        "type": "message",
        "message_ts": where.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(where.ephemeral_for),
    }
    if where.thread_ts:
        container["thread_ts"] = where.thread_ts
    chosen = where.values.get(user.id) or forms.initial(where.blocks)
    body: Json = {"container": container, "state": {"values": chosen}}
    body["channel"] = {"id": channel.id, "name": channel.name}
    if not where.ephemeral_for:
        body["message"] = message(where)
    return body


def event(state: State, inner: Json, user: User | None) -> Json:
    """The envelope of an event; a person of another workspace shows in `inner`, not here."""
    if user and user.team_id != TEAM:
        inner |= {"team": user.team_id, "user_team": user.team_id, "source_team": user.team_id}
    bot = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}
    return {
        "token": "verification",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": inner,
        "type": "event_callback",
        "event_id": f"Ev{token_hex(5).upper()}",
        "event_time": int(state.now()),
        "authorizations": [{**bot, "is_enterprise_install": False}],
        "is_ext_shared_channel": bool(user and user.team_id != TEAM),
    }


def posted(it: Message) -> Json:
    event = {
        **message(it),
        "channel": it.channel.id,
        "channel_type": it.channel.kind,
        "event_ts": it.ts,
    }
    return event if it.bot else event | {"client_msg_id": token_hex(16)}


def changed(it: Message, before: Json, ts: str) -> Json:
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": message(it),
        "previous_message": before,
        "channel": it.channel.id,
        "channel_type": it.channel.kind,
        "ts": ts,
        "event_ts": ts,
    }


def deleted(it: Message, before: Json, ts: str) -> Json:
    """A reply or a lone message is deleted; a root with replies changes into a tombstone."""
    if it.reply_count:
        return changed(it, before, ts)
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": it.ts,
        "previous_message": before,
        "channel": it.channel.id,
        "channel_type": it.channel.kind,
        "ts": ts,
        "event_ts": ts,
    }
