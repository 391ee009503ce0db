"""What was masked and was not personal is put back with one press; a card or a secret never is."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.app import Bot
from mend.text.redaction import mask, originals, put_back
from tests.conftest import Clock, only
from tests.ownit.test_ownit import notes, own
from tests.repair.test_feedback import dump
from workspace import Workspace

PUT_BACK, WRITE_BACK = "note_put_back", "note_write_back"
CARD = "4111 1111 1111 1111"


def forged(message: Any, change: Any) -> None:
    """The button of that message, with another value."""
    for block in message.blocks:
        for element in block.get("elements", ()):
            if element.get("action_id") == PUT_BACK:
                element["value"] = json.dumps(change(json.loads(element["value"])))


def test_one_press_puts_it_back(bot: Bot, ada: Any) -> None:
    receipt = own(ada, "told them to write to shop@example.com")
    assert notes(bot, ada) == ["told them to write to [e-mail]"]
    ada.press(receipt, PUT_BACK)
    assert notes(bot, ada) == ["told them to write to shop@example.com"]
    assert "shop@example.com" in receipt.visible and PUT_BACK not in str(receipt.blocks)


def test_until_then_the_original_is_nowhere_but_in_adas_button(
    bot: Bot, ws: Workspace, caplog: pytest.LogCaptureFixture, ada: Any, ben: Any
) -> None:
    own(ada, "told them to write to shop@example.com")
    assert "shop@" not in dump(bot) and "shop@" not in caplog.text
    assert ben.ephemerals == [] and ws.messages("support") == []


def test_a_card_and_a_secret_stay_masked(bot: Bot, ada: Any) -> None:
    receipt = own(ada, f"put {CARD}, cvv 123, on the note for shop@example.com")
    kept = notes(bot, ada)[0]
    assert CARD not in str(receipt.blocks) and "123" not in kept
    ada.press(receipt, PUT_BACK)
    assert notes(bot, ada) == [kept.replace("[e-mail]", "shop@example.com")]


def test_with_nothing_but_secrets_it_is_not_offered(bot: Bot, ada: Any) -> None:
    receipt = own(ada, f"put {CARD} on the note")
    assert not {PUT_BACK, WRITE_BACK} & set(actions(receipt))


@pytest.mark.parametrize(
    "original",
    [CARD, "my password is hunter2", "nobody", "", "shop@example.com and more", "a@b.co c@d.co"],
)
def test_a_forged_value_puts_nothing_else_in(bot: Bot, ada: Any, original: str) -> None:
    receipt = own(ada, "told them to write to shop@example.com")
    forged(receipt, lambda value: [*value[:2], [[original], [], []]])
    ada.press(receipt, PUT_BACK)
    assert notes(bot, ada) == ["told them to write to [e-mail]"]
    assert "nothing was put back" in ada.ephemerals[-1].visible


def test_a_value_for_another_version_or_another_note_puts_nothing_in(
    bot: Bot, ada: Any, ben: Any
) -> None:
    receipt = own(ada, "told them to write to shop@example.com")
    theirs = own(ben, "told them to write to bens@example.com")
    buttons = receipt.blocks
    ada.press(receipt, "Without my name")
    receipt.blocks = buttons
    ada.press(receipt, PUT_BACK)
    assert "nothing was put back" in ada.ephemerals[-1].visible
    value = [e["value"] for b in theirs.blocks for e in b.get("elements", ()) if "value" in e][0]
    forged(receipt, lambda _: json.loads(value))
    ada.press(receipt, PUT_BACK)
    assert "Only the person who wrote" in ada.ephemerals[-1].visible
    assert "[e-mail]" in notes(bot, ada)[0] and "[e-mail]" in notes(bot, ben)[0]


def test_every_answer_of_the_form_can_be_put_back(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.command("/ownit", "", channel="support")
    ada.submit({"happened": "wrote to shop@example.com", "did": "called +63 917 555 0123"})
    ada.press(ada.modal, PUT_BACK)
    [entry] = bot.store.entries.mine(ws.id, ada.id, limit=9)
    assert (entry.text, entry.did) == ("wrote to shop@example.com", "called +63 917 555 0123")


def test_after_an_edit_as_well(bot: Bot, ada: Any) -> None:
    ada.press(own(ada), "Edit")
    ada.submit({"happened": "told them to write to shop@example.com"})
    ada.press(ada.modal, PUT_BACK)
    assert notes(bot, ada) == ["told them to write to shop@example.com"]


def test_told_in_a_direct_message_it_is_written_back_in_a_form(bot: Bot, ada: Any) -> None:
    ada.dm(f"told shop@example.com about {CARD}")
    receipt = only([message for message in ada.dms if message.bot])
    assert "shop@" not in dump(bot) and PUT_BACK not in actions(receipt)
    ada.press(receipt, WRITE_BACK)
    ada.submit({"happened": f"told shop@example.com about {CARD}"})
    assert notes(bot, ada) == ["told shop@example.com about [card ending 1111]"]
    assert "a card number" in ada.modal.text and "e-mail address" not in ada.modal.text
    assert "shop@example.com" in receipt.visible


def test_what_does_not_fit_a_button_is_written_back_in_the_form(bot: Bot, ada: Any) -> None:
    receipt = own(ada, " ".join(f"longer-name-{n}@example-company.com" for n in range(70)))
    assert WRITE_BACK in actions(receipt) and PUT_BACK not in actions(receipt)


def test_after_ten_minutes_the_form_says_so(bot: Bot, clock: Clock, ada: Any) -> None:
    ada.dm("told shop@example.com")
    clock.advance(minutes=11)
    ada.press(ada.dms[-1], WRITE_BACK)
    assert ada.modal is None and "ten minutes" in ada.dms[-1].visible


PIECES = st.sampled_from(
    ["shop@example.com", CARD, "cvv 123", "password: hunter2", "+63 917 555 0123", "Mr Cruz"]
    + ["[phone]", "[name]", "order 12345", "refunded", "and", "the code is 482913", "."]
)


@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_what_is_put_back_masks_to_what_stood_there(text: str) -> None:
    masked = mask(text)
    whole = put_back(masked.text, originals(text, masked))
    if whole is None:
        return
    assert CARD not in whole and "hunter2" not in whole
    if mask(whole).text == masked.text:
        kept = [each.type for each in mask(whole).found]
        assert not {"card", "security_code", "password", "code"} & set(kept)


def actions(message: Any) -> list[str]:
    return [
        e["action_id"] for b in message.blocks for e in b.get("elements", ()) if "action_id" in e
    ]


def test_a_colleagues_name_is_not_the_writers_to_put_back(bot: Bot, ada: Any) -> None:
    bot.deps.people.refresh()
    receipt = own(ada, "asked Cam and wrote to shop@example.com")
    ada.press(receipt, PUT_BACK)
    assert notes(bot, ada) == ["asked a colleague and wrote to shop@example.com"]
    assert PUT_BACK not in actions(own(ada, "asked Cam twice about it"))
