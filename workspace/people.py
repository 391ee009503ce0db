"""A person in the workspace, who reads, types, presses and fills in as in Slack's client."""

from __future__ import annotations

import re
from typing import Any

from workspace import blocks, limits, methods, payloads, views
from workspace.blocks import Json
from workspace.delivery import TROUBLE, Delivery
from workspace.installation import Installation
from workspace.limits import Refused
from workspace.state import Channel, Message, User, View

Where = Message | View
_LINKS = re.compile(r"https?://[^\s&|]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w+")


class Person:
    """Every act waits for the bot's ack, and no longer. A channel may be given by name or id."""

    def __init__(self, ws: Installation, user: User) -> None:
        self._ws, self.user = ws, user
        self.id, self.name = user.id, user.name
        self._offered: dict[str, list[Json]] = {}  # action_id -> options the bot gave last

    # --- what this person has before them

    @property
    def modal(self) -> View | None:
        """The modal on top."""
        return next(reversed(self._ws.modals.get(self.id, [])), None)

    @property
    def home(self) -> View | None:
        return self._ws.homes.get(self.id)

    @property
    def dms(self) -> list[Message]:
        """Everything that stands between the bot and this person, oldest first."""
        return self.reads(self._ws.im(self.id))

    @property
    def ephemerals(self) -> list[Message]:
        """What stands "only visible to you", wherever, oldest first."""
        with self._ws.changed:
            every = [m for each in self._ws.timeline.values() for m in each]
        mine = [m for m in every if m.ephemeral_for == self.id]
        return sorted(mine, key=lambda m: float(m.ts))

    def reads(self, channel: Channel) -> list[Message]:
        """Everything there is for this person in a channel and its threads."""
        with self._ws.changed:
            every = list(self._ws.timeline[channel.id])
        mine = channel.im_with in (None, self.id)
        return [m for m in every if mine and m.ephemeral_for in (None, self.id)]

    def sees(self, channel: Channel | str) -> list[Message]:
        """Public roots and this person's ephemerals, oldest first."""
        return [m for m in self.reads(self._ws.channel(channel)) if m.is_root or m.ephemeral_for]

    # --- talking

    def say(
        self, channel: Channel | str, text: str, thread: Message | None = None, raw: bool = False
    ) -> Message:
        """Write in a channel or thread; `raw` text is already as Slack's client sends it."""
        sent = Message(self._ws.channel(channel), self.id, text if raw else self._linked(text))
        sent.thread_ts = (thread.thread_ts or thread.ts) if thread else None
        return self._ws.post(sent, by=self.user)

    def dm(self, text: str, thread: Message | None = None, raw: bool = False) -> Message:
        """Write to the bot."""
        return self.say(self._ws.im(self.id), text, thread, raw)

    def edit(self, message: Message, text: str) -> None:
        self._ws.edit(message, by=self.user, text=self._linked(text))

    def delete(self, message: Message) -> None:
        self._ws.delete(message, by=self.user)

    def react(self, message: Message, name: str) -> None:
        with self._ws.change():
            users = message.reactions.setdefault(name, [])
            if self.id in users:
                return
            users.append(self.id)
        item = {"type": "message", "channel": message.channel.id, "ts": message.ts}
        event: Json = {"type": "reaction_added", "user": self.id, "reaction": name, "item": item}
        event |= {"item_user": message.user, "event_ts": self._ws.new_ts()}
        self._ws.tell(message.channel, event, self.user)

    def _linked(self, text: str, names: bool = False) -> str:
        """Escaped, with mentions, e-mail and web addresses as links; telephone numbers stay.

        `names` writes a mention with its name, as Slack does in commands.
        """
        people = {user.name: user.id for user in self._ws.users.values()}

        def link(match: re.Match[str]) -> str:
            found, name = match[0], match[0][1:].lower()
            if found[0] != "@":
                return f"<{found}>" if "://" in found else f"<mailto:{found}|{found}>"
            shown = f"|{name}" if names else ""
            return f"<@{people[name]}{shown}>" if name in people else found

        return _LINKS.sub(link, _escaped(text))

    # --- commands and shortcuts

    def command(self, name: str, text: str = "", channel: Channel | str = "support") -> Delivery:
        """Type a slash command. Slack turns mentions and links into ids only if `should_escape`."""
        there = self._ws.channel(channel)
        sent = self._linked(text, names=True) if self._ws.should_escape else _escaped(text)
        reply = self._response_url(there)
        body = payloads.command(self._ws, self.user, there, name, sent, reply)
        delivery = self._ws.line.send("slash_commands", body)
        given = delivery.body if delivery.acked and delivery.body else {}
        if given.get("text") or given.get("blocks"):
            try:
                delivery.message = methods.give(self._ws, given, self.id, there)
            except Refused as refused:
                delivery.failure, delivery.body = "invalid_command_response", refused.answer
        if delivery.failure:
            delivery.error = f'{name} failed with the error "{delivery.failure}"'
        return delivery

    def shortcut(self, callback_id: str, message: Message) -> Delivery:
        """A message shortcut."""
        body: Json = {"channel": {"id": message.channel.id, "name": message.channel.name}}
        body |= {"callback_id": callback_id, "action_ts": self._ws.new_ts()}
        body |= {"message_ts": message.ts, "message": payloads.message(message)}
        body["response_url"] = self._response_url(message.channel)
        return self._interact("message_action", body)

    def _response_url(self, channel: Channel, original: Message | None = None) -> str:
        path = self._ws.new_response_url(self.id, channel, original)
        return self._ws.url.rstrip("/") + path

    def _interact(self, kind: str, body: Json, view: View | None = None) -> Delivery:
        begun = payloads.interaction(self._ws, kind, self.user, view)
        return self._ws.line.send("interactive", begun | body)

    # --- pressing and choosing

    def press(
        self, where: Where, name: str, value: str | None = None, block_id: str | None = None
    ) -> Delivery:
        """Press the button with this label or action_id (and value, where several share it).

        A label that no button has may stand in a ⋯, which is opened for it. Raises LookupError,
        naming what there is, when that is not one button or choice.
        """
        menus = [e for _, e in blocks.elements(where.blocks) if name in blocks.choices(e)]
        if len(menus) == 1 and name not in where.buttons:
            chosen = self.choose(where, menus[0]["action_id"], name, block_id)
            assert chosen is not None
            return chosen
        block, element = self._find(where, name, value, block_id)
        if element["type"] != "button":
            raise LookupError(f"{name!r} is a {element['type']}: choose")
        answer: Json = {key: element[key] for key in ("text", "value", "style") if key in element}
        return self._act(where, block, element, {"type": "button", **answer})

    def choose(
        self, where: Where, name: str, choice: Any, block_id: str | None = None
    ) -> Delivery | None:
        """Choose in a menu, radio group, checkboxes or picker, by label or value.

        In a form this is only remembered, unless the block asks to be told (dispatch_action).
        """
        block, element = self._find(where, name, block_id=block_id)
        answer = self._answer(where, element, choice)
        if element["type"] != "overflow":
            where.values_for(self.id)[block["block_id"]][element["action_id"]] = answer
        if block["type"] == "input" and not block.get("dispatch_action"):
            return None
        return self._act(where, block, element, answer)

    def options(self, where: Where, name: str, typed: str) -> list[str]:
        """What an external select offers for `typed`; none when the bot gives no valid answer."""
        block, element = self._find(where, name)
        ids = {"action_id": element["action_id"], "block_id": block["block_id"], "value": typed}
        body = payloads.place(where, self.user) | ids
        delivery = self._interact("block_suggestion", body)
        answer = delivery.body if delivery.acked and delivery.body else {}
        if errors := limits.check_options(answer):
            delivery.failure, answer = "; ".join(errors), {}
        self._offered[element["action_id"]] = offered = blocks.options(answer)
        return [blocks.label(option) for option in offered]

    def _answer(self, where: Where, element: Json, choice: Any) -> Json:
        action = element["action_id"]
        if element["type"] == "external_select" and choice:
            known = self._offered.get(action, [])
            if not any(choice in (blocks.label(o), o["value"]) for o in known):
                self.options(where, action, choice)
        return blocks.answer(element, choice, self._offered.get(action, []))

    def _find(
        self, where: Where, name: str, value: str | None = None, block_id: str | None = None
    ) -> tuple[Json, Json]:
        """(block, element), where this person has it before them. Raises LookupError."""
        if isinstance(where, View):
            there = where.user == self.id and self._ws.view(where.id) is where
        else:
            there = where in self.reads(where.channel) and not where.deleted
        if not there:
            raise LookupError(f"{self.name} does not have this on screen")
        every = [
            (b, e) for b, e in blocks.elements(where.blocks) if block_id in (None, b["block_id"])
        ]
        right = [e for _, e in every if value in (None, e.get("value"))]
        found = blocks.named(right, "action_id", name)
        return next((b, e) for b, e in every if e is found)

    def _act(self, where: Where, block: Json, element: Json, answer: Json) -> Delivery:
        body, view = payloads.place(where, self.user), where if isinstance(where, View) else None
        if isinstance(where, Message):
            body["response_url"] = self._response_url(where.channel, where)
        ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
        action = {**answer, **ids, "action_ts": self._ws.new_ts()}
        return self._interact("block_actions", body | {"actions": [action]}, view)

    # --- modals and Home

    def fill(self, values: dict[str, Any], modal: View | None = None) -> None:
        """Type into the inputs of these block_ids. Raises LookupError where there is no such."""
        view = self._the(modal)
        inputs = {b["block_id"]: e for b, e in blocks.elements(view.blocks) if blocks.value_key(e)}
        for block_id, value in values.items():
            if block_id not in inputs:
                raise LookupError(f"no block {block_id!r}; there is: {', '.join(inputs)}")
            element = inputs[block_id]
            view.values[block_id][element["action_id"]] = self._answer(view, element, value)

    def submit(
        self,
        values: dict[str, Any] | None = None,
        modal: View | None = None,
        *,
        lost: bool = False,
    ) -> Delivery:
        """Fill in and send. Raises Incomplete (a ValueError) where Slack's client would not.

        `lost`: the answer does not reach the client, and the form stays as it is.
        """
        view = self._the(modal)
        self.fill(values or {}, view)
        blocks.check_filled(view.blocks, view.values)
        view.errors = {}
        body: Json = {"view": payloads.view(view), "response_urls": []}
        delivery = self._interact("view_submission", body, view)
        if lost or not delivery.acked:
            delivery.error = TROUBLE
        else:
            try:
                views.after_submission(self._ws, view, delivery.body or {})
            except Refused as refused:
                delivery.error = delivery.failure = f"{TROUBLE} {refused.answer}"
        return delivery

    def close(self, modal: View | None = None) -> None:
        """Close the modal on top; the bot does not hear of it."""
        views.close(self._ws, self._the(modal))

    def _the(self, modal: View | None) -> View:
        view = modal or self.modal
        if view is None:
            raise LookupError("no modal is open")
        return view

    def open_home(self) -> View | None:
        """Open the Home tab; gives the bot up to two seconds to publish anew."""
        seen, channel = self.home.hash if self.home else None, self._ws.im(self.id)
        event: Json = {"type": "app_home_opened", "user": self.id, "tab": "home"}
        event |= {"channel": channel.id, "event_ts": self._ws.new_ts()}
        if self.home:
            event["view"] = payloads.view(self.home)
        told = self._ws.tell(channel, event, self.user)
        if told and told.acked:
            self._ws.wait(lambda: self.home and self.home.hash != seen, timeout=2)
        return self.home


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
