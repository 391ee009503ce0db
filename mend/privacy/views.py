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
BACKUPS = "Backups keep a copy until they rotate."


def about(found: About, keep_days: int) -> ui.Message:
    seen_by = Counter(note["visibility"] for note in found["notes"])
    kept = "\n".join(
        [
            "*What Mend keeps about you*",
            f"• Notes: {len(found['notes'])} ({seen_by[Visibility.ONLY_ME]} only you,"
            f" {seen_by[Visibility.WITHOUT_NAME]} without your name, {seen_by[Visibility.AS_ME]} in"
            f" the team channel), with {len(found['replies'])} of your replies in their threads",
            f"• Promises: {len(found['promises'])} · look-backs: {len(found['look_backs'])}"
            f" · lessons you released: {len(found['lessons'])}"
            f" · playbook changes you proposed: {len(found['drafts']) + len(found['suggestions'])}"
            f" · versions of playbooks you wrote: {len(found['playbook_edits'])}",
            f"• Playbooks, when you last saw which version ({KEEP_USES.days} days):"
            f" {len(found['playbooks_seen'])}",
            f"• Phrases you helped teach: {len(found['phrases_taught'])} · gaps you asked about:"
            f" {len(found['gaps_asked_about'])} ({KEEP_ASKERS.days} days)",
            f"• Open requests for a hand: {len(found['requests_for_a_hand'])}"
            f" · messages owed to you: {len(found['messages_owed'])}",
            f"• Parts of the welcome you have seen: {len(found['welcomes'])}",
            *(
                [f"• What you did as an admin ({KEEP_AUDIT.days} days): {len(found['admin_acts'])}"]
                if found["admin_acts"]
                else []
            ),
        ]
    )
    seen = (
        "*Who can see what*\n"
        "• Only you: notes marked so, what you learned, promises, look-backs, the playbooks you"
        " saw, this page. Nobody else can ask Mend about you.\n"
        "• The team channel: the notes you posted there. Notes without your name count in themes"
        " only.\n"
        "• Supervisors: your requests for a hand, until they are closed, a day at most.\n"
        "• Admins: phrases, what you sent about a gap or a playbook, and words about a gap that"
        " somebody else used, too, without your name; and who edited a playbook.\n"
        "• Whoever runs the server, or Slack itself, can technically read all of it."
    )
    how_long = (
        f"A note's words go {keep_days} days after it closed; it closes {CLOSES_AFTER.days} days"
        f" after it was written at the latest. {BACKUPS} The operator's lists of admins and"
        " supervisors are theirs."
    )
    blocks: list[ui.Block] = [ui.says(kept), ui.says(seen), ui.aside(how_long)]
    blocks.append(ui.buttons(ui.button("Send me my data", EXPORT, "export"), _delete()))
    return ui.message(f"{kept}\n{seen}\n{how_long}", *blocks)


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
    gone = ", ".join(f"{name.replace('_', ' ')} {len(kept)}" for name, kept in was.items() if kept)
    said = f"Deleted: {gone}." if gone else "Nothing of yours was left to delete."
    said += f" What Mend posted for you is being taken out of Slack. {_out_of_reach(was)} {BACKUPS}"
    return ui.notice(said)


def _out_of_reach(was: About) -> str:
    """What stands elsewhere, and stays."""
    stays = ["what you wrote in Slack yourself, which is yours to delete"]
    if any(lesson.get("told_on") for lesson in was["lessons"]):
        stays.append("a recap that told a lesson of yours")
    if was["playbook_edits"]:
        stays.append("playbooks you published, which name nobody now")
    return f"What Mend cannot reach: {'; '.join(stays)}."
