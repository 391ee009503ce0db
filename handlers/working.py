"""Working on one's own note: what was masked and was not personal, the direct messages as the

place for a private one, the playbook in the thread.
"""

from __future__ import annotations

from handlers import ownit
from mend.dispatch.routes import Deps, Reply, Request, Routes, opens, tells
from mend.ownit import forms as note_forms
from mend.ownit import views as notes
from mend.ownit.model import check_editable

on = Routes()


@on.action(notes.PUT_BACK)
def put_back(deps: Deps, request: Request) -> Reply:
    entry, version, originals = notes.read_put_back(request.value)
    return ownit.receipt(deps, deps.owning.put_back(request.person, entry, version, originals))


@on.action(notes.WRITE_BACK)
def write_back(deps: Deps, request: Request) -> Reply:
    entry = deps.owning.of(request.person, request.value)
    check_editable(entry, deps.now())
    return opens(note_forms.edit(entry, as_written=True), notes.WRITE_BACK, entry.id)


@on.action(notes.IN_MESSAGES)
def in_messages(deps: Deps, request: Request) -> Reply:
    jobs = deps.owning.work_in_messages(request.person, request.value)
    said = (
        "It is in your messages with Mend. What you reply under it there is kept with the note,"
        " for you."
    )
    return tells(said, jobs=jobs)


@on.action(notes.SHOW_IN_THREAD)
def show_in_thread(deps: Deps, request: Request) -> Reply:
    entry, slug = request.value.split(" ", 1)
    jobs = deps.owning.show_in_thread(request.person, entry, slug)
    return tells("The playbook stands in the thread.", jobs=jobs, replaces=False)


@on.action(notes.KEEP_NOTE)
def keep_note(deps: Deps, request: Request) -> Reply:
    deps.owning.of(request.person, request.value)
    return tells("It stays with you.")
