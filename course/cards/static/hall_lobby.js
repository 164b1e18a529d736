import { h, icon, setText, uid } from "./dom.js";
import { act, CLOCK, count, isOff, stretch } from "./hall_parts.js";

// The lobby: which exam, how long, with a clock or not; what the real exam is like; what was begun and what was done.

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A group of native radios. `rows`: [{value, label, more}]; `changed(value)` hears of a choice. */
function radios(legend, rows, value, changed) {
  const name = uid("pick");
  const inputs = rows.map((row) => {
    const input = h("input", { type: "radio", name, value: String(row.value), id: uid("pick"), disabled: row.off || null, onchange: () => changed(row.value) });
    input.checked = row.value === value;
    return input;
  });
  return h("fieldset", { class: "hall-pick" }, h("legend", {}, legend), h("div", { class: "hall-pick-rows" }, rows.map((row, n) =>
    h("div", { class: "cc-option" }, h("label", { class: "cc-option-label", for: inputs[n].id }, inputs[n],
      h("span", { class: "cc-option-text" }, h("strong", {}, row.label), row.more ? h("span", { class: "hall-pick-more" }, row.more) : null))))));
}

function tick(text, more, on, changed) {
  const box = h("input", { type: "checkbox", onchange: () => changed(box.checked) });
  box.checked = on;
  return h("label", { class: "hall-tick" }, box, h("span", {}, h("strong", {}, text), h("span", { class: "hall-pick-more" }, more)));
}

/** What the real exam is like. A figure that is not sure says so; where each is from stands folded below. */
function facts(exam) {
  const row = (one) => h("div", { class: "hall-fact" }, h("dt", {}, one.name), h("dd", {},
    h("span", { class: "hall-fact-value" }, one.value), one.mark ? h("span", { class: "hall-mark" }, one.mark) : null));
  const from = (one) => h("li", {}, h("strong", {}, one.name), one.mark ? h("span", { class: "hall-mark" }, one.mark) : null, h("span", { class: "hall-fact-words" }, one.words));
  const domain = (one) => h("li", {}, h("span", {}, `${one.name}: ${one.count}`), one.mark ? h("span", { class: "hall-mark" }, one.mark) : null,
    one.words ? h("span", { class: "hall-fact-words" }, one.words) : null);
  return h("section", { class: "hall-facts", "aria-label": `The real ${exam.exam} exam` },
    h("h4", {}, `The real ${exam.exam} exam`), h("dl", {}, exam.facts.map(row)),
    h("details", {}, h("summary", {}, "Domains, with the number of questions"), h("ul", { class: "hall-domains" }, exam.domains.map(domain))),
    h("details", {}, h("summary", {}, "Where these figures are from"), h("ul", { class: "hall-domains" }, exam.facts.map(from)),
      h("p", { class: "hall-quiet" }, `The course is not connected with ${exam.body}. Check the figures on its pages before you book.`)));
}

/** What the bank cannot fill yet, of one length. */
function missing(length) {
  if (!length.short.length) return null;
  return h("div", { class: "hall-short" }, icon("note"), h("div", {}, h("p", {}, length.short_words),
    h("ul", {}, length.short.map((one) => h("li", {}, one)))));
}

/** The open sittings: go on, or give one up (asked once more). `ticks` gets what draws the time that is left. */
function open(rows, api, ticks) {
  const row = (one) => {
    const sure = h("div", { class: "hall-sure-box", hidden: true }, h("p", {}, "Give this exam up? Its answers count nowhere, and it cannot be opened again."),
      h("div", { class: "cc-actions" }, act("Give it up", () => api.abandon(one.id), { "data-once": true }), act("Keep it", () => { sure.hidden = true; ask.removeAttribute("data-away"); ask.focus(); })));
    const ask = act("Give up", () => { sure.hidden = false; ask.setAttribute("data-away", ""); sure.querySelector("button").focus(); }, { class: "cc-quiet", "data-once": true, "aria-label": `Give up: ${one.label}` });
    const state = h("p", { class: "hall-quiet" });
    const go = act("", () => api.open(one.id), { class: "cc-primary", "data-once": true });
    const draw = () => {
      const left = one.deadline ? Math.max(0, (one.deadline - Date.now()) / 1000) : one.left;
      const over = left === 0;
      const words = left === null ? "no time limit" : over ? "the time is over" : `${stretch(left)} left${one.state === "paused" ? ", paused" : ""}`;
      setText(state, `Begun ${one.begun}. ${one.answered} of ${one.total} answered, ${words}.${over ? " It counts as handed in." : ""}${one.deadline && !over ? ` ${CLOCK}` : ""}`);
      setText(go, over ? "Open the report" : one.state === "paused" ? "Open" : "Go on");
      go.setAttribute("aria-label", `${over ? "Open the report" : "Go on"}: ${one.label}`);
    };
    draw();
    ticks.push(draw);
    return h("li", { class: "hall-open" }, h("div", {}, h("p", { class: "hall-open-name" }, one.label),
      state),
    h("div", { class: "cc-actions" }, go, ask), sure);
  };
  if (!rows.length) return null;
  return h("section", { class: "hall-part" }, h("h4", {}, rows.length > 1 ? "Exams you have begun" : "An exam you have begun"), h("ul", {}, rows.map(row)));
}

