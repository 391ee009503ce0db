"""Sixty seconds before a reply: the card, and the form for what somebody was about to send.

Nothing a person taps or types here stands in a button's value or in a form's metadata.
"""

from typing import Any

from mend.slack import doors, ui

OPEN = "pause_open"
CARD = doors.PAUSE
TAP = "pause_tap"
WRITE = "pause_write"
FORM = "pause_form"
WORDS_FIELD = "words"
WORDS_LENGTH = 2000
_CUSTOMER = "customer"
TITLE = "Before you send it"

PROMISE = "*A minute for yourself.* Only you see this, and Mend keeps nothing of it."
# A gap, not a treatment: no trial was found that speaks for so short an exercise.
BREATH = (
    "Breathe in for a count of four, out for six. Six of those are your minute:"
    " a gap before you reply, nothing more."
)
GO_BACK = "Thank you for bearing with me. Let's sort this out, one step at a time."
QUESTION = "How are you right now?"
WHAT_TO_SEND = "What were you about to send?"

# Label, heading, lines. Three rough steps of tiredness that change the advice and nothing else.
ADVICE = {
    "fresh": ("Fresh", "Good.", ("One slow breath, then back with the sentence above.",)),
    "tired": (
        "Tired",
        "Until your next break:",
        (
            "Read figures, dates and names back before you confirm them.",
            "One chat at a time. Say so if you are given more.",
        ),
    ),
    "empty": (
        "Running on empty",
        "Then don't push on alone:",
        (
            "Ask for a break now, a real one, away from the screen.",
            "Hand over what is open: what was promised, to whom, by when.",
            "Let somebody take a second look before anything that can't be undone.",
        ),
    ),
}


def card(tapped: str = "") -> ui.Message:
    """The whole minute; `tapped` is a key of ADVICE, or empty before the first tap."""
    taps = [
        ui.button(label, f"{TAP}_{place}", key, "primary" if key == tapped else None)
        for place, (key, (label, _, _)) in enumerate(ADVICE.items())
    ]
    blocks: list[ui.Block] = [
        ui.says(PROMISE),
        ui.says(BREATH),
        ui.paragraph(ui.bold("To go back with")),
        ui.quoted(GO_BACK),
        ui.says(QUESTION),
        ui.buttons(*taps),
    ]
    text = [PROMISE.replace("*", ""), BREATH, f"To go back with: “{GO_BACK}”", QUESTION]
    if tapped in ADVICE:
        label, heading, lines = ADVICE[tapped]
        blocks.append(ui.listed(heading, lines))
        text += [f"{label}. {heading}", *lines]
    blocks.append(ui.buttons(ui.button(WHAT_TO_SEND, WRITE, "write")))
    return ui.message("\n".join(text), *blocks)


def words_form() -> dict[str, Any]:
    reader = ui.one_of({_CUSTOMER: "To a customer", "colleague": "To a colleague"}, _CUSTOMER)
    hint = "Just as it came. Mend sends it to nobody and keeps none of it."
    return ui.form(
        FORM,
        TITLE,
        "Two calmer ways",
        "",
        ui.ask(WORDS_FIELD, WHAT_TO_SEND, ui.typed(WORDS_LENGTH), hint),
        ui.ask("to", "Who would read it?", reader),
    )


def read_words(answers: ui.Answers) -> tuple[str, bool]:
    """What they typed, and whether a customer would read it."""
    return ui.answered(answers, WORDS_FIELD), ui.answered(answers, "to") == _CUSTOMER


def calmer_ways(ways: tuple[str, str], *, borrowed_from: str) -> dict[str, Any]:
    """`borrowed_from` is the title of the playbook that opens the first way, or empty."""
    heading = "Two calmer ways to say it. Change them until they sound like you."
    blocks: list[ui.Block] = [ui.says(heading), ui.code(ways[0]), ui.code(ways[1])]
    if borrowed_from:
        title = ui.escape(borrowed_from)
        blocks.append(
            ui.aside(f"The first opens like the playbook *{title}*: only if it's true here.")
        )
    blocks.append(ui.aside("Is every fact you need still in? Copy what helps; nothing is kept."))
    return ui.panel(TITLE, ui.message(heading, *blocks))
