"""How playbooks are used: numbers about playbooks, never about people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mend.blocks.kit import Message, button, buttons, escape
from mend.blocks.listing import Line, listing
from mend.domain.learning import USE_WINDOW, LearnedPhrase, Use

OPEN = "playbook_use"
UNDO_PHRASE = "phrase_undo"
FIRST = "used"
VIEWS = {
    FIRST: "Most used",
    "helpful": "Helpful",
    "never": "Never used",
    "competing": "Competing",
    "words": "Found by these words, too",
}
EMPTY = {
    FIRST: "Nothing was looked up yet.",
    "helpful": "Nobody pressed “It worked” yet.",
    "never": "Every playbook was used.",
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
    used = [each for each in used if each.slug in titles]
    if name == FIRST:
        lines = [_used(each, titled) for each in used if each.shown]
    elif name == "helpful":
        helpful = sorted((each for each in used if each.worked), key=lambda each: -each.worked)
        lines = [_used(each, titled) for each in helpful]
    elif name == "never":
        shown = {each.slug for each in used if each.shown}
        lines = [Line(title) for slug, title in titled.items() if slug not in shown]
    elif name == "competing":
        pairs = [pair for pair in competing if titles.keys() >= set(pair)]
        lines = [
            Line(f"{titled[one]} and {titled[other]} win the same words") for one, other in pairs
        ]
    else:
        lines = [
            Line(
                f"“{escape(each.phrase)}” finds {titled.get(each.slug, escape(each.slug))}",
                (button("Undo", UNDO_PHRASE, str(each.id)),),
            )
            for each in reversed(phrases)
        ]
    others = (
        button(label, f"{OPEN}_{place}", f"{other} 0")
        for place, (other, label) in enumerate(VIEWS.items(), 2)  # 0 and 1 turn the page
        if other != name
    )
    days = "" if name == "words" else f" in {USE_WINDOW.days} days"
    heading = VIEWS[name] + days
    return listing(heading, lines, page, OPEN, name, empty=EMPTY[name], above=[buttons(*others)])


def _used(use: Use, titled: Mapping[str, str]) -> Line:
    numbers = {"shown": use.shown, "“It worked”": use.worked, "“Not this one”": use.not_this}
    said = ", ".join(f"{what} {count} ×" for what, count in numbers.items() if count)
    return Line(f"{titled[use.slug]}: {said}")
