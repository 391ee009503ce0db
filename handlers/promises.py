"""Promises to customers: made from a note, then done, put off or handed over."""

from __future__ import annotations

from mend.dispatch.routes import Deps, Reply, Request, Routes, opens, tells
from mend.promises import views as blocks
from mend.promises.model import due_in

on = Routes()


@on.action(blocks.MAKE)
def make(deps: Deps, request: Request) -> Reply:
    entry = deps.owning.of(request.person, request.value)
    suggested = due_in(entry.text, deps.now(), deps.teams.rules(entry.team).zone)
    return opens(blocks.promise_form(entry, suggested), blocks.MAKE, entry.id)


@on.view(blocks.FORM)
def made(deps: Deps, request: Request) -> Reply:
    entry = deps.owning.of(request.person, request.private)
    what, due_at, may_tell_lead = blocks.read_promise(request.answers)
    promise = deps.promises.make(entry, what, due_at, may_tell_lead)
    return Reply(blocks.made(promise), refreshes_home=True)


@on.action(blocks.DONE)
def done(deps: Deps, request: Request) -> Reply:
    deps.promises.done(request.person, request.value)
    return tells("Done: promise kept.", refreshes_home=True)


@on.action(blocks.LATER)
def later(deps: Deps, request: Request) -> Reply:
    promise = deps.promises.later(request.person, request.value)
    when = blocks.local_time(promise.due_at)
    return tells(f"Moved to {when}. Tell the customer, if they wait for it.", refreshes_home=True)


@on.action(blocks.HAND_OVER)
def hand_over(deps: Deps, request: Request) -> Reply:
    _, jobs = deps.promises.hand_over(request.person, request.value)
    said = "Your supervisors were asked to take it. You will hear who has it."
    return tells(said, jobs=jobs, refreshes_home=True)
