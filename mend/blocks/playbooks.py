"""What admins see of the library's learning: about playbooks, never about people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from slack_sdk.models.blocks import Block

from mend.blocks.kit import Message, aside, button, escape, message, says, shortened

UNDO_PHRASE = "phrase_undo"
CLOSE_GAP = "gap_close"
SHOWN = 10
THEMES_SHOWN = 8  # of four blocks each: with the phrases below Slack's fifty


class Phrase(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def slug(self) -> str: ...
    @property
    def phrase(self) -> str: ...


class Gap(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def theme(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def at(self) -> datetime: ...


def overview(phrases: Sequence[Phrase], gaps: Sequence[Gap], titles: Mapping[str, str]) -> Message:
    """The phrases with Undo, and the gaps by theme; words only where their asker sent them."""
    blocks: list[Block] = [says("*Found by these words, too* (two people or more used them)")]
    for each in list(reversed(phrases))[:SHOWN]:
        title = titles.get(each.slug, each.slug)
        blocks.append(
            says(
                f"“{escape(each.phrase)}” finds *{escape(title)}*",
                button("Undo", UNDO_PHRASE, str(each.id)),
            )
        )
    if not phrases:
        blocks.append(aside("None yet. “It worked” under an answer teaches them."))
    blocks.append(says("*Looked for and not found*"))
    themes = Counter(each.theme for each in gaps)
    for theme, _ in themes.most_common(THEMES_SHOWN):
        sent = [each for each in gaps if each.theme == theme and each.words]
        blocks.append(aside(f"About: {escape(theme)}"))
        for gap in sent[:3]:
            words = escape(shortened(gap.words, 200))
            blocks.append(says(f"“{words}”", button("Close", CLOSE_GAP, gap.id)))
    if not gaps:
        blocks.append(aside("Nothing open."))
    text = f"{len(phrases)} learned phrases; {len(themes)} themes without a playbook."
    return message(text, *blocks)
