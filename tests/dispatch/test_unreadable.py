"""What nobody can have pressed or typed: one clear refusal, and no traceback."""

from __future__ import annotations

import logging
import time
from typing import Any

import pytest

from mend.app import Bot
from mend.dispatch.errors import Gate
from mend.dispatch.injecting import bind
from mend.dispatch.routes import Kind, Reply, Request, Route, Routes
from mend.dispatch.submissions import Submissions
from mend.dispatch.support import Support
from mend.ownit.service import Owning
from mend.people.directory import People
from mend.slack.packing import OLD_VALUE
from workspace import Workspace

VALUES = ["", "x", "-1", "9" * 20, "C1 x y", "[1]", "[[[", '["a","b","c"]', "\x00", "é" * 3001]
STATES: list[dict[str, Any]] = [
    {},
    {"value": 7},
    {"selected_date": "soon", "selected_date_time": "soon"},
    {"selected_option": {"value": "nobody"}, "selected_options": [{"value": "x"}]},
]
FIELDS = [
    *("happened", "words", "until", "what", "when", "state", "factors", "answer", "section"),
    *("condition_playbook", "MEND_TIMEZONE", "MEND_WORKDAYS", "learned", "note", "title", "did"),
]
FORMS = [{}, *({field: {"answer": state} for field in FIELDS} for state in STATES)]


def answer(bot: Bot, route: Route, request: Request) -> Reply:
    stands_by = bot.of(Support), bot.of(Owning).keep, Submissions(bot.db, bot.now)
    gate = Gate(bot.of(People), bot.db.until, bot.db.workspace, "UBOT", *stands_by)
    return gate.answer(route, request, bind(route.run, bot.services))


def asked(bot: Bot, person: Any, ws: Workspace, **more: Any) -> Request:
    return Request(
        id=f"forged{len(bot.db.rows('select 1 from submissions'))}",
        user=person.id,
        user_workspace=ws.id,
        received=time.monotonic(),
        channel=ws.channel("support").id,
        **more,
    )


def test_values_that_mend_never_gave_out_are_refused_without_a_traceback(
    bot: Bot, ws: Workspace, dee: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    refused = 0
    for route in bot.of(Routes):
        if route.kind not in (Kind.ACTION, Kind.VIEW, Kind.OPTIONS):
            continue
        for value in VALUES:
            for answers in FORMS if route.kind is Kind.VIEW else FORMS[:1]:
                forged = asked(
                    bot,
                    dee,
                    ws,
                    kind=route.kind,
                    value=value,
                    private_metadata=value,
                    answers=answers,
                )
                reply = answer(bot, route, forged)
                refused += bool(reply.message and reply.message.text == OLD_VALUE)
    assert refused > 500
    assert [line.getMessage() for line in caplog.records if line.exc_info] == []


def test_a_mistake_of_mends_own_is_still_told_and_logged_as_one(
    bot: Bot, ws: Workspace, ada: Any, caplog: pytest.LogCaptureFixture
) -> None:
    on = Routes()

    @on.action("broken")
    def broken(request: Request, people: People) -> Reply:
        raise ValueError("of Mend's own making")

    [route] = on
    reply = answer(bot, route, asked(bot, ada, ws, kind=Kind.ACTION))
    assert reply.message and "Something went wrong" in reply.message.text
    [line] = caplog.records
    assert line.exc_info and line.getMessage().endswith("in broken")


def test_the_operator_reads_what_could_not_be_read_and_where(
    bot: Bot, ws: Workspace, dee: Any, caplog: pytest.LogCaptureFixture
) -> None:
    route = bot.of(Routes).get(Kind.VIEW, "condition_form")
    assert route
    reply = answer(bot, route, asked(bot, dee, ws, kind=Kind.VIEW))
    assert reply.message and reply.message.text == OLD_VALUE
    [line] = caplog.records
    assert (
        "condition_form could not be read: KeyError at mend.recap.conditions.views:"
        in line.getMessage()
    )
