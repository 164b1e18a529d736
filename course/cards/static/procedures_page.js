import { h } from "./dom.js";
import { glyph, mark } from "./browser_icons.js";
import { copyButton, rowList } from "./browser_parts.js";

// One page of the procedure browser. Drawn anew each time; `api` holds {go, say, root, id}.

const link = (face, address, go, title) => h("button", { type: "button", class: "cb-link cp-code", title, onclick: () => go(address) }, face);

/** CPT > Surgery > Musculoskeletal system > 29881: where the page is. */
export function breadcrumb(page, books, go) {
  const step = (text, address) => h("li", {}, h("button", { type: "button", class: "cb-link", onclick: () => go(address) }, text));
  const start = page.is === "start";
  const book = books.find((one) => one.book === page.book).name;
  const here = page.code || page.title;
  return h("div", { class: "cb-crumbs", role: "group", "aria-label": "Where you are in the book" },
    h("ol", {},
      start ? h("li", { "aria-current": "page", class: "cb-here" }, book) : step(book, page.book),
      page.path.map((one) => step(one.name, one.code)),
      start ? null : h("li", { "aria-current": "page", class: "cb-here" }, here)));
}

function section(head, ...body) {
  return h("section", { class: "cb-section" }, h("h4", { class: "cb-head" }, head), body);
}

/** Name, figure and meaning, line by line. */
function facts(list, go) {
  if (!list.length) return null;
  return h("dl", { class: "cp-facts" }, list.map((one) => h("div", {},
    h("dt", {}, one.name),
    h("dd", {},
      one.value ? h("span", { class: "cp-value" }, one.value) : null,
      one.words ? h("span", {}, one.words) : null,
      one.links.map(([face, address]) => link(face, address, go))))));
}

/** Modifiers that commonly apply; those of one reason share a line. */
function fits(list, go) {
  if (!list.length) return null;
  return section("Modifiers that commonly apply",
    h("p", { class: "cb-quiet" }, "Which of them belongs is for the record to say."),
    h("ul", { class: "cp-fits" }, list.map((one) => h("li", {},
      h("span", { class: "cp-mods" }, one.modifiers.map(([face, address, words]) => link(face, address, go, words))),
      h("span", { class: "cp-why" }, one.why, h("span", { class: "cp-basis" }, one.basis))))));
}

function pairs(list, go) {
  if (!list.length) return null;
  return section("NCCI pairs",
    h("p", { class: "cb-quiet" }, "Those that the course uses; the full tables of CMS hold many more."),
    list.map((part) => [
      h("p", { class: "cp-pair-head" }, part.head),
      h("ul", { class: "cp-pairs" }, part.rows.map((row) => h("li", {},
        link(row.code, row.code, go),
        h("span", { class: "cp-why" }, row.words || null, h("span", { class: "cp-basis" }, `${row.told} (indicator ${row.indicator})`))))),
    ]));
}

/** The nodes of a page. */
export function drawPage(page, api) {
  const copied = page.copy ? copyButton(page.code, api) : null;
  return [
    h("h3", { class: "cb-title", id: api.id, tabindex: "-1" },
      page.code ? h("span", { class: "cb-title-code" }, page.code) : null, page.code ? " " : null,
      h("span", { class: "cb-title-text" }, page.title)),
    page.status || copied ? h("div", { class: "cb-status" }, page.status ? mark(page.status.mark, page.status.word) : h("span", {}), copied) : null,
    page.lead ? h("p", { class: "cb-lead" }, page.lead) : null,
    page.official ? h("p", { class: "cb-why" }, h("strong", {}, `${page.official.head}: `), page.official.text) : null,
    facts(page.facts, api.go),
    page.next ? section(page.next.head, rowList(page.next.rows, api.go, page.next.head)) : null,
    fits(page.fits, api.go),
    pairs(page.pairs, api.go),
    h("footer", { class: "cb-foot" }, glyph("source"), h("div", {}, h("p", {}, page.edition), h("p", {}, page.notice))),
  ].filter(Boolean);
}
