"""For admins: phrases the library learned, and what was looked for in vain."""

from __future__ import annotations

from handlers import Deps, Reply, Request, Routes, tells
from mend.blocks import playbooks as blocks
from mend.blocks.editor import LEARNED
from mend.domain.learning import SHOWN_AFTER_PEOPLE
from mend.domain.roles import Role


def register(on: Routes) -> None:
    on.action(LEARNED, show, role=Role.ADMIN)
    on.action(blocks.UNDO_PHRASE, undo, role=Role.ADMIN)
    on.action(blocks.CLOSE_GAP, close_gap, role=Role.ADMIN)


def show(deps: Deps, request: Request) -> Reply:
    learning = deps.store.learning
    return Reply(
        blocks.overview(
            learning.phrases(deps.workspace, people=SHOWN_AFTER_PEOPLE),
            learning.gaps(deps.workspace),
            {book.slug: book.title for book in deps.library.all()},
        )
    )


def undo(deps: Deps, request: Request) -> Reply:
    deps.feedback.undo_phrase(request.person, int(request.value))
    return show(deps, request)


def close_gap(deps: Deps, request: Request) -> Reply:
    deps.feedback.close_gap(request.person, request.value)
    return tells("Closed.", replaces=False)
