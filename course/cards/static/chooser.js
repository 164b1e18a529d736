import { h, icon } from "./dom.js";
import { keptForm } from "./kept_form.js";

// Which exam fits: the ranking with each reason and its points, exams beside the four, what would change it.

function reasons(list) {
  return list.length ? h("ul", { class: "ce-reasons" }, list.map(([points, text, sources]) => h("li", {},
    h("span", { class: "ce-points" }, points), h("span", {}, text, " ", h("span", { class: "ce-source" }, sources.join("; "))))))
    : h("p", { class: "ck-help" }, "None of your answers counts for or against it.");
}

function exam(one, open) {
  const head = [h("strong", {}, one.place ? `${one.place}. ${one.exam}` : one.exam), h("span", { class: "ce-total" }, one.points), h("span", { class: "ce-name" }, one.name)];
  return h("details", { class: "ce-exam", open, "data-key": one.exam, "data-open": open }, h("summary", {}, head), reasons(one.reasons));
}

function result(answer) {
  const first = answer.ranked.filter((one) => one.place === 1).length;
  return [
    h("p", { class: "ce-sure" }, answer.sure),
    h("div", { class: "ce-ranked" }, answer.ranked.map((one) => exam(one, one.place === 1 && first < 3))),
    answer.neighbors.length ? [h("h4", { class: "ck-head" }, "Beside the four, these fit better"),
      h("div", { class: "ce-ranked" }, answer.neighbors.map((one) => exam(one, answer.neighbors.length === 1)))] : null,
    answer.notes.map((text) => h("p", { class: "ck-note" }, icon("note"), h("span", {}, text))),
    answer.changes.length ? h("details", { class: "ce-exam ce-changes", "data-key": "changes" }, h("summary", {}, h("strong", {}, "What would put another exam first")),
      h("dl", {}, answer.changes.map(([title, rows]) => [h("dt", {}, title), rows.map(([label, then]) => h("dd", {}, `${label}: `, h("strong", {}, then)))])))
      : h("p", { class: "ck-note" }, icon("note"), h("span", {}, answer.firm)),
  ];
}

export default {
  render({ model, el }) {
    const { no_promise: text } = model.get("view");
    return keptForm(model, el, {
      kind: "Ranking",
      result: (answer) => [...result(answer), h("p", { class: "ck-note" }, icon("note"), h("span", {}, text))],
    });
  },
};
