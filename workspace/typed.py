"""Text as Slack's client sends what a person typed."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"https?://[^\s&|]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w+")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def linked(text: str, people: dict[str, str], names: bool = False) -> str:
    """Escaped, with mentions of `people` (name -> id), e-mail and web addresses as links.

    `names` writes a mention with its name, as Slack does in commands. Telephone numbers stay.
    """

    def link(match: re.Match[str]) -> str:
        found = match[0]
        if found[0] == "@":
            name = found[1:].lower()
            shown = f"|{name}" if names else ""
            return f"<@{people[name]}{shown}>" if name in people else found
        return f"<{found}>" if "://" in found else f"<mailto:{found}|{found}>"

    return _SPECIAL.sub(link, escaped(text))
