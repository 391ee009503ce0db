"""`/ownit`, "Own this" on a message, the forms, and the buttons of a note wherever it stands."""

from __future__ import annotations

from dataclasses import replace

from mend.db.model import NotSaved, Refused
from mend.dispatch import errors
from mend.dispatch import payloads as requests
from mend.dispatch.routes import Reply, Request, Routes, Typed, opens, tells
from mend.helping.views import asked as asked_for_help
from mend.ownit import forms as note_forms
from mend.ownit import views as notes
from mend.ownit.model import Visibility
from mend.ownit.service import Owned, Owning
from mend.people.teams import Teams
from mend.people.views import MINE as MY_TEAM
from mend.promises.service import Promises
from mend.promises.views import DROP_NOTE, before_withdrawing
from mend.slack import doors
from mend.slack.model import Identity
from mend.slack.ui import Message, escape, notice, unpack
from mend.text.slack_text import plain

on = Routes()

OWN_SHORTCUT = "own_this"
WITHDRAWN = "Withdrawn. Nothing of it is kept."
TAKING_OUT = f"{WITHDRAWN} What stood in the channel is being taken out."
TAKEN_OUT = f"{WITHDRAWN} What stood in the channel is taken out."


@on.command(
    "/ownit",
    usage="[what happened]",
    typed=Typed.MINE,
    help="Own a slip: saved for you alone until you choose who sees it.",
)
def command(request: Request, teams: Teams, owning: Owning) -> Reply:
    if not request.text:
        return form(teams, channel=request.channel)
    try:
        said = receipt(owning, _own(request, owning))
        return replace(said, later=None)  # an answer to a command cannot be replaced
    except NotSaved:
        words = escape(owning.make_safe(request.text).text)
        raise Refused(f"{errors.NOT_SAVED} Your words:\n{words}") from None


def _own(request: Request, owning: Owning) -> Owned:
    return owning.own(request.user, request.id, request.text, channel=request.channel)


@on.shortcut(OWN_SHORTCUT, label="Own this", help="Own a slip; works in threads, too.")
def from_message(request: Request, teams: Teams, identity: Identity) -> Reply:
    """Starts with the message's words, and links it, only where it is the presser's own."""
    if request.message.get("user") != request.user:
        return form(teams, channel=request.channel)
    link = requests.link(identity.url, request.channel, request.message)
    return form(teams, plain(str(request.message.get("text") or "")), request.channel, link)


@on.action(doors.OWN)
def open_form(request: Request, teams: Teams) -> Reply:
    link, _, text = request.value.partition("\n")
    return form(teams, text, request.channel, link)


def form(teams: Teams, text: str = "", channel: str = "", link: str = "") -> Reply:
    own = note_forms.own(text, channel, link, has_channel=bool(teams.all()))
    return opens(own, doors.OWN, f"{link}\n{text}"[: notes.VALUE_LENGTH])


@on.view(note_forms.OWN_FORM, typed=Typed.MINE)
def submitted(request: Request, owning: Owning) -> Reply:
    answers = note_forms.read_own(request.answers)
    channel, link = unpack(request.private_metadata, 2)
    owned = owning.own(
        request.user,
        request.id,
        answers.happened,
        did=answers.did,
        would_help=answers.would_help,
        visibility=answers.visibility,
        channel=channel,
        link=link,
    )
    return receipt(owning, owned)


@on.action(notes.POST)
def post(request: Request, owning: Owning) -> Reply:
    """One press, and the thread stands; words that blame get a neutral rewrite first."""
    note = owning.of(request.user, request.value)
    nudge = owning.nudge(note)
    if nudge and not note.is_shown:
        return Reply(notes.before_posting(note, nudge.rewrite))
    return receipt(owning, owning.show(request.user, request.value, Visibility.AS_ME))


@on.action(notes.REWORD)
def reword(request: Request, owning: Owning) -> Reply:
    return receipt(owning, owning.reword(request.user, request.value))


@on.action(notes.KEEP_WORDS)
def keep_words(request: Request, owning: Owning) -> Reply:
    """The nudge is dismissed: a private note may say what it likes."""
    owned = Owned(owning.of(request.user, request.value))
    return receipt(owning, owned, nudged=False)


@on.action(notes.WORDS)
def words_for_customer(request: Request, owning: Owning) -> Reply:
    """An apology to copy, and the playbook that repairs it."""
    note = owning.of(request.user, request.value)
    words = notes.words_for_customer(owning.for_customer(note))
    return Reply(words, replaces=False)


@on.action(notes.WITHOUT_NAME)
def without_name(request: Request, owning: Owning) -> Reply:
    owned = owning.show(request.user, request.value, Visibility.WITHOUT_NAME)
    return receipt(owning, owned)


@on.action(notes.KEEP)
def keep(request: Request, owning: Owning) -> Reply:
    return receipt(owning, owning.show(request.user, request.value, Visibility.ONLY_ME))


@on.action(notes.SAVE_ANOTHER)
def save_another(request: Request, owning: Owning) -> Reply:
    return receipt(owning, owning.own_again(request.user, request.value, request.id))


