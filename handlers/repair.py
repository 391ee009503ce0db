"""`/repair`, "Find a repair" on a message, the picker, and what stands under an answer."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import replace

from handlers import ownit, pause
from mend.db.model import Refused
from mend.dispatch.routes import Deps, Reply, Request, Routes, opens, tells
from mend.home.views import FIND
from mend.people.directory import PATIENCE
from mend.playbooks.model import Playbook
from mend.repair import fill_in, picker
from mend.repair import gap_views as gap_blocks
from mend.repair import views as blocks
from mend.repair.model import COMPETE_WITHIN
from mend.repair.views import Asked
from mend.search import Confidence, Hit
from mend.slack.model import NotSent
from mend.slack.ui import (
    Message,
    notice,
    panel,
    shortened,
)

on = Routes()

FIND_SHORTCUT = "find_repair"
MOST_USED, RECENT = 5, 3
PROBLEMS = 3  # offered at most, when a message holds several
LEARNED = "Good. Others will find it by your words, too, once two of you used them."
GONE = "That playbook is no longer served. Type `/repair` and the problem again."


@on.command(
    "/repair",
    usage="[what the customer says]",
    help="The words, the steps and what you may offer, for a customer's problem.",
    open=True,
)
def command(deps: Deps, request: Request) -> Reply:
    if not request.text:
        return pick(deps, request)
    return find(deps, request, deps.masking.asked(request.text))


def pick(deps: Deps, request: Request) -> Reply:
    """The picker, for when the words do not come."""
    if not deps.library.all():
        return Reply(blocks.nothing_fits([]))
    return Reply(
        picker.picker(
            deps.feedback.most_used(MOST_USED),
            deps.feedback.recently_used(request.person, RECENT),
            deps.library.all(),
        )
    )


@on.action(FIND)
def open_picker(deps: Deps, request: Request) -> Reply:
    """From App Home, in a window."""
    content = pick(deps, request).message
    assert content is not None
    return opens(panel("Find a repair", content), FIND, request.value)


@on.options(picker.SEARCH)
def suggest(deps: Deps, request: Request) -> Reply:
    return Reply(options=picker.options(deps.library.suggest(request.value, picker.OPTIONS)))


@on.shortcut(FIND_SHORTCUT, label="Find a repair", help="The playbook for what a message says.")
def from_message(deps: Deps, request: Request) -> Reply:
    """A message may hold several problems: then one press each."""
    text = deps.masking.asked(str(request.message.get("text") or ""))
    found = problems_in(deps, text)
    return Reply(blocks.several(found)) if len(found) > 1 else find(deps, request, text)


def problems_in(deps: Deps, text: str) -> list[tuple[str, Playbook]]:
    """Each sentence that is surely about another playbook, with that playbook."""
    found: dict[str, tuple[str, Playbook]] = {}
    for part in re.split(r"(?<=[.!?;])\s+|\n+|\band also\b|\balso,", text):
        book = deps.library.fitting(part) if len(part.split()) > 2 else None
        if book and book.slug not in found:
            found[book.slug] = (part.strip(), book)
    return list(found.values())[:PROBLEMS]


def find(deps: Deps, request: Request, words: str) -> Reply:
    """The best playbook for these words, or the universal repair: never a dead end."""
    answer = deps.library.find(words)
    books = [book for hit in answer.hits if (book := deps.library.get(hit.slug))]
    if not books or answer.confidence is Confidence.NONE:
        return nothing_fits(deps, request, words, books)
    is_sure = answer.confidence is Confidence.SURE
    return shown(
        deps, request, books[0], books[1:], words, is_sure=is_sure, rival=competitor(answer.hits)
    )


def competitor(hits: Sequence[Hit]) -> str:
    """The second playbook, where the words would nearly as well have found that one."""
    first, second = (*hits, None, None)[:2]
    is_close = first and second and first.score - second.score < COMPETE_WITHIN
    return second.slug if second and is_close else ""


def nothing_fits(deps: Deps, request: Request, words: str, books: list[Playbook]) -> Reply:
    words = shortened(words, blocks.ASKED_LENGTH)  # the button that sends them carries no more
    if words:
        deps.gaps.missed(request.person, words)
    return Reply(blocks.nothing_fits(books, asked=words))


def shown(
    deps: Deps,
    request: Request,
    book: Playbook,
    others: list[Playbook],
    words: str,
    *,
    is_sure: bool = True,
    rival: str = "",
) -> Reply:
    """The answer, and, once it is out, that it was seen.

    While Slack has not said who asks, it says nothing on what they may offer, and follows whole
    once that is known.
    """
    changed = deps.feedback.changed_since_use(request.person, book)

    def content(book: Playbook) -> Message:
        role, today = deps.role_of(request.person), deps.teams.today(request.person)
        return blocks.answer(
            book, others, role, today, is_sure=is_sure, asked=words, changed=changed
        )

    def whole() -> Message | None:
        try:
            deps.people.admit(request.person, request.person_workspace, PATIENCE)
        except Refused as refused:
            return notice(refused.sentence) if deps.people.is_known(request.person) else None
        return content(book)

    is_known = deps.people.is_known(request.person)
    return Reply(
        content(book if is_known else replace(book, authority=())),
        later=None if is_known else whole,
        after=lambda: deps.feedback.seen(request.person, book, rival),
    )


@on.action(blocks.SHOW, picker.SEARCH, picker.CATEGORY, picker.QUICK)
def show(deps: Deps, request: Request) -> Reply:
    """A runner-up, or one of the picker's."""
    asked = Asked.unpacked(request.value) if request.value[:1] == "[" else Asked(request.value, "")
    first = deps.library.find(asked.words).hits[:1] if asked.words else ()
    rival = next((hit.slug for hit in first if hit.slug != asked.slug), "")
    return shown(deps, request, served(deps, asked.slug), [], asked.words, rival=rival)


