// What the page shows, fetched anew at every change, and what its person does to it.
import { menu, toast } from "./popups.js";

const hash = new URLSearchParams(location.hash.slice(1));
export const page = {
  as: hash.get("as") || "ada", place: hash.get("place") || "", thread: null, state: null, read: {},
};

let draw = () => {};

// Draw with this at every change.
export function drawWith(drawing) {
  draw = drawing;
}

// Let the person do something; `args` are those of the driver, messages and views named by ids.
export async function post(name, args) {
  try {
    const answer = await fetch("/page/do", {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: page.as, do: name, args }),
    });
    return await answer.json();
  } catch {
    return { error: "The workspace has stopped." };
  }
}

// The same, and what Slack would show on failure is shown.
export async function act(name, ...args) {
  const result = await post(name, args);
  if (result.error) toast(result.error);
  await refresh();
  return result;
}

// What a block needs to know about where it stands. `where` names a message or a view.
export function context(where, more) {
  const state = page.state;
  return {
    names: state.names, people: state.people, menu,
    channels: state.channels.filter((channel) => channel.kind !== "im"),
    act: (kind, block, element, value) =>
      act(kind, where, element.action_id, value, block.block_id),
    options: async (element, typed) =>
      (await post("options", [where, element.action_id, typed])).options || [],
    ...more,
  };
}

export const isRoot = (message) => !message.thread_ts || message.thread_ts === message.ts;

export function openThread(message) {
  page.thread = message.thread_ts || message.ts;
  draw();
  document.getElementById("reply").querySelector("textarea")?.focus();
}

export function stopped() {
  const line = document.getElementById("line");
  line.textContent = "the workspace has stopped";
  line.className = "off";
}

let fetching = null, again = false;
async function fetchState() {
  do {
    again = false;
    const who = page.as;
    const state = await (await fetch(`/page/state?as=${encodeURIComponent(who)}`)).json();
    if (who !== page.as) { again = true; continue; }
    page.state = state;
    draw();
  } while (again);
}
export async function refresh() {
  if (fetching) { again = true; return fetching; }
  fetching = fetchState().catch(stopped).finally(() => { fetching = null; });
  return fetching;
}
