"""What the sentence model is trained on, in the plain words that the ranking compares.

Nothing of `not_for` either: how sure an answer may be is read from it, and sentences that the model
was trained on say too little about others.

Of the sets that figures are measured on (`check`, `fresh`) no sentence is among them: one that
happens to stand there too, word for word, is left out.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mend.playbooks.files import PlaybookFolder
from mend.search.lexicon import Lexicon
from mend.search.words import words_of

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parent / "data"
SETS = ROOT / "tests/data"
PUBLIC = ("clinc150", "dstc11")
MOST_WORDS = 50  # as many as the ranking reads of a query


@dataclass(frozen=True, slots=True)
class Text:
    """`meant`: what the text asks for, as `library/slug`; `not_meant`: what it only sounds like."""

    plain: str
    meant: str = ""
    not_meant: str = ""

    @property
    def library(self) -> str:
        return (self.meant or self.not_meant).partition("/")[0]


def labelled(with_queries: bool) -> list[Text]:
    """Every labelled text once; `with_queries` adds the newer tuning queries to the starters."""
    lexicon = Lexicon()
    measured = {_plain(text, lexicon) for text in _measured()}
    found: dict[tuple[str, str, str], Text] = {}
    for text, meant, not_meant in _raw(with_queries):
        plain = _plain(text, lexicon)
        if plain and plain not in measured:
            found.setdefault((plain, meant, not_meant), Text(plain, meant, not_meant))
    return list(found.values())


def _plain(text: str, lexicon: Lexicon) -> str:
    return " ".join(lexicon.english(words_of(text))[:MOST_WORDS])


def _measured() -> Iterator[str]:
    for name in PUBLIC:
        yield from (row["query"] for row in _set(name)["check"])
        yield from _set(name)["out_of_scope"]
    yield from (row["query"] for row in _lines("fresh"))
    yield from (row["query"] for row in _lines("starters") if row["split"] == "check")


def _raw(with_queries: bool) -> Iterator[tuple[str, str, str]]:
    for name in PUBLIC:
        data = _set(name)
        for row in data["tune"]:
            yield row["query"], f"{name}/{row['slug']}", ""
        for slug, phrases in data["phrases"].items():
            for phrase in phrases:
                yield phrase, f"{name}/{slug}", ""
    for book in PlaybookFolder(ROOT / "playbooks").playbooks:
        yield f"{book.title}. {book.summary}", f"starters/{book.slug}", ""
        for phrase in (book.title, *book.phrases):
            yield phrase, f"starters/{book.slug}", ""
    slug = ""
    for line in (DATA / "starters.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            slug = line[2:]
        elif line and not line.startswith("#"):
            text, _, wrong = line.partition(" ! ")
            yield text, f"starters/{slug}", ""
            if wrong:
                yield text, "", f"starters/{wrong}"
    rows = [row for row in _lines("starters") if row["split"] == "tune"]
    for row in rows + (_lines("tune") if with_queries else []):
        if row["slug"]:
            yield row["query"], f"starters/{row['slug']}", ""
        for slug in row.get("not", ()):
            yield row["query"], "", f"starters/{slug}"


def _set(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SETS / f"search/{name}.json").read_text(encoding="utf-8"))
    return found


def _lines(name: str) -> list[dict[str, Any]]:
    text = (SETS / f"queries/{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


class Wrapping:
    """Puts around a request what people put around it: a greeting, a story, anger, "she says"."""

    def __init__(self) -> None:
        self._around: dict[str, list[str]] = {}
        name = ""
        for line in (DATA / "around.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("= "):
                name = line[2:]
                self._around[name] = []
            elif line and not line.startswith("#"):
                self._around[name].append(" ".join(words_of(line)))

    def around(self, plain: str, dice: random.Random) -> str:
        """The text in one of the ways in which it might be told."""
        way = dice.random()
        if way < 0.30:
            said = [dice.choice(self._around["reported"]), plain]
        elif way < 0.50:
            said = [plain, dice.choice(self._around["upset"])]
            if dice.random() < 0.4:
                said.reverse()
        elif way < 0.70:
            said = [dice.choice(self._around["courtesy"]), plain, dice.choice(self._around["end"])]
        else:
            stories = dice.sample(self._around["story"], 2)
            said = [stories[0], plain] + (stories[1:] if dice.random() < 0.6 else [])
            if dice.random() < 0.5:
                said.insert(0, dice.choice(self._around["courtesy"]))
            if dice.random() < 0.5:
                said.append(dice.choice(self._around["end"]))
        return " ".join(" ".join(said).split()[:MOST_WORDS])
