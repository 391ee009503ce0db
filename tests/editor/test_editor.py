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
from mend.people.model import Role
from mend.playbooks.files import parse
from tests.conftest import saved
from tests.playbooks.test_yaml_mistakes import MISTAKES
from tests.repair.test_repair import all_steps, repair
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
    person.press(person.modal, "Open", "zebra")
    return person.modal


def change(person: Any, section: str, **answers: str) -> None:
    """Open a section's form and send it."""
    person.press(person.modal, section)
    outcome = person.submit(answers)
    assert outcome.acked and not outcome.failure, outcome.failure


def publish(person: Any) -> None:
    person.press(person.modal, "Preview")
    person.press(person.modal, "Publish")
    assert "Done. What agents see is up to date." in person.modal.text, person.modal.text


def history(person: Any) -> str:
    open_zebra(person)
    person.press(person.modal, "History")
    return str(person.modal.text)


# --- from a draft to a published change


def test_an_edit_is_a_draft_then_a_preview_then_live_and_only_its_line_changes(
    zebra: Path, bot: Bot, dee: Any, ada: Any
) -> None:
    open_zebra(dee)
    change(dee, "Say first, Ask", say_first="The zebra is on its way.")
    assert "this is your draft" in dee.modal.text
    assert zebra.read_text() == FILE
    assert "I am on it." in repair(ada, "the zebra escaped").visible
    dee.press(dee.modal, "Preview")
    assert "The zebra is on its way." in dee.modal.text
    dee.press(dee.modal, "Publish")
    assert "The zebra is on its way." in repair(ada, "the zebra escaped").visible
    gone = set(FILE.splitlines()) - set(zebra.read_text().splitlines())
    assert gone == {"I am on it.   <!-- said by Ana -->"}
    for kept in ("# Ana keeps this one", "'The zebra escaped'   # the", "unknown: kept", "* Call"):
        assert kept in zebra.read_text()


def test_saving_every_section_as_it_was_changes_no_byte_and_makes_no_draft(
    zebra: Path, bot: Bot, dee: Any
) -> None:
    open_zebra(dee)
    labels = [label for label in dee.modal.buttons if label.startswith(SECTION_LABELS)]
    assert len(labels) == 9, labels
    for label in labels:
        if not label.startswith("Add:"):
            change(dee, label)
            assert "this is your draft" not in dee.modal.text, label
    assert zebra.read_text() == FILE


SECTION_LABELS = ("Title", "Say", "Do", "Avoid", "If stuck", "May:", "Script:", "Add:")


def test_limits_and_scripts_are_edited_one_by_one(zebra: Path, bot: Bot, dee: Any) -> None:
    open_zebra(dee)
    change(dee, "May: Send another zebra", agent="80 EUR", record="the zebra")
    change(dee, "Add: they may", what="Say sorry", agent="no limit")
    change(dee, "Add: script", name="By post", text="Dear {name}.\n\nIt is safe.")
    publish(dee)
    book, problems = parse("zebra", zebra.read_text())
    assert [each.what for each in book.authority] == ["Send another zebra", "Say sorry"]
    assert book.authority[0].limits["agent"] == "80 EUR"
    assert book.scripts[1].text == "Dear {name}.\n\nIt is safe."
    open_zebra(dee)
    change(dee, "Script: By chat", name="", text="")
    publish(dee)
    assert [each.name for each in parse("zebra", zebra.read_text())[0].scripts] == ["By post"]


@pytest.mark.parametrize("role", list(Role))
def test_the_preview_is_what_each_role_will_see(
    zebra: Path, bot: Bot, ws: Workspace, role: Role, ada: Any, dee: Any
) -> None:
    open_zebra(dee)
    dee.press(dee.modal, "Preview")
    if role is not Role.AGENT:
        dee.press(dee.modal, f"As {role.word}")
    limit = {"agent": "50 EUR", "supervisor": "500 EUR", "admin": "500 EUR"}[role.word]
    assert f"(up to {limit})" in dee.modal.text
    if role is Role.AGENT:
        shown = [
            block for block in repair(ada, "the zebra escaped").blocks if "accessory" not in block
        ]
        previewed = [_bare(block) for block in dee.modal.blocks]
        for block in shown:
            if block["type"] in ("rich_text", "context"):
                assert _bare(block) in previewed


def _bare(block: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in block.items() if key != "block_id"}


