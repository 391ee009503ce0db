"""The few shapes that Mend's messages are made of, on top of slack_sdk's models.

What people or files wrote always goes into rich text, whose text elements Slack does not parse:
it can neither ping, nor hide a link, nor break the formatting around it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CheckboxesElement,
    ContextBlock,
    InputBlock,
    InputInteractiveElement,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    RichTextBlock,
    RichTextElementParts,
    RichTextListElement,
    RichTextPreformattedElement,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

FALLBACK_LENGTH = 3900  # below the 4,000 characters that Slack advises for a message's text
SECTION_LENGTH = 3000  # Slack's limits for the text of a section and of a context element
CONTEXT_LENGTH = 2000
OPTION_VALUE_LENGTH = 150
BUTTON_VALUE = 2000
RUN_LENGTH = 12_000  # of one run of rich text, which Slack leaves open: that of its markdown block
BUTTON_LABEL = OPTION_LABEL = 75  # of a button, and of a choice in a form or menu
FORM_TITLE = 24
NUDGE = "…"
_ANSWER = "answer"  # the action id of each input's only element

Text = RichTextElementParts.Text
Answers = Mapping[str, Mapping[str, Mapping[str, Any]]]  # of a form: block id → action id → state


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its whole text for notifications and screen readers, and its blocks."""

    text: str
    blocks: tuple[dict[str, Any], ...]


def message(text: str, *blocks: Block) -> Message:
    """`text` is taken as it is: escape what people wrote (see `escape`)."""
    return Message(shortened(text, FALLBACK_LENGTH), tuple(block.to_dict() for block in blocks))


def notice(sentence: str, *below: Block) -> Message:
    """A message of one sentence, which may hold Slack's own formatting, and what goes with it."""
    return message(sentence, says(sentence), *below)


def quoting(heading: str, text: str, *below: Block) -> Message:
    """A heading, what somebody wrote (if anything), and what can be done about it."""
    quote = [quoted(text)] if text else []
    return message(f"{heading} {escape(text)}".strip(), says(heading), *quote, *below)


def form(callback: str, title: str, submit: str, private: str, *blocks: Block) -> dict[str, Any]:
    """`private` comes back with the answers: the id of what the form is about."""
    return View(
        type="modal",
        callback_id=callback,
        title=shortened(title, FORM_TITLE),
        submit=submit,
        close="Cancel",
        private_metadata=private,
        blocks=list(blocks),
    ).to_dict()


def panel(title: str, content: Message, private: str = "") -> dict[str, Any]:
    """A window that shows a message and has nothing to send."""
    return View(
        type="modal",
        title=title,
        close="Close",
        private_metadata=private,
        blocks=list(content.blocks),
    ).to_dict()


def escape(text: str) -> str:
    """Text of people or files, for places where Slack parses (docs.slack.dev, formatting text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def local_time(moment: datetime, zone: ZoneInfo) -> str:
    """Shown by Slack in the reader's own zone; where it cannot, in `zone`."""
    return _date(moment, zone, "{date_short_pretty} {time}")


def local_since(moment: datetime, zone: ZoneInfo) -> str:
    """The same, with how long ago that is, which Slack keeps up to date."""
    return _date(moment, zone, "{date_short_pretty} {time} ({ago})")


def local_day(moment: datetime) -> str:
    """The day alone."""
    return _date(moment, ZoneInfo("UTC"), "{date_short_pretty}")


def _date(moment: datetime, zone: ZoneInfo, form: str) -> str:
    fallback = f"{moment.astimezone(zone):%-d %B %H:%M}"
    return f"<!date^{int(moment.timestamp())}^{form}|{fallback}>"


