import { h, setText } from "./dom.js";
import { glyph, mark } from "./browser_icons.js";
import { copy } from "./browser_talk.js";

// Small parts that several places of the browser share.

const COPIED_MS = 2500;

/** "Copy S52.52": says what became of it, in place and aloud. */
export function copyButton(code, { say, root }) {
  const word = h("span", {}, `Copy ${code}`);
  const face = h("span", { class: "cb-copy-icon" }, glyph("copy"));
  let timer = null;
  const button = h("button", { type: "button", class: "cc-button cb-copy", onclick: async () => {
    const done = await copy(code, root);
    setText(word, done ? `Copied ${code}` : `Press Ctrl+C to copy ${code}`);
    face.replaceChildren(glyph(done ? "done" : "warn"));
    say(done ? `Copied ${code}` : `The browser does not let the course copy. The code is ${code}.`);
    clearTimeout(timer);
    timer = setTimeout(() => { setText(word, `Copy ${code}`); face.replaceChildren(glyph("copy")); }, COPIED_MS);
  } }, face, word);
  return button;
}

/** A code with what it adds to the one above it in bold: S52.52 1. */
export function codeText(row) {
  if (row.face !== undefined) return h("span", { class: "cb-code" }, row.face); // where it opens is not what is printed
  const cut = row.char && row.code.endsWith(row.char) ? row.code.length - row.char.length : row.code.length;
  return h("span", { class: "cb-code" }, row.code.slice(0, cut), row.char ? h("b", {}, row.code.slice(cut)) : null);
}

/** A list of codes to choose from. Each is a tab stop; the arrow keys, Home and End move as well. */
export function rowList(rows, go, label) {
  const chapters = rows.length > 0 && rows.every((row) => row.mark === "chapter");
  const cells = (row) => {
    // "Diseases of the eye and adnexa (H00-H59)": the range stands in a column of its own.
    const split = chapters && /^(.*) \(([A-Z0-9]{3}-[A-Z0-9]{3})\)$/.exec(row.title);
    const end = split ? h("span", { class: "cb-range" }, split[2]) : mark(row.mark, row.word);
    return [codeText(row), h("span", { class: "cb-row-title" }, split ? split[1] : row.title), end];
  };
  const list = h("ul", { class: "cb-rows", "aria-label": label, "data-of": chapters ? "chapter" : null }, rows.map((row) =>
    h("li", {}, h("button", { type: "button", class: "cb-row", onclick: () => go(row.code) }, cells(row)))));
  list.addEventListener("keydown", (event) => {
    const all = [...list.querySelectorAll(".cb-row")];
    const at = all.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (all[to]) all[to].focus();
  });
  return list;
}

/** Headline, sentence and the rule it rests on: why something is not a code. */
export function finding(one, more) {
  const name = { billable: "billable", heading: "heading", missing_seventh: "heading", deleted: "calendar", not_yet: "calendar" }[one.kind] || "never";
  return h("div", { class: "cb-finding", "data-kind": one.kind }, glyph(name),
    h("div", {},
      h("p", {}, h("strong", {}, one.headline)),
      one.message ? h("p", {}, one.message) : null,
      one.basis ? h("p", { class: "cb-basis" }, one.basis) : null,
      more));
}
