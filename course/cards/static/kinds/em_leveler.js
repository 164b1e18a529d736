import { h, icon, setText, uid } from "../dom.js";
import { Slot } from "../marks.js";
import { held, hold } from "./frame.js";
import { codeByTime, codeFor, higher, mdm, minutesIn } from "./em_rules.js";

// The E/M leveler: boxes to tick in three groups, and a table that fills as they are ticked. The question has a code to choose
// besides; the free tool has a category to choose.

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** The leveler for `rules` (parts, levels, codes, timed, most): {node, slots, read, write, lock, focus}. */
export function leveler(rules, { changed, say }) {
  const boxes = new Map(); // element id -> checkbox
  const numbers = new Map(); // element id -> select with how many, where it is counted
  const slots = new Map();

  function entry(one) {
    const label = uid("el");
    const box = h("input", { type: "checkbox", id: uid("tick"), value: one.id, onclick: held, onchange: () => tick(one) });
    boxes.set(one.id, box);
    const line = h("div", { class: "cc-em-line" },
      h("label", { class: "cc-em-label", for: box.id }, box, h("span", { id: label }, one.words)));
    if (one.counted) {
      const many = h("select", { class: "cc-em-many", "aria-label": `How many: ${one.words}`, hidden: true, onchange: () => tick(one) },
        Array.from({ length: rules.most }, (_, n) => h("option", { value: String(n + 1) }, `${n + 1} ×`)));
      numbers.set(one.id, many);
      line.append(many);
    }
    const row = h("div", { class: "cc-em-row" }, line);
    const slot = new Slot(uid("msg"), row);
    box.setAttribute("aria-describedby", slot.node.id);
    slots.set(one.id, slot);
    row.append(slot.node);
    return row;
  }

  function section(part) {
    const head = h("p", { class: "cc-em-head", id: uid("part") }, part.title);
    const slot = new Slot(uid("msg"), null);
    slots.set(part.id, slot);
    return h("div", { class: "cc-em-part", role: "group", "aria-labelledby": head.id },
      head, part.entries.map(entry), slot.node);
  }

  const minutes = h("input", {
    type: "text", inputmode: "numeric", class: "cc-number cc-em-minutes", autocomplete: "off", spellcheck: "false", maxlength: 12,
    id: uid("min"), oninput: () => { refresh(); changed("minutes"); announce(); },
  });
  const clock = new Slot(uid("msg"), null);
  minutes.setAttribute("aria-describedby", clock.node.id);
  slots.set("minutes", clock);
  const time = h("div", { class: "cc-em-time" },
    h("label", { for: minutes.id }, "Minutes that count, if any"), minutes, clock.node);

  // The table: a row for each level, the highest on top. A dot is full where a part reaches the level; two full ones make it.
  const rows = new Map();
  const head = (short, long, attrs = {}) => h("th", { scope: "col", ...attrs },
    h("span", { class: "cc-em-long" }, long), h("abbr", { class: "cc-em-short", title: long, "aria-hidden": "true" }, short));
  const caption = h("caption", {}, h("span", {}, "What these ticks reach"));
  const table = h("table", { class: "cc-em-table" }, caption,
    h("thead", {}, h("tr", {}, head("Level", "Level"), rules.parts.map((part) => head(part.title[0], part.title)),
      head("of 3", "Of three", { class: "cc-em-count-head" }), rules.timed ? head("Min", "Time") : null, head("Code", "Code"))),
    h("tbody", {}, [4, 3, 2, 1].map(line)));
  const result = h("p", { class: "cc-em-result" });
  const node = h("div", { class: "cc-em" },
    h("div", { class: "cc-em-parts" }, rules.parts.map(section)), rules.timed ? time : null,
    h("div", { class: "cc-em-board" }, table, result));

  function line(level) {
    const code = codeFor(rules.codes, level);
    const first = (rules.codes.find((one) => one.code === code) || { first: null }).first;
    const dots = rules.parts.map((part) => h("td", { class: "cc-em-dot", "data-part": part.id }));
    const count = h("td", { class: "cc-em-count" });
    const when = rules.timed ? h("td", { class: "cc-em-when" }) : null;
    const row = h("tr", {}, h("th", { scope: "row" }, capital(rules.levels[level - 1]).replace("Straightf", "Straight\u00adf")), dots, count, when,
      h("td", { class: "cc-em-code" }, code));
    rows.set(level, { row, dots, count, when, first, code });
    return row;
  }

  const counts = () => Object.fromEntries([...boxes].filter(([, box]) => box.checked)
    .map(([id]) => [id, numbers.has(id) ? Number(numbers.get(id).value) : 1]));

  /** What the ticks and the minutes lead to. */
  function found() {
    const levels = mdm(rules.parts, counts());
    const byLevel = codeFor(rules.codes, levels.overall);
    const given = rules.timed ? minutesIn(minutes.value) : null;
    const byTime = given === null ? "" : codeByTime(rules.codes, given);
    return { levels, byLevel, given, byTime, code: higher(rules.codes, byLevel, byTime) };
  }

  function sentence() {
    const { levels, byLevel, given, byTime, code } = found();
    const empty = !Object.keys(counts()).length;
    const word = (level) => (level ? rules.levels[level - 1] : "nothing yet");
    const parts = rules.parts.map((part) => `${part.title.toLowerCase()} ${word(levels[part.id])}`).join(", ");
    const reach = rules.parts.every((part) => levels[part.id] >= levels.overall) ? "All three" : "Two of three";
    const said = byLevel ? `${reach} reach ${word(levels.overall)}: ${byLevel}.` : "Two of the three parts are needed for a level.";
    const told = empty ? "Nothing is ticked yet" : capital(parts);
    if (given === null) return `${told}. ${said}`;
    const clocked = byTime ? `By time, ${given} minutes lead to ${byTime}.` : `${given} minutes lead to no code.`;
    const both = byLevel && byTime && byLevel !== byTime ? ` The provider may choose; the higher one is ${code}.` : "";
    return `${told}. ${said} ${clocked}${both}`;
  }

  function dot(cell, full, words) {
    cell.toggleAttribute("data-full", full);
    cell.replaceChildren(h("span", { class: "cc-em-disc", "aria-hidden": "true" }), h("span", { class: "cc-sr" }, words));
  }

  function refresh() {
    for (const [id, many] of numbers) many.hidden = !boxes.get(id).checked;
    const { levels, given, code } = found();
    // No data at all is straightforward by the rule; before the first tick that would look like an answer.
    const empty = !Object.keys(counts()).length;
    for (const [level, one] of rows) {
      const full = rules.parts.map((part) => !empty && levels[part.id] >= level);
      full.forEach((on, n) => dot(one.dots[n], on, on ? "reached" : "not reached"));
      const reached = full.filter(Boolean).length;
      one.count.replaceChildren(...(reached > 1 ? [icon("right"), `${reached}`] : [`${reached}`]));
      one.row.toggleAttribute("data-reached", reached > 1);
      if (one.when) {
        const long = given !== null && one.first !== null && given >= one.first;
        one.when.toggleAttribute("data-full", long);
        one.when.replaceChildren(...(long ? [icon("right")] : []), one.first === null ? "" : `${one.first}`, one.first === null ? "" : h("span", { class: "cc-em-unit" }, " min"));
      }
      one.row.toggleAttribute("data-here", Boolean(code) && one.code === code);
    }
    setText(result, sentence());
  }

  function tick(one) {
    slots.get(one.id).show([]); // what was said of the older answer
    refresh();
    changed(one.id);
    announce();
  }

  let timer = null;
  /** The result aloud, once the ticking pauses. */
  function announce() {
    clearTimeout(timer);
    timer = setTimeout(() => say(sentence()), 500);
  }

  refresh();
  return {
    node,
    slots,
    read() {
      const elements = counts();
      const typed = rules.timed ? minutes.value.trim() : "";
      return { ...(Object.keys(elements).length && { elements }), ...(typed && { minutes: typed }) };
    },
    write(response) {
      const given = (response && typeof response === "object" && response.elements) || {};
      for (const [id, box] of boxes) {
        box.checked = given[id] > 0;
        if (numbers.has(id)) numbers.get(id).value = String(given[id] > 0 ? given[id] : 1);
      }
      const typed = response && typeof response === "object" ? response.minutes : "";
      minutes.value = typed === null || typed === undefined ? "" : String(typed);
      clearTimeout(timer);
      refresh();
    },
    lock(on) {
      for (const box of boxes.values()) hold(box, on);
      for (const many of numbers.values()) many.disabled = on && document.activeElement !== many;
      minutes.readOnly = on;
    },
    focus() { ([...boxes.values()].find((box) => box.checked) || [...boxes.values()][0]).focus(); },
  };
}
