import { h, icon, plain, setText, uid } from "../dom.js";
import { spread } from "../marks.js";
import { frame, held, hold, slotFor } from "./frame.js";
import { KEYS, marking } from "./marking.js";

// Query workshop: a draft whose words are marked, and a query that is built from a tray of parts.

const MOVES = { up: ["Move up", -1], down: ["Move down", 1] };

export function query_workshop(view, api) {
  const { node, body } = frame(view, "Mark what leads, then build a query that does not");
  const slots = new Map();
  const parts = new Map(); // id -> {html, text, add, row, up, down, out}
  let locked = false;

  const step = (n, title, how) => {
    const ids = { head: uid("step"), how: uid("how") };
    return { ids, node: h("div", { class: "cc-query-step", role: "group", "aria-labelledby": ids.head },
      h("h4", { class: "cc-query-head", id: ids.head }, h("span", { class: "cc-query-no" }, `Step ${n} of 2`), ` ${title}`),
      h("p", { class: "cc-instruction", id: ids.how }, how)) };
  };

  // -- step 1: the draft
  const one = step(1, "Mark what leads in the draft", "Leading words push the provider toward an answer. Click a word or drag over a phrase; once more takes the mark away.");
  const head = uid("draft");
  const draft = marking(view, api, { labelledby: head, describedby: one.ids.how });
  const said = h("div", { class: "cc-slot cc-said" });
  slots.set("draft", slotFor(null, null));
  one.node.append(
    h("div", { class: "cc-sr" }, `The draft: ${view.words.join(" ")}`), // to be read as a whole, before its words one by one
    h("div", { class: "cc-chart cc-query-draft" },
      h("p", { class: "cc-chart-head", id: head }, icon("note"), "The draft query, as somebody wrote it"), draft.paper),
    h("p", { class: "cc-query-keys" }, KEYS), draft.tally, said, slots.get("draft").node);

  // -- step 2: the tray and the query
  const two = step(2, "Build a query that does not lead", "Click a part to add it to your query. Some parts do not belong, and the order counts.");
  const labels = { tray: uid("tray"), query: uid("query"), read: uid("read") };
  const tray = h("ul", { class: "cc-query-tray", "aria-labelledby": labels.tray });
  const query = h("ol", { class: "cc-steps", "aria-labelledby": labels.query });
  const none = h("p", { class: "cc-query-none" }, "Nothing here yet. Click a part above to add it.");
  const all = h("p", { class: "cc-query-none" }, "All parts are in your query.");
  const running = h("div", { class: "cc-query-text" });
  const letter = h("div", { class: "cc-chart cc-query-letter", role: "group", "aria-labelledby": labels.read },
    h("p", { class: "cc-chart-head", id: labels.read }, icon("chart"), "As the provider will read it"), running);
  slots.set("query", slotFor(null, null));
  two.node.append(
    h("p", { class: "cc-query-label", id: labels.tray }, "Parts to choose from"), tray, all,
    h("p", { class: "cc-query-label", id: labels.query }, "Your query"), none, query, slots.get("query").node, letter);
  body.append(one.node, two.node);

  const names = () => [...query.children].map((row) => row.dataset.step);

  function refresh() {
    const rows = [...query.children];
    for (const [n, row] of rows.entries()) {
      const { up, down, out } = parts.get(row.dataset.step);
      setText(row.querySelector(".cc-step-no"), String(n + 1));
      hold(up, locked || n === 0);
      hold(down, locked || n === rows.length - 1);
      hold(out, locked);
    }
    for (const part of parts.values()) hold(part.add, locked);
    none.hidden = rows.length > 0;
    all.hidden = tray.children.length > 0;
    letter.hidden = rows.length === 0;
    running.replaceChildren(...rows.map((row) => h("p", { html: parts.get(row.dataset.step).html })));
  }

  /** The part back in the tray, where it stood. */
  function back(id) {
    const order = [...parts.keys()];
    const after = [...tray.children].find((other) => order.indexOf(other.dataset.part) > order.indexOf(id));
    tray.insertBefore(parts.get(id).box, after || null);
    slots.get(id).show([]);
    parts.get(id).row.remove();
  }

  function add(id) {
    const { box, row, text, out } = parts.get(id);
    const next = box.nextElementSibling || box.previousElementSibling;
    box.remove();
    query.append(row);
    refresh();
    (next ? parts.get(next.dataset.part).add : out).focus();
    api.say(`Added as part ${query.children.length}: ${text}`);
    api.changed(id);
  }

  function remove(id) {
    const { row, add: button, text } = parts.get(id);
    const next = row.nextElementSibling || row.previousElementSibling;
    back(id);
    refresh();
    (next ? parts.get(next.dataset.step).out : button).focus();
    api.say(`Taken out: ${text}`);
    api.changed(id);
  }

  function move(id, way) {
    const rows = [...query.children];
    const { row, up, down, text } = parts.get(id);
    const to = rows.indexOf(row) + way;
    if (locked || to < 0 || to >= rows.length) return;
    query.insertBefore(row, way < 0 ? rows[to] : rows[to].nextSibling);
    refresh();
    (way < 0 ? up : down).focus();
    api.say(`Now ${to + 1} of ${rows.length}: ${text}`);
    api.changed(id);
  }

  function keys(id) {
    return (event) => {
      const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (way) { event.preventDefault(); move(id, way); }
      if (event.key === "Delete" && !locked) { event.preventDefault(); remove(id); }
    };
  }

  function button(id, shape, label, text, act) {
    return h("button", {
      type: "button", class: "cc-move", "aria-label": `${label}: ${text}`, title: label,
      onclick: (event) => { if (!held(event)) act(); }, onkeydown: keys(id),
    }, icon(shape));
  }

  for (const { id, html } of view.parts) {
    const text = plain(html.replaceAll("<br>", " "));
    const [up, down] = Object.entries(MOVES).map(([shape, [label, way]]) => button(id, shape, label, text, () => move(id, way)));
    const out = button(id, "remove", "Take out", text, () => remove(id));
    const plus = h("button", { type: "button", class: "cc-query-part", onclick: (event) => { if (!held(event)) add(id); } },
      icon("plus"), h("span", { class: "cc-sr" }, "Add: "), h("span", { class: "cc-query-words", html }));
    const row = h("li", { class: "cc-step cc-query-row", "data-step": id });
    const slot = slotFor(row, null);
    for (const control of [up, down, out]) control.setAttribute("aria-describedby", slot.node.id);
    row.append(h("div", { class: "cc-step-line" }, h("span", { class: "cc-step-no", "aria-hidden": "true" }),
      h("div", { class: "cc-step-text", html }), h("div", { class: "cc-moves" }, up, down, out)), slot.node);
    slots.set(id, slot);
    const box = h("li", { "data-part": id }, plus);
    parts.set(id, { html, text, add: plus, box, row, up, down, out });
    tray.append(box);
  }
  refresh();
  return {
    node,
    read: () => (draft.read().length || names().length ? { marks: draft.read(), parts: names() } : null),
    write(response) {
      const { marks = [], parts: chosen = [] } = response || {};
      draft.write(marks);
      for (const id of names()) back(id);
      for (const id of chosen) {
        if (!parts.has(id)) continue;
        parts.get(id).box.remove();
        query.append(parts.get(id).row);
      }
      refresh();
    },
    lock(on) { locked = on; draft.lock(on); refresh(); },
    marks(list) {
      const { rows, left } = draft.judge(list);
      said.replaceChildren(...rows);
      return spread(left, slots);
    },
    focus: draft.focus,
  };
}
