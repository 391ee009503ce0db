"""`/repair`, "Find a repair" on a message, the picker, and what stands under an answer."""

from __future__ import annotations

from dataclasses import replace

from mend.db.model import Refused
from mend.dispatch.payloads import words_of
from mend.dispatch.routes import Reply, Request, Routes, Typed, opens
from mend.dispatch.support import Support
from mend.helping.service import Helping
from mend.helping.views import asked as asked_for_help
from mend.people.directory import PATIENCE, People
from mend.people.teams import Teams
from mend.playbooks.library import Library
from mend.playbooks.model import Playbook, Script
from mend.repair import control_views as controls
from mend.repair import fill_in, picker, unsure_views
from mend.repair import gap_views as gap_blocks
from mend.repair import views as blocks
from mend.repair.control_views import Asked
from mend.repair.fill_in import Filled
from mend.repair.finding import Finding, Found
from mend.repair.gaps import Gaps
from mend.repair.service import Feedback
from mend.slack import ui
from mend.text.slack_text import plain
from mend.text.wording import is_distress

on = Routes()

FIND_SHORTCUT = "find_repair"
MOST_USED, RECENT = 5, 3
WORKED = "✓ Good to hear."
LEARNED = "✓ Good. Others will find it by your words, too, once two of you used them."


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
        return Reply(unsure_views.nothing_fits([]))
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
    return opens(ui.panel("Find a repair", content), picker.OPEN, request.value)


@on.options(picker.SEARCH)
def suggest(request: Request, library: Library) -> Reply:
    return Reply(options=picker.options(library.suggest(request.value, picker.OPTIONS)))


@on.shortcut(FIND_SHORTCUT, label="Find a repair", help="The playbook for what a message says.")
def from_message(request: Request, library: Library, finding: Finding, people: People) -> Reply:
    """A message may hold several problems: then one press each. Or one, among much else."""
    text = words_of(request.message)
    problems = finding.problems(text)
    if len(problems) > 1:
        return Reply(unsure_views.several(problems))
    is_clear = not problems or library.fitting(plain(text))
    words = text if is_clear else problems[0][0]
    return answered(request, finding, people, finding.find(request.user, words))


def answered(
    request: Request,
    finding: Finding,
    people: People,
    found: Found,
    refused: tuple[str, ...] = (),
) -> Reply:
    """The answer, and, once it is out, that it was seen; or the one question that leads to it.

    While Slack has not said who asks, it says nothing on what they may offer, and follows whole
    once that is known.
    """
    book, asked = found.book, Asked("", found.words, refused)
    if book is None:
        return Reply(unsure_views.nothing_fits(found.others, asked))
    if found.or_else:
        return Reply(unsure_views.which((book, found.or_else), asked))

    def content(book: Playbook) -> ui.Message:
        role, today = finding.reading(request.user)
        card = blocks.answer(
            book,
            found.others,
            role,
            today,
            is_sure=found.is_sure,
            asked=asked,
            changed=found.changed,
        )
        return _placed(request, card)

    def whole() -> ui.Message | None:
        try:
            people.admit(request.user, request.user_workspace, PATIENCE)
        except Refused as refused:
            return ui.notice(refused.sentence) if people.is_known(request.user) else None
        return content(book)

    is_known = people.is_known(request.user)
    card = content(book if is_known else replace(book, authority=()))

    def seen() -> None:
        finding.seen(request.user, found, request.channel)

    if request.is_home:  # what is written into App Home stays there to be seen
        return Reply(form=ui.panel("Find a repair", card), after=seen)
    return Reply(card, later=None if is_known else whole, after=seen)


@on.action(controls.SHOW, picker.SEARCH, picker.CATEGORY, picker.QUICK)
def show(request: Request, finding: Finding, people: People) -> Reply:
    """One that it may be instead, the one that was refused, or one of the picker's."""
    asked = Asked.read(request.value)
    found = finding.chosen(request.user, asked.slug, asked.words)
    return answered(request, finding, people, found, asked.refused)


@on.action(controls.ALL_STEPS)
def all_steps(request: Request, finding: Finding) -> Reply:
    """In its place; a playbook that no message holds opens in a window."""
    asked = Asked.read(request.value, request.block)
    book = finding.library.served(asked.slug)
    if not blocks.fits_a_message(book):
        return opens(blocks.everything(book), controls.ALL_STEPS, book.slug)
    return Reply(_placed(request, blocks.all_steps(book, finding.reading(request.user)[0], asked)))


@on.action(controls.ENDING)
def ending(request: Request, finding: Finding) -> Reply:
    asked = Asked.read(request.value, request.block)
    book = finding.library.served(asked.slug)
    return Reply(_placed(request, blocks.ending(book, *finding.reading(request.user), asked)))


