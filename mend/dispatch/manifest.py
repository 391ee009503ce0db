"""The app manifest Slack is given, written from the same declarations that answer it."""

from __future__ import annotations

from typing import Any

from mend.dispatch.routes import Kind, Routes
from mend.slack.model import SCOPES

BOT_EVENTS = (
    "app_home_opened",
    "member_joined_channel",
    "message.channels",
    "message.groups",
    "message.im",
)


def manifest(routes: Routes, url: str = "") -> dict[str, Any]:
    """For Socket Mode, or, with the public `url` of the bot, for signed HTTP."""
    endpoint = {"url": f"{url.rstrip('/')}/slack/events"} if url else {}
    request_url = {"request_url": endpoint["url"]} if url else {}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Mend",
            "description": "Repair it quickly, own it without blame, close its cause.",
            "background_color": "#1f5c4d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Mend", "always_online": True},
            "slash_commands": [
                {
                    "command": route.id,
                    "description": route.help,
                    "usage_hint": route.usage,
                    "should_escape": True,
                    **endpoint,
                }
                for route in routes.of(Kind.COMMAND)
            ],
            "shortcuts": [
                {
                    "name": route.label,
                    "type": "message",
                    "callback_id": route.id,
                    "description": route.help,
                }
                for route in routes.of(Kind.SHORTCUT)
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**request_url, "bot_events": list(BOT_EVENTS)},
            "interactivity": {"is_enabled": True, **request_url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }
