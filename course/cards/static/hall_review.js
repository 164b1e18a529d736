import { h, icon } from "./dom.js";
import { told } from "./hall_nav.js";
import { act, count, sign } from "./hall_parts.js";

// The review screen: every question with its state, filters, and the way out: submit, asked once more.

const FILTERS = [["all", "All", () => true], ["open", "Not answered", (one) => !one.answered], ["flag", "Flagged", (one) => one.flag]];

/** `go(place)` opens a question, `back()` the one before, `submit()` hands the exam in. */
export function review(items, { go, back, submit, say }) {
  let shown = "all";
  const title = h("h3", { class: "cc-title", tabindex: "-1" }, "Review");
  const list = h("ol", { class: "hall-review-list" });
  const empty = h("p", { class: "hall-quiet" });
  const open = items.filter((one) => !one.answered).length;
  const buttons = FILTERS.map(([name, text, test]) => act(`${text} (${items.filter(test).length})`, () => {
    shown = name;
    draw();
    say(`${count(list.children.length, "question")} shown.`);
  }, { class: "hall-small", "aria-pressed": "false" }));

  function row(one, n) {
    return h("li", {}, act([h("span", { class: "hall-review-no" }, String(n + 1)),
      h("span", { class: "hall-review-state" }, one.answered ? icon("saved") : icon("missing"), one.answered ? "Answered" : "Not answered"),
      one.flag ? h("span", { class: "hall-review-state" }, sign("flagged"), "Flagged") : null,
      one.note ? h("span", { class: "hall-review-state" }, sign("pen"), "Note") : null], () => go(n),
    { class: "hall-review-row", "aria-label": `Question ${n + 1}, ${told(one)}${one.note ? ", with a note" : ""}` }));
  }

  function draw() {
    const [, , test] = FILTERS.find(([name]) => name === shown);
    for (const [n, [name]] of FILTERS.entries()) buttons[n].setAttribute("aria-pressed", String(name === shown));
    list.replaceChildren(...items.map((one, n) => (test(one) ? row(one, n) : null)).filter(Boolean));
    empty.textContent = list.children.length ? "" : shown === "open" ? "Every question has an answer." : "No question is flagged.";
  }

  const blank = open ? `${count(open, "question is", "questions are")} not answered. A blank counts as wrong, and a guess costs nothing.` : "Every question has an answer.";
  const sureTitle = h("h4", { tabindex: "-1" }, "Hand the exam in?");
  const sure = h("div", { class: "hall-sure-box", role: "group", "aria-label": "Hand the exam in?", hidden: true }, sureTitle,
    h("p", {}, blank), h("p", {}, "After this you cannot change an answer. You see your score and the reason of each key."),
    h("div", { class: "cc-actions" }, act("Submit now", submit, { class: "cc-primary", "data-once": true }),
      act("Keep working", () => { sure.hidden = true; ask.hidden = false; ask.focus(); })));
  const ask = act("Submit the exam", () => {
    sure.hidden = false;
    ask.hidden = true;
    sureTitle.focus({ preventScroll: true });
    sure.scrollIntoView({ block: "nearest" });
  }, { class: "cc-primary", "data-once": true });

  draw();
  return {
    node: h("div", { class: "hall-review" }, title, h("p", { class: "hall-quiet" }, blank),
      h("div", { class: "hall-filters", role: "group", "aria-label": "Show" }, buttons), list, empty,
      h("div", { class: "cc-actions hall-review-end" }, act([icon("prev"), "Back to the question"], back), ask), sure),
    focus() { title.focus({ preventScroll: true }); },
  };
}
