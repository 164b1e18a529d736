import { h, plain, uid } from "../dom.js";
import { spread } from "../marks.js";
import { frame, held, hold, slotFor } from "./frame.js";

// Matching and sorting: every row is a thing and a choice for it. Long or many choices are a native <select>; a few short
// ones are native radios side by side, which answer with one click and show everything at once.

const SHORT = 22;

function selector(id, choices, label, changed) {
  const select = h("select", { class: "cc-select", id, onchange: changed },
    h("option", { value: "" }, "Choose…"),
    choices.map((choice) => h("option", { value: choice.id }, choice.text)));
  return {
    node: select,
    control: select,
    read: () => select.value,
    write(value) { select.value = value || ""; if (select.selectedIndex < 0) select.value = ""; },
    lock(on) { select.disabled = on && document.activeElement !== select; },
    focus: () => select.focus(),
  };
}

function segments(id, choices, label, changed) {
  const name = uid("seg");
  const inputs = choices.map((choice) => h("input", {
    type: "radio", name, id: uid("seg"), value: choice.id, onclick: held, onchange: changed,
  }));
  const node = h("div", { class: "cc-segments", id, role: "radiogroup", "aria-labelledby": label },
    choices.map((choice, n) => h("label", { class: "cc-segment", for: inputs[n].id }, inputs[n], h("span", {}, choice.text))));
  return {
    node,
    control: node,
    read: () => (inputs.find((input) => input.checked) || { value: "" }).value,
    write(value) { for (const input of inputs) input.checked = input.value === value; },
    lock(on) { for (const input of inputs) hold(input, on); },
    focus: () => (inputs.find((input) => input.checked) || inputs[0]).focus(),
  };
}

function create(view, api, things, choices, instruction, allowSegments) {
  const { node, body } = frame(view, instruction);
  const named = choices.map((choice) => ({ id: choice.id, text: choice.text || plain(choice.html) }));
  const short = allowSegments && named.length <= 3 && named.every((choice) => choice.text.length <= SHORT);
  const rows = new Map();
  const slots = new Map();
  for (const thing of things) {
    const label = uid("row");
    const field = uid("sel");
    const row = h("div", { class: short ? "cc-pair cc-pair-short" : "cc-pair" });
    const choice = (short ? segments : selector)(field, named, label, () => api.changed(thing.id));
    const slot = slotFor(row, choice.control);
    row.append(h("div", { class: "cc-pair-line" },
      h(short ? "div" : "label", { class: "cc-pair-left", id: label, for: short ? null : field, html: thing.html }), choice.node), slot.node);
    rows.set(thing.id, choice);
    slots.set(thing.id, slot);
    body.append(row);
  }
  return {
    node,
    read() {
      const filled = [...rows].map(([id, choice]) => [id, choice.read()]).filter(([, value]) => value);
      return filled.length ? Object.fromEntries(filled) : null;
    },
    write(response) { for (const [id, choice] of rows) choice.write((response || {})[id]); },
    lock(on) { for (const choice of rows.values()) choice.lock(on); },
    marks: (parts) => spread(parts, slots),
    focus() { [...rows.values()][0].focus(); },
  };
}

export const matching = (view, api) => create(view, api, view.lefts, view.rights, "Choose the partner of each", false);
export const sorting = (view, api) => create(view, api, view.entries, view.groups, "Choose a group for each", true);
