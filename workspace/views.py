"""The views.* methods, and what an ack of a submission does to a modal."""

from __future__ import annotations

import json
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from workspace import forms, limits, payloads, reading
from workspace.methods import method, parsed, required
from workspace.responses import Refused
from workspace.state import State, Trigger, View

if TYPE_CHECKING:
    from workspace.workspace import Workspace

Json = dict[str, Any]
DEEPEST = 3  # modals on one stack


def checked(given: Any, kind: str = "modal") -> Json:
    """A view as the bot gave it, with ids where it gave none. Raises Refused where Slack would."""
    errors = limits.check_view(given)
    if errors:
        raise Refused("invalid_arguments", errors)
    if given["type"] != kind:
        raise Refused("view_type_not_supported" if kind == "home" else "invalid_arguments")
    if len(json.dumps(given)) > 250_000:
        raise Refused("view_too_large")
    return {**given, "blocks": reading.with_block_ids(given["blocks"])}


def show(state: State, user_id: str, body: Json, on: View | None = None) -> View:
    """Put a modal on top: alone, or over `on`."""
    external_id = body.get("external_id")
    if external_id and state.find_view(None, external_id):
        raise Refused("duplicate_external_id")
    view_id = f"V{token_hex(5).upper()}"
    root = on.root_id if on else view_id
    view = View(view_id, user_id, body, root, on.id if on else None)
    view.values = forms.initial(body["blocks"])
    with state.changed:
        stack = state.modals.setdefault(user_id, []) if on else []
        if len(stack) >= DEEPEST:
            raise Refused("push_limit_reached")
        state.modals[user_id] = [*stack, view]
    state.touch()
    return view


def take_trigger(state: State, args: Json) -> Trigger:
    """Use up a trigger_id; it is good once, for three seconds."""
    with state.changed:
        trigger = state.triggers.get(required(args, "trigger_id"))
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if state.now() > trigger.expires:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger


@method("views.open")
def views_open(ws: Workspace, args: Json) -> Json:
    body = checked(parsed(args, "view"))
    user = take_trigger(ws.state, args).user
    return {"view": payloads.view(show(ws.state, user, body))}


@method("views.push")
def views_push(ws: Workspace, args: Json) -> Json:
    body = checked(parsed(args, "view"))
    trigger = take_trigger(ws.state, args)
    on = ws.state.find_view(trigger.view)
    if on is None:
        raise Refused("not_found")
    return {"view": payloads.view(show(ws.state, trigger.user, body, on))}


def _current(args: Json, found: View | None) -> None:
    if found is not None and args.get("hash") and args["hash"] != found.hash:
        raise Refused("hash_conflict")


@method("views.update")
def views_update(ws: Workspace, args: Json) -> Json:
    body = checked(parsed(args, "view"))
    with ws.state.changed:
        found = ws.state.find_view(args.get("view_id"), args.get("external_id"))
        if found is None:
            raise Refused("not_found")
        _current(args, found)
        found.replace(body)
    ws.state.touch()
    return {"view": payloads.view(found)}


@method("views.publish")
def views_publish(ws: Workspace, args: Json) -> Json:
    user = required(args, "user_id")
    if user not in ws.state.users:
        raise Refused("user_not_found")
    body = checked(parsed(args, "view"), "home")
    with ws.state.changed:
        found = ws.state.homes.get(user)
        _current(args, found)
        if found is None:
            found = View(f"V{token_hex(5).upper()}", user, body, "")
            found.root_id = found.id
            found.values = forms.initial(body["blocks"])
            ws.state.homes[user] = found
        else:
            found.replace(body)
    ws.state.touch()
    return {"view": payloads.view(found)}


def close(state: State, view: View) -> None:
    """Take a modal away, with those on top of it; the one below shows again."""
    with state.changed:
        stack = state.modals.get(view.user, [])
        if view in stack:
            del stack[stack.index(view) :]
    state.touch()


def after_submission(state: State, view: View, body: Json) -> None:
    """Do what the ack of a submission asks. Raises Refused where Slack could not."""
    action = body.get("response_action")
    if action is None:
        close(state, view)
    elif action == "clear":
        with state.changed:
            state.modals[view.user] = []
        state.touch()
    elif action == "errors":
        errors = body.get("errors") or {}
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        unknown = [block_id for block_id in errors if block_id not in inputs]
        if unknown or not errors:
            raise Refused("invalid_arguments", [f"[ERROR] no input block has the id {unknown}"])
        with state.changed:
            view.errors = dict(errors)
        state.touch()
    elif action == "update":
        with state.changed:
            view.replace(checked(body.get("view")))
        state.touch()
    elif action == "push":
        show(state, view.user, checked(body.get("view")), view)
    else:
        raise Refused("invalid_arguments", [f"[ERROR] unknown response_action: {action}"])
