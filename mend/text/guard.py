"""What keeps blame out of everything that others read.

A private note may say what it likes. What would be published is held back only where a cue can be
pointed at, never for a mere tone: a person must be able to see what to say differently.
"""

from __future__ import annotations

from dataclasses import dataclass

from mend.db.model import Refused
from mend.text.wording import TONE, Encoder, judge

IN_A_PLAYBOOK = "A playbook blames nobody: say what would help, not who."


@dataclass(frozen=True)
class Guard:
    """Judges with the ranking's sentence model, where there is one."""

    encoder: Encoder | None = None

    def blames(self, *texts: str) -> bool:
        """Whether any of these blames somebody, others or oneself."""
        return any(set(judge(text, self.encoder).labels) - {TONE} for text in texts if text)

    def check(self, text: str, sentence: str, field: str | None = None) -> None:
        """Raises Refused with the sentence, about the field, where the text blames somebody."""
        if self.blames(text):
            raise Refused(sentence, field)
