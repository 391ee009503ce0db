"""Find a repair on a message in a thread: the answer stands in that thread, where Slack lets it."""

from typing import Any

import pytest

from mend.app import Bot
from mend.dispatch.payloads import words_of
from tests.conftest import only
from workspace import Message, Workspace

SAYS = "customer says they charged me twice"


@pytest.fixture
def said(bot: Bot, ws: Workspace, ben: Any) -> Message:
    """Ben's reply in a thread of the team channel."""
    return ben.say("support", SAYS, thread=ben.say("support", "anybody?"))


def test_the_answer_stands_in_the_thread_for_whoever_asked(
    said: Message, ada: Any, ben: Any
) -> None:
    ada.shortcut("find_repair", said)
    answer = only(ada.ephemerals)
    assert answer.thread_ts == said.thread_ts and "They charged me twice" in answer.visible
    assert ben.ephemerals == []


def test_what_is_pressed_there_answers_there(said: Message, ada: Any) -> None:
    ada.shortcut("find_repair", said)
    ada.choose(only(ada.ephemerals), "repair_more", "Pause")
    assert [each.thread_ts for each in ada.ephemerals] == [said.thread_ts] * 2
    assert "A minute for yourself" in ada.ephemerals[-1].visible


def test_on_a_root_it_stands_in_the_channel(bot: Bot, ada: Any, ben: Any) -> None:
    root = ben.say("support", SAYS)
    ben.say("support", "anybody?", thread=root)
    ada.shortcut("find_repair", root)
    assert only(ada.ephemerals).thread_ts is None


def test_where_mend_is_not_in_the_channel_it_says_what_it_is_about(
    bot: Bot, ws: Workspace, ada: Any, ben: Any
) -> None:
    said = ben.say("random", SAYS, thread=ben.say("random", "anybody?"))
    ada.shortcut("find_repair", said)
    answer = only(ada.ephemerals)
    assert answer.thread_ts is None and "They charged me twice" in answer.visible
    assert answer.visible.startswith("For the message in the thread.")
    assert "/invite @Mend" in answer.visible


TICKET: dict[str, Any] = {
    "fallback": "[#4411] New ticket",
    "pretext": "New ticket from the web form",
    "title": "They charged me twice",
    "text": "I was charged twice for one order.",
    "fields": [{"title": "Priority", "value": "High", "short": True}],
}
BLOCKS: list[dict[str, Any]] = [
    {"type": "header", "text": {"type": "plain_text", "text": "Ticket 4411"}},
    {"type": "section", "text": {"type": "mrkdwn", "text": "They charged me twice"}},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "claim",
                "text": {"type": "plain_text", "text": "I want to close my account"},
            }
        ],
    },
]


@pytest.mark.parametrize(
    "posted", [{"attachments": [TICKET]}, {"blocks": BLOCKS}], ids=["attachments", "blocks"]
)
def test_what_a_ticket_bot_posted_is_read(
    bot: Bot, ws: Workspace, ada: Any, posted: dict[str, Any]
) -> None:
    ticket = ws.post(Message(ws.channel("support"), ws.bot_user, "", bot=True, **posted))
    ada.shortcut("find_repair", ticket)
    answer = only(ada.ephemerals).visible
    assert "They charged me twice" in answer and "Closest" not in answer


def test_nothing_is_read_twice_and_no_button_at_all() -> None:
    message = {"text": "They charged me twice", "bot_id": "B1", "blocks": BLOCKS}
    assert words_of(message) == "They charged me twice\nTicket 4411"
    rich = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "charged twice"}]}
        ],
    }
    assert words_of({"text": "charged twice", "blocks": [rich]}) == "charged twice"
    assert words_of({"text": "", "blocks": [rich]}) == "charged twice"
