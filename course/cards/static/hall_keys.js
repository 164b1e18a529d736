import { h } from "./dom.js";

// Keys of an item, while the focus is in the card and not where one types. The native keys (Tab, arrows, Space, Enter) do
// everything, too.


const TYPING = "textarea, select, input:not([type=radio]):not([type=checkbox]), [contenteditable]";

/** Whether a key pressed here belongs to a field. */
export const typing = (node) => Boolean(node.closest && node.closest(TYPING));

/** Calls what belongs to a key event and says whether it did. `item` may be null (the review screen). */
export function press(event, { item, flag, next, back, review, asleep }) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return false;
  if (typing(event.target) || event.target.closest(".hall-pane, .hall-nav")) return false;
  const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const run = () => {
    if (letter === "PageDown") return next();
    if (letter === "PageUp") return back();
    if (asleep()) return false;
    if (letter === "r") return review();
    if (!item) return false;
    if (event.shiftKey) {
      const place = letter >= "a" && letter <= "h" && letter.length === 1 ? letter.charCodeAt(0) - 97 : -1;
      return place >= 0 ? item.strike(place) : false;
    }
    if (letter === "n") return next();
    if (letter === "p") return back();
    if (letter === "f") return flag();
    if (letter in SURE) return item.sure(SURE[letter]);
    if (/^[1-8]$/.test(letter)) return item.choose(Number(letter) - 1);
    const place = letter.length === 1 && letter >= "a" && letter <= "e" ? letter.charCodeAt(0) - 97 : -1;
    return place >= 0 ? item.choose(place) : false;
  };
  const done = run() !== false;
  if (done) event.preventDefault();
  return done;
}

const SURE = { g: 1, u: 2, s: 3 };
const SURENESS = [["G", ", ", "U", ", ", "S"], "you guess, you are unsure, you are sure"];
const ROWS = [
  [["A", "to", "E"], "choose one of the first five options"],
  [["1", "to", "8"], "choose an option by its place: 1 is A"],
  [["Shift", "+", "A", "to", "H"], "strike an option out, or take the line away"],
  [["Esc"], "close what is open: a pane, the numbers, this list"],
  [["F"], "flag the question, or take the flag away"],
  [["N", "or", "Page Down"], "next question"],
  [["P", "or", "Page Up"], "question before"],
  [["R"], "review screen"],
  [["Tab", ", ", "arrows", ", ", "Space", ", ", "Enter"], "all else, as on any page"],
];
const WORDS = ["to", "or", "+", ", "];

/** The list of keys, with the switch for those that are single letters. `changed(on)` is told of it; `confidence`: are
 * the learners asked how sure they are? */
export function keyList(on, changed, confidence) {
  const box = h("input", { type: "checkbox", onchange: () => changed(box.checked) });
  box.checked = on;
  return h("div", { class: "hall-keys" },
    h("p", {}, "These keys work while you are in this card and not in a text field:"),
    h("dl", {}, (confidence ? [...ROWS.slice(0, 3), SURENESS, ...ROWS.slice(3)] : ROWS).map(([keys, words]) => h("div", {},
      h("dt", {}, keys.map((key) => (WORDS.includes(key) ? ` ${key} `.replace(" , ", ", ") : h("kbd", {}, key)))),
      h("dd", {}, words)))),
    h("label", { class: "hall-tick" }, box, h("span", {}, "Use the single letters and digits (switch them off if you speak to your computer)")),
    h("p", { class: "hall-quiet" }, "The letters and digits of options work where a question has options to choose from."));
}
