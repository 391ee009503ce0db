"""A repair playbook: what an agent may say and do about one kind of customer problem.

The parts and their order follow what a person on a live call needs (service recovery: hear,
acknowledge, ask, act within authority, tell, check later). Limits of length are rules of reading
on a phone during a call, not of Slack.
"""

import hashlib
import re
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from mend.db.model import Refused

UNREADABLE_FILE = "Its file cannot be read as it stands; `/mend doctor` says why."
DEFAULT_ASK = "What would you like to see happen?"
SAY_FIRST_WORDS = 25
FIRST_BLOCK_WORDS = 40
DO_STEPS = 5
AVOID_LINES = 3
PHRASES_WANTED = 8
NOT_FOR_WANTED = 6
REVIEW_DAYS = 180

# Field of a playbook -> its heading in the file and on the card, in the order a call needs them.
SECTIONS = {
    "say_first": "Say first",
    "ask": "Ask",
    "do": "Do",
    "avoid": "Avoid",
    "if_stuck": "If stuck",
    "close": "Close",
    "scripts": "Scripts",
}

_MEMBER = re.compile(r"(?:<@)?([UW](?=[A-Z]*\d)[A-Z0-9]{3,})(?:\|[^>]*)?>?")
_SIGN = "[€$£¥₱]"
_NUMBER = re.compile(rf"{_SIGN}?\d[\d.,']*({_SIGN}|%|[^\W\d_]{{2,}})?")
_WORD = re.compile(rf"[^\W\d_]+(['’/.-][^\W\d_]+)*[.,]?|{_SIGN}|%")


class State(StrEnum):
    """Whether agents are served the playbook."""

    DRAFT = "draft"
    READY = "ready"
    ARCHIVED = "archived"


class BlankKind(StrEnum):
    """What is asked for a blank; read from the blank's name, so that a script needs no schema."""

    NAME = "name"
    AMOUNT = "amount"
    DATE = "date"
    TIME = "time"
    REFERENCE = "reference"
    CHOICE = "choice"
    TEXT = "text"


_NAMED_KINDS = frozenset(BlankKind) - {BlankKind.CHOICE, BlankKind.TEXT}


def kind_of(blank: str) -> BlankKind:
    """The kind of a blank: `{choice …}` by its first word, the others by their last.

    `{refund_amount}` and `{amount}` are amounts; a name that ends in no kind is plain text.
    """
    words = re.split(r"[_ ]+", blank.strip("_ "))
    if words[0] == BlankKind.CHOICE and len(words) > 1:
        return BlankKind.CHOICE
    last = words[-1]
    return BlankKind(last) if last in _NAMED_KINDS else BlankKind.TEXT


def choices_of(blank: str) -> tuple[str, ...]:
    """What `{choice refund or replacement}` offers; empty for every other kind."""
    if kind_of(blank) is not BlankKind.CHOICE:
        return ()
    offered = re.sub(r"^[_ ]*choice[_ ]+", "", blank).replace("_", " ")
    return tuple(part.strip() for part in re.split(r"\bor\b", offered) if part.strip())


def in_words(slug: str) -> str:
    """What to call a playbook of which only its file's name is known."""
    return re.sub(r"[-_]+", " ", slug).strip().capitalize()


@dataclass(frozen=True, slots=True)
class Authority:
    """Something an agent may do without asking, and what happens above the limit.

    `limits` maps a role ("agent", "supervisor", "admin") to an amount with its currency as people
    write it ("50 EUR") or to "no limit". A role that is missing has no limit *set*, which is not
    the same as no limit: whoever has that role asks `next` first.
    """

    what: str
    limits: dict[str, str] = field(default_factory=dict, hash=False)
    next: str = "supervisor"
    reach: str = ""
    record: str = ""


