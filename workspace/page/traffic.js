// What went over the line, newest first.
import { h } from "./text.js";

const open = new Set();

// Deliveries and calls as lines of one kind, in order.
function linesOf({ deliveries, calls }) {
  const sent = deliveries.map((d) => ({
    at: d.at, to: "bot", ok: !d.failure, sent: d.payload, answer: d.body,
    what: d.payload.command || d.payload.event?.type || d.payload.type || d.kind,
    note: d.failure || `acked in ${(d.seconds * 1000).toFixed(0)} ms`,
  }));
  const called = calls.map((c) => ({
    at: c.at, to: "slack", ok: c.response.ok, sent: c.args, answer: c.response, what: c.method, note: c.response.error || "ok",
  }));
  return [...sent, ...called].sort((a, b) => a.at - b.at);
}

export function drawTraffic(box, state) {
  const lines = linesOf(state);
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
