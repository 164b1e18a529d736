import { h, uid } from "./dom.js";
import { glyph, mark } from "./browser_icons.js";
import { codeText, finding } from "./browser_parts.js";

// Search as you type: the ARIA combobox pattern with its list beside the page. Every answer belongs to what is typed now.

const SAY_MS = 700; // speak when typing pauses, not at every letter

/** `ask(q)` sends a question; answers come back through show(). Returns {node, results, show, clear, …}. */
export function search({ ask, open, cleared, say, label = "Search ICD-10-CM", hint }) {
  const ids = { list: uid("hits"), input: uid("search") };
  const list = h("ul", { class: "cb-hits", role: "listbox", id: ids.list, "aria-label": "Search results" });
  const verdict = h("div", { class: "cb-verdict" });
  const advice = h("p", { class: "cb-quiet cb-advice" });
  const count = h("p", { class: "cb-count" });
  const results = h("div", { class: "cb-results", hidden: true }, count, verdict, list, advice);
  let hits = [];
  let at = -1;
  let shownFor = "";
  let enter = false; // Enter was pressed before the answer came
  let timer = null;

  const input = h("input", {
    type: "text", class: "cb-input", id: ids.input, role: "combobox", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: 200,
    "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": ids.list, "aria-label": label, placeholder: hint,
    oninput: () => typed(),
  });
  const clearButton = h("button", { type: "button", class: "cb-clear", "aria-label": "Clear the search", hidden: true,
    onclick: () => { clear(); input.focus(); } }, glyph("clear"));
  const node = h("div", { class: "cb-search" }, glyph("search"), input, clearButton);

  function point(to) {
    at = to;
    for (const [n, option] of [...list.children].entries()) option.toggleAttribute("data-at", n === at);
    if (at < 0) { input.removeAttribute("aria-activedescendant"); return; }
    const option = list.children[at];
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function typed() {
    const q = input.value.trim();
    enter = false;
    clearButton.hidden = !input.value;
    if (!q) { hide(); cleared(); return; }
    ask(q);
  }

  function hide() {
    clearTimeout(timer);
    hits = [];
    shownFor = "";
    list.replaceChildren();
    verdict.replaceChildren();
    results.hidden = true;
    point(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function clear() {
    input.value = "";
    clearButton.hidden = true;
    hide();
    cleared();
  }

  function pick(n) {
    const hit = hits[n];
    if (!hit) return;
    point(-1);
    for (const [k, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(k === n));
    open(hit.code);
  }

  const option = (hit, n) => h("li", {
    class: "cb-hit", role: "option", id: uid("hit"), "aria-selected": "false",
    onmousedown: (event) => event.preventDefault(), onclick: () => pick(n),
  },
  h("span", { class: "cb-hit-head" }, codeText(hit), mark(hit.mark, hit.word)),
  h("span", { class: "cb-hit-title" }, hit.title),
  hit.why ? h("span", { class: "cb-hit-why" }, hit.why) : null);

  /** The answer to `found.q`; one for an older text is dropped. */
  function show(found, { quiet = false } = {}) {
    if (found.q !== input.value.trim().replace(/\s+/g, " ").slice(0, 200)) return;
    const pointed = at >= 0 && hits[at] ? hits[at].code : null; // the list may change under the arrow keys
    hits = found.hits;
    shownFor = found.q;
    list.replaceChildren(...hits.map(option));
    list.hidden = !hits.length;
    list.scrollTop = 0;
    count.textContent = hits.length ? `${hits.length} result${hits.length === 1 ? "" : "s"}` : "";
    advice.textContent = found.advice;
    const one = found.verdict;
    verdict.replaceChildren(...(one ? [finding(one, one.kind === "deleted" || one.kind === "not_yet"
      ? h("p", {}, h("button", { type: "button", class: "cb-link", onclick: () => open(found.q) }, "What became of it?"))
      : null)] : []));
    results.hidden = false;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    point(hits.findIndex((hit) => hit.code === pointed));
    clearTimeout(timer);
    const told = [one ? one.headline : "", hits.length ? `${count.textContent}. Use the arrow keys.` : found.advice].filter(Boolean).join(" ");
    if (!quiet) timer = setTimeout(() => say(told), SAY_MS);
    if (enter) { enter = false; pick(0); }
  }

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (hits.length) point(at < 0 ? (step > 0 ? 0 : hits.length - 1) : (at + step + hits.length) % hits.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (at >= 0) pick(at);
      else if (shownFor && shownFor === input.value.trim()) pick(0);
      else enter = Boolean(input.value.trim());
    } else if (event.key === "Escape" && input.value) {
      event.preventDefault();
      event.stopPropagation();
      clear();
    }
  });

  return {
    node, results, input, show, clear,
    get text() { return input.value.trim(); },
    /** Put a search in without typing. */
    fill(found) { input.value = found.q; clearButton.hidden = !found.q; show(found, { quiet: true }); },
  };
}
