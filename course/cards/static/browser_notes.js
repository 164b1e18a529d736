import { h } from "./dom.js";
import { glyph } from "./browser_icons.js";

// The notes that apply: the page's own first, then those of each heading above it. Codes in them are links.

/** A code that opens its page. */
export function codeLink(shown, code, go) {
  return h("button", { type: "button", class: "cb-link", "aria-label": shown === code ? null : `${shown}, opens ${code}`, onclick: () => go(code) }, shown);
}

/** Text cut into [text] and [shown, code]. A bracket never stands alone at the end of a line. */
export function parts(list, go) {
  const out = [];
  let rest = null; // what is left of the text after a link
  for (const [n, [text, code]] of list.entries()) {
    const here = rest === null ? text : rest;
    rest = null;
    if (!code) { out.push(here); continue; }
    const before = typeof out[out.length - 1] === "string" ? /[([]$/.exec(out[out.length - 1]) : null;
    if (before) out.push(out.pop().slice(0, -1));
    const next = list[n + 1];
    const after = next && !next[1] ? /^[)\],;.]+/.exec(next[0]) : null;
    if (after) rest = next[0].slice(after[0].length);
    out.push(h("span", { class: "cb-glue" }, before ? before[0] : null, codeLink(text, code, go), after ? after[0] : null));
  }
  return out;
}

/** One kind of note: its name with an explanation behind it, then its lines. */
function kind(one, words, go, seventh) {
  const word = words[one.kind] || { label: one.kind, gloss: "", text: "", icon: "note" };
  return h("div", { class: "cb-kind", "data-kind": one.kind },
    h("details", { class: "cb-what" },
      h("summary", { class: "cb-kind-head" }, glyph(word.icon), h("strong", {}, word.label),
        h("span", { class: "cb-gloss" }, word.gloss), h("span", { class: "cb-ask", "aria-hidden": "true" }, "?"),
        h("span", { class: "cc-sr" }, "What does this mean?")),
      h("p", { class: "cb-explain" }, word.text, word.rule ? h("span", { class: "cb-rule" }, word.rule) : null)),
    h("ul", { class: "cb-lines" }, one.lines.map((line) =>
      h("li", { class: line.under ? "cb-line cb-under" : "cb-line" }, parts(line.parts, go)))),
    one.over ? h("p", { class: "cb-over" }, `Not used here: the rule at ${one.over} is nearer and takes its place.`) : null,
    seventh);
}

/** Characters and their meanings, to read. */
function meanings(options) {
  return h("dl", { class: "cb-meanings" }, options.map((one) => h("div", {}, h("dt", {}, one.char), h("dd", {}, one.meaning))));
}

function group(one, words, go, page) {
  const picker = page.seventh && !page.seventh.ready && page.seventh.owner === one.owner ? meanings(page.seventh.options) : null;
  const body = one.kinds.map((each) => kind(each, words, go, each.kind === "seventh" ? picker : null));
  if (one.own) {
    return h("section", { class: "cb-group cb-own" }, h("h5", { class: "cb-owner" }, `At ${one.owner} itself`), body);
  }
  return h("details", { class: "cb-group", open: one.open },
    h("summary", { class: "cb-owner" }, glyph("open"),
      h("span", {}, h("strong", {}, `From ${one.name.charAt(0).toLowerCase()}${one.name.slice(1)}`), ` ${one.title}`,
        h("span", { class: "cb-summary" }, one.summary))),
    body);
}

/** The section of notes; says so when there are none. */
export function notes(page, words, go) {
  return h("section", { class: "cb-section cb-notes" },
    h("h4", { class: "cb-head" }, "Notes that apply"),
    page.notes_line ? h("p", { class: "cb-honest" }, glyph("warn"), h("span", {}, page.notes_line)) : null,
    page.notes.length
      ? page.notes.map((one) => group(one, words, go, page))
      : page.notes_line ? null : h("p", { class: "cb-quiet" }, "None, here or at the headings above."));
}