def test_a_new_playbook_is_written_from_slack(zebra: Path, bot: Bot, dee: Any, ada: Any) -> None:
    open_list(dee)
    dee.press(dee.modal, "New playbook")
    outcome = dee.submit(
        {"title": "The Lion is hungry", "phrases": "- lion hungry\n2. feed the lion"}
    )
    assert not outcome.failure
    assert not (zebra.parent / "the-lion-is-hungry.md").exists()
    change(dee, "Say first, Ask", say_first="I'll bring it lunch.")
    publish(dee)
    text = (zebra.parent / "the-lion-is-hungry.md").read_text()
    assert parse("x", text)[0].phrases == ("lion hungry", "feed the lion")
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
    dee.press(dee.modal, "Title and phrases")
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
    dee.press(dee.modal, "Still right")
    assert "so already" in dee.modal.text


def test_an_archived_playbook_is_not_served_and_comes_back(
    zebra: Path, bot: Bot, dee: Any, ada: Any
) -> None:
    open_zebra(dee)
    dee.press(dee.modal, "Archive")
    assert "state: archived" in zebra.read_text()
    assert "No playbook fits" in repair(ada, "the zebra escaped").visible
    open_zebra(dee)
    publish(dee)
    assert "I am on it." in repair(ada, "the zebra escaped").visible


def test_nothing_to_publish_is_said(zebra: Path, bot: Bot, dee: Any) -> None:
    open_zebra(dee)
    dee.press(dee.modal, "Preview")
    assert "Publish" not in dee.modal.buttons


def test_a_discarded_draft_stays_in_the_history(zebra: Path, bot: Bot, dee: Any) -> None:
    open_zebra(dee)
    change(dee, "Do", do="Whistle.")
    dee.press(dee.modal, "Discard my draft")
    assert "Waiting (0)" in dee.modal.buttons
    assert "not published" in history(dee)


# --- mistakes


def test_a_wrong_number_of_days_is_said_on_its_field(zebra: Path, bot: Bot, dee: Any) -> None:
    open_zebra(dee)
    dee.press(dee.modal, "Title and phrases")
    dee.submit({"review_days": "a while"})
    assert "whole number" in dee.modal.errors["review_days"]


def test_what_would_not_read_back_is_said_on_its_field(zebra: Path, bot: Bot, dee: Any) -> None:
    open_zebra(dee)
    dee.press(dee.modal, "If stuck, Close")
    dee.submit({"close": "## Do\nlaugh"})
    assert "headings" in dee.modal.errors["close"]
    dee.close()
    open_zebra(dee)
    dee.press(dee.modal, "Script: By chat")
    dee.submit({"name": "", "text": "Hello"})
    assert "has a name" in dee.modal.errors["name"]


def test_an_error_blocks_publishing_and_names_line_field_and_fix(
    zebra: Path, bot: Bot, dee: Any
) -> None:
    open_zebra(dee)
    change(dee, "Do", do="Give {amount} back.")
    dee.press(dee.modal, "Preview")
    assert "zebra.md, line" in dee.modal.text and "Do: {amount}" in dee.modal.text
    assert "Publish" not in dee.modal.buttons


def test_a_broken_file_says_what_is_wrong_and_offers_the_last_good_version(
    zebra: Path, bot: Bot, dee: Any
) -> None:
    bot.of(Editing).publishing.note_files()
    broken = FILE.replace("summary: A", "summary: A: ")
    zebra.write_text(broken)
    saved(bot)
    open_zebra(dee)
    assert "zebra.md, line 4, summary: the text has a colon" in dee.modal.text
    dee.press(dee.modal, "Start from the version of 24 November")
    publish(dee)
    assert zebra.read_text() == FILE
    assert broken in [each.text for each in RevisionStore(bot.db).history("zebra")]


def test_every_mistake_people_make_by_hand_is_named_and_the_last_good_version_offered(
    zebra: Path, bot: Bot, dee: Any
) -> None:
    bot.of(Editing).publishing.note_files()
    for name, (lines, line, says, _) in MISTAKES.items():
        zebra.write_text("\n".join(["---", *lines, "---", ""]))
        saved(bot)
        open_zebra(dee)
        assert f"zebra.md, line {line}" in dee.modal.text and says in dee.modal.text, name
        assert "Start from the version of 24 November" in dee.modal.buttons, name
        assert "Preview" not in dee.modal.buttons


@pytest.mark.parametrize("data", [b"---\ntitle: caf\xe9\n---\n", b"x" * 300_000])
def test_a_file_that_is_no_text_is_left_to_whoever_has_the_disk(
    zebra: Path, bot: Bot, dee: Any, data: bytes
) -> None:
    open_zebra(dee)
    change(dee, "Do", do="Whistle.")
    dee.press(dee.modal, "Preview")
    zebra.write_bytes(data)
    saved(bot)
    dee.press(dee.modal, "Publish")
    open_zebra(dee)
    assert "zebra.md" in dee.modal.text and "Publish" not in dee.modal.buttons
    assert zebra.read_bytes() == data
    zebra.write_text(FILE)
    saved(bot)
    open_zebra(dee)
    assert "this is your draft" in dee.modal.text


