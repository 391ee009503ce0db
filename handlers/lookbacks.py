"""The look-back: answered, put off, or declined for good."""

from __future__ import annotations

from mend.dispatch.routes import Reply, Request, Routes, opens, tells
from mend.lookbacks import views as blocks
from mend.lookbacks.service import LookBacks
from mend.ownit.service import Owning

on = Routes()


@on.action(blocks.OPEN)
def look_back(request: Request, owning: Owning) -> Reply:
    note = owning.of(request.user, request.value)
    return opens(blocks.lookback_form(note), blocks.OPEN, note.id)


@on.view(blocks.FORM)
def answered(request: Request, owning: Owning, lookbacks: LookBacks) -> Reply:
    note = owning.of(request.user, request.private_metadata)
    factors, words, cause, who = blocks.read_lookback(request.answers)
    lookback = lookbacks.answer(note, factors, words, cause, who)
    return Reply(blocks.thanks(note.id, asked_again=not lookback.is_settled), refreshes_home=True)


@on.action(blocks.SNOOZE)
def snooze(request: Request, owning: Owning, lookbacks: LookBacks) -> Reply:
    lookbacks.snooze(owning.of(request.user, request.value))
    return tells("I will ask again in two days.", refreshes_home=True)


@on.action(blocks.DECLINE)
def decline(request: Request, owning: Owning, lookbacks: LookBacks) -> Reply:
    lookbacks.decline(owning.of(request.user, request.value))
    return tells("I will not ask about this note again.", refreshes_home=True)
