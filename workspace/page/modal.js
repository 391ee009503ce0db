// The modal on top of the stack. What is typed is kept in the workspace at every stroke.
import { renderBlocks } from "./blocks.js";
import { act, context, page, post } from "./state.js";
import { h } from "./text.js";

let shown = "", refused = {}, before = Promise.resolve(); // what is done is done in order

export function drawModal(dialog, stack) {
  const view = stack.at(-1);
  if (!view) {
    shown = "";
    if (dialog.open) dialog.close();
    return;
  }
  const errors = { ...view.errors, ...refused };
  const key = JSON.stringify([page.as, view.id, view.hash, errors]);
  if (key === shown) return;
  shown = key;
  const where = { view: view.id };
  const send = (name, ...args) => before = before.then(async () => {
    refused = (await act(name, ...args)).errors || {};
    drawModal(dialog, page.state.modals);
  });
  const ctx = context(where, {
    errors,
    values: view.values,
    act: (kind, block, element, value, told) => {
      if (kind === "press" || told) send(kind, where, element.action_id, value, block.block_id);
      else before = before.then(() => post("fill", [{ [block.block_id]: value }, where]));
    },
  });
  const close = () => { refused = {}; act("close", where); };
  const submit = view.submit && h("button", { class: "primary", type: "submit" }, view.submit.text);
  dialog.replaceChildren(h("form", {
    novalidate: true,
    onsubmit: async (event) => {
      event.preventDefault();
      submit.disabled = true;
      await send("submit", {}, where);
      submit.disabled = false;
    },
  },
    h("header", {}, h("h2", {}, view.title.text), h("button", { type: "button", class: "quiet", "aria-label": "Close", onclick: close }, "✕")),
    h("div", { class: "scroll" }, renderBlocks(view.blocks, ctx)),
    h("footer", {}, h("button", { type: "button", onclick: close }, view.close?.text || (stack.length > 1 ? "Back" : "Cancel")), submit)));
  dialog.oncancel = (event) => { event.preventDefault(); close(); };
  if (!dialog.open) dialog.showModal();
  const focus = dialog.querySelector(".error")?.parentElement.querySelector("input, textarea, select")
    || dialog.querySelector(".input input, .input textarea, .input select");
  focus?.focus();
}
