// Block Kit as DOM. `ctx` = {names, values, errors, act(kind, block, element, value), options(…)}.
import { chart } from "./chart.js";
import { h, markdown, richText, textObject } from "./text.js";

export function renderBlocks(blocks, ctx) {
  return blocks.map((block) => h("div", { class: `block ${block.type}`, "data-block": block.block_id }, draw(block, ctx)));
}

function draw(block, ctx) {
  const { names } = ctx;
  switch (block.type) {
    case "section": {
      const fields = block.fields?.map((field) => h("div", {}, textObject(field, names)));
      return [
        h("div", { class: "grow" }, block.text && textObject(block.text, names),
          fields && h("div", { class: "fields" }, fields)),
        block.accessory && element(block, block.accessory, ctx),
      ];
    }
    case "header": return h("h3", {}, textObject(block.text, names));
    case "divider": return h("hr");
    case "context":
      return block.elements.map((one) => one.type === "image" ? picture(one, "tiny") : textObject(one, names));
    case "actions": return block.elements.map((one) => element(block, one, ctx));
    case "input": return input(block, ctx);
    case "rich_text": return block.elements.map((one) => richText(one, names));
    case "markdown": return markdown(block.text, names);
    case "image":
      return h("figure", {}, block.title && h("figcaption", {}, block.title.text), picture(block, "large"));
    case "data_visualization": return chart(block);
    default: return h("em", {}, `[${block.type}]`);
  }
}

const picture = (image, size) =>
  h("img", { class: size, src: image.image_url, alt: image.alt_text, title: image.alt_text });

function input(block, ctx) {
  const id = `in-${block.block_id}`;
  const error = ctx.errors?.[block.block_id];
  return [
    h("label", { for: id }, textObject(block.label, ctx.names), block.optional && h("span", { class: "faint" }, " (optional)")),
    element(block, block.element, ctx, id),
    error ? h("p", { class: "error", role: "alert" }, error)
      : block.hint && h("p", { class: "hint" }, textObject(block.hint, ctx.names)),
  ];
}

const allOptions = (element) =>
  element.options || (element.option_groups || []).flatMap((group) => group.options);

