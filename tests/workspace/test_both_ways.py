"""A real slack-bolt app cannot tell the workspace from Slack, over Socket Mode or HTTP."""

from typing import Any

import pytest

from workspace import Incomplete, Workspace


def test_a_command_is_answered_privately_in_its_ack(ws: Workspace, bot: Any) -> None:
    ada, ben = ws.person("ada"), ws.person("ben")
    outcome = ada.command("/say", "a < b", channel=ws.channel("support"))
    assert outcome.acked and outcome.seconds < 3 and outcome.error is None
    assert outcome.message and outcome.message.visible == "a &lt; b\nIt worked"
    assert ada.sees("support") == ada.ephemerals == [outcome.message]
    assert ben.sees("support") == ws.messages("support") == []


def test_a_press_on_an_ephemeral_carries_no_message_and_its_response_url_replaces_it(
    ws: Workspace, bot: Any
) -> None:
    ada = ws.person("ada")
    message = ada.command("/say", "hello").message
    assert message
    assert ada.press(message, "It worked").acked
    assert ws.wait(lambda: message.text == "Glad it did.")
    assert message.blocks == [] and ada.ephemerals == [message]
    (body,) = bot.heard
    assert "message" not in body and body["container"]["is_ephemeral"]
    assert body["container"]["message_ts"] == message.ts
    assert body["actions"][0]["value"] == "7"


def test_a_form_opens_refuses_and_is_sent_with_a_complete_state(ws: Workspace, bot: Any) -> None:
    ada = ws.person("ada")
    ada.command("/form")
    assert ws.wait(lambda: ada.modal)
    modal = ada.modal
    assert modal and modal.title == "A note" and "Who sees it?" in modal.text
    with pytest.raises(Incomplete):
        ada.submit()
    ada.submit({"what": "nothing"})
    assert ada.modal is modal and modal.errors == {"what": "Say what."}
    assert ada.submit({"what": "wrong card"}).acked
    assert ada.modal is None
    assert bot.heard[0]["state"]["values"]["who"]["who"]["selected_option"]["value"] == "me"


def test_a_message_shortcut_carries_the_message(ws: Workspace, bot: Any) -> None:
    message = ws.person("ben").say("support", "oh no")
    assert ws.person("ada").shortcut("own_this", message).acked
    assert bot.heard[-1]["message"]["text"] == "oh no"
    assert bot.heard[-1]["user"]["id"] == ws.person("ada").id


def test_home_is_published_when_it_is_opened(ws: Workspace, bot: Any) -> None:
    home = ws.person("ada").open_home()
    assert home and home.text == "Good morning"


def test_text_leaves_as_slacks_client_sends_it(ws: Workspace, bot: Any) -> None:
    ws.person("ada").say("support", "@ben a & b, ada@x.org")
    ws.person("ada").dm("call <tel:+4912|+4912>", raw=True)
    ws.wait(lambda: len(bot.heard) == 2)
    said, direct = (body["event"] for body in bot.heard)
    ben = ws.person("ben").id
    assert said["text"] == f"<@{ben}> a &amp; b, <mailto:ada@x.org|ada@x.org>"
    assert (direct["text"], direct["channel_type"]) == ("call <tel:+4912|+4912>", "im")


def test_edits_and_deletions_tell_what_was_there_before(ws: Workspace, bot: Any) -> None:
    ada = ws.person("ada")
    message = ada.say("support", "frist")
    ada.edit(message, "first")
    ada.delete(message)
    ws.wait(lambda: len(bot.heard) == 3)
    _, edited, deleted = (body["event"] for body in bot.heard)
    assert (edited["subtype"], edited["previous_message"]["text"]) == ("message_changed", "frist")
    assert edited["message"]["text"] == deleted["previous_message"]["text"] == "first"
    assert deleted["deleted_ts"] == message.ts and ws.messages("support") == []


def test_an_event_is_sent_again_with_its_number(ws: Workspace, bot: Any) -> None:
    ws.person("ada").say("support", "hello")
    first = ws.deliveries[-1]
    assert ws.resend(first, attempt=2).acked
    ws.wait(lambda: len(bot.heard) == 2)
    assert bot.heard[0]["event_id"] == bot.heard[1]["event_id"]
    assert (first.retry, ws.deliveries[-1].retry) == (0, 2)


def test_what_nobody_handles_shows_slacks_error(ws: Workspace, bot: Any) -> None:
    outcome = ws.person("ada").command("/unknown")
    assert not outcome.acked
    error = "http_status_404" if ws.line.urls else "operation_timeout"
    assert outcome.error == f'/unknown failed with the error "{error}"'


def test_people_of_another_workspace_carry_its_id(ws: Workspace, bot: Any) -> None:
    ws.person("eve").say("support", "hi from next door")
    ws.wait(lambda: bot.heard)
    assert bot.heard[0]["team_id"] == ws.id != bot.heard[0]["event"]["user_team"]


def test_nobody_can_press_what_is_not_before_them(ws: Workspace, bot: Any) -> None:
    ada, ben = ws.person("ada"), ws.person("ben")
    message = ada.command("/say", "hello").message
    ada.command("/form")
    assert message and ws.wait(lambda: ada.modal) and ada.modal
    with pytest.raises(LookupError):
        ben.press(message, "It worked")
    with pytest.raises(LookupError):
        ben.choose(ada.modal, "who", "Only me")
