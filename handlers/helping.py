"""A request for a hand in a supervisor's direct messages: take it, answer, close."""

from __future__ import annotations

from mend.db.model import Refused
from mend.dispatch.routes import Reply, Request, Routes, opens, tells
from mend.helping import views as blocks
from mend.helping.service import HandsUp
from mend.people.model import Role

on = Routes()


@on.action(blocks.TAKE, role=Role.SUPERVISOR)
def take(request: Request, hands: HandsUp) -> Reply:
    return Reply(jobs=hands.take(request.person, request.value))


@on.action(blocks.ANSWER, role=Role.SUPERVISOR)
def answer(request: Request, hands: HandsUp) -> Reply:
    hand = hands.of(request.value)
    if hand is None or hand.taker != request.person:
        raise Refused("Take this one first; then your answer reaches whoever asked.")
    return opens(blocks.answer_form(hand), blocks.ANSWER, hand.id)


@on.view(blocks.ANSWER_FORM, role=Role.SUPERVISOR)
def answered(request: Request, hands: HandsUp) -> Reply:
    words = blocks.read_answer(request.answers)
    jobs = hands.answer(request.person, request.private, words, request.id)
    return tells("Sent. Close the request when it is answered.", jobs=jobs)


@on.action(blocks.CLOSE, role=Role.SUPERVISOR)
def close(request: Request, hands: HandsUp) -> Reply:
    return Reply(jobs=hands.close(request.person, request.value))
