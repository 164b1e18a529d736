import { h, icon } from "./dom.js";
import { keptForm } from "./kept_form.js";

// Which exam fits: the ranking with each reason and its points, exams beside the four, what would change it.

function reasons(list) {
  return list.length ? h("ul", { class: "ce-reasons" }, list.map(([points, text, sources]) => h("li", {},
    h("span", { class: "ce-points" }, points), h("span", {}, text, " ", h("span", { class: "ce-source" }, sources.join("; "))))))
    : h("p", { class: "ck-help" }, "None of your answers counts for or against it.");
}

function note(mark, text, sources) {
  return h("p", { class: mark === "warn" ? "ck-note ce-warn" : "ck-note" }, icon(mark),
    h("span", {}, text, sources.length ? [" ", h("span", { class: "ce-source" }, sources.join("; "))] : null));
}

function exam(one, open, barred) {
  const head = [h("strong", {}, one.place ? `${one.place}. ${one.exam}` : one.exam), h("span", { class: "ce-total" }, one.points),
    one.barred ? h("span", { class: "ce-barred" }, barred) : null, h("span", { class: "ce-name" }, one.name, one.fit ? `. ${one.fit}.` : null)];
  return h("details", { class: "ce-exam", open, "data-key": one.exam, "data-open": open }, h("summary", {}, head), reasons(one.reasons));
}

function result(answer, barred) {
  const first = answer.ranked.filter((one) => one.place === 1).length;
  return [
    h("p", { class: "ce-sure" }, answer.sure),
    answer.top.map((one) => note(...one)),
    h("div", { class: "ce-ranked" }, answer.ranked.map((one) => exam(one, one.place === 1 && first < 3, barred))),
    answer.neighbors.length ? [h("h4", { class: "ck-head" }, "Beside the four"),
      h("div", { class: "ce-ranked" }, answer.neighbors.map((one) => exam(one, answer.neighbors.length === 1, barred)))] : null,
    answer.notes.map(([text, sources]) => note("note", text, sources)),
    answer.changes.length ? h("details", { class: "ce-exam ce-changes", "data-key": "changes" }, h("summary", {}, h("strong", {}, "What would put another exam first")),
      h("dl", {}, answer.changes.map(([title, rows]) => [h("dt", {}, title), rows.map(([label, then]) => h("dd", {}, `${label}: `, h("strong", {}, then)))])))
      : h("p", { class: "ck-note" }, icon("note"), h("span", {}, answer.firm)),
  ];
}

export default {
  render({ model, el }) {
    const { no_promise: text, barred } = model.get("view");
    return keptForm(model, el, {
      kind: "Ranking",
      result: (answer) => [...result(answer, barred), h("p", { class: "ck-note" }, icon("note"), h("span", {}, text))],
    });
  },
};
