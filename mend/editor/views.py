"""The windows of the playbook editor: the list, a playbook, its versions."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from mend.editor import verifying_views as verifying
from mend.editor.forms import EDIT, NEW
from mend.editor.model import Change, Listed, Revision, RevisionState, Sheet, Version
from mend.people.model import Role
from mend.playbooks.model import Playbook, State
from mend.repair import gap_views as gaps
from mend.repair import use_views as use
from mend.repair import views as repair
from mend.slack import doors, ui
from mend.slack.packing import pack

LIST = doors.PLAYBOOKS
WAITING = "playbook_waiting"
FIND = "playbook_find"
OPEN = doors.PLAYBOOK
PUBLISH = "playbook_publish"
ARCHIVE = "playbook_archive"
DISCARD = "playbook_discard"
SETTLE = "playbook_settle"
HISTORY = "playbook_history"
VERSION = "playbook_version"
RESTORE = "playbook_restore"
MORE = "playbook_more"  # ⋯, whose choices have routes of their own

ALL = "all"
SHOWN = 8  # of the list, so that it fits a phone; the search has every one
FILTERS = 90
OPTIONS = 100  # Slack's limit
PART_LENGTH, PARTS_SHOWN = 2900, 20  # of what changed: characters a block, blocks a page
AGENTS_HAVE = {
    State.READY: "Agents have it.",
    State.ARCHIVED: "Archived: agents do not have it.",
    State.DRAFT: "A draft: agents do not have it.",
}


def books(found: Sequence[Listed], group: str, waiting: int) -> dict[str, Any]:
    """The list: what needs somebody on top, every one by search, by group where one is chosen."""
    standings, categories = (sorted({groups_of(each)[n] for each in found} - {""}) for n in (0, 1))
    groups = {name: name.capitalize() for name in (*standings, *categories)}
    shown = [each for each in found if is_in(each, group)]
    heading = f"*{_count(len(shown))}*" + (f" · {waiting} waiting, under ⋯" if waiting else "")
    filters = {ALL: "All", **dict(list(groups.items())[:FILTERS])}
    rest = len(shown) - SHOWN
    content = ui.message(
        heading,
        ui.says(heading),
        ui.buttons(search(FIND), ui.select(LIST, "Show", filters, group)),
        *([_lines(shown[:SHOWN])] if shown else []),
        *(
            [ui.aside(f"And {rest} more: open the search, or type what they say.")]
            if rest > 0
            else []
        ),
        ui.buttons(
            ui.button("New playbook", NEW, "{}", "primary"),
            ui.menu(
                MORE,
                (f"Waiting ({waiting})", WAITING, "0"),
                ("To check", verifying.OPEN, "0"),
                ("Looked for and not found", gaps.OPEN, "0"),
                ("How they are used", use.OPEN, f"{use.FIRST} 0"),
            ),
        ),
    )
    return ui.panel("Playbooks", content, group)


def groups_of(each: Listed) -> list[str]:
    """By which the list can be narrowed: what there is to say of it, and its category."""
    return [ui.shortened(name.strip(), ui.OPTION_LABEL) for name in (each.standing, each.category)]


def is_in(each: Listed, group: str) -> bool:
    return group == ALL or group in groups_of(each)


def search(action: str) -> ui.Element:
    """A menu of playbooks, all of them before anything is typed."""
    return ui.search(action, "Open: type or choose", 0)


def options(found: Sequence[Listed]) -> list[dict[str, Any]]:
    """Answers to the search."""
    return [ui.option(each.slug, each.title) for each in found[:OPTIONS]]


def _count(number: int) -> str:
    return "One playbook" if number == 1 else f"{number or 'No'} playbooks"


def _lines(found: Sequence[Listed]) -> ui.Block:
    items = [
        ui.words(
            ui.shortened(each.title, 300), ui.italic(f"  {each.standing}") if each.standing else ""
        )
        for each in found
    ]
    return ui.rich(ui.items(items))


def playbook(sheet: Sheet, today: date, said: str = "") -> ui.Message:
    """One playbook as every agent will see it, the one thing to do next, and all there is to do."""
    above: list[ui.Block] = [ui.says(f"*{said}*")] if said else []
    if sheet.clashes:
        return ui.message(sheet.title, *above, *_clash(sheet))
    if sheet.book is None:
        return ui.message(sheet.title, *above, *_unreadable(sheet))
    is_served = sheet.book.state is State.READY and sheet.base
    standing = AGENTS_HAVE[sheet.book.state]
    if sheet.draft:
        old = "; they have what was there before" if is_served else ""
        standing = f"Your draft. Agents do not have it yet{old}."
    if sheet.underneath:
        parts = ui.escape(", ".join(sheet.underneath))
        standing += f" Somebody else changed {parts} meanwhile; that is in it, too."
    above.append(ui.aside(standing))
    above += [ui.quoted(source) for source in sheet.sources]
    above += [ui.says(f"*Next:* {ui.escape(sheet.next)}")] if sheet.next else []
    above += [_acts(sheet, sheet.book, today), ui.divider()]
    answer = repair.answer(sheet.book, (), Role.AGENT, today, is_sure=True, controls=False)
    opened = repair.whole(sheet.book, Role.AGENT, today).blocks[2:]
    rest = ui.aside("With *All steps*:")
    whole = (*above, *answer.blocks, rest, *opened)
    return ui.Message(answer.text, whole)


def _acts(sheet: Sheet, book: Playbook, today: date) -> ui.Block:
    has_news = sheet.draft or book.state is not State.READY
    may_publish = has_news and not sheet.errors
    seen, is_ready = pack(sheet.slug, sheet.digest), may_publish and not sheet.next
    acts: list[ui.Element] = []
    if may_publish:
        acts.append(ui.button("Publish", PUBLISH, seen, "primary" if is_ready else None))
    acts.append(ui.button("Edit", EDIT, seen, None if is_ready else "primary"))
    if not has_news and book.verified != today:
        seen = pack(sheet.slug, book.mark())
        acts.append(ui.button("Still right", verifying.STILL_RIGHT, seen))
    return ui.buttons(*acts, _more(sheet))


def _more(sheet: Sheet) -> ui.Element:
    choices = [("History", HISTORY, sheet.slug)]
    if sheet.draft:
        choices.insert(0, ("What I changed", VERSION, pack(sheet.draft.id)))
        choices.append(("Discard my draft", DISCARD, sheet.slug))
    elif sheet.book and sheet.book.state is not State.ARCHIVED:
        choices.append(("Archive", ARCHIVE, sheet.slug))
    return ui.menu(MORE, *choices, ("All playbooks", LIST, ALL))


def _unreadable(sheet: Sheet) -> list[ui.Block]:
    why = next((each.says for each in sheet.problems), "")
    said = f"Its file was changed by hand and cannot be read: {ui.escape(why)}"
    blocks = [ui.says(f"*{title_of(sheet)}*"), ui.says(said)]
    acts: list[ui.Element] = [_more(sheet)]
    if sheet.good:
        blocks.append(ui.says("Agents keep the last version that could be read."))
        label = f"Start from the version of {sheet.good.at:%-d %B}"
        acts.insert(0, ui.button(label, RESTORE, str(sheet.good.id), "primary"))
    return [
        *blocks,
        ui.aside("`/mend doctor` says where in the file."),
        ui.buttons(*acts),
    ]


def _clash(sheet: Sheet) -> list[ui.Block]:
    """Decided knowingly, with both before the eyes."""
    mine, theirs = (pack(sheet.slug, sheet.there, is_mine) for is_mine in (True, False))
    blocks: list[ui.Block] = [
        ui.says(f"*{title_of(sheet)}*\nSomebody else changed the same words. Which is it to be?"),
        *(block for each in sheet.clashes for block in _change(each, "Theirs", "Yours")),
    ]
    return [
        *blocks[: 2 * PARTS_SHOWN],
        ui.aside("What you leave out stays in the history. Everything else from both is kept."),
        ui.buttons(
            ui.button("Keep mine", f"{SETTLE}_0", mine),
            ui.button("Keep theirs", f"{SETTLE}_1", theirs),
            _more(sheet),
        ),
    ]


def _change(change: Change, before: str, now: str) -> Iterator[ui.Block]:
    yield ui.says(f"*{change.part}*")
    for label, text in ((before, change.before), (now, change.now)):
        if text:
            yield ui.aside(label)
        for part in ui.split(text, PART_LENGTH) if text else ():
            yield ui.quoted(part)


def versions(
    found: Version | None, every: Sequence[Revision], slug: str, zone: ZoneInfo, page: int
) -> dict[str, Any]:
    """A playbook's versions, one at a time: what it changed, and the way back to it."""
    back = ui.button("Back", OPEN, slug)
    if found is None:
        return ui.panel("History", ui.notice("No version is kept yet.", ui.buttons(back)))
    revision = found.revision
    labels = {pack(each.id): _label(each, zone) for each in every[:OPTIONS]}
    by = f"By <@{revision.author}>." if revision.author else ""
    standing = " This is how it stands." if found.is_current else ""
    changed = [
        block for each in found.changes or () for block in _change(each, "Before", "Now")
    ] or [
        ui.says("Agents read the same as before." if found.changes == () else "It cannot be read.")
    ]
    acts: list[ui.Element] = []
    if found.may_restore:
        acts.append(ui.button("Restore this version", RESTORE, str(revision.id)))
    if len(changed) > (page + 1) * PARTS_SHOWN:
        acts.append(ui.button("More", VERSION, pack(revision.id, page + 1)))
    content = ui.message(
        found.title,
        ui.says(f"*{ui.escape(ui.shortened(found.title, 300))}*"),
        ui.buttons(ui.select(f"{VERSION}_1", "Version", labels, pack(revision.id))),
        *([ui.aside(by + standing)] if by or standing else []),
        *changed[page * PARTS_SHOWN :][:PARTS_SHOWN],
        ui.buttons(*acts, back),
    )
    return ui.panel("History", content)


def _label(revision: Revision, zone: ZoneInfo) -> str:
    return f"{revision.at.astimezone(zone):%-d %B, %H:%M} · {_what(revision)}"


def _what(revision: Revision) -> str:
    return {
        RevisionState.DRAFT: "your draft",
        RevisionState.FILE: "saved as a file",
        RevisionState.SET_ASIDE: "a draft, not published",
    }.get(revision.state, "published")


def not_published(slug: str, title: str, why: str) -> ui.Message:
    """For its author."""
    return ui.notice(
        f"Your version of *{ui.escape(title)}* was not published. {ui.escape(why)} It is your draft"
        " again; nothing is lost.",
        ui.buttons(ui.button("Open it", OPEN, slug)),
    )


def title_of(sheet: Sheet) -> str:
    return ui.escape(ui.shortened(sheet.title, 300))
