"""A request for a hand in a supervisor's direct messages: take it, answer, close."""

from __future__ import annotations

from mend.db.model import Refused
from mend.dispatch.routes import Deps, Reply, Request, Routes, opens, tells
from mend.helping import views as blocks
from mend.people.model import Role

on = Routes()


@on.action(blocks.TAKE, role=Role.SUPERVISOR)
def take(deps: Deps, request: Request) -> Reply:
    return Reply(jobs=deps.hands.take(request.person, request.value))


@on.action(blocks.ANSWER, role=Role.SUPERVISOR)
def answer(deps: Deps, request: Request) -> Reply:
    hand = deps.hands.of(request.value)
    if hand is None or hand.taker != request.person:
        raise Refused("Take this one first; then your answer reaches whoever asked.")
    return opens(blocks.answer_form(hand), blocks.ANSWER, hand.id)


@on.view(blocks.ANSWER_FORM, role=Role.SUPERVISOR)
def answered(deps: Deps, request: Request) -> Reply:
    words = blocks.read_answer(request.answers)
    jobs = deps.hands.answer(request.person, request.private, words, request.id)
    return tells("Sent. Close the request when it is answered.", jobs=jobs)


@on.action(blocks.CLOSE, role=Role.SUPERVISOR)
def close(deps: Deps, request: Request) -> Reply:
    return Reply(jobs=deps.hands.close(request.person, request.value))
