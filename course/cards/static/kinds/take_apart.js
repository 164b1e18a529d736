import { h, icon, plain, setText, uid } from "../dom.js";
import { message, spread } from "../marks.js";
import { frame, hold, slotFor } from "./frame.js";

// Take a word apart: a button between each two letters cuts; every piece then gets a meaning from a list.

const KEYS = "With keys: the left and right arrows go along the word, Space cuts, and once more joins.";

export function take_apart(view, api) {
  const { node, body } = frame(view, "Click a dotted line to cut the word there");
  const letters = [...view.word];
  const meanings = view.meanings.map((one) => ({ id: one.id, text: plain(one.html) }));
  const cuts = new Set();
  const chosen = new Map(); // "4-9" -> the meaning of the piece of these letters
  let rows = new Map(); // start -> {node, select, slot}
  let locked = false;

  const gaps = letters.slice(1).map((letter, n) => gap(n + 1));
  const how = uid("how");
  const strip = h("div", { class: "cc-cut-word", role: "toolbar", "aria-label": `Places to cut in ${view.word}`, "aria-describedby": how },
    letters.map((letter, n) => h("span", { class: "cc-cut-cell" },
      h("span", { class: "cc-cut-letter", "aria-hidden": "true" }, letter), gaps[n])));
  const said = h("div", { class: "cc-slot cc-said" });
  const none = h("p", { class: "cc-cut-none" }, "No cut yet. Your parts will stand here, each with a list of meanings.");
  const head = h("p", { class: "cc-claim-head", id: uid("parts") }, "Your parts, and what each means");
  const list = h("div", { class: "cc-cut-parts", role: "group", "aria-labelledby": head.id });
  body.append(h("p", { class: "cc-instruction", id: how }, KEYS), strip, said, head, none, list);

  /** Letters named once are enough; where the pair comes twice, their place is told, too. */
  function name(n) {
    const pair = letters[n - 1] + letters[n];
    const twice = letters.filter((_, m) => m && letters[m - 1] + letters[m] === pair).length > 1;
    return `Cut between ${letters[n - 1]} and ${letters[n]}${twice ? `, letters ${n} and ${n + 1}` : ""}`;
  }

  function gap(n) {
    const button = h("button", {
      type: "button", class: "cc-cut", "aria-label": name(n), "aria-pressed": "false", title: "Cut here", tabindex: n === 1 ? "0" : "-1",
      onclick: () => cut(n), onfocus: () => rove(n), onkeydown: (event) => walk(event, n),
    }, h("span", { class: "cc-cut-mark" }));
    return button;
  }

  function rove(n) {
    for (const [m, button] of gaps.entries()) button.tabIndex = m + 1 === n ? 0 : -1;
  }

  function walk(event, n) {
    const to = { ArrowLeft: n - 1, ArrowRight: n + 1, Home: 1, End: gaps.length }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    (gaps[to - 1] || gaps[n - 1]).focus();
  }

  function cut(n) {
    if (locked) return;
    const on = !cuts.has(n);
    if (on) cuts.add(n);
    else cuts.delete(n);
    unmark();
    paint();
    api.say(cuts.size ? `${on ? "Cut" : "Joined"}. Your parts: ${pieces().map((one) => one.text).join(", ")}` : "Joined. The word is whole again.");
    api.changed(`c${n}`);
  }

  function pieces() {
    const edges = [0, ...[...cuts].sort((a, b) => a - b), letters.length];
    return edges.slice(1).map((stop, n) => ({ start: edges[n], stop, text: view.word.slice(edges[n], stop) }));
  }

  const key = (one) => `${one.start}-${one.stop}`;
  /** A vowel alone inside the word joins two parts; it means nothing. */
  const bridge = (one) => one.start > 0 && one.stop < letters.length && /^[aeiou]$/.test(one.text);

  function line(one) {
    const label = uid("part");
    const row = h("div", { class: "cc-pair cc-cut-part" });
    if (bridge(one)) {
      row.append(h("div", { class: "cc-pair-line" }, h("span", { class: "cc-cut-piece", id: label }, one.text),
        h("span", { class: "cc-cut-bridge" }, "combining vowel: it joins, and means nothing itself")));
      return { node: row, select: null, slot: slotFor(row, null) };
    }
    const select = h("select", {
      class: "cc-select", id: uid("sel"),
      onchange: () => { chosen.set(key(one), select.value); api.changed(`p${one.start}`); },
    }, h("option", { value: "" }, "Choose its meaning…"), meanings.map((meaning) => h("option", { value: meaning.id }, meaning.text)));
    select.value = chosen.get(key(one)) || "";
    const slot = slotFor(row, select);
    row.append(h("div", { class: "cc-pair-line" },
      h("label", { class: "cc-cut-piece", id: label, for: select.id }, one.text), select), slot.node);
    return { node: row, select, slot };
  }

  function paint() {
    for (const [n, button] of gaps.entries()) {
      const on = cuts.has(n + 1);
      button.setAttribute("aria-pressed", String(on));
      button.title = on ? "Join again" : "Cut here";
      hold(button, locked);
    }
    const shown = cuts.size ? pieces() : [];
    rows = new Map(shown.map((one) => [one.start, line(one)]));
    list.replaceChildren(...[...rows.values()].map((one) => one.node));
    none.hidden = cuts.size > 0;
    list.hidden = !cuts.size;
    lockRows();
  }

  function lockRows() {
    for (const one of rows.values()) if (one.select) one.select.disabled = locked && document.activeElement !== one.select;
  }

  function unmark() {
    said.replaceChildren();
    for (const button of gaps) {
      delete button.dataset.mark;
      button.removeAttribute("aria-describedby");
      button.firstChild.replaceChildren();
    }
  }

  paint();
  return {
    node,
    read() {
      if (!cuts.size) return null;
      const given = pieces().map((one) => [one, chosen.get(key(one))]).filter(([one, value]) => value && !bridge(one));
      return { cuts: [...cuts].sort((a, b) => a - b), meanings: Object.fromEntries(given.map(([one, value]) => [one.start, value])) };
    },
    write(response) {
      const { cuts: at = [], meanings: given = {} } = response || {};
      cuts.clear();
      chosen.clear();
      for (const n of at) if (n > 0 && n < letters.length) cuts.add(n);
      for (const one of pieces()) if (given[one.start]) chosen.set(key(one), given[one.start]);
      unmark();
      paint();
    },
    lock(on) {
      if (on === locked) return;
      locked = on;
      for (const button of gaps) hold(button, on);
      lockRows();
    },
    /** What is said of a cut stands below the word; what is said of a part, beside it. */
    marks(parts) {
      unmark();
      const rest = [];
      for (const part of parts || []) {
        const button = /^c\d+$/.test(part.target) ? gaps[Number(part.target.slice(1)) - 1] : null;
        if (!button) { rest.push(part); continue; }
        button.dataset.mark = part.mark;
        if (part.mark === "wrong") button.firstChild.replaceChildren(icon(part.mark));
        if (!part.message_html) continue;
        const told = message(part);
        told.id = uid("msg");
        said.append(told);
        button.setAttribute("aria-describedby", told.id);
      }
      return spread(rest, new Map([...rows].map(([start, one]) => [`p${start}`, one.slot])));
    },
    focus() { (gaps.find((button) => button.tabIndex === 0) || gaps[0]).focus(); },
  };
}
