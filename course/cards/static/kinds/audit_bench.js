import { h, icon, setText, uid } from "../dom.js";
import { Slot, spread } from "../marks.js";
import { chart } from "../parts.js";
import { frame, held, hold } from "./frame.js";

// The audit bench: one encounter at a time, with its note beside the coded lines; below them, folded into one line until
// it is wanted, the tally, which fills itself from the findings, and the rates that the learner reports from it.

const FINAL = "Go on to the rates";

export function audit_bench(view, api) {
  const { node, body } = frame(view, "Give each coded line a finding");
  const total = view.encounters.length;
  const words = new Map(view.findings.map((one) => [one.id, one]));
  const slots = new Map();
  let at = 0;
  let locked = false;

  // What became of an answer is said of that answer alone.
  function touched(slot) {
    slot.show([]);
    refresh();
    api.changed(null);
  }

  const sheets = view.encounters.map((one, n) => sheet(one, n));
  const steps = sheets.map((one, n) => h("button", { type: "button", class: "cc-audit-step", onclick: () => turn(n) }));
  const progress = h("p", { class: "cc-audit-progress" });
  const counts = ["Lines", "Encounters"].map((name) => h("ul", { class: "cc-audit-counts", "aria-label": name }));
  const fields = view.figures.map(figure);

  function sheet(one, n) {
    const title = uid("encounter");
    const lines = one.lines.map((line, m) => lineOf(one, line, m));
    const missed = missedOf(one);
    const before = h("button", { type: "button", class: "cc-button", onclick: () => turn(n - 1) }, icon("prev"), "Previous encounter");
    const after = h("button", { type: "button", class: "cc-button", onclick: () => turn(n + 1) }, "Next encounter", icon("next"));
    const last = n + 1 === total;
    const final = h("button", { type: "button", class: last ? "cc-button" : "cc-button cc-quiet", onclick: rates }, FINAL, icon("down"));
    const head = h("h4", { class: "cc-audit-title", id: title, tabindex: "-1" },
      h("span", { class: "cc-audit-which" }, `Encounter ${n + 1} of ${total}`), " ", h("span", {}, one.title));
    const panel = h("div", { class: "cc-audit-sheet", role: "group", "aria-labelledby": title }, head,
      h("div", { class: "cc-audit-pair" },
        chart(one.chart_html, uid("chart")),
        h("div", { class: "cc-audit-claim" },
          h("p", { class: "cc-audit-head" }, "Coded as"),
          lines.map((line) => line.row),
          missed.row)),
      h("div", { class: "cc-audit-turn" }, n ? before : null, last ? null : after, final));
    return { id: one.id, title: one.title, panel, head, lines, missed, targets: [...one.lines.map((line) => line.id), one.missed_id] };
  }

  function lineOf(one, line, m) {
    const id = uid("finding");
    const slot = new Slot(uid("msg"), null);
    const select = h("select", { class: "cc-select", id, "aria-describedby": slot.node.id, onchange: () => touched(slot) },
      h("option", { value: "" }, "Choose a finding…"),
      Object.entries(view.effects).map(([effect, label]) => h("optgroup", { label },
        line.offered.filter((name) => words.get(name).effect === effect).map((name) =>
          h("option", { value: name }, `${words.get(name).label}: ${words.get(name).plain}`)))));
    const row = h("div", { class: "cc-audit-line" },
      h("label", { class: "cc-audit-coded", for: id },
        h("span", { class: "cc-sr" }, `Line ${m + 1}: `),
        h("span", { class: "cc-audit-code" }, line.code),
        line.words ? h("span", { class: "cc-audit-words" }, line.words) : null),
      select, slot.node);
    slot.row = row;
    slots.set(line.id, slot);
    return { id: line.id, row, select };
  }

  function missedOf(one) {
    const name = uid("missed");
    const label = uid("asked");
    const slot = new Slot(uid("msg"), null);
    const inputs = ["yes", "no"].map((value) => h("input", { type: "radio", name, id: uid("missed"), value, onclick: held, onchange: () => touched(slot) }));
    const row = h("div", { class: "cc-audit-line cc-audit-missed" },
      h("p", { id: label }, view.missed_question),
      h("div", { class: "cc-segments", role: "radiogroup", "aria-labelledby": label, "aria-describedby": slot.node.id },
        inputs.map((input) => h("label", { class: "cc-segment", for: input.id }, input, h("span", {}, input.value === "yes" ? "Yes" : "No")))),
      slot.node);
    slot.row = row;
    slots.set(one.missed_id, slot);
    return { row, inputs, read: () => (inputs.find((input) => input.checked) || { value: "" }).value };
  }

  function figure(one) {
    const slot = new Slot(uid("msg"), null);
    const told = uid("definition");
    const input = h("input", {
      type: "text", class: "cc-number", id: uid("rate"), inputmode: "decimal", autocomplete: "off", maxlength: 20,
      "aria-describedby": `${told} ${slot.node.id}`, oninput: () => touched(slot),
    });
    const row = h("div", { class: "cc-audit-rate" },
      h("div", { class: "cc-audit-rate-line" },
        h("div", { class: "cc-audit-asked" }, h("label", { for: input.id }, one.title), h("p", { id: told }, one.definition)),
        h("span", { class: "cc-audit-percent" }, input, h("span", { "aria-hidden": "true" }, "%"))),
      slot.node);
    slot.row = row;
    slots.set(`figure-${one.id}`, slot);
    return { id: one.id, row, input };
  }

  /** Show an encounter; the focus goes to its heading, which says which one it is. */
  function turn(to, focus = true) {
    at = to;
    for (const [n, one] of sheets.entries()) one.panel.hidden = n !== at;
    refresh();
    if (!focus) return;
    sheets[at].head.focus({ preventScroll: true });
    const box = node.getBoundingClientRect();
    if (box.height) steps[0].scrollIntoView({ block: "nearest" });
  }

  /** Unfold the tally and go to the first rate. */
  function rates() {
    report.open = true;
    fields[0].input.focus();
  }

  const found = (one) => one.lines.map((line) => line.select.value).filter(Boolean);
  const asked = (one) => one.lines.length + 1;
  const given = (one) => found(one).length + (one.missed.read() ? 1 : 0);

  /** Buttons, progress and tally, from what stands in the controls. */
  function refresh() {
    for (const [n, one] of sheets.entries()) {
      const done = given(one);
      const marks = one.targets.flatMap((target) => [...slots.get(target).node.querySelectorAll(".cc-msg")].map((msg) => msg.dataset.mark));
      const judged = marks.includes("wrong") ? "wrong" : marks.length === asked(one) && marks.every((mark) => mark === "right") ? "right" : "";
      const state = judged || (done === asked(one) ? "done" : done ? "begun" : "open");
      const told = { wrong: "look again", right: "right", done: "all findings given", begun: `${done} of ${asked(one)} findings given`, open: "no finding yet" }[state];
      const button = steps[n];
      button.dataset.state = state;
      if (n === at) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
      button.setAttribute("aria-label", `Encounter ${n + 1}, ${one.title}: ${told}`);
      button.title = one.title;
      const shape = { wrong: "wrong", right: "right", done: "saved" }[state];
      button.replaceChildren(h("span", {}, `${n + 1}`), shape ? icon(shape) : "");
    }
    const ready = sheets.filter((one) => given(one) === asked(one)).length;
    setText(progress, `${ready} of ${total} audited`);
    tally(ready);
  }

  function tally(ready) {
    const all = sheets.flatMap(found);
    const lines = sheets.reduce((sum, one) => sum + one.lines.length, 0);
    const clean = sheets.filter((one) => given(one) === asked(one) && one.missed.read() === "no" && found(one).every((name) => name === "agree")).length;
    const missed = sheets.filter((one) => one.missed.read() === "yes").length;
    const count = (name) => all.filter((one) => one === name).length;
    const shown = [
      [["Lines audited", all.length < lines ? `${all.length} of ${lines}` : `${lines}`], ...view.findings.map((one) => [one.label, `${count(one.id)}`])],
      [["Encounters audited", `${ready}` === `${total}` ? `${total}` : `${ready} of ${total}`], ["Without any error", `${clean}`], ["With something missed", `${missed}`]],
    ];
    setText(brief, shown.map(([[name, number]]) => `${name}: ${number}`).join(" · "));
    // Once the last finding is given, the rates are what is left to do. Who folds them again has them folded.
    if (ready === total && !complete) report.open = true;
    complete = ready === total;
    for (const [n, rows] of shown.entries()) {
      counts[n].replaceChildren(...rows.map(([name, number]) =>
        h("li", { class: "cc-audit-count", "data-none": number === "0" }, h("span", {}, name), " ", h("strong", {}, number))));
    }
  }

  const legend = h("details", { class: "cc-audit-legend" }, h("summary", {}, "What the findings mean"),
    h("ul", {}, view.findings.map((one) => h("li", {}, h("strong", {}, one.label), " ", h("span", {}, one.meaning)))));
  const brief = h("span", { class: "cc-audit-brief" });
  let complete = false;
  const report = h("details", { class: "cc-audit-report" },
    h("summary", {}, h("span", { class: "cc-audit-head" }, "Your tally and the rates"), " ", brief), counts,
    h("p", { class: "cc-audit-head" }, "Rates to report, in percent with one decimal"), fields.map((one) => one.row));
  body.append(h("div", { class: "cc-audit" }, legend,
    h("div", { class: "cc-audit-bar" },
      h("ol", { class: "cc-audit-steps", "aria-label": "Encounters" }, steps.map((one) => h("li", {}, one))), progress),
    sheets.map((one) => one.panel), report));
  turn(0, false);

  const filled = (pairs) => Object.fromEntries(pairs.filter(([, value]) => value));
  return {
    node,
    read() {
      const response = {
        findings: filled(sheets.flatMap((one) => one.lines.map((line) => [line.id, line.select.value]))),
        missed: filled(sheets.map((one) => [one.id, one.missed.read()])),
        figures: filled(fields.map((one) => [one.id, one.input.value.trim()])),
      };
      const held_ = Object.entries(response).filter(([, part]) => Object.keys(part).length);
      return held_.length ? Object.fromEntries(held_) : null;
    },
    write(response) {
      const { findings = {}, missed = {}, figures = {} } = response || {};
      for (const one of sheets) {
        for (const line of one.lines) {
          line.select.value = findings[line.id] || "";
          if (line.select.selectedIndex < 0) line.select.value = "";
        }
        for (const input of one.missed.inputs) input.checked = input.value === missed[one.id];
      }
      for (const one of fields) one.input.value = figures[one.id] || "";
      report.open = fields.some((one) => one.input.value);
      complete = false;
      turn(response ? at : 0, false);
    },
    lock(on) {
      locked = on;
      for (const one of sheets) {
        for (const line of one.lines) line.select.disabled = locked && document.activeElement !== line.select;
        for (const input of one.missed.inputs) hold(input, locked);
      }
      for (const one of fields) one.input.readOnly = locked;
    },
    marks(parts) {
      const left = spread(parts, slots);
      refresh();
      return left;
    },
    focus() { sheets[at].lines[0].select.focus(); },
  };
}
