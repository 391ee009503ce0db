"""Beside an answer's title: suggest a change, or say that it is out of date."""

from __future__ import annotations

from mend.dispatch.routes import Reply, Request, Routes, Typed, opens
from mend.editor import suggestion_views as blocks
from mend.editor.suggestions import Suggesting
from mend.playbooks.library import Library

on = Routes()


@on.action(blocks.OPEN)
def suggest(request: Request, library: Library) -> Reply:
    book = library.served(request.value)
    return opens(blocks.suggestion_form(book), blocks.OPEN, book.slug)


@on.action(blocks.OUTDATED)
def outdated(request: Request, library: Library, suggesting: Suggesting) -> Reply:
    book = library.served(request.value)
    flagged = suggesting.suggest(request.user, book, "", is_outdated=True)
    return Reply(blocks.flagged(flagged), replaces=False)


@on.view(blocks.FORM, typed=Typed.OTHERS)
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
