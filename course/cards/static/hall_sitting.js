import { h, icon, setText, uid } from "./dom.js";
import { clock } from "./hall_clock.js";
import { reveal } from "./hall_guard.js";
import { item } from "./hall_item.js";
import { keeper } from "./hall_keeper.js";
import { keyList, press } from "./hall_keys.js";
import { navigator_, progress } from "./hall_nav.js";
import { panes } from "./hall_panes.js";
import { act, count, isOff, off, sign } from "./hall_parts.js";
import { review } from "./hall_review.js";

// An exam being taken: the desk with its clock, one question at a time, the review screen, the pause. All questions are
// here from the start, so that the learner can go on while the kernel is silent; the store in Python is the truth.

const SLOW_MS = 400; // a save faster than this is not worth a word
const CLOSE_MS = 3000; // how long the last changes may take before the exam is handed in without waiting
const AGAIN_MS = 10000;

/** `data`: {sitting, views, books, books_words}; `api`: {ask, manager, say, done(report), lobby(), letters}. */
export function sitting(data, api) {
  const { say } = api;
  const { id, total, timed, confidence } = data.sitting;
  const ids = { keys: uid("keys") };
  let { place, paused } = data.sitting;
  let items = data.sitting.items.map((one) => ({ ...one }));
  let shown = null; // the question on screen
  let closing = false;
  let closed = false;
  let slow = null;
  let again = null;

  // -- keeping

  const saved = h("p", { class: "hall-saved" });
  const told = (text, warn = false) => {
    clearTimeout(slow);
    saved.toggleAttribute("data-waiting", keep.waiting > 0);
    saved.toggleAttribute("data-warn", warn);
    saved.replaceChildren(...(text ? [icon(warn ? "warn" : "saved"), h("span", {}, text)] : []));
  };
  const keep = keeper(id, {
    ask: api.ask,
    told(answer) {
      const one = answer.saved;
      saved.toggleAttribute("data-waiting", keep.waiting > 0);
      if (one.closed) { leave(); return; }
      time.set(one.remaining, paused);
      others(one.others || []);
      if (one.others && one.others.length) { told("Answered in another tab: shown now", true); return; }
      if (one.saved === "saved" || !one.saved) { if (!keep.waiting) told("Saved"); }
      else told(one.saved_message || "Not saved yet. The course tries again.", true);
    },
    lost(n) { told(n ? `Not saved yet: ${count(n, "change")} kept on this page.` : "The kernel is silent.", true); },
  });

  /** Something is under way; if it takes long, that is said. */
  function under() {
    saved.setAttribute("data-waiting", "");
    clearTimeout(slow);
    slow = setTimeout(() => { if (keep.waiting) told("Saving…"); }, SLOW_MS);
  }

  /** What another page answered meanwhile; what waits here is newer. */
  function others(rows) {
    for (const { place: at, ...row } of rows) {
      for (const field of Object.keys(row)) if (field !== "answered" && keep.holds(at, field)) delete row[field];
      items[at] = { ...items[at], ...row };
      if (at === place && shown) show(node.contains(document.activeElement));
    }
    if (rows.length) { look(); say("Answered in another tab: shown now."); }
  }

  function changed(field, value) {
    items[place] = { ...items[place], [field]: value };
    if (field === "response") items[place].answered = value !== null && value !== undefined;
    keep.put(place, field, value);
    under();
    look();
  }

  // -- the parts

  const time = clock({ say, up: () => hand("Time is up. Your exam is handed in as it stands.") });
  const place_ = h("p", { class: "hall-progress" });
  const numbers = navigator_(total, (n) => go(n));
  const desk = panes({ ask: api.ask, manager: api.manager, books: data.books, words: data.books_words, aids: data.aids, changed: () => layout(), which: () => data.views[place].book });
  const keys = h("div", { id: ids.keys, hidden: true }, keyList(api.letters.on, (on) => { api.letters.on = on; }, confidence));
  const keysButton = act([sign("keys"), h("span", {}, "Keyboard")], () => openKeys(keys.hidden), { class: "hall-tool", "aria-expanded": "false", "aria-controls": ids.keys });
  const reviewButton = act([sign("list"), h("span", {}, "Review")], () => toReview(), { class: "hall-tool" });
  const pause = act([sign("pause"), h("span", {}, "Pause")], () => rest(), { class: "cc-quiet hall-small" });
  pause.hidden = !timed;
  const back = act([icon("prev"), "Back"], () => turn(-1));
  const next = act("", () => turn(1), { class: "cc-primary" });
  const stage = h("div", { class: "hall-stage" });
  const bottom = h("div", { class: "hall-bottom" }, back, next);
  const cover = h("div", { class: "hall-cover", hidden: true });
  const work = h("div", { class: "hall-work" },
    h("div", { class: "hall-tools", role: "group", "aria-label": "Tools" }, numbers.button, desk.buttons, reviewButton, keysButton),
    keys, numbers.node,
    h("div", { class: "hall-desk" }, h("div", { class: "hall-panes" }, desk.nodes), h("div", { class: "hall-main" }, stage, bottom)));
  const node = h("div", { class: "hall-sitting" },
    h("div", { class: "hall-top" },
      h("div", { class: "hall-top-line" }, h("p", { class: "hall-label" }, data.sitting.label), time.node, pause),
      h("div", { class: "hall-top-line hall-top-second" }, place_, saved)),
    time.banner, cover, work);

  // -- moving

  function look() {
    setText(place_, progress(items));
    numbers.draw(items, place);
  }

  function openKeys(on) {
    keys.hidden = !on;
    keysButton.setAttribute("aria-expanded", String(on));
  }

  /** Escape closes what is open, one after the other; whether it did. */
  function shut(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return false;
    if (!keys.hidden) { openKeys(false); keysButton.focus(); }
    else if (numbers.shown) { numbers.open(false); numbers.button.focus(); }
    else if (desk.open) desk.close();
    else return false;
    event.preventDefault();
    return true;
  }

  function layout() { node.toggleAttribute("data-panes", desk.open); node.dataset.book = String(Boolean(desk.nodes[1] && !desk.nodes[1].hidden)); }

  function show(focus) {
    if (shown) shown.settle();
    shown = item(data.views[place], items[place], { place, total, confidence, say, changed });
    stage.replaceChildren(shown.node);
    bottom.hidden = false;
    off(back, place === 0);
    next.replaceChildren(...(place + 1 < total ? ["Next", icon("next")] : ["Review", sign("list")]));
    look();
    if (focus) settle(shown);
  }

  /** The reader starts at the title of what is new on screen. */
  function settle(one) {
    one.focus();
    reveal(node, stage.querySelector("h3"));
  }

  function go(to) {
    if (closing || paused || to < 0 || to >= total) return false;
    if (shown) shown.settle();
    place = to;
    keep.go(place);
    under();
    show(true);
    return true;
  }

  function turn(step) {
    if (!shown) { toItem(); return true; }
    if (place + step >= total) return toReview();
    if (isOff(back) && step < 0) return false;
    return go(place + step);
  }

  function toReview() {
    if (closing || paused) return false;
    if (shown) { shown.settle(); shown = null; }
    const screen = review(items, { go, back: toItem, submit: () => hand("Your exam is being graded."), say });
    stage.replaceChildren(screen.node);
    bottom.hidden = true;
    numbers.open(false);
    settle(screen);
    return true;
  }

  function toItem() { show(true); }

  // -- pausing, handing in

  function covered(...content) {
    work.hidden = content.length > 0;
    cover.hidden = !work.hidden;
    cover.replaceChildren(...content);
    const title = cover.querySelector("h3");
    if (title) title.focus({ preventScroll: true });
  }

  async function rest() {
    if (shown) shown.settle();
    const answer = await api.ask("pause", { sitting: id, changes: [] });
    if (!answer.saved || answer.saved.closed) { if (answer.saved) leave(); return; }
    paused = true;
    time.set(answer.saved.remaining, true);
    say("Paused. The clock stands still.");
    drawPause();
  }

  function drawPause() {
    pause.hidden = true;
    covered(h("h3", { class: "cc-title", tabindex: "-1" }, "Paused"),
      h("p", {}, "The clock stands still, and your answers are kept. You can close this page and come back another day."),
      h("p", { class: "hall-quiet" }, "The pause is a help of this course. The real exam does not give it: there the clock runs on."),
      h("div", { class: "cc-actions" }, act("Go on", () => wake(), { class: "cc-primary" }), act("Back to the list of exams", () => api.lobby())));
  }

  async function wake() {
    const answer = await api.ask("resume", { sitting: id });
    if (!answer.saved) return;
    if (answer.saved.closed) { leave(); return; }
    paused = false;
    pause.hidden = !timed;
    time.set(answer.saved.remaining, false);
    covered();
    show(true);
  }

  /** Close the exam: what is under way first, then submit, again and again while the kernel is silent. */
  async function hand(words) {
    if (closing) return;
    closing = true;
    if (shown) shown.settle();
    pause.hidden = true;
    say(words);
    covered(h("h3", { class: "cc-title", tabindex: "-1" }, words), h("p", {}, "This takes a moment. Your report comes next."));
    if (keep.waiting) await Promise.race([keep.send(), new Promise((resolve) => { setTimeout(resolve, CLOSE_MS); })]);
    leave();
  }

  async function leave() {
    if (closed) return;
    closing = true;
    clearTimeout(again);
    again = setTimeout(leave, AGAIN_MS);
    const answer = await api.ask("submit", { sitting: id });
    if (closed) return;
    clearTimeout(again);
    if (!answer.report) { closing = false; covered(); pause.hidden = !timed || paused; return; }
    closed = true;
    const late = keep.waiting;
    keep.forget();
    api.done(answer.report, late);
  }

  // -- begin

  const leftover = keep.leftover();
  for (const { place: at, field, value } of leftover) {
    if (!items[at]) continue;
    if (field === "go") { place = at; continue; }
    items[at] = { ...items[at], [field]: value };
    if (field === "response") items[at].answered = value !== null;
  }
  time.set(data.sitting.remaining, paused);
  if (paused) drawPause(); else show(false);
  look();
  layout();
  if (leftover.length) keep.send();
  else if (data.sitting.saved === "memory") told(data.sitting.saved_message, true);

  return {
    node,
    focus() { if (paused) cover.querySelector("h3").focus({ preventScroll: true }); else if (shown) settle(shown); },
    key: (event) => !closing && !paused && (shut(event) || press(event, {
      item: shown, flag: () => shown.flag(), next: () => turn(1), back: () => turn(-1), review: toReview, asleep: () => !api.letters.on,
    })),
    close() {
      if (shown && !closing) shown.settle();
      closed = true;
      clearTimeout(slow);
      clearTimeout(again);
      keep.close();
      time.close();
    },
  };
}
