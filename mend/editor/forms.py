"""The forms of the playbook editor, one for each section of a file, and their readers.

A form shows what the section says; what is left as it was is not touched in the file. Texts that
are longer than Slack's inputs stand in several of them, cut between lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mend.db.model import Refused
from mend.people.model import Role
from mend.playbooks.model import (
    DEFAULT_ASK,
    Authority,
    Playbook,
    Script,
)
from mend.slack.ui import (
    Answers,
    answered,
    ask,
    form,
    pack,
    shortened,
    split,
    typed,
    unpack,
)

SECTION = "playbook_section"
FORM = "playbook_form"
INPUT_LENGTH = 3000  # Slack's limit
PART_LENGTH = 2800  # so that something can be added to each
PARTS = 40

# Section → its fields, with label and hint.
PLAIN = {
    "about": {
        "title": ("Title", "The problem in the customer's words."),
        "summary": ("Summary", "One line: when does this help?"),
        "phrases": ("Phrases", "One a line, as people really say it; 8 to 14."),
        "not_for": (
            "Not when the customer says",
            "One a line: what sounds like it and needs something else.",
        ),
        "category": ("Category", "A group in the picker, any word."),
        "owner": ("Owner", "The role that keeps it right."),
        "review_days": ("Days a check holds", ""),
    },
    "say": {
        "say_first": ("Say first", "At most 25 words, ready to be said aloud."),
        "ask": ("Ask", f"Left empty: “{DEFAULT_ASK}”"),
    },
    "do": {"do": ("Do", "One step a line, at most 5.")},
    "avoid": {"avoid": ("Avoid", "One a line, at most 3.")},
    "end": {
        "if_stuck": ("If stuck", "Whom to ask, how, what to hand over."),
        "close": ("Close", "What to read back: what, by whom, by when."),
    },
}
# Of things of which there are several, one form each: "may 0", "script 2".
ENTRY = {
    "may": {
        "what": ("They may", "Such as: Refund the delivery fee. Empty takes it out."),
        **{role.word: (f"Limit: {role.word}", "") for role in Role},
        "next": ("Above it, ask", "A role."),
        "reach": ("How to reach them", ""),
        "record": ("What to note down", ""),
    },
    "script": {
        "name": ("Name", "Empty name and words take it out."),
        "text": ("Words", "Blanks are {name}, {amount}, {date}, {choice a or b}."),
    },
}
HINTS = {role.word: "Such as 50 EUR, or: no limit. Empty: not set." for role in Role}
ONE_LINE = {"title", "category", "owner", "review_days", *ENTRY["may"], "name"}
LISTS = {"phrases", "not_for", "do", "avoid"}
NAMES = {"about": "Title and phrases", "say": "Say first, Ask", "end": "If stuck, Close"}

NOTHING = Playbook(slug="", title="")

_MARK = re.compile(r"\s*(?:[-*•]|\d{1,3}[.)])\s+")


def sections_of(book: Playbook) -> list[tuple[str, str]]:
    """Every form of this playbook with its name, in the order of the file."""
    may = [(f"may {n}", f"May: {entry.what}") for n, entry in enumerate(book.authority)]
    scripts = [(f"script {n}", f"Script: {each.name}") for n, each in enumerate(book.scripts)]
    plain = [(key, NAMES.get(key, key.capitalize())) for key in PLAIN]
    added = [(f"may {len(may)}", "Add: they may"), (f"script {len(scripts)}", "Add: script")]
    return [*plain, *may, *scripts, *added]


def section_form(book: Playbook, section: str, digest: str) -> dict[str, Any]:
    """Of the version `digest`. Refused, naming the file, for a section that no form can hold."""
    questions = []
    for name, text in _texts(book, section).items():
        label, hint = _fields(section)[name]
        parts = split(text, PART_LENGTH)
        if len(parts) > PARTS or any("\n" not in part for part in parts[:-1]):
            raise Refused(
                f"{label} has lines or a length that no form in Slack can hold without cutting it."
                f" Edit it in the file {book.slug}.md; nothing was changed."
            )
        for n, part in enumerate(parts):
            element = typed(INPUT_LENGTH, part.strip(), lines=name not in ONE_LINE)
            named = label if n == 0 else f"{label}, part {n + 1}"
            questions.append(
                ask(
                    _block(name, n),
                    named,
                    element,
                    HINTS.get(name, hint) or None,
                    required=name == "title",
                )
            )
    private = pack(book.slug, section, digest)
    title = shortened(_name(section), 24) if book.slug else "New playbook"
    return form(FORM, title, "Keep in my draft", private, *questions)


def new_form(value: str) -> dict[str, Any]:
    """The first form of a playbook that is not there yet. `value` may hold JSON: title, summary
    and phrases to begin with."""
    try:
        given = dict(json.loads(value or "{}"))
    except (ValueError, TypeError):
        given = {}
    phrases = given.get("phrases") or ()
    book = replace(
        NOTHING,
        title=str(given.get("title") or ""),
        summary=str(given.get("summary") or ""),
        phrases=tuple(map(str, phrases)) if isinstance(phrases, list) else (),
    )
    return section_form(book, "about", "")


def read_place(private: str) -> tuple[str, str, str]:
    """Slug ("" for a new playbook), section, digest of what the form was made from."""
    slug, section, digest = unpack(private, 3)
    return slug, section, digest


def read_section(book: Playbook, section: str, answers: Answers) -> dict[str, Any]:
    """The fields that were changed, as `Playbook` holds them. Refused names the form's field."""
    texts = _texts(book, section)
    given = {name: _given(text, name, answers) for name, text in texts.items()}
    if given == texts:
        return {}
    if section in PLAIN:
        changed = {name: text for name, text in given.items() if text != texts[name]}
        return {name: _value(name, text, texts[name]) for name, text in changed.items()}
    kind, place = _place(section)
    entries: tuple[Any, ...] = book.authority if kind == "may" else book.scripts
    if kind == "may":
        limits = {role.word: given[role.word] for role in Role if given[role.word]}
        rest = {name: given[name] for name in ("what", "next", "reach", "record")}
        entry: Any = Authority(limits=limits, **rest) if given["what"] else None
        if entry is None and place >= len(entries):
            raise Refused("Say what they may do.", "what")
    else:
        entry = Script(given["name"], given["text"]) if any(given.values()) else None
        if entry and not (entry.name and entry.text):
            missing = "text" if entry.name else "name"
            raise Refused("A script has a name and words; empty both to take it out.", missing)
    kept = (*entries[:place], *([entry] if entry else []), *entries[place + 1 :])
    return {"authority" if kind == "may" else "scripts": kept}


