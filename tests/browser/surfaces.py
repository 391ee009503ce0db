"""How tall a surface is and what can be pressed on it, drawn by the page as Slack draws it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

SCREEN = 738  # pixels of a phone that are left between the channel's name and the composer
DRAW = """async (json) => {
    const { renderBlocks } = await import("/blocks.js");
    const { context } = await import("/state.js");
    const { h } = await import("/text.js");
    const drawn = ({ kind, title, submit, blocks }) => {
        const body = renderBlocks(blocks, context({}, { values: {} }));
        if (kind === "card") return h("article", { class: "message bot ephemeral" },
            h("span", { class: "face" }, "M"), h("div", { class: "grow" },
                h("p", { class: "only" }, "Only visible to you"), h("header", {}, "Mend"), body));
        return h("form", {}, h("header", {}, h("h2", {}, title)),
            h("div", { class: "scroll" }, body),
            h("footer", {}, h("button", {}, submit || "Close")));
    };
    const list = document.querySelector("#list"), dialog = document.querySelector("#modal");
    return JSON.parse(json).map((surface) => {
        const node = drawn(surface), isCard = surface.kind === "card";
        (isCard ? list : dialog).replaceChildren(node);
        if (!isCard && !dialog.open) dialog.show();
        const scroll = node.querySelector(".scroll");
        const height = isCard ? node.getBoundingClientRect().height
            : node.offsetHeight - scroll.clientHeight + scroll.scrollHeight;
        const isWide = node.scrollWidth > node.clientWidth + 1;
        if (isCard && dialog.open) dialog.close();
        return { height, isWide };
    });
}"""


NUMBER = re.compile(r"_\d+$")  # several buttons of one route


@dataclass(frozen=True)
class Surface:
    """What somebody sees at once: a message's card, or a window (modal) with what it sends."""

    name: str
    kind: str
    title: str
    submit: str
    blocks: Sequence[Any]
    sends: str

    @property
    def leads_to(self) -> set[str]:
        """The routes of all that can be pressed, chosen under a ⋯, or sent."""
        elements = [
            e for b in self.blocks for e in (*b.get("elements", ()), b.get("accessory")) if e
        ]
        choices = [o["value"] for e in elements if e["type"] == "overflow" for o in e["options"]]
        ids = [e["action_id"] for e in elements if "action_id" in e]
        return {self.sends, *(NUMBER.sub("", id) for id in ids), *(c.split()[0] for c in choices)}

    @property
    def in_sight(self) -> list[tuple[str, str, str, str]]:
        """Block, action, type and value of what can be pressed; what is filled in is none."""
        return [
            (block["block_id"], each["action_id"], each["type"], each.get("value", ""))
            for block in self.blocks
            if block["type"] in ("actions", "section", "context_actions")
            for each in (*block.get("elements", ()), block.get("accessory"))
            if each and "action_id" in each
        ]


def surface(name: str, shown: Any) -> Surface:
    """Of a message, a modal or App Home that somebody has before them."""
    body = getattr(shown, "body", {})
    kind = {"modal": "window", "home": "home"}.get(body.get("type", ""), "card")
    title, submit = (body.get(key, {}).get("text", "") for key in ("title", "submit"))
    return Surface(name, kind, title, submit, [*shown.blocks], body.get("callback_id", ""))


def heights(page: Page, surfaces: Sequence[Surface]) -> list[dict[str, Any]]:
    """Of each, in pixels, and whether it runs off the side."""
    return list(page.evaluate(DRAW, json.dumps([vars(surface) for surface in surfaces])))
