"""App Home: own something, find a repair, and one's own notes with all their controls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock, HeaderBlock
from slack_sdk.models.views import View

from mend.blocks import notes, pause
from mend.blocks.kit import Message, aside, button, buttons, says
from mend.blocks.promises import summary as promise_summary
from mend.domain.entries import Entry
from mend.domain.promises import Promise
from mend.domain.roles import Role

OWN = "own_open"
FIND = "home_find"
RECAP = "home_recap"
DOCTOR = "home_doctor"
PRIVACY = "home_privacy"
PAGE = "home_page"
PROMISES_SHOWN = 5
NOTES_SHOWN = 10  # 3 blocks each: far from Slack's 100, and still a page one can read


def home(
    entries: Sequence[Entry],
    promises: Sequence[Promise],
    now: datetime,
    *,
    role: Role,
    page: int,
    has_older: bool,
    next_recap: datetime | None,
    policy_url: str,
    said: Message | None,
    on_top: Sequence[Block] = (),
) -> dict[str, Any]:
    """The view. `said` stands on top: the answer to what was just pressed here."""
    blocks: list[Block] = [HeaderBlock(text="Mend"), *on_top, _doors(role)]
    blocks.append(aside("`/repair` and the customer's words find the playbook, in any channel."))
    if next_recap:
        blocks.append(aside(f"Next recap: {next_recap:%A %-d %B, %H:%M} ({next_recap.tzinfo})."))
    if promises:
        blocks += [DividerBlock(), says("*Your open promises*")]
        for promise in promises[:PROMISES_SHOWN]:
            blocks += promise_summary(promise)
    blocks += [DividerBlock(), says("*Your notes* (only you see this page)")]
    for entry in entries:
        blocks += notes.summary(entry, now)
    if not entries:
        blocks.append(
            says("Nothing here. When something slips: `/ownit`, one line. It stays yours.")
        )
    blocks += _pages(page, has_older)
    blocks.append(aside(fairness(policy_url)))
    view = View(type="home", blocks=blocks).to_dict()
    if said:
        answer = [block for block in said.blocks if not _stands_below(block)]
        view["blocks"] = [*answer, {"type": "divider"}, *view["blocks"]]
    return view


def closed(why: str) -> dict[str, Any]:
    """App Home of somebody whom Mend is not for."""
    return View(type="home", blocks=[says(why)]).to_dict()


def fairness(policy_url: str) -> str:
    """What Mend can and cannot promise about an owned note."""
    policy = (
        f"<{policy_url}|How your company treats owned mistakes.>"
        if policy_url
        else "Your company has not set a policy on owned mistakes here."
    )
    return f"{policy} Whoever runs the server, or Slack itself, can technically read what is kept."


def _stands_below(block: Mapping[str, Any]) -> bool:
    """Whether these are a note's own controls, which its line on this page has anyway."""
    elements = block.get("elements") if block["type"] == "actions" else ()
    return any(each.get("action_id") in (notes.WITHDRAW, notes.LEARNED) for each in elements or ())


def _doors(role: Role) -> Block:
    elements = [
        button("Own something", OWN, "", "primary"),
        button("Find a repair", FIND, "repair"),
        button("Pause", pause.OPEN, "pause"),
    ]
    if role >= Role.SUPERVISOR:
        elements.append(button("Preview the recap", RECAP, "recap"))
    if role >= Role.ADMIN:
        elements.append(button("Doctor", DOCTOR, "doctor"))
    elements.append(button("Privacy", PRIVACY, "privacy"))
    return buttons(*elements)


def _pages(page: int, has_older: bool) -> list[Block]:
    turns = []
    if page:
        turns.append(button("Newer", f"{PAGE}_0", str(page - 1)))
    if has_older:
        turns.append(button("Older", f"{PAGE}_1", str(page + 1)))
    return [buttons(*turns)] if turns else []
