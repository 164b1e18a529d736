import { h, icon, setText, uid } from "../dom.js";
import { message } from "../marks.js";
import { frame, held, hold } from "./frame.js";
import { met, spell } from "./spell.js";

// The word builder: parts are pressed in the order of the word, which is spelled out below them as it grows. The tray is
// above the word, so that it never moves away under the pointer.

const HEADS = { prefix: "Prefixes", root: "Roots", vowel: "Combining vowels", suffix: "Suffixes" };
const MOVES = [["prev", "Move left", -1], ["next", "Move right", 1]];

export function word_builder(view, api) {
  const { node, body } = frame(view, "Press the parts in the order of the word");
  let row = []; // one entry for each part of the word: {token, node, buttons}
  let past = []; // the rows before, for Undo
  let locked = false;

  const live = h("p", { class: "cc-word-live" });
  const seam = h("p", { class: "cc-word-seam" }); // why the word is not spelled as its parts are
  const list = h("ol", { class: "cc-word-row", "aria-label": "The parts of your word, in order" });
  const undo = h("button", { type: "button", class: "cc-button cc-quiet", onclick: (event) => { if (!held(event)) back(); } },
    icon("again"), "Undo");
  const clear = h("button", { type: "button", class: "cc-button cc-quiet", onclick: (event) => { if (!held(event)) change([], "Your word is empty again"); } },
    icon("remove"), "Start over");
  const tools = h("div", { class: "cc-word-tools" }, undo, clear);
  const board = h("div", { class: "cc-word-board", role: "group", "aria-label": "Your word" },
    h("span", { class: "cc-claim-head" }, "Your word"), live, seam, list, tools);
  const said = h("div", { class: "cc-slot cc-said" });
  const tray = [];
  body.append(h("div", { class: "cc-word-tray" }, Object.entries(HEADS).map(([sort, title]) => {
    const found = view.tray.filter((one) => one.sort === sort);
    const head = uid("sort");
    return found.length ? h("div", { class: "cc-word-sort" },
      h("p", { class: "cc-claim-head", id: head }, title),
      h("ul", { class: "cc-word-tokens", "aria-labelledby": head }, found.map((one) => h("li", {}, token(one.id))))) : null;
  })), board, said);

  function token(text) {
    const button = h("button", {
      type: "button", class: "cc-token", "data-token": text, onclick: (event) => { if (!held(event)) add(text); },
    }, icon("plus"), h("span", { class: "cc-sr" }, "Add "), h("span", {}, text));
    tray.push(button);
    return button;
  }

  const tokens = () => row.map((one) => one.token);

  /** An entry of the row: the part over its three small buttons. The arrow keys and Delete work on each of them. */
  function entry(text) {
    const one = { token: text, mark: h("span", { class: "cc-piece-mark" }) };
    const keys = (event) => {
      const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (way) { event.preventDefault(); move(one, way); }
      if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); if (!locked) drop(one); }
    };
    const button = (shape, act) => h("button", {
      type: "button", class: "cc-move", onkeydown: keys, onclick: (event) => { if (!held(event)) act(); },
    }, icon(shape));
    one.moves = MOVES.map(([shape, , way]) => button(shape, () => move(one, way)));
    one.out = button("remove", () => drop(one));
    one.node = h("li", { class: "cc-piece" },
      h("span", { class: "cc-piece-text" }, text, one.mark),
      h("span", { class: "cc-moves" }, one.moves[0], one.out, one.moves[1]));
    return one;
  }

  function paint() {
    const word = spell(tokens());
    live.toggleAttribute("data-empty", !word);
    setText(live, word || "Press a part above to begin.");
    setText(seam, met(tokens()));
    seam.hidden = !seam.textContent;
    list.hidden = !row.length;
    tools.hidden = !row.length && !past.length;
    for (const [n, one] of row.entries()) {
      if (list.children[n] !== one.node) list.insertBefore(one.node, list.children[n] || null);
      const place = `${one.token}, part ${n + 1} of ${row.length}`;
      for (const [m, [, label, way]] of MOVES.entries()) {
        one.moves[m].setAttribute("aria-label", `${label}: ${place}`);
        one.moves[m].title = label;
        hold(one.moves[m], locked || n + way < 0 || n + way >= row.length);
      }
      one.out.setAttribute("aria-label", `Take out: ${place}`);
      one.out.title = "Take out";
      hold(one.out, locked);
    }
    while (list.children.length > row.length) list.lastChild.remove();
    hold(undo, locked || !past.length);
    hold(clear, locked || !row.length);
    for (const button of tray) hold(button, locked || row.length >= view.longest);
  }

  function change(next, what) {
    past.push(row);
    row = next;
    paint();
    tell(what);
  }

  function tell(what) {
    const word = spell(tokens());
    const why = met(tokens());
    api.say(word ? `${what}. Your word: ${word}${why && `. ${why}`}` : `${what}.`);
    api.changed("row");
  }

  const add = (text) => change([...row, entry(text)], `Added ${text}`);

  function move(one, way) {
    const to = row.indexOf(one) + way;
    if (locked || to < 0 || to >= row.length) return;
    const next = row.filter((other) => other !== one);
    next.splice(to, 0, one);
    change(next, `${one.token} is now part ${to + 1} of ${row.length}`);
    one.moves[way < 0 ? 0 : 1].focus();
  }

  function drop(one) {
    const at = row.indexOf(one);
    change(row.filter((other) => other !== one), `Took out ${one.token}`);
    const near = row[Math.min(at, row.length - 1)];
    (near ? near.out : tray[0]).focus();
  }

  function back() {
    if (!past.length) return;
    row = past.pop();
    paint();
    tell("Undone");
  }

  function unmark() {
    said.replaceChildren();
    for (const one of row) {
      delete one.node.dataset.mark;
      one.mark.replaceChildren();
      for (const button of [...one.moves, one.out]) button.removeAttribute("aria-describedby");
    }
  }

  paint();
  return {
    node,
    read: () => (row.length ? tokens() : null),
    write(response) {
      const known = new Set(view.tray.map((one) => one.id));
      row = [].concat(response || []).filter((text) => known.has(text)).map(entry);
      past = [];
      list.replaceChildren();
      paint();
    },
    lock(on) { locked = on; paint(); },
    /** What is said of a part stands below the word, in order; the part carries the mark and its buttons are described by it. */
    marks(parts) {
      unmark();
      const left = [];
      for (const part of parts || []) {
        const one = /^n\d+$/.test(part.target) ? row[Number(part.target.slice(1))] : null;
        if (!one) { left.push(part); continue; }
        one.node.dataset.mark = part.mark;
        one.mark.replaceChildren(icon(part.mark));
        if (!part.message_html) continue;
        const told = message(part);
        told.id = uid("msg");
        said.append(told);
        for (const button of [...one.moves, one.out]) button.setAttribute("aria-describedby", told.id);
      }
      return left;
    },
    focus() { tray[0].focus(); },
  };
}