def _texts(book: Playbook, section: str) -> dict[str, str]:
    """What each input of a section's form shows."""
    if section in PLAIN:
        values = {name: getattr(book, name) for name in PLAIN[section]}
        return {
            name: "\n".join(value) if name in LISTS else str(value)
            for name, value in values.items()
        }
    kind, place = _place(section)
    if kind == "script":
        script = book.scripts[place] if place < len(book.scripts) else Script("", "")
        return {"name": script.name, "text": script.text}
    may = book.authority[place] if place < len(book.authority) else Authority("")
    limits = {role.word: may.limits.get(role.word, "") for role in Role}
    return {"what": may.what, **limits, "next": may.next, "reach": may.reach, "record": may.record}


def _given(text: str, name: str, answers: Answers) -> str:
    """The text with its answers for parts; a part that was left alone is kept to the last space."""
    parts = []
    for n, part in enumerate(split(text, PART_LENGTH)):
        answer = answered(answers, _block(name, n)).replace("\r\n", "\n")
        if answer != part.strip().replace("\r\n", "\n"):
            start, end = len(part) - len(part.lstrip()), len(part.rstrip())
            part = f"{part[:start]}{answer}{part[end:]}" if start < end else answer
        parts.append(part)
    return "".join(parts)


def _value(name: str, text: str, before: str) -> Any:
    if name == "review_days":
        if not re.fullmatch(r"0*[1-9]\d{0,4}", text):
            raise Refused("Write a whole number of days above 0, such as 90.", name)
        return int(text)
    if name not in LISTS:
        return text
    known = set(before.split("\n"))
    lines = [line if line in known else _MARK.sub("", line, count=1) for line in text.split("\n")]
    return tuple(line for line in lines if line.strip())


def _fields(section: str) -> Mapping[str, tuple[str, str]]:
    return PLAIN[section] if section in PLAIN else ENTRY[_place(section)[0]]


def _place(section: str) -> tuple[str, int]:
    kind, _, place = section.partition(" ")
    return kind, int(place)


def _name(section: str) -> str:
    if section in PLAIN:
        return NAMES.get(section, section.capitalize())
    return "They may" if section.startswith("may") else "Script"


def _block(name: str, part: int) -> str:
    return f"{name}_{part}" if part else name
