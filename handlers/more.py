"""What stands under "More" of an answer: fill in, get help, own this, pause, share."""

from __future__ import annotations

import secrets

from handlers import Deps, Reply, Request, Routes, opens, ownit, pause
from handlers.repair import asked_for_hand, served
from mend.blocks import fill_in
from mend.blocks import repair as blocks
from mend.blocks.kit import Message, notice
from mend.domain.errors import Refused
from mend.domain.playbooks import Playbook
from mend.ports import NotSent


def register(on: Routes) -> None:
    on.action(blocks.MORE, more)
    on.action(fill_in.CHOOSE, choose_script)
    on.view(fill_in.FORM, filled)


def more(deps: Deps, request: Request) -> Reply:
    choice, _, slug = request.value.partition(" ")
    if choice == "own":
        return ownit.form(deps)
    if choice == "pause":
        return pause.pause(deps, request)
    book = served(deps, slug)
    if choice == "help":
        return asked_for_hand(deps, request, f"Looking at the playbook “{book.title}”.")
    if choice == "share":
        return share(deps, request, book)
    return fill(deps, book, 0)


def fill(deps: Deps, book: Playbook, place: int) -> Reply:
    if place >= len(book.scripts):
        raise Refused("This playbook changed meanwhile. Type `/repair` again.")
    return opens(fill_in.fill_form(book, place), blocks.MORE, f"fill {book.slug}")


def choose_script(deps: Deps, request: Request) -> Reply:
    slug, _ = fill_in.read_place(request.private)
    return fill(deps, served(deps, slug), int(request.value))


def filled(deps: Deps, request: Request) -> Reply:
    """The finished text; refused while a blank is open."""
    slug, place = fill_in.read_place(request.private)
    scripts = served(deps, slug).scripts
    if place >= len(scripts):
        raise Refused("This playbook changed meanwhile. Close this and type `/repair` again.")
    words = fill_in.read_filled(scripts[place], place, request.answers)
    return Reply(form=fill_in.finished(scripts[place].filled(words)))


def share(deps: Deps, request: Request, book: Playbook) -> Reply:
    """Post the answer for everybody in the channel: posted by Mend, with who shares it."""

    def post() -> Message:
        content = blocks.shared(request.person, book, deps.today())
        sent = deps.slack.post(request.channel, content, key=secrets.token_hex(8))
        if isinstance(sent, NotSent):
            return notice(
                f"Not shared: {sent.reason.value}. Type `/invite @Mend` here, then again."
            )
        return notice("Shared in this channel.")

    return Reply(later=post, replaces=False)
