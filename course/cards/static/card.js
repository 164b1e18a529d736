import { h, icon, plain, setText, uid, debounce } from "./dom.js";
import { brief, message } from "./marks.js";
import { chart, explain, header, hints, unsaved } from "./parts.js";
import { talk, troubleLine, unsent } from "./talk.js";
import { audit_bench } from "./kinds/audit_bench.js";
import { multiple_choice, single_choice } from "./kinds/choice.js";
import { number } from "./kinds/number.js";
import { matching, sorting } from "./kinds/pairs.js";
import { ordering } from "./kinds/ordering.js";
import { code_entry } from "./kinds/code_entry.js";
import { highlight } from "./kinds/highlight.js";
import { modifier_choice } from "./kinds/modifier_choice.js";
import { em_leveling } from "./kinds/em_leveling.js";
import { diagram } from "./kinds/diagram.js";
import { query_workshop } from "./kinds/query_workshop.js";
import { service_lines } from "./kinds/service_lines.js";
import { lookup_path } from "./kinds/lookup_path.js";
import { table_lookup } from "./kinds/table_lookup.js";
import { word_builder } from "./kinds/word_builder.js";
import { take_apart } from "./kinds/take_apart.js";
import { your_turn } from "./kinds/your_turn.js";

// The question card: shows `view` (the question) and `state` (what the learner did), and asks Python for everything else.

/** The one table of kinds: how its answer area is made, and what it is called. */
const KINDS = {
  single_choice: [single_choice, "Single choice"],
  multiple_choice: [multiple_choice, "Multiple choice"],
  number: [number, "Number"],
  code_entry: [code_entry, "Code entry"],
  matching: [matching, "Matching"],
  ordering: [ordering, "Ordering"],
  sorting: [sorting, "Sorting"],
  lookup_path: [lookup_path, "Look-up path"],
  table_lookup: [table_lookup, "Table look-up"],
  highlight: [highlight, "Mark the words"],
  modifier_choice: [modifier_choice, "Choose the modifiers"],
  service_lines: [service_lines, "Service lines"],
  em_leveling: [em_leveling, "E/M leveler"],
  audit_bench: [audit_bench, "Audit bench"],
  diagram: [diagram, "Diagram"],
  query_workshop: [query_workshop, "Query workshop"],
  word_builder: [word_builder, "Build the word"],
  take_apart: [take_apart, "Take the word apart"],
  your_turn: [your_turn, "Your turn"],
};
const FACES = {
  correct: { icon: "right", word: "Correct" },
  partly: { icon: "partly", word: "Partly correct" },
  incorrect: { icon: "wrong", word: "Not yet" },
  not_attempted: { icon: "note", word: "Not answered yet" },
};

