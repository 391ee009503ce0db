"""From the bodies Slack sends to a Request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers import Kind, Request

Body = Mapping[str, Any]


def of_command(body: Body, received: float) -> Request:
    return Request(
        kind=Kind.COMMAND,
        id=f"command:{body.get('trigger_id', '')}",
        person=str(body.get("user_id", "")),
        person_workspace=str(body.get("team_id", "")),
        received=received,
        channel=str(body.get("channel_id", "")),
        text=str(body.get("text") or "").strip(),
        trigger=str(body.get("trigger_id", "")),
        response_url=str(body.get("response_url", "")),
    )


def of_action(body: Body, received: float) -> Request:
    container = body.get("container") or {}
    view = body.get("view") or {}
    channel = str((body.get("channel") or {}).get("id") or container.get("channel_id") or "")
    pressed = body["actions"][0]
    chosen = pressed.get("selected_option") or {}
    return Request(
        kind=Kind.ACTION,
        id=f"press:{body.get('trigger_id', '')}",
        received=received,
        channel=channel,
        value=str(pressed.get("value") or chosen.get("value") or ""),
        trigger=str(body.get("trigger_id", "")),
        response_url=str(body.get("response_url") or ""),
        form_id=str(view.get("id", "")) if view.get("type") == "modal" else "",
        private=str(view.get("private_metadata") or ""),
        is_home=view.get("type") == "home",
        may_replace=bool(container.get("is_ephemeral")) or channel.startswith("D"),
        person=_person(body),
        person_workspace=_workspace(body),
    )


def of_options(body: Body, received: float) -> Request:
    return Request(
        kind=Kind.OPTIONS,
        id="",
        received=received,
        value=str(body.get("value") or ""),
        person=_person(body),
        person_workspace=_workspace(body),
    )


def of_view(body: Body, received: float) -> Request:
    view = body["view"]
    inputs = [block["block_id"] for block in view.get("blocks", []) if block["type"] == "input"]
    return Request(
        kind=Kind.VIEW,
        id=f"view:{view['id']}",
        received=received,
        form_id=str(view["id"]),
        private=str(view.get("private_metadata") or ""),
        answers=view.get("state", {}).get("values", {}),
        first_field=inputs[0] if inputs else "",
        trigger=str(body.get("trigger_id", "")),
        person=_person(body),
        person_workspace=_workspace(body),
    )


def of_shortcut(body: Body, received: float) -> Request:
    return Request(
        kind=Kind.SHORTCUT,
        id=f"shortcut:{body.get('trigger_id', '')}",
        received=received,
        channel=str((body.get("channel") or {}).get("id", "")),
        trigger=str(body.get("trigger_id", "")),
        response_url=str(body.get("response_url") or ""),
        message=body.get("message") or {},
        person=_person(body),
        person_workspace=_workspace(body),
    )


def of_event(body: Body, received: float) -> Request:
    """`id` is the message's, where there is one: the same however often it is delivered."""
    event = body["event"]
    said = event.get("message") or event.get("previous_message") or event
    return Request(
        kind=Kind.EVENT,
        id=f"message:{event.get('channel', '')}:{said.get('ts', '')}",
        person=str(said.get("user", "")),
        person_workspace=str(
            said.get("user_team") or said.get("team") or body.get("team_id") or ""
        ),
        received=received,
        channel=str(event.get("channel", "")),
        event=event,
    )


def _person(body: Body) -> str:
    return str((body.get("user") or {}).get("id", ""))


def _workspace(body: Body) -> str:
    """The person's own workspace: another one than the bot's for people of another company."""
    user, team = body.get("user") or {}, body.get("team") or {}
    return str(user.get("team_id") or team.get("id") or "")
