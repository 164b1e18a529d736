import { h, icon, plain, uid } from "../dom.js";
import { spread } from "../marks.js";
import { frame, held, hold, slotFor } from "./frame.js";

// Ordering: a list whose rows move by buttons (or by the arrow keys on a button). Focus stays on the moved row.

export function ordering(view, api) {
  const { node, body } = frame(view, "Use the arrows to move a step up or down");
  const list = h("ol", { class: "cc-steps" });
  const slots = new Map();
  const steps = new Map();
  let touched = false;

  function refresh() {
    const rows = [...list.children];
    for (const [n, row] of rows.entries()) {
      row.querySelector(".cc-step-no").textContent = String(n + 1);
      const step = steps.get(row.dataset.step);
      step.up.toggleAttribute("data-end", n === 0);
      step.down.toggleAttribute("data-end", n === rows.length - 1);
      for (const [button, end] of [[step.up, n === 0], [step.down, n === rows.length - 1]]) {
        hold(button, end || list.dataset.locked === "true");
      }
    }
  }

  function slide(change) {
    const before = new Map([...list.children].map((row) => [row, row.getBoundingClientRect().top]));
    change();
    refresh();
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const [row, top] of before) {
      const by = top - row.getBoundingClientRect().top;
      if (by && row.animate) row.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }],
        { duration: 160, easing: "cubic-bezier(.2,.7,.3,1)" });
    }
  }

  function move(id, by) {
    const { row, up, down } = steps.get(id);
    const rows = [...list.children];
    const to = rows.indexOf(row) + by;
    if (to < 0 || to >= rows.length || list.dataset.locked === "true") return;
    slide(() => list.insertBefore(row, by < 0 ? rows[to] : rows[to].nextSibling));
    touched = true;
    (by < 0 ? up : down).focus();
    api.say(`${plain(steps.get(id).html)}: now ${to + 1} of ${rows.length}`);
    api.changed(id);
  }

  function mover(id, text, by) {
    const label = by < 0 ? "Move up" : "Move down";
    return h("button", {
      type: "button", class: "cc-move", "aria-label": `${label}: ${text}`, title: label,
      onclick: (event) => { if (!held(event)) move(id, by); },
      onkeydown: (event) => {
        const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (way) { event.preventDefault(); move(id, way); }
      },
    }, icon(by < 0 ? "up" : "down"));
  }

  for (const step of view.steps) {
    const text = step.text || plain(step.html);
    const up = mover(step.id, text, -1);
    const down = mover(step.id, text, 1);
    const row = h("li", { class: "cc-step", "data-step": step.id });
    const slot = slotFor(row, null);
    for (const button of [up, down]) button.setAttribute("aria-describedby", slot.node.id);
    row.append(h("div", { class: "cc-step-line" },
      h("span", { class: "cc-step-no", "aria-hidden": "true" }),
      h("div", { class: "cc-step-text", html: step.html, id: uid("step") }),
      h("div", { class: "cc-moves" }, up, down)), slot.node);
    steps.set(step.id, { row, up, down, html: step.html });
    slots.set(step.id, slot);
    list.append(row);
  }
  body.append(list);
  refresh();
  return {
    node,
    read: () => (touched ? [...list.children].map((row) => row.dataset.step) : null),
    write(response) {
      const order = (response || view.steps.map((step) => step.id)).filter((id) => steps.has(id));
      for (const id of order) list.append(steps.get(id).row);
      touched = Boolean(response);
      refresh();
    },
    lock(on) { list.dataset.locked = String(on); refresh(); },
    marks: (parts) => spread(parts, slots),
    focus() { steps.get(list.firstElementChild.dataset.step).down.focus(); },
  };
}
