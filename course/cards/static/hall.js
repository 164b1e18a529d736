import { h, icon, setText } from "./dom.js";
import { phone } from "./browser_talk.js";
import { guard, reveal } from "./hall_guard.js";
import { link } from "./hall_links.js";
import { lobby } from "./hall_lobby.js";
import { CLOCK } from "./hall_parts.js";
import { report } from "./hall_report.js";
import { sitting } from "./hall_sitting.js";

// The exam hall: a lobby, an exam being taken, a score report. Which of them is shown; Python knows everything else.

const KEPT = ` What you do here is kept on this page meanwhile. ${CLOCK}`;

function hall(model, el) {
  const view = model.get("view");
  const choice = { ...view.choice };
  const letters = { on: true };
  let screen = null;
  let inExam = false;

  const root = h("article", { class: "cc-card hall-card", "aria-label": "Exam hall", tabindex: "-1" });
  const status = h("div", { class: "cc-sr", role: "status" });
  const alarm = h("div", { class: "cc-trouble hall-trouble", role: "alert" });
  const building = h("p", { class: "hall-building", role: "status" });
  const body = h("div", { class: "hall-body" });
  const say = (text) => { status.textContent = ""; status.textContent = text; };

  const once = guard(root, () => inExam);
  const line = phone(model, {
    busy(on) { root.toggleAttribute("data-busy", on); root.setAttribute("aria-busy", String(on)); },
    trouble(text) {
      setText(alarm, text && inExam && text.startsWith("The kernel") ? text + KEPT : text);
      if (text) alarm.prepend(icon("warn"));
    },
    building(part, message) { setText(building, part < 1 ? message : ""); },
  });

  function show(next, focus = true) {
    if (screen) screen.close();
    screen = next;
    body.replaceChildren(next.node);
    if (!focus) return;
    next.focus();
    reveal(root, body.querySelector("h3") || body);
  }

  // -- the screens

  const toReport = (data, late = 0, focus = true) => {
    inExam = false;
    show(report(data, late, { lobby: toLobby, say, link: (lesson) => link(lesson, model.widget_manager) }), focus);
    say("Your score report.");
  };

  function drawLobby(sittings, focus) {
    inExam = false;
    show(lobby({ exams: view.exams, sittings }, choice, {
      begin: (picked) => once.once(() => enter("begin", picked)),
      open: (id) => once.once(() => enter("open", { sitting: id })),
      abandon: (id) => once.once(async () => {
        const answer = await line.ask("abandon", { sitting: id });
        if (answer.lobby) { drawLobby(answer.lobby, true); say("The exam is given up."); }
      }),
      report: (id) => once.once(async () => {
        const answer = await line.ask("report", { sitting: id });
        if (answer.report) toReport(answer.report);
      }),
    }), focus);
  }

  async function toLobby() {
    const answer = await line.ask("lobby");
    if (answer.lobby) drawLobby(answer.lobby, true);
  }

  /** Begin an exam or go on with one; it may be over by now. */
  async function enter(verb, more, focus = true) {
    const answer = await line.ask(verb, more);
    if (answer.report) toReport(answer.report, 0, focus);
    else if (answer.lobby) drawLobby(answer.lobby, focus);
    else if (answer.sitting) {
      inExam = true;
      show(sitting(answer, { ask: line.ask, manager: model.widget_manager, say, done: toReport, lobby: toLobby, letters }), focus);
      // A clock that runs should not run out of sight, far down in a notebook that was just run.
      if (!focus && answer.sitting.timed && !answer.sitting.paused) root.scrollIntoView({ block: "start" });
      if (focus) say(`${answer.sitting.label}. Question ${answer.sitting.place + 1} of ${answer.sitting.total}.`);
    }
  }

  root.addEventListener("keydown", (event) => { if (screen) screen.key(event); });
  root.append(alarm, building, body, status);
  const kept = model.get("state") || {};
  if (kept.sitting) {
    body.append(h("p", { class: "hall-wait" }, "Opening your exam…"));
    enter("open", { sitting: kept.sitting }, false);
  } else drawLobby(kept.sittings || [], false);
  el.replaceChildren(h("div", { class: "cc-host" }, root));
  return () => { if (screen) screen.close(); once.close(); line.close(); };
}

export default { render({ model, el }) { return hall(model, el); } };
