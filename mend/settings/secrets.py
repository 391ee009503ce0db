"""What must never be printed, whatever setting it was put into by mistake."""

from __future__ import annotations

import re

PASSWORD = "an address with a password in it"

_KINDS = (  # the more special first: a rotated token holds the prefix of what it replaces
    (r"xoxe\.xox[bp]-", "a token that expires within hours (token rotation)"),
    (r"xoxe-", "a refresh token (token rotation)"),
    (r"xoxb-", "a bot token"),
    (r"xoxp-", "a user token"),
    (r"xapp-", "an app-level token"),
    (r"xox[a-z]{1,3}-|xwfp-", "another kind of Slack token"),
    (r"hooks\.slack(?:-gov)?\.com/", "the address of a webhook"),
    (r"://[^/?#\s]*:[^/?#\s]*@|[?&]password=", PASSWORD),
    (r"-----BEGIN", "a private key or a certificate"),
    (r"^[0-9a-f]{32}$", "a signing secret or client secret"),
)
_PATTERNS = [(re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in _KINDS]
_PLACE = {  # where such a thing belongs
    "a bot token": "SLACK_BOT_TOKEN",
    "an app-level token": "SLACK_APP_TOKEN",
    "a signing secret or client secret": "SLACK_SIGNING_SECRET",
}


def kind_of(text: str) -> str:
    """What secret stands anywhere in it ("an app-level token"); empty where none is known."""
    return next((kind for pattern, kind in _PATTERNS if pattern.search(text)), "")


def place_of(kind: str) -> str:
    """The setting such a secret belongs in, or empty."""
    return _PLACE.get(kind, "")


def quoted(text: str, *, is_secret: bool = False) -> str:
    """What a sentence may say of a value: the value in quotes, or only what kind of thing it is."""
    kind = kind_of(text)
    if kind:
        return f"{kind} (not shown)"
    return "something else (not shown)" if is_secret else f'"{text}"'
