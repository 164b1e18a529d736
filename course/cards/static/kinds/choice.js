import { h, uid } from "../dom.js";
import { spread } from "../marks.js";
import { frame, held, hold, slotFor } from "./frame.js";

// Single and multiple choice: native radios that share a name, native checkboxes. The whole row is the label.

function create(view, api, several) {
  const type = several ? "checkbox" : "radio";
  const name = uid("choice");
  const instruction = several
    ? (view.choose ? `Choose ${view.choose}` : "Choose all that apply")
    : "Choose one";
  const { node, body } = frame(view, instruction);
  const inputs = new Map();
  const slots = new Map();
  for (const [n, option] of view.options.entries()) {
    const id = uid("opt");
    const input = h("input", {
      type, name, id, value: option.id,
      onclick: held,
      onchange: () => api.changed(option.id),
    });
    const row = h("div", { class: "cc-option" },
      h("label", { class: "cc-option-label", for: id },
        input,
        h("span", { class: "cc-letter", "aria-hidden": "true" }, String.fromCharCode(65 + n)),
        h("span", { class: "cc-option-text", html: option.html })));
    const slot = slotFor(row, input);
    row.append(slot.node);
    inputs.set(option.id, input);
    slots.set(option.id, slot);
    body.append(row);
  }
  return {
    node,
    read() {
      const ids = [...inputs].filter(([, input]) => input.checked).map(([id]) => id);
      if (!ids.length) return null;
      return several ? ids : ids[0];
    },
    write(response) {
      const ids = new Set([].concat(response || []));
      for (const [id, input] of inputs) input.checked = ids.has(id);
    },
    lock(on) { for (const input of inputs.values()) hold(input, on); },
    marks: (parts) => spread(parts, slots),
    focus() { ([...inputs.values()].find((input) => input.checked) || [...inputs.values()][0]).focus(); },
  };
}

export const single_choice = (view, api) => create(view, api, false);
export const multiple_choice = (view, api) => create(view, api, true);
