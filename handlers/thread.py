"""The buttons of a note in its thread and in App Home: Repaired, I need a hand, What I learned."""

from __future__ import annotations

from handlers import Deps, Reply, Request, Routes
from mend.blocks import note_forms, notes
from mend.blocks.kit import button, notice


def register(on: Routes) -> None:
    on.action(notes.REPAIRED, repaired)
    on.action(notes.HAND, hand)
    on.action(notes.LEARNED, learned)
    on.view(note_forms.LEARNED_FORM, learned_submitted)
    on.action(notes.RELEASE, release)
    on.action(notes.KEEP_LESSON, keep_lesson)


def repaired(deps: Deps, request: Request) -> Reply:
    owned = deps.owning.repaired(request.person, request.value)
    return Reply(
        notice("Repaired. Thank you for seeing it through."),
        replaces=False,
        jobs=owned.jobs,
    )


def hand(deps: Deps, request: Request) -> Reply:
    jobs = deps.owning.ask_for_hand(request.person, request.value)
    return Reply(
        notice("Your supervisors were told, each once, in a direct message."),
        replaces=False,
        jobs=tuple(jobs),
    )


def learned(deps: Deps, request: Request) -> Reply:
    entry = deps.owning.of(request.person, request.value)
    again = button("Open the form", notes.LEARNED, request.value)
    return Reply(form=note_forms.learned(entry), again=again)


def learned_submitted(deps: Deps, request: Request) -> Reply:
    entry, words = note_forms.read_learned(request.private, request.answers)
    owned = deps.owning.learned(request.person, entry, words)
    return Reply(notes.learned(owned.entry), refreshes_home=True)


def release(deps: Deps, request: Request) -> Reply:
    deps.owning.release(request.person, request.value)
    return Reply(notice("Released. Changing or withdrawing it takes it back, until it is told."))


def keep_lesson(deps: Deps, request: Request) -> Reply:
    deps.owning.take_back(request.person, request.value)
    return Reply(notice("It stays with your note, for you alone."))
