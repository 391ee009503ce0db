"""Share, under an answer: it is posted for everybody in the channel."""

from __future__ import annotations

from mend.db.model import Refused
from mend.dispatch.routes import Reply, Request, Routes
from mend.playbooks.library import Library
from mend.repair.control_views import SHARE
from mend.repair.sharing import Sharing
from mend.slack import ui

on = Routes()


@on.action(SHARE)
def share(request: Request, library: Library, sharing: Sharing) -> Reply:
    """However often it is pressed on one card, it stands in the channel once."""
    if not request.channel:
        raise Refused("A window has no channel to share it in. Type `/repair` in one, then Share.")
    slug = library.served(request.value).slug
    key = sharing.share(request.user, request.channel, request.card, slug)
    return Reply(later=lambda: ui.notice(sharing.outcome(key)), jobs=[key], replaces=False)
