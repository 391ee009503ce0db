"""A request for a hand in a supervisor's direct messages: take it, answer, close."""

from __future__ import annotations

from handlers import Deps, Reply, Request, Routes
from mend.blocks import hands as blocks
from mend.blocks.kit import button, notice
from mend.domain.errors import Refused
from mend.domain.roles import Role


def register(on: Routes) -> None:
    on.action(blocks.TAKE, take, role=Role.SUPERVISOR)
    on.action(blocks.ANSWER, answer, role=Role.SUPERVISOR)
    on.view(blocks.ANSWER_FORM, answered, role=Role.SUPERVISOR)
    on.action(blocks.CLOSE, close, role=Role.SUPERVISOR)


def take(deps: Deps, request: Request) -> Reply:
    return Reply(jobs=tuple(deps.hands.take(request.person, request.value)))


def answer(deps: Deps, request: Request) -> Reply:
    hand = deps.hands.of(request.value)
    if hand is None or hand.taker != request.person:
        raise Refused("Take this one first; then your answer reaches whoever asked.")
    return Reply(
        form=blocks.answer_form(hand), again=button("Open the form", blocks.ANSWER, hand.id)
    )


def answered(deps: Deps, request: Request) -> Reply:
    hand, words = blocks.read_answer(request.private, request.answers)
    jobs = deps.hands.answer(request.person, hand, words, request.id)
    return Reply(notice("Sent. Close the request when it is answered."), jobs=tuple(jobs))


def close(deps: Deps, request: Request) -> Reply:
    return Reply(jobs=tuple(deps.hands.close(request.person, request.value)))
