"""Dee edits playbooks from Slack; the files stay the source, and nothing is lost silently."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.db.model import Refused
from mend.editor.service import Editing
from mend.editor.sheets import Sheets
from mend.editor.store import RevisionStore
from mend.playbooks.files import parse
from tests.conftest import Clock, saved
from tests.playbooks.test_yaml_mistakes import MISTAKES
from tests.repair.test_repair import all_steps, repair, the_end
from workspace import Workspace

FILE = """\
---
# Ana keeps this one
title:   'The zebra escaped'   # the words we hear
summary: A zebra is not where it should be.
phrases:
  - my zebra ran away   # most
  # the next one is from chat
  - "zebra: gone"
owner: keeper
verified: 2026-11-02
authority:
  - what: Send another zebra
    limit: {agent: 50 EUR, supervisor: 500 EUR}
    next: head keeper
unknown: kept
---

## Say first

I am on it.   <!-- said by Ana -->

## Do

* Look behind the house.
* Call the zoo.

## Close

Read back when it returns.

## Scripts

### By chat

Hello {name}, the zebra is safe.
"""


@pytest.fixture
def zebra(environment: dict[str, str], tmp_path: Path, ws: Workspace) -> Path:
    """A library of one; Cam may edit it as well as Dee."""
    folder = tmp_path / "playbooks"
    folder.mkdir()
    (folder / "zebra.md").write_text(FILE)
    environment["MEND_PLAYBOOKS"] = str(folder)
    environment["MEND_ADMINS"] = f"{ws.person('dee').id},{ws.person('cam').id}"
    return folder / "zebra.md"


def open_list(person: Any) -> Any:
    outcome = person.command("/mend", "playbooks", channel="support")
    assert outcome.acked, outcome.error
    return person.modal


def open_zebra(person: Any) -> Any:
    open_list(person)
    person.choose(person.modal, "playbook_find", "zebra")
    return person.modal


def change(person: Any, **answers: str) -> None:
    """Open the form and send it."""
    person.press(person.modal, "Edit")
    outcome = person.submit(answers)
    assert outcome.acked and not outcome.failure, outcome.failure


def publish(person: Any) -> None:
    person.press(person.modal, "Publish")
    assert "Done." in person.modal.text, person.modal.text


def more(person: Any, choice: str) -> Any:
    person.choose(person.modal, "playbook_more", choice)
    return person.modal


def history(person: Any) -> list[str]:
    """The versions that are offered."""
    open_zebra(person)
    [chooser] = [
        each
        for block in more(person, "History").blocks
        for each in block.get("elements", ())
        if each.get("action_id") == "playbook_version_1"
    ]
    return [option["text"]["text"] for option in chooser["options"]]


# --- from a draft to a published change


def test_an_edit_is_a_draft_then_a_preview_then_live_and_only_its_line_changes(
    zebra: Path, bot: Bot, dee: Any, ada: Any
) -> None:
    open_zebra(dee)
    change(dee, say_first="The zebra is on its way.")
    assert "Your draft." in dee.modal.text
    assert zebra.read_text() == FILE
    assert "I am on it." in repair(ada, "the zebra escaped").visible
    assert "The zebra is on its way." in dee.modal.text
    publish(dee)
    assert "The zebra is on its way." in repair(ada, "the zebra escaped").visible
    gone = set(FILE.splitlines()) - set(zebra.read_text().splitlines())
    assert gone == {"I am on it.   <!-- said by Ana -->"}
    for kept in ("# Ana keeps this one", "'The zebra escaped'   # the", "unknown: kept", "* Call"):
        assert kept in zebra.read_text()


def test_saving_the_form_as_it_was_changes_no_byte_and_makes_no_draft(
    zebra: Path, bot: Bot, dee: Any
) -> None:
    open_zebra(dee)
    change(dee)
    assert "Agents have it." in dee.modal.text
    assert zebra.read_text() == FILE


def test_limits_and_scripts_are_edited_where_agents_read_them(
    zebra: Path, bot: Bot, dee: Any
) -> None:
    open_zebra(dee)
    may = "Send another zebra\nAgent: 80 EUR\nabove it, ask: Ana\nNote down: the zebra"
    letter = "Dear {name}.\n\nIt is safe."
    change(
        dee,
        authority=f"{may}\n\n- Say sorry\nAgent: no limit",
        script_1_name="By post",
        script_1_words=letter,
    )
    publish(dee)
    book, _ = parse("zebra", zebra.read_text())
    assert [each.what for each in book.authority] == ["Send another zebra", "Say sorry"]
    assert book.authority[0].limits == {"agent": "80 EUR"}
    assert (book.authority[0].next, book.authority[0].record) == ("Ana", "the zebra")
    assert book.scripts[1].text == letter
    change(dee, script_0_name="", script_0_words="")
    publish(dee)
    assert [each.name for each in parse("zebra", zebra.read_text())[0].scripts] == ["By post"]


def test_what_is_shown_is_exactly_what_agents_will_see(
    zebra: Path, bot: Bot, ada: Any, dee: Any
) -> None:
    open_zebra(dee)
    change(dee, say_first="The zebra is on its way.")
    previewed = [_bare(block) for block in dee.modal.blocks]
    publish(dee)
    card, opened = repair(ada, "the zebra escaped"), all_steps(ada, "the zebra escaped")
    ended = the_end(ada, "the zebra escaped")
    aside = opened.blocks[-2]
    shown = [_bare(each) for each in (*card.blocks, *opened.blocks, *ended.blocks) if each != aside]
    read = [block for block in shown if block["type"] in ("rich_text", "context")]
    assert len(read) > 3 and all(block in previewed for block in read)


def _bare(block: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in block.items() if key != "block_id"}


def test_a_new_playbook_is_written_from_slack(zebra: Path, bot: Bot, dee: Any, ada: Any) -> None:
    open_list(dee)
    dee.press(dee.modal, "New playbook")
    outcome = dee.submit(
        {
            "title": "The Lion is hungry",
            "phrases": "- lion hungry\n2. feed the lion",
            "say_first": "I'll bring it lunch.",
        }
    )
    assert not outcome.failure
    assert not (zebra.parent / "the-lion-is-hungry.md").exists()
    publish(dee)
    text = (zebra.parent / "the-lion-is-hungry.md").read_text()
    assert parse("x", text)[0].phrases == ("lion hungry", "feed the lion")
    assert "verified: 2026-11-24" in text
    assert "I'll bring it lunch." in repair(ada, "the lion is hungry").visible


def test_a_new_playbook_can_begin_with_words_that_others_collected(
    zebra: Path, bot: Bot, dee: Any
) -> None:
    open_list(dee)
    button = next(
        each
        for block in dee.modal.blocks
        for each in block.get("elements", ())
        if each.get("action_id") == "playbook_new"
    )
    button["value"] = '{"title": "Giraffe", "phrases": ["tall one", "neck"], "summary": "S"}'
    dee.press(dee.modal, "New playbook")
    dee.submit()
    dee.press(dee.modal, "Edit")
    shown = [block.get("element", {}).get("initial_value") for block in dee.modal.blocks]
    assert "tall one\nneck" in shown


def test_two_new_playbooks_of_one_title_are_two_files(
    zebra: Path, bot: Bot, dee: Any, cam: Any
) -> None:
    for person in (dee, cam):
        open_list(person)
        person.press(person.modal, "New playbook")
        person.submit({"title": "Lions"})
    publish(dee)
    publish(cam)
    assert sorted(path.name for path in zebra.parent.glob("*.md")) == [
        "lions-2.md",
        "lions.md",
        "zebra.md",
    ]


def test_still_right_sets_the_day(zebra: Path, bot: Bot, dee: Any) -> None:
    open_zebra(dee)
    dee.press(dee.modal, "Still right")
    assert zebra.read_text() == FILE.replace("2026-11-02", "2026-11-24")
    open_zebra(dee)
    assert "Still right" not in dee.modal.buttons


def test_an_archived_playbook_is_not_served_and_comes_back(
    zebra: Path, bot: Bot, dee: Any, ada: Any
) -> None:
    open_zebra(dee)
    more(dee, "Archive")
    assert "state: archived" in zebra.read_text()
    assert "No playbook fits" in repair(ada, "the zebra escaped").visible
    open_zebra(dee)
    publish(dee)
    assert "I am on it." in repair(ada, "the zebra escaped").visible


def test_nothing_to_publish_is_said(zebra: Path, bot: Bot, dee: Any) -> None:
    open_zebra(dee)
    assert "Publish" not in dee.modal.buttons


def test_a_discarded_draft_stays_in_the_history(zebra: Path, bot: Bot, dee: Any) -> None:
    open_zebra(dee)
    change(dee, do="Whistle.")
    more(dee, "Discard my draft")
    assert "waiting" not in dee.modal.text
    assert "not published" in history(dee)[0]


# --- mistakes


def test_a_wrong_number_of_days_is_said_on_its_field(zebra: Path, bot: Bot, dee: Any) -> None:
    open_zebra(dee)
    dee.press(dee.modal, "Edit")
    dee.submit({"review_days": "a while"})
    assert "whole number" in dee.modal.errors["review_days"]


@pytest.mark.parametrize(
    ("block", "typed", "said"),
    [
        ("close", "## Do\nlaugh", "headings"),
        ("script_0_words", "## Do", "headings"),
        ("script_0_name", "", "has a name"),
        ("script_1_words", "Hello", "has a name"),
        ("authority", "Send a zebra\nSuprvisor: 5 EUR", "Supervisor"),
    ],
)
def test_what_would_not_read_back_is_said_on_its_field(
    zebra: Path, bot: Bot, dee: Any, block: str, typed: str, said: str
) -> None:
    open_zebra(dee)
    dee.press(dee.modal, "Edit")
    dee.submit({block: typed})
    [(field, error)] = dee.modal.errors.items()
    assert said in error and field.rpartition("_")[0] == block.rpartition("_")[0]


def test_an_error_blocks_publishing_and_names_part_and_fix(zebra: Path, bot: Bot, dee: Any) -> None:
    open_zebra(dee)
    change(dee, do="Give {amount} back.")
    assert "put this right. Do: {amount} stands outside a script" in dee.modal.text
    assert "Publish" not in dee.modal.buttons


def test_a_broken_file_says_what_is_wrong_and_offers_the_last_good_version(
    zebra: Path, bot: Bot, dee: Any
) -> None:
    bot.of(Editing).publishing.note_files()
    broken = FILE.replace("summary: A", "summary: A: ")
    zebra.write_text(broken)
    saved(bot)
    open_zebra(dee)
    assert "cannot be read: the text has a colon" in dee.modal.text
    assert "`/mend doctor` says where" in dee.modal.text
    dee.press(dee.modal, "Start from the version of 24 November")
    publish(dee)
    assert zebra.read_text() == FILE
    assert broken in [each.text for each in RevisionStore(bot.db).history("zebra")]


def test_every_mistake_people_make_by_hand_is_named_and_the_last_good_version_offered(
    zebra: Path, bot: Bot, dee: Any
) -> None:
    bot.of(Editing).publishing.note_files()
    for name, (lines, _, says, _) in MISTAKES.items():
        zebra.write_text("\n".join(["---", *lines, "---", ""]))
        saved(bot)
        open_zebra(dee)
        assert says in dee.modal.text, name
        assert "Start from the version of 24 November" in dee.modal.buttons, name
        assert "Publish" not in dee.modal.buttons


@pytest.mark.parametrize("data", [b"---\ntitle: caf\xe9\n---\n", b"x" * 300_000])
def test_a_file_that_is_no_text_is_left_to_whoever_has_the_disk(
    zebra: Path, bot: Bot, dee: Any, data: bytes
) -> None:
    open_zebra(dee)
    change(dee, do="Whistle.")
    zebra.write_bytes(data)
    saved(bot)
    dee.press(dee.modal, "Publish")
    open_zebra(dee)
    assert "cannot be read" in dee.modal.text and "Publish" not in dee.modal.buttons
    assert zebra.read_bytes() == data
    zebra.write_text(FILE)
    saved(bot)
    open_zebra(dee)
    assert "Your draft." in dee.modal.text


def test_a_file_that_never_could_be_read_is_listed(zebra: Path, bot: Bot, dee: Any) -> None:
    (zebra.parent / "lion.md").write_text("title: none\n")
    saved(bot)
    open_list(dee)
    assert "Lion  cannot be read" in dee.modal.text
    dee.choose(dee.modal, "playbook_find", "Lion")
    assert "three dashes" in dee.modal.text


# --- two editors, and the disk


def test_two_editors_of_different_parts_are_joined_by_themselves(
    zebra: Path, bot: Bot, dee: Any, cam: Any
) -> None:
    for person in (dee, cam):
        open_zebra(person)
    change(dee, do="Whistle.")
    change(cam, close="Call back at noon.")
    publish(dee)
    open_zebra(cam)
    assert "Somebody else changed Do meanwhile; that is in it, too." in cam.modal.text
    assert "Whistle." in cam.modal.text
    publish(cam)
    book, _ = parse("zebra", zebra.read_text())
    assert (book.do, book.close) == (("Whistle.",), "Call back at noon.")


def test_what_changed_after_the_preview_is_looked_at_before_it_is_published(
    zebra: Path, bot: Bot, dee: Any, cam: Any
) -> None:
    for person in (dee, cam):
        open_zebra(person)
    change(dee, do="Whistle.")
    change(cam, close="Call back at noon.")
    publish(dee)
    cam.press(cam.modal, "Publish")
    assert "Look once more" in cam.modal.text and "Call back" not in zebra.read_text()
    cam.press(cam.modal, "Publish")
    assert "Call back" in zebra.read_text() and "Whistle" in zebra.read_text()


@pytest.mark.parametrize(("press", "wins"), [("Keep mine", "Wait."), ("Keep theirs", "Whistle.")])
def test_two_editors_of_one_part_decide_knowingly_and_the_other_text_stays(
    zebra: Path, bot: Bot, dee: Any, cam: Any, press: str, wins: str
) -> None:
    for person in (dee, cam):
        open_zebra(person)
    change(dee, do="Whistle.")
    change(cam, do="Wait.")
    change(cam, close="Call back at noon.")
    publish(dee)
    open_zebra(cam)
    assert "*Do*\nTheirs\nWhistle.\nYours\nWait." in cam.modal.text
    cam.press(cam.modal, press)
    publish(cam)
    book, _ = parse("zebra", zebra.read_text())
    assert (book.do, book.close) == ((wins,), "Call back at noon.")
    texts = [each.text for each in RevisionStore(bot.db).history("zebra")]
    assert any("Whistle." in text for text in texts) and any("Wait." in text for text in texts)


def test_a_disk_edit_under_an_open_form_is_joined_too(zebra: Path, bot: Bot, dee: Any) -> None:
    open_zebra(dee)
    dee.press(dee.modal, "Edit")
    zebra.write_text(FILE.replace("Read back when", "Read back twice when"))
    saved(bot)
    dee.submit({"do": "Whistle."})
    assert "Somebody else changed Close meanwhile" in dee.modal.text
    publish(dee)
    assert "Whistle." in zebra.read_text() and "twice" in zebra.read_text()


def test_a_disk_edit_is_in_the_history_once_and_can_be_undone(
    zebra: Path, bot: Bot, clock: Clock, dee: Any
) -> None:
    bot.of(Editing).publishing.note_files()
    clock.advance(minutes=5)
    zebra.write_text(FILE.replace("Read back when", "Read back twice when"))
    saved(bot)
    for _ in range(2):
        bot.of(Editing).publishing.note_files()
    assert len(history(dee)) == 2
    assert "Read back when it returns.\nNow\nRead back twice when" in dee.modal.text
    assert "This is how it stands." in dee.modal.text
    assert dee.modal.buttons == ["Back"]  # what stands there cannot be restored
    oldest = history(dee)[1]
    dee.choose(dee.modal, "playbook_version_1", oldest)
    dee.press(dee.modal, "Restore this version")
    publish(dee)
    assert zebra.read_text() == FILE


def test_the_history_keeps_fifty(zebra: Path, bot: Bot) -> None:
    for number in range(60):
        zebra.write_text(FILE.replace("I am on it", f"I am on it {number}"))
        saved(bot)
        bot.of(Editing).publishing.note_files()
    assert len(RevisionStore(bot.db).history("zebra")) == 50


def test_a_file_removed_under_a_draft_is_made_anew(zebra: Path, bot: Bot, dee: Any) -> None:
    open_zebra(dee)
    change(dee, do="Whistle.")
    zebra.unlink()
    saved(bot)
    publish(dee)
    assert "Whistle." in zebra.read_text()


# --- crashes


def sent(bot: Bot, dee: Any) -> str:
    """A version on its way, with the process dead before it was written; its text."""
    open_zebra(dee)
    change(dee, do="Whistle.")
    sheet = bot.of(Sheets).sheet(dee.id, "zebra")
    assert bot.of(Editing).publish(dee.id, "zebra", sheet.digest)
    return sheet.text


def test_after_a_crash_before_the_file_was_written_the_next_start_writes_it(
    zebra: Path, start: Callable[[], Bot], dee: Any
) -> None:
    text = sent(start(), dee)
    assert zebra.read_text() == FILE
    again = start()
    again.of(Editing).publishing.note_files()
    again.scheduler.run_due()
    assert zebra.read_text() == text
    assert [each.state for each in RevisionStore(again.db).history("zebra")] == [
        "published",
        "file",
    ]


def test_after_a_crash_behind_the_write_the_next_start_finds_it_done(
    zebra: Path, start: Callable[[], Bot], dee: Any
) -> None:
    text = sent(start(), dee)
    zebra.write_text(text)
    again = start()
    again.of(Editing).publishing.note_files()
    again.scheduler.run_due()
    again.of(Editing).publishing.note_files()
    assert zebra.read_text() == text
    assert [each.state for each in RevisionStore(again.db).history("zebra")] == [
        "published",
        "file",
    ]
    assert dee.dms == []


def test_a_file_changed_in_the_same_moment_wins_and_the_author_is_told(
    zebra: Path, bot: Bot, dee: Any
) -> None:
    sent(bot, dee)
    theirs = FILE.replace("I am on it", "I am coming")
    zebra.write_text(theirs)
    bot.scheduler.run_due()
    assert zebra.read_text() == theirs
    assert "*The zebra escaped* was not published. Its file changed" in dee.dms[0].visible
    dee.press(dee.dms[0], "Open it")
    assert "Your draft." in dee.modal.text
    publish(dee)
    assert "Whistle." in zebra.read_text() and "I am coming" in zebra.read_text()


# --- size


def test_a_playbook_of_40_kb_survives_and_a_part_of_it_can_be_changed(
    zebra: Path, bot: Bot, dee: Any
) -> None:
    story = "\n\n".join(f"Paragraph {n}. " + "words and more words, " * 13 for n in range(130))
    scripts = "".join(f"\n### Script {n}\n\nHello {{name}}, {n}.\n" for n in range(40))
    big = FILE.replace("Read back when it returns.", story) + scripts
    assert len(big) > 40_000
    zebra.write_text(big)
    saved(bot)
    open_zebra(dee)
    change(dee)
    assert "Your draft." not in dee.modal.text and zebra.read_text() == big
    change(dee, do="Whistle.", script_1_words="Hello again.")
    publish(dee)
    assert zebra.read_text().count("Paragraph ") == 130 and "Whistle." in zebra.read_text()
    assert all(f"### Script {n}\n" in zebra.read_text() for n in range(40))


def test_what_no_form_can_hold_stays_as_it_is_and_is_said(zebra: Path, bot: Bot, dee: Any) -> None:
    zebra.write_text(FILE.replace("Read back when it returns.", "word " * 1000))
    saved(bot)
    open_zebra(dee)
    dee.press(dee.modal, "Edit")
    assert "Too long for a form, and kept as is: Close." in dee.modal.text
    dee.submit({"do": "Whistle."})
    publish(dee)
    assert "Whistle." in zebra.read_text() and "word " * 999 in zebra.read_text()


def test_a_long_difference_is_read_to_its_last_character(zebra: Path, bot: Bot, dee: Any) -> None:
    bot.of(Editing).publishing.note_files()
    lines = [f"line {number} {'x' * 50}" for number in range(900)]
    zebra.write_text(FILE.replace("Read back when it returns.", "\n\n".join(lines)))
    saved(bot)
    bot.of(Editing).publishing.note_files()
    history(dee)
    seen = dee.modal.text
    while "More" in dee.modal.buttons:
        dee.press(dee.modal, "More")
        seen += dee.modal.text
    assert all(line in seen.replace("\n", "") for line in lines)


def test_two_thousand_playbooks_are_counted_and_found(zebra: Path, bot: Bot, dee: Any) -> None:
    for number in range(2000):
        (zebra.parent / f"animal-{number}.md").write_text(
            f"---\ntitle: Animal number {number}\ncategory: {['even', 'odd'][number % 2]}\n---\n"
        )
    saved(bot)
    open_list(dee)
    assert "2001 playbooks" in dee.modal.text
    assert "Animal number 1234" in dee.options(dee.modal, "playbook_find", "number 1234")
    assert "Animal number 1234" in dee.options(dee.modal, "playbook_find", "animl nmber 1234")
    dee.choose(dee.modal, "playbook_list", "Odd")
    assert "1000 playbooks" in dee.modal.text
    assert "Animal number 1234" not in dee.options(dee.modal, "playbook_find", "number 1234")
    dee.choose(dee.modal, "playbook_find", "Animal number 1233")
    assert "Animal number 1233" in dee.modal.text


# --- roles


ACTIONS = [
    "playbook_list",
    "playbook_open",
    "playbook_new",
    "playbook_publish",
    "playbook_archive",
    "playbook_discard",
    "playbook_settle",
    "playbook_restore",
    "playbook_adopt",
    "playbook_history",
    "playbook_version",
    "playbook_edit",
    "playbook_waiting",
    "suggestion_done",
    "suggestion_dismiss",
]


@pytest.mark.parametrize("action", ACTIONS)
def test_an_agent_who_forges_an_action_is_refused(
    zebra: Path, bot: Bot, ada: Any, action: str
) -> None:
    answer = repair(ada, "the zebra escaped")
    button = next(
        each
        for block in answer.blocks
        for each in block.get("elements", ())
        if each.get("action_id") == "repair_worked"
    )
    button.update(action_id=action, value="zebra")
    ada.press(answer, action)
    assert "for an admin" in ada.ephemerals[-1].visible and ada.modal is None
    assert zebra.read_text() == FILE


def test_the_service_checks_again(zebra: Path, bot: Bot, ada: Any) -> None:
    sheets, editing = bot.of(Sheets), bot.of(Editing)
    acts: list[Callable[[], object]] = [
        lambda: sheets.listed(ada.id),
        lambda: sheets.waiting(ada.id),
        lambda: sheets.sheet(ada.id, "zebra"),
        lambda: sheets.history(ada.id, "zebra"),
        lambda: editing.publish(ada.id, "zebra", ""),
        lambda: editing.archive(ada.id, "zebra"),
        lambda: editing.new(ada.id, {"title": "x"}),
    ]
    for act in acts:
        with pytest.raises(Refused, match="for an admin"):
            act()
    assert zebra.read_text() == FILE


def test_an_agent_is_not_offered_to_edit_and_an_admin_is(
    zebra: Path, bot: Bot, ada: Any, dee: Any
) -> None:
    assert "playbook_open" not in str(the_end(ada, "the zebra escaped").blocks)
    dee.choose(the_end(dee, "the zebra escaped"), "repair_more", "Edit")
    assert "Agents have it." in dee.modal.text


def test_an_agent_who_forges_edit_is_refused(zebra: Path, bot: Bot, ada: Any) -> None:
    answer = the_end(ada, "the zebra escaped")
    answer.blocks[-1]["elements"][-1]["options"][3]["value"] = "playbook_open zebra"
    ada.choose(answer, "repair_more", "Suggest a change")
    assert "for an admin" in ada.ephemerals[-1].visible and ada.modal is None
