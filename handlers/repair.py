"""`/repair`, "Find a repair" on a message, the picker, and what stands under an answer."""

from __future__ import annotations

import secrets
from dataclasses import replace

from mend.db.model import Refused
from mend.dispatch.payloads import words_of
from mend.dispatch.routes import Reply, Request, Routes, Typed, opens, tells
from mend.dispatch.support import Support
from mend.helping.service import Helping
from mend.helping.views import asked as asked_for_help
from mend.people.directory import PATIENCE, People
from mend.people.teams import Teams
from mend.playbooks.library import Library
from mend.playbooks.model import Playbook
from mend.repair import fill_in, picker
from mend.repair import gap_views as gap_blocks
from mend.repair import views as blocks
from mend.repair.finding import Finding, Found
from mend.repair.gaps import Gaps
from mend.repair.service import Feedback
from mend.repair.views import Asked
from mend.slack.gateway import SlackGateway
from mend.slack.model import NotSent
from mend.slack.ui import (
    Message,
    notice,
    panel,
)
from mend.text.slack_text import plain
from mend.text.wording import is_distress

on = Routes()

FIND_SHORTCUT = "find_repair"
MOST_USED, RECENT = 5, 3
LEARNED = "Good. Others will find it by your words, too, once two of you used them."


@on.command(
    "/repair",
    usage="[what the customer says]",
    typed=Typed.CUSTOMERS,
    help="The words, the steps and what you may offer, for a customer's problem.",
    open=True,
)
def command(
    request: Request,
    library: Library,
    finding: Finding,
    feedback: Feedback,
    people: People,
    support: Support,
) -> Reply:
    """Words in distress are a customer's only where a playbook surely answers them."""
    if not request.text:
        return pick(request, library, feedback)
    words = plain(request.text)
    if is_distress(words) and not library.fitting(words):
        return Reply(support.card(kept=False))
    return answered(request, finding, people, finding.find(request.user, request.text))


def pick(request: Request, library: Library, feedback: Feedback) -> Reply:
    """The picker, for when the words do not come."""
    if not library.all():
        return Reply(blocks.nothing_fits([]))
    return Reply(
        picker.picker(
            feedback.most_used(MOST_USED),
            feedback.recently_used(request.user, RECENT),
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
def from_message(request: Request, library: Library, finding: Finding, people: People) -> Reply:
    """A message may hold several problems: then one press each. Or one, among much else."""
    text = words_of(request.message)
    problems = finding.problems(text)
    if len(problems) > 1:
        return Reply(blocks.several(problems))
    is_clear = not problems or library.fitting(plain(text))
    words = text if is_clear else problems[0][0]
    return answered(request, finding, people, finding.find(request.user, words))


def answered(request: Request, finding: Finding, people: People, found: Found) -> Reply:
    """The answer, and, once it is out, that it was seen; never a dead end.

    While Slack has not said who asks, it says nothing on what they may offer, and follows whole
    once that is known.
    """
    book = found.book
    if book is None:
        return Reply(blocks.nothing_fits(found.others, asked=found.words))

    def content(book: Playbook) -> Message:
        role, today = finding.reading(request.user)
        return blocks.answer(
            book,
            found.others,
            role,
            today,
            is_sure=found.is_sure,
            asked=found.words,
            changed=found.changed,
        )

    def whole() -> Message | None:
        try:
            people.admit(request.user, request.user_workspace, PATIENCE)
        except Refused as refused:
            return notice(refused.sentence) if people.is_known(request.user) else None
        return content(book)

    is_known = people.is_known(request.user)
    return Reply(
        content(book if is_known else replace(book, authority=())),
        later=None if is_known else whole,
        after=lambda: finding.seen(request.user, found, request.channel),
    )


@on.action(blocks.SHOW, picker.SEARCH, picker.CATEGORY, picker.QUICK)
def show(request: Request, finding: Finding, people: People) -> Reply:
    """A runner-up, or one of the picker's."""
    asked = Asked.unpacked(request.value) if request.value[:1] == "[" else Asked(request.value, "")
    return answered(request, finding, people, finding.chosen(request.user, asked.slug, asked.words))


@on.action(blocks.READ_ALL)
def read_all(request: Request, library: Library) -> Reply:
    book = library.served(request.value)
    return opens(blocks.everything(book), blocks.READ_ALL, request.value)


@on.action(blocks.WORKED)
def worked(request: Request, feedback: Feedback) -> Reply:
    """Others find the playbook by these words once a second person did, if they add something."""
    asked = Asked.unpacked(request.value)
    phrase = feedback.phrase(request.user, asked.slug, asked.words)

    def learn() -> None:
        feedback.worked(request.user, asked.slug, phrase)

    also = LEARNED if phrase else "Good to hear."
    return replace(tells(also, replaces=False), after=learn)


@on.action(blocks.NOT_THIS)
def not_this(request: Request, finding: Finding, feedback: Feedback) -> Reply:
    """The next candidates without this one, or what always helps."""
    asked = Asked.unpacked(request.value)
    feedback.judged(request.user, asked.slug, worked=False)
    found = finding.without(request.user, asked.slug, asked.words)
    return Reply(blocks.nothing_fits(found.others, asked=found.words))


@on.action(blocks.SEND_WORDS)
def send_words(request: Request, gaps: Gaps) -> Reply:
    before = gaps.send(request.user, Asked.unpacked(request.value).words)
    said = "Sent, without your name. You will hear once what becomes of it."
    return Reply(gap_blocks.looked_at(before) if before else notice(said), replaces=False)


@on.action(blocks.GET_HELP)
def get_help(request: Request, teams: Teams, helping: Helping) -> Reply:
    return ask_for_help(request, teams, helping, Asked.unpacked(request.value).words)


@on.action(blocks.HELP)
def help_with(request: Request, library: Library, teams: Teams, helping: Helping) -> Reply:
    slug, _, words = request.value.partition(" ")
    return ask_for_help(request, teams, helping, words, library.served(slug).title)


def ask_for_help(
    request: Request, teams: Teams, helping: Helping, words: str, playbook: str = ""
) -> Reply:
    """Ask the team's supervisors; what waits already is shown instead."""
    asked = helping.ask(request.user, words, playbook=playbook, channel=request.channel)
    shown = asked_for_help(asked.help_request, teams.zone_of(request.user), is_new=asked.is_new)
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
    slug, _ = fill_in.read_place(request.private_metadata)
    return fill(library.served(slug), int(request.value))


@on.view(fill_in.FORM, typed=Typed.CUSTOMERS)
def filled(request: Request, library: Library) -> Reply:
    """The finished text; refused while a blank is open."""
    slug, place = fill_in.read_place(request.private_metadata)
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
        content = blocks.shared(request.user, book, teams.today(request.user))
        sent = slack.post(request.channel, content, key=secrets.token_hex(8))
        if isinstance(sent, NotSent):
            return notice(
                f"Not shared: {sent.reason.value}. Type `/invite @Mend` here, then again."
            )
        return notice("Shared in this channel.")

    return Reply(later=post, replaces=False)
