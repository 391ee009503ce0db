"""What views.open, push, update and publish do, and the ack of a submission."""

import json
from typing import Any

from workspace import limits
from workspace.blocks import Json
from workspace.limits import Refused
from workspace.state import State, View

DEEPEST = 3  # modals on one stack


def checked(given: Any, kind: str = "modal") -> Json:
    """A view as the bot gave it. Raises Refused where Slack would."""
    if errors := limits.check_view(given):
        raise Refused("invalid_arguments", errors)
    if given["type"] != kind:
        raise Refused("view_type_not_supported" if kind == "home" else "invalid_arguments")
    if len(json.dumps(given)) > 250_000:
        raise Refused("view_too_large")
    return dict(given)


def show(state: State, user_id: str, body: Json, on: View | None = None) -> View:
    """Put a modal on top: alone, or over `on`."""
    stack = state.modals.get(user_id, []) if on else []
    if len(stack) >= DEEPEST:
        raise Refused("push_limit_reached")
    view = View(user_id, body, on)
    with state.change():
        state.modals[user_id] = [*stack, view]
    return view


def close(state: State, view: View) -> None:
    """Take a modal away, with those on top of it; the one below shows again."""
    with state.change():
        stack = state.modals.get(view.user, [])
        if view in stack:
            del stack[stack.index(view) :]


def after_submission(state: State, view: View, body: Json) -> None:
    """Do what the ack of a submission asks. Raises Refused where Slack could not."""
    action, new = body.get("response_action"), body.get("view")
    with state.change():
        if action is None:
            close(state, view)
        elif action == "clear":
            state.modals[view.user] = []
        elif action == "errors":
            errors = body.get("errors") or {}
            inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
            if not errors or not inputs.issuperset(errors):
                raise Refused("invalid_arguments", ["[ERROR] errors must name input blocks"])
            view.errors = dict(errors)
        elif action == "update":
            view.show(checked(new))
        elif action == "push":
            show(state, view.user, checked(new), view)
        else:
            raise Refused("invalid_arguments", [f"[ERROR] unknown response_action: {action}"])
