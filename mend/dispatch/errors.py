"""What a person gets instead of an answer: the refusal's own sentence, or a reference."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TypeVar

from mend.db.model import NotSaved, Refused, Stale
from mend.dispatch.injecting import Run
from mend.dispatch.routes import Kind, Outcome, Reply, Request, Route
from mend.dispatch.submissions import Submissions
from mend.dispatch.support import Support, in_distress, supported
from mend.people.directory import People
from mend.people.model import ELSEWHERE
from mend.slack import ui
from mend.slack.packing import OLD_VALUE

T = TypeVar("T")

log = logging.getLogger(__name__)

STALE = "This changed meanwhile, so nothing was done. Have another look, then try again."
NOT_SAVED = "Not saved: the store did not answer in time. Nothing was kept; please try again."
UNKNOWN = "Something went wrong here, not with you. Tell your operator: reference {reference}."
LONGEST_VALUE, LONGEST_PRIVATE = 2000, 3000  # Slack's limits for a button, and for a form
READERS = {"answered", "written", "ticked", "people_in", "page_of", "unpack", "unpacked"}
ANSWER_SECONDS = 2.5  # Slack gives up at 3 s: nothing is committed after this


@dataclass(frozen=True)
class Gate:
    """The one place that asks who may, and that turns what goes wrong into a sentence.

    `until` gives the thread a deadline (monotonic seconds) after which nothing is committed.
    `keep` makes a private note: whose, under which request, of which words.
    """

    people: People
    until: Callable[[float], AbstractContextManager[None]]
    workspace: str
    bot_user: str
    support: Support
    keep: Callable[[str, str, str], object]
    submissions: Submissions

    def answer(self, route: Route, request: Request, run: Run) -> Reply:
        """Run the handler for somebody who may, within the time there is; never raises."""
        field, outcome = request.first_field or None, Outcome.FAILED
        try:
            done = self._tried(route, request, run)
        except Refused as refused:
            said, about = ui.notice(refused.sentence), refused.field or field
            is_replaced = refused.is_gone and not request.answers
            return Reply(said, field=about, replaces=is_replaced, outcome=Outcome.REFUSED)
        except Stale:
            done, outcome = STALE, Outcome.STALE
        except NotSaved:
            done, outcome = NOT_SAVED, Outcome.NOT_SAVED
        if isinstance(done, Reply):
            return done
        return Reply(ui.notice(done), field=field, replaces=False, outcome=outcome)

    def save(self, route: Route, request: Request, run: Run) -> Reply | None:
        """Run the handler of an event; None where the event must be sent again to be kept."""
        try:
            done = guard(route.id, lambda: self._run(route, request, run))
        except Refused as refused:
            return Reply(ui.notice(refused.sentence), outcome=Outcome.REFUSED)
        except (Stale, NotSaved):
            return None
        return done if isinstance(done, Reply) else None

    def _tried(self, route: Route, request: Request, run: Run) -> Reply | str:
        """Once more where it came between: the later of two presses finds what the first did."""
        try:
            return guard(route.id, lambda: self._run(route, request, run))
        except Stale:
            return guard(route.id, lambda: self._run(route, request, run))

    def _run(self, route: Route, request: Request, run: Run) -> Reply:
        self.check(route, request)
        if len(request.value) > LONGEST_VALUE or len(request.private_metadata) > LONGEST_PRIVATE:
            raise Refused(OLD_VALUE)
        with self.until(request.received + ANSWER_SECONDS):
            try:
                if request.kind is not Kind.VIEW:
                    return self._answered(route, request, run)
                key = f"{request.id}:{request.view_hash}"
                return self.submissions.once(key, lambda: self._answered(route, request, run))
            except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as wrong:
                place = _where_read(wrong)
                if not place:
                    raise
                log.warning("%s could not be read: %s at %s", route.id, type(wrong).__name__, place)
                raise Refused(OLD_VALUE) from None

    def _answered(self, route: Route, request: Request, run: Run) -> Reply:
        if words := in_distress(request, route):
            return supported(route, request, words, run, self.support, self.keep)
        return run(request)

    def check(self, route: Route, request: Request) -> None:
        """Raises Refused unless this person may use this route. Unknown origin is no origin.

        Slack is not asked about everybody who writes in a channel: there, only what the owner of a
        note writes in its thread is read at all.
        """
        is_from_here = request.user_workspace == self.workspace
        is_told_to_mend = request.channel.startswith("D") and request.user not in (
            "",
            self.bot_user,
        )
        if request.kind is Kind.EVENT and not is_told_to_mend:
            if not is_from_here:
                raise Refused(ELSEWHERE)
        elif not (is_from_here and route.open) or self.people.is_known(request.user):
            self.people.admit(request.user, request.user_workspace)
        self.people.require(request.user, route.role)


def _where_read(wrong: Exception) -> str:
    """Where a handler took apart what Slack sent as this was raised; empty where it did not.

    That is in the handler's own lines, or in a function that reads a form or a value. A number
    that no row can have is found out only by the database.
    """
    ours = [
        (str(frame.f_globals.get("__name__")), frame.f_code.co_name, line)
        for frame, line in traceback.walk_tb(wrong.__traceback__)
        if str(frame.f_globals.get("__name__")).startswith(("handlers.", "mend."))
    ]
    module, _, line = ours[-1]
    reads = any(name in READERS or name.startswith("read_") for _, name, _ in ours)
    if module.startswith("handlers.") or reads or isinstance(wrong, OverflowError):
        return f"{module}:{line}"
    return ""


def guard(what: str, effect: Callable[[], T]) -> T | str:
    """What `effect` returns, or, after an error nobody foresaw, the sentence for the person.

    The sentence holds the reference under which the error stands in the log. What is foreseen
    passes through.
    """
    try:
        return effect()
    except (Refused, Stale, NotSaved):
        raise
    except Exception as wrong:
        reference = secrets.token_hex(3).upper()
        found = {"reference": reference}
        log.error("reference %s in %s", reference, what, exc_info=wrong, extra=found)
        return UNKNOWN.format(reference=reference)
