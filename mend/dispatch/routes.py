"""What Slack asks, what it gets, and how a handler declares what it answers to.

A handler is a plain function under `@on.action(…)`: it is given the request and, by their types,
the services it names; it parses, checks and saves, and returns what to say. It never acknowledges
by itself, so nothing can fail between its words and the acknowledgement that carries them (see
acknowledging.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import Any

from mend.people.model import Role
from mend.slack import ui

MEND = "/mend"  # the command whose first word is a command, too


class Kind(StrEnum):
    """What Slack sends."""

    COMMAND = "command"
    SUBCOMMAND = "subcommand"  # the first word after /mend
    SHORTCUT = "shortcut"
    ACTION = "action"
    VIEW = "view"
    EVENT = "event"
    OPTIONS = "options"  # of a menu that is searched while typing


class Outcome(StrEnum):
    """What became of a request."""

    ANSWERED = "answered"
    REFUSED = "refused"
    STALE = "stale"  # somebody else was quicker
    NOT_SAVED = "not_saved"
    FAILED = "failed"  # an error nobody foresaw


class Typed(StrEnum):
    """Whose words a route takes: what becomes of them where whoever types them is in distress."""

    MINE = "the handler keeps them, for their writer alone"
    OTHERS = "others would read them: they are kept as a private note of their writer instead"
    NOBODYS = "nothing is kept of them"
    CUSTOMERS = "they are a customer's, or a playbook's, and are not read for that"


@dataclass(frozen=True, slots=True)
class Request:
    """What one person asked for, in Mend's words rather than Slack's."""

    kind: Kind
    id: str  # the same for every delivery of the same act
    user: str
    user_workspace: str
    received: float  # monotonic seconds
    channel: str = ""
    thread: str = ""  # in which it was pressed or used; empty outside one
    card: str = ""  # the message that was pressed, by its `ts`; empty for a modal and App Home
    text: str = ""
    value: str = ""
    block: str = ""  # of the control that was pressed
    trigger_id: str = ""
    response_url: str = ""
    view_id: str = ""  # of the modal in which it happened
    view_hash: str = ""  # another one as soon as the modal shows something else
    private_metadata: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    first_field: str = ""
    is_home: bool = False
    may_replace: bool = False  # the pressed message is Mend's own private one
    message: Mapping[str, Any] = field(default_factory=dict)
    event: Mapping[str, Any] = field(default_factory=dict)


def first_word(request: Request) -> str:
    """What is asked of `/mend`."""
    return (request.text.split() or ["help"])[0].casefold()


@dataclass(frozen=True, slots=True)
class Reply:
    """What one person gets, and what is done once they have it.

    `later` makes the message where that takes longer than Slack waits for an acknowledgement, or
    hangs on what became of the jobs;
    `after` is done once the answer is out. `options` answer a menu. `becomes` is a command and its
    text, which answers in place of all else here: what was written stands for typing that.
    `jobs` are run at once, guarded; what fails stays due. `again` is the button offered where
    Slack no longer lets a form open for this press. What `is_fleeting` is said where it was asked
    for or nowhere: no message keeps it.
    """

    message: ui.Message | None = None
    later: Callable[[], ui.Message | None] | None = None
    form: Mapping[str, Any] | None = None
    again: Any = None
    field: str | None = None  # the form's field that `message` complains about
    replaces: bool = True
    is_fleeting: bool = False
    jobs: Sequence[str] = ()
    after: Callable[[], object] | None = None
    options: Sequence[Mapping[str, Any]] = ()
    becomes: tuple[str, str] | None = None
    home_page: int = 0  # of their notes, where it was pressed there
    outcome: Outcome = Outcome.ANSWERED


def tells(sentence: str, *, jobs: Sequence[str] = (), replaces: bool = True) -> Reply:
    return Reply(ui.notice(sentence), jobs=jobs, replaces=replaces)


def opens(form: Mapping[str, Any], action: str, value: str) -> Reply:
    """A form, by the press of a button with this action and value, here or once more."""
    return Reply(form=form, again=ui.button("Open the form", action, value))


Handler = Callable[..., Reply]
Declare = Callable[[Handler], Handler]


@dataclass(frozen=True, slots=True)
class Route:
    """One thing Mend answers to. `help` is for people; `label` is what Slack shows.

    What is `open` answers before Slack said who asks: it must show nothing that hangs on a role.
    Of what does not `count`, not even the number is kept.
    """

    kind: Kind
    id: str
    run: Handler
    role: Role = Role.AGENT
    usage: str = ""
    help: str = ""
    label: str = ""
    open: bool = False
    typed: Typed = Typed.OTHERS
    counts: bool = True


class Routes:
    """What a module of handlers answers to, declared above each of them, or what all answer to.

    Feeds Bolt, `/mend help` and the manifest. A handler may be declared more than once, each
    thing only once.
    """

    def __init__(self, *modules: Routes, counts: bool = True) -> None:
        self._counts = counts
        self._routes: dict[tuple[Kind, str], Route] = {}
        for module in modules:
            for route in module:
                self._add(route)

    def command(
        self, name: str, *, usage: str, help: str, typed: Typed, open: bool = False
    ) -> Declare:
        route = partial(Route, Kind.COMMAND, name, usage=usage, help=help, typed=typed, open=open)
        return self._declare(route)

    def subcommand(self, name: str, *, help: str, role: Role = Role.AGENT) -> Declare:
        return self._declare(partial(Route, Kind.SUBCOMMAND, name, role=role, help=help))

    def shortcut(self, callback: str, *, label: str, help: str) -> Declare:
        return self._declare(partial(Route, Kind.SHORTCUT, callback, label=label, help=help))

    def action(self, *ids: str, role: Role = Role.AGENT, typed: Typed = Typed.OTHERS) -> Declare:
        return self._declare(
            *(partial(Route, Kind.ACTION, id, role=role, typed=typed) for id in ids)
        )

    def options(self, *ids: str, role: Role = Role.AGENT) -> Declare:
        return self._declare(*(partial(Route, Kind.OPTIONS, id, role=role) for id in ids))

    def view(self, callback: str, *, typed: Typed, role: Role = Role.AGENT) -> Declare:
        return self._declare(partial(Route, Kind.VIEW, callback, role=role, typed=typed))

    def event(self, name: str) -> Declare:
        return self._declare(partial(Route, Kind.EVENT, name))

    def of(self, kind: Kind) -> list[Route]:
        return [route for route in self if route.kind is kind]

    def get(self, kind: Kind, id: str) -> Route | None:
        return self._routes.get((kind, id))

    def find(self, id: str, request: Request) -> Route | None:
        """The route of an id as it stands in a message: several buttons of one are numbered."""
        kind = request.kind
        word = self.get(Kind.SUBCOMMAND, first_word(request)) if id == MEND else None
        return word or self.get(kind, id) or self.get(kind, re.sub(r"_\d+$", "", id))

    def __iter__(self) -> Iterator[Route]:
        return iter(self._routes.values())

    def _declare(self, *routes: Callable[[Handler], Route]) -> Declare:
        def declare(run: Handler) -> Handler:
            for route in routes:
                self._add(replace(route(run), counts=self._counts))
            return run

        return declare

    def _add(self, route: Route) -> None:
        if (route.kind, route.id) in self._routes:
            raise ValueError(f"{route.kind} {route.id} is declared twice")
        self._routes[route.kind, route.id] = route
