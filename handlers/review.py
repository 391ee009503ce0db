"""What waits for the admins; how anybody suggests a change; which playbooks are to be checked."""

from handlers.editor import found, page_of
from mend.db.model import Refused
from mend.dispatch.routes import Reply, Request, Routes, Typed, opens
from mend.editor import review_views as blocks
from mend.editor import verifying_views
from mend.editor.service import Editing
from mend.editor.sheets import Sheets
from mend.editor.suggestions import Suggesting
from mend.editor.verifying import Verifying
from mend.editor.views import ALL, WAITING, options
from mend.people.model import Role
from mend.people.teams import Teams
from mend.playbooks.library import Library
from mend.slack import doors
from mend.slack.listing import page_of as place_in_list

on = Routes()

NEAR = 2  # playbooks offered for a note's words


@on.action(WAITING, role=Role.ADMIN)
def show(request: Request, teams: Teams, sheets: Sheets) -> Reply:
    _, place = place_in_list(request.value)
    return page(request, teams, sheets, place)


def page(request: Request, teams: Teams, sheets: Sheets, place: int = 0) -> Reply:
    waiting, zone = sheets.waiting(request.user), teams.zone_of(request.user)
    return opens(blocks.waiting(waiting, sheets.title, zone, place), WAITING, str(place))


@on.action(blocks.ADOPT, role=Role.ADMIN)
def adopt(request: Request, sheets: Sheets, editing: Editing) -> Reply:
    slug = editing.adopt(request.user, request.value)
    return page_of(request, sheets, slug, "The note's words are your draft now.")


@on.action(blocks.FOLD, role=Role.ADMIN)
def fold(request: Request, library: Library, sheets: Sheets) -> Reply:
    note = sheets.note(request.value)
    if note is None:
        raise Refused("Somebody took that draft meanwhile.")
    hits = library.find(f"{note.title} {note.summary}").hits[:NEAR]
    near = [book for hit in hits if (book := library.get(hit.slug))]
    return opens(blocks.fold(note, near), blocks.FOLD, request.value)


@on.options(blocks.FOLD_INTO, role=Role.ADMIN)
def suggest(request: Request, sheets: Sheets, library: Library) -> Reply:
    return Reply(options=options(found(request, sheets, library, ALL)))


@on.action(blocks.FOLD_INTO, role=Role.ADMIN)
def fold_into(request: Request, sheets: Sheets, editing: Editing) -> Reply:
    slug = editing.adopt(request.user, request.private_metadata, request.value)
    return page_of(request, sheets, slug, "Work the note's words in, then publish.")


@on.action(blocks.ANSWER, role=Role.ADMIN)
def answer(request: Request, sheets: Sheets, editing: Editing) -> Reply:
    return page_of(request, sheets, editing.answer(request.user, request.value))


@on.action(blocks.DONE, role=Role.ADMIN)
def done(request: Request, teams: Teams, sheets: Sheets, editing: Editing) -> Reply:
    jobs = editing.done(request.user, request.value)
    return Reply(form=page(request, teams, sheets).form, jobs=jobs)


@on.action(blocks.DISMISS, role=Role.ADMIN)
def dismiss(request: Request, sheets: Sheets) -> Reply:
    found = sheets.suggestion(request.user, request.value)
    return opens(blocks.dismiss_form(found), blocks.DISMISS, request.value)


@on.view(blocks.DISMISS_FORM, typed=Typed.OTHERS, role=Role.ADMIN)
def dismissed(request: Request, teams: Teams, sheets: Sheets, editing: Editing) -> Reply:
    reason = blocks.read_words(request.answers)
    jobs = editing.dismiss(request.user, request.private_metadata, reason)
    return Reply(form=page(request, teams, sheets).form, jobs=jobs)


# --- suggesting a change, or saying that it is out of date: for everybody


@on.action(doors.SUGGEST)
def suggest_change(request: Request, library: Library) -> Reply:
    book = library.served(request.value)
    return opens(blocks.suggestion_form(book), doors.SUGGEST, book.slug)


@on.action(doors.OUTDATED)
def outdated(request: Request, library: Library, suggesting: Suggesting) -> Reply:
    book = library.served(request.value)
    flagged = suggesting.suggest(request.user, book, "", is_outdated=True)
    return Reply(blocks.flagged(flagged), replaces=False)


@on.view(blocks.SUGGEST_FORM, typed=Typed.OTHERS)
def suggested(request: Request, library: Library, suggesting: Suggesting) -> Reply:
    book = library.served(request.private_metadata)
    words = blocks.read_words(request.answers)
    suggesting.suggest(request.user, book, words, is_outdated=False)
    return Reply(blocks.sent())


@on.action(blocks.ADD_WORDS)
def add_words(request: Request) -> Reply:
    return opens(blocks.words_form(request.value), blocks.ADD_WORDS, request.value)


@on.view(blocks.WORDS_FORM, typed=Typed.OTHERS)
def words_added(request: Request, suggesting: Suggesting) -> Reply:
    words = blocks.read_words(request.answers)
    suggesting.add_words(request.user, request.private_metadata, words)
    return Reply(blocks.sent())


# --- playbooks to check: an owner's own, or, for admins, all


@on.action(verifying_views.OPEN)
def overdue(request: Request, verifying: Verifying) -> Reply:
    """All for an admin; their own for an owner."""
    _, place = place_in_list(request.value)
    return Reply(verifying.shown_to(request.user, place))


@on.action(verifying_views.STILL_RIGHT)
def still_right(request: Request, verifying: Verifying) -> Reply:
    slug, seen = verifying_views.read_pressed(request.value)
    book, jobs = verifying.still_right(request.user, slug, seen)
    return Reply(verifying.shown_to(request.user, just=book), jobs=jobs)
