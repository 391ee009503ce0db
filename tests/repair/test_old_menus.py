"""The ⋯ of answers that older Mends gave, which still stand in Slack: each choice does its work."""

from typing import Any

import pytest

from mend.app import Bot
from workspace import Workspace

BOOK = "double-charge"
CHOICES = {  # what a choice held, and what is seen once it is pressed
    f"fill {BOOK}": "Words to send",
    f"fill_open {BOOK}": "Words to send",
    f"help {BOOK}": "Your supervisors",
    f"repair_help {BOOK} they charged me twice": "Your supervisors",
    f"own {BOOK}": "What happened?",
    "own_open": "What happened?",
    f"pause {BOOK}": "Breathe",
    f"share {BOOK}": "Shared",
    f"repair_share {BOOK}": "Shared",
    f"suggest {BOOK}": "What should change?",
    f"outdated {BOOK}": "Noted",
    f"edit {BOOK}": "They charged me twice",
}


@pytest.mark.parametrize("held", CHOICES)
def test_a_choice_of_an_older_mends_menu_does_its_work(
    bot: Bot, ws: Workspace, ada: Any, dee: Any, held: str
) -> None:
    person = dee if held.startswith("edit") else ada
    answer = person.command("/repair", "they charged me twice").message
    option = {"text": {"type": "plain_text", "text": "Choice"}, "value": held}
    menu = {"type": "overflow", "action_id": "repair_more", "options": [option]}
    answer.blocks = [{"type": "actions", "block_id": "old", "elements": [menu]}]
    person.press(answer, "Choice")
    shown = [person.modal, *person.ephemerals, *person.dms]
    seen = "\n".join(
        each.visible if hasattr(each, "visible") else each.text for each in shown if each
    )
    assert CHOICES[held] in seen, seen
