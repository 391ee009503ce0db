"""Playbooks edited from Slack, for admins: one window from the list to a published change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mend.db.model import Refused
from mend.dispatch.routes import Deps, Reply, Request, Routes, opens
from mend.editor import forms
from mend.editor import views as blocks
from mend.editor.publishing import key_of
from mend.editor.review_views import FOLD_INTO
from mend.people.model import Role
from mend.playbooks.model import State
from mend.repair import picker
from mend.slack.ui import Message

on = Routes()


# --- pages


@on.subcommand("playbooks", help="Write, edit and check playbooks; what waits.", role=Role.ADMIN)
@on.action(blocks.LIST, role=Role.ADMIN)
def books(deps: Deps, request: Request) -> Reply:
    return listed(deps, request, int(request.value or 0))


def listed(deps: Deps, request: Request, page: int = 0) -> Reply:
    found, today = deps.sheets.books(request.person), deps.teams.today(request.person)
    notes, drafts, suggestions = deps.sheets.waiting(request.person)
    waiting = len(notes) + len(drafts) + len(suggestions)
    return opens(blocks.books(found, page, today, waiting), blocks.LIST, str(page))


@on.options(blocks.FIND, FOLD_INTO, role=Role.ADMIN)
def suggest(deps: Deps, request: Request) -> Reply:
    """Titles that hold what was typed, of archived playbooks and drafts as well."""
    wanted = request.value.casefold().split()
    found = [
        book
        for slug, book in deps.sheets.books(request.person)
        if book and all(word in f"{book.title} {slug}".casefold() for word in wanted)
    ]
    return Reply(options=picker.options(found))


@on.action(blocks.FIND, blocks.OPEN, role=Role.ADMIN)
def show(deps: Deps, request: Request) -> Reply:
    return page_of(deps, request, request.value)


def page_of(deps: Deps, request: Request, slug: str, said: str = "") -> Reply:
    page = blocks.playbook(deps.sheets.sheet(request.person, slug), said)
    return opens(page, blocks.OPEN, slug)


@on.action(blocks.HISTORY, role=Role.ADMIN)
def history(deps: Deps, request: Request) -> Reply:
    found = deps.sheets.history(request.person, request.value)
    return opens(blocks.history(request.value, found), blocks.HISTORY, request.value)


@on.action(blocks.COMPARE, role=Role.ADMIN)
def compare(deps: Deps, request: Request) -> Reply:
    revision, page = json.loads(request.value)
    found, difference = deps.sheets.compared(request.person, int(revision))
    page = blocks.compared(found, difference, int(page))
    return opens(page, blocks.COMPARE, request.value)


@on.action(blocks.PREVIEW, role=Role.ADMIN)
def preview(deps: Deps, request: Request) -> Reply:
    slug, role = json.loads(request.value)
    return previewed(deps, request, slug, Role(int(role)))


def previewed(
    deps: Deps, request: Request, slug: str, role: Role = Role.AGENT, said: str = ""
) -> Reply:
    sheet = deps.sheets.sheet(request.person, slug)
    if sheet.book is None:
        return page_of(deps, request, slug)
    page = blocks.preview(sheet, role, deps.teams.today(request.person), said)
    return opens(page, blocks.PREVIEW, blocks.pack(slug, role))


# --- writing


@on.action(blocks.NEW, role=Role.ADMIN)
def new(deps: Deps, request: Request) -> Reply:
    return opens(forms.new_form(request.value), blocks.NEW, request.value)


@on.action(forms.SECTION, role=Role.ADMIN)
def section(deps: Deps, request: Request) -> Reply:
    slug, key, digest = json.loads(request.value)
    book = deps.sheets.seen(request.person, slug, digest).book
    if book is None:
        return page_of(deps, request, slug)
    return opens(forms.section_form(book, key, digest), forms.SECTION, request.value)


@on.view(forms.FORM, role=Role.ADMIN)
def saved(deps: Deps, request: Request) -> Reply:
    """What is wrong with an answer is said on its field, and nothing typed is lost."""
    slug, key, digest = forms.read_place(request.private)
    try:
        if slug:
            sheet = deps.sheets.seen(request.person, slug, digest)
            if sheet.book is None:
                raise Refused(f"The file broke meanwhile. {sheet.problems[0]}")
            changes = forms.read_section(sheet.book, key, request.answers)
            deps.editing.save(request.person, sheet, changes)
        else:
            changes = forms.read_section(forms.NOTHING, key, request.answers)
            slug = deps.editing.new(request.person, changes)
    except Refused as refused:
        field = refused.field if refused.field in request.answers else request.first_field
        raise Refused(refused.sentence, field) from refused
    return page_of(deps, request, slug)


@on.action(blocks.PUBLISH, role=Role.ADMIN)
def publish(deps: Deps, request: Request) -> Reply:
    slug, seen = json.loads(request.value)
    revision = deps.editing.publish(request.person, slug, seen)
    if revision is None:
        said = "It is another one than you looked at. Look once more, then publish."
        return previewed(deps, request, slug, said=said)
    return sent(deps, slug, revision)


@on.action(blocks.VERIFY, role=Role.ADMIN)
def verify(deps: Deps, request: Request) -> Reply:
    today = deps.teams.today(request.person)
    return changed(deps, request, "found still right", {"verified": today})


@on.action(blocks.ARCHIVE, role=Role.ADMIN)
def archive(deps: Deps, request: Request) -> Reply:
    return changed(deps, request, "archived", {"state": State.ARCHIVED})


def changed(deps: Deps, request: Request, act: str, changes: Mapping[str, Any]) -> Reply:
    slug = request.value
    return sent(deps, slug, deps.editing.change(request.person, slug, act, changes))


def sent(deps: Deps, slug: str, revision: int) -> Reply:
    """The file is written once the press is acknowledged; whatever happens, a job sees to it."""

    def write() -> Message:
        deps.hurry([key_of(revision)])
        return blocks.sent(slug, deps.editing.publishing.is_published(revision))

    return Reply(later=write)


@on.action(blocks.DISCARD, role=Role.ADMIN)
def discard(deps: Deps, request: Request) -> Reply:
    deps.editing.discard(request.person, request.value)
    return listed(deps, request)


@on.action(blocks.SETTLE, role=Role.ADMIN)
def settle(deps: Deps, request: Request) -> Reply:
    slug, seen, is_mine = json.loads(request.value)
    deps.editing.settle(request.person, slug, seen, mine=bool(is_mine))
    return page_of(deps, request, slug, "Settled; look at the preview.")


@on.action(blocks.RESTORE, role=Role.ADMIN)
def restore(deps: Deps, request: Request) -> Reply:
    slug = deps.editing.restore(request.person, int(request.value))
    return page_of(deps, request, slug, "That version is your draft now.")
