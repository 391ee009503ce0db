// Slack's data_visualization block as plain bars, a pie too, with its figures in words beside it.
import { h } from "./text.js";

const COLOURS = ["#1f5f5b", "#c98a2b", "#5b6ea8", "#a8574c", "#6d8f3f", "#7d5a8c"];

export function chart(block) {
  const { chart: data, title } = block;
  const series = data.type === "pie" ? [{ name: title, data: data.segments }] : data.series;
  const points = series.flatMap((one, row) => one.data.map((point) => ({ ...point, row })));
  const said = points.map((p) => `${p.label} ${p.value}`).join(", ");
  const most = Math.max(1, ...points.map((p) => p.value));
  const bars = points.map((p) => h("div", { class: "bar" }, h("span", {}, p.label),
    h("i", { style: `width: ${(60 * p.value) / most}%; background: ${COLOURS[p.row % 6]}` }), String(p.value)));
  const legend = series.length > 1 && h("div", { class: "legend" }, series.map((one, row) =>
    h("span", { style: `--colour:${COLOURS[row % 6]}` }, one.name)));
  return h("figure", { class: "chart" }, h("figcaption", {}, title), legend,
    h("div", { role: "img", "aria-label": `${title}: ${said}` }, bars));
}
