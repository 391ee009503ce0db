// The modal on top of the stack. What is typed stays here until it is sent, or something is pressed.
import { act, context, page } from "./app.js";
import { renderBlocks } from "./blocks.js";
import { h } from "./text.js";

let shown = "", refused = {};

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
  const typed = shown.includes(view.id) && shown.includes(view.hash) ? dialog.typed : {};
  shown = key;
  dialog.typed = typed; // block_id -> what stands there, as submit wants it
  const where = { view: view.id };
  const send = async (body) => {
    refused = {};
    const result = await act({ ...where, values: typed, ...body });
    if (result.errors) {
      refused = result.errors;
      drawModal(dialog, page.state.modals);
    }
  };
  const ctx = context(where, {
    errors,
    values: overlay(view, typed),
    act: (kind, block, element, value, told) => {
      if (kind === "choose") typed[block.block_id] = value;
      if (kind === "press" || told) send({ do: kind, block_id: block.block_id, action_id: element.action_id, value });
    },
  });
  const close = () => { refused = {}; act({ do: "close", ...where }); };
  const submit = view.submit && h("button", { class: "primary", type: "submit" }, view.submit.text);
  dialog.replaceChildren(h("form", {
    novalidate: true,
    onsubmit: async (event) => {
      event.preventDefault();
      submit.disabled = true;
      await send({ do: "submit" });
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

// The view's own values with what was typed since on top, so that a redraw loses nothing.
function overlay(view, typed) {
  const values = structuredClone(view.values);
  for (const [block, value] of Object.entries(typed)) {
    for (const now of Object.values(values[block] || {})) {
      const key = Object.keys(now).find((name) => name !== "type");
      const options = Array.isArray(value) ? value.map((one) => ({ value: one, text: { text: one } })) : { value, text: { text: value } };
      now[key] = key.startsWith("selected_option") ? (value ? options : null) : value;
    }
  }
  return values;
}
