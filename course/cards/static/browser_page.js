import { h } from "./dom.js";
import { glyph, mark } from "./browser_icons.js";
import { codeLink, notes } from "./browser_notes.js";
import { copyButton, finding, rowList } from "./browser_parts.js";
import { seventh } from "./browser_seventh.js";

// The right side: one page of the Tabular List. Drawn anew each time; `api` holds {go, say, root, kinds, id}.

/** Chapter 19 > S50-S59 > S52 > S52.5: where the page is in the book. */
export function breadcrumb(page, go) {
  const step = (text, code, title) => h("li", {}, h("button", { type: "button", class: "cb-link", title, onclick: () => go(code) }, text));
  const items = [step("All chapters", "", null), ...page.path.map((one) => step(one.mark === "chapter" ? one.name : one.code, one.code, one.title))];
  // No landmark: a notebook shows many cards, and each would add one of the same name.
  return h("div", { class: "cb-crumbs", role: "group", "aria-label": "Where you are in the book" },
    h("ol", {}, items, page.code ? h("li", { "aria-current": "page", class: "cb-here" }, page.mark === "chapter" ? page.name : page.code) : null));
}

function title(page, api, text) {
  return h("h3", { class: "cb-title", id: api.id, tabindex: "-1" },
    page.code ? h("span", { class: "cb-title-code" }, page.mark === "chapter" ? page.name : page.code) : null,
    page.code ? " " : null, h("span", { class: "cb-title-text" }, text || page.title));
}

function links(codes, go) {
  return h("ul", { class: "cb-links" }, codes.map((code) => h("li", {}, codeLink(code, code, go))));
}

function change(one, api, page) {
  const codes = one.codes.length ? one.codes : one.nearby;
  return h("div", { class: "cb-change" }, glyph("calendar"),
    h("div", {},
      h("p", {}, h("strong", {}, `${one.head}. `), one.text),
      codes.length ? links(codes, api.go) : null,
      one.show ? h("p", {}, h("button", { type: "button", class: "cb-link", onclick: () => api.edition(one.show) }, `See ${page.code} in FY${one.show}`)) : null));
}

function history(page, api) {
  const list = page.history;
  const old = list.filter((one) => !one.recent);
  if (!old.length) return null;
  return h("details", { class: "cb-section cb-history" },
    h("summary", { class: "cb-owner" }, glyph("open"), h("strong", {}, `Edition history (${old.length})`)),
    old.map((one) => h("div", {}, change(one, api, page), h("p", { class: "cb-basis" }, `Source: ${one.source}`))));
}

function choices(page, api) {
  if (!page.next) return null;
  return h("section", { class: "cb-section" }, h("h4", { class: "cb-head" }, page.next.head), rowList(page.next.rows, api.go, page.next.head));
}

function code(page, api) {
  return [
    title(page, api),
    h("div", { class: "cb-status" }, mark(page.mark, page.status),
      ["chapter", "block"].includes(page.level) ? null : copyButton(page.code, api)),
    page.why ? h("p", { class: "cb-why" }, h("strong", {}, "Why is this not billable? "), page.why.text, page.why.more ? ` There are ${page.why.more}` : null) : null,
    page.history.filter((one) => one.recent).map((one) => change(one, api, page)),
    seventh(page, api),
    choices(page, api),
    notes(page, api.kinds, api.go),
    history(page, api),
  ];
}

function start(page, api) {
  return [
    title(page, api),
    h("p", { class: "cb-lead" }, `${page.text} Search above, or go down step by step: chapter, block, category, code.`),
    choices(page, api),
  ];
}

function missing(page, api) {
  return [
    title(page, api),
    page.finding ? finding(page.finding) : null,
    page.history.map((one) => change(one, api, page)),
    page.elsewhere.filter((edition) => !page.history.some((one) => one.show === edition)).map((edition) =>
      h("p", {}, h("button", { type: "button", class: "cb-link", onclick: () => api.edition(edition) }, `Show it in FY${edition}`))),
    page.near
      ? h("section", { class: "cb-section" }, h("h4", { class: "cb-head" }, "The nearest there is"), rowList([page.near], api.go, "The nearest there is"))
      : h("p", {}, h("button", { type: "button", class: "cb-link", onclick: () => api.go("") }, "Go to the chapters")),
  ];
}

/** The nodes of a page. */
export function drawPage(page, api) {
  const body = { page: code, start, missing }[page.is](page, api);
  return [...body.flat(), h("footer", { class: "cb-foot" }, glyph("source"),
    h("div", {}, h("p", {}, page.label), h("p", {}, page.basis), page.warning ? h("p", {}, page.warning) : null))].filter(Boolean);
}
