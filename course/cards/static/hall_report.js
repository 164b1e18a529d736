import { h, icon } from "./dom.js";
import { act, count, sign, stretch } from "./hall_parts.js";
import { answers } from "./hall_answers.js";
import { print } from "./hall_print.js";

// The score report: the result against the pass line, each domain with the lessons that mend it, time, confidence,
// earlier exams, and every question with its reasons. Everything it says comes from Python.

/** A bar with the pass line on it. What it says stands beside it in words. */
function bar(percent, line) {
  return h("div", { class: "hall-bar", "aria-hidden": "true" }, h("span", { class: "hall-bar-fill", style: `width:${percent || 0}%` }),
    line === null || line === undefined ? null : h("span", { class: "hall-bar-line", style: `left:${line}%` }));
}

const part = (title, ...content) => h("section", { class: "hall-part" }, h("h4", {}, title), content);

function overall({ overall: one, unscored, notices, missing, untouched }) {
  const sure = one.passed && one.tells; // a few questions earn no tick
  return h("section", { class: "hall-score", "aria-label": "Result" },
    h("p", { class: "hall-score-big" }, h("span", {}, one.percent === null ? "none" : `${Math.round(10 * one.percent) / 10} %`), h("span", { class: "hall-score-of" }, `${one.right} of ${one.of} right`)),
    one.stands ? h("p", { class: "hall-score-face", "data-passed": String(Boolean(sure)) }, icon(sure ? "right" : "note"), h("strong", {}, one.stands)) : null,
    bar(one.percent, one.line),
    one.line === null ? null : h("p", { class: "hall-quiet" }, `The mark on the bar is the pass line: ${one.line} %.`),
    h("p", {}, one.words), unscored ? h("p", { class: "hall-quiet" }, unscored.words) : null,
    (missing || []).length ? h("p", { class: "hall-quiet" }, missing.join(" ")) : null,
    (untouched || []).length ? h("p", { class: "hall-quiet" }, `Nothing was asked of: ${untouched.join(", ")}.`) : null,
    (notices || []).map((text) => h("p", { class: "hall-note-line" }, icon("note"), h("span", {}, text))));
}

function domains(rows, line, link) {
  const row = (one) => h("li", { class: "hall-domain" },
    h("p", { class: "hall-domain-name" }, h("strong", {}, one.domain), h("span", {}, one.of ? `${one.right} of ${one.of} right${one.blank ? `, ${one.blank} left blank` : ""}` : "none scored")),
    one.of ? bar(one.percent, line) : null,
    one.mend.length ? h("p", { class: "hall-quiet" }, one.mend.length > 1 ? "Lessons: " : "Lesson: ", one.mend.map((each, n) => [n ? ", " : "", link(each)])) : null);
  return part("By domain, the weakest first", h("ul", { class: "hall-domains-list" }, rows.map(row)));
}

function time(one, go) {
  return part("Your time", h("p", {}, one.words),
    one.longest.length ? h("p", {}, "Longest: ", one.longest.map((each, n) => [n ? ", " : "", h("button", { type: "button", class: "cc-linklike", onclick: () => go(each.place) },
      `question ${each.place + 1}`), ` (${stretch(each.seconds)})`])) : null);
}

function table(head, rows, label) {
  return h("div", { class: "hall-scroll", tabindex: "0", role: "group", "aria-label": label }, h("table", { class: "hall-table" },
    h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((text, n) => h(n ? "td" : "th", { scope: n ? null : "row" }, text)))))));
}

function calibration(one, list) {
  const missed = one && one.classes.find((each) => each.confidence === 3 && each.n > each.right);
  const link = missed && h("button", { type: "button", class: "cc-linklike", onclick: () => list.filter("sure") }, "Show what you were sure of and missed");
  return one && part("How sure you were", one.words ? h("p", {}, one.words) : null,
    table(["You said", "Questions", "Right"], [...one.classes, ...one.rest].map((each) => [each.name, each.n, each.n ? `${each.right} (${Math.round((100 * each.right) / each.n)} %)` : "none"]), "Right answers by how sure you were"),
    link ? h("p", { class: "hall-off-paper" }, link) : null);
}

function compared(one, id) {
  if (!one) return null;
  if (one.sittings.length < 2) return part("Earlier exams", h("p", { class: "hall-quiet" }, one.words || "This is your first of this exam."));
  return part("Earlier exams", h("p", {}, one.words), table(["Handed in", "Exam", "Right"], one.sittings.map((each) => [each.closed_words, each.id === id ? `${each.label} (this one)` : each.label,
    each.of ? `${each.right} of ${each.of} (${each.percent} %)` : "none"]), "Your exams of this kind"));
}

/** `report`: what Python says; `late`: changes that came too late; `api`: {lobby, link, say}. */
export function report(data, late, api) {
  const title = h("h3", { class: "cc-title", tabindex: "-1" }, `Your score report: ${data.title}`);
  const list = answers(data.items, api);
  const go = (place) => list.open(place);
  const node = h("div", { class: "hall-report" },
    h("header", {}, h("p", { class: "cc-meta" }, h("span", { class: "cc-kind" }, "Practice exam"), data.label, h("span", {}, data.begun_words)), title,
      data.closed_by === "clock" ? h("p", { class: "cc-objective" }, "The time ran out; the exam was handed in as it stood.") : null),
    late ? h("p", { class: "hall-note-line" }, icon("warn"), h("span", {}, `${count(late, "change")} came after the end and could not be counted.`)) : null,
    overall(data), domains(data.domains, data.overall.line, api.link), time(data.time, go), calibration(data.calibration, list),
    data.changes && data.changes.words ? part("Changed answers", h("p", {}, data.changes.words)) : null,
    compared(data.compared, data.id), part("Every question", list.node),
    h("div", { class: "cc-actions hall-report-end" }, act([icon("prev"), "Back to the list of exams"], () => api.lobby()),
      act([sign("print"), "Print this report"], () => print(node, list), {})));
  return { node, focus() { title.focus({ preventScroll: true }); }, key: () => false, close() {} };
}
