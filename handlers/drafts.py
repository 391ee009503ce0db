"""Turning a note into a playbook change, by its owner."""

from mend.dispatch.routes import Reply, Request, Routes, Typed, opens
from mend.lookbacks.service import LookBacks
from mend.ownit import draft_views as blocks
from mend.ownit.drafting import Drafting
from mend.ownit.service import Owning
from mend.playbooks.library import Library

on = Routes()


@on.action(blocks.OPEN)
def open_form(request: Request, library: Library, owning: Owning, lookbacks: LookBacks) -> Reply:
    note = owning.of(request.user, request.value)
    words = lookbacks.of(note.id).words or note.learned
    book = library.fitting(note.text)
    title = book.title if book else ""
    return opens(blocks.draft_form(note, title, words), blocks.OPEN, note.id)


@on.view(blocks.FORM, typed=Typed.OTHERS)
def proposed(request: Request, owning: Owning, drafting: Drafting) -> Reply:
    note = owning.of(request.user, request.private_metadata)
    title, words = blocks.read_draft(request.answers)
    drafting.propose(note, title, words, may_tell=blocks.may_tell(request.answers))
    return Reply(blocks.sent())
