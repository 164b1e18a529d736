import { h, icon, setText, uid } from "../dom.js";
import { message } from "../marks.js";
import { frame, held, hold } from "./frame.js";

// The modifier chooser: a claim line that fills as modifiers are ticked, and one checkbox for each that is offered.

const NONE = "none";

export function modifier_choice(view, api) {
  const { node, body } = frame(view, "Tick every modifier that belongs on this line, or the last box");
  const { code, units } = view.line;
  const name = uid("modifier");
  const inputs = new Map();
  const chips = new Map();

  function chip(id, face, wide) {
    const box = uid("opt");
    const input = h("input", { type: "checkbox", name, id: box, value: id, onclick: held, onchange: () => ticked(id) });
    const row = h("div", { class: wide ? "cc-option cc-mod cc-mod-wide" : "cc-option cc-mod" },
      h("label", { class: "cc-option-label", for: box }, input, face, h("span", { class: "cc-mod-mark" })));
    inputs.set(id, input);
    chips.set(id, row);
    return row;
  }

  const places = h("span", { class: "cc-claim-places" });
  const full = h("p", { class: "cc-claim-full" });
  const line = h("div", { class: "cc-claim", role: "group", "aria-label": "The line on the claim" },
    h("span", { class: "cc-claim-part" }, h("span", { class: "cc-claim-head" }, "Code"), h("span", { class: "cc-claim-box cc-claim-code" }, code)),
    h("span", { class: "cc-claim-part" }, h("span", { class: "cc-claim-head" }, "Modifiers"), places),
    h("span", { class: "cc-claim-part" }, h("span", { class: "cc-claim-head" }, "Units"), h("span", { class: "cc-claim-box" }, String(units))),
    h("span", { class: "cc-claim-part cc-claim-said" }, h("span", { class: "cc-claim-head" }, "In short"), h("span", { class: "cc-claim-short" })));
  const said = h("div", { class: "cc-slot cc-said" });
  body.append(
    view.line.html ? h("p", { class: "cc-claim-words" }, h("strong", {}, code), ": ", h("span", { html: view.line.html })) : "",
    line, full,
    h("div", { class: "cc-mods" }, view.offered.map((one) => chip(one.id,
      [h("span", { class: "cc-mod-code" }, one.id), h("span", { class: "cc-option-text", html: one.html })], false)),
      chip(NONE, h("span", { class: "cc-option-text", html: view.none.html }), true)),
    said);

  const picked = () => view.offered.filter((one) => inputs.get(one.id).checked)
    .sort((one, other) => one.place - other.place).map((one) => one.id);
  const short = () => [code, ...picked()].join("-");

  function paint() {
    const ids = picked();
    const count = Math.max(view.places, ids.length);
    places.replaceChildren(...Array.from({ length: count }, (_, n) =>
      h("span", { class: "cc-claim-box", "data-over": n >= view.places ? "" : null }, ids[n] || h("span", { class: "cc-sr" }, "empty"))));
    setText(line.querySelector(".cc-claim-short"), short());
    setText(full, ids.length > view.places ? `A claim line has ${view.places} places for modifiers; ${ids.length} are ticked.` : "");
  }

  /** No modifier and some modifiers exclude each other: the last tick counts. */
  function ticked(id) {
    const on = inputs.get(id).checked;
    const before = picked().length;
    if (on && id === NONE) for (const one of view.offered) inputs.get(one.id).checked = false;
    if (on && id !== NONE) inputs.get(NONE).checked = false;
    paint();
    api.say(id === NONE && on && before ? `The other ticks are taken away. The line is ${code} alone.`
      : `The line is ${short().replaceAll("-", " ")}.${full.textContent ? ` ${full.textContent}` : ""}`);
    api.changed(id);
  }

  function unmark() {
    said.replaceChildren();
    for (const [id, row] of chips) {
      delete row.dataset.mark;
      row.querySelector(".cc-mod-mark").replaceChildren();
      inputs.get(id).removeAttribute("aria-describedby");
    }
  }

  paint();
  return {
    node,
    read() {
      if (inputs.get(NONE).checked) return [NONE];
      const ids = view.offered.map((one) => one.id).filter((id) => inputs.get(id).checked);
      return ids.length ? ids : null;
    },
    write(response) {
      const ids = new Set([].concat(response || []));
      for (const [id, input] of inputs) input.checked = ids.has(id);
      paint();
    },
    lock(on) { for (const input of inputs.values()) hold(input, on); },
    /** What is said of a modifier stands below them all, in order; its box carries the mark and is described by it. */
    marks(parts) {
      unmark();
      const left = [];
      for (const part of parts || []) {
        const row = chips.get(part.target);
        if (!row) { left.push(part); continue; }
        const told = message(part);
        told.id = uid("msg");
        said.append(told);
        row.dataset.mark = part.mark;
        row.querySelector(".cc-mod-mark").replaceChildren(icon(part.mark));
        inputs.get(part.target).setAttribute("aria-describedby", told.id);
      }
      return left;
    },
    focus() { ([...inputs.values()].find((input) => input.checked) || [...inputs.values()][0]).focus(); },
  };
}
