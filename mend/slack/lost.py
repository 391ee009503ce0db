"""Why a call got no answer of Slack's, in the words that an operator can act on."""

from __future__ import annotations

import ssl
import urllib.error
from urllib.parse import urlsplit

from mend.slack.model import Failure, NotSent

UNTRUSTED = "the certificate is not trusted"
NO_TLS = "no encrypted connection came about"
PROXY_PASSWORD = "the proxy asks for a password (407)"
PROXY_REFUSED = "the proxy let nothing through"
NO_ANSWER_OF_SLACKS = "unreadable answer"

_UNREACHABLE = (101, 113, -2, -3, -5)  # no route, no host, no name


def lost(wrong: Exception, proxy: str | None = None) -> NotSent:
    """Of a call without an answer: certainly not sent only where no connection was made."""
    cause = wrong.reason if isinstance(wrong, urllib.error.URLError) else wrong
    said = str(cause)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return NotSent(Failure.UNAVAILABLE, UNTRUSTED)
    if isinstance(cause, ssl.SSLError):
        return NotSent(Failure.UNAVAILABLE, NO_TLS)
    if said.startswith("Tunnel connection failed") or "via proxy status" in said:
        refused = PROXY_PASSWORD if "407" in said else PROXY_REFUSED
        return NotSent(Failure.UNAVAILABLE, f"{refused}{_through(proxy)}")
    detail = f"{type(cause).__name__}{_through(proxy)}"
    never_connected = isinstance(cause, ConnectionRefusedError) or "getaddrinfo" in said
    if never_connected or (isinstance(cause, OSError) and cause.errno in _UNREACHABLE):
        return NotSent(Failure.UNAVAILABLE, detail)
    return NotSent(Failure.UNKNOWN, detail)


def unreadable(status: int, proxy: str | None = None) -> NotSent:
    """An answer that is not Slack's: a proxy's, a filter's, a page to sign in at."""
    if status == 407:
        return NotSent(Failure.UNAVAILABLE, f"{PROXY_PASSWORD}{_through(proxy)}")
    return NotSent(Failure.UNKNOWN, f"{NO_ANSWER_OF_SLACKS}{_through(proxy)}")


def _through(proxy: str | None) -> str:
    """Which proxy it went through, without the password that may stand in its address."""
    if not proxy:
        return ""
    host = urlsplit(proxy if "://" in proxy else f"//{proxy}").netloc.rpartition("@")[2]
    return f", through the proxy {host}"
