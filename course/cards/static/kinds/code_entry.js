import { h, icon, uid } from "../dom.js";
import { spread } from "../marks.js";
import { frame, slotFor } from "./frame.js";
import { lookup } from "./lookup.js";

// Code entry: one row per code. Typing searches the code set (Python answers); Enter with nothing picked checks.

/** " s52521a " -> "S52521A": how two spellings of one code are compared. */
export function bare(code) {
  return String(code || "").toUpperCase().replace(/[^A-Z0-9]/g, "");
}

export function code_entry(view, api) {
  const many = view.many !== false;
  const helps = view.lookup !== false;
  const instruction = view.ordered
    ? "One code in each field, the first-listed code on top"
    : many ? "One code in each field" : "Write one code";
  const { node, body } = frame(view, instruction);
  const list = h("div", { class: "cc-codes" });
  const titles = new Map();
  let rows = [];
  let locked = false;

  const add = h("button", { type: "button", class: "cc-button cc-quiet cc-add", onclick: () => {
    if (locked) return;
    const row = append("");
    row.input.focus();
    api.say(`Field ${rows.length} added`);
    api.changed(null);
  } }, icon("plus"), "Add another code");

  function renumber() {
    for (const [n, row] of rows.entries()) {
      row.input.setAttribute("aria-label", rows.length > 1 ? `Code ${n + 1} of ${rows.length}` : "Code");
      row.remove.setAttribute("aria-label", row.input.value ? `Remove code ${n + 1}, ${row.input.value}` : `Remove code ${n + 1}`);
      row.number.textContent = `${n + 1}`;
      row.remove.hidden = rows.length === 1;
    }
    list.dataset.many = String(rows.length > 1);
  }

  function drop(row) {
    if (locked || rows.length === 1) return;
    const at = rows.indexOf(row);
    rows = rows.filter((other) => other !== row);
    row.node.remove();
    renumber();
    rows[Math.min(at, rows.length - 1)].input.focus();
    api.say(`Code ${at + 1} removed`);
    api.changed(null);
  }

  function append(value) {
    const row = {};
    row.number = h("span", { class: "cc-step-no", "aria-hidden": "true" });
    row.title = h("p", { class: "cc-code-title" });
    const caption = () => {
      row.input.classList.toggle("cc-code-like", /^\s*[A-Za-z][0-9]/.test(row.input.value) || !row.input.value);
      row.title.textContent = titles.get(bare(row.input.value)) || "";
    };
    row.input = h("input", {
      type: "text", class: "cc-code", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: 80,
      placeholder: helps ? "Type a code or words" : "Type a code", value,
      oninput: () => { caption(); api.changed(row.target); },
    });
    row.remove = h("button", { type: "button", class: "cc-move", title: "Remove", onclick: () => drop(row) }, icon("remove"));
    const line = h("div", { class: "cc-code-line" }, row.number, row.input, row.remove);
    row.node = h("div", { class: "cc-code-row" }, line);
    row.slot = slotFor(row.node, row.input);
    if (helps) {
      row.lookup = lookup(row.input, {
        search: api.search,
        say: api.say,
        picked(hit) { row.input.value = hit.code; caption(); api.changed(row.target); },
        seen(hits) { for (const hit of hits) titles.set(bare(hit.code), hit.title); caption(); },
      });
      row.node.append(row.lookup.node);
    }
    row.node.append(row.title, row.slot.node);
    row.input.addEventListener("change", renumber);
    rows.push(row);
    list.append(row.node);
    caption();
    renumber();
    row.input.readOnly = locked;
    return row;
  }

  body.append(list, many ? add : h("span"));
  append("");
  return {
    node,
    read() {
      const codes = rows.map((row) => row.input.value.trim()).filter(Boolean);
      return codes.length ? codes : null;
    },
    write(response) {
      const codes = [].concat(response || []);
      list.replaceChildren();
      rows = [];
      for (const code of codes.length ? codes : [""]) append(code);
    },
    lock(on) {
      locked = on;
      add.hidden = on;
      for (const row of rows) { row.input.readOnly = on; row.remove.hidden = on || rows.length === 1; }
    },
    marks(parts) {
      const slots = new Map();
      for (const row of rows) {
        row.slot.show([]);
        const code = bare(row.input.value);
        if (code && !slots.has(code)) slots.set(code, row.slot);
      }
      const here = (parts || []).map((part) => ({ ...part, target: bare(part.target) || part.target }));
      return spread(here, slots);
    },
    settle() { for (const row of rows) if (row.lookup) row.lookup.close(); },
    focus() { rows[0].input.focus(); },
  };
}
