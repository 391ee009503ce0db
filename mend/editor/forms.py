"""The form of a playbook: all of it on one page, in its sections, and the reader of its answers.

What is left as it was is not touched in the file; what no form can hold is left out, and said.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from mend.db.model import Refused
from mend.editor.limit_model import check_limit
from mend.editor.model import MAY_LINES, PARTS, may_text, said
from mend.people.model import Role
from mend.playbooks.model import DEFAULT_ASK, Authority, Playbook, Script
from mend.slack import ui
from mend.slack.packing import pack, unpack
from mend.slack.ui import says

EDIT = "playbook_edit"
NEW = "playbook_new"  # its value may hold JSON: {"title": …, "phrases": […]}
FORM = "playbook_form"
INPUT_LENGTH = 3000  # Slack's limit
BLOCKS = 98  # of Slack's hundred; one says what was left out

SECTIONS = {
    "What agents read": (
        *("title", "say_first", "ask", "authority"),
        *("do", "avoid", "if_stuck", "close"),
    ),
    "How it is found": ("summary", "phrases", "not_for", "category"),
    "Who keeps it right": ("owner", "review_days"),
}
HINTS = {
    "title": "The problem in the customer's words.",
    "say_first": "At most 25 words, ready to be said aloud.",
    "ask": f"Left empty: “{DEFAULT_ASK}”",
    "authority": "What they may do. Below it, as needed: “Agent: 50 EUR”, “Supervisor: no limit”,"
    " “Above it, ask: team lead”. An empty line before the next.",
    "do": "One step a line, at most 5.",
    "avoid": "One a line, at most 3.",
    "if_stuck": "Whom to ask, how, what to hand over.",
    "close": "What to read back: what, by whom, by when.",
    "summary": "One line.",
    "phrases": "One a line, as people really say it; 8 to 14.",
    "not_for": "One a line: what sounds like it and needs something else.",
    "category": "A group in the picker, any word.",
    "owner": "A role, in your words.",
    "name": "Empty name and words take it out.",
    "words": "Blanks are {name}, {amount}, {date}, {choice a or b}.",
}
ONE_LINE = {"title", "summary", "category", "owner", "review_days", "name"}
LISTS = {"phrases", "not_for", "do", "avoid"}

NOTHING = Playbook(slug="", title="")

_MARK = re.compile(r"\s*(?:[-*•]|\d{1,3}[.)])\s+")
_BELOW = re.compile(rf"({'|'.join(MAY_LINES.values())})\s*:\s*(.*)", re.IGNORECASE)


def playbook_form(book: Playbook, digest: str) -> dict[str, Any]:
    """Of the version `digest`; a new playbook is one without a slug."""
    texts, blocks, left_out, last = _texts(book), list[ui.Block](), [], ""
    for heading, label, names in _units(book):
        added: list[ui.Block] = [says(f"*{heading}*")] if heading != last else []
        added += [_input(name, texts[name]) for name in names]
        fits = all(len(texts[name]) <= INPUT_LENGTH for name in names)
        if fits and len(blocks) + len(added) <= BLOCKS:
            blocks += added
            last = heading
        elif label:
            left_out.append(label)
    if left_out:
        blocks.append(
            ui.aside(f"Too long for a form, and kept as is: {ui.escape(', '.join(left_out))}.")
        )
    title = "Edit the playbook" if book.slug else "New playbook"
    return ui.form(FORM, title, "Save draft", pack(book.slug, digest), *blocks)


def new_form(value: str) -> dict[str, Any]:
    """The form of a playbook that is not there yet. `value` may hold JSON: title and phrases to
    begin with."""
    try:
        given = dict(json.loads(value or "{}"))
    except (ValueError, TypeError):
        given = {}
    phrases = given.get("phrases") or ()
    known = tuple(map(str, phrases)) if isinstance(phrases, list) else ()
    return playbook_form(replace(NOTHING, title=str(given.get("title") or ""), phrases=known), "")


def read_place(private: str) -> tuple[str, str]:
    """Slug ("" for a new playbook), and the digest of what the form was made from."""
    slug, digest = unpack(private, 2)
    return slug, digest


def read_playbook(book: Playbook, answers: ui.Answers) -> dict[str, Any]:
    """The fields that were changed, as `Playbook` holds them. Refused names the form's field."""
    texts = _texts(book)
    given = {name: _given(text, name, answers) for name, text in texts.items()}
    changes: dict[str, Any] = {
        name: _value(name, given[name], texts[name], book)
        for name in chain(*SECTIONS.values())
        if given[name] != texts[name]
    }
    if any(given[name] != texts[name] for name in texts if name.startswith("script")):
        changes["scripts"] = tuple(_scripts(given, len(book.scripts) + 1))
    return changes


