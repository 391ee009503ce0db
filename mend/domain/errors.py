"""What a rule says when it says no."""

from __future__ import annotations


class Refused(Exception):
    """A request that cannot be met; `sentence` is shown, as it stands, to the person who asked.

    The sentence says what is wrong and what to do instead. `field` names the form field (its
    block id) that the sentence is about, where there is one.
    """

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class Stale(Exception):
    """Somebody changed or withdrew the thing after it was read; nothing was written."""


class NotSaved(Exception):
    """The store could not save in time; nothing was written."""
