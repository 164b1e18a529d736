import { h, icon, suppress } from "./dom.js";

// The quiet parts of a card: header, chart note, sources, hints.

const LEVELS = ["", "Warm-up", "Core", "Exam level"];

function level(difficulty) {
  const text = LEVELS[difficulty];
  if (!text) return null;
  const dots = h("span", { class: "cc-dots", "aria-hidden": "true" },
    [1, 2, 3].map((n) => h("span", { class: n <= difficulty ? "cc-dot cc-dot-on" : "cc-dot" })));
  return h("span", { class: "cc-level" }, dots, text);
}

/** Kind, difficulty, edition; title; objective. */
export function header(view, ids, kind) {
  return h("header", { class: "cc-header" },
    h("p", { class: "cc-meta" },
      h("span", { class: "cc-kind" }, kind),
      level(view.difficulty),
      h("span", { class: "cc-meta-gap" }),
      h("span", { class: "cc-attempt" }),
      view.edition_label ? h("span", { class: "cc-edition" }, view.edition_label) : null),
    h("h3", { class: "cc-title", id: ids.title, tabindex: "-1" }, view.title),
    view.objective ? h("p", { class: "cc-objective" }, h("span", { class: "cc-sr" }, "Objective: "), capital(view.objective)) : null,
    h("div", { class: "cc-notice" }));
}

/** The chart note: text as it was written, on its own paper. */
export function chart(html, id) {
  if (!html) return null;
  return h("div", { class: "cc-chart", role: "group", "aria-labelledby": id },
    h("p", { class: "cc-chart-head", id }, icon("chart"), "Chart note"),
    h("div", { class: "cc-chart-text", html }));
}

/** "Source: ICD-10-CM Guidelines I.A.4 (FY2025), checked 22 Nov 2026". */
export function sources(list) {
  if (!list || !list.length) return null;
  const one = (source) => {
    const edition = source.edition && !source.ref.includes(source.edition) ? ` (${source.edition})` : "";
    const ref = source.url
      ? h("a", { href: source.url, target: "_blank", rel: "noopener noreferrer" }, source.ref)
      : source.ref;
    return h("li", {}, ref, edition, source.checked ? h("span", { class: "cc-checked" }, `checked ${day(source.checked)}`) : null);
  };
  return h("div", { class: "cc-sources" },
    icon("source"),
    h("div", {}, h("p", { class: "cc-sources-head" }, list.length > 1 ? "Sources" : "Source"), h("ul", {}, list.map(one))));
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function day(iso) {
  const [year, month, date] = String(iso).split("-").map(Number);
  const names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  return year && month && date ? `${date} ${names[month - 1]} ${year}` : String(iso);
}

/** "Not saved yet." and, for who wants to know, why and what to do. */
export function unsaved(message) {
  const [, lead, rest] = message.match(/^(.*?[.])(?:\s+(.*))?$/s) || [null, message, ""];
  return [icon("warn"), h("span", {}, lead), rest ? h("details", {}, h("summary", {}, "Why, and what to do"), h("p", {}, rest)) : ""];
}

/** Hints taken so far, as a numbered list that grows. */
export function hints(node, list, total) {
  const shown = node.querySelectorAll("li").length;
  if (shown > list.length) node.replaceChildren();
  if (!list.length) { node.replaceChildren(); return; }
  if (!node.firstChild) node.append(h("ol", { class: "cc-hint-list" }));
  const ol = node.querySelector("ol");
  for (let n = ol.children.length; n < list.length; n += 1) {
    ol.append(suppress(h("li", { class: "cc-hint" }, icon("hint"),
      h("div", {}, h("p", { class: "cc-hint-head" }, `Hint ${n + 1}${total ? ` of ${total}` : ""}`),
        h("div", { class: "cc-prose", html: list[n] })))));
  }
}

/** A titled block of prose with its sources (rationale, solution). */
export function explain(node, title, html, refs) {
  node.replaceChildren();
  if (!html && !(refs && refs.length)) return;
  node.append(...[h("p", { class: "cc-explain-head" }, title), html ? h("div", { class: "cc-prose", html }) : null, sources(refs)]
    .filter(Boolean));
  suppress(node);
}
