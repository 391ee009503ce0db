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
    role = Role(int(request.value))
    form = blocks.limits_form(limits.lines(request.user), role)
    return opens(form, blocks.OPEN, request.value)


@on.view(blocks.FORM, typed=Typed.CUSTOMERS, role=Role.ADMIN)
def save(request: Request, limits: Limits) -> Reply:
    """The page is saved; what is left of a long library comes in its place."""
    role, page = blocks.read_page(request.private_metadata)
    lines = limits.lines(request.user)
    changed = blocks.read_limits(lines, request.answers)
    sent, left = limits.set(request.user, role, changed)
    jobs = [key_of(revision) for revision in sent]
    said = blocks.left_alone(left, {line.book.slug: line.book.title for line in lines})
    if more := blocks.next_page(lines, role, page, said):
        return Reply(form=more, jobs=jobs)
    return Reply(blocks.saved(role, len(sent), said), jobs=jobs)
