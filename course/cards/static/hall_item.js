import { debounce, h, setText, uid } from "./dom.js";
import { chart } from "./parts.js";
import { CHOICES, KINDS } from "./hall_kinds.js";
import { act, sign } from "./hall_parts.js";

// One question of an exam: what is asked, and around it the flag, the lines through options, the note and the confidence.
// It says at once what changed (`changed(field, value)`); nothing here knows what is right.

const TYPED_MS = 400; // letters of one word are one change
const SURE = [[1, "Guess"], [2, "Unsure"], [3, "Sure"]];
const SILENT = new Promise(() => {}); // the real exam looks nothing up while one types

/** `view`: the question; `state`: its row of the sitting; `place`, `total`: where it stands. */
export function item(view, state, { place, total, confidence, changed, say }) {
  const ids = { title: uid("title"), chart: uid("chart"), note: uid("note"), noteBox: uid("note") };
  const choice = CHOICES.includes(view.kind);
  let now = { ...state };

  const put = (field, value) => { now = { ...now, [field]: value }; changed(field, value); };
  const typed = debounce(() => answer(), TYPED_MS);

  function answer() {
    const response = kind.read();
    if (JSON.stringify(response) === JSON.stringify(now.response)) return;
    put("response", response);
    look();
  }

  const kind = (KINDS[view.kind] || unknown)(view, {
    changed() { if (choice) answer(); else typed(); },
    say,
    search: () => SILENT,
  });

  // -- the flag, the lines through options

  const flag = act([sign("flag"), h("span", {}, "Flag for review")], () => turnFlag(), { class: "hall-flag", "aria-pressed": "false" });

  function turnFlag() {
    put("flag", !now.flag);
    look();
    say(now.flag ? "Flagged for review." : "The flag is taken away.");
  }

  const options = choice ? [...kind.node.querySelectorAll(".cc-option")] : [];
  const strikes = options.map((row, n) => {
    const letter = String.fromCharCode(65 + n);
    const button = h("button", { type: "button", class: "hall-strike", "aria-pressed": "false", title: `Strike out ${letter}`,
      onclick: () => strike(n) }, sign("strike"), h("span", { class: "cc-sr" }, `Strike out ${letter}`));
    row.querySelector(".cc-option-label").append(h("span", { class: "hall-struck" }));
    row.querySelector(".cc-option-label").after(button);
    return button;
  });

  function strike(n) {
    if (!options[n]) return false;
    const id = view.options[n].id;
    const struck = now.struck || [];
    const on = !struck.includes(id);
    put("struck", on ? [...struck, id] : struck.filter((one) => one !== id));
    look();
    say(`${String.fromCharCode(65 + n)} is ${on ? "struck out" : "no longer struck out"}.`);
    return true;
  }

  function choose(n) {
    if (!options[n]) return false;
    options[n].querySelector("input").click();
    options[n].querySelector("input").focus();
    return true;
  }

  const clear = act("Clear my answer", () => {
    typed.cancel();
    kind.write(null);
    put("response", null);
    look();
    say("This question has no answer now.");
    kind.focus();
  }, { class: "cc-quiet hall-small" });

  // -- confidence and note

  const name = uid("sure");
  const sure = SURE.map(([value, word]) => {
    const box = h("input", { type: "radio", name, value: String(value), onchange: () => put("confidence", value) });
    return [value, box, h("label", { class: "cc-segment" }, box, h("span", {}, word))];
  });
  const asked = confidence ? h("fieldset", { class: "hall-sure" }, h("legend", {}, "How sure are you?"), h("div", { class: "cc-segments" }, sure.map(([, , label]) => label))) : null;

  const text = h("textarea", { class: "hall-note-text", id: ids.note, rows: "3", maxlength: "2000", oninput: () => noted() });
  const noted = debounce(() => put("note", text.value), TYPED_MS);
  const noteBox = h("div", { class: "hall-note", id: ids.noteBox, hidden: true }, h("label", { for: ids.note }, "Your note to this question"), text);
  const noteButton = act([sign("pen"), h("span", {}, "Note")], () => {
    noteBox.hidden = !noteBox.hidden;
    noteButton.setAttribute("aria-expanded", String(!noteBox.hidden));
    if (!noteBox.hidden) text.focus();
  }, { class: "cc-quiet hall-small", "aria-expanded": "false", "aria-controls": ids.noteBox });

  /** Show what is so now. */
  function look() {
    flag.setAttribute("aria-pressed", String(Boolean(now.flag)));
    flag.firstChild.replaceWith(sign(now.flag ? "flagged" : "flag"));
    for (const [n, row] of options.entries()) {
      const on = (now.struck || []).includes(view.options[n].id);
      strikes[n].setAttribute("aria-pressed", String(on));
      row.toggleAttribute("data-struck", on);
      setText(row.querySelector(".hall-struck"), on ? "Struck out" : "");
    }
    clear.hidden = now.response === null || now.response === undefined;
    for (const [value, box] of sure) box.checked = now.confidence === value;
  }

  kind.write(now.response === undefined ? null : now.response);
  text.value = now.note || "";
  if (now.note) { noteBox.hidden = false; noteButton.setAttribute("aria-expanded", "true"); }
  look();

  const title = h("h3", { class: "cc-title hall-number", id: ids.title, tabindex: "-1" }, `Question ${place + 1} of ${total}`);
  const node = h("div", { class: "hall-item" },
    h("div", { class: "hall-item-head" }, title, flag),
    view.edition_label ? h("p", { class: "hall-edition" }, view.edition_label) : null,
    h("div", { class: view.note_html ? "cc-main cc-with-chart" : "cc-main" }, chart(view.note_html, ids.chart),
      h("div", { class: "cc-work" }, h("form", { class: "cc-form", novalidate: true, onsubmit: (event) => event.preventDefault() }, kind.node),
        asked, h("div", { class: "hall-item-tools" }, noteButton, clear), noteBox)));
  return {
    node, choose, strike, title,
    sure(value) {
      if (!asked) return false;
      put("confidence", value);
      look();
      say(`${SURE[value - 1][1]}.`);
      return true;
    },
    flag: turnFlag,
    focus() { title.focus({ preventScroll: true }); },
    /** Send what was typed last. */
    settle() { if (kind.settle) kind.settle(); typed.flush(); noted.flush(); },
  };
}

function unknown() {
  const node = h("p", {}, "This sort of question cannot be shown in the exam hall. Leave it out; it is no fault of yours.");
  return { node, read: () => null, write() {}, focus() {} };
}
