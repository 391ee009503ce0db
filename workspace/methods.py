"""The Web API: each public function is the method of that name, its dots as underscores."""

from __future__ import annotations

import json
from typing import Any

from workspace import limits, payloads, views
from workspace.blocks import Json
from workspace.installation import Installation
from workspace.limits import Refused
from workspace.state import BOT, BOT_USER, TEAM, Channel, Message, Ticket, View

# name, or how it begins -> the scope it needs; conversations.* need that of the channel's kind
SCOPES = {"chat.getPermalink": "", "chat.": "chat:write", "conversations.open": "im:write"}
SCOPES |= {"users.": "users:read", "usergroups.": "usergroups:read"}


class Methods:
    """Every method takes its arguments as a form or JSON carries them, and may raise Refused."""

    def __init__(self, ws: Installation) -> None:
        self._ws = ws

    def call(self, name: str, token: str, args: Json) -> Json:
        """The answer to one call."""
        ours = [self._ws.bot_token, self._ws.app_token]
        method = None if name.startswith("_") else getattr(self, name.replace(".", "_"), None)
        try:
            if "." not in name or method is None:
                raise Refused("unknown_method")
            if token != ours[name == "apps.connections.open"]:
                known = "not_allowed_token_type" if token in ours else "invalid_auth"
                raise Refused(known if token else "not_authed")
            self._need_scope(next((s for n, s in SCOPES.items() if name.startswith(n)), ""))
            return {"ok": True, **method(args)}
        except Refused as refused:
            return refused.answer

    def _need_scope(self, needed: str) -> None:
        scopes = self._ws.scopes
        if needed and needed not in scopes:
            raise Refused("missing_scope", needed=needed, provided=",".join(sorted(scopes)))

    def auth_test(self, args: Json) -> Json:
        body: Json = {"url": self._ws.url, "team": "Mend workspace", "team_id": TEAM}
        body |= {"user": "mend", "user_id": BOT_USER, "bot_id": BOT}
        return body | {"is_enterprise_install": False}

    def apps_connections_open(self, args: Json) -> Json:
        return {"url": self._ws.line.socket_url}

    # --- messages

    def chat_postMessage(self, args: Json) -> Json:
        sent = self._new(args)
        self._ws.post(sent)
        answer = {"channel": sent.channel.id, "ts": sent.ts}
        return answer | {"message": payloads.message(sent, metadata=True)}

    def chat_postEphemeral(self, args: Json) -> Json:
        sent = self._new(args)
        sent.ephemeral_for = _need(args, "user")
        if sent.ephemeral_for not in self._ws.users:
            raise Refused("user_not_in_channel")
        return {"message_ts": self._ws.post(sent).ts}

    def chat_update(self, args: Json) -> Json:
        found = self._own(args, "cant_update_message")
        if len(str(args.get("text") or "")) > 4000:
            raise Refused("msg_too_long")
        new = content(args)
        for key in {"blocks", "metadata"} - set(args):
            del new[key]  # where only the text is given, the blocks stay
        self._ws.edit(found, **new)
        answer = {"channel": found.channel.id, "ts": found.ts, "text": found.text}
        return answer | {"message": payloads.message(found, metadata=True)}

    def chat_delete(self, args: Json) -> Json:
        found = self._own(args, "cant_delete_message")
        self._ws.delete(found)
        return {"channel": found.channel.id, "ts": found.ts}

    def chat_getPermalink(self, args: Json) -> Json:
        channel, ts = self._channel(args), _need(args, "message_ts")
        found = self._ws.find(channel, ts)
        if found is None:
            raise Refused("message_not_found")
        reply = "" if found.is_root else f"?thread_ts={found.thread_ts}&cid={channel.id}"
        link = f"{self._ws.url}archives/{channel.id}/p{ts.replace('.', '')}{reply}"
        return {"channel": channel.id, "permalink": link}

    def _new(self, args: Json) -> Message:
        """The message to post: to an id, a person's id or a #name."""
        name = _need(args, "channel")
        if name in self._ws.users and name != BOT_USER:
            channel = self._ws.im(name)
        else:
            ids = {f"#{c.name}": c.id for c in self._ws.channels.values()}
            channel = self._channel({"channel": ids.get(name, name)})
        if channel.archived:
            raise Refused("is_archived")
        if not channel.bot_in:
            raise Refused("not_in_channel")
        thread = args.get("thread_ts") or None
        return Message(channel, BOT_USER, **content(args), bot=True, thread_ts=thread)

    def _own(self, args: Json, error: str) -> Message:
        channel = self._channel(args)
        found = self._ws.find(channel, _need(args, "ts"))
        if found is None or found.deleted:
            raise Refused("message_not_found")
        if not found.bot:
            raise Refused(error)
        if channel.archived:
            raise Refused("is_archived")
        return found

    # --- conversations

    def _channel(self, args: Json, reads: str = "") -> Channel:
        """The channel an id names; a private one without the bot does not exist for it.

        `reads` ("history" or "read") asks for that scope of the channel's kind.
        """
        channel = self._ws.channels.get(_need(args, "channel"))
        if channel is None or (channel.private and not channel.bot_in):
            raise Refused("channel_not_found")
        if reads:
            stem = {"im": "im", "group": "groups", "channel": "channels"}[channel.kind]
            self._need_scope(f"{stem}:{reads}")
        if reads == "history" and not channel.bot_in:
            raise Refused("not_in_channel")
        return channel

    def conversations_open(self, args: Json) -> Json:
        if args.get("users") not in self._ws.users:
            raise Refused("user_not_found")
        return {"channel": {"id": self._ws.im(args["users"]).id}}

    def conversations_info(self, args: Json) -> Json:
        it = self._channel(args, "read")
        body: Json = {"id": it.id, "is_im": bool(it.im_with), "is_archived": it.archived}
        if it.im_with:
            return {"channel": body | {"user": it.im_with}}
        body |= {"name": it.name, "is_channel": not it.private, "is_group": it.private}
        body |= {"is_private": it.private, "is_member": it.bot_in, "is_ext_shared": it.shared}
        body |= {"context_team_id": TEAM, "is_pending_ext_shared": it.invites}
        return {"channel": body}

    def conversations_members(self, args: Json) -> Json:
        it = self._channel(args, "read")
        ours = [user.id for user in self._ws.users.values() if user.team_id == TEAM]
        here = [user for user in ours if user not in it.without]
        everybody = [user for user in here if it.bot_in or user != BOT_USER]
        return _page(args, "members", [it.im_with, BOT_USER] if it.im_with else everybody)

    def conversations_history(self, args: Json) -> Json:
        every = reversed(self._ws.messages(self._channel(args, "history")))
        return self._page_of_messages(args, [m for m in every if m.is_root and _since(args, m)])

    def conversations_replies(self, args: Json) -> Json:
        found = self._ws.find(self._channel(args, "history"), _need(args, "ts"))
        if found is None:
            raise Refused("thread_not_found")
        thread = self._ws.thread(found)
        return self._page_of_messages(args, [m for m in thread if m.is_root or _since(args, m)])

    def _page_of_messages(self, args: Json, messages: list[Message]) -> Json:
        metadata = str(args.get("include_all_metadata")).lower() in ("1", "true")
        return _page(args, "messages", [payloads.message(m, metadata) for m in messages])

    # --- people

    def users_info(self, args: Json) -> Json:
        it = self._ws.users.get(_need(args, "user"))
        if it is None:
            raise Refused("user_not_found")
        return {"user": payloads.user(it)}

    def users_list(self, args: Json) -> Json:
        ours = [payloads.user(it) for it in self._ws.users.values() if it.team_id == TEAM]
        return _page(args, "members", ours)

    def usergroups_users_list(self, args: Json) -> Json:
        group = self._ws.user_groups.get(_need(args, "usergroup"))
        if group is None:
            raise Refused("no_such_subteam")
        return {"users": group}

    # --- views

    def _use_trigger(self, args: Json) -> Ticket:
        """It is good once, for three seconds."""
        trigger = self._ws.tickets.get(_need(args, "trigger_id"))
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if not trigger.uses:
            raise Refused("exchanged_trigger_id")
        if self._ws.now() > trigger.expires:
            raise Refused("expired_trigger_id")
        trigger.uses -= 1
        return trigger

    def views_open(self, args: Json) -> Json:
        body, trigger = views.checked(_parsed(args, "view")), self._use_trigger(args)
        return {"view": payloads.view(views.show(self._ws, trigger.user, body))}

    def views_push(self, args: Json) -> Json:
        body, trigger = views.checked(_parsed(args, "view")), self._use_trigger(args)
        if not isinstance(trigger.source, View) or not self._ws.view(trigger.source.id):
            raise Refused("not_found")
        return {"view": payloads.view(views.show(self._ws, trigger.user, body, trigger.source))}

    def views_update(self, args: Json) -> Json:
        body, found = views.checked(_parsed(args, "view")), self._ws.view(args.get("view_id"))
        if found is None:
            raise Refused("not_found")
        return self._show_instead(found, body, args)

    def views_publish(self, args: Json) -> Json:
        user, homes = _need(args, "user_id"), self._ws.homes
        if user not in self._ws.users:
            raise Refused("user_not_found")
        body = views.checked(_parsed(args, "view"), "home")
        if user in homes:
            return self._show_instead(homes[user], body, args)
        homes[user] = View(user, body)
        return {"view": payloads.view(homes[user])}

    def _show_instead(self, found: View, body: Json, args: Json) -> Json:
        if args.get("hash", found.hash) != found.hash:
            raise Refused("hash_conflict")
        found.show(body)
        return {"view": payloads.view(found)}


