"""A request for a hand: supervisors take, answer and close it; its asker may cancel it."""

from __future__ import annotations

from mend.dispatch.routes import Reply, Request, Routes, opens, tells
from mend.helping import views as blocks
from mend.helping.service import HandsUp
from mend.people.model import Role
from mend.people.teams import Teams

on = Routes()


@on.action(blocks.TAKE, role=Role.SUPERVISOR)
def take(request: Request, hands: HandsUp) -> Reply:
    return Reply(jobs=hands.take(request.person, request.value))


@on.action(blocks.ANSWER, role=Role.SUPERVISOR)
def answer(request: Request, hands: HandsUp) -> Reply:
    hand = hands.answerable(request.person, request.value)
    return opens(blocks.answer_form(hand), blocks.ANSWER, hand.id)


@on.view(blocks.ANSWER_FORM, role=Role.SUPERVISOR)
def answered(request: Request, hands: HandsUp) -> Reply:
    words, keep_open = blocks.read_answer(request.answers)
    jobs = hands.answer(request.person, request.private, words, keep_open=keep_open)
    said = "It stays with you until you close it." if keep_open else "The request is closed."
    return tells(f"Your answer is on its way. {said}", jobs=jobs)


@on.action(blocks.CLOSE, role=Role.SUPERVISOR)
def close(request: Request, hands: HandsUp) -> Reply:
    jobs = hands.close(request.person, request.value)
    return tells("Closed. Thank you.", jobs=jobs)


@on.action(blocks.ON_LINE)
def customer_waits(request: Request, hands: HandsUp, teams: Teams) -> Reply:
    asked = hands.customer_waits(request.person, request.value)
    zone = teams.zone_of(request.person)
    shown = blocks.asked(asked.hand, zone, is_new=False)
    return Reply(shown, jobs=asked.jobs)


@on.action(blocks.CANCEL)
def cancel(request: Request, hands: HandsUp) -> Reply:
    jobs = hands.cancel(request.person, request.value)
    return Reply(blocks.cancelled(), jobs=jobs)
