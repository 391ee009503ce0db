// The page, drawn for the person it acts for.
import { drawModal } from "./modal.js";
import { composer, drawMessages } from "./messages.js";
import { renderBlocks } from "./blocks.js";
import { act, context, drawWith, isRoot, page, refresh, stopped } from "./state.js";
import { toast } from "./popups.js";
import { h } from "./text.js";
import { drawTour } from "./tour.js";
import { drawTraffic } from "./traffic.js";

const $ = (id) => document.getElementById(id);
const newest = (channel) => Number(channel.messages.at(-1)?.ts || 0);

const dm = () => page.state.channels.find((channel) => channel.kind === "im");

function go(place) {
  page.place = place;
  page.thread = null;
  document.body.classList.remove("side-open");
  if (place === "home") act("open_home");
  location.hash = new URLSearchParams({ as: page.as, place }).toString();
  draw();
  $("composer").querySelector("textarea")?.focus({ preventScroll: true });
}

// The place of this name or id where whoever acts is; everybody has messages of their own.
const placeOf = (name) => name === "home" ? name
  : name === "messages" ? dm().id : page.state.channels.find((one) => name === one.id || name === one.name)?.id;

// Act as this person from now on, in the same place or another.
async function be(who, place) {
  page.as = who;
  await refresh();
  go(placeOf(place) || page.state.channels[0].id);
}

// Where a step of the tour begins, with the words it needs in the box.
async function lead(step) {
  await be(step.who, step.place);
  const field = $("composer").querySelector("textarea");
  if (!step.text || !field) return;
  field.value = step.text;
  field.dispatchEvent(new Event("input"));
}

function drawSide(state) {
  $("line").textContent = state.connected ? "Mend is connected" : "Mend is not connected";
  $("line").className = state.connected ? "on" : "off";
  $("people").replaceChildren(...state.people.map((person) => h("button", {
    type: "button", "aria-pressed": String(person.name === page.as), title: person.role,
    onclick: () => be(person.name, page.place === dm().id ? "messages" : page.place),
  }, state.names[person.id])));
  const im = dm();
  const seen = (page.read[page.as] ||= {});
  const entry = (place, label, channel, locked) => {
    const unread = channel && place !== page.place && newest(channel) > (seen[channel.id] ?? page.opened);
    return h("button", {
      type: "button", class: unread ? "unread" : "", "aria-current": place === page.place ? "page" : null,
      onclick: () => go(place),
    }, h("span", {}, label), locked && h("small", {}, locked), unread && h("i", { "aria-label": "unread" }));
  };
  const channels = state.channels.filter((channel) => channel.kind !== "im");
  $("places").replaceChildren(
    h("h2", {}, "Channels"),
    ...channels.map((c) => entry(c.id, `${c.kind === "group" ? "🔒" : "#"} ${c.name}`, c, c.archived ? "archived" : c.bot_in ? "" : "without Mend")),
    h("h2", {}, "Apps"), entry(im.id, "Mend – messages", im), entry("home", "Mend – home"),
  );
  if ($("extras").childElementCount === state.extras.length) return;
  $("extras").replaceChildren(...state.extras.map((label) => h("button", {
    type: "button",
    onclick: async (event) => {
      const button = event.currentTarget;
      button.disabled = true;
      button.textContent = "One moment …";
      const { error } = await act("extra", label);
      if (!error) toast(`Done: ${label}`);
      button.disabled = false;
      button.textContent = label;
      document.body.classList.remove("side-open");
    },
  }, label)));
}

function drawHome(state) {
  const list = $("list");
  const home = state.home;
  const key = home ? home.hash : "";
  if (list.dataset.home === `${page.as}${key}`) return;
  list.dataset.home = `${page.as}${key}`;
  list.replaceChildren(h("div", { class: "home" }, home
    ? renderBlocks(home.blocks, context({ view: home.id }, { values: home.values }))
    : h("p", { class: "faint" }, "Mend has not published a Home for you yet.")));
}

function draw() {
  const state = page.state;
  page.opened ??= Math.max(0, ...state.channels.map(newest));
  const im = dm();
  if (page.place !== "home" && !state.channels.some((c) => c.id === page.place)) page.place = state.channels[0].id;
  const channel = state.channels.find((one) => one.id === page.place) || im;
  if (page.place !== "home") (page.read[page.as] ||= {})[channel.id] = newest(channel);
  drawSide(state);
  drawTour($("tour"), $("open-tour"), state, lead, placeOf);
  const inApp = page.place === "home" || channel === im;
  $("place").textContent = inApp ? "Mend" : `# ${channel.name}`;
  document.title = `${$("place").textContent} · ${page.as}`;
  $("tabs").replaceChildren(...(inApp ? [["home", "Home"], [im.id, "Messages"]] : []).map(([place, label]) =>
    h("button", { type: "button", role: "tab", "aria-selected": String(page.place === place), onclick: () => go(place) }, label)));
  if (page.place === "home") drawHome(state);
  else {
    delete $("list").dataset.home;
    const note = channel.bot_in ? "" : "Mend is not in this channel.";
    drawMessages($("list"), channel, channel.messages.filter((m) => isRoot(m) || m.ephemeral_for), note);
  }
  $("composer").hidden = page.place === "home" || channel.archived;
  composer($("composer"), page.place === "home" ? null : channel, null);
  const root = page.thread && channel.messages.find((message) => message.ts === page.thread);
  $("thread").hidden = !root;
  document.body.classList.toggle("thread-open", Boolean(root));
  if (root) {
    const own = channel.messages.filter((m) => m.ts === root.ts || m.thread_ts === root.ts);
    drawMessages($("replies"), channel, own, "", true);
    composer($("reply"), channel, root);
  }
  drawModal($("modal"), state.modals);
  if (!$("traffic").hidden) drawTraffic($("lines"), state);
}

function showTraffic(on) {
  const list = $("list"), atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  $("traffic").hidden = !on;
  $("open-traffic").setAttribute("aria-expanded", String(on));
  document.body.classList.toggle("traffic-open", on);
  draw();
  if (atEnd) list.scrollTop = list.scrollHeight;
}

$("open-side").onclick = () => document.body.classList.toggle("side-open");
$("open-tour").onclick = () => { page.tourHidden = !page.tourHidden; document.body.classList.remove("side-open"); draw(); };
$("close-thread").onclick = () => { page.thread = null; draw(); };
$("open-traffic").onclick = () => showTraffic($("traffic").hidden);
$("close-traffic").onclick = () => showTraffic(false);
document.querySelector("main").addEventListener("click", (event) => {
  if (event.target.id !== "open-side") document.body.classList.remove("side-open");
});
drawWith(draw);
await refresh();
if (page.place === "home") act("open_home");
const changes = new EventSource("/page/changes");
changes.onmessage = refresh;
changes.onerror = stopped;