def shortened(text: str, length: int) -> str:
    """At most `length` characters, cut between words where that loses little."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > length * 0.8 else cut).rstrip() + NUDGE


def split(text: str, length: int) -> list[str]:
    """The text in parts of at most `length` characters, between lines where it can be.

    Joined, the parts are the text.
    """
    parts = []
    while len(text) > length:
        line_end = text.rfind("\n", 0, length) + 1
        cut = line_end or length
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]


def says(markup: str, beside: InteractiveElement | None = None) -> SectionBlock:
    text = MarkdownTextObject(text=shortened(markup, SECTION_LENGTH))
    return SectionBlock(text=text, accessory=beside)


def line(text: str, beside: InteractiveElement) -> SectionBlock:
    """What somebody wrote, as one line with a control at its end; Slack reads nothing into it."""
    plain = PlainTextObject(text=shortened(text, SECTION_LENGTH), emoji=False)
    return SectionBlock(text=plain, accessory=beside)


def aside(markup: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=shortened(markup, CONTEXT_LENGTH))])


def words(*parts: str | Text) -> RichTextSectionElement:
    """One run of rich text; plain strings are shown as they stand."""
    return RichTextSectionElement(
        elements=[run(part) if isinstance(part, str) else part for part in parts if part]
    )


def run(text: str, style: str | None = None) -> Text:
    return Text(text=shortened(text, RUN_LENGTH), style={style: True} if style else None)


def bold(text: str) -> Text:
    return run(text, "bold")


def italic(text: str) -> Text:
    return run(text, "italic")


def paragraph(*parts: str | Text) -> RichTextBlock:
    return RichTextBlock(elements=[words(*parts)])


def quoted(text: str) -> RichTextBlock:
    return RichTextBlock(elements=[RichTextQuoteElement(elements=[run(text)])])


def code(text: str) -> RichTextBlock:
    return RichTextBlock(elements=[RichTextPreformattedElement(elements=[run(text)])])


def listed(heading: str, items: Sequence[str], *, numbered: bool = False) -> RichTextBlock:
    style = "ordered" if numbered else "bullet"
    return RichTextBlock(
        elements=[
            words(bold(heading)),
            RichTextListElement(style=style, elements=[words(item) for item in items]),
        ]
    )


def button(label: str, action: str, value: str, style: str | None = None) -> ButtonElement:
    return ButtonElement(
        text=shortened(label, BUTTON_LABEL), action_id=action, value=value, style=style
    )


def menu(action: str, *choices: tuple[str, str, str]) -> OverflowMenuElement:
    """⋯, whose choices are a label, the route that it leads to, and the value for that route."""
    return OverflowMenuElement(
        action_id=action,
        options=[
            Option(text=label, value=f"{route} {value}".strip()[:OPTION_VALUE_LENGTH])
            for label, route, value in choices
        ],
    )


def select(
    action: str, placeholder: str, choices: Mapping[str, str], chosen: str = ""
) -> StaticSelectElement:
    """A menu of values with their labels, in which one may be chosen from the start."""
    options = _options(choices)
    initial = next((option for option in options if option.value == chosen), None)
    return StaticSelectElement(
        action_id=action, placeholder=placeholder, options=options, initial_option=initial
    )


def buttons(*elements: InteractiveElement) -> ActionsBlock:
    return ActionsBlock(elements=list(elements))


def ask(
    block: str,
    label: str,
    element: InputInteractiveElement,
    hint: str | None = None,
    *,
    required: bool = True,
) -> InputBlock:
    """One question of a form, whose answer is read by `answered` or `ticked`."""
    element.action_id = _ANSWER
    return InputBlock(
        block_id=block, label=label, element=element, hint=hint, optional=not required
    )


def typed(most: int, initial: str = "", *, lines: bool = True) -> PlainTextInputElement:
    """Words of at most so many characters, in one line or several."""
    return PlainTextInputElement(
        multiline=lines, max_length=most, initial_value=initial[:most] or None
    )


def one_of(choices: Mapping[str, str], chosen: str | None = None) -> RadioButtonsElement:
    """Values with their labels; one may be chosen from the start."""
    options = _options(choices)
    initial = [option for option in options if option.value == chosen]
    return RadioButtonsElement(options=options, initial_option=initial[0] if initial else None)


def any_of(choices: Mapping[str, str], chosen: Collection[str] = ()) -> CheckboxesElement:
    options = _options(choices)
    initial = [option for option in options if option.value in chosen]
    return CheckboxesElement(options=options, initial_options=initial or None)


def _options(choices: Mapping[str, str]) -> list[Option]:
    return [
        Option(value=value, text=shortened(label, OPTION_LABEL)) for value, label in choices.items()
    ]


def answered(answers: Answers, block: str) -> str:
    """What was typed, chosen or picked, as Slack writes it; empty where nothing was."""
    given = answers[block][_ANSWER]
    chosen = (given.get("selected_option") or {}).get("value")
    picked = (given.get(f"selected_{what}") for what in ("date", "time", "date_time"))
    return str(given.get("value") or chosen or next(filter(None, picked), "")).strip()


def people_in(answers: Answers, block: str) -> list[str]:
    return list(answers[block][_ANSWER].get("selected_users") or ())


def ticked(answers: Answers, block: str) -> list[str]:
    return [option["value"] for option in answers[block][_ANSWER].get("selected_options") or ()]
