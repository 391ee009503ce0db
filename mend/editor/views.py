"""The pages of the playbook editor: the list, what waits, a playbook, its preview, its history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    DividerBlock,
    ExternalDataSelectElement,
)

from mend.editor import verifying_views as verifying
from mend.editor.forms import SECTION, sections_of
from mend.editor.model import Revision, RevisionState, Sheet
from mend.people.model import Role
from mend.playbooks.model import SECTIONS, Playbook, Problem, Severity, State
from mend.repair import gap_views as gaps
from mend.repair import use_views as use
from mend.repair import views as repair
from mend.slack import doors
from mend.slack.ui import (
    Message,
    aside,
    button,
    buttons,
    code,
    escape,
    message,
    notice,
    pack,
    panel,
    quoted,
    says,
    shortened,
    split,
)

LIST = "playbook_list"
NEW = "playbook_new"  # its value may hold JSON: {"title": …, "summary": …, "phrases": […]}
WAITING = "playbook_waiting"
FIND = "playbook_find"
OPEN = doors.PLAYBOOK
PREVIEW = "playbook_preview"
PUBLISH = "playbook_publish"
VERIFY = "playbook_verify"
ARCHIVE = "playbook_archive"
DISCARD = "playbook_discard"
SETTLE = "playbook_settle"
HISTORY = "playbook_history"
COMPARE = "playbook_compare"
RESTORE = "playbook_restore"

PAGE = 20
CODE_LENGTH, CODES = 2900, 8  # of a difference: characters a block, blocks a page
PROBLEMS = 12
BUTTONS = 25  # of one row; Slack's limit
ROWS = 60
STATES = {State.READY: "", State.DRAFT: "draft · ", State.ARCHIVED: "archived · "}


def books(
    found: Sequence[tuple[str, Playbook | None]], page: int, today: date, waiting: int
) -> dict[str, Any]:
    """Every playbook, a page at a time."""
    shown = found[page * PAGE : (page + 1) * PAGE]
    blocks: list[Block] = [
        buttons(
            button("New playbook", NEW, "{}", "primary"),
            button(f"Waiting ({waiting})", WAITING, "0"),
            button("Looked for and not found", gaps.OPEN, "0"),
            button("Use", use.OPEN, f"{use.FIRST} 0"),
            button("To check", verifying.OPEN, "0"),
        ),
        ActionsBlock(elements=[search(FIND)]),
    ]
    for slug, book in shown:
        if book:
            verified = f"verified {book.verified:%-d %B %Y}" if book.verified else "never verified"
            due = ", check it" if book.is_stale(today) and book.state is State.READY else ""
            line = f"*{title_of(book)}*\n{STATES[book.state]}{verified}{due}"
        else:
            line = f"*{escape(slug)}.md* cannot be read"
        blocks.append(says(line, button("Open", OPEN, slug)))
    if not found:
        blocks.append(says("There is no playbook yet."))
    blocks += turns(LIST, page, len(found) > (page + 1) * PAGE)
    return panel("Playbooks", message(f"{len(found)} playbooks", *blocks))


def playbook(sheet: Sheet, said: str = "") -> dict[str, Any]:
    """One playbook: what is wrong with it, what changed underneath, and all there is to do."""
    blocks: list[Block] = [says(f"*{said}*")] if said else []
    blocks.append(says(f"*{title_of(sheet.book) if sheet.book else escape(sheet.slug)}*"))
    blocks.append(aside(_standing(sheet)))
    for words in sheet.sources:
        blocks.append(quoted(words))
    blocks += _underneath(sheet)
    blocks += _problems(sheet.problems)
    if sheet.book:
        blocks += _sections(sheet, sheet.book)
    elif sheet.good:
        label = f"Start from the version of {sheet.good.at:%-d %B}"
        blocks.append(buttons(button(label, RESTORE, str(sheet.good.id))))
    blocks += [DividerBlock(), *_acts(sheet)]
    return panel("Playbook", message(sheet.slug, *blocks))


def _standing(sheet: Sheet) -> str:
    book, parts = sheet.book, [f"{sheet.slug}.md"]
    if book and not sheet.draft:
        state = {State.READY: "agents have it", State.ARCHIVED: "archived", State.DRAFT: "a draft"}
        parts.append(state[book.state])
    if book:
        parts.append(f"verified {book.verified:%-d %B %Y}" if book.verified else "never verified")
        parts += [f"owner: {book.owner}"] if book.owner else []
    if sheet.draft:
        parts.append("this is your draft; agents do not have it yet")
    return escape(" · ".join(parts))


def _underneath(sheet: Sheet) -> list[Block]:
    """What somebody else changed meanwhile, and whether that fits with the draft."""
    if not sheet.underneath or not sheet.draft:
        return []
    changed = split(sheet.underneath, CODE_LENGTH)
    blocks: list[Block] = [says("*Changed underneath since you began:*"), code(changed[0])]
    if len(changed) > 1:
        blocks.append(aside("And more: see the history."))
    if not sheet.clashes:
        return [*blocks, says("It fits with your draft and is in it now.")]
    both = escape(", ".join(SECTIONS.get(name, name) for name in sheet.clashes))
    mine, theirs = (pack(sheet.slug, sheet.there, is_mine) for is_mine in (True, False))
    return [
        *blocks,
        says(f"You both changed: *{both}*. Whichever you leave out stays in the history."),
        buttons(
            button("Keep mine there", f"{SETTLE}_0", mine),
            button("Keep theirs there", f"{SETTLE}_1", theirs),
        ),
    ]


def _problems(problems: Sequence[Problem]) -> list[Block]:
    """Errors first."""
    ranked = sorted(problems, key=lambda each: list(Severity).index(each.severity))
    lines = [escape(f"• {each.severity.capitalize()}: {each}") for each in ranked[:PROBLEMS]]
    if len(problems) > PROBLEMS:
        lines.append(f"And {len(problems) - PROBLEMS} more: `python bot.py check`.")
    return [aside(part) for part in lines]


def _sections(sheet: Sheet, book: Playbook) -> list[Block]:
    """A button for each form."""
    digest = sheet.digest
    made = [
        button(name, f"{SECTION}_{n}", pack(sheet.slug, key, digest))
        for n, (key, name) in enumerate(sections_of(book))
    ]
    rows = [made[start : start + BUTTONS] for start in range(0, len(made), BUTTONS)]
    blocks: list[Block] = [says("Edit:"), *(buttons(*row) for row in rows[:ROWS])]
    if len(rows) > ROWS:
        blocks.append(aside(f"More parts than fit here: the rest is in {escape(sheet.slug)}.md."))
    return blocks


def _acts(sheet: Sheet) -> list[Block]:
    acts: list[ButtonElement] = []
    if sheet.book:
        acts.append(button("Preview", f"{PREVIEW}_0", pack(sheet.slug, Role.AGENT), "primary"))
        if sheet.book.state is State.READY:
            acts.append(button("Still right", VERIFY, sheet.slug))
        if sheet.book.state is not State.ARCHIVED and sheet.base:
            acts.append(button("Archive", ARCHIVE, sheet.slug))
    if sheet.draft:
        acts.append(_sure("Discard my draft", DISCARD, sheet.slug, "It stays in the history."))
    acts += [button("History", HISTORY, sheet.slug), button("All playbooks", LIST, "0")]
    return [buttons(*acts)]


def preview(sheet: Sheet, role: Role, today: date, said: str = "") -> dict[str, Any]:
    """The answer as this role will get it, what is to be put right, and Publish."""
    assert sheet.book is not None
    others = [
        button(f"As {each.word}", f"{PREVIEW}_{each}", pack(sheet.slug, each))
        for each in Role
        if each is not role
    ]
    above: list[Block] = [says(f"*{said}*")] if said else []
    above += [aside(f"As every {role.word} sees it:"), buttons(*others), DividerBlock()]
    answer = repair.answer(sheet.book, (), role, today, is_sure=True, controls=False)
    opened = repair.all_steps(sheet.book, role, today, controls=False).blocks[2:]  # less the first
    below: list[Block] = [DividerBlock(), *_underneath(sheet), *_problems(sheet.problems)]
    acts = [button("Back", OPEN, sheet.slug)]
    if sheet.draft or sheet.book.state is not State.READY:
        if sheet.errors:
            below.append(says("Put the errors right, then you can publish it."))
        elif not sheet.clashes:
            acts.insert(0, button("Publish", PUBLISH, pack(sheet.slug, sheet.digest), "primary"))
    more = [*_dicts([aside("With *All steps*:")]), *opened]
    whole = (*_dicts(above), *answer.blocks, *more, *_dicts([*below, buttons(*acts)]))
    return panel("Preview", Message(answer.text, whole))


def history(slug: str, found: Sequence[Revision]) -> dict[str, Any]:
    blocks: list[Block] = [says(f"*History of {escape(slug)}.md*")]
    for each in found:
        who = f"<@{each.author}>" if each.author else "somebody"
        what = {
            RevisionState.FILE: "saved on the disk",
            RevisionState.SET_ASIDE: f"a draft of {who}, not published",
        }.get(each.state, f"published by {who}")
        blocks.append(
            says(f"{each.at:%-d %B %Y, %H:%M} UTC · {what}", _look(each, 0, "What changed"))
        )
    if not found:
        blocks.append(says("No version is kept yet."))
    blocks.append(buttons(button("Back", OPEN, slug)))
    return panel("History", message(slug, *blocks))


def compared(revision: Revision, difference: str, page: int) -> dict[str, Any]:
    """What a version changed, to its last character, and the way back to it."""
    codes = split(difference, CODE_LENGTH) if difference else []
    here = codes[page * CODES : (page + 1) * CODES]
    blocks: list[Block] = [says(f"{revision.at:%-d %B %Y, %H:%M} UTC. `+` came, `-` went.")]
    blocks += [code(each) for each in here if each] or [says("Nothing differs.")]
    turns = [_look(revision, page - 1, "Newer part")] if page else []
    turns += [_look(revision, page + 1, "Next part")] if len(codes) > (page + 1) * CODES else []
    acts = [*turns, button("Restore this version", RESTORE, str(revision.id))]
    acts.append(button("Back", HISTORY, revision.slug))
    return panel("What changed", message(revision.slug, *blocks, buttons(*acts)))


def sent(slug: str, is_published: bool) -> Message:
    said = (
        "Done. What agents see is up to date."
        if is_published
        else "On its way. If the file cannot be written, you are told why."
    )
    return notice(said, buttons(button("Back", OPEN, slug), button("All playbooks", LIST, "0")))


def not_published(slug: str, why: str) -> Message:
    """For its author."""
    return notice(
        f"Your version of *{escape(slug)}* was not published: {escape(why)} It is your draft"
        " again; nothing is lost.",
        buttons(button("Open it", OPEN, slug)),
    )


def title_of(book: Playbook) -> str:
    return escape(shortened(book.title, 300))


def search(action: str) -> ExternalDataSelectElement:
    """A menu of playbooks by their title."""
    return ExternalDataSelectElement(
        action_id=action, placeholder="Search by title", min_query_length=1
    )


def _look(revision: Revision, page: int, label: str) -> ButtonElement:
    return button(label, f"{COMPARE}_{page}", pack(revision.id, page))


def turns(action: str, page: int, has_more: bool) -> list[Block]:
    """From page to page."""
    turned = [button("Back", f"{action}_0", str(page - 1))] if page else []
    turned += [button("More", f"{action}_1", str(page + 1))] if has_more else []
    return [buttons(*turned)] if turned else []


def _sure(label: str, action: str, value: str, text: str) -> ButtonElement:
    sure = ConfirmObject(title=f"{label}?", text=text, confirm="Yes", deny="No")
    return ButtonElement(text=label, action_id=action, value=value, confirm=sure)


def _dicts(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    return [block.to_dict() for block in blocks]
