import { h, icon, setText, uid, debounce } from "./dom.js";
import { phone } from "./browser_talk.js";
import { form } from "./calculator_form.js";

// A calculator: a form on the left, the sum on the right. Python does the sum at each change; nothing is kept.

const TYPING_MS = 25; // letters of one keystroke and a pasted number are one change; the answer takes about as long again

function steps(answer) {
  if (!answer.steps.length) return null;
  return [h("h4", { class: "ck-head" }, "Step by step"), h("ol", { class: "ck-steps" }, answer.steps.map((text) => h("li", {}, text)))];
}

function lines(answer, view) {
  if (!answer.lines.length) return null;
  const modified = answer.lines.some(([, modifiers]) => modifiers.length);
  const head = ["Code", modified ? "Modifiers" : null, view.units_head].filter(Boolean);
  return h("table", { class: "ck-lines" },
    h("caption", { class: "ck-head" }, answer.lines.length > 1 ? "Lines of the claim" : "Line of the claim"),
    h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, answer.lines.map(([code, modifiers, units, words]) => h("tr", {},
      h("th", { scope: "row" }, h("span", { class: "ck-code" }, code), words ? h("span", { class: "ck-words" }, words) : null),
      modified ? h("td", {}, modifiers.join(" ")) : null,
      h("td", { class: "ck-units" }, units)))));
}

function calculator(model, el) {
  const view = model.get("view");
  const title = uid("title");
  const sentence = h("p", { class: "ck-sentence", role: "status" });
  const body = h("div", { class: "ck-sum" });
  const alarm = h("div", { class: "cc-trouble", role: "alert" });
  const root = h("article", { class: "cc-card ck-card", "aria-labelledby": title });
  const line = phone(model, {
    busy(on) { root.toggleAttribute("data-busy", on); },
    trouble(text) { setText(alarm, text); if (text) alarm.prepend(icon("warn")); },
    building() {},
  });

  function show(answer) {
    root.dataset.state = answer.state;
    setText(sentence, answer.sentence);
    fields.faults(answer.faults);
    body.replaceChildren(...[lines(answer, view), steps(answer),
      answer.notes.map((text) => h("p", { class: "ck-note" }, icon("note"), h("span", {}, text)))].flat(2).filter(Boolean));
  }

  const sum = line.latest("sum", (answer) => { if (answer.answer) show(answer.answer); });
  const soon = debounce(() => sum.ask({ values: fields.read() }), TYPING_MS);
  const fields = form(view.fields, soon);

  const put = (values) => { fields.write(values); soon(); };
  const clear = h("button", { type: "button", class: "cc-button", onclick: () => { put({}); fields.focus(); } }, "Clear");
  const example = h("button", { type: "button", class: "cc-button cc-quiet", onclick: () => { put(view.example); fields.focus(); } }, "Show the example");

  root.append(
    h("header", { class: "cc-header" },
      h("p", { class: "cc-meta" }, h("span", { class: "cc-kind" }, "Calculator"), h("span", { class: "cc-meta-gap" }), h("span", {}, "Nothing is saved")),
      h("h3", { class: "cc-title", id: title }, view.title),
      h("p", { class: "cc-objective" }, view.intro)),
    h("div", { class: "cc-main ck-main" },
      h("div", { class: "ck-form" }, fields.node, h("div", { class: "cc-actions" }, clear, example), alarm),
      h("div", { class: "ck-result", role: "group", "aria-label": "Result" }, sentence, body,
        h("div", { class: "cc-sources" }, icon("source"), h("p", {}, `Rule: ${view.source}`)))));

  const kept = model.get("state") || {};
  fields.write(kept.values || view.example);
  show(kept.answer || view.answer);
  el.replaceChildren(h("div", { class: "cc-host" }, root));
  return () => { soon.cancel(); line.close(); };
}

export default { render({ model, el }) { return calculator(model, el); } };
