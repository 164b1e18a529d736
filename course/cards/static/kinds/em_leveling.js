import { h, uid } from "../dom.js";
import { Slot, spread } from "../marks.js";
import { leveler } from "./em_leveler.js";
import { frame } from "./frame.js";

// E/M leveling: the leveler for a note, and the code that the learner takes from it.

export function em_leveling(view, api) {
  const { node, body } = frame(view, "Tick what the note holds and choose the code");
  const board = leveler(view, api);
  const code = h("select", { class: "cc-select", id: uid("code"), onchange: () => api.changed("code") },
    h("option", { value: "" }, "Choose…"), view.codes.map((one) => h("option", { value: one.code }, one.code)));
  const slot = new Slot(uid("msg"), null);
  code.setAttribute("aria-describedby", slot.node.id);
  body.append(board.node, h("div", { class: "cc-em-choice" },
    h("label", { for: code.id }, `Code, ${view.category_label.charAt(0).toLowerCase()}${view.category_label.slice(1)}`), code, slot.node));
  const slots = new Map([...board.slots, ["code", slot]]);
  return {
    node,
    read() {
      const response = { ...board.read(), ...(code.value && { code: code.value }) };
      return Object.keys(response).length ? response : null;
    },
    write(response) {
      board.write(response);
      code.value = (response && response.code) || "";
      if (code.selectedIndex < 0) code.value = "";
    },
    lock(on) {
      board.lock(on);
      code.disabled = on && document.activeElement !== code;
    },
    marks: (parts) => spread(parts, slots),
    focus() { board.focus(); },
  };
}
