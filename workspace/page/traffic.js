// What went over the line, newest first.
import { h } from "./text.js";

const open = new Set();

export function drawTraffic(box, lines) {
  box.replaceChildren(...lines.toReversed().map((line) => {
    const key = `${line.at} ${line.what} ${line.to}`;
    const details = h("details", {
      class: line.ok ? "" : "bad", open: open.has(key),
      ontoggle: () => { if (details.open) { open.add(key); fill(); } else open.delete(key); },
    }, h("summary", {},
      h("time", {}, new Date(line.at * 1000).toLocaleTimeString()),
      h("span", { class: "way" }, line.to === "bot" ? "→ bot" : "← bot"),
      h("strong", {}, line.what), h("span", { class: "note" }, line.note)));
    const fill = () => details.querySelector("pre") || details.append(
      h("pre", {}, JSON.stringify(line.sent, null, 1)), line.answer && h("pre", {}, JSON.stringify(line.answer, null, 1)));
    if (open.has(key)) fill();
    return details;
  }));
}
