"""Every way out of Mend, and what of a note comes out there: never more than its owner chose."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.cli import main
from mend.dispatch.routes import Kind, Routes
from mend.ownit.model import Visibility
from mend.ownit.store import NoteStore
from mend.recap.daily.service import Recapping
from tests.conftest import PLAYBOOKS, Clock
from tests.lookbacks.test_lookbacks import answer
from tests.ownit.test_ownit import note_window, own
from tests.privacy.test_privacy import files
from tests.repair.test_feedback import dump
from tests.serve.test_metrics import asked
from workspace import Workspace

WORD = "flamingo"  # in the note, in what was done, in what would have helped
LESSON, REPLY, PROMISE = "heronlesson", "ibisreply", "kiwipromise"  # what is never shown
MARKS = (WORD, LESSON, REPLY, PROMISE)
SHOW = {
    Visibility.ONLY_ME: None,
    Visibility.WITHOUT_NAME: "Without my name",
    Visibility.AS_ME: "Post as me",
}


@pytest.fixture
def folder(environment: dict[str, str], tmp_path: Path) -> Path:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    (folder / "double-charge.md").write_text((PLAYBOOKS / "double-charge.md").read_text())
    environment["MEND_PLAYBOOKS"] = str(folder)
    return folder


def work(bot: Bot, ws: Workspace, clock: Clock, ada: Any, visibility: Visibility) -> None:
    """Ada owns something, chooses who sees it, and does with it all that one can."""
    ada.command("/ownit", "", channel="support")
    ada.submit(
        {"happened": f"gave {WORD} twice", "did": f"{WORD} again", "would_help": f"a {WORD} list"}
    )
    if label := SHOW[visibility]:
        ada.press(ada.modal, label)
    [note] = NoteStore(bot.db).mine(ada.id, limit=1)
    NoteStore(bot.db).add_reply(note, "1.0", REPLY)
    ada.press(note_window(ada), "What I learned")
    ada.submit({"learned": f"{LESSON} before pressing"})
    ada.press(note_window(ada), "Promise a follow-up")
    ada.submit({"what": PROMISE, "due": int(clock().timestamp()) + 3600, "lead": ["yes"]})
    ada.press(note_window(ada), "Repaired")
    clock.advance(minutes=61)
    bot.scheduler.run_due()
    ada.press(next(each for each in ada.dms if PROMISE in each.visible), "Done")
    clock.advance(days=7)
    for _ in range(3):
        bot.scheduler.run_due()
    answer(ada, "TOOL", words=f"{WORD} warning")


def looks(ws: Workspace, ben: Any, cam: Any, dee: Any) -> dict[str, str]:
    """What Mend tells others who ask it."""
    said = {}
    for person in (ben, cam, dee):
        for words in ("recap", "playbooks", "privacy", "doctor", "team", "help", "lookback"):
            answer = person.command("/mend", words, channel="support").message
            said[f"{person.name}: /mend {words}"] = answer.visible if answer else ""
        said[f"{person.name}: App Home"] = person.open_home().text
    return said


def ways_out(
    bot: Bot,
    ws: Workspace,
    clock: Clock,
    environment: dict[str, str],
    folder: Path,
    ada: Any,
    others: tuple[Any, Any, Any],
    printed: Callable[[], str],
) -> dict[str, str]:
    """What can be read where by anybody but Ada; afterwards a recap was told on ten days."""
    found = looks(ws, *others)
    found["/repair"] = others[0].command("/repair", "gave it twice").message.visible
    for person in others:
        person.press(person.command("/mend", "privacy").message, "Send me my data")
    for _ in range(10):
        bot.of(Recapping).plan()
        clock.advance(days=1)
        bot.scheduler.run_due()
    for command in (["recap"], ["recap", "--json"], ["search", "card"], ["doctor"], ["settings"]):
        main(command, environment)
        found[f"bot.py {' '.join(command)}"] = printed()
    texts = [file.read_text() for file in folder.rglob("*") if file.is_file()]
    found["playbooks and drafts"] = "\n".join(texts)
    found["the channel"] = "\n".join(
        str((message.text, message.blocks))
        for message in ws.messages("support")
        if message.user != ada.id
    )
    for person in others:
        mine = [*person.dms, *person.ephemerals]
        found[f"{person.name}: messages"] = "\n".join(str((m.text, m.blocks)) for m in mine)
    for place in ("/healthz", "/readyz", "/metrics"):
        found[place] = asked(bot.watched.application(), place)
    return found


@pytest.mark.parametrize("visibility", list(Visibility))
def test_no_way_out_shows_more_than_was_chosen(
    folder: Path,
    environment: dict[str, str],
    bot: Bot,
    ws: Workspace,
    clock: Clock,
    ada: Any,
    ben: Any,
    cam: Any,
    dee: Any,
    visibility: Visibility,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG, "mend")
    caplog.set_level(logging.DEBUG, "handlers")
    work(bot, ws, clock, ada, visibility)

    def printed() -> str:
        return "".join(capsys.readouterr())

    others = (ben, cam, dee)
    found = ways_out(bot, ws, clock, environment, folder, ada, others, printed)
    found["the log"] = caplog.text
    shown = {(way, mark) for way, text in found.items() for mark in MARKS if mark in text}
    assert shown == ({("the channel", WORD)} if visibility is Visibility.AS_ME else set())
    ada.press(note_window(ada), "Withdraw")
    bot.scheduler.run_due()
    bot.db.scrub()
    for mark in MARKS:
        assert mark not in dump(bot) and mark.encode() not in files(bot)
        assert all(mark not in str(m.blocks) for m in ws.messages("support"))


@pytest.mark.parametrize("visibility", list(Visibility))
def test_two_looks_within_one_window_are_equal(
    folder: Path,
    bot: Bot,
    ws: Workspace,
    ada: Any,
    ben: Any,
    cam: Any,
    dee: Any,
    visibility: Visibility,
) -> None:
    looks(ws, ben, cam, dee)  # the first App Home says what Mend is
    before = looks(ws, ben, cam, dee)
    receipt = own(ada, f"gave {WORD} twice")
    if label := SHOW[visibility]:
        ada.press(receipt, label)
    assert looks(ws, ben, cam, dee) == before


def test_no_button_with_the_notes_id_tells_ben_anything(
    bot: Bot, ws: Workspace, ada: Any, ben: Any
) -> None:
    own(ada, f"gave {WORD} twice")
    [note] = NoteStore(bot.db).mine(ada.id, limit=9)
    bens = own(ben, "mine")
    for route in bot.of(Routes).of(Kind.ACTION):
        for value in (note.id, f"{note.id} double-charge", f'["{note.id}", 1, [[], [], []]]'):
            bens.blocks = bens.blocks[:1]
            one = {"type": "button", "action_id": route.id, "value": value}
            one["text"] = {"type": "plain_text", "text": "Press"}
            bens.blocks.append({"type": "actions", "block_id": "b", "elements": [one]})
            ben.press(bens, "Press")
            said = [*ben.ephemerals, *ben.dms, *([ben.modal] if ben.modal else [])]
            assert all(WORD not in message.visible for message in said), route.id
            if ben.modal:
                ben.close()
    assert NoteStore(bot.db).get(note.id) == note
    assert ws.messages("support") == []
