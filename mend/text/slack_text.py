"""What Slack sends, as the person typed it.

Slack wraps links, addresses, phone numbers and mentions in angle brackets and escapes `&`, `<`
and `>`; nothing may be read, masked or stored before that is undone. People are never named:
a mention becomes "a colleague" (product rule).
"""

from __future__ import annotations

import re
import unicodedata

_CONTROL = re.compile(r"<([^<>]+)>")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_BROADCASTS = {"channel": "the channel", "here": "everyone here", "everyone": "everyone"}
_JOINER = "\u200d"
_BLANK = str.maketrans(dict.fromkeys("\u115f\u1160\u3164\uffa0\u2800", " "))  # fillers: letters
_UNSEEN = frozenset("\u034f\u17b4\u17b5")  # that nobody sees, whatever Unicode calls them
_LINE_ENDS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")


def plain(text: str) -> str:
    """The words a person typed, safe to store: no Slack markup, no invisible characters.

    Newlines stay; a link always shows its address, so that a label cannot hide it.
    """
    return _ENTITY.sub(_unescaped, _CONTROL.sub(_spelled_out, _visible(text))).strip()


def is_blank(text: str) -> bool:
    """Whether nobody could see anything in it."""
    return not _visible(text).strip()


def _unescaped(match: re.Match[str]) -> str:
    return _ENTITIES[match[1]]


def _visible(text: str) -> str:
    """Without control and format characters (bidi overrides, zero-width), except emoji joiners.

    What looks like nothing is a space or nothing; a variation selector stays beside what it varies.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ").translate(_BLANK)
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    kept: list[str] = []
    for position, char in enumerate(text):
        if char == _JOINER:
            after = text[position + 1 : position + 2]
            if kept and _is_emoji_part(kept[-1]) and after and _is_emoji(after):
                kept.append(char)
        elif char in _UNSEEN:
            continue
        elif _is_selector(char):
            if kept and not kept[-1].isspace() and not _is_selector(kept[-1]):
                kept.append(char)
        elif char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs"):
            kept.append(char)
    return "".join(kept)


def _is_selector(char: str) -> bool:
    return (
        "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
        or "\u180b" <= char <= "\u180f"
    )


def _is_emoji(char: str) -> bool:
    return "\u2190" <= char <= "\u2bff" or "\U0001f000" <= char <= "\U0001faff"


def _is_emoji_part(char: str) -> bool:
    return _is_emoji(char) or char == "\ufe0f"  # the emoji variation selector


def _spelled_out(match: re.Match[str]) -> str:
    target, _, label = match[1].partition("|")
    kind, rest = target[0], target[1:]
    if kind == "@":
        return "a colleague"
    if kind == "#":
        return f"#{label}" if label else "a channel"
    if kind == "!":
        return _special(rest, label)
    scheme, colon, address = target.partition(":")
    if scheme == "mailto" and address:
        return _with_label(address, label)
    if scheme == "tel" and address:
        same = label and _last_digits(label) == _last_digits(address)
        return label if same else _with_label(address, label)
    if colon and re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme) and address:
        return _with_label(target, label)
    return match[0]


def _special(command: str, label: str) -> str:
    name = command.partition("^")[0]
    if name in _BROADCASTS:
        return _BROADCASTS[name]
    if name == "subteam":
        return "a team"
    return label or ("a date" if name == "date" else "")


def _with_label(address: str, label: str) -> str:
    return address if not label or _bare(label) == _bare(address) else f"{address} ({label})"


def _bare(address: str) -> str:
    """The address as a person would compare it: no scheme, no `www.`, no closing slash."""
    return re.sub(r"^(?:[a-z][a-z0-9+.-]*:(?://)?)?(?:www\.)?", "", address.lower()).rstrip("/")


def _last_digits(number: str) -> str:
    """The part of a phone number that is the same with and without its country code."""
    return re.sub(r"\D", "", number)[-7:]
