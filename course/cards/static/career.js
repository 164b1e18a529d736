import { h, icon, setText, uid, debounce } from "./dom.js";
import { phone } from "./browser_talk.js";
import { form } from "./calculator_form.js";
import { ranges } from "./career_ranges.js";
import { strip, swings } from "./career_strip.js";

// When an exam pays for itself. Python does the sum at each change; the course's figures follow state and exam as long as
// nobody wrote others in their place. Nothing is kept.

const TYPING_MS = 25;
const SPEAK_MS = 500; // a screen reader hears the sentence when the typing rests

function result(answer) {
  if (answer.state !== "done") return [];
  return [
    answer.swings.length ? [h("h4", { class: "ck-head" }, "What moves the result most"),
      h("p", { class: "cr-lead" }, answer.lead), swings(answer)] : null,
    h("h4", { class: "ck-head" }, "How this is worked out"),
    h("ol", { class: "ck-steps" }, answer.steps.map((text) => h("li", {}, text))),
    answer.notes.map((text) => h("p", { class: "ck-note" }, icon("note"), h("span", {}, text))),
    h("div", { class: "cc-sources" }, icon("source"), h("p", {}, answer.source)),
  ];
}

function part(title, ...children) {
  return h("fieldset", { class: "cr-part" }, h("legend", { class: "cr-legend" }, title), children);
}

function calculator(model, el) {
  const view = model.get("view");
  const title = uid("title");
  const sentence = h("p", { class: "ck-sentence" });
  const spoken = h("div", { class: "cc-sr", role: "status" });
  const picture = h("div", {});
  const experience = h("p", { class: "ck-help cr-experience" });
  const body = h("div", { class: "ck-sum" });
  const alarm = h("div", { class: "cc-trouble", role: "alert" });
  const root = h("article", { class: "cc-card ck-card cr-card", "aria-labelledby": title });
  const line = phone(model, {
    busy(on) { root.toggleAttribute("data-busy", on); },
    trouble(text) { setText(alarm, text); if (text) alarm.prepend(icon("warn")); },
    building() {},
  });
  let wage = ""; // the course's present wage, which stands in the field until another is written

  const speak = debounce((text) => setText(spoken, text), SPEAK_MS);
  const changed = () => soon();
  const own = ranges(["training_usd", ...view.groups.flatMap(([, keys]) => keys)], view.labels, changed);
  const folded = new Set([...view.groups.flatMap(([, keys]) => keys), ...view.plan.map((field) => field.key)]);
  const forms = [form(view.you, changed), form(view.exam, changed), form(view.plan, changed)];

  function values() {
    const all = Object.assign({}, ...forms.map((one) => one.read()), { own: own.read() });
    if (all.present_wage_usd.trim() === wage) delete all.present_wage_usd;
    return all;
  }

  function show(answer, quiet = false) {
    const you = forms[0].read();
    if (you.present_wage_usd.trim() === wage && wage !== answer.wage) forms[0].write({ ...you, present_wage_usd: answer.wage });
    wage = answer.wage;
    own.course(answer.ranges);
    root.dataset.state = answer.state;
    setText(sentence, answer.sentence);
    setText(experience, answer.experience);
    if (!quiet) speak(answer.sentence);
    for (const one of forms) one.faults(answer.faults);
    own.faults(answer.faults);
    if (Object.keys(answer.faults).some((key) => folded.has(key))) assumptions.open = true; // a fault is never hidden
    picture.replaceChildren(...(answer.state === "done" ? [strip(answer)] : []));
    body.replaceChildren(...result(answer).flat(2).filter(Boolean));
  }

  const sum = line.latest("sum", (answer) => { if (answer.answer) show(answer.answer); });
  const soon = debounce(() => sum.ask({ values: values() }), TYPING_MS);

  function put(given, answer) {
    wage = answer.wage;
    const all = { ...view.start, present_wage_usd: answer.wage, ...given };
    for (const one of forms) one.write(all);
    own.course(answer.ranges);
    own.write(all.own);
    show(answer, true);
  }

  const over = h("button", { type: "button", class: "cc-button", onclick: () => { put({}, view.answer); soon(); forms[0].focus(); } },
    icon("again"), "Back to the course\u2019s figures");
  const list = (keys) => h("div", { class: "cr-ranges" }, keys.map((key) => own.row(key)));
  const assumptions = h("details", { class: "cr-assumptions", open: true }, h("summary", {}, "The assumptions"),
    view.groups.map(([head, keys]) => part(head, list(keys), keys.includes("first_wage_usd") ? forms[2].node : null)));

  root.append(
    h("header", { class: "cc-header" },
      h("p", { class: "cc-meta" }, h("span", { class: "cc-kind" }, "Calculator"), h("span", { class: "cc-meta-gap" }), h("span", {}, "Nothing is saved")),
      h("h3", { class: "cc-title", id: title }, view.title),
      h("p", { class: "cc-objective" }, view.intro)),
    h("div", { class: "cc-main ck-main" },
      h("div", { class: "ck-form cr-first-part" }, part("You", forms[0].node), part("The exam", forms[1].node, experience, list(["training_usd"])), alarm),
      h("div", { class: "ck-result", role: "group", "aria-label": "Result" }, h("div", { class: "cr-top" }, sentence), picture, spoken, body),
      h("div", { class: "ck-form cr-second-part" },
        assumptions,
        h("div", { class: "cc-actions" }, over))));

  const kept = model.get("state") || {};
  put(kept.values || {}, kept.answer || view.answer);
  el.replaceChildren(h("div", { class: "cc-host" }, root));
  return () => { soon.cancel(); speak.cancel(); line.close(); };
}

export default { render({ model, el }) { return calculator(model, el); } };
