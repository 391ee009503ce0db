"""Whether a request is Slack's: its signature, its time, and that it was not made before.

What does not fit is refused without a word about why; the operator reads why in the log, once in
a while, and from the doctor.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

AGE_SECONDS = 300  # as far as Slack's clock and this one may differ
REMEMBERED = 10_000  # signatures; far more than Slack sends one workspace in five minutes
REPLAY_SECONDS = 600
SAID_EVERY = 600.0  # seconds between two lines in the log about the same
TOLD_FOR = 3600.0  # seconds for which the doctor tells of a refusal

SECRET = (
    "requests were refused, for their signature does not fit SLACK_SIGNING_SECRET. If no command"
    " works, copy the Signing Secret again (Basic Information, App Credentials) and restart"
)
CLOCK = (
    "requests of Slack's were refused, for their time and this machine's clock are more than five"
    " minutes apart. Turn on time synchronisation (NTP)"
)

_TIMESTAMP = re.compile(r"\d{1,12}", re.ASCII)

log = logging.getLogger(__name__)


class Signatures:
    """Checks requests with the app's signing secret. `now` gives seconds since the epoch."""

    def __init__(self, secret: str, now: Callable[[], float] = time.time) -> None:
        self._secret = secret.encode()
        self._now = now
        self._seen: OrderedDict[str, float] = OrderedDict()
        self._refused: dict[str, tuple[int, float]] = {}  # why → how often, when last
        self._said_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def fits(self, body: bytes, timestamp: str, signature: str) -> bool:
        """Whether Slack signed this within the last five minutes."""
        if not _TIMESTAMP.fullmatch(timestamp) or not signature.startswith("v0="):
            return False  # somebody who does not even claim to be Slack: no word in the log
        signed = f"v0:{timestamp}:".encode() + body
        right = "v0=" + hmac.new(self._secret, signed, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right.encode(), signature.encode()):
            self._refuse(SECRET)
            return False
        if abs(self._now() - int(timestamp)) > AGE_SECONDS:
            self._refuse(CLOCK)
            return False
        return True

    def is_repeated(self, signature: str) -> bool:
        """Whether a request with this signature was taken before; from now on it was."""
        now = self._now()
        with self._lock:
            while self._seen and (
                len(self._seen) >= REMEMBERED
                or next(iter(self._seen.values())) < now - REPLAY_SECONDS
            ):
                self._seen.popitem(last=False)
            if signature in self._seen:
                return True
            self._seen[signature] = now
            return False

    def lately_refused(self) -> list[str]:
        """A sentence for each reason why requests were refused within the last hour."""
        with self._lock:
            return [
                f"{count} {why}."
                for why, (count, at) in self._refused.items()
                if self._now() - at < TOLD_FOR
            ]

    def _refuse(self, why: str) -> None:
        now = self._now()
        with self._lock:
            count, at = self._refused.get(why, (0, now))
            count = count + 1 if now - at < TOLD_FOR else 1
            self._refused[why] = count, now
            is_due = now - self._said_at.get(why, now - SAID_EVERY) >= SAID_EVERY
            if is_due:
                self._said_at[why] = now
        if is_due:
            log.warning("%d %s", count, why)
