import { h, icon } from "../dom.js";
import { spread } from "../marks.js";
import { bare } from "./code_entry.js";
import { frame, slotFor } from "./frame.js";
import { lookup } from "./lookup.js";

// Service lines: rows of a claim. Each has a code and, where the question asks for them, modifiers and units.
// Python reads what is typed; a whole line in the first field ("29881-RT x2") is understood, too.

const FIELDS = {
  code: { label: "Code", placeholder: "Code or words", maxlength: 120 },
  modifiers: { label: "Modifiers", placeholder: "", maxlength: 40 },
  units: { label: "Units", placeholder: "1", maxlength: 12, inputmode: "numeric" },
};

export function service_lines(view, api) {
  const { node, body } = frame(view, "One code on each line");
  const list = h("div", { class: "cc-lines", "data-columns": view.columns.join(" ") });
  const titles = new Map();
  let rows = [];
  let locked = false;

  const add = h("button", { type: "button", class: "cc-button cc-quiet cc-add", onclick: () => {
    if (locked) return;
    append({}).inputs.code.focus();
    api.say(`Line ${rows.length} added`);
    api.changed(null);
  } }, icon("plus"), "Add another line");

  function renumber() {
    for (const [n, row] of rows.entries()) {
      for (const name of view.columns) {
        row.inputs[name].setAttribute("aria-label", rows.length > 1 ? `${FIELDS[name].label}, line ${n + 1} of ${rows.length}` : FIELDS[name].label);
      }
      const typed = row.inputs.code.value.trim();
      row.remove.setAttribute("aria-label", `Remove line ${n + 1}${typed ? `, ${typed}` : ""}`);
      row.number.textContent = `${n + 1}`;
      row.remove.hidden = locked || rows.length === 1;
    }
    list.dataset.many = String(rows.length > 1);
  }

  function drop(row) {
    if (locked || rows.length === 1) return;
    const at = rows.indexOf(row);
    rows = rows.filter((other) => other !== row);
    row.node.remove();
    renumber();
    rows[Math.min(at, rows.length - 1)].inputs.code.focus();
    api.say(`Line ${at + 1} removed`);
    api.changed(null);
  }

  function field(row, name, value) {
    const { label, placeholder, maxlength, inputmode } = FIELDS[name];
    const input = h("input", {
      type: "text", class: `cc-code cc-line-${name}`, autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      maxlength, placeholder, inputmode, value: value || "",
      oninput: () => { caption(row); api.changed(null); },
      onchange: renumber,
    });
    row.inputs[name] = input;
    return h("label", { class: "cc-line-field", "data-name": name }, h("span", { class: "cc-line-label" }, label), input);
  }

  function caption(row) {
    const { code } = row.inputs;
    code.classList.toggle("cc-code-like", !code.value || /^\s*[A-Za-z]?[0-9]/.test(code.value));
    row.title.textContent = titles.get(bare(code.value)) || "";
  }

  function append(value) {
    const row = { inputs: {} };
    row.number = h("span", { class: "cc-step-no", "aria-hidden": "true" });
    row.title = h("p", { class: "cc-code-title" });
    const fields = view.columns.map((name) => field(row, name, value[name]));
    row.remove = h("button", { type: "button", class: "cc-move", title: "Remove", onclick: () => drop(row) }, icon("remove"));
    row.node = h("div", { class: "cc-line" }, h("div", { class: "cc-line-fields" }, row.number, fields, row.remove));
    row.slot = slotFor(row.node, row.inputs.code);
    for (const name of view.columns) row.inputs[name].setAttribute("aria-describedby", row.slot.node.id);
    row.lookup = lookup(row.inputs.code, {
      search: api.search,
      say: api.say,
      picked(hit) { row.inputs.code.value = hit.code; caption(row); renumber(); api.changed(null); },
      seen(hits) { for (const hit of hits) titles.set(bare(hit.code), hit.title); caption(row); },
    });
    row.node.append(row.lookup.node, row.title, row.slot.node);
    for (const input of Object.values(row.inputs)) input.readOnly = locked;
    rows.push(row);
    list.append(row.node);
    caption(row);
    renumber();
    return row;
  }

  const filled = () => rows.filter((row) => view.columns.some((name) => row.inputs[name].value.trim()));

  body.append(list, add);
  append({});
  return {
    node,
    read() {
      const lines = filled().map((row) => Object.fromEntries(view.columns.map((name) => [name, row.inputs[name].value.trim()])));
      return lines.length ? lines : null;
    },
    write(response) {
      const lines = [].concat(response || []).map((one) => (typeof one === "string" ? { code: one } : one || {}));
      list.replaceChildren();
      rows = [];
      for (const line of lines.length ? lines : [{}]) append(line);
    },
    lock(on) {
      locked = on;
      add.hidden = on;
      for (const row of rows) for (const input of Object.values(row.inputs)) input.readOnly = on;
      renumber();
    },
    marks(parts) {
      for (const row of rows) row.slot.show([]);
      return spread(parts || [], new Map(filled().map((row, n) => [`line-${n}`, row.slot])));
    },
    settle() { for (const row of rows) row.lookup.close(); },
    focus() { rows[0].inputs.code.focus(); },
  };
}
