"""How tall a surface is and what can be pressed on it, drawn by the page as Slack draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

SCREEN = 738  # pixels of a phone that are left between the channel's name and the composer
DRAW = """async (surfaces) => {
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
    return surfaces.map((surface) => {
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


@dataclass(frozen=True)
class Surface:
    """What somebody sees at once: a message's card, or a window (modal) with what it sends."""

    name: str
    kind: str
    title: str
    submit: str
    blocks: Sequence[Any]

    @property
    def in_sight(self) -> list[tuple[str, str]]:
        """What can be pressed, each with its block; a ⋯ counts, and what is filled in does not."""
        return [
            (block["block_id"], each["action_id"])
            for block in self.blocks
            if block["type"] in ("actions", "section", "context_actions")
            for each in (*block.get("elements", ()), block.get("accessory"))
            if each and "action_id" in each
        ]


def heights(page: Page, surfaces: Sequence[Surface]) -> list[dict[str, Any]]:
    """Of each, in pixels, and whether it runs off the side."""
    return list(page.evaluate(DRAW, [vars(surface) for surface in surfaces]))
