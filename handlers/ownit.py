"""`/ownit`, "Own this" on a message, the forms, and the buttons of a note wherever it stands."""

from __future__ import annotations

from dataclasses import replace

from mend.db.model import NotSaved, Refused
from mend.dispatch import errors
from mend.dispatch import payloads as requests
from mend.dispatch.routes import Kind, Reply, Request, Routes, Typed, opens, tells
from mend.helping.views import asked as asked_for_help
from mend.ownit import forms as note_forms
from mend.ownit import lesson_views as lessons
from mend.ownit import receipt_views as receipts
from mend.ownit import views as notes
from mend.ownit import window_views as windows
from mend.ownit.model import Owned, Visibility
from mend.ownit.releasing import Releasing
from mend.ownit.service import Owning
from mend.ownit.showing import Showing
from mend.people.teams import Teams
from mend.people.views import MINE as MY_TEAM
from mend.promises.service import Promises
from mend.promises.views import DROP_NOTE, before_withdrawing
from mend.slack import doors, ui
from mend.slack.model import Identity
from mend.slack.packing import unpack
from mend.text.slack_text import plain

on = Routes()

OWN_SHORTCUT = "own_this"
WITHDRAWN = "Withdrawn. Nothing of it is kept."
BUT_PROMISE = "Withdrawn. Only what you promised is kept, until that is done."
TAKEN_OUT = "What stood in the channel is taken out."


@on.command(
    "/ownit",
    usage="[what happened]",
    typed=Typed.MINE,
    help="Own a slip: saved for you alone until you choose who sees it.",
)
def command(request: Request, teams: Teams, owning: Owning, showing: Showing) -> Reply:
    if not request.text:
        return form(teams, channel=request.channel)
    try:
        said = _stands(request, showing, _own(request, owning))
        return replace(said, later=None)  # an answer to a command cannot be replaced
    except NotSaved:
        words = ui.escape(showing.words.safe(request.text).text)
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
    link, line, text = request.value.partition("\n")
    link = link if line else ""  # an older Mend's ⋯ names a playbook
    return form(teams, text, request.channel, link)


def form(teams: Teams, text: str = "", channel: str = "", link: str = "") -> Reply:
    own = note_forms.own(text, channel, link, has_channel=bool(teams.channels()))
    return opens(own, doors.OWN, f"{link}\n{text}"[: ui.BUTTON_VALUE])


@on.view(note_forms.OWN_FORM, typed=Typed.MINE)
def submitted(request: Request, owning: Owning, showing: Showing) -> Reply:
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
    return _stands(request, showing, owned)


@on.action(notes.POST)
def post(request: Request, owning: Owning, showing: Showing) -> Reply:
    """One press, and the thread stands; words that were edited since, or that read as blame by

    now, are shown anew before.
    """
    id, seen, words = _choice(request)
    note = owning.of(request.user, id)
    it = showing.standing(Owned(note), nudged=False)
    if it.blames or (words and words != notes.mark(note) and not note.is_shown):
        return Reply(receipts.who_sees(it))
    return _stands(request, showing, owning.show(request.user, id, Visibility.AS_ME, seen))


@on.action(notes.WITHOUT_NAME)
def without_name(request: Request, owning: Owning, showing: Showing) -> Reply:
    note, seen, _ = _choice(request)
    owned = owning.show(request.user, note, Visibility.WITHOUT_NAME, seen)
    return _stands(request, showing, owned)


@on.action(notes.KEEP)
def keep(request: Request, owning: Owning, showing: Showing) -> Reply:
    note, seen, _ = _choice(request)
    return _stands(request, showing, owning.show(request.user, note, Visibility.ONLY_ME, seen))


def _choice(request: Request) -> tuple[str, Visibility | None, str]:
    """The note; who saw it and the mark of its words as drawn, or nothing (by an older Mend)."""
    note, seen, words = unpack(request.value, 3)
    return note, Visibility(seen) if seen else None, words


@on.action(notes.WHO_SEES)
def who_sees(request: Request, owning: Owning, showing: Showing) -> Reply:
    """The choice once more."""
    note = owning.of(request.user, request.value)
    return Reply(receipts.who_sees(showing.standing(Owned(note), nudged=False)))


@on.action(notes.REWORD)
def reword(request: Request, owning: Owning, showing: Showing) -> Reply:
    return _stands(request, showing, owning.reword(request.user, request.value))


@on.action(notes.KEEP_WORDS)
def keep_words(request: Request, owning: Owning, showing: Showing) -> Reply:
    """The nudge is dismissed: a private note may say what it likes."""
    owned = Owned(owning.of(request.user, request.value))
    return _stands(request, showing, owned, nudged=False)


@on.action(notes.WORDS)
def words_for_customer(request: Request, owning: Owning, showing: Showing) -> Reply:
    """An apology to copy, and the playbook that repairs it."""
    note = owning.of(request.user, request.value)
    back_to = note.id if request.view_id else ""
    words = receipts.words_for_customer(showing.for_customer(note), back_to)
    return Reply(words, replaces=False)


@on.action(notes.SAVE_ANOTHER)
def save_another(request: Request, owning: Owning, showing: Showing) -> Reply:
    owned = owning.own_again(request.user, request.value, request.id)
    return _stands(request, showing, owned)


