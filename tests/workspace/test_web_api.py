"""The Web API answers as Slack's does, refusals above all."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.client import RemoteDisconnected
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from workspace import Workspace

TITLE = {"type": "plain_text", "text": "A form"}


def refusal(call: Callable[..., Any], **args: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**args)
    return str(caught.value.response["error"])


def modal(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": TITLE, "blocks": [{"type": "divider"}], **more}


def trigger(ws: Workspace) -> str:
    return ws.new_trigger(ws.person("ada").id)


def test_tokens_are_checked(ws: Workspace, client: WebClient) -> None:
    answer = client.auth_test()
    assert (answer["team_id"], answer["user_id"]) == (ws.id, ws.bot_user)
    assert "chat:write" in answer.headers["X-OAuth-Scopes"]
    assert refusal(WebClient("xoxb-no", base_url=ws.api_url).auth_test) == "invalid_auth"
    assert refusal(client.apps_connections_open, app_token=ws.bot_token) == "not_allowed_token_type"
    assert refusal(client.api_call, api_method="no.such") == "unknown_method"


def test_a_missing_scope_is_named(ws: Workspace, client: WebClient) -> None:
    ws.scopes = {"commands"}
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="#support", text="hi")
    assert caught.value.response["needed"] == "chat:write"
    assert caught.value.response["provided"] == "commands"


def test_posting_takes_an_id_a_name_or_a_person(ws: Workspace, client: WebClient) -> None:
    support, ada = ws.channel("support"), ws.person("ada")
    for to in (support.id, "#support", ada.id):
        client.chat_postMessage(channel=to, text=to)
    assert [m.text for m in ws.messages(support)] == [support.id, "#support"]
    assert [m.text for m in ada.dms] == [ada.id]


def test_posting_is_refused_in_slacks_words(ws: Workspace, client: WebClient) -> None:
    post, old = client.chat_postMessage, ws.add_channel("old", archived=True)
    hidden = ws.add_channel("hidden", bot_in=False, private=True)
    assert refusal(post, channel="C0NOWHERE", text="x") == "channel_not_found"
    assert refusal(post, channel=hidden.id, text="x") == "channel_not_found"
    assert refusal(post, channel=ws.channel("random").id, text="x") == "not_in_channel"
    assert refusal(post, channel=old.id, text="x") == "is_archived"
    assert (
        refusal(client.api_call, api_method="chat.postMessage", params={"channel": "#support"})
        == "no_text"
    )
    assert refusal(post, channel="#support", text="x", blocks="{}") == "invalid_blocks_format"
    bad = {"event_type": "x"}
    assert refusal(post, channel="#support", text="x", metadata=bad) == "invalid_metadata_format"


def test_only_its_own_public_messages_can_be_changed(ws: Workspace, client: WebClient) -> None:
    ada, support = ws.person("ada"), ws.channel("support").id
    hers = ada.say("support", "mine")
    assert (
        refusal(client.chat_update, channel=support, ts=hers.ts, text="x") == "cant_update_message"
    )
    assert refusal(client.chat_delete, channel=support, ts=hers.ts) == "cant_delete_message"
    private = client.chat_postEphemeral(channel=support, user=ada.id, text="psst")["message_ts"]
    assert refusal(client.chat_update, channel=support, ts=private, text="x") == "message_not_found"
    own = client.chat_postMessage(channel=support, text="one")["ts"]
    assert refusal(client.chat_update, channel=support, ts=own, text="x" * 4001) == "msg_too_long"
    client.chat_update(channel=support, ts=own, text="two")
    assert ws.messages("support")[-1].text == "two"
    client.chat_delete(channel=support, ts=own)
    assert refusal(client.chat_delete, channel=support, ts=own) == "message_not_found"


def test_a_deleted_root_leaves_a_tombstone_until_its_thread_is_gone(
    ws: Workspace, client: WebClient
) -> None:
    support = ws.channel("support").id
    root = client.chat_postMessage(channel=support, text="root")["ts"]
    reply = client.chat_postMessage(channel=support, text="reply", thread_ts=root)["ts"]
    assert ws.messages("support")[0].reply_count == 1
    client.chat_delete(channel=support, ts=root)
    (tombstone,) = client.conversations_history(channel=support)["messages"]
    assert tombstone["subtype"] == "tombstone"
    client.chat_delete(channel=support, ts=reply)
    assert client.conversations_history(channel=support)["messages"] == []


def test_metadata_is_read_back_only_when_asked_for(ws: Workspace, client: WebClient) -> None:
    support = ws.channel("support").id
    metadata = {"event_type": "entry", "event_payload": {"key": "k1"}}
    root = client.chat_postMessage(channel=support, text="root", metadata=metadata)["ts"]
    client.chat_postMessage(channel=support, text="reply", thread_ts=root, metadata=metadata)
    asked: dict[str, Any] = {"channel": support, "include_all_metadata": True}
    assert client.conversations_history(**asked)["messages"][0]["metadata"] == metadata
    assert client.conversations_replies(ts=root, **asked)["messages"][1]["metadata"] == metadata
    assert "metadata" not in client.conversations_history(channel=support)["messages"][0]


def test_history_comes_newest_first_in_pages(ws: Workspace, client: WebClient) -> None:
    support = ws.channel("support").id
    stamps = [client.chat_postMessage(channel=support, text=str(n))["ts"] for n in range(3)]
    first = client.conversations_history(channel=support, limit=2)
    assert [m["text"] for m in first["messages"]] == ["2", "1"] and first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    rest = client.conversations_history(channel=support, limit=2, cursor=cursor)
    assert [m["text"] for m in rest["messages"]] == ["0"] and not rest["has_more"]
    after = client.conversations_history(channel=support, oldest=stamps[1])
    assert [m["text"] for m in after["messages"]] == ["2"]


def test_invalid_blocks_come_with_the_place(ws: Workspace, client: WebClient) -> None:
    header = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="#support", text="x", blocks=[header])
    assert caught.value.response["error"] == "invalid_blocks"
    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    ]


@pytest.mark.parametrize("block", [None, 7, "section", [], {"type": ["section"]}, {"type": None}])
def test_a_malformed_block_is_answered_too(ws: Workspace, client: WebClient, block: Any) -> None:
    blocks = json.dumps([block])
    assert (
        refusal(client.chat_postMessage, channel="#support", text="x", blocks=blocks)
        == "invalid_blocks"
    )
    view = json.dumps({"type": "home", "blocks": [block]})
    ada = ws.person("ada").id
    assert refusal(client.views_publish, user_id=ada, view=view) == "invalid_arguments"


def test_a_trigger_is_good_once_for_three_seconds(ws: Workspace, client: WebClient) -> None:
    time = 1_000_000.0
    ws.now = lambda: time
    first, second = trigger(ws), trigger(ws)
    client.views_open(trigger_id=first, view=modal())
    again = refusal(client.views_open, trigger_id=first, view=modal())
    assert again == "exchanged_trigger_id"
    time += 3.1
    late = refusal(client.views_open, trigger_id=second, view=modal())
    assert late == "expired_trigger_id"
    assert refusal(client.views_open, trigger_id="x", view=modal()) == "invalid_trigger_id"


def test_views_are_checked_and_updated_by_hash(ws: Workspace, client: WebClient) -> None:
    long = modal(title={"type": "plain_text", "text": "x" * 25})
    assert refusal(client.views_open, trigger_id=trigger(ws), view=long) == "invalid_arguments"
    opened = client.views_open(trigger_id=trigger(ws), view=modal())["view"]
    update = client.views_update(view=modal(), view_id=opened["id"], hash=opened["hash"])["view"]
    assert update["hash"] != opened["hash"]
    stale = refusal(client.views_update, view=modal(), view_id=opened["id"], hash=opened["hash"])
    assert stale == "hash_conflict"
    ws.person("ada").close()
    assert refusal(client.views_update, view=modal(), view_id=opened["id"]) == "not_found"


def test_a_response_url_works_five_times_in_half_an_hour(ws: Workspace) -> None:
    time = 1_000_000.0
    ws.now = lambda: time
    ada, support = ws.person("ada"), ws.channel("support")

    def fresh() -> WebhookClient:
        return WebhookClient(ws.url.rstrip("/") + ws.new_response_url(ada.id, support, None))

    url = fresh()
    assert [url.send(text="hi").status_code for _ in range(6)] == [200] * 5 + [404]
    late = fresh()
    time += 1801
    assert late.send(text="hi").status_code == 404
    assert len(ada.ephemerals) == 5 and ws.messages(support) == []
    assert fresh().send(text="all", response_type="in_channel").status_code == 200
    assert [m.text for m in ws.messages(support)] == ["all"]


def test_a_call_can_be_made_to_fail_before_or_after_it_took_effect(
    ws: Workspace, client: WebClient
) -> None:
    ws.fail("chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="#support", text="limited")
    limited = caught.value.response
    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "7")
    ws.fail("chat.postMessage", error="lost", after_applying=True)
    with pytest.raises(RemoteDisconnected):
        client.chat_postMessage(channel="#support", text="lost")
    ws.fail("chat.postMessage", error="channel_not_found")
    assert refusal(client.chat_postMessage, channel="#support", text="x") == "channel_not_found"
    client.chat_postMessage(channel="#support", text="well")
    assert [m.text for m in ws.messages("support")] == ["lost", "well"]
    assert [call.method for call in ws.calls] == ["chat.postMessage"] * 4


def test_people_and_groups_can_be_looked_up(ws: Workspace, client: WebClient) -> None:
    cam, eve = ws.person("cam"), ws.person("eve")
    ws.user_groups["S0LEADS"] = [cam.id]
    assert client.usergroups_users_list(usergroup="S0LEADS")["users"] == [cam.id]
    assert refusal(client.usergroups_users_list, usergroup="S0NONE") == "no_such_subteam"
    assert client.users_info(user=eve.id)["user"]["team_id"] != ws.id
    ws.person("ben").user.is_guest = True
    listed = {each["id"]: each for each in client.users_list()["members"]}
    assert listed[ws.person("ben").id]["is_restricted"] and not listed[cam.id]["is_restricted"]
    assert eve.id not in listed and listed[ws.bot_user]["is_bot"]
    members = client.conversations_members(channel=ws.channel("support").id)["members"]
    assert cam.id in members and ws.bot_user in members
    dm = client.conversations_open(users=cam.id)["channel"]["id"]
    assert client.conversations_info(channel=dm)["channel"]["is_im"]