@on.action(controls.FEWER_STEPS)
def fewer_steps(request: Request, finding: Finding) -> Reply:
    return Reply(_again(request, finding))


@on.action(controls.WORKED)
def worked(request: Request, finding: Finding, feedback: Feedback) -> Reply:
    """Others find the playbook by these words once a second person did, if they add something."""
    asked = Asked.read(request.value, request.block)
    phrase = feedback.phrase(request.user, asked.slug, asked.words)
    card = _again(request, finding, worked=LEARNED if phrase else WORKED)
    return Reply(card, after=lambda: feedback.worked(request.user, asked.slug, phrase))


def _again(request: Request, finding: Finding, worked: str = "") -> ui.Message:
    """The card that is on the screen, as it stands now."""
    asked = Asked.read(request.value, request.block)
    found = finding.again(asked.slug, asked.words)
    assert found.book is not None
    role, today = finding.reading(request.user)
    card = blocks.answer(
        found.book,
        found.others,
        role,
        today,
        is_sure=found.is_sure or bool(worked),
        asked=asked,
        worked=worked,
    )
    return _placed(request, card)


def _placed(request: Request, card: ui.Message) -> ui.Message:
    """As it fits where it was asked for: a channel, or a window."""
    return card if request.channel else controls.in_a_window(card)


@on.action(controls.NOT_THIS)
def not_this(request: Request, finding: Finding, feedback: Feedback) -> Reply:
    """What else it may be, the way back, and what always helps."""
    asked = Asked.read(request.value, request.block)
    feedback.judged(request.user, asked.slug, worked=False)
    refused = asked.without_it()
    found = finding.without(request.user, refused.refused, asked.words)
    return Reply(unsure_views.nothing_fits(found.others, refused))


@on.action(controls.SEND_WORDS)
def send_words(request: Request, gaps: Gaps) -> Reply:
    words = Asked.read(request.value, request.block).words
    before = gaps.send(request.user, words)
    said = "Sent, without your name. You will hear once what becomes of it."
    return Reply(gap_blocks.looked_at(before) if before else ui.notice(said), replaces=False)


@on.action(controls.GET_HELP)
def get_help(request: Request, library: Library, teams: Teams, helping: Helping) -> Reply:
    asked = Asked.read(request.value, request.block)
    title = library.served(asked.slug).title if asked.slug else ""
    return ask_for_help(request, teams, helping, asked.words, title)


def ask_for_help(
    request: Request, teams: Teams, helping: Helping, words: str, playbook: str = ""
) -> Reply:
    """Ask the team's supervisors; what waits already is shown instead."""
    asked = helping.ask(request.user, words, playbook=playbook, channel=request.channel)
    shown = asked_for_help(asked.help_request, teams.zone_of(request.user), is_new=asked.is_new)
    return Reply(shown, jobs=asked.jobs, replaces=False)


@on.action(controls.FILL)
def words_to_send(request: Request, library: Library, teams: Teams) -> Reply:
    book = library.served(request.value)
    return _script(request, teams, book, 0)


@on.action(fill_in.CHOOSE)
def choose_script(request: Request, library: Library, teams: Teams) -> Reply:
    slug, _ = fill_in.read_place(request.private_metadata)
    return _script(request, teams, library.served(slug), int(request.value))


@on.action(fill_in.DAY)
def choose_day(request: Request, library: Library, teams: Teams) -> Reply:
    slug, place = fill_in.read_place(request.private_metadata)
    book, (blank, day) = library.served(slug), fill_in.read_day(request.value)
    so_far = fill_in.read_so_far(_at(book, place), place, request.answers)
    return _script(request, teams, book, place, so_far.with_day(place, blank, day))


def _script(
    request: Request, teams: Teams, book: Playbook, place: int, filled: Filled | None = None
) -> Reply:
    _at(book, place)
    form = fill_in.words_to_send(book, teams.today(request.user), place, filled)
    return opens(form, controls.FILL, book.slug)


def _at(book: Playbook, place: int) -> Script:
    if not 0 <= place < len(book.scripts):
        raise Refused("This playbook changed meanwhile. Close this and type `/repair` again.")
    return book.scripts[place]


@on.view(fill_in.FORM, typed=Typed.CUSTOMERS)
def filled(request: Request, library: Library, teams: Teams) -> Reply:
    """The finished text; refused while a blank is open."""
    slug, place = fill_in.read_place(request.private_metadata)
    script, today = _at(library.served(slug), place), teams.today(request.user)
    text = fill_in.read_finished(script, place, request.answers, today)
    return Reply(form=fill_in.finished(text))
