"""How each of Slack's surfaces acknowledges, and how it carries a Reply.

The one order everywhere: run the handler (which may refuse and which saves) → acknowledge → the
rest inside a guard. An exception after `ack()` would take the acknowledgement back.

| surface    | the message goes                                  | a form opens          |
| ---------- | ------------------------------------------------- | --------------------- |
| command    | in the acknowledgement itself                     | by the trigger        |
| press      | over the pressed private message, or beside it    | by the trigger; in a  |
|            | (in its thread, where Slack lets Mend do so);     | modal, in its place   |
|            | in the modal; on top of App Home, or in a window  |                       |
| form       | on its field (errors) or in the form's place      | in the form's place   |
| shortcut   | privately where it was used                       | by the trigger        |
| event      | in the direct message it came from                | by a button there     |
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse

from mend.db.model import Refused
from mend.dispatch import payloads as requests
from mend.dispatch.afterwards import Afterwards
from mend.dispatch.errors import Gate
from mend.dispatch.help import overview
from mend.dispatch.injecting import bind
from mend.dispatch.routes import Kind, Outcome, Reply, Request, Route, Routes
from mend.people.directory import People
from mend.slack import ui

Read = Callable[[requests.Body, float], Request]
Acknowledge = Callable[[Any, Reply], ui.Message | None]  # what is still to be told after it
Measure = Callable[[Kind, Outcome, float], None]  # seconds from a request to its acknowledgement

HELP = frozenset({"help", "-h", "-help", "--help", "\u2013help", "\u2014help"})
OLD_BUTTON = (
    "This button is from an older version of Mend, and nothing was done. `/repair`, `/ownit` and"
    " App Home bring the one of today."
)


def attach(
    app: App,
    routes: Routes,
    services: Mapping[type, object],
    gate: Gate,
    afterwards: Afterwards,
    measure: Measure,
) -> None:
    """Bind every route to Bolt, once; `services` are what handlers may ask for, by type.

    Raises LookupError where a handler asks for another one.
    """
    runs = {route: bind(route.run, services) for route in (*routes, OLD)}

    def measured(request: Request, outcome: Outcome, route: Route) -> None:
        if route.counts:
            measure(request.kind, outcome, time.monotonic() - request.received)

    def listener(read: Read, acknowledge: Acknowledge) -> Callable[..., None]:
        """One for a whole surface, which finds its route by id: Bolt would try them one by one."""

        def listener(ack: Any, body: dict[str, Any], context: BoltContext) -> None:
            request = read(body, context["received"])
            route = routes.find(requests.route_id(request.kind, body), request) or OLD
            reply = answer(route, request)
            left = acknowledge(ack, reply)
            measured(request, reply.outcome, route)
            afterwards.run(request, reply, left)

        return listener

    def answer(route: Route, request: Request) -> Reply:
        run = runs[route]
        if request.kind is Kind.COMMAND and request.text.casefold() in HELP:
            run = partial(_overview, routes, gate.people)
        return as_typed(request, gate.answer(route, request, run))

    def as_typed(request: Request, reply: Reply) -> Reply:
        """The answer, or that of the command it stands for."""
        if reply.becomes is None:
            return reply
        id, text = reply.becomes
        typed = replace(request, kind=Kind.COMMAND, text=text)
        return answer(routes.find(id, typed) or OLD, typed)

    def saved(route: Route, request: Request) -> Reply | None:
        reply = gate.save(route, request, runs[route])
        measured(request, reply.outcome if reply else Outcome.NOT_SAVED, route)
        return reply and as_typed(request, reply)

    app.use(_remember_when)
    anything = re.compile(".*", re.DOTALL)
    app.command(anything)(listener(requests.of_command, _in_the_answer))
    app.shortcut(anything)(listener(requests.of_shortcut, _beside))
    app.action(anything)(listener(requests.of_action, _beside))
    app.options(anything)(listener(requests.of_options, _as_options))
    app.view(anything)(listener(requests.of_view, _in_the_form))
    for route in routes.of(Kind.EVENT):
        app.event(route.id, middleware=[_save_event(route, saved)])(_event(afterwards))
    app.event(anything)(_ignored)


def _remember_when(context: BoltContext, next: Callable[[], BoltResponse]) -> None:
    context["received"] = time.monotonic()
    next()


def _overview(routes: Routes, people: People, request: Request) -> Reply:
    return Reply(overview(routes, people.role_of(request.user)))


def _old(request: Request) -> Reply:
    raise Refused(OLD_BUTTON)


OLD = Route(Kind.ACTION, "old", _old)


def _ignored() -> None:
    """Over Socket Mode an event without a listener would never be acknowledged."""


def _in_the_answer(ack: Any, reply: Reply) -> None:
    if reply.message:
        ack(text=reply.message.text, blocks=list(reply.message.blocks))
    else:
        ack()


def _beside(ack: Any, reply: Reply) -> ui.Message | None:
    ack()
    return reply.message


def _as_options(ack: Any, reply: Reply) -> None:
    ack(options=list(reply.options))


def _in_the_form(ack: Any, reply: Reply) -> None:
    if reply.message and reply.field:
        ack(response_action="errors", errors={reply.field: reply.message.text})
    elif reply.message:
        ack(response_action="update", view=ui.panel("Mend", reply.message))
    elif reply.form:
        ack(response_action="update", view=dict(reply.form))
    else:
        ack(response_action="clear")


def _save_event(
    route: Route, save: Callable[[Route, Request], Reply | None]
) -> Callable[..., BoltResponse | None]:
    """Bolt acknowledges an event before its listener runs, so what it must not lose is saved here.

    Anything but success answers 503, which makes Slack send the event again.
    """

    def middleware(
        body: dict[str, Any], context: BoltContext, next: Callable[[], BoltResponse]
    ) -> BoltResponse | None:
        request = requests.of_event(body, context["received"])
        reply = save(route, request)
        if reply is None:
            return BoltResponse(status=503)
        context["reply"] = request, reply
        return next()

    return middleware


def _event(afterwards: Afterwards) -> Callable[..., None]:
    def listener(context: BoltContext) -> None:
        request, reply = context["reply"]
        afterwards.run(request, reply, reply.message)

    return listener
