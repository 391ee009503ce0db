"""Judges a library of playbooks: what an admin would want to know before agents see it.

Errors are what an agent must never meet: a script that cannot be filled in, a blank read out on
a call, two scripts nobody can tell apart. Lengths and gaps are warnings, because a short playbook
serves better than none. A limit that nobody set is information.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from mend.domain.playbook_problems import Problem, Severity
from mend.domain.playbook_wording import reactive_wording
from mend.domain.playbooks import (
    AVOID_LINES,
    DO_STEPS,
    FIRST_BLOCK_WORDS,
    PHRASES_WANTED,
    SAY_FIRST_WORDS,
    SECTIONS,
    Playbook,
    State,
    choices_of,
    kind_of,
)
from mend.domain.playbooks import BlankKind as Kind

TITLE_LENGTH = 75  # the label of a button, which is how a runner-up is offered
SCRIPT_NAME_LENGTH = 75
SCRIPT_BLANKS = 10  # a form asked during a call
SCRIPT_LENGTH = 2500

_BRACES = re.compile(r"\{[^{}\n]*\}|[{}]")
_BLANK = re.compile(r"\{[a-z][a-z0-9_ ]*\}")
_UNIT = re.compile(r"[^\d\s.,'-]")
# Said so often round a complaint that they tell no two apart.
_FILLERS = frozenset(
    re.findall(
        r"\w+",
        "a an the my me i it its im is was am are be been to of on in for at and so you "
        "your they he she we our us this that please pls po na ko ng ang yung sa si cx "
        "customer ",
    )
)


def lint(
    playbooks: Sequence[Playbook],
    problems: Iterable[Problem],
    today: date,
    line_of: Callable[[str, str], int] = lambda slug, field: 0,
) -> list[Problem]:
    """The problems of reading plus those of content, by file and line.

    `line_of(slug, field)` says where a field stands in its file, 0 if unknown. Archived playbooks
    are not judged; drafts are judged for themselves but compete with nobody.
    """
    found = list(problems)
    for playbook in playbooks:
        if playbook.state is not State.ARCHIVED:
            found += _Judge(playbook, today, line_of).problems()
    found += _competing([p for p in playbooks if p.state is State.READY], line_of)
    return sorted(found, key=lambda problem: (problem.file, problem.line, problem.field))


def first_block_words(playbook: Playbook) -> int:
    """Words an agent reads first: what to say, what to ask, and the first thing they may do,
    counted with its limit not set, which is the longest it gets."""
    texts = [playbook.say_first, playbook.ask]
    if playbook.authority:
        first = playbook.authority[0]
        texts.append(f"{first.what} limit not set: ask {first.next}")
    return sum(len(text.split()) for text in texts)


def phrase_key(phrase: str) -> frozenset[str]:
    """What is left of a phrase without fillers, endings and order; equal keys compete."""
    words = re.findall(r"[^\W_]+", phrase.casefold().replace("'", "").replace("’", ""))
    kept = {word for word in words if word not in _FILLERS} or set(words)
    return frozenset(
        re.sub(r"(?<=\w{3})(?:ed|ing|es|s|e)$", "", word) if word.isascii() else word
        for word in kept
    )


@dataclass
class _Judge:
    playbook: Playbook
    today: date
    line_of: Callable[[str, str], int]
    found: list[Problem] = field(default_factory=list)

    def problems(self) -> list[Problem]:
        self._front_matter()
        self._lengths()
        self._gaps()
        self._scripts()
        self._braces()
        self._wording()
        self._limits()
        return self.found

    def note(self, field: str, severity: Severity, says: str, fix: str) -> None:
        slug = self.playbook.slug
        line = self.line_of(slug, field)
        self.found.append(Problem(f"{slug}.md", line, field, says, fix, severity))

    def error(self, field: str, says: str, fix: str) -> None:
        self.note(field, Severity.ERROR, says, fix)

    def warn(self, field: str, says: str, fix: str) -> None:
        self.note(field, Severity.WARNING, says, fix)

    def tell(self, field: str, says: str, fix: str) -> None:
        self.note(field, Severity.INFO, says, fix)

    def _front_matter(self) -> None:
        book = self.playbook
        if len(book.title) > TITLE_LENGTH:
            says = f"{len(book.title)} characters are cut off on a button."
            self.warn("title", says, f"Use at most {TITLE_LENGTH}.")
        if not book.summary:
            self.warn("summary", "there is no summary.", "Say in one line when this helps.")
        if len(book.phrases) < PHRASES_WANTED:
            says = f"{len(book.phrases)} phrases; the playbook will be hard to find."
            self.warn("phrases", says, f"Give {PHRASES_WANTED} to 12, as people really say it.")
        seen: dict[frozenset[str], str] = {}
        for phrase in book.phrases:
            twin = seen.setdefault(phrase_key(phrase), phrase)
            if twin is not phrase:
                says = f"“{phrase}” says the same as “{twin}”."
                self.warn("phrases", says, "Keep one, and say it another way instead.")
        if not book.owner:
            self.warn("owner", "nobody owns it.", "Name the role that keeps it right.")
        if book.verified is None:
            says = "it was never verified, so agents are told to check before quoting a number."
            self.warn("verified", says, "Check it and write the date, such as 2026-11-02.")
        elif book.verified > self.today:
            says = f"{book.verified} has not come yet."
            self.warn("verified", says, "Write the day somebody last checked it.")
        elif book.is_stale(self.today):
            says = f"last verified {book.verified}, due every {book.review_days} days."
            self.warn("verified", says, "Check it and write today's date.")

    def _lengths(self) -> None:
        book = self.playbook
        said = len(book.say_first.split())
        if said > SAY_FIRST_WORDS:
            says = f"{said} words are too many to say at once."
            self.warn("say_first", says, f"Use at most {SAY_FIRST_WORDS}.")
        elif said and first_block_words(book) > FIRST_BLOCK_WORDS:
            says = f"what is read first (say, ask, may) has {first_block_words(book)} words."
            fix = f"Shorten one of the three: {FIRST_BLOCK_WORDS} are read in ten seconds."
            self.warn("say_first", says, fix)
        for name, items, most in (("do", book.do, DO_STEPS), ("avoid", book.avoid, AVOID_LINES)):
            if len(items) > most:
                says = f"{len(items)} lines; under pressure people skip what is long."
                self.warn(name, says, f"Keep the {most} that matter most.")

    def _gaps(self) -> None:
        for name in ("say_first", "do", "close"):
            if not getattr(self.playbook, name):
                heading = SECTIONS[name]
                self.warn(name, f"there is nothing under {heading}.", f"Add ## {heading}.")
        for name in ("avoid", "if_stuck", "scripts"):
            if not getattr(self.playbook, name):
                heading = SECTIONS[name]
                self.tell(name, f"there is nothing under {heading}.", f"Add ## {heading}.")
        if not self.playbook.authority:
            says = "it does not say what agents may do without asking."
            self.tell("authority", says, "Add authority: with what, limit, next and reach.")

    def _scripts(self) -> None:
        names: set[str] = set()
        for script in self.playbook.scripts:
            name = script.name.strip()
            if not name:
                self.error("scripts", "a script has no name.", "Add ### and a name above it.")
            elif name.casefold() in names:
                says = f"two scripts are called {name}; an agent cannot choose."
                self.error("scripts", says, "Rename one.")
            names.add(name.casefold())
            if len(name) > SCRIPT_NAME_LENGTH:
                self.warn("scripts", f"the name “{name}” is cut off.", "Shorten it.")
            if len(script.text) > SCRIPT_LENGTH:
                says = f"{name} has {len(script.text)} characters."
                self.warn("scripts", says, f"Use at most {SCRIPT_LENGTH}.")
            if len(script.blanks) > SCRIPT_BLANKS:
                says = f"{name} asks for {len(script.blanks)} things."
                self.warn("scripts", says, f"Use at most {SCRIPT_BLANKS} blanks.")
            for odd in _odd_braces(script.text):
                says = f"{odd} in {name} is no blank, so the script could never be handed out."
                fix = "Write {name} in small letters, digits, _ and spaces, with both braces."
                self.error("scripts", says, fix)
            for blank in script.blanks:
                if kind_of(blank) is Kind.CHOICE and len(choices_of(blank)) < 2:
                    says = f"{{{blank}}} in {name} offers nothing to choose."
                    self.error("scripts", says, "Write {choice refund or replacement}.")

    def _braces(self) -> None:
        """Only scripts are filled in; anywhere else a blank would be read out as it stands."""
        book = self.playbook
        places = {
            "title": book.title,
            "summary": book.summary,
            "say_first": book.say_first,
            "ask": book.ask,
            "do": "\n".join(book.do),
            "avoid": "\n".join(book.avoid),
            "if_stuck": book.if_stuck,
            "close": book.close,
            "authority": "\n".join(entry.what for entry in book.authority),
        }
        for name, text in places.items():
            blank = _BRACES.search(text)
            if blank:
                says = f"{blank[0]} stands outside a script and would never be filled in."
                self.error(name, says, "Say it in words, or move the sentence to ## Scripts.")

    def _wording(self) -> None:
        spoken = {"say_first": [self.playbook.say_first], "ask": [self.playbook.ask]}
        spoken["scripts"] = [script.text for script in self.playbook.scripts]
        for name, texts in spoken.items():
            for text in texts:
                for words, fix in reactive_wording(text):
                    self.warn(name, f"“{words}” makes an upset person angrier.", fix)

    def _limits(self) -> None:
        for entry in self.playbook.authority:
            if not entry.limits:
                says = f"no limit is set for “{entry.what}”; agents read: ask {entry.next}."
                self.tell("authority", says, "Add limit: {agent: 50 EUR} with your own amounts.")
            for role, amount in entry.limits.items():
                if not _UNIT.search(amount):
                    says = f"{amount} for {role} in “{entry.what}” may be read in any currency."
                    self.warn("authority", says, f"Write the currency too, such as {amount} EUR.")


def _odd_braces(text: str) -> list[str]:
    return [m[0] for m in _BRACES.finditer(text) if not _BLANK.fullmatch(m[0])]


def _competing(playbooks: Sequence[Playbook], line_of: Callable[[str, str], int]) -> list[Problem]:
    """Titles and phrases that two playbooks share: the ranking cannot tell whose they are."""
    users: dict[frozenset[str], dict[str, tuple[str, str]]] = defaultdict(dict)
    for playbook in playbooks:
        said = [("title", playbook.title), *(("phrases", text) for text in playbook.phrases)]
        for name, text in said:
            users[phrase_key(text)].setdefault(playbook.slug, (name, text))
    found: list[Problem] = []
    for sharing in users.values():
        first, *others = sharing.items()
        for slug, (name, text) in others:
            says = f"“{text}” is also how {first[0]} is found (“{first[1][1]}”)."
            fix = "Keep it where it fits best, or join the two playbooks."
            line = line_of(slug, name)
            found.append(Problem(f"{slug}.md", line, name, says, fix, Severity.WARNING))
    return found
