"""App Home: everything a command reaches, and every control of a message that vanishes."""

from __future__ import annotations

from handlers import Deps, Reply, Request, Routes
from mend.blocks import home as blocks
from mend.blocks.kit import Message


def register(on: Routes) -> None:
    on.event("app_home_opened", opened)
    on.action(blocks.PAGE, turn_page)


def opened(deps: Deps, request: Request) -> Reply:
    is_home = request.event.get("tab", "home") == "home"
    return Reply(refreshes_home=is_home)


def turn_page(deps: Deps, request: Request) -> Reply:
    return Reply(refreshes_home=True, home_page=max(0, int(request.value)))


def publish(deps: Deps, person: str, said: Message | None = None, page: int = 0) -> None:
    """Show App Home to `person`; `said` is the answer to what they just pressed there."""
    start = page * blocks.NOTES_SHOWN
    found = deps.store.entries.mine(
        deps.workspace, person, limit=blocks.NOTES_SHOWN + 1, offset=start
    )
    view = blocks.home(
        found[: blocks.NOTES_SHOWN],
        deps.store.working.open_promises(deps.workspace, person),
        deps.now(),
        role=deps.role_of(person),
        page=page,
        has_older=len(found) > blocks.NOTES_SHOWN,
        next_recap=deps.next_recap(deps.teams.of(person)),
        policy_url=deps.policy_url,
        said=said,
    )
    deps.slack.publish_home(person, view)
