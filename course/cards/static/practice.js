import { card } from "./card.js";
import { h, icon, setText, uid } from "./dom.js";
import { button, minutesChoice, runFrame } from "./run.js";

// Practice for an exam: exercises until the minutes are over, then a result by domain.

const NAME = "Practice for your exam";

const heading = (text) => h("h3", { class: "cc-title", tabindex: "-1" }, text);

function start(deck, send) {
  const title = heading(NAME);
  const id = uid("exam");
  const exam = h("select", { id, class: "cf-select", onchange: () => send("plan", { exam: exam.value, minutes: time }) },
    deck.exams.map(([name, words]) => h("option", { value: name }, `${name}: ${words}`)));
  let time = deck.minutes;
  const told = h("p", { class: "rn-told", role: "status" });
  const begin = button("Begin", () => send("begin", { exam: exam.value, minutes: time }), { class: "cc-button cc-primary" });
  function update(now) {
    exam.value = now.exam;
    setText(told, now.told);
    begin.hidden = !now.ready;
  }
  update(deck);
  return {
    node: h("div", { class: "cc-panel" }, title, h("div", { class: "rn-body" },
      h("p", { class: "rn-told" }, "What counts most in the exam, what you know least and what you are about to forget comes first."),
      h("label", { class: "cf-which", for: id }, h("span", {}, "Exam"), exam),
      minutesChoice(deck.minutes, (minutes) => { time = minutes; }), told, h("div", { class: "cc-actions" }, begin))),
    first: title,
    update,
  };
}

function row({ name, right, total, words, share }) {
  return h("li", { class: "cc-meter-row" },
    h("div", { class: "cc-meter-line" }, h("strong", {}, name), h("span", { class: "cc-meter-words" }, words)),
    h("div", { class: "cc-meter", "aria-hidden": "true" }, h("span", { class: "cc-meter-fill", style: `width:${(100 * right) / total}%` })),
    h("p", { class: "rn-why" }, share));
}

function end(deck, send) {
  const title = heading("Practice done");
  return {
    node: h("div", { class: "cc-panel" }, title, h("p", {}, deck.done),
      deck.rows.length ? h("p", { class: "cc-panel-head" }, "By domain, what to work on first") : null,
      h("ul", { class: "rn-rows" }, deck.rows.map(row)),
      h("div", { class: "cc-actions" }, button([icon("again"), "Practice again"], () => send("anew")))),
    first: title,
    update() {},
  };
}

export default {
  render({ model, el }) {
    const tools = (send) => ({ nodes: button("Stop here", () => send("stop"), { class: "cc-button cc-quiet" }), update() {} });
    const drawn = card(model, el, { extra: runFrame(model, NAME, { start, end }, { tools }) });
    return () => drawn.close();
  },
};
