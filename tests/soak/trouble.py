"""What goes wrong around the bot of the soak: Slack away, the channel archived, closed or shared.

Each trouble holds for some lives of the bot and then ends; Slack's clock runs on meanwhile.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from tests.owed.bad_days import EVERYTHING, FOR_EVER
from workspace import Workspace

AWAY = tuple(method for method in EVERYTHING if method != "auth.test")  # or it does not start
REFUSED = ("chat.postMessage", "chat.update", "chat.delete")
ERRORS = ("http_500", "ratelimited", "lost", "timeout", "internal_error")
REFUSALS = ("restricted_action", "invalid_auth", "edit_window_closed", "channel_not_found")
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=12)  # of the clock, a life


@dataclass
class Trouble:
    """`kinds` counts what there was; `posts` are what stood when the channel became shared."""

    ws: Workspace
    chance: random.Random
    kinds: dict[str, int] = field(default_factory=dict)
    lives_left: int = 0
    is_shared: bool = False

    def next(self) -> timedelta | None:
        """Before a life of the bot: how long the clock runs, where it is not as usual."""
        if self.lives_left:
            self.lives_left -= 1
        else:
            self.end()
            if self.chance.random() < 0.3:
                self.begin()
        if not self.lives_left:
            return None
        return SHORTEST + (LONGEST - SHORTEST) * self.chance.random()

    def begin(self) -> None:
        kinds: tuple[Callable[[], None], ...] = (
            *(self._away, self._refuses, self._archives, self._kicks, self._shares),
        )
        kind = self.chance.choice(kinds)
        kind()
        name = kind.__name__.strip("_")
        self.kinds[name] = self.kinds.get(name, 0) + 1
        self.lives_left = self.chance.randint(1, 4)

    def end(self) -> None:
        """All is well again."""
        self.lives_left, self.is_shared = 0, False
        self.ws.web_api.failures.clear()
        with self.ws.change():
            channel = self.ws.channel("support")
            channel.archived, channel.shared, channel.bot_in = False, False, True

    def _away(self) -> None:
        error = self.chance.choice(ERRORS)
        for method in AWAY:
            self.ws.fail(method, error=error, times=FOR_EVER, retry_after=30)

    def _refuses(self) -> None:
        error = self.chance.choice(REFUSALS)
        for method in REFUSED:
            self.ws.fail(method, error=error, times=FOR_EVER)

    def _archives(self) -> None:
        with self.ws.change():
            channel = self.ws.channel("support")
            channel.archived, channel.bot_in = True, False

    def _kicks(self) -> None:
        with self.ws.change():
            self.ws.channel("support").bot_in = False

    def _shares(self) -> None:
        self.is_shared = True
        with self.ws.change():
            self.ws.channel("support").shared = True
