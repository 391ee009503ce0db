"""A request for a hand: supervisors take, answer and close it; its asker may cancel it."""

from __future__ import annotations

from mend.dispatch.routes import Reply, Request, Routes, Typed, opens, tells
from mend.helping import views as blocks
from mend.helping.service import Helping
from mend.people.model import Role
from mend.people.teams import Teams

on = Routes()


@on.action(blocks.TAKE, role=Role.SUPERVISOR)
def take(request: Request, helping: Helping) -> Reply:
    return Reply(jobs=helping.take(request.user, request.value))


@on.action(blocks.ANSWER, role=Role.SUPERVISOR)
def answer(request: Request, helping: Helping) -> Reply:
    help_request = helping.answerable(request.user, request.value)
    return opens(blocks.answer_form(help_request), blocks.ANSWER, help_request.id)


@on.view(blocks.ANSWER_FORM, typed=Typed.OTHERS, role=Role.SUPERVISOR)
def answered(request: Request, helping: Helping) -> Reply:
    words, keep_open = blocks.read_answer(request.answers)
    jobs = helping.answer(request.user, request.private_metadata, words, keep_open=keep_open)
    said = "It stays with you until you close it." if keep_open else "The request is closed."
    return tells(f"Your answer is on its way. {said}", jobs=jobs)


@on.action(blocks.CLOSE, role=Role.SUPERVISOR)
def close(request: Request, helping: Helping) -> Reply:
    jobs = helping.close(request.user, request.value)
    return tells("Closed. Thank you.", jobs=jobs)


@on.action(blocks.CALL_ME)
def call_me(request: Request, helping: Helping, teams: Teams) -> Reply:
    asked = helping.ask(request.user, "", channel=request.channel)
    zone = teams.zone_of(request.user)
    return Reply(blocks.asked(asked.help_request, zone, is_new=asked.is_new), jobs=asked.jobs)


@on.action(blocks.ON_LINE)
def customer_waits(request: Request, helping: Helping, teams: Teams) -> Reply:
    asked = helping.customer_waits(request.user, request.value)
    zone = teams.zone_of(request.user)
    is_new = not asked.help_request.taker  # a private answer cannot follow who takes it later
    return Reply(blocks.asked(asked.help_request, zone, is_new=is_new), jobs=asked.jobs)


@on.action(blocks.CANCEL)
def cancel(request: Request, helping: Helping) -> Reply:
    jobs = helping.cancel(request.user, request.value)
    return Reply(blocks.cancelled(), jobs=jobs)
