"""What messages and windows are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mend.slack.ui.controls import Block, Element, given, marked_up, plain
from mend.slack.ui.markup import escape, shortened

FALLBACK_LENGTH = 3900  # below the 4,000 characters that Slack advises for a message's text
SECTION_LENGTH = 3000  # the text of a section; CONTEXT_LENGTH that of a context element
CONTEXT_LENGTH = 2000
RUN_LENGTH = 12_000  # of one run of rich text, which Slack leaves open: that of its markdown block
FORM_TITLE = 24
HEADER_LENGTH = 150


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its whole text for notifications and screen readers, and its blocks."""

    text: str
    blocks: tuple[dict[str, Any], ...]


def message(text: str, *blocks: Block) -> Message:
    """`text` is taken as it is: escape what people wrote (see `escape`)."""
    return Message(shortened(text, FALLBACK_LENGTH), blocks)


def notice(sentence: str, *below: Block) -> Message:
    """A message of one sentence, which may hold Slack's own formatting, and what goes with it."""
    return message(sentence, says(sentence), *below)


def quoting(heading: str, text: str, *below: Block) -> Message:
    """A heading, what somebody wrote (if anything), and what can be done about it."""
    quote = [quoted(text)] if text else []
    return message(f"{heading} {escape(text)}".strip(), says(heading), *quote, *below)


def form(callback: str, title: str, submit: str, private: str, *blocks: Block) -> dict[str, Any]:
    """`private` comes back with the answers: the id of what the form is about."""
    window = _window(title, "Cancel", private, blocks)
    return window | {"callback_id": callback, "submit": plain(submit, FORM_TITLE)}


def panel(title: str, content: Message, private: str = "") -> dict[str, Any]:
    """A window that shows a message and has nothing to send."""
    return _window(title, "Close", private, content.blocks)


def _window(title: str, close: str, private: str, blocks: Iterable[Block]) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": plain(title, FORM_TITLE),
        "close": plain(close, FORM_TITLE),
        "blocks": list(blocks),
        **given(private_metadata=private or None),
    }


def home(blocks: Iterable[Block]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks)}


def _section(text: Element, beside: Element | None) -> Block:
    return {"type": "section", "text": text, **given(accessory=beside)}


def says(markup: str, beside: Element | None = None) -> Block:
    return _section(marked_up(markup, SECTION_LENGTH), beside)


def line(text: str, beside: Element) -> Block:
    """What somebody wrote, as one line with a control at its end; Slack reads nothing into it."""
    return _section(plain(text, SECTION_LENGTH) | {"emoji": False}, beside)


def aside(markup: str) -> Block:
    return {"type": "context", "elements": [marked_up(markup, CONTEXT_LENGTH)]}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER_LENGTH)}


def divider() -> Block:
    return {"type": "divider"}


def rich(*elements: Element) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def words(*parts: str | Element) -> Element:
    """One run of rich text; plain strings are shown as they stand."""
    return _runs("rich_text_section", *parts)


def _runs(kind: str, *parts: str | Element) -> Element:
    runs = [run(part) if isinstance(part, str) else part for part in parts if part]
    return {"type": kind, "elements": runs}


def run(text: str, style: str | None = None) -> Element:
    shown = {"type": "text", "text": shortened(text, RUN_LENGTH)}
    return shown | given(style={style: True} if style else None)


def bold(text: str) -> Element:
    return run(text, "bold")


def italic(text: str) -> Element:
    return run(text, "italic")


def paragraph(*parts: str | Element) -> Block:
    return rich(words(*parts))


def quoted(*parts: str | Element) -> Block:
    return rich(_runs("rich_text_quote", *parts))


def code(text: str) -> Block:
    return rich(_runs("rich_text_preformatted", text))


def items(each: Iterable[Element], *, numbered: bool = False) -> Element:
    style = "ordered" if numbered else "bullet"
    return {"type": "rich_text_list", "style": style, "elements": list(each)}


def listed(heading: str, points: Sequence[str], *, numbered: bool = False) -> Block:
    return rich(words(bold(heading)), items(map(words, points), numbered=numbered))
