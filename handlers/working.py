"""One's own note: what was masked and was not personal; kept, though its message is gone."""

from __future__ import annotations

from mend.dispatch.routes import Deps, Reply, Request, Routes, opens, tells
from mend.ownit import forms as note_forms
from mend.ownit import views as notes
from mend.ownit.model import check_editable

on = Routes()


@on.action(notes.WRITE_BACK)
def write_back(deps: Deps, request: Request) -> Reply:
    entry = deps.owning.of(request.person, request.value)
    check_editable(entry, deps.now())
    return opens(note_forms.edit(entry, as_written=True), notes.WRITE_BACK, entry.id)


@on.action(notes.KEEP_NOTE)
def keep_note(deps: Deps, request: Request) -> Reply:
    deps.owning.of(request.person, request.value)
    return tells("It stays with you.")
