"""A person in the workspace: types, presses, fills in, and sees what Slack would show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workspace import forms, limits, payloads, reading, responses, typed, views
from workspace.outcome import TROUBLE, Outcome
from workspace.state import Channel, Message, User, View

if TYPE_CHECKING:
    from workspace.workspace import Workspace

Json = dict[str, Any]
Where = Message | View


class Person:
    """Every act waits for the bot's ack, and no longer."""

    def __init__(self, ws: Workspace, user: User) -> None:
        self._ws, self.user = ws, user
        self._offered: dict[str, list[Json]] = {}  # action_id -> options the bot gave last

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    # --- looking

    @property
    def modal(self) -> View | None:
        """The modal on top."""
        stack = self._ws.state.modals.get(self.id)
        return stack[-1] if stack else None

    @property
    def home(self) -> View | None:
        return self._ws.state.homes.get(self.id)

    @property
    def dms(self) -> list[Message]:
        """Everything that stands between the bot and this person, oldest first."""
        channel = self._ws.state.im(self.id)
        with self._ws.state.changed:
            return [m for m in self._ws.state.timeline[channel.id] if self._may_see(m)]

    @property
    def ephemerals(self) -> list[Message]:
        """What stands "only visible to you", wherever, oldest first."""
        with self._ws.state.changed:
            every = [m for each in self._ws.state.timeline.values() for m in each]
        mine = [m for m in every if m.ephemeral_for == self.id]
        return sorted(mine, key=lambda m: float(m.ts))

    def sees(self, channel: Channel | str) -> list[Message]:
        """Public roots and this person's ephemerals, oldest first."""
        there = self._ws.channel(channel) if isinstance(channel, str) else channel
        with self._ws.state.changed:
            every = list(self._ws.state.timeline[there.id])
        return [m for m in every if self._may_see(m) and (m.is_root or m.ephemeral_for)]

    def _may_see(self, message: Message) -> bool:
        return message.ephemeral_for in (None, self.id)

    # --- talking

    def say(
        self,
        channel: Channel | str,
        text: str = "",
        thread: Message | None = None,
        raw: str | bool = False,
    ) -> Message:
        """Write in a channel or thread. `raw` is text already escaped, or True where `text` is."""
        there = self._ws.channel(channel) if isinstance(channel, str) else channel
        sent = Message(there, self.id, self._sent(text, raw))
        sent.thread_ts = (thread.thread_ts or thread.ts) if thread else None
        self._ws.state.post(sent)
        self._tell(there, payloads.posted(sent))
        return sent

    def dm(self, text: str = "", thread: Message | None = None, raw: str | bool = False) -> Message:
        """Write to the bot."""
        return self.say(self._ws.state.im(self.id), text, thread, raw)

    def edit(self, message: Message, text: str = "", raw: str | bool = False) -> None:
        before, ts = payloads.message(message), self._ws.state.new_ts()
        self._ws.state.change(message, text=self._sent(text, raw), edited=ts)
        self._tell(message.channel, payloads.changed(message, before, ts))

    def delete(self, message: Message) -> None:
        before = payloads.message(message)
        self._ws.state.remove(message)
        event = payloads.deleted(message, before, self._ws.state.new_ts())
        self._tell(message.channel, event)

    def react(self, message: Message, name: str) -> None:
        with self._ws.state.changed:
            message.reactions.setdefault(name, []).append(self.id)
        item = {"type": "message", "channel": message.channel.id, "ts": message.ts}
        event: Json = {"type": "reaction_added", "user": self.id, "reaction": name, "item": item}
        event |= {"item_user": message.user, "event_ts": self._ws.state.new_ts()}
        self._tell(message.channel, event)

    def invite_bot(self, channel: Channel) -> None:
        with self._ws.state.changed:
            channel.bot_in = True
        event: Json = {"type": "member_joined_channel", "user": self._ws.bot_user}
        event |= {"channel": channel.id, "channel_type": "C", "team": self._ws.id}
        self._tell(channel, event | {"inviter": self.id, "event_ts": self._ws.state.new_ts()})

    def _tell(self, channel: Channel, event: Json) -> None:
        self._ws.state.touch()
        if channel.bot_in and self._ws.hears(event):
            self._ws.line.event(payloads.event(self._ws.state, event, self.user))

    def _sent(self, text: str, raw: str | bool, links: bool = True, names: bool = False) -> str:
        """`text` as Slack's client sends it; `names` writes mentions with the name too."""
        if raw:
            return raw if isinstance(raw, str) else text
        if not links:
            return typed.escaped(text)
        known = {name: person.id for name, person in self._ws.people.items()}
        return typed.linked(text, known | {"mend": self._ws.bot_user}, names)

    # --- commands and shortcuts

    def command(
        self,
        name: str,
        text: str = "",
        channel: Channel | str = "support",
        raw: str | bool = False,
    ) -> Outcome:
        """Type a slash command. Slack turns mentions and links into ids only if `should_escape`."""
        ws, state = self._ws, self._ws.state
        there = ws.channel(channel) if isinstance(channel, str) else channel
        sent = self._sent(text, raw, links=ws.should_escape, names=True)
        reply = self._response_url(there, None)
        delivery = ws.line.send(
            "slash_commands", payloads.command(state, self.user, there, name, sent, reply)
        )
        outcome = Outcome.of(delivery, f'{name} failed with the error "{delivery.error}"')
        body = delivery.ack_body or {}
        if delivery.acked and (body.get("text") or body.get("blocks")):
            try:
                outcome.message = responses.give(state, body, self.id, there)
            except responses.Refused as refused:
                delivery.error = f"invalid_command_response {refused.answer}"
                outcome.error = f'{name} failed with the error "invalid_command_response"'
            if outcome.message and not outcome.message.ephemeral_for:
                ws.announce(there, payloads.posted(outcome.message))
        return outcome

    def shortcut(self, callback_id: str, message: Message) -> Outcome:
        """A message shortcut."""
        body = payloads.interaction(self._ws.state, "message_action", self.user)
        body["channel"] = {"id": message.channel.id, "name": message.channel.name}
        body |= {"callback_id": callback_id, "action_ts": self._ws.state.new_ts()}
        body |= {"message_ts": message.ts, "message": payloads.message(message)}
        return self._interact(body | {"response_url": self._response_url(message.channel, None)})

    def global_shortcut(self, callback_id: str) -> Outcome:
        body = payloads.interaction(self._ws.state, "shortcut", self.user)
        return self._interact(
            body | {"callback_id": callback_id, "action_ts": self._ws.state.new_ts()}
        )

    def _response_url(self, channel: Channel, original: Message | None) -> str:
        path = self._ws.state.new_response_url(self.id, channel, original)
        return self._ws.url.rstrip("/") + path

    def _interact(self, body: Json) -> Outcome:
        return Outcome.of(self._ws.line.send("interactive", body))

    # --- pressing and choosing

    def press(
        self, where: Where, name: str, value: str | None = None, block_id: str | None = None
    ) -> Outcome:
        """Press the button with this label or action_id (and value, where several share it).

        Raises LookupError, naming what there is, when that is not one button.
        """
        block, element = reading.find(where.blocks, name, value, block_id)
        if element["type"] != "button":
            raise LookupError(f"{name!r} is a {element['type']}: choose")
        answer: Json = {key: element[key] for key in ("text", "value", "style") if key in element}
        return self._act(where, block, element, {"type": "button", **answer})

    def choose(self, where: Where, name: str, choice: Any, block_id: str | None = None) -> Outcome:
        """Choose in a menu, radio group, checkboxes or picker, by label or value.

        In a form this is only remembered, unless the block asks to be told (dispatch_action).
        """
        block, element = reading.find(where.blocks, name, block_id=block_id)
        if element["type"] == "overflow":
            labels = {o["text"]["text"]: o for o in element["options"]}
            by_value = {o["value"]: o for o in element["options"]}
            option = labels.get(choice) or by_value.get(choice)
            if option is None:
                raise LookupError(f"{choice!r} is not among {', '.join(labels)}")
            return self._act(where, block, element, {"type": "overflow", "selected_option": option})
        if element["type"].endswith("external_select"):
            self._offer(where, name, choice)
        answer = forms.answer(element, choice, self._offered.get(element["action_id"], []))
        self._values(where).setdefault(block["block_id"], {})[element["action_id"]] = answer
        if block["type"] == "input" and not block.get("dispatch_action"):
            return Outcome(acked=True)
        return self._act(where, block, element, answer)

    def options(self, where: Where, name: str, typed: str) -> list[str]:
        """What an external select offers for `typed`; none when the bot gives no valid answer."""
        block, element = reading.find(where.blocks, name)
        body = payloads.interaction(self._ws.state, "block_suggestion", self.user)
        body |= payloads.place(where, self.user)
        body |= {"action_id": element["action_id"], "block_id": block["block_id"], "value": typed}
        del body["trigger_id"]
        delivery = self._ws.line.send("interactive", body)
        answer = delivery.ack_body if delivery.acked and delivery.ack_body else {}
        errors = limits.check_options(answer)
        if errors:
            delivery.error, answer = "; ".join(errors), {}
        self._offered[element["action_id"]] = reading.options(answer)
        return [option["text"]["text"] for option in reading.options(answer)]

    def _offer(self, where: Where, name: str, choice: Any) -> None:
        """Look `choice` up, unless the bot has just offered it."""
        _, element = reading.find(where.blocks, name)
        for one in choice if isinstance(choice, list) else [choice]:
            known = self._offered.get(element["action_id"], [])
            if not any(one in (o["text"]["text"], o["value"]) for o in known):
                self.options(where, name, one)

    def _values(self, where: Where) -> forms.Values:
        if isinstance(where, View):
            return where.values
        return where.values.setdefault(self.id, forms.initial(where.blocks))

    def _act(self, where: Where, block: Json, element: Json, answer: Json) -> Outcome:
        view_id = where.id if isinstance(where, View) else None
        body = payloads.interaction(self._ws.state, "block_actions", self.user, view_id)
        body |= payloads.place(where, self.user)
        if isinstance(where, Message):
            body["response_url"] = self._response_url(where.channel, where)
        ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
        return self._interact(
            body | {"actions": [{**answer, **ids, "action_ts": self._ws.state.new_ts()}]}
        )

    # --- modals and Home

    def fill(self, values: dict[str, Any], modal: View | None = None) -> None:
        """Type into the inputs of these block_ids. Raises LookupError where there is no such."""
        view = self._the(modal)
        inputs = {
            b["block_id"]: e for b, e in reading.elements(view.blocks) if forms.is_stateful(e)
        }
        for block_id, value in values.items():
            if block_id not in inputs:
                raise LookupError(f"no block {block_id!r}; there is: {', '.join(inputs)}")
            element = inputs[block_id]
            if element["type"].endswith("external_select") and value:
                self._offer(view, element["action_id"], value)
            offered = self._offered.get(element["action_id"], [])
            view.values[block_id][element["action_id"]] = forms.answer(element, value, offered)

    def submit(self, values: dict[str, Any] | None = None, modal: View | None = None) -> Outcome:
        """Fill in and send. Raises Incomplete (a ValueError) where Slack's client would not."""
        view = self._the(modal)
        self.fill(values or {}, view)
        forms.check(view.blocks, view.values)
        view.errors = {}
        state = self._ws.state
        body = payloads.interaction(state, "view_submission", self.user, view.id)
        body |= {"view": payloads.view(view), "response_urls": []}
        delivery = self._ws.line.send("interactive", body)
        outcome = Outcome.of(delivery, TROUBLE)
        if delivery.acked:
            try:
                views.after_submission(state, view, delivery.ack_body or {})
            except responses.Refused as refused:
                delivery.error = outcome.error = f"{TROUBLE} {refused.answer}"
        return outcome

    def close(self, modal: View | None = None) -> None:
        """Close the modal on top; the bot hears of it if the view asks (notify_on_close)."""
        view = self._the(modal)
        views.close(self._ws.state, view)
        if view.body.get("notify_on_close"):
            body = payloads.interaction(self._ws.state, "view_closed", self.user)
            del body["trigger_id"]
            self._interact(body | {"view": payloads.view(view), "is_cleared": False})

    def _the(self, modal: View | None) -> View:
        view = modal or self.modal
        if view is None:
            raise LookupError("no modal is open")
        return view

    def open_home(self) -> View | None:
        """Open the Home tab; gives the bot up to two seconds to publish anew."""
        seen = self.home.hash if self.home else None
        event: Json = {"type": "app_home_opened", "user": self.id, "tab": "home"}
        event |= {"channel": self._ws.state.im(self.id).id, "event_ts": self._ws.state.new_ts()}
        if self.home:
            event["view"] = payloads.view(self.home)
        wrapped = payloads.event(self._ws.state, event, self.user)
        if self._ws.hears(event) and self._ws.line.event(wrapped).acked:
            self._ws.wait(lambda: self.home and self.home.hash != seen, timeout=2)
        return self.home
