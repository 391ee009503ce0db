"""Dee's side in her words: few presses, four controls in sight, and never a file's inner life."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from handlers import editor, gaps, review
from mend.app import Bot
from mend.dispatch.routes import Kind
from mend.editor.service import Editing
from mend.playbooks import blanks
from mend.playbooks.files import parse
from mend.repair.gaps import Gaps
from mend.repair.store import LearningStore
from tests.conftest import saved
from tests.editor.test_editor import change, open_list, open_zebra, publish
from tests.editor.test_editor import zebra as one_playbook
from tests.repair.test_feedback import miss, send
from tests.repair.test_repair import repair, the_end
from workspace.blocks import elements, options

zebra = one_playbook
CONTROLS = 4
INNER = r"\.md\b|drafts/|\bline \d|^\s*(?:[-+] |@@|---)|##|<!--"
FULL = {
    "title": "The lion is hungry",
    "say_first": "I'll bring it lunch at once.",
    "ask": "What does it like?",
    "authority": "Send a steak\nAgent: 20 EUR\nAbove it, ask: head keeper\nNote down: the steak",
    "do": "Open the fridge.\nThrow from afar.",
    "avoid": "Petting it.",
    "if_stuck": "Call the head keeper.",
    "close": "Read back when it eats next.",
    "summary": "A lion that was not fed.",
    "phrases": "\n".join(f"lion wants food {n}" for n in range(8)),
    "not_for": "the lion escaped",
    "category": "animals",
    "owner": "lion keeper",
    "review_days": "90",
    "script_0_name": "By chat",
    "script_0_words": "Hello {name}, the lion eats at {time}.",
}


def test_a_full_new_playbook_is_three_presses(zebra: Path, bot: Bot, dee: Any, ada: Any) -> None:
    open_list(dee)
    presses = [
        lambda: dee.press(dee.modal, "New playbook"),
        lambda: dee.submit(FULL),
        lambda: dee.press(dee.modal, "Publish"),
    ]
    for press in presses:
        press()
    assert "Done.*\nAgents have it." in dee.modal.text and "Next:" not in dee.modal.text
    book, problems = parse("x", (zebra.parent / "the-lion-is-hungry.md").read_text())
    assert problems == [] and (book.category, book.review_days) == ("animals", 90)
    assert (
        book.authority[0].limits == {"agent": "20 EUR"} and blanks.read(book.scripts[0].text).blanks
    )
    assert "I'll bring it lunch" in repair(ada, "the lion is hungry").visible


def test_a_bare_title_asks_for_one_thing_at_a_time_until_nothing_is_missing(
    zebra: Path, bot: Bot, dee: Any
) -> None:
    open_list(dee)
    dee.press(dee.modal, "New playbook")
    dee.submit({"title": FULL["title"]})
    for wanted, name in [
        ("write what to say first.", "say_first"),
        ("write what to do, a step a line.", "do"),
        ("write what to read back at the end.", "close"),
        ("write how customers say it, in 8 ways or more.", "phrases"),
        ("say in one line when it helps.", "summary"),
        ("say who keeps it right.", "owner"),
    ]:
        assert re.findall(r"\*Next:\* (.*)", dee.modal.text) == [wanted]
        assert "Publish" in dee.modal.buttons  # it is advice, and agents may have it as it is
        change(dee, **{name: FULL[name]})
    assert "Next:" not in dee.modal.text


# --- every window there is


@pytest.fixture
def library(zebra: Path, bot: Bot, cam: Any, dee: Any, ada: Any, ben: Any) -> Path:
    """Something of all that an admin can come upon."""
    folder = zebra.parent
    file = "---\ntitle: {}\n---\n"
    for slug, text in {
        "owl-late-1": file.format("The owl is late"),
        "bear-late-2": file.format("The bear is late\nstate: archived"),
        "ant-late-3": file.format("The ant is late\nstate: draft"),
        "fox-late-4": file.format("The fox is late\nphrases: [my zebra ran away]"),
        "drafts/note-late-5": file.format("The fox is late again\nstate: draft\nfrom_note: d1"),
        "drafts/note-late-6": file.format("The fox is not there\nstate: draft\nfrom_note: d2"),
    }.items():
        (folder / slug).parent.mkdir(exist_ok=True)
        (folder / f"{slug}.md").write_text(text)
    saved(bot)
    bot.of(Editing).publishing.note_files()
    (folder / "owl-late-1.md").write_text("---\ntitle: [\n---\n")
    (folder / "lion-late-7.md").write_text("no dashes\n")
    saved(bot)
    for person, words in ((dee, "Whistle."), (cam, "Wait.")):
        open_zebra(person)
        change(person, do=words)
    publish(cam)
    for words in ("the zoo moved", "the zoo has a new number"):
        ada.choose(the_end(ada, "the zebra escaped"), "repair_more", "Suggest a change")
        ada.submit({"words": words})
        send(ada, miss(ada, f"zqx {words}"))
    ada.choose(the_end(ada, "the zebra escaped"), "repair_more", "Out of date")
    for person in (ada, ben):
        LearningStore(bot.db).learn("zebra", "stripes gone", person.id, bot.now())
    LearningStore(bot.db).learn("fox-late-4", "fox gone", ada.id, bot.now())
    bot.of(Gaps).close_day()
    return folder


def test_no_window_of_an_admin_has_more_than_four_controls_or_shows_a_files_inner_life(
    library: Path, dee: Any
) -> None:
    """Dee presses whatever she pressed least, until every route was pressed."""
    slugs = [path.stem for path in library.glob("**/*.md") if "-" in path.stem]
    left = {
        route.id
        for module in (editor, review, gaps)
        for route in module.on
        if route.kind in (Kind.ACTION, Kind.VIEW)
        if not route.id.startswith(("limits_", "suggest_"))  # App Home and answers lead there
    }
    pressed: Counter[tuple[str, ...]] = Counter()
    for step in range(1500):
        if dee.modal is None or step % 15 == 0:
            open_list(dee)
        judge(dee.modal, slugs)
        found = list(acts(dee))
        if not found:  # only what was refused leads no further
            assert "cannot be read as it stands" in dee.modal.text, dee.modal.text
            open_list(dee)
            continue
        key, act = min(found, key=lambda each: pressed[each[0]])
        pressed[key] += 1
        outcome = act()
        assert outcome.acked and not outcome.failure, (key, outcome.error)
        left.discard(re.sub(r"_\d+$", "", key[1]))
        left.discard(key[1])
        if not left:
            break
    assert left == set(), f"no press leads to {left}"
    for message in dee.dms:
        judge(message, slugs)


def judge(shown: Any, slugs: list[str]) -> None:
    found = [each for block, each in elements(shown.blocks) if block["type"] != "input"]
    assert len(found) <= CONTROLS, f"{len(found)} controls in sight:\n{shown.visible}"
    inner = re.search("|".join([*map(re.escape, slugs), INNER]), shown.visible, re.MULTILINE)
    assert not inner, f"{inner and inner[0]!r} in\n{shown.visible}"


Act = Callable[[], Any]


def acts(dee: Any) -> Iterator[tuple[tuple[str, ...], Act]]:
    """All that Dee can do in the window before her: its key (window, route, choice), and doing it.

    What nothing is done with (a form that is closed) has no route.
    """
    view = dee.modal
    if "submit" in view.body:
        fields = [block["block_id"] for block in view.blocks if block["type"] == "input"]
        words = {field: "It stays as it is." for field in fields if field in ("words", "reason")}
        words |= {"close": f"Read back {len(view.text)}."} if "close" in fields else {}
        words |= (
            {"title": f"The new one {view.id}"} if "title" in fields and "New" in view.title else {}
        )
        yield (view.title, view.body["callback_id"]), lambda: dee.submit(words)
    for block, each in elements(view.blocks):
        action, kind = each["action_id"], each["type"]
        if block["type"] == "input":
            continue
        if kind == "button":
            press = partial(dee.press, view, action, each.get("value"))
            yield (view.title, action), press
        elif kind == "external_select":
            for title in dee.options(view, action, ""):
                yield (view.title, action, title), partial(dee.choose, view, action, title)
        else:
            for option in options(each):
                route = option["value"].partition(" ")[0] if kind == "overflow" else action
                choose = partial(dee.choose, view, action, option["value"])
                yield (view.title, route, option["text"]["text"]), choose
