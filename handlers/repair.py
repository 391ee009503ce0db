"""`/repair`, "Find a repair" on a message, and the runners-up under an answer."""

from __future__ import annotations

from handlers import Deps, Reply, Request, Routes
from mend.blocks import repair as blocks
from mend.domain.errors import Refused
from mend.language.slack_text import plain
from mend.search import Confidence

FIND_SHORTCUT = "find_repair"


def register(on: Routes) -> None:
    on.command(
        "/repair",
        command,
        usage="[what the customer says]",
        help="The words, the steps and what you may offer, for a customer's problem.",
    )
    on.shortcut(
        FIND_SHORTCUT,
        from_message,
        label="Find a repair",
        help="The playbook for what a message says.",
    )
    on.action(blocks.SHOW, show)


def command(deps: Deps, request: Request) -> Reply:
    return find(deps, request, plain(request.text))


def from_message(deps: Deps, request: Request) -> Reply:
    return find(deps, request, plain(str(request.message.get("text") or "")))


def find(deps: Deps, request: Request, words: str) -> Reply:
    """The best playbook for these words, or the universal repair: never a dead end."""
    answer = deps.library.find(words)
    books = [book for hit in answer.hits if (book := deps.library.get(hit.slug))]
    if not books or answer.confidence is Confidence.NONE:
        return Reply(blocks.nothing_fits(books, searched=bool(words)))
    return Reply(
        blocks.answer(
            books[0],
            books[1:],
            deps.role_of(request.person),
            deps.today(),
            is_sure=answer.confidence is Confidence.SURE,
        )
    )


def show(deps: Deps, request: Request) -> Reply:
    """A runner-up was pressed."""
    book = deps.library.get(request.value)
    if book is None:
        raise Refused("That playbook is no longer served. Type `/repair` and the problem again.")
    role = deps.role_of(request.person)
    return Reply(blocks.answer(book, (), role, deps.today(), is_sure=True))
