"""What the page shows to the person it acts for, and what it does in their name."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from workspace import blocks, tour
from workspace.blocks import Json
from workspace.delivery import Delivery
from workspace.installation import Installation
from workspace.people import Person
from workspace.state import TEAM, Message, View
from workspace.web_api import WebApi

SHOWN = 300  # messages of a channel, and lines of traffic
ACTS = {"say", "command", "shortcut", "react", "edit", "delete", "press", "choose", "options"}
ACTS |= {"fill", "submit", "close", "open_home", "extra"}


class Page:
    """`extras` are more buttons, by label; each gives what went wrong, or nothing.

    `tour` is what the page leads through.
    """

    def __init__(self, ws: Installation, web_api: WebApi, people: dict[str, Person]) -> None:
        self._ws, self._web_api, self._people = ws, web_api, people
        self.extras: dict[str, Callable[[], str]] = {}
        self.tour: list[tour.Step] = []

    def snapshot(self, who: str) -> str:
        """Everything this person may see, as JSON text (written while nothing can change)."""
        ws, person = self._ws, self._people.get(who) or self._people["ada"]
        with ws.changed:
            ws.im(person.id)
            channels = [c for c in ws.channels.values() if c.im_with in (None, person.id)]
            names = {user.id: user.name.capitalize() for user in ws.users.values()}
            ours = [vars(p.user) for p in self._people.values() if p.user.team_id == TEAM]
            shown = {
                "me": person.id,
                "people": ours,
                "names": names | {channel.id: channel.name for channel in channels},
                "channels": [
                    {**vars(c), "kind": c.kind, "messages": _messages(person, person.reads(c))}
                    for c in channels
                ],
                "modals": [_view(view) for view in ws.modals.get(person.id, [])],
                "home": _view(person.home) if person.home else None,
                "connected": bool(ws.connected or ws.line.urls),
                "deliveries": [vars(d) | {"message": None} for d in ws.deliveries[-SHOWN:]],
                "calls": [vars(call) for call in self._web_api.calls[-SHOWN:]],
                "extras": list(self.extras),
                "tour": [vars(step) for step in self.tour],
                "features": ws.manifest.get("features", {}),
            }
            return json.dumps(shown)

    def act(self, body: Json) -> Json:
        """Let the person do one of ACTS; {"error": as Slack shows it, "errors": by block, …}."""
        person, name = self._people[str(body.get("as")).lower()], str(body.get("do"))
        if name not in ACTS:
            return {"error": f"Nobody can {name}."}
        try:
            result = self._do(person, name, body["args"])
        except blocks.Incomplete as incomplete:
            return {"errors": incomplete.errors}
        except LookupError as gone:
            return {"error": f"This is no longer there. ({gone})"}
        error = result.error if isinstance(result, Delivery) else result
        if isinstance(error, str) and error:
            return {"error": error}
        for step in tour.done_by(self.tour, person.name, tour.act_of(name, body["args"], result)):
            with self._ws.change():
                step.done = True
        return {"options": result} if isinstance(result, list) else {}

    def _do(self, person: Person, name: str, args: list[Any]) -> Any:
        """What came of it; for an extra button what went wrong, if anything."""
        if name == "extra":
            return self.extras[args[0]]()
        return getattr(person, name)(*(self._found(arg) for arg in args))

    def _found(self, arg: Any) -> Any:
        """The message or view that an argument of the page stands for, or the argument itself."""
        if not isinstance(arg, dict) or set(arg) not in ({"view"}, {"channel", "ts"}):
            return arg
        messages = self._ws.timeline[arg["channel"]] if "ts" in arg else []
        found = self._ws.view(arg.get("view")) or next(
            (m for m in messages if m.ts == arg["ts"]), None
        )
        if found is None:
            raise LookupError(str(arg))
        return found


def _messages(person: Person, messages: list[Message]) -> list[Json]:
    return [
        vars(it)
        | {"channel": it.channel.id, "reply_count": it.reply_count}
        | {"values": it.values_for(person.id)}
        for it in messages[-SHOWN:]
    ]


def _view(it: View) -> Json:
    return it.body | {"id": it.id, "hash": it.hash, "values": it.values, "errors": it.errors}
