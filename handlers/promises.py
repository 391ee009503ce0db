"""Promises to customers: made from a note, then done, put off or handed over."""

from mend.dispatch.routes import Reply, Request, Routes, Typed, opens, tells
from mend.ownit.service import Owning
from mend.people.teams import Teams
from mend.promises import views as blocks
from mend.promises.service import Promises
from mend.slack.packing import unpack

on = Routes()


@on.action(blocks.MAKE)
def make(request: Request, owning: Owning, promises: Promises) -> Reply:
    note = owning.of(request.user, request.value)
    return opens(blocks.promise_form(note, promises.due_in(note)), blocks.MAKE, note.id)


@on.view(blocks.FORM, typed=Typed.MINE)
def made(request: Request, owning: Owning, promises: Promises, teams: Teams) -> Reply:
    note = owning.of(request.user, request.private_metadata)
    what, due_at, may_tell_lead = blocks.read_promise(request.answers)
    promise = promises.make(note, what, due_at, may_tell_lead)
    return Reply(blocks.made(promise, teams.zone_of(request.user)))


@on.action(blocks.DONE)
def done(request: Request, promises: Promises) -> Reply:
    promises.done(request.user, request.value)
    return tells("Done: promise kept.")


@on.action(blocks.LATER)
def later(request: Request, promises: Promises, teams: Teams) -> Reply:
    id, seen = unpack(request.value, 2)
    promise = promises.later(request.user, id, int(seen) if seen else None)
    return Reply(blocks.moved(promise, teams.zone_of(request.user)))


@on.action(blocks.HAND_OVER)
def hand_over(request: Request, promises: Promises) -> Reply:
    _, jobs = promises.hand_over(request.user, request.value)
    said = "Your supervisors were asked to take it. You will hear who has it."
    return tells(said, jobs=jobs)
