"""The look-back: its questions one after another; put off, or declined for good."""

from mend.dispatch.routes import Reply, Request, Routes, Typed, tells
from mend.lookbacks import views as blocks
from mend.lookbacks.model import NOT_AGAIN
from mend.lookbacks.service import LookBacks
from mend.ownit.service import Owning

on = Routes()


@on.action(blocks.OPEN)
def look_back(request: Request, owning: Owning, lookbacks: LookBacks) -> Reply:
    """On top of App Home; in a window Slack wants other fields, so there it comes by message."""
    note = owning.of(request.user, request.value)
    if request.view_id:
        return tells("I am asking in your messages with me.", jobs=lookbacks.ask_now(note))
    return Reply(blocks.what_was_going_on(note))


@on.action(blocks.FACTORS)
def what_was_going_on(request: Request, owning: Owning, lookbacks: LookBacks) -> Reply:
    note = owning.of(request.user, request.value)
    factors = blocks.read_factors(request.answers)
    if not factors:
        return Reply(blocks.what_was_going_on(note, is_open=True))
    lookback = lookbacks.answer(note, factors)
    said = blocks.what_would_help(note) if lookback.is_settled else blocks.asked_again()
    return Reply(said)


@on.action(blocks.WORDS, typed=Typed.MINE)
def what_would_help(request: Request, owning: Owning, lookbacks: LookBacks) -> Reply:
    note = owning.of(request.user, request.value)
    lookbacks.less_likely(note, blocks.read_words(request.answers))
    return Reply(blocks.what_became_of_it(note, lookbacks.k))


@on.action(blocks.SKIP)
def skip(request: Request, owning: Owning, lookbacks: LookBacks) -> Reply:
    note = owning.of(request.user, request.value)
    return Reply(blocks.what_became_of_it(note, lookbacks.k))


@on.action(blocks.CAUSE)
def what_became_of_it(request: Request, owning: Owning, lookbacks: LookBacks) -> Reply:
    about, cause = blocks.read_cause(request.value)
    note = owning.of(request.user, about)
    lookbacks.became(note, cause)
    return Reply(blocks.thanks(note.id))


@on.action(blocks.SNOOZE)
def snooze(request: Request, owning: Owning, lookbacks: LookBacks) -> Reply:
    lookbacks.snooze(owning.of(request.user, request.value))
    return tells("I will ask again in two days.")


@on.action(blocks.DECLINE)
def decline(request: Request, owning: Owning, lookbacks: LookBacks) -> Reply:
    lookbacks.decline(owning.of(request.user, request.value))
    return tells(NOT_AGAIN)
