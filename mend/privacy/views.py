"""What is kept about the reader, in plain words, and the two things to do about it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from mend.ownit.model import CLOSES_AFTER, Visibility
from mend.people.model import KEEP_AUDIT
from mend.promises.model import Promise
from mend.promises.views import summary
from mend.repair.model import KEEP_ASKERS, KEEP_USES
from mend.slack import doors, ui

OPEN = doors.PRIVACY
EXPORT = "privacy_export"
DELETE = "privacy_delete"
PROMISES_TOO = "promises too"
PROMISES_SHOWN = 10

CODE_LENGTH = 3000
CODES_A_MESSAGE = 4  # Slack was seen to refuse messages of much more than 12,000 characters
About = Mapping[str, Sequence[Mapping[str, object]]]  # a kind of thing kept → its rows
_SEEN_BY = {
    Visibility.ONLY_ME: "only you",
    Visibility.WITHOUT_NAME: "without your name",
    Visibility.AS_ME: "in the team channel",
}
_DAYS = {
    "playbooks_seen": f" (for {KEEP_USES.days} days)",
    "gaps_asked_about": f" (for {KEEP_ASKERS.days} days)",
    "admin_acts": f" (for {KEEP_AUDIT.days} days)",
}
BACKUPS = "Backups keep a copy until they rotate."


def about(found: About, keep_days: int) -> ui.Message:
    seen_by = Counter(note["visibility"] for note in found["notes"])
    seen = [f"{seen_by[each]} {words}" for each, words in _SEEN_BY.items() if seen_by[each]]
    counted = _counted(found, _DAYS | {"notes": f" ({', '.join(seen)})"}) or "nothing"
    kept = f"*What Mend keeps about you*\n{counted[:1].upper()}{counted[1:]}."
    who = (
        "*Who can see what*\n"
        "• Only you: private notes, what you learned, promises, look-backs, playbooks you saw,"
        " this page. Nobody else can ask about you.\n"
        "• The team channel: notes you posted. Those without your name count in themes only.\n"
        "• Supervisors: your requests for a hand, until closed, a day at most.\n"
        "• Admins: phrases, what you sent about a gap or a playbook, words about a gap that"
        " somebody else used, too, all without your name; and who edited a playbook.\n"
        "• Whoever runs the server, or Slack itself, can technically read all of it."
    )
    how_long = (
        f"A note's words go {keep_days} days after it closed, {keep_days + CLOSES_AFTER.days} days"
        f" after it was written at the latest. {BACKUPS} The operator keeps the lists of admins and"
        " supervisors."
    )
    blocks: list[ui.Block] = [ui.says(kept), ui.says(who), ui.aside(how_long)]
    blocks.append(ui.buttons(ui.button("Send me my data", EXPORT, "export"), _delete()))
    return ui.message(f"{kept}\n{who}\n{how_long}", *blocks)


def before_deleting(promises: Sequence[Promise], zone: ZoneInfo) -> ui.Message:
    """Nothing is deleted yet: promises to customers would go, too."""
    text = "You have promises to customers that are still open. What becomes of them?"
    return ui.notice(
        text,
        *(block for each in promises[:PROMISES_SHOWN] for block in summary(each, zone)),
        ui.aside("Or delete everything, these promises too: nobody is reminded of them then."),
        ui.buttons(ui.button("Delete all, promises too", DELETE, PROMISES_TOO, "danger")),
    )


def _delete() -> ui.Element:
    ask_first = ui.confirm(
        "Delete all of yours?",
        "Your notes, promises, look-backs and requests go, here and in the team channel."
        " It cannot be undone; send yourself your data first if you need it.",
        "Delete all",
        "Keep it",
    )
    return ui.button("Delete all of mine", DELETE, "delete", "danger", ask_first)


def export(text: str) -> Iterator[ui.Message]:
    """The text in as many messages as it takes. What a notification shows is the heading only."""
    codes = ui.split(text, CODE_LENGTH)
    count = -(-len(codes) // CODES_A_MESSAGE)
    for number in range(count):
        heading = f"Your data, part {number + 1} of {count}: one JSON text, to be read in order."
        here = codes[number * CODES_A_MESSAGE : (number + 1) * CODES_A_MESSAGE]
        yield ui.notice(heading, *(ui.code(each) for each in here))


def deleted(was: About) -> ui.Message:
    gone = _counted(was, {})
    said = f"Deleted: {gone}." if gone else "Nothing of yours was left to delete."
    said += f" What Mend posted for you is being taken out of Slack. {_out_of_reach(was)} {BACKUPS}"
    return ui.notice(said)


def _counted(about: About, more: Mapping[str, str]) -> str:
    """What there is, and how many; `more` is said of some, by their name."""
    return ", ".join(
        f"{name.replace('_', ' ')} {len(kept)}{more.get(name, '')}"
        for name, kept in about.items()
        if kept
    )


def _out_of_reach(was: About) -> str:
    """What stands elsewhere, and stays."""
    stays = ["what you wrote in Slack yourself, which is yours to delete"]
    if any(lesson.get("told_on") for lesson in was["lessons"]):
        stays.append("a recap that told a lesson of yours")
    if was["playbook_edits"]:
        stays.append("playbooks you published, which name nobody now")
    return f"What Mend cannot reach: {'; '.join(stays)}."