def content(body: Json) -> Json:
    """The text, blocks and metadata of a message. Raises Refused where Slack would."""
    text, blocks = body.get("text") or "", _parsed(body, "blocks", "invalid_blocks_format")
    metadata = _parsed(body, "metadata", "metadata_must_be_sent_as_json")
    blocks = [] if blocks is None else blocks
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if not text and not blocks:
        raise Refused("no_text")
    if errors := limits.check_blocks(blocks):
        raise Refused("invalid_blocks", errors)
    if metadata is not None and limits.check_metadata(metadata):
        raise Refused("invalid_metadata_format")
    return {"text": str(text)[:40000], "blocks": blocks, "metadata": metadata}


def give(ws: Installation, body: Json, user_id: str, channel: Channel) -> Message:
    """Post what an ack or a response_url says: private, unless it asks for in_channel."""
    sent = Message(channel, BOT_USER, **content(body), bot=True)
    sent.thread_ts = body.get("thread_ts")
    sent.ephemeral_for = user_id if body.get("response_type") != "in_channel" else None
    return ws.post(sent)


def _need(args: Json, key: str) -> str:
    if args.get(key) in (None, ""):
        raise Refused("invalid_arguments", [f"[ERROR] missing required field: {key}"])
    return str(args[key])


def _parsed(args: Json, key: str, error: str = "invalid_arguments") -> Any:
    """What a form carries as JSON text."""
    value = args.get(key)
    try:
        return json.loads(value or "null") if isinstance(value, str) else value
    except ValueError:
        raise Refused(error) from None


def _page(args: Json, key: str, items: list[Any]) -> Json:
    """One page of `items`; the cursor is the index of the next."""
    start = str(args.get("cursor") or "0")
    if not start.isdigit():
        raise Refused("invalid_cursor")
    end = int(start) + int(args.get("limit") or 100)
    following = str(end) if end < len(items) else ""
    page = {key: items[int(start) : end], "response_metadata": {"next_cursor": following}}
    return page | {"has_more": bool(following)}


def _since(args: Json, message: Message) -> bool:
    ts, oldest, latest = (
        float(each or end)
        for each, end in ((message.ts, 0), (args.get("oldest"), 0), (args.get("latest"), "inf"))
    )
    is_inclusive = str(args.get("inclusive")).lower() in ("1", "true")
    return oldest < ts < latest or (is_inclusive and ts in (oldest, latest))
