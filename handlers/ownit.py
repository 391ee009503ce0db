"""`/ownit`, "Own this" on a message, the forms, and the buttons of a note wherever it stands."""

from __future__ import annotations

from mend.db.model import NotSaved, Refused
from mend.dispatch import errors
from mend.dispatch import payloads as requests
from mend.dispatch.routes import Deps, Reply, Request, Routes, opens, tells
from mend.ownit import forms as note_forms
from mend.ownit import thread as threads
from mend.ownit import views as notes
from mend.ownit.lessons import Lessons
from mend.ownit.model import Visibility, check_editable
from mend.ownit.service import Owned
from mend.ownit.store import NoteStore
from mend.promises.views import DROP_NOTE, before_withdrawing
from mend.slack.store import Posts
from mend.slack.ui import escape
from mend.text.slack_text import plain

on = Routes()

OWN_SHORTCUT = "own_this"
OPEN_FORM = "own_open"


@on.command(
    "/ownit",
    usage="[what happened]",
    help="Own a slip: saved for you alone until you choose who sees it.",
)
def command(deps: Deps, request: Request) -> Reply:
    if not request.text:
        return form(deps, channel=request.channel)
    try:
        return receipt(deps, _own(deps, request))
    except NotSaved:
        words = escape(deps.owning.make_safe(request.text).text)
        raise Refused(f"{errors.NOT_SAVED} Your words:\n{words}") from None


def _own(deps: Deps, request: Request) -> Owned:
    return deps.owning.own(request.person, request.id, request.text, channel=request.channel)


@on.shortcut(OWN_SHORTCUT, label="Own this", help="Own a slip; works in threads, too.")
def from_message(deps: Deps, request: Request) -> Reply:
    """Starts with the message's words, and links it, only where it is the presser's own."""
    if request.message.get("user") != request.person:
        return form(deps, channel=request.channel)
    link = requests.link(deps.slack_url, request.channel, request.message)
    return form(deps, plain(str(request.message.get("text") or "")), request.channel, link)


@on.action(OPEN_FORM)
def open_form(deps: Deps, request: Request) -> Reply:
    link, _, text = request.value.partition("\n")
    return form(deps, text, request.channel, link)


def form(deps: Deps, text: str = "", channel: str = "", link: str = "") -> Reply:
    own = note_forms.own(text, channel, link, has_channel=bool(deps.teams.all()))
    return opens(own, OPEN_FORM, f"{link}\n{text}"[: notes.VALUE_LENGTH])


@on.view(note_forms.OWN_FORM)
def submitted(deps: Deps, request: Request) -> Reply:
    answers = note_forms.read_own(request.answers)
    channel, _, link = request.private.partition(" ")
    owned = deps.owning.own(
        request.person,
        request.id,
        answers.happened,
        did=answers.did,
        would_help=answers.would_help,
        visibility=answers.visibility,
        channel=channel,
        link=link,
    )
    return receipt(deps, owned)


@on.action(notes.POST)
def post(deps: Deps, request: Request) -> Reply:
    """One press, and the thread stands; words that blame get a neutral rewrite first."""
    entry = deps.owning.of(request.person, request.value)
    nudge = deps.owning.nudge(entry)
    if nudge and not entry.is_shown:
        return Reply(notes.before_posting(entry, nudge.rewrite))
    return receipt(deps, deps.owning.show(request.person, request.value, Visibility.AS_ME))


@on.action(notes.REWORD)
def reword(deps: Deps, request: Request) -> Reply:
    return receipt(deps, deps.owning.reword(request.person, request.value))


@on.action(notes.KEEP_WORDS)
def keep_words(deps: Deps, request: Request) -> Reply:
    """The nudge is dismissed: a private note may say what it likes."""
    owned = Owned(deps.owning.of(request.person, request.value))
    return receipt(deps, owned, nudged=False)


@on.action(notes.WORDS)
def words_for_customer(deps: Deps, request: Request) -> Reply:
    """An apology to copy, and the playbook that repairs it."""
    entry = deps.owning.of(request.person, request.value)
    words = notes.words_for_customer(deps.owning.for_customer(entry))
    return Reply(words, replaces=False)


