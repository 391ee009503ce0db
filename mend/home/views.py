"""App Home: what waits for this person, the doors, their own notes, and what their role adds."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from mend.editor import limit_views as limits
from mend.editor import views as editor
from mend.helping import views as helping
from mend.helping.model import HelpRequest
from mend.lookbacks import views as lookbacks
from mend.ownit import window_views as windows
from mend.ownit.model import Note
from mend.pause import views as pause
from mend.people import views as team
from mend.people.model import Role
from mend.people.store import AdminAct
from mend.playbooks.model import Playbook
from mend.promises.model import Promise
from mend.promises.views import summary as promise_summary
from mend.recap.causes import views as causes
from mend.recap.conditions import views as conditions
from mend.recap.daily import views as daily
from mend.repair import picker
from mend.slack import doors, ui

PAGE = "home_page"
HELP = "home_help"
AUDIT = "home_audit"
MORE = "home_more"  # menus, whose choices have routes of their own
PROMISES_SHOWN = 5
NOTES_SHOWN = 10
LOOKBACKS_SHOWN = 3
HANDS_SHOWN = 5
EXCERPT = 150


@dataclass(frozen=True, slots=True)
class Mine:
    """What stands on one person's page: what is theirs, and what their role adds.

    `notes` are one page of their notes, `lookbacks` those that they were asked about. `helping`
    are the requests that a supervisor may answer, None for who is none; `asked` are those this
    person made. `team` is theirs, or empty, and `zone` its time zone. `standing` are the ids
    of the notes that stand in their channel.
    """

    notes: Sequence[Note]
    promises: Sequence[Promise] = ()
    lookbacks: Sequence[Note] = ()
    recent: Sequence[Playbook] = ()
    helping: Sequence[HelpRequest] | None = None
    asked: Sequence[HelpRequest] = ()
    zone: ZoneInfo = ZoneInfo("UTC")
    role: Role = Role.AGENT
    team: str = ""
    next_recap: datetime | None = None
    page: int = 0
    has_older: bool = False
    standing: frozenset[str] = frozenset()


def home(
    mine: Mine, policy_url: str, said: ui.Message | None, on_top: Sequence[ui.Block] = ()
) -> dict[str, Any]:
    """The view. `said` stands on top: the answer to what was just pressed here."""
    blocks: list[ui.Block] = [ui.header("Mend"), *on_top, *_waiting(mine)]
    is_setting_up = any(block["type"] == "actions" for block in on_top)
    blocks += _doors(mine, is_setting_up=is_setting_up)
    blocks += _notes(mine)
    if mine.role >= Role.SUPERVISOR:
        blocks += _supervising(mine)
    if mine.role >= Role.ADMIN:
        blocks += _administering()
    blocks.append(ui.aside(fairness(policy_url)))
    view = ui.home(blocks)
    if said:
        view["blocks"] = [*said.blocks, {"type": "divider"}, *view["blocks"]]
    return view


def closed(why: str) -> dict[str, Any]:
    """App Home of somebody whom Mend is not for."""
    return ui.home([ui.says(why)])


def fairness(policy_url: str) -> str:
    """What Mend can and cannot promise about an owned note."""
    policy = (
        f"<{policy_url}|How your company treats owned mistakes.>"
        if policy_url
        else "Your company has not set a policy on owned mistakes here."
    )
    return f"{policy} Whoever runs the server, or Slack itself, can technically read what is kept."


def admin_acts(
    acts: Sequence[AdminAct], title: Callable[[str], str], zone: ZoneInfo, days: int
) -> ui.Message:
    """Newest first. Whoever had their data deleted is nobody here; `title` is a playbook's."""
    lines = [
        f"{each.at.astimezone(zone):%-d %b %H:%M}  "
        f"{f'<@{each.admin}>' if each.admin else 'somebody'} {ui.escape(each.act)}"
        f" {_channel(each.subject) or f'*{ui.escape(title(each.subject))}*'}"
        for each in acts
    ]
    heading = f"*What admins did* (kept {days} days)"
    return ui.notice("\n".join([heading, *(lines or ["Nothing yet."])]))


