import { h, icon, plain, uid } from "../dom.js";
import { Slot } from "../marks.js";
import { single_choice } from "./choice.js";
import { bare, code_entry } from "./code_entry.js";
import { frame } from "./frame.js";

// Look-up path: four numbered steps, three choices and a code. A step opens when the one before it is answered, so that
// its options say nothing about an earlier one; what was once open stays open, and no answer is lost by changing another.

const CODE_LIKE = /^\s*[A-Za-z][0-9][0-9A-Za-z.]*\s*$/;

export function lookup_path(view, api) {
  const { node, body } = frame(view, "Walk the path in four steps");
  const list = h("ol", { class: "cc-path" });
  const trail = h("p", { class: "cc-trail", "aria-hidden": "true" });
  const steps = view.steps.map(create);
  body.append(list, trail);

  function create(step, n) {
    const one = { id: step.id, label: step.label };
    const inner = {
      ...step,
      stem_html: `<p><strong class="cc-path-label">${step.label}</strong> <span>${step.ask}</span></p>`,
      many: false,
    };
    const heard = { ...api, changed() { unmark(one); reveal(true); api.changed(step.id); } };
    one.control = (step.options ? single_choice : code_entry)(inner, heard);
    one.control.node.querySelector(".cc-instruction").remove();
    one.field = one.control.node.querySelector("input");
    one.mark = h("span", { class: "cc-path-mark" });
    one.number = h("span", { class: "cc-path-no" }, `${n + 1}`, one.mark);
    one.state = h("p", { class: "cc-path-wait" }, h("strong", { class: "cc-path-label" }, step.label), ` Opens after step ${n}.`);
    one.node = h("li", { class: "cc-path-step" });
    one.slot = new Slot(uid("msg"), null);
    one.node.append(one.number, h("div", { class: "cc-path-body" }, one.state, one.control.node, one.slot.node));
    one.open = n === 0;
    list.append(one.node);
    return one;
  }

  /** The answer of a step: an option id, or the code as typed; "" while it is open. */
  function value(one) {
    return [].concat(one.control.read() || [""])[0];
  }

  /** Open what may be opened; `aloud`: say so when a step opens by the learner's doing. */
  function reveal(aloud) {
    for (const [n, one] of steps.entries()) {
      const before = n === 0 || value(steps[n - 1]);
      if (!one.open && (before || value(one))) {
        one.open = true;
        if (aloud) api.say(`Step ${n + 1}, ${one.label}, is open below.`);
      }
      one.control.node.hidden = !one.open;
      one.state.hidden = one.open;
      one.node.toggleAttribute("data-waiting", !one.open);
    }
    drawTrail();
  }

  /** The path so far on one line, without nonessential modifiers: main term → sub-terms → code offered → full code. */
  function drawTrail() {
    const said = steps.map((one) => {
      const id = value(one);
      const option = (view.steps.find((step) => step.id === one.id).options || []).find((each) => each.id === id);
      if (option) return plain(option.html).replace(/ \([^)]*\)/g, "");
      return CODE_LIKE.test(id) ? id.trim().toUpperCase() : ""; // words typed to search are no step yet
    });
    trail.hidden = !said[0];
    const last = said.reduce((at, text, n) => (text ? n : at), -1);
    trail.replaceChildren("Your path: ", ...said.slice(0, last + 1).flatMap((text, n) => [n ? " → " : "", h("span", { class: "cc-trail-part" }, text || "…")]));
  }

  function unmark(one) {
    delete one.node.dataset.mark;
    one.mark.replaceChildren();
  }

  reveal(false);
  return {
    node,
    read() {
      const given = steps.map((one) => [one.id, value(one)]).filter(([, text]) => text);
      return given.length ? Object.fromEntries(given) : null;
    },
    write(response) {
      const given = response && typeof response === "object" ? response : {};
      for (const [n, one] of steps.entries()) {
        one.control.write(given[one.id] || null);
        one.open = n === 0;
        unmark(one);
      }
      reveal(false);
    },
    lock(on) { for (const one of steps) one.control.lock(on); },
    marks(parts) {
      const left = (parts || []).filter((part) => !steps.some((one) => one.id === part.target));
      for (const one of steps) {
        unmark(one);
        one.slot.show([]);
        one.control.marks([]);
        const part = (parts || []).find((each) => each.target === one.id);
        if (!part || (part.mark === "missing" && !one.open)) continue;
        one.node.dataset.mark = part.mark;
        if (part.mark === "right" || part.mark === "wrong") one.mark.replaceChildren(icon(part.mark));
        const id = value(one);
        const loose = id ? one.control.marks([{ ...part, target: one.id === "code" ? bare(id) : id }]) : [part];
        one.slot.show(loose);
      }
      return left;
    },
    settle() { for (const one of steps) if (one.control.settle) one.control.settle(); },
    focus() { steps[0].control.focus(); },
  };
}
