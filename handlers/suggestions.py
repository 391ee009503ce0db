"""Beside an answer's title: suggest a change, or say that it is out of date."""

from __future__ import annotations

from mend.dispatch.routes import Deps, Reply, Request, Routes, opens
from mend.editor import suggestion_views as blocks

on = Routes()


@on.action(blocks.OPEN)
def suggest(deps: Deps, request: Request) -> Reply:
    book = deps.library.served(request.value)
    return opens(blocks.suggestion_form(book), blocks.OPEN, book.slug)


@on.action(blocks.OUTDATED)
def outdated(deps: Deps, request: Request) -> Reply:
    book = deps.library.served(request.value)
    flagged = deps.suggesting.suggest(request.person, book, "", is_outdated=True)
    return Reply(blocks.flagged(flagged), replaces=False)


@on.view(blocks.FORM)
def suggested(deps: Deps, request: Request) -> Reply:
    book = deps.library.served(request.private)
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