@on.action(notes.OPEN)
def open_window(request: Request, owning: Owning, showing: Showing) -> Reply:
    """Everything about a note, from its line in App Home and from its thread, for its reader."""
    if owning.is_anothers(request.user, request.value):
        return opens(windows.for_colleagues(), notes.OPEN, request.value)
    note = owning.of(request.user, request.value)
    return opens(windows.view(showing.window(note)), notes.OPEN, note.id)


@on.action(notes.EDIT)
def edit(request: Request, owning: Owning) -> Reply:
    note = owning.editable(request.user, request.value)
    return opens(note_forms.edit(note), notes.EDIT, note.id)


@on.action(notes.WRITE_BACK)
def write_back(request: Request, owning: Owning) -> Reply:
    note = owning.editable(request.user, request.value)
    return opens(note_forms.edit(note, as_written=True), notes.WRITE_BACK, note.id)


@on.view(note_forms.EDIT_FORM, typed=Typed.MINE)
def edited(request: Request, owning: Owning, showing: Showing) -> Reply:
    note, version, words, as_written = note_forms.read_edit(
        request.private_metadata, request.answers
    )
    owned = owning.edit(request.user, note, version, words, as_written=as_written)
    return _stands(request, showing, owned)


@on.action(notes.WITHDRAW)
def withdraw(
    request: Request,
    owning: Owning,
    showing: Showing,
    releasing: Releasing,
    promises: Promises,
    teams: Teams,
    identity: Identity,
) -> Reply:
    """Gone; but a promise to a customer in it is asked about first.

    In place of a receipt that stands nowhere else, as that could not be taken out later.
    """
    owed = promises.unsettled_of(request.user, request.value)
    if owed:
        asked = before_withdrawing(request.value, owed, teams.zone_of(request.user))
        return Reply(asked, replaces=not request.channel.startswith("D"))
    return withdraw_anyway(request, owning, showing, releasing, promises, identity)


@on.action(DROP_NOTE)
def withdraw_anyway(
    request: Request,
    owning: Owning,
    showing: Showing,
    releasing: Releasing,
    promises: Promises,
    identity: Identity,
) -> Reply:
    note = owning.of(request.user, request.value)
    thread, was_there = showing.replied_in(note), note.is_shown or showing.may_stand(note)
    was_told = releasing.is_told(note)
    jobs = owning.withdraw(request.user, note.id)
    said = BUT_PROMISE if promises.unsettled_of(request.user, note.id) else WITHDRAWN
    more = ""
    if thread:
        link = requests.link(identity.url, thread.channel, {"ts": thread.ts})
        more = f" What you wrote <{link}|in its thread> yourself is yours to delete."
    if was_told:
        more += " The recap that told your lesson, without your name, stays as it was posted."

    def taken_out() -> ui.Message | None:
        is_out = was_there and not showing.may_stand(note)
        return ui.notice(f"{said} {TAKEN_OUT}{more}") if is_out else None

    first = f"{said} {notes.TAKING_OUT}" if was_there else said
    return Reply(ui.notice(f"{first}{more}"), jobs=jobs, later=taken_out)


@on.action(notes.REPAIRED)
def repaired(request: Request, owning: Owning, showing: Showing) -> Reply:
    return _stands(request, showing, owning.repaired(request.user, request.value))


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
def learned_submitted(request: Request, owning: Owning, releasing: Releasing) -> Reply:
    words = note_forms.read_learned(request.answers)
    note = owning.of(request.user, request.private_metadata)
    note = releasing.learned(note, words)
    may_tell = releasing.may_tell(note)
    return Reply(lessons.learned(note, is_told=releasing.is_told(note), may_tell=may_tell))


@on.action(lessons.RELEASE)
def release(request: Request, owning: Owning, releasing: Releasing) -> Reply:
    releasing.release(owning.of(request.user, request.value))
    return tells("Released. Changing or withdrawing it takes it back, until it is told.")


@on.action(lessons.KEEP)
def keep_lesson(request: Request, owning: Owning, releasing: Releasing) -> Reply:
    releasing.take_back(owning.of(request.user, request.value))
    return tells("It stays with your note, for you alone.")


def _stands(request: Request, showing: Showing, owned: Owned, *, nudged: bool = True) -> Reply:
    """How the note stands, where it was pressed; once more, where the jobs changed that."""

    def shown() -> ui.Message:
        if request.kind is Kind.ACTION and request.view_id:
            return showing.window(owned.note)
        return showing.receipt(owned, nudged=nudged)

    stood = showing.stands(owned.note)

    def shown_again() -> ui.Message | None:
        """Not where its owner chose anew meanwhile: that press has an answer of its own."""
        is_news = showing.stands(owned.note) is not stood and showing.is_latest(owned.note)
        return shown() if is_news else None

    return Reply(shown(), jobs=owned.jobs, later=shown_again)


@on.action(MY_TEAM)
def mine(request: Request, teams: Teams, owning: Owning, showing: Showing) -> Reply:
    """The answer to the question under a first receipt; the note goes with it."""
    channel, note = unpack(request.value, 2)
    if channel not in teams.to_choose(request.user):
        raise Refused("You are not in that channel. Type `/ownit` in your team's channel.")
    teams.joined(request.user, channel)
    return _stands(request, showing, owning.move(request.user, note, channel))


@on.action(notes.KEEP_NOTE)
def keep_note(request: Request, owning: Owning) -> Reply:
    owning.of(request.user, request.value)
    return tells("It stays with you.")