def test_a_file_that_never_could_be_read_is_listed(zebra: Path, bot: Bot, dee: Any) -> None:
    (zebra.parent / "lion.md").write_text("title: none\n")
    saved(bot)
    open_list(dee)
    assert "lion.md* cannot be read" in dee.modal.text
    dee.press(dee.modal, "Open", "lion")
    assert "three dashes" in dee.modal.text


# --- two editors, and the disk


def test_two_editors_of_different_parts_are_joined_by_themselves(
    zebra: Path, bot: Bot, dee: Any, cam: Any
) -> None:
    for person in (dee, cam):
        open_zebra(person)
    change(dee, "Do", do="Whistle.")
    change(cam, "If stuck, Close", close="Call back at noon.")
    publish(dee)
    cam.press(cam.modal, "Preview")
    assert "Changed underneath" in cam.modal.text and "+* Whistle." in cam.modal.text
    assert "It fits with your draft" in cam.modal.text
    cam.press(cam.modal, "Publish")
    book, _ = parse("zebra", zebra.read_text())
    assert (book.do, book.close) == (("Whistle.",), "Call back at noon.")


def test_what_changed_after_the_preview_is_looked_at_before_it_is_published(
    zebra: Path, bot: Bot, dee: Any, cam: Any
) -> None:
    for person in (dee, cam):
        open_zebra(person)
    change(dee, "Do", do="Whistle.")
    change(cam, "If stuck, Close", close="Call back at noon.")
    cam.press(cam.modal, "Preview")
    publish(dee)
    cam.press(cam.modal, "Publish")
    assert "Look once more" in cam.modal.text and "Call back" not in zebra.read_text()
    cam.press(cam.modal, "Publish")
    assert "Call back" in zebra.read_text() and "Whistle" in zebra.read_text()


@pytest.mark.parametrize(
    ("press", "wins"), [("Keep mine there", "Wait."), ("Keep theirs there", "Whistle.")]
)
def test_two_editors_of_one_part_decide_knowingly_and_the_other_text_stays(
    zebra: Path, bot: Bot, dee: Any, cam: Any, press: str, wins: str
) -> None:
    for person in (dee, cam):
        open_zebra(person)
    change(dee, "Do", do="Whistle.")
    change(cam, "Do", do="Wait.")
    change(cam, "If stuck, Close", close="Call back at noon.")
    publish(dee)
    open_zebra(cam)
    assert "You both changed: *Do*" in cam.modal.text
    cam.press(cam.modal, press)
    publish(cam)
    book, _ = parse("zebra", zebra.read_text())
    assert (book.do, book.close) == ((wins,), "Call back at noon.")
    texts = [each.text for each in RevisionStore(bot.db).history("zebra")]
    assert any("Whistle." in text for text in texts) and any("Wait." in text for text in texts)


def test_going_on_with_the_draft_does_not_decide_a_clash(
    zebra: Path, bot: Bot, dee: Any, cam: Any
) -> None:
    for person in (dee, cam):
        open_zebra(person)
    change(dee, "Do", do="Whistle.")
    change(cam, "Do", do="Wait.")
    publish(dee)
    open_zebra(cam)
    change(cam, "If stuck, Close", close="Call back at noon.")
    assert "You both changed: *Do*" in cam.modal.text
    cam.press(cam.modal, "Preview")
    assert "Publish" not in cam.modal.buttons and "Whistle." in zebra.read_text()


def test_a_disk_edit_under_an_open_form_is_joined_too(zebra: Path, bot: Bot, dee: Any) -> None:
    open_zebra(dee)
    dee.press(dee.modal, "Do")
    zebra.write_text(FILE.replace("Read back when", "Read back twice when"))
    saved(bot)
    dee.submit({"do": "Whistle."})
    assert "Changed underneath" in dee.modal.text
    publish(dee)
    assert "Whistle." in zebra.read_text() and "twice" in zebra.read_text()


def test_a_disk_edit_is_in_the_history_once_and_can_be_undone(
    zebra: Path, bot: Bot, dee: Any
) -> None:
    bot.of(Editing).publishing.note_files()
    zebra.write_text(FILE.replace("Read back when", "Read back twice when"))
    saved(bot)
    for _ in range(2):
        bot.of(Editing).publishing.note_files()
    assert history(dee).count("saved on the disk") == 2
    newest, first = values_of(dee, "playbook_compare")
    dee.press(dee.modal, "What changed", newest)
    assert "-Read back when it returns.\n+Read back twice when it returns." in dee.modal.text
    dee.press(dee.modal, "Back")
    dee.press(dee.modal, "What changed", first)
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
    change(dee, "Do", do="Whistle.")
    zebra.unlink()
    saved(bot)
    publish(dee)
    assert "Whistle." in zebra.read_text()


# --- crashes