def is_limit(typed: str) -> bool:
    """Whether it reads as one amount of something ("50 EUR", "2 nights a year") or as no limit.

    What may be a slip of the finger ("5O EUR", "-50 EUR", "50 EUR 50 EUR"), is of nothing ("50"),
    or is nothing ("0 EUR"), does not.
    """
    words = typed.split()
    amounts = [word for word in words if _NUMBER.fullmatch(word)]
    rest = [word for word in words if word not in amounts]
    is_one = len(amounts) == 1 and any(digit in amounts[0] for digit in "123456789")
    is_of_something = re.search(r"[^\d\s.,'-]", typed) is not None
    is_amount = is_one and is_of_something and all(_WORD.fullmatch(word) for word in rest)
    return is_amount or " ".join(words).casefold() == "no limit"


@dataclass(frozen=True, slots=True)
class Script:
    """Words to send or say, with blanks such as `{amount}`."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Playbook:
    """One playbook. `slug` is the file's name without `.md`; only `title` is required."""

    slug: str
    title: str
    summary: str = ""
    phrases: tuple[str, ...] = ()
    # Sentences that sound like it and are not; left out of `repr`, see `mark`.
    not_for: tuple[str, ...] = field(default=(), repr=False)
    category: str = ""
    state: State = State.READY
    owner: str = ""
    verified: date | None = None
    review_days: int = REVIEW_DAYS
    authority: tuple[Authority, ...] = ()
    say_first: str = ""
    ask: str = DEFAULT_ASK
    do: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    if_stuck: str = ""
    close: str = ""
    scripts: tuple[Script, ...] = ()
    from_note: str = ""  # the draft that an owned slip became, so that its owner can be thanked
    digest: str = field(default="", compare=False)  # of the file, so a comment changes it

    def mark(self) -> str:
        """A mark of everything it says: the same for two files that differ in comments only.

        Without `not_for` it is what it was before there was one: a new version of Mend is no news
        about a playbook.
        """
        said = repr(replace(self, digest="")) + (repr(self.not_for) if self.not_for else "")
        return hashlib.sha256(said.encode()).hexdigest()

    def parts(self) -> dict[str, str]:
        """A mark of each part's words, to tell later which parts read differently."""
        read = {name: getattr(self, name) for name in ("say_first", "ask", "do", "avoid", "close")}
        shown = {"title": self.title, "authority": self.authority, **read, "stuck": self.if_stuck}
        return {
            name: hashlib.sha256(repr(value).encode()).hexdigest()[:8]
            for name, value in shown.items()
        }

    @property
    def owner_id(self) -> str:
        """The member who owns it (`U0ABC1` or `<@U0ABC1>`); empty for an owner in free words."""
        found = _MEMBER.fullmatch(self.owner)
        return found[1] if found else ""

    @property
    def finding_texts(self) -> tuple[str, ...]:
        """What it is found by."""
        return (self.title, self.summary, *self.phrases)

    def is_stale(self, today: date) -> bool:
        """Whether nobody has verified it within its review interval."""
        if self.verified is None:
            return True
        return today > self.verified + timedelta(days=self.review_days)


class Severity(StrEnum):
    """How much a problem matters; only an error fails `python bot.py check`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right.

    `line` counts from 1; 0 means the file as a whole. `field` is the playbook's field
    ("say_first"), a front-matter key, or empty. `says` and `fix` are whole sentences.
    """

    file: str
    line: int
    field: str
    says: str
    fix: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else ""
        place = filter(None, (self.file, line, SECTIONS.get(self.field, self.field)))
        return f"{', '.join(place)}: {self.says} {self.fix}".rstrip()

    def to_json(self) -> dict[str, str | int]:
        """The problem as plain values for `json.dumps`."""
        return {**asdict(self), "severity": self.severity.value}


class BrokenPlaybook(Refused):
    """The file has no reading that is safe to serve, so nothing can be done with it from Slack.

    `problems` say what to put right.
    """

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(UNREADABLE_FILE)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))
