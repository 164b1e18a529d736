import { h, icon, setText, uid } from "./dom.js";
import { talk, troubleLine } from "./talk.js";
import { numbers } from "./run.js";

// The dashboard: numbers, bars with their numbers beside them, and two questions: which exam, and when.

/** Rows of name, bar and number. */
const bars = (list, label) => h("ul", { class: "db-bars", "aria-label": label },
  list.map(({ name, words, part }) => h("li", { class: "db-bar" },
    h("span", { class: "db-bar-name" }, name),
    h("span", { class: "cc-meter", "aria-hidden": "true" }, h("span", { class: "cc-meter-fill", style: `width:${100 * part}%` })),
    h("span", { class: "db-bar-words" }, words))));

function meter({ name, words, total, right, tried, share }) {
  const width = (n) => `width:${total ? (100 * n) / total : 0}%`;
  return h("li", { class: "cc-meter-row" },
    h("div", { class: "cc-meter-line" }, h("strong", {}, name), h("span", { class: "cc-meter-words" }, words)),
    h("div", { class: "cc-meter", "aria-hidden": "true" },
      h("span", { class: "cc-meter-fill", style: width(right) }), h("span", { class: "cc-meter-part", style: width(tried - right) })),
    share ? h("p", { class: "db-share" }, share) : null);
}

const meters = (list, label) => h("ul", { class: "db-meters", "aria-label": label }, list.map(meter));

const section = (title, ...nodes) => h("section", { class: "db-section" }, h("h4", { class: "cc-panel-head" }, title), nodes);

function lessons(list, counted) {
  const begun = list.filter((one) => one.tried);
  const rest = list.filter((one) => !one.tried);
  const none = `${rest.length} lesson${rest.length === 1 ? "" : "s"} of which no question was met yet`;
  return section("Lessons whose questions you met",
    h("p", { class: "db-share" }, counted),
    begun.length ? meters(begun, "Lessons") : null,
    rest.length ? h("details", {}, h("summary", {}, none), meters(rest, none)) : null);
}

function days({ worked, words }) {
  return section("Days of work",
    h("div", { class: "db-days", "aria-hidden": "true" }, worked.map((one) => h("span", { class: one ? "db-day db-day-on" : "db-day" }))),
    h("p", { class: "db-days-ends", "aria-hidden": "true" }, h("span", {}, "4 weeks ago"), h("span", {}, "today")),
    h("p", {}, words));
}

function draw(state, send) {
  const exam = uid("exam");
  const date = uid("date");
  const choice = h("select", { id: exam, class: "cf-select", "data-keep": "exam", onchange: () => send({ exam: choice.value }) },
    state.exams.map(([name, title]) => h("option", { value: name }, `${name}: ${title}`)));
  choice.value = state.exam;
  const day = h("input", { id: date, class: "cf-select", type: "date", min: state.first, value: state.day, "data-keep": "date" });
  const set = h("button", { type: "button", class: "cc-button", "data-keep": "set", onclick: () => send({ day: day.value }) }, "Set the day");
  const fact = (text, name, warn) => (text ? h("p", { class: "cc-fact", "data-warn": warn }, icon(name), h("span", {}, text)) : null);
  return [
    numbers(state.numbers),
    state.empty ? h("p", {}, state.empty) : null,
    lessons(state.lessons, state.counted[0]),
    section("Exam domains",
      h("label", { class: "cf-which", for: exam }, h("span", {}, "Exam"), choice),
      h("p", { class: "db-share" }, state.counted[1]),
      meters(state.domains, `Domains of the ${state.exam}`)),
    h("div", { class: "db-two" },
      section("Time per week, from its Sunday", bars(state.weeks, "Time of answering per week")),
      state.due.length ? section("Coming back in the next 7 days", bars(state.due, "Exercises and flash cards that come back")) : null),
    h("div", { class: "db-two" },
      days(state.days),
      state.memory ? section("Memory", h("p", {}, state.memory), h("p", { class: "db-share" }, state.counted[2])) : null),
    section(`On the day of the ${state.exam}`,
      h("div", { class: "db-date" }, h("label", { class: "cf-which", for: date }, h("span", {}, "Day of the exam"), day), set),
      state.then === undefined ? null : bars([
        { name: "Known today", words: `${state.now}%`, part: state.now / 100 },
        { name: state.then_name, words: `about ${state.then}%`, part: state.then / 100 },
      ], "Share of what the exam asks that you would know"),
      h("p", { class: "db-words" }, state.forecast || (state.wait ? "Playing the days until then through …" : "") || "Choose the day of your exam to see how much you would likely know by then.")),
    h("div", {}, h("button", { type: "button", class: "cc-button cc-quiet", "data-keep": "again", onclick: () => send({}, "forecast") }, icon("again"), "Bring up to date")),
    h("div", { class: "cc-facts" }, fact(state.saving, "saved"), fact(state.warning, "warn", true)),
  ];
}

export default {
  render({ model, el }) {
    const title = uid("title");
    const trouble = troubleLine();
    const say = h("p", { class: "cc-sr", role: "status" });
    const body = h("div", { class: "db-body" });
    const root = h("article", { class: "cc-card", "aria-labelledby": title },
      h("div", { class: "cc-panel" }, h("h3", { class: "cc-title", id: title }, model.get("view").title), trouble, body, say));
    const line = talk(model, {
      busy(on) { root.toggleAttribute("data-busy", on); },
      trouble(text) { setText(trouble, text); },
    });
    let asked = false;
    let waiting = false;
    const send = (more, verb = "goal") => { asked = true; line.send(verb, more); };
    function show() {
      const state = model.get("state");
      setText(trouble, state.trouble || "");
      if (!state.numbers) return;
      const open = body.querySelector("details") && body.querySelector("details").open;
      const kept = body.contains(document.activeElement) && document.activeElement.dataset.keep;
      body.replaceChildren(...draw(state, send).filter(Boolean));
      if (open && body.querySelector("details")) body.querySelector("details").open = true;
      if (kept) body.querySelector(`[data-keep="${kept}"]`).focus({ preventScroll: true });
      if (state.wait && !waiting) { waiting = true; line.ask("forecast"); }
      if (asked) setText(say, `${state.exam}. ${state.forecast}`);
    }
    model.on("change:state", show);
    show();
    el.replaceChildren(h("div", { class: "cc-host" }, root));
    return () => { line.close(); model.off("change:state", show); };
  },
};