/** Draw a card into `el`; returns {redraw, close}. `frame` (a deck) may add to the actions and hear of changes. */
export function card(model, el, { extra = null } = {}) {
  const ids = { title: uid("title"), chart: uid("chart") };
  let kind = null;
  let edited = false;
  let shown = null; // the view that is on screen

  const trouble = troubleLine();
  const say = h("div", { class: "cc-sr", role: "status" });
  const verdict = h("div", { class: "cc-verdict", role: "status", "aria-label": "Feedback" });
  const rationale = h("div", { class: "cc-explain" });
  const hintBox = h("div", { class: "cc-hints" });
  const solutionBox = h("div", { class: "cc-explain cc-solution" });
  const saved = h("div", { class: "cc-saved" });
  const tries = h("p", { class: "cc-tries" });

  const check = h("button", { type: "submit", class: "cc-button cc-primary" }, "Check");
  const hint = h("button", { type: "button", class: "cc-button", onclick: () => run(hint, "hint") }, icon("hint"), h("span", {}, "Hint"));
  const solution = h("button", { type: "button", class: "cc-button cc-quiet", onclick: () => run(solution, "solution") }, "Solution");
  const again = h("button", { type: "button", class: "cc-button cc-quiet", onclick: () => run(again, "again") }, icon("again"), "Try again");
  const another = h("button", { type: "button", class: "cc-button", onclick: () => run(another, "another") }, "Another", icon("next"));
  const form = h("form", {
    class: "cc-form", novalidate: true,
    onsubmit: (event) => { event.preventDefault(); run(check, "check"); },
    // Enter in a field checks. Browsers differ in when they submit a form by themselves, so it is said here.
    onkeydown: (event) => {
      if (event.key !== "Enter" || event.defaultPrevented || event.isComposing || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      run(check, "check");
    },
  });
  const actions = h("div", { class: "cc-actions" }, check, another, hint, solution, again,
    h("span", { class: "cc-spin", "aria-hidden": "true" }), saved);
  const root = h("article", { class: "cc-card", "aria-labelledby": ids.title });

  const line = talk(model, {
    busy(on) { root.toggleAttribute("data-busy", on); root.setAttribute("aria-busy", String(on)); if (on) say.textContent = "Working…"; },
    trouble(text) { setText(trouble, text); if (text) trouble.prepend(icon("warn")); },
  });

  const draft = debounce(() => {
    const response = kind.read();
    line.ask("draft", { response }).then(() => {
      if (JSON.stringify(kind.read()) === JSON.stringify(response)) unsent.drop(model.get("view"));
    });
  }, 600);

  const api = {
    changed() {
      edited = true;
      unsent.keep(model.get("view"), kind.read());
      draft();
      stale(true);
    },
    say(text) { say.textContent = ""; say.textContent = text; },
    search: (q) => line.ask("search", { q }).then((answer) => answer.hits || []),
  };

  async function run(button, verb) {
    if (button.getAttribute("aria-disabled") === "true") return;
    draft.cancel();
    if (kind.settle) kind.settle();
    const response = kind.read();
    say.textContent = "";
    const state = await line.send(verb, { response });
    if (!state || state.trouble) return;
    unsent.drop(model.get("view"));
    if (verb === "again" || verb === "another") { edited = false; write(state.response); kind.focus(); }
    if (verb === "another") root.querySelector(".cc-title").focus();
    if (verb === "check") { edited = false; stale(false); reveal(rationale); reveal(verdict); }
    if (verb === "hint") { api.say(plain(`Hint ${state.hints.length}: ${state.hints[state.hints.length - 1] || ""}`)); reveal(hintBox); }
    if (verb === "solution") { api.say("The solution is shown below the buttons."); reveal(solutionBox); }
  }

  function reveal(node) {
    if (node.getBoundingClientRect().height) node.scrollIntoView({ block: "nearest" });
  }

  function stale(on) { verdict.toggleAttribute("data-stale", on && verdict.hasChildNodes()); }

  function off(button, on) {
    if (on) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }

  function write(response) { kind.write(response === undefined ? null : response); }

  function showVerdict(result) {
    verdict.replaceChildren();
    root.dataset.outcome = result ? result.outcome : "";
    const left = kind.marks(result ? result.parts : []);
    if (!result) { explain(rationale, "", "", null); return; }
    const face = FACES[result.outcome] || FACES.not_attempted;
    const placed = (result.parts || []).filter((part) => !left.includes(part) && part.message_html);
    verdict.append(h("div", { class: "cc-headline" }, icon(face.icon),
      h("p", {}, h("strong", { html: result.headline_html || face.word }), h("span", { class: "cc-stale-word" }, "Your answer has changed since."))));
    if (result.invalid_html) verdict.append(h("p", { class: "cc-invalid", html: result.invalid_html }));
    if (left.length) verdict.append(h("div", { class: "cc-loose" }, left.map(message)));
    // Said aloud here, shown beside the part it belongs to.
    const aloud = placed.filter((part) => !brief(part.message_html)); // the control itself is described by a brief one
    if (aloud.length) verdict.append(h("p", { class: "cc-sr" }, aloud.map((part) => `${plain(part.message_html)} ${part.basis || ""}`).join(" ")));
    const done = result.outcome === "correct";
    explain(rationale, "Why", done ? result.rationale_html : "", done ? result.sources : null);
  }

  function showState() {
    const state = model.get("state") || {};
    const done = Boolean(state.verdict && state.verdict.outcome === "correct");
    showVerdict(state.verdict);
    hints(hintBox, state.hints || [], (state.hints || []).length + (state.hints_left || 0));
    const told = state.solution;
    // With a correct answer the reason and its sources stand above already.
    explain(solutionBox, "Solution", told && told.html + (done ? "" : told.rationale_html || ""), told && !done ? told.sources : null);
    kind.lock(done);
    off(check, done);
    const taken = (state.hints || []).length;
    const total = taken + (state.hints_left || 0);
    hint.lastChild.textContent = total ? (taken < total ? `Hint ${taken + 1} of ${total}` : "No more hints") : "Hint";
    off(hint, done || taken >= total);
    off(solution, Boolean(state.solution));
    // A kind that is answered in the cell above has nothing to check and nothing to clear.
    check.hidden = Boolean(kind.cell);
    again.hidden = Boolean(kind.cell) || (!state.solution && (!state.verdict || state.verdict.outcome === "not_attempted"));
    another.hidden = !state.can_another;
    another.classList.toggle("cc-primary", done);
    root.querySelector(".cc-attempt").textContent = state.attempt_no ? `Attempt ${state.attempt_no}` : "";
    saved.replaceChildren();
    saved.toggleAttribute("data-warn", state.saved === "memory");
    if (state.saved === "saved") saved.append(icon("saved"), state.restored ? state.saved_message : "Saved");
    else if (state.saved === "memory") saved.append(...unsaved(state.saved_message));
    const notice = root.querySelector(".cc-notice");
    notice.replaceChildren(...(state.notice ? [icon("note"), h("p", {}, state.notice)] : []));
    tries.textContent = state.attempt_no > 1 ? state.history : "";
    setText(trouble, state.trouble || "");
    if (state.trouble) trouble.prepend(icon("warn"));
    if (extra) extra.update();
  }

  function draw() {
    const view = model.get("view");
    const cover = extra && extra.cover();
    shown = cover ? null : view;
    if (extra && drawn) extra.bind(drawn);
    if (cover) {
      root.replaceChildren(extra.top, cover, trouble, extra.bottom);
      extra.update();
      extra.drawn();
      return;
    }
    const [create, label] = KINDS[view.kind];
    kind = create(view, api);
    // What was done in the cell above is judged already: the verdict stands where one would fill something in.
    form.replaceChildren(kind.node, ...(kind.cell ? [verdict, kind.after] : []), actions);
    root.replaceChildren(
      ...(extra ? [extra.top] : []),
      header(view, ids, label),
      h("div", { class: view.note_html ? "cc-main cc-with-chart" : "cc-main" }, chart(view.note_html, ids.chart),
        h("div", { class: "cc-work" }, form, trouble, kind.cell ? null : verdict, rationale, hintBox, solutionBox, tries, say)),
      ...(extra ? [extra.bottom] : []));
    const state = model.get("state") || {};
    const kept = unsent.find(view);
    write(kept === undefined ? state.response : kept);
    showState();
    if (kept !== undefined) { edited = true; draft(); stale(true); }
    if (extra) extra.drawn();
  }

  // A change of view (another exercise, another page of a deck) draws anew; it comes with its state in one message.
  // Whichever of the changes is heard first draws all of them.
  const settled = () => (extra && extra.cover() ? null : model.get("view")) === shown;
  const onView = () => { if (!settled()) draw(); };
  const onDeck = () => { if (settled()) extra.update(); else draw(); };
  const onState = () => { if (!settled()) draw(); else if (shown) showState(); };
  const drawn = {
    /** Send a draft that is still waiting, before the card turns to something else. */
    flush() { if (edited) draft.flush(); },
    close() {
      drawn.flush();
      line.close();
      model.off("change:view", onView);
      model.off("change:state", onState);
      model.off("change:deck", onDeck);
    },
    root,
    line,
  };
  model.on("change:view", onView);
  model.on("change:state", onState);
  if (extra) model.on("change:deck", onDeck);
  draw();
  el.replaceChildren(h("div", { class: "cc-host" }, root));
  return drawn;
}
