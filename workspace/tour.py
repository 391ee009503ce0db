"""What to try next, for whoever sees the workspace for the first time; it ticks itself."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workspace.delivery import Delivery


@dataclass
class Step:
    """One thing for a person (`who`) to try. It is `done` by an act that begins with `act`.

    The page offers to get ready for it: it goes to `place` (a channel's name, "messages" or
    "home"), writes `text` into the box, or offers to press the extra button of that label.
    """

    who: str
    words: str
    act: str
    place: str = ""
    text: str = ""
    extra: str = ""
    done: bool = False


def read(toml: str) -> list[Step]:
    """The steps of a file with a table `[[step]]` for each; raises TypeError for other keys."""
    return [Step(**step) for step in tomllib.loads(toml)["step"]]


def done_by(steps: Sequence[Step], who: str, act: str) -> list[Step]:
    """The open steps that somebody has done with this."""
    return [
        each for each in steps if not each.done and each.who == who and act.startswith(each.act)
    ]


def act_of(name: str, args: Sequence[Any], result: Any) -> str:
    """What was done, as a step names it: "/repair …", "press Answer", "submit Your answer".

    A press is named by the button's label, a choice in a menu too; a form by its title; anything
    else by its name on the page ("react handshake", "extra It is late", "open_home").
    """
    payload = result.payload if isinstance(result, Delivery) else {}
    for action in payload.get("actions", ()):
        chosen = action.get("selected_option") or action
        return f"press {chosen.get('text', {}).get('text', '')}"
    if "view" in payload:
        return f"submit {payload['view']['title']['text']}"
    said = [arg for arg in args if isinstance(arg, str)]
    return " ".join(said[:2] if name == "command" else [name, *said])
