"""Says in plain English what agents write in shorthand, slang and Taglish.

The sentence model knows English. `lexicon.tsv` gives the English of what is typed on the floor, a
line each: what is typed, a tab, what it means; nothing after the tab where the words only carry
grammar. It is applied to queries and to the library alike, so both sides always agree.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import chain
from pathlib import Path

from mend.search.words import words_of

_LEXICON = Path(__file__).with_name("lexicon.tsv")

# Tagalog verbs are made by prefixes, also from English words: nacharge, magrefund, pinacancel.
_PREFIX = re.compile(r"(?:pinag|pina|naka|maka|nag|mag|ipa|nai|mai|na|ni|ma|i)(?=[a-z]{4})")


class Lexicon:
    """Replaces the longest known run of words first. `words`: every word of either side."""

    def __init__(self, path: Path = _LEXICON) -> None:
        """Read the lexicon. Raises OSError, or ValueError naming the line that is not a pair."""
        self._meanings: dict[tuple[str, ...], list[str]] = {}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            typed, tab, meaning = line.partition("\t")
            if not tab:
                raise ValueError(f"{path.name}, line {number}: no tab between the two sides")
            self._meanings[tuple(words_of(typed))] = meaning.split()
        self._longest = max(len(typed) for typed in self._meanings)
        sides = chain(self._meanings, self._meanings.values())
        self.words = {word for side in sides for word in side}

    def english(self, words: Sequence[str]) -> list[str]:
        """`words` with every known run replaced by its meaning."""
        result: list[str] = []
        place = 0
        while place < len(words):
            for length in range(min(self._longest, len(words) - place), 0, -1):
                meaning = self._meanings.get(tuple(words[place : place + length]))
                if meaning is not None:
                    result += meaning
                    place += length
                    break
            else:
                result.append(words[place])
                place += 1
        return result


def without_prefix(word: str, known: Container[str]) -> str | None:
    """The known English word inside a Tagalog verb form (`nacharge` → `charge`)."""
    match = _PREFIX.match(word)
    return word[match.end() :] if match and word[match.end() :] in known else None