@on.action(notes.WITHOUT_NAME)
def without_name(deps: Deps, request: Request) -> Reply:
    owned = deps.owning.show(request.person, request.value, Visibility.WITHOUT_NAME)
    return receipt(deps, owned)


@on.action(notes.KEEP)
def keep(deps: Deps, request: Request) -> Reply:
    return receipt(deps, deps.owning.show(request.person, request.value, Visibility.ONLY_ME))


@on.action(notes.SAVE_ANOTHER)
def save_another(deps: Deps, request: Request) -> Reply:
    return receipt(deps, deps.owning.own_again(request.person, request.value, request.id))


@on.action(notes.EDIT)
def edit(deps: Deps, request: Request) -> Reply:
    entry = deps.owning.of(request.person, request.value)
    check_editable(entry, deps.now())
    return opens(note_forms.edit(entry), notes.EDIT, entry.id)


@on.view(note_forms.EDIT_FORM)
def edited(deps: Deps, request: Request) -> Reply:
    entry, version, words, as_written = note_forms.read_edit(request.private, request.answers)
    owned = deps.owning.edit(request.person, entry, version, words, as_written=as_written)
    return receipt(deps, owned)


@on.action(notes.WITHDRAW)
def withdraw(deps: Deps, request: Request) -> Reply:
    """Gone; but a promise to a customer in it is asked about first."""
    promises = deps.promises.open_of(request.person, request.value)
    if promises:
        return Reply(before_withdrawing(request.value, promises), replaces=False)
    return withdraw_anyway(deps, request)


@on.action(DROP_NOTE)
def withdraw_anyway(deps: Deps, request: Request) -> Reply:
    entry = deps.owning.of(request.person, request.value)
    thread = Posts(deps.db).get(threads.subject(entry.id))
    has_replies = bool(NoteStore(deps.db).replies(entry))
    was_told = Lessons(deps.db).is_told(entry.id)
    jobs = deps.owning.withdraw(request.person, entry.id)
    said = "Withdrawn. Nothing of it is kept; what stood in the channel is taken out."
    if thread and thread.ts and has_replies:
        link = requests.link(deps.slack_url, thread.channel, {"ts": thread.ts})
        said += f" What you wrote <{link}|in its thread> yourself is yours to delete."
    if was_told:
        said += " The recap that told your lesson, without your name, stays as it was posted."
    return tells(said, jobs=jobs, refreshes_home=True)


@on.action(notes.REPAIRED)
def repaired(deps: Deps, request: Request) -> Reply:
    owned = deps.owning.repaired(request.person, request.value)
    said = "Repaired. Thank you for seeing it through."
    return tells(said, jobs=owned.jobs, replaces=False, refreshes_home=True)


@on.action(notes.HAND)
def hand(deps: Deps, request: Request) -> Reply:
    jobs = deps.owning.ask_for_hand(request.person, request.value)
    said = "Your supervisors were told, each once, in a direct message."
    return tells(said, jobs=jobs, replaces=False)


@on.action(notes.LEARNED)
def learned(deps: Deps, request: Request) -> Reply:
    entry = deps.owning.of(request.person, request.value)
    return opens(note_forms.learned(entry), notes.LEARNED, entry.id)


@on.view(note_forms.LEARNED_FORM)
def learned_submitted(deps: Deps, request: Request) -> Reply:
    words = note_forms.read_learned(request.answers)
    owned = deps.owning.learned(request.person, request.private, words)
    return Reply(notes.learned(owned.entry), refreshes_home=True)


@on.action(notes.RELEASE)
def release(deps: Deps, request: Request) -> Reply:
    deps.owning.release(request.person, request.value)
    return tells("Released. Changing or withdrawing it takes it back, until it is told.")


@on.action(notes.KEEP_LESSON)
def keep_lesson(deps: Deps, request: Request) -> Reply:
    deps.owning.take_back(request.person, request.value)
    return tells("It stays with your note, for you alone.")


def receipt(deps: Deps, owned: Owned, *, nudged: bool = True) -> Reply:
    shown = deps.owning.receipt(
        owned.entry,
        masked=owned.masked,
        may_write_back=owned.may_write_back,
        said_before=owned.said_before,
        nudged=nudged,
    )
    return Reply(shown, jobs=owned.jobs, refreshes_home=True)
