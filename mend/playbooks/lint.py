"""Judges a library of playbooks: what an admin would want to know before agents see it.

Errors are what an agent must never meet: a script that cannot be filled in, a blank read out on
a call, two scripts nobody can tell apart. Lengths and gaps are warnings, because a short playbook
serves better than none. A limit that nobody set is information.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from mend.playbooks.blanks import foreign_blanks, read
from mend.playbooks.model import (
    AVOID_LINES,
    DO_STEPS,
    FIRST_BLOCK_WORDS,
    NOT_FOR_WANTED,
    PHRASES_WANTED,
    SAY_FIRST_WORDS,
    SECTIONS,
    BlankKind,
    Playbook,
    Problem,
    Script,
    Severity,
    State,
    choices_of,
    is_limit,
    kind_of,
)

# Words that make an upset customer angrier. A short list on purpose: each entry is on most lists
# of what to avoid, and none has a common harmless use in the mouth of an agent.
_REACTIVE = {
    "Say back the problem instead.": r"calm (?:down|yourself)|no need to (?:shout|yell)",
    "Say the reason in one sentence, and what they can have.": (
        r"(?:it'?s|that'?s|it is|that is|as per) (?:just )?(?:our|the|company) policy"
        r"|(?:can'?t|cannot) help (?:you|with)|nothing (?:i|we) can do"
    ),
    "Say what I do, or ask: could you …?": (
        r"you(?:'ll| will) (?:just )?(?:have|need) to|you (?:just )?(?:have to|must)(?! have)"
    ),
    "Say what I or we did, and what happens now.": (
        r"you (?:should|could|ought to|must) have|you (?:forgot|failed|misunderstood|misread)"
        r"|sorry (?:if|you feel|that you feel)|any inconvenience|mistakes were made"
        r"|(?:colleague|courier|agent|driver)s? (?:forgot|failed|messed|lied|made a mistake)"
        r"|(?:courier|supplier|bank|warehouse|colleague|system|customer)'?s? fault"
    ),
    "Say it once more, in other words.": r"(?:as|like) i (?:already )?(?:said|told|mentioned)",
    "Say: let me find out, by …": r"i don'?t know(?! (?:that )?yet)",
    "Say who can, and bring them in yourself.": r"not (?:my|our) (?:department|job|problem|fault)",
}
_ANGERING = [
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), fix) for fix, words in _REACTIVE.items()
]

LABEL_LENGTH = 75  # of a button or a menu, which is how a title or a script is offered
SCRIPT_BLANKS = 10  # a form asked during a call
SCRIPT_LENGTH = 2500

_BRACES = re.compile(r"\{[^{}\n]*\}|[{}]")
_BLANK = re.compile(r"\{[a-z][a-z0-9_ ]*\}")
# Said so often round a complaint that they tell no two apart.
_FILLERS = frozenset(
    re.findall(
        r"\w+",
        "a an the my me i it its im is was am are be been to of on in for at and so you your they "
        "he she we our us this that please pls po na ko ng ang yung sa si cx customer",
    )
)
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
Finding = tuple[Severity, str, str, str]  # with field, what is wrong, and the fix


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
    found = [
        (book.slug, finding)
        for book in playbooks
        if book.state is not State.ARCHIVED
        for judge in (_front_matter, _sections, _scripts, _limits)
        for finding in judge(book, today)
    ]
    found += _competing([book for book in playbooks if book.state is State.READY])
    return _sorted(found, problems, line_of)


def lint_one(
    book: Playbook, others: Iterable[Playbook], problems: Iterable[Problem], today: date
) -> list[Problem]:
    """The problems of one playbook among others, which are not judged themselves."""
    them = [each for each in others if each.state is State.READY and each.slug != book.slug]
    shared = [found for found in _competing([*them, book]) if found[0] == book.slug]
    return _sorted(shared, lint([book], problems, today))


def _sorted(
    found: Iterable[tuple[str, Finding]],
    problems: Iterable[Problem],
    line_of: Callable[[str, str], int] = lambda slug, field: 0,
) -> list[Problem]:
    judged = [
        Problem(f"{slug}.md", line_of(slug, field), field, says, fix, severity)
        for slug, (severity, field, says, fix) in found
    ]
    return sorted([*problems, *judged], key=lambda each: (each.file, each.line, each.field))


def first_block_words(playbook: Playbook) -> int:
    """Words an agent reads first: what to say, what to ask, and the first thing they may do,
    counted with its limit not set, which is the longest it gets."""
    texts = [playbook.say_first, playbook.ask]
    for entry in playbook.authority[:1]:
        texts.append(f"Ask {entry.next} first: {entry.what}")
    return sum(len(text.split()) for text in texts)


@lru_cache(maxsize=100_000)
def phrase_key(phrase: str) -> frozenset[str]:
    """What is left of a phrase without fillers, endings and order; equal keys compete."""
    words = set(re.findall(r"[^\W_]+", re.sub("['’]", "", phrase.casefold())))
    kept = (words - _FILLERS) or words
    return frozenset(re.sub(r"(?<=\w{3})(?:ed|ing|es|s|e)$", "", word) for word in kept)


def _front_matter(book: Playbook, today: date) -> Iterator[Finding]:
    if len(book.title) > LABEL_LENGTH:
        says = f"{len(book.title)} characters are cut off on a button."
        yield WARNING, "title", says, f"Use at most {LABEL_LENGTH}."
    if not book.summary:
        yield WARNING, "summary", "there is no summary.", "Say in one line when this helps."
    if len(book.phrases) < PHRASES_WANTED:
        says = f"{len(book.phrases)} phrases; the playbook will be hard to find."
        yield WARNING, "phrases", says, f"Give {PHRASES_WANTED} to 14, as people really say it."
    if len(book.not_for) < NOT_FOR_WANTED:
        says = f"{len(book.not_for)} sentences say when it is not meant."
        fix = f"Give {NOT_FOR_WANTED} that sound like it and need something else."
        yield INFO, "not_for", says, fix
    yield from _said_twice(book)
    if not book.owner:
        yield WARNING, "owner", "nobody owns it.", "Name the role that keeps it right."
    if book.verified and book.verified > today:
        says = f"{book.verified} has not come yet."
        yield WARNING, "verified", says, "Write the day somebody last checked it."
    elif book.is_stale(today):
        says = f"last verified {book.verified or 'never'}, due every {book.review_days} days."
        yield WARNING, "verified", says, "Check it and write the date, such as 2026-11-02."


def _said_twice(book: Playbook) -> Iterator[Finding]:
    seen: dict[frozenset[str], tuple[str, str]] = {}
    for field in ("phrases", "not_for"):
        for text in getattr(book, field):
            of, twin = seen.setdefault(phrase_key(text), (field, text))
            if of != field:
                says = f"“{text}” is one of its phrases, too (“{twin}”)."
                yield ERROR, field, says, "It cannot be both: keep it where it is right."
            elif twin is not text:
                says = f"“{text}” says the same as “{twin}”."
                yield WARNING, field, says, "Keep one, and say it another way instead."


def _sections(book: Playbook, today: date) -> Iterator[Finding]:
    said, first = len(book.say_first.split()), first_block_words(book)
    if said > SAY_FIRST_WORDS:
        says = f"{said} words are too many to say at once."
        yield WARNING, "say_first", says, f"Use at most {SAY_FIRST_WORDS}."
    elif said and first > FIRST_BLOCK_WORDS:
        says = f"what is read first (say, ask, may) has {first} words."
        fix = f"Shorten one of the three: {FIRST_BLOCK_WORDS} are read in ten seconds."
        yield WARNING, "say_first", says, fix
    for field, items, most in (("do", book.do, DO_STEPS), ("avoid", book.avoid, AVOID_LINES)):
        if len(items) > most:
            says = f"{len(items)} lines; under pressure people skip what is long."
            yield WARNING, field, says, f"Keep the {most} that matter most."
    for field, heading in SECTIONS.items():
        if not getattr(book, field):
            severity = WARNING if field in ("say_first", "do", "close") else INFO
            yield severity, field, f"there is nothing under {heading}.", f"Add ## {heading}."
    may = [entry.what for entry in book.authority]
    # Only scripts are filled in; anywhere else a blank would be read out as it stands.
    for field in (
        "title",
        "summary",
        "say_first",
        "ask",
        "do",
        "avoid",
        "if_stuck",
        "close",
        "may",
    ):
        text = may if field == "may" else getattr(book, field)
        if blank := _BRACES.search(text if isinstance(text, str) else "\n".join(text)):
            says = f"{blank[0]} stands outside a script and would never be filled in."
            fix = "Say it in words, or make it a message of Scripts."
            yield ERROR, "authority" if field == "may" else field, says, fix
    for field in ("say_first", "ask"):
        yield from _wording(field, getattr(book, field))


def _scripts(book: Playbook, today: date) -> Iterator[Finding]:
    names = [script.name.casefold() for script in book.scripts]
    for n, script in enumerate(book.scripts):
        for severity, says, fix in _script(script):
            yield severity, "scripts", f"{script.name or 'a script'} {says}", fix
        if names[n] in names[:n]:
            yield ERROR, "scripts", f"two scripts are called {script.name}.", "Rename one."
        yield from _wording("scripts", script.text)


def _script(script: Script) -> Iterator[tuple[Severity, str, str]]:
    if not script.name:
        yield ERROR, "has no name.", "Give it one."
    if len(script.name) > LABEL_LENGTH:
        yield WARNING, "has a name that is cut off.", f"Use at most {LABEL_LENGTH} characters."
    if len(script.text) > SCRIPT_LENGTH:
        yield WARNING, f"has {len(script.text)} characters.", f"Use at most {SCRIPT_LENGTH}."
    blanks = read(script.text).blanks
    if len(blanks) > SCRIPT_BLANKS:
        yield WARNING, f"asks for {len(blanks)} things.", f"Use at most {SCRIPT_BLANKS}."
    for odd in _BRACES.findall(script.text):
        if not _BLANK.fullmatch(odd):
            fix = "Write {name} in small letters, digits, _ and spaces, with both braces."
            yield ERROR, f"has {odd}, which is no blank; agents are asked what stands there.", fix
    for left, is_sure in foreign_blanks(script.text).items():
        fix = "Write it as Mend does, such as {name}, or say it in words."
        says = f"has {left}, which looks like the blank of another system."
        yield ERROR if is_sure else WARNING, says, fix
    for blank in blanks:
        if kind_of(blank.name) is BlankKind.CHOICE and len(choices_of(blank.name)) < 2:
            fix = "Write {choice refund or replacement}."
            yield ERROR, f"has {blank.mark}, which offers nothing to choose.", fix


def _wording(field: str, text: str) -> Iterator[Finding]:
    for words, fix in reactive_wording(text):
        yield WARNING, field, f"“{words}” makes an upset person angrier.", fix


def _limits(book: Playbook, today: date) -> Iterator[Finding]:
    if not book.authority:
        says = "it does not say what agents may do without asking."
        yield INFO, "authority", says, "Add authority: with what, limit, next and reach."
    for entry in book.authority:
        if not entry.limits:
            says = f"no limit is set for “{entry.what}”; agents read: ask {entry.next}."
            yield INFO, "authority", says, "Add limit: {agent: 50 EUR} with your own amounts."
        for role, amount in entry.limits.items():
            if not is_limit(amount):
                says = f"“{amount}” for {role} in “{entry.what}” does not read as one limit."
                yield WARNING, "authority", says, "Write one, with its currency, such as 50 EUR."


def _competing(playbooks: Sequence[Playbook]) -> list[tuple[str, Finding]]:
    """Titles and phrases that two playbooks share: the ranking cannot tell whose they are."""
    found: list[tuple[str, Finding]] = []
    taken: dict[frozenset[str], tuple[Playbook, str]] = {}
    for book in playbooks:
        own: set[frozenset[str]] = set()
        for field, text in [("title", book.title), *(("phrases", each) for each in book.phrases)]:
            key = phrase_key(text)
            first, other = taken.setdefault(key, (book, text))
            if first.slug != book.slug and key not in own:
                says = f"“{text}” is also how “{first.title}” is found (“{other}”)."
                fix = "Keep it where it fits best, or join the two playbooks."
                found.append((book.slug, (WARNING, field, says, fix)))
            own.add(key)
    return found


def reactive_wording(text: str) -> list[tuple[str, str]]:
    """The words found, each with what to do instead."""
    plain = text.replace("’", "'")
    return [(match[0], fix) for rule, fix in _ANGERING for match in rule.finditer(plain)]
