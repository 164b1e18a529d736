import { h, icon, uid } from "../dom.js";
import { frame } from "./frame.js";
import { KEYS, marking } from "./marking.js";

// Highlight: the note is the answer area.

export function highlight(view, api) {
  const { node, body } = frame(view, "Click a word to mark it, or drag over several");
  const how = uid("how");
  const head = uid("chart");
  const note = marking(view, api, { labelledby: head, describedby: how });
  const said = h("div", { class: "cc-slot cc-said" });
  body.append(
    h("p", { class: "cc-instruction", id: how }, KEYS),
    h("div", { class: "cc-sr" }, `The note: ${view.words.join(" ")}`), // to be read as a whole, before its words one by one
    h("div", { class: "cc-chart" }, h("p", { class: "cc-chart-head", id: head }, icon("chart"), "Chart note"), note.paper),
    note.tally, said);
  return {
    node,
    read: () => (note.read().length ? note.read() : null),
    write: note.write,
    lock: note.lock,
    marks(parts) {
      const { rows, left } = note.judge(parts);
      said.replaceChildren(...rows);
      return left;
    },
    focus: note.focus,
  };
}
