import { h, icon, suppress } from "./dom.js";
import { message } from "./marks.js";
import { sources } from "./parts.js";
import { act, count, sign, stretch } from "./hall_parts.js";

// The questions of a finished exam, folded, with filters: what was asked, your answer, the key, the reasons, the sources.

const FACES = {
  correct: ["right", "Right"], partly: ["partly", "Partly right"], incorrect: ["wrong", "Wrong"], blank: ["missing", "Left blank"],
  changed: ["note", "Changed since; not counted"], gone: ["note", "No longer in the course; not counted"],
};
const wrong = (one) => ["incorrect", "partly", "blank"].includes(one.outcome);
const FILTERS = [
  ["all", "All", () => true], ["wrong", "Not right", wrong], ["flag", "Flagged", (one) => one.flag],
  ["changed", "Answer changed", (one) => one.changes > 0], ["guess", "Guessed right", (one) => one.outcome === "correct" && one.confidence === 1],
  ["sure", "Sure and wrong", (one) => ["incorrect", "partly"].includes(one.outcome) && one.confidence === 3],
];
const SURE = ["", "a guess", "unsure", "sure"];

/** A reason: of an option with its letter, or of a part of the answer. */
function reason(part) {
  if (!part.html) return message(part);
  const word = part.mark === "right" ? "the key" : "";
  const tags = [word, part.picked ? "your answer" : ""].filter(Boolean).join(", ");
  return h("div", { class: "hall-option", "data-mark": part.mark }, icon(part.mark === "right" ? "right" : part.picked ? "wrong" : "extra"),
    h("div", {}, h("p", {}, h("strong", {}, `${part.target.toUpperCase()} `), h("span", { html: part.html }), tags ? h("strong", {}, ` (${tags})`) : null),
      h("p", { class: "hall-option-why", html: part.message_html })));
}

/** The inside of one question, made when it is opened. */
function inside(one, api) {
  const head = (text) => h("h5", {}, text);
  const told = [one.domain, one.scored ? "" : "does not count in the score", one.seconds ? stretch(one.seconds) : "", one.confidence ? `you were ${SURE[one.confidence]}`.replace("were a guess", "guessed") : "",
    one.changes ? `answer changed ${count(one.changes, "time")}` : "", one.flag ? "flagged" : ""].filter(Boolean).join(" · ");
  const reasons = (one.reasons || []).filter((part) => part.message_html);
  return suppress(h("div", { class: "hall-answer" }, h("p", { class: "hall-quiet" }, told),
    one.notice ? h("p", { class: "hall-note-line" }, icon("note"), h("span", {}, one.notice)) : null,
    one.note_html ? h("div", { class: "cc-chart" }, h("p", { class: "cc-chart-head" }, icon("chart"), "Chart note"), h("div", { class: "cc-chart-text", html: one.note_html })) : null,
    one.stem_html ? h("div", { class: "cc-prose hall-stem", html: one.stem_html }) : null,
    head("Your answer"), h("div", { class: "cc-prose", html: one.yours_html || "<p>None.</p>" }), one.invalid_html ? h("p", { html: one.invalid_html }) : null,
    one.key_html ? [head("The key"), h("div", { class: "cc-prose", html: one.key_html })] : null,
    reasons.length ? [head(reasons[0].html ? "The options" : "What the answer says"), h("div", { class: "hall-options" }, reasons.map(reason))] : null,
    one.rationale_html ? [head("Why"), h("div", { class: "cc-prose", html: one.rationale_html })] : null,
    sources(one.sources),
    one.note ? [head("Your note"), h("p", { class: "hall-own-note" }, one.note)] : null,
    one.mend && one.mend.length ? h("p", { class: "hall-quiet" }, one.mend.length > 1 ? "Lessons of this domain: " : "Lesson of this domain: ", one.mend.map((each, n) => [n ? ", " : "", api.link(each)])) : null));
}

/** {node, open(place), all()}: `all` fills and opens everything that is shown, for print. */
export function answers(items, api) {
  let shown = "all";
  const rows = items.map((one) => {
    const [picture, word] = FACES[one.outcome] || FACES.gone;
    const box = h("details", { class: "hall-question", "data-outcome": one.outcome, ontoggle: () => fill() },
      h("summary", {}, icon(picture), h("span", { class: "hall-question-no" }, `Question ${one.place + 1}`), h("span", { class: "hall-question-word" }, word),
        one.flag ? h("span", { class: "hall-review-state" }, sign("flagged"), h("span", { class: "cc-sr" }, "flagged")) : null,
        h("span", { class: "hall-question-title" }, one.title || "")));
    const fill = () => { if (box.open && box.children.length === 1) box.append(inside(one, api)); };
    return { one, box, fill };
  });
  const list = h("div", { class: "hall-questions" }, rows.map(({ box }) => box));
  const empty = h("p", { class: "hall-quiet" });
  const buttons = FILTERS.map(([name, text, test]) => act(`${text} (${items.filter(test).length})`, () => {
    shown = name;
    draw();
    api.say(`${count(rows.filter(({ box }) => !box.hidden).length, "question")} shown.`);
  }, { class: "hall-small", "aria-pressed": "false" }));

  function draw() {
    const [, , test] = FILTERS.find(([name]) => name === shown);
    for (const { one, box } of rows) box.hidden = !test(one);
    for (const [n, [name]] of FILTERS.entries()) buttons[n].setAttribute("aria-pressed", String(name === shown));
    empty.textContent = rows.some(({ box }) => !box.hidden) ? "" : "No question of this sort.";
  }

  draw();
  return {
    node: h("div", {}, h("div", { class: "hall-filters", role: "group", "aria-label": "Show" }, buttons), list, empty),
    open(place) {
      shown = "all";
      draw();
      const row = rows.find(({ one }) => one.place === place);
      if (!row) return;
      row.box.open = true;
      row.fill();
      row.box.querySelector("summary").focus();
    },
    /** Show what a filter leaves. */
    filter(name) {
      shown = name;
      draw();
      buttons[FILTERS.findIndex(([one]) => one === name)].focus();
    },
    /** What is shown, in words: "Not right (3)"; "" for all. */
    get shown() { return shown === "all" ? "" : buttons[FILTERS.findIndex(([one]) => one === shown)].textContent; },
    all() { for (const { box, fill } of rows) { if (!box.hidden) { box.open = true; fill(); } } },
  };
}