@on.action(notes.EDIT)
def edit(request: Request, owning: Owning) -> Reply:
    note = owning.editable(request.user, request.value)
    return opens(note_forms.edit(note), notes.EDIT, note.id)


@on.action(notes.WRITE_BACK)
def write_back(request: Request, owning: Owning) -> Reply:
    note = owning.editable(request.user, request.value)
    return opens(note_forms.edit(note, as_written=True), notes.WRITE_BACK, note.id)


@on.view(note_forms.EDIT_FORM, typed=Typed.MINE)
def edited(request: Request, owning: Owning) -> Reply:
    note, version, words, as_written = note_forms.read_edit(
        request.private_metadata, request.answers
    )
    owned = owning.edit(request.user, note, version, words, as_written=as_written)
    return receipt(owning, owned)


@on.action(notes.WITHDRAW)
def withdraw(
    request: Request, owning: Owning, promises: Promises, teams: Teams, identity: Identity
) -> Reply:
    """Gone; but a promise to a customer in it is asked about first."""
    owed = promises.open_of(request.user, request.value)
    if owed:
        zone = teams.zone_of(request.user)
        return Reply(before_withdrawing(request.value, owed, zone), replaces=False)
    return withdraw_anyway(request, owning, identity)


@on.action(DROP_NOTE)
def withdraw_anyway(request: Request, owning: Owning, identity: Identity) -> Reply:
    note = owning.of(request.user, request.value)
    thread, was_there = owning.replied_in(note), owning.may_stand(note)
    was_told = owning.is_lesson_told(note)
    jobs = owning.withdraw(request.user, note.id)
    more = ""
    if thread:
        link = requests.link(identity.url, thread.channel, {"ts": thread.ts})
        more = f" What you wrote <{link}|in its thread> yourself is yours to delete."
    if was_told:
        more += " The recap that told your lesson, without your name, stays as it was posted."

    def taken_out() -> Message | None:
        is_out = was_there and not owning.may_stand(note)
        return notice(f"{TAKEN_OUT}{more}") if is_out else None

    said = TAKING_OUT if was_there else WITHDRAWN
    return Reply(notice(f"{said}{more}"), jobs=jobs, later=taken_out, refreshes_home=True)


@on.action(notes.REPAIRED)
def repaired(request: Request, owning: Owning) -> Reply:
    owned = owning.repaired(request.user, request.value)
    said = "Repaired. Thank you for seeing it through."
    return tells(said, jobs=owned.jobs, replaces=False, refreshes_home=True)


@on.action(notes.HAND)
def help_request(request: Request, owning: Owning, teams: Teams) -> Reply:
    asked = owning.ask_for_help(request.user, request.value)
    shown = asked_for_help(asked.help_request, teams.zone_of(request.user), is_new=asked.is_new)
    return Reply(shown, jobs=asked.jobs, replaces=False)


@on.action(notes.LEARNED)
def learned(request: Request, owning: Owning) -> Reply:
    note = owning.of(request.user, request.value)
    return opens(note_forms.learned(note), notes.LEARNED, note.id)


@on.view(note_forms.LEARNED_FORM, typed=Typed.MINE)
def learned_submitted(request: Request, owning: Owning) -> Reply:
    words = note_forms.read_learned(request.answers)
    owned = owning.learned(request.user, request.private_metadata, words)
    return Reply(notes.learned(owned.note), refreshes_home=True)


@on.action(notes.RELEASE)
def release(request: Request, owning: Owning) -> Reply:
    owning.release(request.user, request.value)
    return tells("Released. Changing or withdrawing it takes it back, until it is told.")


@on.action(notes.KEEP_LESSON)
def keep_lesson(request: Request, owning: Owning) -> Reply:
    owning.take_back(request.user, request.value)
    return tells("It stays with your note, for you alone.")


def receipt(owning: Owning, owned: Owned, *, nudged: bool = True) -> Reply:
    """It says where the note stands; once more, where the jobs changed that."""

    def shown() -> Message:
        return owning.receipt(
            owned.note,
            masked=owned.masked,
            may_write_back=owned.may_write_back,
            said_before=owned.said_before,
            nudged=nudged,
        )

    stood = owning.stands(owned.note)

    def shown_again() -> Message | None:
        return shown() if owning.stands(owned.note) is not stood else None

    return Reply(shown(), jobs=owned.jobs, later=shown_again, refreshes_home=True)


@on.action(MY_TEAM)
def mine(request: Request, teams: Teams, owning: Owning) -> Reply:
    """The answer to the question under a first receipt; the note goes with it."""
    channel, note = unpack(request.value, 2)
    if channel not in teams.to_choose(request.user):
        raise Refused("You are not in that channel. Type `/ownit` in your team's channel.")
    teams.joined(request.user, channel)
    return receipt(owning, owning.move(request.user, note, channel))


@on.action(notes.KEEP_NOTE)
def keep_note(request: Request, owning: Owning) -> Reply:
    owning.of(request.user, request.value)
    return tells("It stays with you.")
