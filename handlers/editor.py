"""Playbooks edited from Slack, for admins: one window from the list to a published change."""

from mend.db.model import Refused
from mend.db.worker import Scheduler
from mend.dispatch.routes import Reply, Request, Routes, Typed, opens
from mend.editor import forms
from mend.editor import views as blocks
from mend.editor.model import Listed
from mend.editor.publishing import key_of
from mend.editor.service import Editing
from mend.editor.sheets import Sheets
from mend.people.model import Role
from mend.people.teams import Teams
from mend.playbooks.library import Library
from mend.playbooks.model import UNREADABLE_FILE
from mend.slack import ui
from mend.slack.packing import unpack

on = Routes()


# --- pages


@on.subcommand("playbooks", help="Write, edit and check playbooks; what waits.", role=Role.ADMIN)
@on.action(blocks.LIST, role=Role.ADMIN)
def books(request: Request, sheets: Sheets) -> Reply:
    """All, or those of the group that was chosen; an older Mend's button names a page."""
    group = request.value if request.value and not request.value.isdigit() else blocks.ALL
    return listed(request, sheets, group)


def listed(request: Request, sheets: Sheets, group: str = blocks.ALL) -> Reply:
    found, waiting = sheets.listed(request.user), len(sheets.waiting(request.user))
    return opens(blocks.books(found, group, waiting), blocks.LIST, group)


@on.options(blocks.FIND, role=Role.ADMIN)
def suggest(request: Request, sheets: Sheets, library: Library) -> Reply:
    """Of the group that is shown: titles that hold what was typed, then what is said like it."""
    return Reply(options=blocks.options(found(request, sheets, library, request.private_metadata)))


def found(request: Request, sheets: Sheets, library: Library, group: str) -> list[Listed]:
    every = {each.slug: each for each in sheets.listed(request.user) if blocks.is_in(each, group)}
    wanted = request.value.casefold().split()
    by_title = (e for e in every.values() if all(word in e.title.casefold() for word in wanted))
    near = library.suggest(request.value, blocks.OPTIONS) if wanted else []
    like = (every[book.slug] for book in near if book.slug in every)
    return list(dict.fromkeys([*by_title, *like]))


@on.action(blocks.FIND, blocks.OPEN, role=Role.ADMIN)
def show(request: Request, sheets: Sheets) -> Reply:
    return page_of(request, sheets, request.value)


def page_of(request: Request, sheets: Sheets, slug: str, said: str = "") -> Reply:
    return opens(ui.panel("Playbook", content_of(request, sheets, slug, said)), blocks.OPEN, slug)


def content_of(request: Request, sheets: Sheets, slug: str, said: str = "") -> ui.Message:
    sheet = sheets.sheet(request.user, slug)
    return blocks.playbook(sheet, sheets.today(request.user), said)


@on.action(blocks.HISTORY, role=Role.ADMIN)
def history(request: Request, teams: Teams, sheets: Sheets) -> Reply:
    """The newest version first."""
    every = sheets.history(request.user, request.value)
    newest = sheets.version(request.user, every[0].id) if every else None
    zone = teams.zone_of(request.user)
    page = blocks.versions(newest, every, request.value, zone, 0)
    return opens(page, blocks.HISTORY, request.value)


@on.action(blocks.VERSION, role=Role.ADMIN)
def version(request: Request, teams: Teams, sheets: Sheets) -> Reply:
    revision, page = unpack(request.value, 2)
    version = sheets.version(request.user, int(revision))
    slug, zone = version.revision.slug, teams.zone_of(request.user)
    every = sheets.history(request.user, slug)
    shown = blocks.versions(version, every, slug, zone, int(page or 0))
    return opens(shown, blocks.VERSION, request.value)


# --- writing


@on.action(forms.NEW, role=Role.ADMIN)
def new(request: Request) -> Reply:
    return opens(forms.new_form(request.value), forms.NEW, request.value)


@on.action(forms.EDIT, role=Role.ADMIN)
def edit(request: Request, sheets: Sheets) -> Reply:
    slug, digest = unpack(request.value, 2)
    book = sheets.seen(request.user, slug, digest).book
    if book is None:
        return page_of(request, sheets, slug)
    return opens(forms.playbook_form(book, digest), forms.EDIT, request.value)


@on.view(forms.FORM, typed=Typed.CUSTOMERS, role=Role.ADMIN)
def saved(request: Request, sheets: Sheets, editing: Editing) -> Reply:
    """What is wrong with an answer is said on its field, and nothing typed is lost."""
    slug, digest = forms.read_place(request.private_metadata)
    sheet = sheets.seen(request.user, slug, digest) if slug else None
    book = sheet.book if sheet else forms.NOTHING
    if book is None:
        raise Refused(UNREADABLE_FILE)
    try:
        changes = forms.read_playbook(book, request.answers)
        if sheet:
            editing.save(request.user, sheet, changes)
        else:
            slug = editing.new(request.user, changes)
    except Refused as refused:
        block = forms.block_of(refused.field or "", book, request.answers)
        raise Refused(refused.sentence, block or request.first_field) from refused
    return page_of(request, sheets, slug)


@on.action(blocks.PUBLISH, role=Role.ADMIN)
def publish(request: Request, sheets: Sheets, editing: Editing, scheduler: Scheduler) -> Reply:
    slug, seen = unpack(request.value, 2)
    revision = editing.publish(request.user, slug, seen)
    if revision is None:
        said = "It is another one than you looked at. Look once more, then publish."
        return page_of(request, sheets, slug, said)
    return sent(request, sheets, editing, scheduler, revision)


@on.action(blocks.ARCHIVE, role=Role.ADMIN)
def archive(request: Request, sheets: Sheets, editing: Editing, scheduler: Scheduler) -> Reply:
    revision = editing.archive(request.user, request.value)
    return sent(request, sheets, editing, scheduler, revision)


def sent(
    request: Request, sheets: Sheets, editing: Editing, scheduler: Scheduler, revision: int
) -> Reply:
    """The file is written once the press is acknowledged; whatever happens, a job sees to it."""

    def write() -> ui.Message:
        scheduler.run_now([key_of(revision)])
        slug, is_published = editing.publishing.outcome(revision)
        said = "Done." if is_published else "On its way. If it cannot be written, you are told why."
        return content_of(request, sheets, slug, said)

    return Reply(later=write)


@on.action(blocks.DISCARD, role=Role.ADMIN)
def discard(request: Request, sheets: Sheets, editing: Editing) -> Reply:
    editing.discard(request.user, request.value)
    return listed(request, sheets)


@on.action(blocks.SETTLE, role=Role.ADMIN)
def settle(request: Request, sheets: Sheets, editing: Editing) -> Reply:
    slug, seen, is_mine = unpack(request.value, 3)
    editing.settle(request.user, slug, seen, mine=bool(is_mine))
    return page_of(request, sheets, slug, "Settled. Look once more, then publish.")


@on.action(blocks.RESTORE, role=Role.ADMIN)
def restore(request: Request, sheets: Sheets, editing: Editing) -> Reply:
    slug = editing.restore(request.user, int(request.value))
    return page_of(request, sheets, slug, "That version is your draft now.")
