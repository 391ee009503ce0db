"""What follows an acknowledgement: what a person is told, the form, the jobs, App Home."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mend.db.model import NotSaved, Refused, Stale
from mend.dispatch import errors
from mend.dispatch.routes import Kind, Reply, Request
from mend.slack import ui
from mend.slack.gateway import SlackGateway
from mend.slack.model import NotSent, Sent

HOME_ANSWER = 12  # blocks; a longer answer gets a window instead of pushing the page down
OPEN_AGAIN = "The form opens with a press:"
ELSEWHERE = (
    "For the message in the thread. Slack lets Mend answer inside it once Mend is in this channel:"
    " `/invite @Mend`."
)

NOT_THERE = "Slack did not let Mend answer where you pressed, so here it is:"


@dataclass(frozen=True)
class Afterwards:
    """`run_now` runs jobs at once. `owe` owes a person a message, under a key, in answer to the

    value that was pressed; `take_back` drops it where it was not delivered.

    `show_home` answers a press in a person's App Home: what they are told goes on top of it, and it
    shows that page of their notes. `follow` brings every App Home up to date that somebody looks
    at.
    """

    slack: SlackGateway
    run_now: Callable[[Sequence[str]], None]
    owe: Callable[[str, str, ui.Message, str], Sequence[str]]
    take_back: Callable[[str, str], object]
    show_home: Callable[[str, ui.Message | None, int], None]
    follow: Callable[[], None]

    def run(self, request: Request, reply: Reply, said: ui.Message | None) -> None:
        """Each step by itself; nothing it raises may reach Bolt, which would take the ack back."""
        steps: list[Callable[[], object]] = [lambda: self._tell(request, reply, said)]
        if reply.form and request.kind is not Kind.VIEW:
            steps.append(lambda: self._open(request, reply))
        if reply.jobs:
            steps.append(lambda: self.run_now(reply.jobs))
        if reply.later:
            later = reply.later
            steps.append(lambda: self._tell(request, reply, later()))
        if reply.after:
            steps.append(reply.after)
        is_pressed_there = request.is_home and request.kind is Kind.ACTION
        if is_pressed_there and not (said or reply.form or reply.later):
            steps.append(lambda: self.show_home(request.user, None, reply.home_page))
        steps.append(self.follow)
        for step in steps:
            with contextlib.suppress(Refused, Stale, NotSaved):
                errors.guard(f"after {request.kind}", step)

    def _tell(self, request: Request, reply: Reply, said: ui.Message | None) -> None:
        """A message, where the press or shortcut was."""
        if said is None:
            return
        if request.view_id:
            self.slack.update_form(request.view_id, ui.panel("Mend", said))
        elif request.is_home:
            is_long = len(said.blocks) > HOME_ANSWER
            window = ui.panel("Mend", said)
            if not is_long or isinstance(self.slack.open_form(request.trigger_id, window), NotSent):
                self.show_home(request.user, said, 0)
        elif request.response_url:
            replaces = reply.replaces and request.may_replace
            in_thread = request.thread and not replaces and not request.channel.startswith("D")
            if in_thread and self._whispers(request, said):
                return
            there = _headed(ELSEWHERE, said) if in_thread else said
            sent = self.slack.respond(request.response_url, there, replace=replaces)
            if isinstance(sent, NotSent) and not reply.is_fleeting:
                self._tell_in_messages(request, said, replaces)
        elif request.channel.startswith("D"):
            key = secrets.token_hex(8)
            sent = self.slack.post(request.channel, said, key=key)
            is_heard_later = isinstance(sent, NotSent) and sent.reason.is_passing
            if is_heard_later and not reply.is_fleeting:
                self.owe(f"answer:{key}", request.user, said, "")

    def _tell_in_messages(self, request: Request, said: ui.Message, replaces: bool) -> None:
        """Slack takes no answer there: over the card, where that is a message, or else by one.

        That is sent now or never, for later it may no longer be so.
        """
        is_message = replaces and request.channel.startswith("D")
        if is_message and isinstance(self.slack.update(request.channel, request.card, said), Sent):
            return
        key, value = f"answer:{secrets.token_hex(8)}", request.value
        self.run_now(self.owe(key, request.user, _headed(NOT_THERE, said), value))
        self.take_back(key, request.user)

    def _whispers(self, request: Request, said: ui.Message) -> bool:
        """Whether it could be said in the thread, for whoever asked alone."""
        place = request.channel, request.thread
        return isinstance(self.slack.whisper(*place, request.user, said), Sent)

    def _open(self, request: Request, reply: Reply) -> None:
        assert reply.form is not None
        if request.view_id:
            self.slack.update_form(request.view_id, reply.form)
            return
        opened = self.slack.open_form(request.trigger_id, reply.form)
        if isinstance(opened, NotSent) and reply.again:
            again = ui.message(OPEN_AGAIN, ui.says(OPEN_AGAIN), ui.buttons(reply.again))
            self._tell(request, replace(reply, replaces=False), again)


def _headed(where: str, said: ui.Message) -> ui.Message:
    """What does not stand where it was asked for, under a line that says so."""
    line = ui.aside(where)
    return ui.Message(f"{where} {said.text}"[: ui.FALLBACK_LENGTH], (line, *said.blocks))
