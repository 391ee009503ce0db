// Messages with their menus, and the box to write in.
import { renderBlocks } from "./blocks.js";
import { menu, toast } from "./popups.js";
import { act, context, isRoot, openThread, page } from "./state.js";
import { emoji, h, mrkdwn } from "./text.js";

const drawn = new WeakMap(); // container -> key -> {json, node}

export function drawMessages(box, channel, messages, note, inThread = false) {
  const state = page.state;
  const scope = `${page.as} ${channel.id} ${inThread ? page.thread : ""}`;
  const old = drawn.get(box)?.scope === scope ? drawn.get(box).nodes : new Map();
  const atEnd = !old.size || box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  const nodes = new Map();
  let before = null;
  for (const message of messages) {
    const day = dayOf(message.ts);
    if (!inThread && (!before || day !== dayOf(before.ts))) {
      nodes.set(day, old.get(day) || { node: h("h2", { class: "day" }, day) });
      before = null;
    }
    const follows = before && before.user === message.user && message.ts - before.ts < 300 && !message.ephemeral_for && !before.ephemeral_for;
    const json = JSON.stringify([message, follows, state.features.shortcuts?.length]);
    const known = old.get(message.ts);
    nodes.set(message.ts, known?.json === json ? known : { json, node: drawMessage(channel, message, follows, inThread) });
    before = message;
  }
  drawn.set(box, { scope, nodes });
  const wanted = [...nodes.values()].map((one) => one.node);
  if (!wanted.length) wanted.push(h("p", { class: "faint" }, note || "Nothing here yet."));
  else if (note) wanted.unshift(h("p", { class: "faint" }, note));
  const now = [...box.children];
  const stood = box.scrollTop; // taking the lines out would put whoever reads back at the top
  if (wanted.length !== now.length || wanted.some((node, i) => node !== now[i])) box.replaceChildren(...wanted);
  box.scrollTop = stood;
  const last = wanted.at(-1); // where it is taller than the window, its beginning is shown
  if (atEnd) box.scrollTop = Math.min(box.scrollHeight, last.offsetTop - box.offsetTop - 8);
}

const dayOf = (ts) => new Date(ts * 1000).toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
const clock = (ts) => new Date(ts * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

function drawMessage(channel, message, follows, inThread) {
  const { names, me } = page.state;
  const name = names[message.user] || "Slackbot";
  const where = { channel: message.channel, ts: message.ts };
  const body = message.blocks.length
    ? renderBlocks(message.blocks, context(where, { values: message.values }))
    : mrkdwn(message.text, names);
  const reactions = Object.entries(message.reactions).map(([sign, users]) => h("button", {
    type: "button", class: "reaction", title: users.map((user) => names[user]).join(", "),
    onclick: () => users.includes(me) || act("react", where, sign),
  }, `${emoji(sign)} ${users.length}`));
  const replies = message.reply_count && !inThread && isRoot(message)
    ? h("button", { type: "button", class: "replies", onclick: () => openThread(message) },
      `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`) : null;
  return h("article", {
    class: ["message", message.bot && "bot", message.ephemeral_for && "ephemeral", follows && "follows", message.deleted && "gone"].filter(Boolean).join(" "),
    "data-ts": message.ts,
  },
    h("span", { class: "face", "aria-hidden": "true", "data-name": name }, name[0]),
    h("div", { class: "grow" },
      message.ephemeral_for && h("p", { class: "only" }, "Only visible to you"),
      !follows && h("header", {}, h("strong", {}, name), message.bot && h("small", { class: "app" }, "APP"), h("time", {}, clock(message.ts))),
      body, message.edited && h("small", { class: "faint" }, "(edited)"),
      reactions.length ? h("div", { class: "reactions" }, reactions) : null, replies),
    message.deleted || message.ephemeral_for ? null : h("button", {
      type: "button", class: "quiet more", "aria-label": "Message actions", "aria-haspopup": "menu",
      onclick: (event) => menu(event.currentTarget, actions(message, where, inThread)),
    }, "⋮"));
}

function actions(message, where, inThread) {
  const mine = message.user === page.state.me;
  return [
    !inThread && { label: "Reply in thread", go: () => openThread(message) },
    ...["handshake", "+1", "eyes"].map((name) => ({ label: `React ${emoji(name)} ${name}`, go: () => act("react", where, name) })),
    ...(page.state.features.shortcuts || []).filter((one) => one.type === "message").map((one) => ({
      label: one.name, note: one.description, go: () => act("shortcut", one.callback_id, where),
    })),
    mine && { label: "Edit", go: () => edit(message, where) },
    mine && { label: "Delete", go: () => act("delete", where) },
  ].filter(Boolean);
}

const asTyped = (text) => text
  .replace(/<@(\w+)(?:\|[^>]*)?>/g, (_, id) => `@${(page.state.names[id] || id).toLowerCase()}`)
  .replace(/<(?:mailto:)?([^|>]+)(?:\|[^>]*)?>/g, "$1")
  .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

function edit(message, where) {
  const box = document.querySelector(`[data-ts="${message.ts}"] .text`);
  const done = (save) => { if (save) act("edit", where, field.value); else form.replaceWith(box); };
  const field = h("textarea", {
    rows: "2", "aria-label": "Edit message",
    onkeydown: (event) => {
      if (event.key === "Escape") done(false);
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); done(true); }
    },
  });
  field.value = asTyped(message.text);
  const form = h("div", { class: "edit" }, field, h("button", { type: "button", onclick: () => done(false) }, "Cancel"),
    h("button", { type: "button", class: "primary", onclick: () => done(true) }, "Save"));
  box.replaceWith(form);
  field.focus();
}

