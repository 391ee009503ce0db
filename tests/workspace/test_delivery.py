"""What happens on the line when it is cut, silent, busy or listened to."""

from __future__ import annotations

import gc
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler

from workspace import Workspace


def test_with_nobody_there_slack_says_so(ws: Workspace) -> None:
    ada = ws.person("ada")
    assert ada.command("/say", "hi").error == '/say failed with the error "dispatch_failed"'
    ws.deliver_to("http://127.0.0.1:9/slack/events")
    assert ada.command("/say", "hi").error == '/say failed with the error "dispatch_failed"'
    ada.say("support", "hi")
    assert [d.retry for d in ws.deliveries if d.kind == "events_api"] == [0, 1]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_bolts_own_handler_connects_and_comes_back_when_asked_to(
    ws: Workspace, small_bot: Any
) -> None:
    handler: Any = SocketModeHandler(small_bot.app, ws.app_token)
    handler.connect()
    assert ws.wait_connected()
    assert ws.person("ada").command("/say", "hi").acked
    first = ws.line.sockets[0]
    ws.socket_disconnect()
    assert ws.wait(lambda: ws.connected and ws.line.sockets[0] is not first)
    assert ws.person("ada").command("/say", "still there?").acked
    handler.client.auto_reconnect_enabled = False
    threading.Thread(target=handler.close, daemon=True).start()  # it may take ten seconds
    assert ws.wait(lambda: not ws.connected)
    gc.collect()  # slack_sdk leaves the sockets it replaced to the collector


def test_a_cut_line_drops_what_waits_for_an_ack(ws: Workspace, bot: Any) -> None:
    if ws.line.urls:
        return
    there, go_on = threading.Event(), threading.Event()

    def slow(ack: Any) -> None:
        there.set()
        go_on.wait(5)
        ack()

    bot.app.command("/slow")(slow)

    def cut() -> None:
        there.wait(5)
        ws.socket_cut()

    cutting = threading.Thread(target=cut)
    cutting.start()
    outcome = ws.person("ada").command("/slow")
    go_on.set()
    cutting.join()
    assert not outcome.acked and outcome.seconds < 3
    assert not ws.connected


def test_the_same_bytes_can_be_sent_again(ws: Workspace, bot: Any) -> None:
    ws.person("ada").say("support", "hello")
    assert ws.replay(ws.deliveries[-1]) == 200
    ws.wait(lambda: len(bot.heard) == 2)
    assert bot.heard[0] == bot.heard[1]


def test_a_wrong_signature_is_refused_by_bolt(ws: Workspace, bot: Any) -> None:
    if not ws.line.urls:
        return  # Socket Mode signs nothing
    ws.line.signing_secret = "not the bot's"
    assert ws.person("ada").command("/say", "hi").status == 401


def test_the_challenge_is_answered(ws: Workspace, bot: Any) -> None:
    if ws.line.urls:
        assert ws.verify_url()


def test_options_are_asked_for_while_typing(ws: Workspace, bot: Any) -> None:
    select = {"type": "external_select", "action_id": "pick", "min_query_length": 0}
    block = {"type": "actions", "block_id": "b", "elements": [select]}
    bot.app.client.chat_postMessage(channel="#support", text="pick", blocks=[block])
    message = ws.messages("support")[0]
    ada = ws.person("ada")
    assert ada.options(message, "pick", "charged") == ["charged twice"]
    ada.choose(message, "pick", "charged twice")
    sent = ws.deliveries[-1].payload
    assert sent["actions"][0]["selected_option"]["value"] == "twice"
    assert sent["state"]["values"]["b"]["pick"]["selected_option"]["value"] == "twice"
    assert sent["message"]["text"] == "pick"


def test_the_bots_own_messages_are_told_too(ws: Workspace, bot: Any) -> None:
    bot.app.client.chat_postMessage(channel="#support", text="mine")
    ws.wait(lambda: ws.deliveries and ws.deliveries[-1].acked)
    event = ws.deliveries[-1].payload["event"]
    assert event["text"] == "mine" and event["bot_id"]


def test_a_channel_without_the_bot_tells_it_nothing(ws: Workspace, bot: Any) -> None:
    ws.person("ada").say("random", "hello")
    assert ws.deliveries == []


def test_an_installed_manifest_decides_scopes_events_and_escaping(
    ws: Workspace, bot: Any, tmp_path: Path
) -> None:
    manifest = {
        "features": {"slash_commands": [{"command": "/say", "should_escape": True}]},
        "oauth_config": {"scopes": {"bot": ["commands"]}},
        "settings": {"event_subscriptions": {"bot_events": ["message.im"]}},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    ws.install(tmp_path / "manifest.json")
    ada = ws.person("ada")
    message = ada.say("support", "not heard")
    ada.react(message, "eyes")
    assert ws.deliveries == [] and ws.scopes == {"commands"}
    ada.dm("heard")
    outcome = ada.command("/say", "@ben did")
    assert outcome.message and f"<@{ws.person('ben').id}|ben> did" in outcome.message.visible
    assert [d.kind for d in ws.deliveries] == ["events_api", "slash_commands"]