def sent(bot: Bot, dee: Any) -> str:
    """A version on its way, with the process dead before it was written; its text."""
    open_zebra(dee)
    change(dee, "Do", do="Whistle.")
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
    assert "was not published: the file changed" in dee.dms[0].visible
    dee.press(dee.dms[0], "Open it")
    assert "this is your draft" in dee.modal.text
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
    for label in [each for each in dee.modal.buttons if each.startswith(SECTION_LABELS[:-1])]:
        change(dee, label)
        assert "this is your draft" not in dee.modal.text, label
    assert zebra.read_text() == big
    change(dee, "If stuck, Close", close_3="Another end.")
    publish(dee)
    assert "Paragraph 0." in zebra.read_text() and "Another end." in zebra.read_text()
    gone = [n for n in range(130) if f"Paragraph {n}. " not in zebra.read_text()]
    assert 5 < len(gone) < 15  # the one part, and nothing else


def test_what_no_form_can_hold_is_refused_with_the_files_name(
    zebra: Path, bot: Bot, dee: Any
) -> None:
    zebra.write_text(FILE.replace("Read back when it returns.", "word " * 1000))
    saved(bot)
    open_zebra(dee)
    dee.press(dee.modal, "If stuck, Close")
    assert "Edit it in the file zebra.md; nothing was changed." in dee.modal.text


def test_a_long_difference_is_read_to_its_last_character(zebra: Path, bot: Bot, dee: Any) -> None:
    bot.of(Editing).publishing.note_files()
    lines = [f"line {number} {'x' * 50}" for number in range(900)]
    zebra.write_text(FILE.replace("Read back when it returns.", "\n\n".join(lines)))
    saved(bot)
    bot.of(Editing).publishing.note_files()
    history(dee)
    dee.press(dee.modal, "What changed", values_of(dee, "playbook_compare")[0])
    seen = dee.modal.text
    while "Next part" in dee.modal.buttons:
        dee.press(dee.modal, "Next part")
        seen += dee.modal.text
    assert all(line in seen.replace("\n", "") for line in lines)


def values_of(person: Any, action: str) -> list[str]:
    """The values of the buttons of this action."""
    every = [
        each
        for block in person.modal.blocks
        for each in [block.get("accessory"), *block.get("elements", ())]
        if each
    ]
    return [each["value"] for each in every if str(each.get("action_id", "")).startswith(action)]


def test_two_thousand_playbooks_are_listed_and_found(zebra: Path, bot: Bot, dee: Any) -> None:
    for number in range(2000):
        (zebra.parent / f"animal-{number}.md").write_text(
            f"---\ntitle: Animal number {number}\n---\n"
        )
    saved(bot)
    open_list(dee)
    seen = 0
    for _ in range(3):
        seen += len(values_of(dee, "playbook_open"))
        dee.press(dee.modal, "More")
    assert seen == 60
    assert "Animal number 1234" in dee.options(dee.modal, "playbook_find", "number 1234")
    dee.choose(dee.modal, "playbook_find", "Animal number 1234")
    assert "animal-1234.md" in dee.modal.text


# --- roles


ACTIONS = [
    "playbook_list",
    "playbook_open",
    "playbook_new",
    "playbook_publish",
    "playbook_verify",
    "playbook_archive",
    "playbook_discard",
    "playbook_settle",
    "playbook_restore",
    "playbook_adopt",
    "playbook_history",
    "playbook_compare",
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
        lambda: sheets.books(ada.id),
        lambda: sheets.waiting(ada.id),
        lambda: sheets.sheet(ada.id, "zebra"),
        lambda: sheets.history(ada.id, "zebra"),
        lambda: editing.publish(ada.id, "zebra", ""),
        lambda: editing.change(ada.id, "zebra", "archive", {"state": "archived"}),
        lambda: editing.new(ada.id, {"title": "x"}),
    ]
    for act in acts:
        with pytest.raises(Refused, match="for an admin"):
            act()
    assert zebra.read_text() == FILE


def test_an_agent_is_not_offered_to_edit_and_an_admin_is(
    zebra: Path, bot: Bot, ada: Any, dee: Any
) -> None:
    assert "playbook_open" not in str(all_steps(ada, "the zebra escaped").blocks)
    dee.choose(all_steps(dee, "the zebra escaped"), "repair_more", "Edit")
    assert "zebra.md" in dee.modal.text


def test_an_agent_who_forges_edit_is_refused(zebra: Path, bot: Bot, ada: Any) -> None:
    answer = all_steps(ada, "the zebra escaped")
    answer.blocks[-1]["elements"][-1]["options"][3]["value"] = "playbook_open zebra"
    ada.choose(answer, "repair_more", "Suggest a change")
    assert "for an admin" in ada.ephemerals[-1].visible and ada.modal is None
