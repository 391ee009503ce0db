// What stands above the page for a moment: a few words, or a menu.
import { h } from "./text.js";

const $ = (id) => document.getElementById(id);

export function toast(text) {
  const box = $("toast");
  box.textContent = text;
  box.hidePopover();
  box.showPopover(); // a popover stands above an open dialog
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => box.hidePopover(), 6000);
}

export function menu(anchor, items) {
  const box = $("menu"), at = anchor.getBoundingClientRect();
  const close = () => { box.hidden = true; document.body.append(box); anchor.focus(); };
  box.replaceChildren(...items.map((item) => h("button", {
    type: "button", role: "menuitem", onclick: () => { close(); item.go(); },
  }, item.label, item.note && h("small", {}, item.note))));
  box.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = [...box.children];
    if (event.key === "Escape") { event.preventDefault(); close(); }
    if (step) { event.preventDefault(); all.at((all.indexOf(document.activeElement) + step) % all.length).focus(); }
  };
  (anchor.closest("dialog") || document.body).append(box); // a dialog covers all that is not in it
  box.hidden = false;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8))}px`;
  const below = at.bottom + box.offsetHeight < innerHeight;
  box.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - box.offsetHeight - 4)}px`;
  box.firstChild?.focus();
}
addEventListener("pointerdown", (event) => {
  if (!$("menu").contains(event.target)) $("menu").hidden = true;
});