export function composer(box, channel, root) {
  const scope = channel ? `${page.as} ${channel.id} ${root?.ts || ""}` : "";
  if (box.dataset.scope === scope) return;
  box.dataset.scope = scope;
  if (!channel) return box.replaceChildren();
  const hints = h("div", { class: "hints", role: "listbox", hidden: true });
  const send = async () => {
    const text = field.value.trim();
    if (!text) return;
    const name = text.split(/\s/)[0];
    const known = (page.state.features.slash_commands || []);
    if (name.startsWith("/") && root) return toast(`${name} is not supported in threads. Sorry!`);
    if (name.startsWith("/") && known.length && !known.some((one) => one.command === name)) {
      return toast(`${name} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`);
    }
    field.value = "";
    hint();
    box.parentElement.querySelector(".scroll").scrollTop = 1e9; // what comes now is followed
    if (name.startsWith("/")) await act("command", name, text.slice(name.length).trim(), channel.id);
    else await act("say", channel.id, text, root ? { channel: channel.id, ts: root.ts } : null);
  };
  const hint = () => {
    const typed = field.value.split(/\s/)[0];
    const fits = typed.startsWith("/") && !root ? (page.state.features.slash_commands || []).filter((one) => one.command.startsWith(typed)) : [];
    const shown = field.value.includes(" ") ? fits.filter((one) => one.command === typed) : fits;
    hints.hidden = !shown.length;
    hints.replaceChildren(...shown.map((one) => h("button", {
      type: "button", role: "option",
      onclick: () => { field.value = `${one.command} `; field.focus(); hint(); },
    }, h("strong", {}, one.command), ` ${one.usage_hint || ""}`, h("small", {}, one.description || ""))));
  };
  const field = h("textarea", {
    rows: "1", "aria-label": root ? "Reply" : `Message ${channel.name}`,
    placeholder: root ? "Reply…" : channel.kind === "im" ? "Message Mend" : `Message #${channel.name} or /`,
    oninput: hint,
    onkeydown: (event) => {
      const first = hints.hidden ? null : hints.querySelector("button");
      if (event.key === "Tab" && first && !field.value.includes(" ")) { event.preventDefault(); first.click(); }
      if (event.key === "Escape") hints.hidden = true;
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); send(); }
    },
  });
  box.replaceChildren(hints, h("div", { class: "box" }, field, h("button", { type: "button", class: "primary", "aria-label": "Send", onclick: send }, "➤")));
}
