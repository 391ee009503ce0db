// The guided tour: one thing to try next in a bar, all of them in a list that folds out of it.
import { act, page } from "./state.js";
import { h, mrkdwn } from "./text.js";

let drawn = "", isOpen = false;

// `lead(step)` brings the person of a step to where it begins; `placeOf` gives a place its id.
export function drawTour(box, opener, state, lead, placeOf) {
  const steps = state.tour, open = steps.filter((step) => !step.done);
  const next = open.find((step) => step.who === page.as) || open[0];
  const count = `${steps.length - open.length} of ${steps.length}`;
  opener.hidden = !steps.length;
  opener.textContent = `Guided tour: ${count}`;
  box.hidden = !steps.length || page.tourHidden;
  const key = JSON.stringify([page.as, page.place, isOpen, steps.map((step) => step.done)]);
  if (box.hidden || key === drawn) return;
  drawn = key;
  const again = () => drawTour(box, opener, state, lead, placeOf);
  box.replaceChildren(...[
    mrkdwn(next ? next.words : "*That was the tour.* Try whatever you like: nothing here is kept.", state.names),
    next && ready(next, state, lead, placeOf),
    h("div", { class: "ways" },
      h("button", {
        type: "button", class: "quiet", "aria-expanded": String(isOpen),
        onclick: () => { isOpen = !isOpen; again(); },
      }, `${isOpen ? "▾" : "▸"} ${count}`),
      h("button", { type: "button", class: "quiet", "aria-label": "Close the tour", onclick: () => { page.tourHidden = true; again(); } }, "✕")),
    isOpen && h("ol", {}, steps.map((step) => h("li", { class: step.done ? "done" : "" },
      h("button", { type: "button", class: "quiet", "aria-label": step.done ? "done" : "to do", onclick: () => lead(step) }, step.done ? "✓" : "○"),
      mrkdwn(`*${nameOf(step, state)}:* ${step.words}`, state.names)))),
  ].filter(Boolean));
}

const nameOf = (step, state) => state.names[state.people.find((one) => one.name === step.who)?.id] || step.who;

// The button that gets ready for a step, where that takes more than looking at the page.
function ready(step, state, lead, placeOf) {
  const label = step.who !== page.as ? `Be ${nameOf(step, state)}`
    : step.extra || (step.text ? "Type it for me" : placeOf(step.place) !== page.place ? "Go there" : "");
  if (!label) return null;
  return h("button", {
    type: "button", class: "primary",
    onclick: async (event) => {
      const button = event.currentTarget;
      button.disabled = true;
      button.textContent = "One moment …";
      await lead(step);
      if (label === step.extra) await act("extra", step.extra);
      button.disabled = false;
      button.textContent = label;
    },
  }, label);
}
