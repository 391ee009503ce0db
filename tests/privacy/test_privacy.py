"""What Mend keeps about Ada: shown, sent and deleted for her, and for nobody else."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.db.jobs import Jobs
from mend.db.personal import declared
from mend.editor.model import Revision, RevisionState, Suggestion
from mend.editor.store import RevisionStore
from mend.helping.store import HelpStore
from mend.lookbacks.model import Factor, LookBack, LookBackState
from mend.lookbacks.store import LookBackStore
from mend.ownit.drafts_store import Draft, Drafts
from mend.ownit.lessons import Lessons
from mend.ownit.model import Note, Visibility, new_note
from mend.ownit.store import NoteStore
from mend.people.store import Audit, TeamStore, Welcomes
from mend.privacy import views as blocks
from mend.promises.model import Promise
from mend.promises.store import PromiseStore
from mend.recap.weekly.model import Week
from mend.recap.weekly.store import WeekStore
from mend.repair.gap_store import GapStore
from mend.repair.store import LearningStore
from mend.slack.outbox import Outbox
from mend.slack.store import Notices, Posts
from mend.slack.ui import notice, split
from tests.conftest import only
from tests.db.contents import text_columns
from tests.ownit.test_ownit import own, root
from tests.repair.test_feedback import dump
from tests.repair.test_repair import repair
from workspace import Workspace

SECRET = "zanzibar"

# by which people are known without a name
MARKS = {"phrase_askers.mark", "gap_askers.mark", "help_asks.mark"}


def columns() -> set[str]:
    """The personal ones, but those in which a mark stands for a person."""
    personal, _ = declared()
    return {each.place for each in personal if "/" not in each.place} - MARKS


def holding(bot: Bot, *texts: str) -> set[str]:
    """The columns in which one of these stands now."""
    return {
        name
        for name in text_columns(bot.db)
        for table, column in [name.split(".")]
        for text in texts
        if bot.db.rows(f"select 1 from {table} where instr({column}, ?) > 0", text)
    }


def files(bot: Bot) -> bytes:
    """Where the database is files of ours: those; elsewhere what it shows."""
    if not isinstance(bot.settings.database, Path):
        return dump(bot).encode()
    folder = bot.settings.database.parent
    return b"".join(file.read_bytes() for file in folder.glob("mend.db*"))


def note_of(bot: Bot, team: str, owner: str, words: str, request: str) -> Note:
    """A note with something in every place that belongs to it, but for its playbook changes."""
    db, now = bot.db, bot.now()
    made = new_note(
        *(team, owner, words, now),
        **{"did": words, "would_help": words, "link": f"https://x/{words}"},
        visibility=Visibility.AS_ME,
    )
    note = NoteStore(db).add(replace(made, learned=words), request)
    NoteStore(db).add_reply(note, "1.1", f"{words} reply")
    answer = LookBack(note.id, LookBackState.ANSWERED, (Factor.LOAD,), words, None, f"{words} desk")
    LookBackStore(db).keep(answer)
    Lessons(db).release(team, note.id, f"{words} lesson", now + timedelta(days=9))
    monday = now.date() - timedelta(days=now.weekday())
    week = Week(team, monday, now, now, (), (), (), (), (), f"{words} lesson")
    WeekStore(db).keep(week)
    return note


def everywhere(bot: Bot, ws: Workspace, person: str, other: str) -> Note:
    """Put `person`, or what they said, into every column that can hold it; their note."""
    db, now, team = bot.db, bot.now(), ws.channel("support").id
    mine = note_of(bot, team, person, SECRET, "command:1")
    theirs = new_note(team, other, "another slip", now)
    NoteStore(db).add(theirs, "command:2")
    due = now + timedelta(days=1)
    for number, note in enumerate([mine, theirs]):
        promise = Promise(str(number), note.id, person, f"call {SECRET} back", due, False)
        PromiseStore(db).add(promise)
    LookBackStore(db).keep(LookBack(theirs.id, who=person))
    db.insert("answers", team=team, owner=person, factors="[]", answered_at=now)
    Drafts(db).keep(Draft("d1", person, f"{SECRET} title", f"{SECRET} words", True))
    TeamStore(db).joined(person, team)
    LearningStore(db).used(person, "late-refund", {}, now, team)
    LearningStore(db).learn("late-refund", f"{SECRET} phrase", person, now)
    for each in (person, other):
        LearningStore(db).learn("late-refund", "everybody's phrase", each, now)
    Audit(db).note(person, "closed a gap about", "billing", now)
    Welcomes(db).finish(person, "home", now)
    said = Suggestion("s1", "late-refund", f"{SECRET} suggested", False, None, now)
    RevisionStore(db).suggest(said, person)
    for state, text in (
        (RevisionState.DRAFT, f"{SECRET} draft"),
        (RevisionState.SET_ASIDE, f"{SECRET} set aside"),
        (RevisionState.PUBLISHED, "what agents read"),
    ):
        RevisionStore(db).add(Revision("late-refund", person, now, text, "", "", state))
    gap = GapStore(db).make("billing", f"{SECRET} gap", now)
    GapStore(db).ask(gap, person, "mark", now, sent=True)
    for key, reader in ((f"notice:alert:{person}", person), ("notice:answer", other)):
        Notices(db).owe(key, reader, notice(f"<@{person}> answers: hello"), now)
        Posts(db).ensure(key, reader, now)
        Jobs(db).schedule("notice", key, now + timedelta(days=1), {"person": reader})
    return mine


def own_requests(bot: Bot, ada: Any, cam: Any) -> None:
    """Ada asks for a hand and Cam takes it, so both stand in it."""
    ada.press(repair(ada, "they charged me twice"), "Get help")
    cam.press(only(cam.dms), "I'm coming")


def test_every_text_column_is_declared_as_personal_or_not(bot: Bot) -> None:
    """A new one is judged beside its table: see mend/db/personal.py."""
    personal, impersonal = declared()
    judged = [each.place for each in personal if "/" not in each.place]
    assert len(judged) == len(set(judged)) and not set(judged) & impersonal
    assert text_columns(bot.db) == set(judged) | impersonal


def test_every_personal_place_goes_when_its_person_asks() -> None:
    personal, _ = declared()
    assert [each.place for each in personal if "deleted" not in each.until] == []


@pytest.mark.parametrize("who", ["ada", "cam"])
def test_after_deletion_a_person_is_in_no_row_and_in_no_byte(
    bot: Bot, ws: Workspace, caplog: Any, who: str, ada: Any, ben: Any, cam: Any
) -> None:
    caplog.set_level("DEBUG", "mend")
    person = ws.person(who)
    own_requests(bot, ada, cam)
    bot.db.change("update help_requests set context = ?", SECRET)
    everywhere(bot, ws, person.id, ben.id)
    here = "help_requests.taker" if who == "ada" else "help_requests.asker"
    assert holding(bot, person.id, SECRET) == columns() - {here}
    assert person.id.encode() in files(bot) and SECRET.encode() in files(bot)
    delete_all(person)
    bot.scheduler.run_due()
    bot.db.scrub()
    words = {"help_requests.context"} if who == "cam" else set()  # those are Ada's
    assert holding(bot, person.id) == set() and holding(bot, SECRET) == words
    assert LearningStore(bot.db).taught(person.id) == []
    assert HelpStore(bot.db).asks(person.id, bot.now() - timedelta(days=1)) == 0
    assert person.id.encode() not in files(bot)
    assert words or SECRET.encode() not in files(bot)
    assert SECRET not in caplog.text and person.id not in caplog.text


def test_what_is_owed_to_her_goes_with_her_and_no_key_names_her(
    bot: Bot, ws: Workspace, ada: Any, ben: Any
) -> None:
    for person in (ada, ben):
        bot.of(Outbox).dm(f"alert:recap:{person.id}", person.id, notice("hello"))
    keys = {table: bot.db.rows(f"select key from {table}") for table in ("notices", "jobs")}
    assert ada.id not in str(keys) and len(keys["notices"]) == 2
    ada.press(page(ada), "Delete all of mine")
    assert [each["person"] for each in bot.db.rows("select person from notices")] == [ben.id]
    assert len(Jobs(bot.db).pending("notice")) == 1


def test_what_others_gave_stays(bot: Bot, ws: Workspace, ada: Any, ben: Any) -> None:
    everywhere(bot, ws, ada.id, ben.id)
    delete_all(ada)
    assert [note.text for note in NoteStore(bot.db).mine(ben.id, limit=9)] == ["another slip"]
    [phrase] = LearningStore(bot.db).phrases(people=1)
    assert (phrase.phrase, phrase.people) == ("everybody's phrase", 1)
    owed = Notices(bot.db).get("notice:answer")
    assert owed is not None and owed[1].text == "a colleague answers: hello"


def delete_all(person: Any) -> None:
    """Press it, and say that the promises go, too."""
    asked = page(person)
    person.press(asked, "Delete all of mine")
    person.press(person.ephemerals[-1], "Delete all, promises too")


def page(person: Any) -> Any:
    outcome = person.command("/mend", "privacy", channel="support")
    assert outcome.acked, outcome.error
    return outcome.message


def test_the_page_counts_what_is_kept_and_says_who_can_read_it(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    own(ada)
    ada.press(own(ada, "told the caller the wrong date"), "Post as me")
    ada.say("support", "called them back", thread=root(ws))
    repair(ada, "they charged me twice")
    shown = page(ada).visible
    assert "Notes 2 (1 only you, 1 in the team channel), replies 1" in shown
    assert "playbooks seen 1 (for 90 days)" in shown and "romises 0" not in shown
    assert "Whoever runs the server, or Slack itself" in shown
    assert "Backups keep a copy until they rotate" in shown
    assert "words go 30 days after it closed" in shown


def test_it_is_in_app_home_too(bot: Bot, ada: Any) -> None:
    own(ada)
    ada.press(ada.open_home(), "Privacy")
    assert "What Mend keeps about you" in ada.home.text
    ada.press(ada.home, "Delete all of mine")
    assert "Deleted: notes 1, welcomes 1." in ada.home.text and "Nothing here" in ada.home.text


def test_deleting_asks_first(bot: Bot, ada: Any) -> None:
    shown = json.dumps(page(ada).blocks)
    assert "Delete all of yours?" in shown and "cannot be undone" in shown


def exported(person: Any) -> Any:
    parts = [message for message in person.dms if "Your data, part" in message.text]
    texts = [
        element["elements"][0]["text"]
        for message in parts
        for block in message.blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
    ]
    assert all(len(text) <= 3000 for text in texts)
    return json.loads("".join(texts))


def test_my_data_comes_as_one_json_text_with_everything_of_mine(
    bot: Bot, ws: Workspace, ada: Any, ben: Any
) -> None:
    everywhere(bot, ws, ada.id, ben.id)
    ada.press(page(ada), "Send me my data")
    data = exported(ada)
    assert data["notes"][0]["text"] == SECRET
    assert data["replies"][0]["text"] == f"{SECRET} reply"
    assert data["gaps_asked_about"][0]["words"] == f"{SECRET} gap"
    assert data["phrases_taught"][0]["phrase"] == f"{SECRET} phrase"
    assert {name for name, rows in data.items() if rows} == set(data) - {"requests_for_a_hand"}
    assert "another slip" not in json.dumps(data) and ben.id not in json.dumps(data)


def test_much_data_comes_in_several_messages_in_order(bot: Bot, ada: Any) -> None:
    for number in range(12):
        own(ada, f"{number:02} " + "words & <more> ünïcode 🤝 " * 100)
    ada.press(page(ada), "Send me my data")
    assert len(only_exports(ada)) > 1
    assert [note["text"][:2] for note in exported(ada)["notes"]] == [
        f"{number:02}" for number in range(12)
    ]


def only_exports(person: Any) -> list[Any]:
    return [message for message in person.dms if "Your data, part" in message.text]


def test_a_notification_of_the_export_shows_no_words_of_it(bot: Bot, ada: Any) -> None:
    own(ada, SECRET)
    ada.press(page(ada), "Send me my data")
    assert SECRET not in only(only_exports(ada)).text


def test_once_it_arrived_no_copy_of_the_export_is_kept(bot: Bot, ada: Any) -> None:
    own(ada, SECRET)
    ada.press(page(ada), "Send me my data")
    assert dump(bot).count(SECRET) == 1


def test_a_hand_that_cam_took_shows_cam_nothing_of_adas(bot: Bot, ada: Any, cam: Any) -> None:
    own_requests(bot, ada, cam)
    cam.press(page(cam), "Send me my data")
    [help_request] = exported(cam)["requests_for_a_hand"]
    assert help_request["part"] == "you took it" and help_request["context"] == ""
    assert ada.id not in json.dumps(exported(cam))


def test_deleting_takes_the_threads_and_receipts_out_of_slack(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    ada.press(own(ada), "Post as me")
    ada.dm("hung up on a customer by mistake")
    answer = page(ada)
    ada.press(answer, "Delete all of mine")
    assert "Deleted: notes 2." in answer.visible
    bot.scheduler.run_due()
    assert root(ws).visible == "A note was withdrawn."
    assert "hung up" not in str([message.visible for message in ada.dms if message.bot])


def test_deleting_twice_deletes_nothing_more(bot: Bot, ada: Any) -> None:
    own(ada)
    ada.press(page(ada), "Delete all of mine")
    answer = page(ada)
    ada.press(answer, "Delete all of mine")
    assert "Nothing of yours was left" in answer.visible


def test_many_notes_are_deleted_in_one_press(bot: Bot, ws: Workspace, ada: Any) -> None:
    team = ws.channel("support").id
    with bot.db.transaction():
        for number in range(120):
            note = new_note(team, ada.id, f"slip {number}", bot.now())
            NoteStore(bot.db).add(note, f"command:{number}", even_if_same=True)
    answer = page(ada)
    assert ada.press(answer, "Delete all of mine").acked
    assert "Deleted: notes 120." in answer.visible


@pytest.mark.hasty
def test_a_busy_store_says_to_press_again_and_the_next_press_goes_on(bot: Bot, ada: Any) -> None:
    own(ada)
    answer = page(ada)
    with bot.db.transaction():
        ada.press(answer, "privacy_delete")
    assert "Press *Delete all of mine* once more" in ada.ephemerals[-1].visible
    own(ada, "another")
    again = page(ada)
    ada.press(again, "Delete all of mine")
    assert "Deleted: notes 2" in again.visible


def test_a_supervisor_who_deletes_gives_the_request_back(bot: Bot, ada: Any, cam: Any) -> None:
    own_requests(bot, ada, cam)
    cam.press(page(cam), "Delete all of mine")
    bot.scheduler.run_due()
    request = next(message for message in cam.dms if "asks for a hand" in message.visible)
    assert request.buttons == ["I'm coming", "Answer"]


def test_what_a_supervisor_was_told_is_still_taken_back_after_they_deleted(
    bot: Bot, ada: Any, cam: Any
) -> None:
    own_requests(bot, ada, cam)
    request = only(cam.dms)
    cam.press(page(cam), "Delete all of mine")
    ada.press(page(ada), "Delete all of mine")
    bot.scheduler.run_due()
    assert request.visible == "No longer needed."


def test_cam_and_dee_are_shown_nothing_of_adas_by_any_door(
    bot: Bot, ws: Workspace, ada: Any, ben: Any, cam: Any, dee: Any
) -> None:
    everywhere(bot, ws, ada.id, ben.id)
    Notices(bot.db).delivered("notice:answer")
    for person in (cam, dee):
        shown = [str(person.open_home().blocks)]
        for word in ("privacy", "recap", "playbooks", "doctor"):
            outcome = person.command("/mend", word, channel="support")
            shown.append(str(outcome.message.blocks if outcome.message else ""))
        for door in ("Privacy", "Preview the recap", "Doctor"):
            if door in person.home.buttons:
                person.press(person.open_home(), door)
                shown.append(str(person.home.blocks))
        person.press(page(person), "Send me my data")
        shown += [str(message.blocks) for message in (*person.ephemerals, *person.dms)]
        seen = " ".join(shown)
        assert ada.id not in seen and "another slip" not in seen
        # the words she sent to the playbook team reach admins, without her name
        assert SECRET not in seen.replace(f"{SECRET} gap", "" if person is dee else SECRET)


def test_parts_joined_are_the_text() -> None:
    text = "".join(f"line {number}\n" for number in range(999)) + "x" * 7000 + "\nend"
    parts = split(text, 3000)
    assert "".join(parts) == text and max(map(len, parts)) <= 3000
    assert split("short", 3000) == ["short"]


def test_the_page_fits_its_message() -> None:
    for message in blocks.export("x" * 40_000):
        assert len(message.blocks) <= 5


PRIVACY_SLIP = "emailed her statement to the wrong customer"


def test_a_privacy_slip_says_whom_to_tell_and_that_the_log_is_not_enough(
    environment: dict[str, str], start: Callable[[], Bot], ada: Any
) -> None:
    start()
    assert "Tell your company's privacy contact now." in own(ada, PRIVACY_SLIP).visible
    environment["MEND_PRIVACY_CONTACT"] = "dpo@acme.example"
    start()
    receipt = own(ada, f"{PRIVACY_SLIP} again")
    assert "privacy contact now: dpo@acme.example" in receipt.visible
    assert "does not replace telling them" in receipt.visible
    ada.press(receipt, "Post as me")
    assert "dpo@acme.example" in receipt.visible


def test_other_slips_do_not(bot: Bot, ada: Any) -> None:
    assert "privacy contact" not in own(ada).visible


def test_a_privacy_slip_told_in_a_direct_message_says_so_too(bot: Bot, ada: Any) -> None:
    ada.dm(PRIVACY_SLIP)
    assert "privacy contact now" in ada.dms[-1].visible


def test_a_privacy_slip_waits_for_a_press_where_others_are_posted_at_once(
    environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, ada: Any
) -> None:
    environment["MEND_VISIBILITY_DEFAULT"] = "with_me"
    start()
    receipt = own(ada, PRIVACY_SLIP)
    assert ws.messages("support") == [] and "Post as me" in receipt.buttons
