import { h, icon } from "./dom.js";
import { keptForm } from "./kept_form.js";

// The way to the exam: what to look out for, the steps with their dates, the weeks, and what comes after passing.

const source = (names) => (names.length ? [" ", h("span", { class: "ce-source" }, names.join("; "))] : null);

function step(one) {
  return h("li", { class: "ce-step" },
    h("span", { class: "ce-date" }, one.date),
    h("span", { class: "ce-what" }, h("strong", {}, one.title), h("span", { class: "ce-text" }, one.text, source(one.sources))));
}

function folded(key, title, list) {
  return list.length ? h("details", { class: "ce-exam", "data-key": key }, h("summary", {}, h("strong", {}, title)),
    h("ul", { class: "ce-reasons" }, list.map(([text, names]) => h("li", {}, h("span", {}, text, source(names)))))) : null;
}

function weeks(list) {
  return h("details", { class: "ce-exam", "data-key": "weeks" }, h("summary", {}, h("strong", {}, `Week by week (${list.length})`)),
    h("div", { class: "ce-table ce-weeks", tabindex: "0", role: "region", "aria-label": "Week by week" }, h("table", {},
      h("thead", {}, h("tr", {}, ["Week", "Days", "Hours", "What for"].map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, list.map(([number, span, hours, text]) => h("tr", {},
        h("th", { scope: "row" }, String(number)), h("td", {}, span), h("td", {}, hours), h("td", {}, text)))))));
}

function result(answer) {
  return [
    answer.cash.map(([text, names]) => h("p", { class: "ce-cash" }, text, source(names))),
    answer.warnings.map(([text, names]) => h("p", { class: names.length ? "ck-note ce-warn" : "ck-note" }, icon(names.length ? "warn" : "note"), h("span", {}, text, source(names)))),
    answer.phases.filter((one) => one.steps.length).map((one) => [h("h4", { class: "ck-head" }, one.title, one.when ? h("span", { class: "ce-when" }, one.when) : null), h("ol", { class: "ce-steps" }, one.steps.map(step))]),
    weeks(answer.weeks),
    folded("rules", "Rules that cost a fee", answer.rules),
    folded("roads", "From CPC-A to CPC", answer.roads),
    h("p", { class: "ck-note" }, icon("note"), h("span", {}, answer.note)),
  ];
}

export default { render({ model, el }) { return keptForm(model, el, { kind: "Plan", result, file: "Save calendar file" }); } };
