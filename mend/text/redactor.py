"""The one place where what people type is made fit to keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mend.text.redaction import Redacted, redact
from mend.text.slack_text import plain


@dataclass(frozen=True)
class Redactor:
    """`names` are what the workspace's people are called, the writer's own name among them.

    A note that is private today may be shown without its owner's name tomorrow, or told as a
    lesson: then it must not hold that name either.
    """

    names: Callable[[], tuple[str, ...]]

    def typed(self, text: str) -> Redacted:
        """What a person typed, without Slack's escapes and without personal data."""
        return self.words(plain(text))

    def words(self, text: str, *, as_written: bool = False) -> Redacted:
        """The same of words that went through here before, or never were Slack's.

        `as_written` masks only what nobody may write back.
        """
        return redact(text, self.names(), as_written=as_written)

    def asked(self, text: str) -> str:
        """The same of a customer's problem, in which a name is rather a customer's."""
        return redact(plain(text), self.names(), colleague="[name]").text
