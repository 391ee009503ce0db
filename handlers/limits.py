"""Set limits, for admins: one form by role over every line of all playbooks."""

from __future__ import annotations

from mend.dispatch.routes import Reply, Request, Routes, Typed, opens
from mend.editor import limit_views as blocks
from mend.editor.limits import Limits
from mend.editor.publishing import key_of
from mend.people.model import Role

on = Routes()


@on.action(blocks.OPEN, blocks.ROLE, role=Role.ADMIN)
def show(request: Request, limits: Limits) -> Reply:
    """What needs a limit first; else, or in another category, what is set by now."""
    lines = limits.lines(request.user)
    place = blocks.begun(lines, blocks.read_place(request.value))
    return opens(blocks.limits_form(lines, place), blocks.OPEN, request.value)


@on.view(blocks.FORM, typed=Typed.CUSTOMERS, role=Role.ADMIN)
def save(request: Request, limits: Limits) -> Reply:
    """A screen of them is saved; what is left comes in its place."""
    place = blocks.read_place(request.private_metadata)
    lines = limits.lines(request.user)
    changed = blocks.read_limits(lines, request.answers)
    sent, left = limits.set(request.user, place.role, changed)
    jobs = [key_of(revision) for revision in sent]
    said = blocks.left_alone(left, {line.book.slug: line.book.title for line in lines})
    if place.left(lines):
        return Reply(form=blocks.limits_form(lines, place, said), jobs=jobs)
    return Reply(blocks.saved(place.role, len(sent), said), jobs=jobs)
