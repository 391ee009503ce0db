// Slack's data_visualization block, drawn simply, with its figures as a text beside it.
import { h } from "./text.js";

const SVG = "http://www.w3.org/2000/svg";
const COLOURS = ["#1f5f5b", "#c98a2b", "#5b6ea8", "#a8574c", "#6d8f3f", "#7d5a8c"];

function s(tag, attributes, text) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

export function chart(block) {
  const { chart: data, title } = block;
  const series = data.type === "pie" ? [{ name: title, data: data.segments }] : data.series;
  const points = series.flatMap((one, row) => one.data.map((point) => ({ ...point, row })));
  const said = points.map((p) => `${p.label} ${p.value}`).join(", ");
  const most = Math.max(1, ...points.map((p) => p.value));
  const svg = s("svg", { viewBox: `0 0 360 ${points.length * 22 + 4}`, role: "img", "aria-label": `${title}: ${said}` });
  points.sort((a, b) => data.type === "pie" ? b.value - a.value : 0).forEach((point, index) => {
    const y = index * 22 + 2;
    svg.append(
      s("text", { x: 118, y: y + 14, "text-anchor": "end", class: "label" }, point.label),
      s("rect", { x: 124, y: y + 2, width: Math.max(2, 196 * point.value / most), height: 16, rx: 3, fill: COLOURS[point.row % 6] }),
      s("text", { x: 128 + Math.max(2, 196 * point.value / most), y: y + 14, class: "label" }, String(point.value)),
    );
  });
  const legend = series.length > 1 && h("div", { class: "legend" }, series.map((one, row) =>
    h("span", { style: `--colour:${COLOURS[row % 6]}` }, one.name)));
  return h("figure", { class: "chart" }, h("figcaption", {}, title), legend || null, svg);
}
