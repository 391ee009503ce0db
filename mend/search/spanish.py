"""Says in plain English what is typed in Spanish, word by word, for a model that knows English.

`spanish.tsv` is a dictionary of what customers of a contact centre say. A sentence that is Spanish
is translated whole; in one that is not (Spanglish) only the words that are no English.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

_DICTIONARY = Path(__file__).with_name("spanish.tsv")
_SHARE = 0.6  # of a sentence's words in the dictionary, from which on it is Spanish
_SHORTEST = 5  # letters of a word that is translated in a sentence that is not Spanish
_MOST_STARTS = 14  # letters of a stem; the longest that is looked for

_PERSON = "o|a|as|amos|an|e|es|emos|en|imos|i|io|iste|aste|aron|ieron|yeron|yo|oy|ue|uen"
_TENSE = "aba|abas|aban|ia|ias|ian|ara|aran|ase|iera|ieran|ad[oa]s?|id[oa]s?|ando|iendo|yendo"
_INFINITIVE = "(?:ar|er|ir)(?:e|a|as|an|emos|ia|ian|ias|on)?"
_HANGS_ON = "(?:me|te|se|nos|les?|l[oa]s?){0,2}"
_ENDING = re.compile(rf"(?:{_PERSON}|{_TENSE}|{_INFINITIVE})?{_HANGS_ON}")
# Words of the dictionary that English or Tagalog have, too: they make no sentence Spanish.
_OF_MORE_THAN_ONE_LANGUAGE = """
    a abogado actual agenda al alla alto ano app area areas as at ate auto baba bali banco
    bancoban bara bata bayan bono cancel cancer cans cargo clone clones cobra coincide cola
    color come comes comprise con conductor confirm consult contact contest control cortes cost
    create cree crete cub cuban cube dami dan de debate debit demand den des di dia dice dime
    doble duplicate eleven eliminate email era error es este euro extend favor fin final firm
    formal gas general grande grit gust gusto hague hay he horrible hospital hotel i iba idea
    importante ingles insist insult intent internet ir julio kasi kuya la lado lana lata later
    les like lista lo local los lugar luz mal mama man mandate mandela manual marc marcia marco
    mas mayo mayor me mesa mi mia mil mint mir mis mobile move moves movil mud ni no norma
    normal numero o once or original pag page pages pala pan papa papel par para pare parole
    parsela parte pas pasa paste permit permits pero persona personal pin plan planes pod
    policia pong prefer present presenter problema program programa programme programmer promo
    quit quite real record regal regular reparable report reporter reserve reserves resolve
    respond retire rob robe robes robs rot rotate sa sabi sable sac sal saldo sale sales sana se
    sea sent ser si sin sms so sofa solo son sos su sus suspend tama tan te ten tense terrible
    ticket tio tire tires tita todo tom total transfer tres tu tumbas un uno urge urges usa use
    user uses usual utilize va vale van ve ven venue verde vi video vin vine visa viva vivian y
    ya yo
"""
_SHARED = frozenset(_OF_MORE_THAN_ONE_LANGUAGE.split())


class Spanish:
    """A dictionary of Spanish; `english` leaves everything else as it is."""

    def __init__(self, path: Path = _DICTIONARY) -> None:
        """Read the dictionary. Raises OSError, or ValueError naming a line that is not a pair."""
        entries: defaultdict[str, list[tuple[list[str], list[str]]]] = defaultdict(list)
        self._stems: dict[str, list[str]] = {}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            typed, tab, meaning = line.partition("\t")
            if not tab or not typed:
                raise ValueError(f"{path.name}, line {number}: not two sides with a tab between")
            if typed.endswith("*"):
                self._stems[typed[:-1]] = meaning.split()
            else:
                words = typed.split()
                entries[words[0]].append((words, meaning.split()))
        self._entries = {
            first: sorted(runs, key=lambda run: -len(run[0])) for first, runs in entries.items()
        }
        self._stem_of = lru_cache(maxsize=4096)(self._find_stem)

    def __contains__(self, word: str) -> bool:
        return word in self._entries or self._stem_of(word) is not None

    def english(self, words: list[str]) -> list[str]:
        """`words` in English as far as they are Spanish."""
        if self.is_spanish(words):
            return self._translated(words, ())
        kept = {word for word in words if len(word) < _SHORTEST or word in _SHARED}
        return self._translated(words, kept)

    def is_spanish(self, words: Collection[str]) -> bool:
        """Whether most of the words are in the dictionary, and two of them in no other language."""
        known = [word for word in words if word in self]
        own = {word for word in known if word not in _SHARED}
        return len(own) >= min(2, len(words)) and len(known) >= _SHARE * len(words)

    def _translated(self, words: list[str], kept: Collection[str]) -> list[str]:
        result: list[str] = []
        place = 0
        while place < len(words):
            word = words[place]
            runs = self._entries.get(word, ())
            run = next((run for run in runs if run[0] == words[place : place + len(run[0])]), None)
            if run and (len(run[0]) > 1 or word not in kept):
                result += run[1]
                place += len(run[0])
                continue
            stem = self._stem_of(word) if word not in kept else None
            result += self._stems[stem] if stem else [word]
            place += 1
        return result

    def _find_stem(self, word: str) -> str | None:
        """The longest stem of which `word` is a form."""
        for end in range(min(len(word), _MOST_STARTS), 1, -1):
            if word[:end] in self._stems and _ENDING.fullmatch(word, end):
                return word[:end]
        return None