@on.action(blocks.READ_ALL)
def read_all(deps: Deps, request: Request) -> Reply:
    book = served(deps, request.value)
    return opens(blocks.everything(book), blocks.READ_ALL, request.value)


def served(deps: Deps, slug: str) -> Playbook:
    book = deps.library.get(slug)
    if book is None:
        raise Refused(GONE)
    return book


@on.action(blocks.WORKED)
def worked(deps: Deps, request: Request) -> Reply:
    """Others find the playbook by these words once a second person did, if they add something."""
    asked = Asked.unpacked(request.value)
    phrase = deps.feedback.phrase(request.person, asked.slug, asked.words)

    def learn() -> None:
        deps.feedback.worked(request.person, asked.slug, phrase)

    also = LEARNED if phrase else "Good to hear."
    return replace(tells(also, replaces=False), after=learn)


@on.action(blocks.NOT_THIS)
def not_this(deps: Deps, request: Request) -> Reply:
    """The next candidates without this one, or what always helps."""
    asked = Asked.unpacked(request.value)
    hits = deps.library.find(asked.words).hits if asked.words else ()
    others = [hit.slug for hit in hits if hit.slug != asked.slug]
    books = [book for slug in others if (book := deps.library.get(slug))]
    deps.feedback.judged(request.person, asked.slug, worked=False)
    return nothing_fits(deps, request, asked.words, books)


@on.action(blocks.SEND_WORDS)
def send_words(deps: Deps, request: Request) -> Reply:
    before = deps.gaps.send(request.person, Asked.unpacked(request.value).words)
    said = "Sent, without your name. You will hear once what becomes of it."
    return Reply(gap_blocks.looked_at(before) if before else notice(said), replaces=False)


@on.action(blocks.GET_HELP)
def get_help(deps: Deps, request: Request) -> Reply:
    asked = Asked.unpacked(request.value)
    return asked_for_hand(deps, request, asked.words or "They did not say yet.")


def asked_for_hand(deps: Deps, request: Request, context: str) -> Reply:
    said = "Your supervisors were told. Whoever takes it answers you here through Mend."
    jobs = deps.hands.ask(request.person, context, channel=request.channel)
    return tells(said, jobs=jobs, replaces=False)


@on.action(blocks.MORE)
def more(deps: Deps, request: Request) -> Reply:
    """What stands under "More": fill in, get help, own this, pause, share."""
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


@on.action(fill_in.CHOOSE)
def choose_script(deps: Deps, request: Request) -> Reply:
    slug, _ = fill_in.read_place(request.private)
    return fill(deps, served(deps, slug), int(request.value))


@on.view(fill_in.FORM)
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
        content = blocks.shared(request.person, book, deps.teams.today(request.person))
        sent = deps.slack.post(request.channel, content, key=secrets.token_hex(8))
        if isinstance(sent, NotSent):
            return notice(
                f"Not shared: {sent.reason.value}. Type `/invite @Mend` here, then again."
            )
        return notice("Shared in this channel.")

    return Reply(later=post, replaces=False)
