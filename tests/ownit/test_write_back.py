"""What was masked and was not personal is written back in the edit form; a card never is."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.app import Bot
from mend.people.directory import People
from mend.text.redaction import redact, undoable
from tests.conftest import Clock, only
from tests.ownit.test_ownit import notes, own
from tests.repair.test_feedback import dump
from workspace import Workspace

WRITE_BACK = "Write back what was masked"
CARD = "4111 1111 1111 1111"


def test_what_was_not_personal_is_written_back(bot: Bot, ada: Any) -> None:
    receipt = own(ada, "told them to write to shop@example.com")
    assert notes(bot, ada) == ["told them to write to [e-mail]"]
    ada.press(receipt, WRITE_BACK)
    ada.submit({"happened": "told them to write to shop@example.com"})
    assert notes(bot, ada) == ["told them to write to shop@example.com"]
    assert "shop@example.com" in ada.modal.visible and WRITE_BACK not in (
        *ada.modal.buttons,
        *ada.modal.choices,
    )


def test_until_then_the_original_is_nowhere(
    bot: Bot, ws: Workspace, caplog: pytest.LogCaptureFixture, ada: Any, ben: Any
) -> None:
    receipt = own(ada, "told them to write to shop@example.com")
    assert "shop@" not in dump(bot) + caplog.text + str(receipt.blocks)
    assert ben.ephemerals == [] and ws.messages("support") == []


def test_a_card_and_a_secret_stay_masked(bot: Bot, ada: Any) -> None:
    words = f"put {CARD}, cvv 123, on the note for shop@example.com"
    receipt = own(ada, words)
    kept = notes(bot, ada)[0]
    assert CARD not in str(receipt.blocks) and "123" not in kept
    ada.press(receipt, WRITE_BACK)
    ada.submit({"happened": words})
    assert notes(bot, ada) == [kept.replace("[e-mail]", "shop@example.com")]


def test_with_nothing_but_secrets_it_is_not_offered(bot: Bot, ada: Any) -> None:
    assert WRITE_BACK not in own(ada, f"put {CARD} on the note").choices


def test_what_stays_masked_beside_it_stays_so(bot: Bot, ada: Any) -> None:
    receipt = own(ada, "wrote to shop@example.com, then called +63 917 555 0123")
    assert notes(bot, ada) == ["wrote to [e-mail], then called [phone]"]
    ada.press(receipt, WRITE_BACK)
    ada.submit({"happened": "wrote to shop@example.com, then called [phone]"})
    assert notes(bot, ada) == ["wrote to shop@example.com, then called [phone]"]


def test_after_an_edit_as_well(bot: Bot, ada: Any) -> None:
    ada.press(own(ada), "Edit")
    ada.submit({"happened": "told them to write to shop@example.com"})
    ada.press(ada.modal, WRITE_BACK)
    ada.submit({"happened": "told them to write to shop@example.com"})
    assert notes(bot, ada) == ["told them to write to shop@example.com"]


def test_of_a_note_told_in_a_direct_message_as_well(bot: Bot, ada: Any) -> None:
    ada.dm(f"told shop@example.com about {CARD}")
    receipt = only([message for message in ada.dms if message.bot])
    ada.press(receipt, "Keep it as my note")
    assert "shop@" not in dump(bot)
    ada.press(receipt, WRITE_BACK)
    ada.submit({"happened": f"told shop@example.com about {CARD}"})
    assert notes(bot, ada) == ["told shop@example.com about [card ending 1111]"]
    assert "a card number" in ada.modal.text and "e-mail address" not in ada.modal.text
    assert "shop@example.com" in receipt.visible


def test_after_ten_minutes_the_form_says_so(bot: Bot, clock: Clock, ada: Any) -> None:
    ada.dm("I told shop@example.com")
    clock.advance(minutes=11)
    ada.press(ada.dms[-1], WRITE_BACK)
    assert ada.modal is None and "ten minutes" in ada.dms[-1].visible


PIECES = st.sampled_from(
    ["shop@example.com", CARD, "cvv 123", "password: hunter2", "+63 917 555 0123", "Mr Cruz"]
    + ["[phone]", "[name]", "order 12345", "refunded", "and", "the code is 482913", "."]
)


@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_as_written_masks_what_nobody_may_write_back_and_nothing_else(text: str) -> None:
    masked, kept = redact(text), redact(text, as_written=True)
    assert kept.found == tuple(each for each in masked.found if not undoable(each))
    assert not any(secret in kept.text for secret in (CARD, "hunter2", "482913"))
    ends = [0, *(each.end for each in kept.found)]
    starts = [*(each.start for each in kept.found), len(text)]
    around = (re.escape(text[end:start]) for end, start in zip(ends, starts, strict=True))
    assert re.fullmatch(r"\[[^\[\]]+\]".join(around), kept.text)


def test_a_colleagues_name_is_not_the_writers_to_write_back(bot: Bot, ada: Any) -> None:
    bot.of(People).refresh()
    receipt = own(ada, "asked Cam and wrote to shop@example.com")
    ada.press(receipt, WRITE_BACK)
    ada.submit({"happened": "asked Cam and wrote to shop@example.com"})
    assert notes(bot, ada) == ["asked a colleague and wrote to shop@example.com"]
    assert WRITE_BACK not in own(ada, "asked Cam twice about it").choices