function element(block, one, ctx, id) {
  const told = block.type !== "input" || block.dispatch_action;
  const now = ctx.values?.[block.block_id]?.[one.action_id] || {};
  const say = (value) => ctx.act("choose", block, one, value, told);
  const confirmed = (go) => !one.confirm ||
    window.confirm(`${one.confirm.title.text}\n\n${one.confirm.text.text}`) ? go() : undefined;
  const common = { id, "data-action": one.action_id, "aria-label": id ? null : one.accessibility_label };
  const hint = one.placeholder?.text || "";
  switch (one.type) {
    case "button":
      return h("button", {
        ...common, class: one.style || "", type: "button",
        onclick: (event) => confirmed(async () => {
          const pressed = event.currentTarget; // as in Slack, once until it is answered
          if (pressed.ariaBusy) return;
          pressed.ariaBusy = "true";
          if (one.url) window.open(one.url, "_blank", "noreferrer");
          await ctx.act("press", block, one, one.value);
          pressed.ariaBusy = null;
        }),
      }, textObject(one.text, ctx.names));
    case "overflow":
      return h("button", {
        ...common, class: "overflow", type: "button", "aria-label": "More", "aria-haspopup": "menu",
        onclick: (event) => ctx.menu(event.currentTarget, one.options.map((option) => ({
          label: option.text.text, note: option.description?.text, go: () => confirmed(() => say(option.value)),
        }))),
      }, "⋯");
    case "static_select": case "users_select": case "conversations_select": case "channels_select": {
      const groups = one.option_groups || [{ options: allOptions(one) || [] }];
      const people = one.type === "users_select" && ctx.people.map((p) => h("option", { value: p.id }, ctx.names[p.id]));
      const places = one.type.startsWith("c") && ctx.channels.map((c) => h("option", { value: c.id }, `#${c.name}`));
      const chosen = now.selected_option?.value || now.selected_user || now.selected_conversation || now.selected_channel;
      const select = h("select", { ...common, onchange: (event) => confirmed(() => say(event.target.value)) },
        h("option", { value: "" }, hint || "Choose…"), people || places || groups.map((group) => {
          const options = group.options.map((o) => h("option", { value: o.value }, o.text.text));
          return group.label ? h("optgroup", { label: group.label.text }, options) : options;
        }));
      select.value = chosen || "";
      return select;
    }
    case "external_select": return searching(block, one, ctx, now, common, say);
    case "radio_buttons": case "checkboxes": case "multi_static_select": case "multi_users_select": {
      const single = one.type === "radio_buttons", people = one.type === "multi_users_select";
      const chosen = single ? [now.selected_option?.value]
        : people ? now.selected_users || [] : (now.selected_options || []).map((o) => o.value);
      const offered = people ? ctx.people.map((p) => ({ value: p.id, text: { type: "plain_text", text: ctx.names[p.id] } }))
        : allOptions(one);
      const chose = (on) => offered.filter((o) => on.includes(o.value)).map((o) => o.text.text).join(", ") || hint || "Choose…";
      const summary = h("summary", {}, chose(chosen));
      const box = h("div", { ...common, class: "choices", role: "group" }, offered.map((option) =>
        h("label", {},
          h("input", {
            type: single ? "radio" : "checkbox", name: `${block.block_id}-${one.action_id}`, value: option.value,
            checked: chosen.includes(option.value),
            onchange: () => {
              const on = [...box.querySelectorAll("input:checked")].map((field) => field.value);
              summary.textContent = chose(on);
              say(single ? on[0] : on);
            },
          }),
          h("span", {}, textObject(option.text, ctx.names),
            option.description && h("small", {}, textObject(option.description, ctx.names))))));
      return one.type === "multi_static_select" ? h("details", { class: "several" }, summary, box) : box;
    }
    case "datetimepicker": {
      const local = (seconds) => new Date(seconds * 1000 - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 16);
      return h("input", {
        ...common, type: "datetime-local", value: now.selected_date_time ? local(now.selected_date_time) : "",
        onchange: (event) => say(event.target.value ? Math.floor(new Date(event.target.value).getTime() / 1000) : ""),
      });
    }
    default: return typed(block, one, ctx, now, { ...common, placeholder: hint }, say);
  }
}

const FIELD = { datepicker: ["date", "selected_date"], timepicker: ["time", "selected_time"] };

function typed(block, one, ctx, now, common, say) {
  const [type, key] = FIELD[one.type] || ["text", "value"];
  const remember = (event) => ctx.act("choose", block, one, event.target.value, false);
  const done = (event) => block.dispatch_action || block.type !== "input" ? say(event.target.value) : remember(event);
  const size = { maxlength: String(one.max_length || 3000), oninput: remember, onchange: done };
  const field = one.multiline ? h("textarea", { ...common, ...size, rows: "4" }) : h("input", { ...common, ...size, type });
  field.value = now[key] ?? "";
  return field;
}

function searching(block, one, ctx, now, common, say) {
  const results = h("div", { class: "results", hidden: true });
  const search = async (typed) => {
    if (typed.length < (one.min_query_length ?? 3)) return;
    const labels = await ctx.options(one, typed);
    results.hidden = false;
    results.replaceChildren(...(labels.length ? labels : ["No results"]).map((label) => h("button", {
      type: "button", class: "quiet", disabled: !labels.length,
      onclick: () => { results.hidden = true; field.value = label; say(label); },
    }, label)));
    results.scrollIntoView({ block: "nearest" });
  };
  const field = h("input", {
    ...common, type: "search", placeholder: one.placeholder?.text || "Type to search", autocomplete: "off",
    onfocus: (event) => search(event.target.value), oninput: (event) => search(event.target.value),
  });
  field.value = now.selected_option?.text.text || "";
  return h("div", { class: "search" }, field, results);
}
