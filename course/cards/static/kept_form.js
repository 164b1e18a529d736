import { h, icon, setText, uid, debounce } from "./dom.js";
import { copy, phone } from "./browser_talk.js";
import { form } from "./calculator_form.js";

// A form that is kept: Python works out the answer at each change and keeps what rests. Undo takes a kept change back.

const TYPING_MS = 25;
const KEEP_MS = 400; // a change is kept when the typing rests, or when the field is left
const SPEAK_MS = 500;

/** Text as a file of the learner's own. */
function save({ name, text }) {
  const href = URL.createObjectURL(new Blob([text], { type: "text/calendar;charset=utf-8" }));
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
}

/** Print one page of HTML, not the notebook around it. */
function print(html, near) {
  for (const old of near.querySelectorAll("iframe")) old.remove();
  const frame = h("iframe", { class: "ce-paper", title: "Page to print", "aria-hidden": "true", tabindex: "-1", srcdoc: html });
  frame.addEventListener("load", () => frame.contentWindow.print());
  near.append(frame);
}

/**
 * The card. `view.fields` is the form; `result(answer)` gives the nodes below the sentence; `file` names the button that
 * saves a file, if there is one.
 */
export function keptForm(model, el, { kind, result, file }) {
  const view = model.get("view");
  const title = uid("title");
  const sentence = h("p", { class: "ck-sentence" });
  const spoken = h("div", { class: "cc-sr", role: "status" });
  const body = h("div", { class: "ck-sum" });
  const saving = h("span", { class: "cc-saved" });
  const alarm = h("div", { class: "cc-trouble", role: "alert" });
  const root = h("article", { class: "cc-card ck-card ce-form", "aria-labelledby": title });
  const line = phone(model, {
    busy(on) { root.toggleAttribute("data-busy", on); },
    trouble(text) { setText(alarm, text); if (text) alarm.prepend(icon("warn")); },
    building() {},
  });

  let drawn = ""; // the answer that the card shows
  const speak = debounce((text) => setText(spoken, text), SPEAK_MS);

  function button(name, text, act, quiet = true) {
    return h("button", { type: "button", class: quiet ? "cc-button cc-quiet" : "cc-button", onclick: act }, icon(name), text);
  }
  const enabled = (node, on) => { node.setAttribute("aria-disabled", String(!on)); };

  function show(reply, quiet = false) {
    const { answer, kept } = reply;
    if (!answer) return;
    root.dataset.state = answer.state;
    setText(sentence, answer.sentence);
    fields.faults(answer.faults);
    const same = JSON.stringify(answer) === drawn;
    drawn = JSON.stringify(answer);
    if (kept) keeping(kept);
    if (same) return; // a reply that says the same leaves what is open, and the focus, alone
    const at = body.contains(document.activeElement) && document.activeElement.closest("[data-key]");
    const turned = [...body.querySelectorAll("details")].filter((one) => one.open !== one.hasAttribute("data-open"));
    body.replaceChildren(...(answer.state === "done" ? result(answer).flat(3).filter(Boolean) : []));
    for (const old of turned) { // what the learner opened or closed stays so
      const one = body.querySelector(`[data-key="${old.dataset.key}"]`);
      if (one) one.open = old.open;
    }
    const back = at && body.querySelector(`[data-key="${at.dataset.key}"] > summary`);
    if (back) back.focus({ preventScroll: true });
    out.hidden = answer.state !== "done";
    setText(told, "");
    if (!quiet) speak(answer.sentence);
  }

  function keeping(kept) {
    enabled(undo, kept.undo);
    saving.replaceChildren(...(kept.warning ? [icon("warn"), h("span", {}, kept.warning)] : kept.saving ? [icon("saved"), h("span", {}, kept.saving)] : []));
    saving.toggleAttribute("data-warn", Boolean(kept.warning));
  }

  let edits = 0; // changes of the form so far
  let answered = 0; // how many of them the newest answer knows
  const inTurn = (asked, reply, quiet) => { // an answer to an older form never replaces a newer one
    if (asked < answered) return;
    answered = asked;
    show(reply, quiet);
  };
  const sum = line.latest("sum", (reply, more) => inTurn(more.edits, reply));
  const soon = debounce(() => sum.ask({ values: fields.read(), edits }), TYPING_MS);
  const keep = debounce(async () => { const asked = edits; inTurn(asked, await line.ask("keep", { values: fields.read() }), true); }, KEEP_MS);
  const fields = form(view.fields, () => { edits += 1; soon(); keep(); });

  async function back(verb) {
    soon.cancel();
    if (verb === "undo") keep.flush();
    keep.cancel();
    sum.drop();
    const before = edits;
    const reply = await line.ask(verb);
    if (edits !== before) return; // the learner went on meanwhile: what stands in the form counts
    if (reply.values) fields.write(reply.values);
    show(reply);
  }

  const undo = button("prev", "Undo", () => { if (undo.getAttribute("aria-disabled") !== "true") back("undo"); });
  const over = button("again", "Start over", () => back("over"));
  const paper = button("chart", "Print", async () => {
    const reply = await line.ask("paper", { values: fields.read() });
    if (reply.html) print(reply.html, root);
  });
  const copied = button("source", "Copy as text", async () => {
    const reply = await line.ask("paper", { values: fields.read() });
    if (reply.text) setText(spoken, (await copy(reply.text, root)) ? "Copied." : "Your browser did not let the course copy this.");
    if (reply.text) setText(told, spoken.textContent);
  });
  const told = h("span", { class: "ce-told" });
  const filed = file ? button("down", file, async () => {
    const reply = await line.ask("file", { values: fields.read() });
    if (reply.file) { save(reply.file); setText(told, `Saved as ${reply.file.name} in your downloads. ${reply.file.again || ""}`); setText(spoken, told.textContent); }
  }, false) : null;
  const out = h("div", { class: "cc-actions ce-out" }, filed, paper, copied, told);

  root.append(
    h("header", { class: "cc-header" },
      h("h3", { class: "cc-title", id: title }, view.title),
      h("p", { class: "cc-objective" }, view.intro)),
    h("div", { class: "cc-main ck-main" },
      h("div", { class: "ck-form", onchange: () => keep.flush() }, fields.node,
        h("div", { class: "cc-actions" }, undo, over, saving), alarm),
      h("div", { class: "ck-result", role: "group", "aria-label": kind }, sentence, spoken, body,
        out)));

  const state = model.get("state");
  fields.write(state.values);
  show(state, true);
  el.replaceChildren(h("div", { class: "cc-host" }, root));
  return () => { keep.flush(); soon.cancel(); speak.cancel(); line.close(); };
}
