import { h, uid } from "../dom.js";
import { spread } from "../marks.js";
import { frame, slotFor } from "./frame.js";

// A number as text: no spinner, no locale surprises, the unit stands beside it.

export function number(view, api) {
  const places = view.decimals ? `, ${view.decimals} decimal place${view.decimals === 1 ? "" : "s"}` : "";
  const { node, body, legend } = frame(view, `Write a number${places}`);
  legend.id = uid("legend");
  const unit = view.unit ? h("span", { class: "cc-unit", id: uid("unit") }, view.unit) : null;
  const input = h("input", {
    type: "text", inputmode: "decimal", class: "cc-number", autocomplete: "off", spellcheck: "false", maxlength: 40,
    "aria-label": view.unit ? `Your answer in ${view.unit}` : "Your answer",
    oninput: () => api.changed("value"),
  });
  const row = h("div", { class: "cc-number-row" }, h("div", { class: "cc-number-line" }, input, unit));
  const slot = slotFor(row, input);
  row.append(slot.node);
  body.append(row);
  const slots = new Map([["", slot]]);
  return {
    node,
    read: () => (input.value.trim() ? input.value : null),
    write(response) { input.value = response === null || response === undefined ? "" : String(response); },
    lock(on) { input.readOnly = on; },
    marks: (parts) => spread(parts, slots),
    focus() { input.focus(); },
  };
}
