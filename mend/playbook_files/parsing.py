"""One file's text into a Playbook, with everything that is wrong told by line and field."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from difflib import get_close_matches

from mend.domain.playbook_problems import Problem, Severity
from mend.domain.playbooks import DEFAULT_ASK, REVIEW_DAYS, SECTIONS, Playbook, State
from mend.playbook_files.authority import read_authority
from mend.playbook_files.document import (
    Document,
    Section,
    code_lines,
    cut,
    heading_of,
    is_code_fence,
)
from mend.playbook_files.front_matter import FrontMatter, Unreadable, read_front_matter
from mend.playbook_files.sections import items_of, script_spans, scripts_of, words_of

# Neither YAML nor Slack can carry these; they come in with text pasted from other programs.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_EXAMPLE = "---\ntitle: They charged me twice\n---"


class BrokenPlaybook(Exception):
    """The file has no reading that is safe to serve; `problems` say what to put right."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def digest_of(text: str) -> str:
    """What a version of a file is known by: the SHA-256 of its bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def parse(slug: str, text: str) -> tuple[Playbook, list[Problem]]:
    """Read one file.

    Problems in the list leave the playbook usable: what cannot be read is taken the careful way
    (a wrong date as never verified, a wrong limit as not set). Raises BrokenPlaybook where there
    is no careful way: no title, a state that is none, YAML that cannot be read.
    """
    reader = _Reader(f"{slug}.md", cut(text))
    front = reader.front_matter(text)
    title = front.text("title")
    state = front.state("state")
    title_is_wrong = any(
        p.field == "title" and p.severity is Severity.ERROR for p in front.problems
    )
    if not title and not title_is_wrong:
        reader.problem(
            front.first + front.at.get("title", 0),
            "title",
            "there is no title.",
            "Add a line with the customer's words, such as title: They charged me twice.",
        )
    playbook = Playbook(
        slug=slug,
        title=title,
        summary=front.text("summary"),
        phrases=front.texts("phrases"),
        category=front.text("category"),
        state=state or State.DRAFT,
        owner=front.text("owner"),
        verified=front.day("verified"),
        review_days=front.days("review_days", REVIEW_DAYS),
        authority=read_authority(front),
        say_first=words_of(reader.section("say_first")),
        ask=words_of(reader.section("ask")) or DEFAULT_ASK,
        do=tuple(text for *_, text in items_of(reader.section("do"))),
        avoid=tuple(text for *_, text in items_of(reader.section("avoid"))),
        if_stuck=words_of(reader.section("if_stuck")),
        close=words_of(reader.section("close")),
        scripts=tuple(scripts_of(reader.section("scripts"))),
        digest=digest_of(text),
    )
    reader.judge_body()
    problems = sorted(front.problems + reader.problems, key=lambda problem: problem.line)
    if not title or state is None:
        raise BrokenPlaybook([p for p in problems if p.severity is Severity.ERROR])
    return playbook, problems


def lines_of(text: str) -> dict[str, int]:
    """Where each field stands in a file, for whoever judges the playbook later."""
    document = cut(text)
    places = {section.field: section.line + 1 for section in document.sections if section.field}
    for n in range(max(document.opened, 0), max(document.closed, 0)):
        key = re.match(r"([a-z_]+)\s*:", document.lines[n])
        if key:
            places.setdefault(key[1], n + 1)
    return places


@dataclass
class _Reader:
    file: str
    document: Document

    def __post_init__(self) -> None:
        self.problems: list[Problem] = []

    def problem(
        self, line: int, field: str, says: str, fix: str, severity: Severity = Severity.ERROR
    ) -> None:
        self.problems.append(Problem(self.file, line, field, says, fix, severity))

    def broken(self, line: int, field: str, says: str, fix: str) -> BrokenPlaybook:
        self.problem(line, field, says, fix)
        return BrokenPlaybook(self.problems)

    def front_matter(self, text: str) -> FrontMatter:
        document = self.document
        if not text.strip("\ufeff \t\r\n"):
            raise self.broken(0, "", "the file is empty.", f"Begin it with:\n{_EXAMPLE}")
        control = _CONTROL.search(text)
        if control:
            line = text.count("\n", 0, control.start()) + 1
            says = f"there is a control character (U+{ord(control[0]):04X}) in the line."
            raise self.broken(line, "", says, "Type the line anew.")
        if document.opened < 0:
            says = "the file does not begin with a line of three dashes."
            raise self.broken(1, "", says, f"Begin it with:\n{_EXAMPLE}")
        if document.closed < 0:
            raise self._never_closed()
        lines = [
            line.rstrip("\r").translate(_LINE_BREAKS)
            for line in document.lines[document.opened + 1 : document.closed]
        ]
        inside = next((n for n, line in enumerate(lines) if _is_section_heading(line)), -1)
        if inside >= 0:
            raise self._never_closed(document.opened + 1 + inside)
        try:
            return read_front_matter(self.file, lines, document.opened + 2)
        except Unreadable as error:
            raise BrokenPlaybook(error.problems) from error

    def _never_closed(self, heading: int | None = None) -> BrokenPlaybook:
        if heading is None:
            heading = next((section.line for section in self.document.sections), None)
        if heading is None:
            lines = enumerate(self.document.lines)
            heading = next((n for n, line in lines if _is_section_heading(line)), None)
        where = "after the last name and value" if heading is None else f"above line {heading + 1}"
        says = "the front matter is not closed by a second line of three dashes."
        return self.broken(self.document.opened + 1, "", says, f"Put a line of --- {where}.")

    def section(self, field: str) -> list[str]:
        """The lines under a heading; of a heading that stands twice, the lines of both."""
        lines: list[str] = []
        for section in self.document.sections:
            if section.field == field:
                lines += [*self._lines(section), ""]
        return lines

    def judge_body(self) -> None:
        """Note what stands in the body and reaches nobody, or reaches them in another shape."""
        document = self.document
        first = document.sections[0].line if document.sections else len(document.lines)
        preface = document.visible(document.closed + 1, first)
        for n, line in enumerate(preface, document.closed + 2):
            self._judge_heading(n, line, inside="")
            if line.strip() and not heading_of(line):
                says = "text above the first ## heading is not shown to agents."
                fix = "Move it under a heading, or make it a <!-- comment -->."
                self.problem(n, "", says, fix, Severity.WARNING)
                break
        seen: dict[str, int] = {}
        for section in document.sections:
            self._judge_section(section, seen)

    def _judge_section(self, section: Section, seen: dict[str, int]) -> None:
        line = section.line + 1
        if not section.field:
            known = list(SECTIONS.values())
            near = get_close_matches(section.heading.capitalize(), known, 1, 0.6)
            fix = f"Did you mean ## {near[0]}?" if near else f"Known: {', '.join(known)}."
            says = f"the section {section.heading} is kept and not shown."
            self.problem(line, section.heading, says, fix, Severity.WARNING)
        elif section.field in seen:
            says = f"this heading also stands on line {seen[section.field]}; both are read as one."
            self.problem(line, section.field, says, "Join the two.", Severity.WARNING)
        else:
            seen[section.field] = line
        lines = self._lines(section)
        code = code_lines(lines)
        if sum(map(is_code_fence, lines)) % 2:
            says = "a code fence is opened and never closed."
            self.problem(line, section.field, says, "Close it with ```.", Severity.WARNING)
        for n, text in enumerate(lines):
            if not code[n]:
                self._judge_heading(line + 1 + n, text, section.field)
        if section.field == "scripts" and any(not name for *_, name in script_spans(lines)):
            says = "the first script has no name."
            fix = "Put a line such as ### By chat above it."
            self.problem(line, "scripts", says, fix, Severity.WARNING)

    def _judge_heading(self, line: int, text: str, inside: str) -> None:
        heading = heading_of(text)
        if not heading or heading[0] == 2 or not _is_section_name(heading[1]):
            return
        if inside == "scripts" and heading[0] > 2:
            return
        says = f"{heading[1]} is a section and needs exactly two # signs."
        self.problem(line, "", says, f"Write: ## {heading[1]}", Severity.WARNING)

    def _lines(self, section: Section) -> list[str]:
        return self.document.visible(section.line + 1, section.end)


_LINE_BREAKS = {0x85: " ", 0x2028: " ", 0x2029: " ", ord("\r"): " ", 0xFEFF: ""}


def _is_section_name(text: str) -> bool:
    return text.rstrip(":").strip().casefold() in {name.casefold() for name in SECTIONS.values()}


def _is_section_heading(line: str) -> bool:
    heading = heading_of(line)
    return bool(heading and heading[0] == 2 and _is_section_name(heading[1]))
