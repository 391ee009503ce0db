"""`/repair`, "Find a repair" on a message, the picker, and what stands under an answer."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import replace

from mend.db.model import Refused
from mend.dispatch.routes import Reply, Request, Routes, opens, tells
from mend.helping.service import HandsUp
from mend.helping.views import asked as asked_for_hand
from mend.people.directory import PATIENCE, People
from mend.people.teams import Teams
from mend.playbooks.library import Library
from mend.playbooks.model import Playbook
from mend.repair import fill_in, picker
from mend.repair import gap_views as gap_blocks
from mend.repair import views as blocks
from mend.repair.gaps import Gaps
from mend.repair.model import COMPETE_WITHIN
from mend.repair.service import Feedback
from mend.repair.views import Asked
from mend.search import Confidence, Hit
from mend.slack.gateway import SlackGateway
from mend.slack.model import NotSent
from mend.slack.ui import (
    Message,
    notice,
    panel,
    shortened,
)
from mend.text.masking import Masking

on = Routes()

FIND_SHORTCUT = "find_repair"
MOST_USED, RECENT = 5, 3
PROBLEMS = 3  # offered at most, when a message holds several


@on.command(
    "/repair",
    usage="[what the customer says]",
    help="The words, the steps and what you may offer, for a customer's problem.",
    open=True,
)
def command(
    request: Request,
    library: Library,
    feedback: Feedback,
    teams: Teams,
    gaps: Gaps,
    people: People,
    masking: Masking,
) -> Reply:
    if not request.text:
        return pick(request, library, feedback)
    return find(request, library, feedback, teams, gaps, people, masking.asked(request.text))


def pick(request: Request, library: Library, feedback: Feedback) -> Reply:
    """The picker, for when the words do not come."""
    if not library.all():
        return Reply(blocks.nothing_fits([]))
    return Reply(
        picker.picker(
            feedback.most_used(MOST_USED),
            feedback.recently_used(request.person, RECENT),
            library.all(),
        )
    )


@on.action(picker.OPEN)
def open_picker(request: Request, library: Library, feedback: Feedback) -> Reply:
    """From App Home, in a window."""
    content = pick(request, library, feedback).message
    assert content is not None
    return opens(panel("Find a repair", content), picker.OPEN, request.value)


@on.options(picker.SEARCH)
def suggest(request: Request, library: Library) -> Reply:
    return Reply(options=picker.options(library.suggest(request.value, picker.OPTIONS)))


@on.shortcut(FIND_SHORTCUT, label="Find a repair", help="The playbook for what a message says.")
def from_message(
    request: Request,
    library: Library,
    feedback: Feedback,
    teams: Teams,
    gaps: Gaps,
    people: People,
    masking: Masking,
) -> Reply:
    """A message may hold several problems: then one press each."""
    text = masking.asked(str(request.message.get("text") or ""))
    found = problems_in(library, text)
    return (
        Reply(blocks.several(found))
        if len(found) > 1
        else find(request, library, feedback, teams, gaps, people, text)
    )


def problems_in(library: Library, text: str) -> list[tuple[str, Playbook]]:
    """Each sentence that is surely about another playbook, with that playbook."""
    found: dict[str, tuple[str, Playbook]] = {}
    for part in re.split(r"(?<=[.!?;])\s+|\n+|\band also\b|\balso,", text):
        book = library.fitting(part) if len(part.split()) > 2 else None
        if book and book.slug not in found:
            found[book.slug] = (part.strip(), book)
    return list(found.values())[:PROBLEMS]


def find(
    request: Request,
    library: Library,
    feedback: Feedback,
    teams: Teams,
    gaps: Gaps,
    people: People,
    words: str,
) -> Reply:
    """The best playbook for these words, or the universal repair: never a dead end."""
    answer = library.find(words)
    books = [book for hit in answer.hits if (book := library.get(hit.slug))]
    if not books or answer.confidence is Confidence.NONE:
        return nothing_fits(request, gaps, words, books)
    is_sure = answer.confidence is Confidence.SURE
    return shown(
        request,
        feedback,
        teams,
        people,
        books[0],
        books[1:],
        words,
        is_sure=is_sure,
        rival=competitor(answer.hits),
    )


def competitor(hits: Sequence[Hit]) -> str:
    """The second playbook, where the words would nearly as well have found that one."""
    first, second = (*hits, None, None)[:2]
    is_close = first and second and first.score - second.score < COMPETE_WITHIN
    return second.slug if second and is_close else ""


def nothing_fits(request: Request, gaps: Gaps, words: str, books: list[Playbook]) -> Reply:
    words = shortened(words, blocks.ASKED_LENGTH)  # the button that sends them carries no more
    if words:
        gaps.missed(request.person, words)
    return Reply(blocks.nothing_fits(books, asked=words))


def shown(
    request: Request,
    feedback: Feedback,
    teams: Teams,
    people: People,
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
    changed = feedback.changed_since_use(request.person, book)

    def content(book: Playbook) -> Message:
        role, today = people.role_of(request.person), teams.today(request.person)
        return blocks.answer(
            book, others, role, today, is_sure=is_sure, asked=words, changed=changed
        )

    def whole() -> Message | None:
        try:
            people.admit(request.person, request.person_workspace, PATIENCE)
        except Refused as refused:
            return notice(refused.sentence) if people.is_known(request.person) else None
        return content(book)

    is_known = people.is_known(request.person)
    return Reply(
        content(book if is_known else replace(book, authority=())),
        later=None if is_known else whole,
        after=lambda: feedback.seen(request.person, book, rival),
    )


@on.action(blocks.SHOW, picker.SEARCH, picker.CATEGORY, picker.QUICK)
def show(
    request: Request, library: Library, feedback: Feedback, teams: Teams, people: People
) -> Reply:
    """A runner-up, or one of the picker's."""
    asked = Asked.unpacked(request.value) if request.value[:1] == "[" else Asked(request.value, "")
    first = library.find(asked.words).hits[:1] if asked.words else ()
    rival = next((hit.slug for hit in first if hit.slug != asked.slug), "")
    return shown(
        request, feedback, teams, people, library.served(asked.slug), [], asked.words, rival=rival
    )


