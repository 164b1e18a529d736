import { h, icon, setText, uid } from "../dom.js";
import { message } from "../marks.js";
import { hold } from "./frame.js";

// A text whose words are marked: each word is a checkbox; the text is one stop of the Tab key, and arrows walk in it.

export const KEYS = "Keys: the arrows move, Space marks, Shift with an arrow marks several.";

/** `text`: {words, gaps}, the text cut up; `labelledby` and `describedby`: ids of what names it and says how. */
export function marking(text, api, { labelledby, describedby }) {
  let marked = new Set();
  let judged = new Map(); // word -> {mark, id}: what the last check said of it, and where that stands
  let undo = null; // the marks that "Clear marks" took away
  let here = 0; // the word that has the tab stop
  let stretch = null; // {from, base}: while Shift is held
  let drag = null; // {pointer, from, base, on, last}: while a button or a finger is down
  let locked = false;

  const words = text.words.map((word, n) => h("span", {
    class: "cc-word", role: "checkbox", tabindex: "-1", "data-word": String(n), "aria-checked": "false",
  }, word));
  const gaps = text.gaps.map((gap) => h("span", { class: "cc-gap" }, gap));
  const paper = h("div", {
    class: "cc-chart-text cc-marking", role: "group", "aria-labelledby": labelledby, "aria-describedby": describedby,
    onkeydown: (event) => key(event),
    onclick: (event) => { if (event.detail === 0 && wordOf(event.target) >= 0) toggle(wordOf(event.target)); },
    onfocusin: (event) => { if (wordOf(event.target) >= 0) stop(wordOf(event.target)); },
    onpointerdown: (event) => press(event),
    onpointermove: (event) => { if (drag && event.pointerId === drag.pointer) pull(nearest(event)); },
    onpointerup: (event) => release(event),
    onpointercancel: () => { if (drag) { marked = drag.base; drag = null; paint(); } },
  }, gaps[0], words.map((word, n) => [word, gaps[n + 1]]));
  const count = h("span", { class: "cc-marked" });
  const clear = h("button", { type: "button", class: "cc-button cc-quiet cc-clear", onclick: () => {
    [marked, undo] = undo ? [undo, null] : [new Set(), marked];
    paint();
    api.say(marked.size ? `The marks are back: ${counted()}.` : "All marks are cleared. The button brings them back.");
    api.changed(null);
  } }, icon("again"), h("span", {}));

  const wordOf = (target) => words.indexOf(target.closest ? target.closest(".cc-word") : null);
  const counted = () => `${marked.size || "No"} ${marked.size === 1 ? "word" : "words"} marked`;

  function stop(n) {
    words[here].tabIndex = -1;
    here = n;
    words[here].tabIndex = 0;
  }

  /** What the last check said of each marked word. A small word between two of one phrase goes with them. */
  function spoken() {
    const seen = new Map();
    let before = null;
    let between = [];
    for (let n = 0; n < words.length; n += 1) {
      if (!marked.has(n)) { [before, between] = [null, []]; continue; }
      const now = judged.get(n);
      if (!now) { between.push(n); continue; }
      if (before === now) for (const m of between) seen.set(m, now);
      seen.set(n, now);
      [before, between] = [now, []];
    }
    return seen;
  }

  function paint() {
    const verdicts = spoken();
    for (const [n, word] of words.entries()) {
      const on = marked.has(n);
      const seen = verdicts.get(n);
      word.setAttribute("aria-checked", String(on));
      gaps[n + 1].toggleAttribute("data-on", on && marked.has(n + 1) && !text.gaps[n + 1].includes("\n"));
      word.querySelector(".cc-icon")?.remove();
      if (!seen) { delete word.dataset.mark; word.removeAttribute("aria-describedby"); continue; }
      word.dataset.mark = seen.mark;
      word.setAttribute("aria-describedby", seen.id);
      if (verdicts.get(n + 1) !== seen) word.append(icon(seen.mark)); // once for each run of words
    }
    setText(count, counted());
    setText(clear.lastChild, undo ? "Undo clear" : "Clear marks");
    clear.hidden = locked || !(undo || marked.size);
  }

  function put(next) {
    marked = next;
    undo = null;
    paint();
    api.changed(null);
  }

  function toggle(n) {
    if (locked) return;
    const next = new Set(marked);
    if (!next.delete(n)) next.add(n);
    put(next);
  }

  /** `base` with all words between two set or taken away. */
  function range(base, from, to, on) {
    const next = new Set(base);
    for (let n = Math.min(from, to); n <= Math.max(from, to); n += 1) {
      if (on) next.add(n);
      else next.delete(n);
    }
    return next;
  }

  /** The word under a pointer, or the nearest one: the line counts more than the place in it. */
  function nearest({ clientX: x, clientY: y }) {
    const hit = wordOf(paper.ownerDocument.elementFromPoint(x, y) || paper);
    if (hit >= 0) return hit;
    let best = [Infinity, 0];
    for (const [n, word] of words.entries()) {
      for (const box of word.getClientRects()) {
        const far = 20 * Math.max(box.top - y, y - box.bottom, 0) + Math.max(box.left - x, x - box.right, 0);
        if (far < best[0]) best = [far, n];
      }
    }
    return best[1];
  }

  function press(event) {
    if (event.button || !event.isPrimary) return;
    const hit = wordOf(event.target);
    const from = hit >= 0 ? hit : nearest(event);
    if (event.pointerType === "mouse") event.preventDefault(); // no selection of text
    words[from].focus({ preventScroll: true });
    if (locked) return;
    stretch = null;
    drag = { pointer: event.pointerId, from, base: marked, on: !marked.has(from), last: hit >= 0 ? null : from };
    try { paper.setPointerCapture(event.pointerId); } catch { /* a pointer that is gone */ }
    if (event.pointerType === "mouse" && hit >= 0) pull(from); // a finger may be about to scroll
  }

  function pull(n) {
    if (n === drag.last) return;
    drag.last = n;
    marked = range(drag.base, drag.from, n, drag.on);
    paint();
  }

  function release(event) {
    if (!drag || event.pointerId !== drag.pointer) return;
    if (drag.last === null) pull(drag.from);
    const { base, from, last } = drag;
    drag = null;
    if (marked === base) return;
    if (last !== from) api.say(`${counted()}.`);
    stop(last);
    put(marked);
  }

  /** The word above or below, as near as can be. */
  function vertical(n, way) {
    const box = words[n].getClientRects()[0];
    const middle = (box.left + box.right) / 2;
    let best = n;
    let line = null;
    for (let m = n + way; words[m]; m += way) {
      const other = words[m].getClientRects()[0];
      if (Math.abs(other.top - box.top) < box.height / 2) continue;
      if (line === null) line = other.top;
      if (Math.abs(other.top - line) >= box.height / 2) break;
      const far = (one) => Math.abs((one.left + one.right) / 2 - middle);
      if (best === n || far(other) < far(words[best].getClientRects()[0])) best = m;
    }
    return best;
  }

  /** The first or last word of the line on screen. */
  function edge(n, way) {
    const { top, height } = words[n].getClientRects()[0];
    let m = n;
    while (words[m + way] && Math.abs(words[m + way].getClientRects()[0].top - top) < height / 2) m += way;
    return m;
  }

  function key(event) {
    const n = wordOf(event.target);
    if (n < 0 || event.altKey || event.metaKey || event.key === "Shift") return;
    const far = event.ctrlKey;
    const last = words.length - 1;
    const to = {
      ArrowRight: () => Math.min(n + 1, last), ArrowLeft: () => Math.max(n - 1, 0),
      ArrowDown: () => vertical(n, 1), ArrowUp: () => vertical(n, -1),
      Home: () => (far ? 0 : edge(n, -1)), End: () => (far ? last : edge(n, 1)),
    }[event.key];
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      toggle(n);
    } else if (to) {
      event.preventDefault();
      const next = to();
      if (event.shiftKey && !locked) {
        stretch = stretch || { from: n, base: marked };
        put(range(stretch.base, stretch.from, next, true));
        api.say(`${counted()}.`);
      }
      words[next].focus();
      if (event.shiftKey) return;
    }
    stretch = null;
  }

  stop(0);
  paint();
  return {
    paper,
    tally: h("div", { class: "cc-marked-line" }, count, clear),
    read: () => [...marked].sort((a, b) => a - b),
    write(numbers) {
      marked = new Set([].concat(numbers || []).filter((n) => Number.isInteger(n) && words[n]));
      undo = stretch = drag = null;
      if (!marked.size) stop(0);
      paint();
    },
    lock(on) {
      locked = on;
      for (const word of words) hold(word, on);
      paint();
    },
    /** Take the parts that are about words; {rows, left}: their messages, and the parts that are about something else. */
    judge(parts) {
      judged = new Map();
      const left = [];
      const rows = [];
      for (const part of parts || []) {
        const numbers = [...(part.target || "").matchAll(/\bw(\d+)\b/g)].map((found) => Number(found[1]));
        if (!numbers.length) { left.push(part); continue; }
        const row = message(part);
        row.id = uid("msg");
        rows.push(row);
        const seen = { mark: part.mark, id: row.id };
        for (const n of numbers) judged.set(n, seen);
      }
      paint();
      return { rows, left };
    },
    focus() { words[here].focus(); },
  };
}
