"""How playbooks are used: numbers about playbooks, never about people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from mend.repair.model import USE_WINDOW, LearnedPhrase, Use
from mend.slack import doors
from mend.slack.listing import Item, listing, one_by_one
from mend.slack.ui import Message, button, escape, pack, select

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
    used = [each for each in used if each.slug in titles and each.shown]
    shown = {each.slug for each in used}
    views = {pack(value, 0): label for value, label in VIEWS.items()}
    controls = [
        select(f"{OPEN}_2", "Show", views, pack(name, 0)),  # 0 and 1 turn the page
        button("All playbooks", doors.PLAYBOOKS, "all"),
    ]
    if name == "words":
        newest = list(reversed(phrases))
        learned = partial(_learned, titled=titled)
        return one_by_one(
            VIEWS[name], newest, learned, page, OPEN, name, empty=EMPTY[name], controls=controls
        )
    lines = {
        FIRST: [_used(each, titled) for each in used],
        "helpful": [_used(u, titled) for u in sorted(used, key=lambda u: -u.worked) if u.worked],
        "never": [titled[slug] for slug in titles if slug not in shown],
        "competing": [
            f"{titled[one]} and {titled[other]} win the same words"
            for one, other in competing
            if titles.keys() >= {one, other}
        ],
    }
    heading = f"{VIEWS[name]} in {USE_WINDOW.days} days"
    return listing(
        heading, lines[name], str, page, OPEN, name, empty=EMPTY[name], controls=controls
    )


def _learned(phrase: LearnedPhrase, titled: Mapping[str, str]) -> Item:
    title = titled.get(phrase.slug, "a playbook that is gone")
    finds = f"finds {title}" if phrase.is_served else f"waits for a second person to find {title}"
    undo = button("Undo", UNDO_PHRASE, str(phrase.id))
    return Item(f"“{escape(phrase.phrase)}” {finds}", (undo,))


def _used(use: Use, titled: Mapping[str, str]) -> str:
    numbers = {"shown": use.shown, "“It worked”": use.worked, "“Not this one”": use.not_this}
    said = ", ".join(f"{what} {count} ×" for what, count in numbers.items() if count)
    return f"{titled[use.slug]}: {said}"
