"""Says in plain English what agents write in shorthand, slang and Taglish.

The sentence model knows English. `lexicon.tsv` gives the English of what is typed on the floor, a
line each: what is typed, a tab, what it means; nothing after the tab where the words only carry
grammar. It is applied to queries and to the library alike, so both sides always agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container
from functools import cache
from itertools import chain
from pathlib import Path

from mend.search.spanish import Spanish
from mend.search.words import words_of

_LEXICON = Path(__file__).with_name("lexicon.tsv")

# Tagalog verbs are made by prefixes, also from English words: nacharge, magrefund, pinacancel.
_PREFIX = re.compile(r"(?:pinag|pina|naka|maka|nag|mag|ipa|nai|mai|na|ni|ma|i)(?=[a-z]{4})")


class Lexicon:
    """Replaces the longest known run of words first. `words`: every word of either side."""

    def __init__(self, path: Path = _LEXICON) -> None:
        """Read the lexicon. Raises OSError, or ValueError naming the line that is not a pair."""
        entries: defaultdict[str, list[tuple[list[str], list[str]]]] = defaultdict(list)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            typed, tab, meaning = line.partition("\t")
            words = words_of(typed)
            if not tab or not words:
                raise ValueError(f"{path.name}, line {number}: not two sides with a tab between")
            entries[words[0]].append((words, meaning.split()))
        self._entries = {
            first: sorted(runs, key=lambda run: -len(run[0])) for first, runs in entries.items()
        }
        sides = chain.from_iterable(chain.from_iterable(entries.values()))
        self._spanish = Spanish()
        self.words = frozenset(chain.from_iterable(sides))

    def knows(self, word: str) -> bool:
        """Whether a word is right as it is, in one of the languages that are translated."""
        return word in self.words or word in self._spanish

    def english(self, words: list[str]) -> list[str]:
        """`words` with every known run replaced by its meaning."""
        words = self._spanish.english(words)
        result: list[str] = []
        place = 0
        while place < len(words):
            for typed, meaning in self._entries.get(words[place], ()):
                if typed == words[place : place + len(typed)]:
                    result += meaning
                    place += len(typed)
                    break
            else:
                result.append(words[place])
                place += 1
        return result


@cache
def shipped() -> Lexicon:
    """The lexicon that comes with Mend; it does not change while Mend runs."""
    return Lexicon()


def without_prefix(word: str, known: Container[str]) -> str | None:
    """The known English word inside a Tagalog verb form (`nacharge` → `charge`)."""
    match = _PREFIX.match(word)
    return word[match.end() :] if match and word[match.end() :] in known else None
