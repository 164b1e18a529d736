import { debounce, h, uid } from "./dom.js";
import { glyph } from "./browser_icons.js";
import { codeLink } from "./browser_notes.js";

// The Index tab: from a main term over its sub-terms to a code, which then opens in the Tabular List.

function empty(back, command) {
  return h("div", { class: "cb-index-none" },
    h("p", {}, "The Alphabetic Index is the other half of the code book: one looks up a main term such as Fracture, goes down its sub-terms, and is led to a code. " +
      "It is published every year as a file of its own; to load it, download it from the publisher (CMS or NCHS) and run this in a terminal:"),
    h("p", {}, h("code", {}, command || "python3 -m course codes use FILE")),
    h("p", {}, h("button", { type: "button", class: "cc-button", onclick: back }, glyph("search"), "Search the Tabular List instead")));
}

/** `ask(verb, more)` -> Promise; `open(code)` shows a page of the Tabular List. Returns {node, shown}. */
export function indexTab({ shelf, ask, open, back, say }) {
  const node = h("div", { class: "cb-index" });
  if (!shelf.sources.length) {
    node.append(empty(back, shelf.command));
    return { node, shown() {} };
  }
  const field = uid("term");
  const lines = h("ul", { class: "cb-terms", "aria-label": "Index lines" });
  const note = h("p", { class: "cb-quiet" });
  let turn = 0;

  function see(word, text) {
    return text ? h("span", { class: "cb-see" }, h("em", {}, `${word} `), text.split(";").map((one, n) => [n ? "; " : null,
      h("button", { type: "button", class: "cb-link", onclick: () => { input.value = one.trim(); look(); input.focus(); } }, one.trim())])) : null;
  }
  const code = ([shown, target]) => (target ? codeLink(shown, target, open) : h("span", { class: "cb-code" }, shown));

  function line(one, alone) {
    const term = one.level === 0 && !alone
      ? h("button", { type: "button", class: "cb-link cb-term-main", onclick: () => { input.value = one.term; input.focus(); term_(one.n); } }, one.term)
      : h("span", { class: one.level === 0 ? "cb-term-main" : null }, one.term);
    return h("li", { class: "cb-term", style: `--cb-level:${one.level}` },
      term, one.nonessential ? h("span", { class: "cb-nonessential" }, ` ${one.nonessential}`) : null,
      one.codes.length ? h("span", { class: "cb-term-codes" }, one.codes.map(code)) : null,
      see("see", one.see), see("see also", one.see_also),
      one.columns.length ? h("dl", { class: "cb-cells" }, one.columns.map(([head, cell]) => h("div", {}, h("dt", {}, head), h("dd", {}, code(cell))))) : null);
  }

  function show(found) {
    const main = found.lines.filter((one) => one.level === 0).length;
    lines.replaceChildren(...found.lines.map((one) => line(one, main === 1)));
    note.textContent = !found.lines.length
      ? (found.q ? `No main term begins with “${found.q}”. A main term is the disease or the injury, not the place: Fracture, not Wrist.` : "Type a main term: the disease or the injury, not the place.")
      : `${found.lines.length} line${found.lines.length === 1 ? "" : "s"}${found.cut ? ", cut here: type more to narrow" : ""}. Always check the code in the Tabular List: open it.`;
    if (found.q) say(note.textContent);
  }

  async function fetch_(verb, more) {
    turn += 1;
    const mine = turn;
    const answer = await ask(verb, more);
    if (mine === turn && answer.index) show(answer.index);
  }
  const look = () => fetch_("index", { q: input.value, source: source.value || null });
  const term_ = (n) => fetch_("term", { n });
  const later = debounce(look, 90);

  const input = h("input", { type: "text", class: "cb-input", id: field, autocomplete: "off", spellcheck: "false", maxlength: 200,
    "aria-label": "Main term", placeholder: "Main term, such as Fracture, or Fracture, rad", oninput: later });
  const source = h("select", { class: "cc-select cb-source", "aria-label": "Index", onchange: look },
    shelf.sources.length > 1 ? h("option", { value: "" }, "All indexes") : null,
    shelf.sources.map((one) => h("option", { value: one.source }, `${one.name}${one.year ? ` FY${one.year}` : ""}`)));
  node.append(h("div", { class: "cb-index-bar" }, h("div", { class: "cb-search" }, glyph("search"), input), source), note, lines);
  show({ q: "", lines: [], cut: false });
  return { node, shown() { input.focus(); } };
}