def _channel(subject: str) -> str:
    return f"<#{subject}>" if re.fullmatch(r"[CG][A-Z0-9]+", subject) else ""


def _waiting(mine: Mine) -> list[ui.Block]:
    """What waits for this person: who needs a hand, what they asked and promised, look-backs."""
    blocks: list[ui.Block] = []
    for help_request in (mine.helping or ())[:HANDS_SHOWN]:
        blocks.append(helping.line(help_request, mine.zone))
    for help_request in mine.asked[:HANDS_SHOWN]:
        blocks += helping.summary(help_request, mine.zone)
    for promise in mine.promises[:PROMISES_SHOWN]:
        blocks += promise_summary(promise, mine.zone)
    for note in mine.lookbacks[:LOOKBACKS_SHOWN]:
        words = [ui.aside("Any clearer now?"), ui.paragraph(ui.shortened(note.text, EXCERPT))]
        blocks += [*words, lookbacks.choices(note)]
    return [ui.says("*Waiting for you*"), *blocks, ui.divider()] if blocks else []


def _doors(mine: Mine, *, is_setting_up: bool) -> list[ui.Block]:
    """What everybody may do; a ⋯ holds the commands that are typed less often.

    While there is something to set up, what was used lately can wait.
    """
    more = ui.menu(
        f"{MORE}_0",
        ("What to expect now", daily.BRIEF, ""),
        ("Preview the recap", daily.RECAP, ""),
        ("The team's rules", team.SHOW, ""),
        ("Privacy", doors.PRIVACY, ""),
        ("Help", HELP, ""),
    )
    first = ui.buttons(
        ui.button("Own something", doors.OWN, "", "primary"),
        ui.button("Find a repair", picker.OPEN, "repair"),
        ui.button("Pause", pause.OPEN, "pause"),
        more,
    )
    blocks: list[ui.Block] = [first]
    if mine.recent and not is_setting_up:
        quick = [
            ui.button(book.title, f"{picker.QUICK}_{place}", book.slug)
            for place, book in enumerate(mine.recent)
        ]
        blocks += [ui.aside("You used lately"), ui.buttons(*quick)]
    if mine.next_recap:
        at = mine.next_recap
        blocks.append(ui.aside(f"Next recap: {at:%A %-d %B, %H:%M} ({at.tzinfo})."))
    return blocks


def _notes(mine: Mine) -> list[ui.Block]:
    blocks: list[ui.Block] = [ui.divider(), ui.says("*Your notes* (only you see this page)")]
    for note in mine.notes:
        blocks.append(windows.one_line(note, mine.zone, stands=note.id in mine.standing))
    if not mine.notes:
        blocks.append(
            ui.says("Nothing here. When something slips: `/ownit`, one line. It stays yours.")
        )
    turns = []
    if mine.page:
        turns.append(ui.button("Newer", f"{PAGE}_0", str(mine.page - 1)))
    if mine.has_older:
        turns.append(ui.button("Older", f"{PAGE}_1", str(mine.page + 1)))
    return [*blocks, *([ui.buttons(*turns)] if turns else [])]


def _supervising(mine: Mine) -> list[ui.Block]:
    more = ui.menu(
        f"{MORE}_1",
        ("What got in the way", causes.OPEN, mine.team),
        ("Conditions to watch", conditions.SHOW, ""),
        ("Change the team's rules", team.OPEN, mine.team),
    )
    blocks: list[ui.Block] = [ui.divider(), ui.says("*Your team*", more if mine.team else None)]
    if mine.helping is not None and not mine.helping:
        blocks.append(ui.aside("Nobody is waiting for a hand."))
    return blocks


def _administering() -> list[ui.Block]:
    more = ui.menu(
        f"{MORE}_2",
        ("What waits", editor.WAITING, "0"),
        (limits.TITLE, limits.OPEN, str(int(Role.AGENT))),
        ("Doctor", doors.DOCTOR, ""),
        ("What admins did", AUDIT, ""),
    )
    playbooks = ui.button("Playbooks", editor.LIST, "0")
    return [ui.divider(), ui.says("*The workspace*"), ui.buttons(playbooks, more)]
