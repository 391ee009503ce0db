"""How playbooks are used: numbers about playbooks, never about people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mend.repair.model import SERVED_AFTER_PEOPLE, LearnedPhrase, Use
from mend.slack.listing import Line, listing
from mend.slack.ui import Message, button, buttons, escape

OPEN = "playbook_use"
UNDO_PHRASE = "phrase_undo"
FIRST = "used"
VIEWS = {
    FIRST: "Most used",
    "helpful": "Helpful",
    "never": "Hardly used",
    "competing": "Competing",
    "words": "Found by these words, too",
}
EMPTY = {
    FIRST: "Of no week that is over can this be told yet.",
    "helpful": "Of no week that is over can this be told yet.",
    "never": "Every playbook is in use.",
    "competing": "No two playbooks win the same words.",
    "words": "None yet. “It worked” under an answer teaches them, once two people used them.",
}


def view(
    name: str,
    page: int,
    titles: Mapping[str, str],
    used: Sequence[Use],
    competing: Sequence[tuple[str, str]],
    phrases: Sequence[LearnedPhrase],
) -> Message:
    """One of the views, of the playbooks that are served now (`titles` by slug)."""
    name = name if name in VIEWS else FIRST
    titled = {slug: f"*{escape(title)}*" for slug, title in titles.items()}
    used = [each for each in used if each.slug in titles and each.shown]
    shown = {each.slug for each in used}
    things: dict[str, Sequence[Any]] = {
        FIRST: used,
        "helpful": sorted((u for u in used if u.worked), key=lambda u: -u.worked),
        "never": [slug for slug in titles if slug not in shown],
        "competing": [pair for pair in competing if titles.keys() >= set(pair)],
        "words": list(reversed(phrases)),
    }
    lines: dict[str, Callable[[Any], Line]] = {
        FIRST: lambda use: _used(use, titled),
        "helpful": lambda use: _used(use, titled),
        "never": lambda slug: Line(titled[slug]),
        "competing": lambda pair: Line(
            f"{titled[pair[0]]} and {titled[pair[1]]} win the same words"
        ),
        "words": lambda phrase: _learned(phrase, titled),
    }
    others = (
        button(label, f"{OPEN}_{place}", f"{other} 0")
        for place, (other, label) in enumerate(VIEWS.items(), 2)  # 0 and 1 turn the page
        if other != name
    )
    days = "" if name == "words" else " in the weeks that are over"
    return listing(
        VIEWS[name] + days,
        things[name],
        lines[name],
        page,
        OPEN,
        name,
        empty=EMPTY[name],
        above=[buttons(*others)],
    )


def _learned(phrase: LearnedPhrase, titled: Mapping[str, str]) -> Line:
    title = titled.get(phrase.slug, escape(phrase.slug))
    is_served = phrase.people_shown >= SERVED_AFTER_PEOPLE
    finds = f"finds {title}" if is_served else f"waits for a second person to find {title}"
    return Line(
        f"“{escape(phrase.phrase)}” {finds}",
        (button("Undo", UNDO_PHRASE, str(phrase.id)),),
    )


def _used(use: Use, titled: Mapping[str, str]) -> Line:
    numbers = {"shown": use.shown, "“It worked”": use.worked, "“Not this one”": use.not_this}
    said = ", ".join(f"{what} {count} ×" for what, count in numbers.items() if count)
    return Line(f"{titled[use.slug]}: {said}")
