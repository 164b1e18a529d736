import { h, icon, MARKS, suppress } from "./dom.js";

// What the verdict says about one part of the answer, shown beside that part.

/** The quiet line that names the rule a message rests on. */
export function basisLine(basis) {
  return basis ? h("p", { class: "cc-basis" }, icon("source"), h("span", {}, basis)) : null;
}

/** Whether a message is a bare word or two ("Fits.", "Still open."), which says nothing without its part. A code is more. */
export const brief = (html) => Boolean(html) && html.length < 18 && !/[<\d]/.test(html);

/** One message: icon, word, sentence, basis. */
export function message(part) {
  const html = part.message_html || "";
  // A message with a heading of its own, or one of two words ("Fits."), needs no second one on screen.
  const headed = html.startsWith("<strong>") || brief(html);
  return h("div", { class: "cc-msg", "data-mark": part.mark },
    icon(part.mark),
    h("div", { class: "cc-msg-body" },
      h("p", {}, h("strong", { class: headed ? "cc-sr" : null }, `${MARKS[part.mark] || "Note"}${html ? "." : ""}`), html ? " " : null,
        html ? h("span", { html }) : null),
      basisLine(part.basis)));
}

/** A place beside a control where its messages go; the control is described by it. */
export class Slot {
  constructor(id, row) {
    this.node = h("div", { class: "cc-slot", id });
    this.row = row;
  }
  show(parts) {
    this.node.replaceChildren(...parts.map((part) => suppress(message(part))));
    if (parts.length && this.row) this.row.dataset.mark = parts[0].mark;
    else if (this.row) delete this.row.dataset.mark;
  }
}

/** Spread the parts of a verdict over slots by target; returns those that found no place. */
export function spread(parts, slots) {
  const left = [];
  for (const slot of slots.values()) slot.show([]);
  const by = new Map();
  for (const part of parts || []) {
    if (slots.has(part.target)) by.set(part.target, [...(by.get(part.target) || []), part]);
    else left.push(part);
  }
  for (const [target, here] of by) slots.get(target).show(here);
  return left;
}