def block_of(field: str, book: Playbook, answers: ui.Answers) -> str:
    """The block on which to say what is wrong with a field; "" where the form has none of it."""
    scripts = [name for name in _texts(book).items() if name[0].startswith("script")]
    changed = [name for name, text in scripts if _given(text, name, answers) != text]
    return next(iter(changed), "") if field == "scripts" else field * (field in answers)


def _units(book: Playbook) -> Iterator[tuple[str, str, list[str]]]:
    """What the form asks: its heading, what to call it, and the inputs that go together."""
    for heading, names in SECTIONS.items():
        for name in names:
            yield heading, PARTS[name], [name]
    for n in range(len(book.scripts) + 1):
        label = f"“{book.scripts[n].name}”" if n < len(book.scripts) else ""
        yield PARTS["scripts"], label, [f"script_{n}_name", f"script_{n}_words"]


def _input(name: str, text: str) -> ui.Block:
    kind = re.sub(r"script_\d+_", "", name)
    label = PARTS.get(name) or f"Message {int(name.split('_')[1]) + 1}: {kind}"
    element = ui.typed(INPUT_LENGTH, text.strip(), lines=kind not in ONE_LINE)
    return ui.ask(name, label, element, HINTS.get(kind), required=name == "title")


def _texts(book: Playbook) -> dict[str, str]:
    """What each input shows."""
    texts = {name: getattr(book, name) for name in chain(*SECTIONS.values())}
    texts["ask"] = "\n".join(said(book, "ask"))  # empty for the one that everybody asks
    texts["authority"] = "\n\n".join(map(may_text, book.authority))
    for n, script in enumerate((*book.scripts, Script("", ""))):
        texts |= {f"script_{n}_name": script.name, f"script_{n}_words": script.text}
    return {
        name: "\n".join(value) if isinstance(value, tuple) else str(value)
        for name, value in texts.items()
    }


def _given(text: str, name: str, answers: ui.Answers) -> str:
    """What was typed; what was left alone, or out, is kept to the last space."""
    if name not in answers:
        return text
    answer = ui.written(answers, name).replace("\r\n", "\n")
    return text if answer == text.strip().replace("\r\n", "\n") else answer


def _value(name: str, text: str, before: str, book: Playbook) -> Any:
    if name == "review_days":
        if not re.fullmatch(r"0*[1-9]\d{0,4}", text):
            raise Refused("Write a whole number of days above 0, such as 90.", name)
        return int(text)
    if name == "authority":
        known = {may_text(may): may for may in book.authority}
        found = filter(None, (each.strip() for each in re.split(r"\n\s*\n", text)))
        return tuple(known.get(each) or _may(each) for each in found)
    if name not in LISTS:
        return text
    was = set(before.split("\n"))
    lines = [line if line in was else _MARK.sub("", line, count=1) for line in text.split("\n")]
    return tuple(line for line in lines if line.strip())


def _may(text: str) -> Authority:
    """One thing they may do, as `may_text` writes it."""
    what, *below = [line.strip() for line in text.split("\n")]
    keys = {label.casefold(): key for key, label in MAY_LINES.items()}
    values: dict[str, str] = {}
    for line in below:
        found = _BELOW.fullmatch(line)
        if not found:
            says = f"“{line}” is no line Mend knows below “{what}”. Leave an empty line before what"
            raise Refused(
                f"{says} else they may do, or begin with: {', '.join(MAY_LINES.values())}.",
                "authority",
            )
        values[keys[found[1].casefold()]] = found[2]
    limits = {role.word: values.pop(role.word, "") for role in Role}
    set_ones = {role: limit for role, limit in limits.items() if limit}
    for limit in set_ones.values():
        check_limit(limit, "authority")
    return Authority(_MARK.sub("", what, count=1), set_ones, **values)


def _scripts(given: Mapping[str, str], count: int) -> Iterator[Script]:
    for n in range(count):
        name, words = (f"script_{n}_{kind}" for kind in ("name", "words"))
        script = Script(given[name], given[words])
        if script.name and script.text:
            yield script
        elif script.name or script.text:
            missing = words if script.name else name
            raise Refused("A message has a name and words; empty both to take it out.", missing)