@on.action(blocks.READ_ALL)
def read_all(request: Request, library: Library) -> Reply:
    book = library.served(request.value)
    return opens(blocks.everything(book), blocks.READ_ALL, request.value)


@on.action(blocks.WORKED)
def worked(request: Request, feedback: Feedback) -> Reply:
    """Others find the playbook by these words from now on, if they add something."""
    asked = Asked.unpacked(request.value)
    phrase = feedback.phrase(asked.slug, asked.words)

    def learn() -> None:
        feedback.judged(request.person, asked.slug, worked=True)
        if phrase:
            feedback.learn(request.person, asked.slug, phrase)

    also = "Good. Others will find it by your words, too." if phrase else "Good to hear."
    return replace(tells(also, replaces=False), after=learn)


@on.action(blocks.NOT_THIS)
def not_this(request: Request, library: Library, feedback: Feedback, gaps: Gaps) -> Reply:
    """The next candidates without this one, or what always helps."""
    asked = Asked.unpacked(request.value)
    hits = library.find(asked.words).hits if asked.words else ()
    others = [hit.slug for hit in hits if hit.slug != asked.slug]
    books = [book for slug in others if (book := library.get(slug))]
    feedback.judged(request.person, asked.slug, worked=False)
    return nothing_fits(request, gaps, asked.words, books)


@on.action(blocks.SEND_WORDS)
def send_words(request: Request, gaps: Gaps) -> Reply:
    before = gaps.send(request.person, Asked.unpacked(request.value).words)
    said = "Sent, without your name. You will hear once what becomes of it."
    return Reply(gap_blocks.looked_at(before) if before else notice(said), replaces=False)


@on.action(blocks.GET_HELP)
def get_help(request: Request, teams: Teams, hands: HandsUp) -> Reply:
    return ask_for_hand(request, teams, hands, Asked.unpacked(request.value).words)


@on.action(blocks.HELP)
def help_with(request: Request, library: Library, teams: Teams, hands: HandsUp) -> Reply:
    slug, _, words = request.value.partition(" ")
    return ask_for_hand(request, teams, hands, words, library.served(slug).title)


def ask_for_hand(
    request: Request, teams: Teams, hands: HandsUp, words: str, playbook: str = ""
) -> Reply:
    """Ask the team's supervisors; what waits already is shown instead."""
    asked = hands.ask(request.person, words, playbook=playbook, channel=request.channel)
    shown = asked_for_hand(asked.hand, teams.zone_of(request.person), is_new=asked.is_new)
    return Reply(shown, jobs=asked.jobs, replaces=False)


@on.action(blocks.FILL)
def fill_script(request: Request, library: Library) -> Reply:
    return fill(library.served(request.value), 0)


def fill(book: Playbook, place: int) -> Reply:
    if place >= len(book.scripts):
        raise Refused("This playbook changed meanwhile. Type `/repair` again.")
    return opens(fill_in.fill_form(book, place), blocks.FILL, book.slug)


@on.action(fill_in.CHOOSE)
def choose_script(request: Request, library: Library) -> Reply:
    slug, _ = fill_in.read_place(request.private)
    return fill(library.served(slug), int(request.value))


@on.view(fill_in.FORM)
def filled(request: Request, library: Library) -> Reply:
    """The finished text; refused while a blank is open."""
    slug, place = fill_in.read_place(request.private)
    scripts = library.served(slug).scripts
    if place >= len(scripts):
        raise Refused("This playbook changed meanwhile. Close this and type `/repair` again.")
    words = fill_in.read_filled(scripts[place], place, request.answers)
    return Reply(form=fill_in.finished(scripts[place].filled(words)))


@on.action(blocks.SHARE)
def share(request: Request, slack: SlackGateway, library: Library, teams: Teams) -> Reply:
    """Post the answer for everybody in the channel: posted by Mend, with who shares it."""
    book = library.served(request.value)

    def post() -> Message:
        content = blocks.shared(request.person, book, teams.today(request.person))
        sent = slack.post(request.channel, content, key=secrets.token_hex(8))
        if isinstance(sent, NotSent):
            return notice(
                f"Not shared: {sent.reason.value}. Type `/invite @Mend` here, then again."
            )
        return notice("Shared in this channel.")

    return Reply(later=post, replaces=False)
