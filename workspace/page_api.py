"""What the page shows to the person it acts for, and what it does in their name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from workspace.forms import Incomplete
from workspace.outcome import Outcome
from workspace.state import TEAM, Channel, Message, View

if TYPE_CHECKING:
    from workspace.people import Person
    from workspace.workspace import Workspace

Json = dict[str, Any]
SHOWN = 300  # messages of a channel, and lines of traffic


def snapshot(ws: Workspace, who: str) -> str:
    """Everything this person may see, as JSON text (written while nothing can change)."""
    person = ws.people.get(who) or ws.person("ada")
    state = ws.state
    with state.changed:
        state.im(person.id)
        seen = [c for c in state.channels.values() if c.im_with in (None, person.id)]
        home = person.home
        shown = {
            "version": state.version,
            "me": {"id": person.id, "name": person.name},
            "people": [
                {"id": p.id, "name": p.name, "role": p.user.role}
                for p in ws.people.values()
                if p.user.team_id == TEAM
            ],
            "names": {user.id: user.name.capitalize() for user in state.users.values()},
            "channels": [_channel(c, _visible(ws, person, c)) for c in seen],
            "modals": [_view(view) for view in state.modals.get(person.id, [])],
            "home": _view(home) if home else None,
            "connected": ws.connected if ws.line.url is None else 1,
            "traffic": _traffic(ws),
            "commands": ws.manifest.get("features", {}).get("slash_commands", []),
            "shortcuts": ws.manifest.get("features", {}).get("shortcuts", []),
        }
        return json.dumps(shown)


def _visible(ws: Workspace, person: Person, channel: Channel) -> list[Message]:
    every = ws.state.timeline[channel.id]
    return [m for m in every if m.ephemeral_for in (None, person.id)][-SHOWN:]


def _channel(it: Channel, messages: list[Message]) -> Json:
    body: Json = {"id": it.id, "name": it.name, "kind": it.kind, "archived": it.archived}
    return body | {"bot_in": it.bot_in, "messages": [_message(message) for message in messages]}


def _message(it: Message) -> Json:
    return {**vars(it), "channel": it.channel.id, "reply_count": it.reply_count}


def _view(it: View) -> Json:
    own = {"id": it.id, "hash": it.hash, "values": it.values, "errors": it.errors}
    return {**it.body, **own}


def _traffic(ws: Workspace) -> list[Json]:
    lines: list[Json] = [
        {
            "at": d.at,
            "to": "bot",
            "what": d.payload.get("command")
            or d.payload.get("event", {}).get("type")
            or d.payload.get("type", d.kind),
            "ok": d.acked,
            "note": d.error or f"acked in {d.seconds * 1000:.0f} ms",
            "sent": d.payload,
            "answer": d.ack_body,
        }
        for d in ws.deliveries[-SHOWN:]
    ]
    lines += [
        {
            "at": c.at,
            "to": "slack",
            "what": c.method,
            "ok": bool(c.response.get("ok")),
            "note": c.response.get("error", "ok"),
            "sent": c.args,
            "answer": c.response,
        }
        for c in ws.calls[-SHOWN:]
    ]
    return sorted(lines, key=lambda line: float(line["at"]))[-SHOWN:]


def act(ws: Workspace, body: Json) -> Json:
    """Do what the page asks; {"error": what Slack would show, "errors": by block, …}."""
    person = ws.person(str(body.get("as")))
    try:
        result = _do(ws, person, body)
    except Incomplete as incomplete:
        return {"errors": incomplete.errors}
    except (LookupError, StopIteration) as gone:
        return {"error": f"This is no longer there. ({gone})"}
    if isinstance(result, Outcome):
        return {"error": result.error}
    return {"options": result} if isinstance(result, list) else {}


def _do(ws: Workspace, person: Person, body: Json) -> Any:
    what = body["do"]
    if what == "say":
        thread = _message_at(ws, body) if body.get("ts") else None
        return person.say(body["channel"], body["text"], thread)
    if what == "command":
        name, _, text = body["text"].strip().partition(" ")
        return person.command(name, text.strip(), body["channel"])
    if what == "home":
        return person.open_home()
    if what == "global":
        return person.global_shortcut(body["callback_id"])
    if what == "shortcut":
        return person.shortcut(body["callback_id"], _message_at(ws, body))
    if what == "react":
        return person.react(_message_at(ws, body), body["name"])
    if what == "edit":
        return person.edit(_message_at(ws, body), body["text"])
    if what == "delete":
        return person.delete(_message_at(ws, body))
    where = _view_of(ws, body["view"]) if body.get("view") else _message_at(ws, body)
    if isinstance(where, View):
        if "values" in body:
            person.fill(body["values"], where)
        if what == "submit":
            return person.submit(modal=where)
        if what == "close":
            return person.close(where)
    if what == "press":
        return person.press(where, body["action_id"], body.get("value"), body["block_id"])
    if what == "choose":
        return person.choose(where, body["action_id"], body["value"], body["block_id"])
    return person.options(where, body["action_id"], body["value"])


def _view_of(ws: Workspace, view_id: str) -> View:
    view = ws.state.find_view(view_id)
    if view is None:
        raise LookupError(view_id)
    return view


def _message_at(ws: Workspace, body: Json) -> Message:
    timeline = ws.state.timeline[body["channel"]]
    return next(m for m in timeline if m.ts == body["ts"])
