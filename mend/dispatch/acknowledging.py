"""How each of Slack's surfaces acknowledges, and how it carries a Reply.

The one order everywhere: run the handler (which may refuse and which saves) → acknowledge → the
rest inside a guard. An exception after `ack()` would take the acknowledgement back.

| surface    | the message goes                                  | a form opens          |
| ---------- | ------------------------------------------------- | --------------------- |
| command    | in the acknowledgement itself                     | by the trigger        |
| press      | over the pressed private message, or beside it;   | by the trigger; in a  |
|            | in the modal; on top of App Home, or in a window  | modal, in its place   |
| form       | on its field (errors) or in the form's place      | in the form's place   |
| shortcut   | privately where it was used                       | by the trigger        |
| event      | in the direct message it came from                | –                     |
"""

from __future__ import annotations

import contextlib
import re
import secrets
import time
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse

from handlers import home
from mend.db.model import NotSaved, Refused, Stale
from mend.dispatch import errors
from mend.dispatch import payloads as requests
from mend.dispatch.routes import Deps, Kind, Reply, Request, Route, Routes
from mend.slack.model import NotSent
from mend.slack.ui import (
    Message,
    buttons,
    message,
    panel,
    says,
)

Read = Callable[[requests.Body, float], Request]
Acknowledge = Callable[[Any, Reply], Message | None]  # what is still to be told after it

OLD_BUTTON = "This button is from an older version of Mend. Nothing was done; see `/mend help`."
HOME_ANSWER = 12  # blocks; a longer answer gets a window instead of pushing the page down
OPEN_AGAIN = "Slack could not open the form for that press. Press here:"


def attach(app: App, routes: Routes, deps: Deps) -> None:
    """Bind every route to Bolt, once."""

    @app.use
    def remember_when(context: BoltContext, next: Callable[[], BoltResponse]) -> None:
        context["received"] = time.monotonic()
        next()

    def bind(kind: Kind, read: Read, acknowledge: Acknowledge) -> Callable[..., None]:
        return _listener(kind, routes, deps, read, acknowledge)

    # One listener a surface, which finds its route by id: Bolt would try them one by one.
    anything = re.compile(".*", re.DOTALL)
    app.command(anything)(bind(Kind.COMMAND, requests.of_command, _in_the_answer))
    app.shortcut(anything)(bind(Kind.SHORTCUT, requests.of_shortcut, _beside))
    app.action(anything)(bind(Kind.ACTION, requests.of_action, _beside))
    app.options(anything)(bind(Kind.OPTIONS, requests.of_options, _as_options))
    app.view(anything)(bind(Kind.VIEW, requests.of_view, _in_the_form))
    for route in routes.of(Kind.EVENT):
        app.event(route.id, middleware=[_save_event(route, deps)])(_event(deps))
    app.event(anything)(_ignored)


def _old(deps: Deps, request: Request) -> Reply:
    raise Refused(OLD_BUTTON)


def _ignored() -> None:
    """Over Socket Mode an event without a listener would never be acknowledged."""


def _listener(
    kind: Kind, routes: Routes, deps: Deps, read: Read, acknowledge: Acknowledge
) -> Callable[..., None]:
    def listener(ack: Any, body: dict[str, Any], context: BoltContext) -> None:
        request = read(body, context["received"])
        route = routes.find(kind, requests.route_id(kind, body)) or Route(kind, "old", _old)
        reply = errors.answer(route, request, deps)
        _afterwards(deps, request, reply, acknowledge(ack, reply))

    return listener


def _in_the_answer(ack: Any, reply: Reply) -> None:
    if reply.message:
        ack(text=reply.message.text, blocks=list(reply.message.blocks))
    else:
        ack()


def _beside(ack: Any, reply: Reply) -> Message | None:
    ack()
    return reply.message


def _as_options(ack: Any, reply: Reply) -> None:
    ack(options=list(reply.options))


def _in_the_form(ack: Any, reply: Reply) -> None:
    if reply.message and reply.field:
        ack(response_action="errors", errors={reply.field: reply.message.text})
    elif reply.message:
        ack(response_action="update", view=panel("Mend", reply.message))
    elif reply.form:
        ack(response_action="update", view=dict(reply.form))
    else:
        ack(response_action="clear")


def _save_event(route: Route, deps: Deps) -> Callable[..., BoltResponse | None]:
    """Bolt acknowledges an event before its listener runs, so what it must not lose is saved here.

    Anything but success answers 503, which makes Slack send the event again.
    """

    def middleware(
        body: dict[str, Any], context: BoltContext, next: Callable[[], BoltResponse]
    ) -> BoltResponse | None:
        request = requests.of_event(body, context["received"])
        reply = errors.save(route, request, deps)
        if reply is None:
            return BoltResponse(status=503)
        context["reply"] = request, reply
        return next()

    return middleware


def _event(deps: Deps) -> Callable[..., None]:
    def listener(context: BoltContext) -> None:
        request, reply = context["reply"]
        _afterwards(deps, request, reply, reply.message)

    return listener


def _afterwards(deps: Deps, request: Request, reply: Reply, said: Message | None) -> None:
    """What follows an acknowledgement, each step by itself; nothing it raises may reach Bolt."""
    steps: list[Callable[[], object]] = [lambda: _tell(deps, request, reply, said)]
    if reply.form and request.kind is not Kind.VIEW:
        steps.append(lambda: _open(deps, request, reply))
    if reply.jobs:
        steps.append(lambda: deps.hurry(reply.jobs))
    if reply.later:
        later = reply.later
        steps.append(lambda: _tell(deps, request, reply, later()))
    if reply.after:
        steps.append(reply.after)
    is_on_it = request.is_home and said  # what was said there stands on top of it
    if reply.refreshes_home and not is_on_it:
        steps.append(lambda: home.refresh(deps, request.person, reply.home_page))
    for step in steps:
        with contextlib.suppress(Refused, Stale, NotSaved):
            errors.guard(f"after {request.kind}", step)


def _tell(deps: Deps, request: Request, reply: Reply, said: Message | None) -> None:
    """A message, where the press or shortcut was."""
    if said is None:
        return
    if request.form_id:
        deps.slack.update_form(request.form_id, panel("Mend", said))
    elif request.is_home:
        is_long = len(said.blocks) > HOME_ANSWER
        window = panel("Mend", said)
        if not is_long or isinstance(deps.slack.open_form(request.trigger, window), NotSent):
            home.publish(deps, request.person, said)
    elif request.response_url:
        replaces = reply.replaces and request.may_replace
        deps.slack.respond(request.response_url, said, replace=replaces)
    elif request.channel.startswith("D"):
        deps.slack.post(request.channel, said, key=secrets.token_hex(8))


def _open(deps: Deps, request: Request, reply: Reply) -> None:
    assert reply.form is not None
    if request.form_id:
        deps.slack.update_form(request.form_id, reply.form)
        return
    opened = deps.slack.open_form(request.trigger, reply.form)
    if isinstance(opened, NotSent) and reply.again and request.response_url:
        again = message(OPEN_AGAIN, says(OPEN_AGAIN), buttons(reply.again))
        deps.slack.respond(request.response_url, again, replace=False)
