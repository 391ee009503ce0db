"""Distress is met with support wherever somebody types it, and with nothing else.

Nobody else reads what they wrote: it is kept for them alone, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from mend.dispatch.payloads import words_typed
from mend.dispatch.routes import Reply, Request, Route, Typed
from mend.slack import doors, ui
from mend.text.slack_text import plain
from mend.text.wording import is_distress

READ = 3000  # characters of each text; a longer one is refused anyway


@dataclass(frozen=True)
class Support:
    """`help_line` is the operator's own sentence, or empty."""

    help_line: str

    def card(self, *, kept: bool) -> ui.Message:
        """For somebody at the end of their strength: no lesson, no question.

        `kept`: their words are saved, for them alone.
        """
        words = "It is saved, only you can see it, and n" if kept else "N"
        said = (
            "That sounds like a lot to carry, and one shift does not say who you are."
            f" {words}othing needs deciding now. {self.help_line}"
        )
        choices = (
            ui.button("Take a minute", doors.PAUSE, ""),
            ui.button("Ask a lead to call me", doors.CALL_ME, ""),
        )
        return ui.notice(said.strip(), ui.buttons(*choices))


def in_distress(request: Request, route: Route) -> str:
    """What whoever asks typed, where it shows distress; empty where it does not."""
    if route.typed is Typed.CUSTOMERS:
        return ""
    typed = [plain(words[:READ]) for words in words_typed(request)]
    return "\n".join(typed) if any(is_distress(words) for words in typed) else ""


def supported(
    route: Route,
    request: Request,
    words: str,
    run: Callable[[Request], Reply],
    support: Support,
    keep: Callable[[str, str, str], object],
) -> Reply:
    """The answer to words in distress, which are kept where they belong."""
    if route.typed is Typed.MINE:
        done = run(request)
        card = support.card(kept=True)
        return replace(done, message=card, later=None, form=None)
    if route.typed is Typed.NOBODYS:
        return Reply(support.card(kept=False))
    keep(request.user, request.id, words)
    return Reply(support.card(kept=True))
