// Slack's mrkdwn, and Markdown, as DOM nodes. People's text only ever becomes text nodes.

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else if (key in node && typeof value !== "string") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const EMOJI = {
  handshake: "🤝", white_check_mark: "✅", warning: "⚠️", wave: "👋", bulb: "💡", eyes: "👀", "+1": "👍",
  heart: "❤️", lock: "🔒", pray: "🙏", tada: "🎉", seedling: "🌱", bell: "🔔", wrench: "🔧", x: "❌",
};
export const emoji = (name) => EMOJI[name] || `:${name}:`;

const unescape = (text) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

function link(url, label) {
  const safe = /^(https?|mailto|tel):/i.test(url);
  if (!safe) return h("span", {}, unescape(label));
  return h("a", { href: unescape(url), target: "_blank", rel: "noreferrer" }, unescape(label));
}

// A moment in the reader's words, kept up to date as Slack does.
function told(node) {
  const [, at, form] = node.dataset.date.split("^");
  const when = new Date(at * 1000), minutes = Math.round((when - Date.now()) / 60000);
  const days = Math.round((new Date(when).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 864e5);
  const near = new Intl.RelativeTimeFormat([], { numeric: "auto" });
  const [count, unit] = Math.abs(minutes) < 60 ? [minutes, "minute"]
    : Math.abs(minutes) < 1440 ? [Math.round(minutes / 60), "hour"] : [days, "day"];
  node.textContent = form
    .replace("{date_short_pretty}", Math.abs(days) < 2 ? near.format(days, "day") : when.toLocaleDateString([], { day: "numeric", month: "short", year: "numeric" }))
    .replace("{time}", when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }))
    .replace("{ago}", near.format(count, unit));
  return node;
}
setInterval(() => document.querySelectorAll("time[data-date]").forEach(told), 30000);

function angle(inside, names) {
  const [target, label] = inside.split("|");
  if (target[0] === "@") {
    return h("span", { class: "mention" }, `@${names[target.slice(1)] || label || target.slice(1)}`);
  }
  if (target[0] === "#") {
    return h("span", { class: "mention" }, `#${names[target.slice(1)] || label || target.slice(1)}`);
  }
  if (target.startsWith("!date^")) return told(h("time", { "data-date": target, title: label || "" }));
  if (target[0] === "!") return h("span", { class: "mention" }, `@${target.slice(1).split("^")[0]}`);
  return link(target, label || target.replace(/^(mailto|tel):/, ""));
}

// The parts of one line: [pattern, how it becomes a node]. The first that fits earliest wins.
const CODE = [/`([^`\n]+)`/, (m) => h("code", {}, unescape(m[1]))];
const SMILE = [/:([a-z0-9_+-]+):/, (m) => emoji(m[1])];
const mark = (sign, tag) => {
  const s = sign.replace(/./g, "\\$&");
  const pattern = new RegExp(`(?<![\\w${s}])${s}(?=\\S)(.+?)(?<=\\S)${s}(?![\\w${s}])`);
  return [pattern, (m, again) => h(tag, {}, again(m[1]))];
};
const MENTION = [/<([^<>\n]+)>/, (m, _, names) => angle(m[1], names)];
const MRKDWN = [
  CODE, MENTION,
  mark("*", "strong"), mark("_", "em"), mark("~", "s"), SMILE,
];
const MARKDOWN = [
  CODE, MENTION, [/\[([^\]]+)\]\(([^)\s]+)\)/, (m) => link(m[2], m[1])],
  mark("**", "strong"), mark("*", "em"), mark("_", "em"), mark("~~", "s"), SMILE,
];

function inline(text, rules, names) {
  const nodes = [];
  const again = (part) => inline(part, rules, names);
  while (text) {
    let best = null;
    for (const [pattern, make] of rules) {
      const match = pattern.exec(text);
      if (match && (!best || match.index < best.match.index)) best = { match, make };
    }
    if (!best) break;
    nodes.push(unescape(text.slice(0, best.match.index)), best.make(best.match, again, names));
    text = text.slice(best.match.index + best.match[0].length);
  }
  return [...nodes, unescape(text)];
}

// Fenced code, quotes, lists and headings are told by how a line begins.
function lines(text, rules, names, headings) {
  const out = [];
  const pieces = text.split(/```\n?([\s\S]*?)\n?```/);
  pieces.forEach((piece, index) => {
    if (index % 2) {
      out.push(h("pre", {}, unescape(piece)));
      return;
    }
    if (index && piece.startsWith("\n")) piece = piece.slice(1);
    if (!piece) return;
    let quote = null;
    for (const line of piece.split("\n")) {
      const quoted = /^(?:>|&gt;) ?(.*)$/.exec(line);
      const heading = headings && /^(#{1,6}) (.*)$/.exec(line);
      const item = headings && /^\s*(?:[-*]|(\d+\.)) (.*)$/.exec(line);
      if (quoted) {
        if (!quote) out.push((quote = h("blockquote")));
        quote.append(h("div", {}, inline(quoted[1], rules, names)));
        continue;
      }
      quote = null;
      if (heading) out.push(h("h4", {}, inline(heading[2], rules, names)));
      else if (item) out.push(h("div", { class: "item" }, `${item[1] || "•"} `, inline(item[2], rules, names)));
      else out.push(h("div", {}, line ? inline(line, rules, names) : h("br")));
    }
  });
  return h("div", { class: "text" }, out);
}

export const mrkdwn = (text, names) => lines(text, MRKDWN, names, false);
export const markdown = (text, names) => lines(text, MARKDOWN, names, true);

export function textObject(object, names) {
  if (object.type === "mrkdwn") return mrkdwn(object.text, names);
  const nodes = inline(object.text.replaceAll("&", "&amp;"), [SMILE], names);
  return h("span", { class: "plain" }, nodes);
}

export function richText(element, names) {
  const inner = () => (element.elements || []).map((part) => richText(part, names));
  const style = element.style || {};
  const tags = { bold: "strong", italic: "em", strike: "s", code: "code" };
  const styled = (node) =>
    Object.keys(tags).reduce((made, key) => (style[key] === true ? h(tags[key], {}, made) : made), node);
  switch (element.type) {
    case "rich_text_section": return h("div", {}, inner());
    case "rich_text_preformatted": return h("pre", {}, inner());
    case "rich_text_quote": return h("blockquote", {}, inner());
    case "rich_text_list":
      return h(element.style === "ordered" ? "ol" : "ul", {}, inner().map((node) => h("li", {}, node)));
    case "emoji": return emoji(element.name);
    case "user": return h("span", { class: "mention" }, `@${names[element.user_id] || element.user_id}`);
    case "channel": return h("span", { class: "mention" }, `#${names[element.channel_id] || element.channel_id}`);
    case "link": return styled(link(element.url, element.text || element.url));
    default: return styled(h("span", { class: "plain" }, element.text || ""));
  }
}
