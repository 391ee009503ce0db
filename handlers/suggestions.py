"""Beside an answer's title: suggest a change, say that it is out of date, or (admins) edit it."""

from __future__ import annotations

from handlers import editor as playbook_editor
from handlers import repair
from mend.dispatch.routes import Deps, Reply, Request, Routes, opens
from mend.editor import suggestion_views as blocks
from mend.repair import views as answers

on = Routes()


@on.action(answers.ABOUT)
def about(deps: Deps, request: Request) -> Reply:
    choice, _, slug = request.value.partition(" ")
    if choice == "edit":  # refused there for everybody but admins
        return playbook_editor.page_of(deps, request, slug)
    book = repair.served(deps, slug)
    if choice == "suggest":
        return opens(blocks.suggestion_form(book), answers.ABOUT, request.value)
    flagged = deps.suggesting.suggest(request.person, book, "", is_outdated=True)
    return Reply(blocks.flagged(flagged), replaces=False)


@on.view(blocks.FORM)
def suggested(deps: Deps, request: Request) -> Reply:
    book = repair.served(deps, request.private)
    words = blocks.read_words(request.answers)
    deps.suggesting.suggest(request.person, book, words, is_outdated=False)
    return Reply(blocks.sent())


@on.action(blocks.ADD_WORDS)
def add_words(deps: Deps, request: Request) -> Reply:
    return opens(blocks.words_form(request.value), blocks.ADD_WORDS, request.value)


@on.view(blocks.WORDS_FORM)
def words_added(deps: Deps, request: Request) -> Reply:
    words = blocks.read_words(request.answers)
    deps.suggesting.add_words(request.person, request.private, words)
    return Reply(blocks.sent())