function history(rows, api) {
  if (!rows.length) return h("section", { class: "hall-part" }, h("h4", {}, "Your exams"), h("p", { class: "hall-quiet" }, "None yet. A finished exam is listed here with its score."));
  return h("section", { class: "hall-part" }, h("h4", {}, "Your exams"), h("div", { class: "hall-scroll", tabindex: "0", role: "group", "aria-label": "Table of your exams" },
    h("table", { class: "hall-table" },
      h("thead", {}, h("tr", {}, ["Date", "Exam", "Right", "Report"].map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, rows.map((one) => h("tr", {}, h("td", {}, one.begun), h("td", {}, one.label), h("td", {}, one.result),
        h("td", {}, one.state === "submitted" ? h("button", { type: "button", class: "cc-linklike", onclick: () => api.report(one.id), "aria-label": `Open the report of ${one.begun}, ${one.label}` }, "Open") : "none")))))));
}

/** `data`: view.exams and what was begun and done; `choice`: {exam, part, timed, confidence}, changed in place. */
export function lobby({ exams, sittings }, choice, api) {
  const title = h("h3", { class: "cc-title", tabindex: "-1" }, "The exam hall");
  const setting = h("div", { class: "hall-setting" });
  const about = h("div", {});
  const start = act("", () => { if (!isOff(start)) api.begin(choice); }, { class: "cc-primary", "data-once": true });
  const known = (exam) => exams.find((one) => one.exam === exam) || exams[0];

  function pick() {
    const exam = known(choice.exam);
    choice.exam = exam.exam;
    if (!exam.lengths.some((one) => one.part === choice.part && one.items)) choice.part = (exam.lengths.find((one) => one.items) || exam.lengths[0]).part;
    const length = () => exam.lengths.find((one) => one.part === choice.part);
    const said = h("p", { class: "hall-quiet" });
    const gaps = h("div", {});
    const name = () => {
      const one = length();
      start.textContent = one.items ? `Begin: ${count(one.items, "question")}${choice.timed ? `, ${stretch(60 * one.minutes)}` : ", no clock"}` : "Nothing to begin yet";
      if (one.items) start.removeAttribute("aria-disabled"); else start.setAttribute("aria-disabled", "true");
      said.textContent = choice.timed
        ? `${exam.books} The clock starts at once. You can leave and come back: your answers are kept. ${CLOCK}`
        : `${exam.books} Without a clock you can leave and come back at any time. Your answers are kept.`;
      gaps.replaceChildren(...[missing(one)].filter(Boolean));
    };
    setting.replaceChildren(
      radios("How long", exam.lengths.map((one) => ({ value: one.part, label: capital(one.label),
        more: one.items ? `${one.of > one.items ? `${one.items} of ${count(one.of, "question")}` : count(one.items, "question")}, ${stretch(60 * one.minutes)}` : "no questions yet", off: !one.items })), choice.part, (part) => { choice.part = part; name(); }),
      gaps,
      tick("With the clock", "As in the real exam. Time up means handed in.", choice.timed, (on) => { choice.timed = on; name(); }),
      tick("Ask how sure I am", "Guess, unsure or sure at each question. The report then says whether your feeling can be trusted.", choice.confidence, (on) => { choice.confidence = on; }),
      h("div", { class: "cc-actions" }, start), said);
    about.replaceChildren(facts(exam));
    name();
  }

  const running = sittings.filter((one) => one.state === "open" || one.state === "paused");
  const past = sittings.filter((one) => one.state === "submitted" || one.state === "abandoned");
  const ticks = [];
  const node = h("div", { class: "hall-lobby" },
    h("header", {}, h("p", { class: "cc-meta" }, h("span", { class: "cc-kind" }, "Practice exams")), title,
      h("p", { class: "cc-objective" }, "A whole exam or a part of one, drawn anew each time by the plan of the real one. There is no feedback until you hand it in; then you see every reason.")),
    open(running, api, ticks),
    h("section", { class: "hall-part" }, h("h4", {}, "A new exam"),
      h("div", { class: "hall-new" }, h("div", {}, radios("Which exam", exams.map((one) => ({ value: one.exam, label: one.exam, more: one.title })), choice.exam,
        (exam) => { choice.exam = exam; pick(); }), setting), about)),
    history(past, api));
  pick();
  const timer = setInterval(() => ticks.forEach((draw) => draw()), 1000);
  return { node, focus() { title.focus({ preventScroll: true }); }, key: () => false, close() { clearInterval(timer); } };
}
