"""Playbooks edited from Slack, for admins: one window from the list to a published change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mend.db.model import Refused
from mend.db.worker import Scheduler
from mend.dispatch.routes import Reply, Request, Routes, opens
from mend.editor import forms
from mend.editor import views as blocks
from mend.editor.publishing import key_of
from mend.editor.review_views import FOLD_INTO
from mend.editor.service import Editing
from mend.editor.sheets import Sheets
from mend.people.model import Role
from mend.people.teams import Teams
from mend.playbooks.model import State
from mend.repair import picker
from mend.slack.ui import Message, pack, unpack

on = Routes()


# --- pages


@on.subcommand("playbooks", help="Write, edit and check playbooks; what waits.", role=Role.ADMIN)
@on.action(blocks.LIST, role=Role.ADMIN)
def books(request: Request, teams: Teams, sheets: Sheets) -> Reply:
    return listed(request, teams, sheets, int(request.value or 0))


def listed(request: Request, teams: Teams, sheets: Sheets, page: int = 0) -> Reply:
    found, today = sheets.books(request.user), teams.today(request.user)
    notes, drafts, suggestions = sheets.waiting(request.user)
    waiting = len(notes) + len(drafts) + len(suggestions)
    return opens(blocks.books(found, page, today, waiting), blocks.LIST, str(page))


@on.options(blocks.FIND, FOLD_INTO, role=Role.ADMIN)
def suggest(request: Request, sheets: Sheets) -> Reply:
    """Titles that hold what was typed, of archived playbooks and drafts as well."""
    wanted = request.value.casefold().split()
    found = [
        book
        for slug, book in sheets.books(request.user)
        if book and all(word in f"{book.title} {slug}".casefold() for word in wanted)
    ]
    return Reply(options=picker.options(found))


@on.action(blocks.FIND, blocks.OPEN, role=Role.ADMIN)
def show(request: Request, sheets: Sheets) -> Reply:
    return page_of(request, sheets, request.value)


def page_of(request: Request, sheets: Sheets, slug: str, said: str = "") -> Reply:
    page = blocks.playbook(sheets.sheet(request.user, slug), said)
    return opens(page, blocks.OPEN, slug)


@on.action(blocks.HISTORY, role=Role.ADMIN)
def history(request: Request, sheets: Sheets) -> Reply:
    found = sheets.history(request.user, request.value)
    return opens(blocks.history(request.value, found), blocks.HISTORY, request.value)


@on.action(blocks.COMPARE, role=Role.ADMIN)
def compare(request: Request, sheets: Sheets) -> Reply:
    revision, page = unpack(request.value, 2)
    found, difference = sheets.compared(request.user, int(revision))
    return opens(blocks.compared(found, difference, int(page)), blocks.COMPARE, request.value)


@on.action(blocks.PREVIEW, role=Role.ADMIN)
def preview(request: Request, teams: Teams, sheets: Sheets) -> Reply:
    slug, role = unpack(request.value, 2)
    return previewed(request, teams, sheets, slug, Role(int(role)))


def previewed(
    request: Request,
    teams: Teams,
    sheets: Sheets,
    slug: str,
    role: Role = Role.AGENT,
    said: str = "",
) -> Reply:
    sheet = sheets.sheet(request.user, slug)
    if sheet.book is None:
        return page_of(request, sheets, slug)
    page = blocks.preview(sheet, role, teams.today(request.user), said)
    return opens(page, blocks.PREVIEW, pack(slug, role))


# --- writing


@on.action(blocks.NEW, role=Role.ADMIN)
def new(request: Request) -> Reply:
    return opens(forms.new_form(request.value), blocks.NEW, request.value)


@on.action(forms.SECTION, role=Role.ADMIN)
def section(request: Request, sheets: Sheets) -> Reply:
    slug, key, digest = unpack(request.value, 3)
    book = sheets.seen(request.user, slug, digest).book
    if book is None:
        return page_of(request, sheets, slug)
    return opens(forms.section_form(book, key, digest), forms.SECTION, request.value)


@on.view(forms.FORM, role=Role.ADMIN)
def saved(request: Request, sheets: Sheets, editing: Editing) -> Reply:
    """What is wrong with an answer is said on its field, and nothing typed is lost."""
    slug, key, digest = forms.read_place(request.private_metadata)
    try:
        if slug:
            sheet = sheets.seen(request.user, slug, digest)
            if sheet.book is None:
                raise Refused(f"The file broke meanwhile. {sheet.problems[0]}")
            changes = forms.read_section(sheet.book, key, request.answers)
            editing.save(request.user, sheet, changes)
        else:
            changes = forms.read_section(forms.NOTHING, key, request.answers)
            slug = editing.new(request.user, changes)
    except Refused as refused:
        field = refused.field if refused.field in request.answers else request.first_field
        raise Refused(refused.sentence, field) from refused
    return page_of(request, sheets, slug)


@on.action(blocks.PUBLISH, role=Role.ADMIN)
def publish(
    request: Request, teams: Teams, sheets: Sheets, editing: Editing, scheduler: Scheduler
) -> Reply:
    slug, seen = unpack(request.value, 2)
    revision = editing.publish(request.user, slug, seen)
    if revision is None:
        said = "It is another one than you looked at. Look once more, then publish."
        return previewed(request, teams, sheets, slug, said=said)
    return sent(editing, scheduler, slug, revision)


@on.action(blocks.VERIFY, role=Role.ADMIN)
def verify(request: Request, teams: Teams, editing: Editing, scheduler: Scheduler) -> Reply:
    today = teams.today(request.user)
    return changed(request, editing, scheduler, "found still right", {"verified": today})


@on.action(blocks.ARCHIVE, role=Role.ADMIN)
def archive(request: Request, editing: Editing, scheduler: Scheduler) -> Reply:
    return changed(request, editing, scheduler, "archived", {"state": State.ARCHIVED})


def changed(
    request: Request, editing: Editing, scheduler: Scheduler, act: str, changes: Mapping[str, Any]
) -> Reply:
    slug = request.value
    return sent(editing, scheduler, slug, editing.change(request.user, slug, act, changes))


def sent(editing: Editing, scheduler: Scheduler, slug: str, revision: int) -> Reply:
    """The file is written once the press is acknowledged; whatever happens, a job sees to it."""

    def write() -> Message:
        scheduler.run_now([key_of(revision)])
        return blocks.sent(slug, editing.publishing.is_published(revision))

    return Reply(later=write)


@on.action(blocks.DISCARD, role=Role.ADMIN)
def discard(request: Request, teams: Teams, sheets: Sheets, editing: Editing) -> Reply:
    editing.discard(request.user, request.value)
    return listed(request, teams, sheets)


@on.action(blocks.SETTLE, role=Role.ADMIN)
def settle(request: Request, sheets: Sheets, editing: Editing) -> Reply:
    slug, seen, is_mine = unpack(request.value, 3)
    editing.settle(request.user, slug, seen, mine=bool(is_mine))
    return page_of(request, sheets, slug, "Settled; look at the preview.")


@on.action(blocks.RESTORE, role=Role.ADMIN)
def restore(request: Request, sheets: Sheets, editing: Editing) -> Reply:
    slug = editing.restore(request.user, int(request.value))
    return page_of(request, sheets, slug, "That version is your draft now.")
