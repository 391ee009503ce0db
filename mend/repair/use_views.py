"""How playbooks are used: numbers about playbooks, never about people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mend.repair.model import SERVED_AFTER_PEOPLE, LearnedPhrase, Use
from mend.slack import doors, ui
from mend.slack.listing import Item, one_by_one
from mend.slack.packing import pack

OPEN = "playbook_use"
UNDO_PHRASE = "phrase_undo"
FIRST = "used"
LINES = 10  # a page, which fits a phone
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
    place: int,
    titles: Mapping[str, str],
    used: Sequence[Use],
    competing: Sequence[tuple[str, str]],
    phrases: Sequence[LearnedPhrase],
) -> ui.Message:
    """One of the views, of the playbooks that are served now (`titles` by slug)."""
    name = name if name in VIEWS else FIRST
    titled = {slug: f"*{ui.escape(title)}*" for slug, title in titles.items()}
    used = [each for each in used if each.slug in titles and each.shown]
    shown = {each.slug for each in used}
    views = {pack(value, 0): label for value, label in VIEWS.items()}
    controls = [
        ui.select(f"{OPEN}_1", "Show", views, pack(name, 0)),
        ui.button("All playbooks", doors.PLAYBOOKS, "all"),
    ]
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
    if name == "words":
        heading, items = VIEWS[name], [_learned(each, titled) for each in reversed(phrases)]
    else:
        heading, found = f"{VIEWS[name]} in the weeks that are over", lines[name]
        pages = [found[start : start + LINES] for start in range(0, len(found), LINES)]
        items = [Item("\n".join(f"• {line}" for line in page)) for page in pages]
    return one_by_one(
        heading, items, lambda item: item, place, OPEN, name, empty=EMPTY[name], controls=controls
    )


def _learned(phrase: LearnedPhrase, titled: Mapping[str, str]) -> Item:
    title = titled.get(phrase.slug, "a playbook that is gone")
    is_served = phrase.people_shown >= SERVED_AFTER_PEOPLE
    finds = f"finds {title}" if is_served else f"waits for a second person to find {title}"
    undo = ui.button("Undo", UNDO_PHRASE, str(phrase.id))
    return Item(f"“{ui.escape(phrase.phrase)}” {finds}", (undo,))


def _used(use: Use, titled: Mapping[str, str]) -> str:
    numbers = {"shown": use.shown, "“It worked”": use.worked, "“Not this one”": use.not_this}
    said = ", ".join(f"{what} {count} ×" for what, count in numbers.items() if count)
    return f"{titled[use.slug]}: {said}"
