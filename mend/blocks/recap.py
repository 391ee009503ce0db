"""The daily learning post: a short parent, and its details for the thread."""

from __future__ import annotations

from datetime import date, datetime

from slack_sdk.models.blocks import Block

from mend.blocks.kit import Message, aside, bold, escape, italic, message, paragraph, quoted, says
from mend.domain.recaps import CHANGES_SHOWN, ChangeKind, PlaybookChange, Recap

_KINDS = {
    ChangeKind.NEW: "New playbook",
    ChangeKind.CHANGED: "Changed",
    ChangeKind.FROM_NOTE: "A note from the team improved",
    ChangeKind.VERIFIED: "Checked and still right",
    ChangeKind.RETIRED: "Retired",
}


def parent(recap: Recap, today: date) -> Message:
    """The post itself; says for which day where that is not today (sent late)."""
    day = "" if recap.day == today else f" for {recap.day:%A %-d %B}"
    heading = f"What we learned{day}"
    blocks: list[Block] = [says(f"*{heading}*")]
    lines = [heading]
    shown = recap.changes[:CHANGES_SHOWN]
    for change in shown:
        blocks.append(_line(change))
        lines.append(_plain(change))
    rest = len(recap.changes) - len(shown)
    if rest > 0:
        blocks.append(aside(f"And {rest} more playbooks, in the thread."))
        lines.append(f"And {rest} more playbooks, in the thread.")
    if recap.lesson:
        blocks += [paragraph(bold("A lesson from the team")), quoted(recap.lesson)]
        lines.append(f"A lesson from the team: {recap.lesson}")
    line = recap.keep_in_mind
    if line:
        blocks.append(
            paragraph(
                bold("Keep in mind  "),
                "If a customer says ",
                italic(f"“{line.title}”"),
                f", then I say: “{line.say_first}”",
            )
        )
        lines.append(
            f"Keep in mind: if a customer says “{line.title}”, then I say: “{line.say_first}”"
        )
    blocks.append(aside(recap.thanks))
    lines.append(recap.thanks)
    return message(escape("\n".join(lines)), *blocks)


def preview(content: Message, next_at: datetime | None) -> Message:
    """The parent as it would be told now, for one person's eyes."""
    when = f"{next_at:%A %-d %B, %H:%M} ({next_at.tzinfo})" if next_at else "no team channel is set"
    note = aside(f"Only you see this preview. Next recap: {when}.")
    return Message(content.text, (*content.blocks, note.to_dict()))


def details(recap: Recap) -> Message | None:
    """What did not fit the parent; None where all did."""
    rest = recap.changes[CHANGES_SHOWN:]
    if not rest:
        return None
    return message(
        escape("\n".join(_plain(change) for change in rest)),
        *(_line(change) for change in rest[:50]),
    )


def _line(change: PlaybookChange) -> Block:
    return paragraph(bold(_KINDS[change.kind] + "  "), change.title)


def _plain(change: PlaybookChange) -> str:
    return f"{_KINDS[change.kind]}: {change.title}"
