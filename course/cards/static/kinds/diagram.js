import { h, uid } from "../dom.js";
import { spread } from "../marks.js";
import { inWords, picture } from "../picture.js";
import { frame, held, hold, slotFor } from "./frame.js";

// Diagram: the picture and radios. To find a part one clicks it or chooses its letter; to name the marked part one chooses
// a name. Below, where asked, a select for the CPT series and one for the chapter.

const MARKED = "marked";

export function diagram(view, api) {
  const { node, body } = frame(view, "Choose a part");
  const { figure } = view;
  const find = view.ask === "find";
  const name = uid("part");
  const marks = find ? view.options.map((one) => ({ ...one, letter: one.id.toUpperCase() })) : [];
  const told = figure.marked ? `The marked part: ${figure.marked}.` : "";
  const drawn = picture(figure, marks, { role: "img", "aria-label": `${figure.alt} ${told}`.trim() });
  const inputs = new Map();
  const selects = new Map();
  const slots = new Map();
  let locked = false;

  const radio = (one) => {
    const input = h("input", {
      type: "radio", name, id: uid("opt"), value: one.id, onclick: held, onchange: () => { paint(); api.changed("part"); },
    });
    inputs.set(one.id, input);
    return input;
  };
  const chosen = () => [...inputs].find(([, input]) => input.checked)?.[0] || null;
  const caption = h("p", { class: "dg-chosen", "aria-hidden": "true" });
  const row = h("div", { class: find ? "dg-answer" : "dg-answer dg-names" });
  const slot = slotFor(row, null);
  slots.set("part", slot);
  if (find) {
    row.append(h("div", { class: "dg-chips" }, view.options.map((one) => h("label", { class: "cc-option dg-chip" }, radio(one),
      h("span", { class: "dg-letter" }, one.id.toUpperCase()), h("span", { class: "cc-sr" }, `: ${one.where}`)))), caption, slot.node);
  } else {
    row.append(...view.options.map((one, n) => h("div", { class: "cc-option" }, h("label", { class: "cc-option-label" }, radio(one),
      h("span", { class: "cc-letter", "aria-hidden": "true" }, String.fromCharCode(65 + n)),
      h("span", { class: "cc-option-text", html: one.html })))), slot.node);
  }
  for (const input of inputs.values()) input.setAttribute("aria-describedby", slot.node.id);

  const also = view.also.map((one) => {
    const field = uid("also");
    const line = h("div", { class: "cc-pair dg-also" });
    const select = h("select", { class: "cc-select", id: field, onchange: () => api.changed(one.id) },
      h("option", { value: "" }, "Choose…"), one.choices.map((choice) => h("option", { value: choice.id }, choice.text)));
    const place = slotFor(line, select);
    line.append(h("label", { class: "dg-also-name", for: field }, one.label), select, place.node);
    selects.set(one.id, select);
    slots.set(one.id, place);
    return line;
  });

  const said = find ? marks.map((one) => `${one.letter}: ${one.where}.`) : [told];
  body.append(h("div", { class: "dg-split" },
    h("div", { class: "dg-side" }, drawn.frame, inWords(figure, said)),
    h("div", { class: "dg-side dg-form" }, row, also)));

  function paint() {
    const id = chosen();
    drawn.light(find ? id : MARKED);
    const one = view.options.find((option) => option.id === id);
    if (find) caption.textContent = one ? `${one.id.toUpperCase()}: ${one.where}` : "No part chosen yet";
  }

  if (find) {
    drawn.node.classList.add("dg-live");
    drawn.node.addEventListener("click", (event) => {
      const id = drawn.at(event.target);
      if (!id || locked) return;
      inputs.get(id).checked = true;
      inputs.get(id).focus({ preventScroll: true });
      paint();
      api.changed("part");
    });
  }

  paint();
  return {
    node,
    read() {
      const given = { part: chosen() };
      for (const [id, select] of selects) given[id] = select.value;
      const filled = Object.entries(given).filter(([, value]) => value);
      return filled.length ? Object.fromEntries(filled) : null;
    },
    write(response) {
      const given = typeof response === "string" ? { part: response } : response || {};
      for (const [id, input] of inputs) input.checked = id === given.part;
      for (const [id, select] of selects) {
        select.value = given[id] || "";
        if (select.selectedIndex < 0) select.value = "";
      }
      paint();
    },
    lock(on) {
      locked = on;
      drawn.node.classList.toggle("dg-live", find && !on);
      for (const input of inputs.values()) hold(input, on);
      for (const select of selects.values()) select.disabled = on && document.activeElement !== select;
    },
    marks(parts) {
      const part = (parts || []).find((one) => one.target === "part");
      if (find) drawn.judge(chosen(), part && part.mark !== "missing" ? part.mark : null);
      return spread(parts, slots);
    },
    focus() { (inputs.get(chosen()) || [...inputs.values()][0]).focus(); },
  };
}
