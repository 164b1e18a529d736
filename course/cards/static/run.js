import { h, icon, setText, uid } from "./dom.js";

// What review and practice put around a question card: a place above, Skip or Next below, and screens of their own
// before, between and after the questions. `deck.stage` says which is shown; "item" is the question itself.

/** A button. */
export const button = (text, act, more = {}) =>
  h("button", { type: "button", class: "cc-button", onclick: act, ...more }, text);

/** A labelled drop-down of minutes that keeps any other number it is given. */
export function minutesChoice(now, change) {
  const id = uid("minutes");
  const times = [...new Set([5, 10, 15, 20, 30, 45, 60, now])].sort((a, b) => a - b);
  const select = h("select", { id, class: "cf-select", onchange: () => change(Number(select.value)) },
    times.map((n) => h("option", { value: String(n) }, `${n} minute${n === 1 ? "" : "s"}`)));
  select.value = String(now);
  return h("label", { class: "cf-which", for: id }, h("span", {}, "Time"), select);
}

/**
 * `screens`: stage -> function of the deck that returns {node, first, update}: `first` takes the focus, `update(deck)`
 * brings a screen that stays up to date. `name`: what the whole is called; `lead` and `tools` give buttons for above and
 * below the question; `tools` hears of each deck; without `forward` there is no Next.
 */
export function runFrame(model, name, screens, { lead = () => null, tools = () => ({ nodes: [], update() {} }), forward = true } = {}) {
  let card_ = null;
  let focusAfter = false;
  let key = "";
  let screen = null;

  const send = (verb, more = {}) => {
    focusAfter = true;
    card_.flush();
    return card_.line.send(verb, more);
  };
  const face = h("div", { class: "rn-face" });
  const place = h("p", { class: "cc-place" });
  const why = h("p", { class: "rn-why" });
  const fill = h("div", { class: "cc-meter-fill" });
  const top = h("div", { class: "cc-deck-top rn-top", role: "group", "aria-label": name }, lead(send), place, why,
    forward ? h("div", { class: "cc-meter", "aria-hidden": "true" }, fill) : null);
  const later = h("p", { class: "rn-later", role: "status" });
  const next = button("", () => send("next"));
  const more = tools(send);
  const bottom = h("div", { class: "cc-deck-bottom rn-bottom" }, later, h("div", { class: "rn-buttons" }, more.nodes, forward ? next : null));
  const trouble = h("div", { class: "cc-trouble rn-trouble", role: "alert" });

  function show(deck) {
    const item = deck.stage === "item";
    const going = item || deck.stage === "card";
    top.hidden = !going;
    bottom.hidden = !item || (!forward && !deck.later && !deck.tools);
    if (going) {
      setText(place, deck.place || `${deck.at + 1} of ${deck.total}`);
      setText(why, deck.why || "");
      fill.style.width = `${Math.min(100, 100 * (deck.share === undefined ? deck.at / deck.total : deck.share))}%`;
    }
    if (item) {
      setText(later, deck.later || "");
      more.update(deck);
      next.classList.toggle("cc-primary", Boolean(deck.tried));
      const word = deck.tried ? "Next" : "Skip";
      if (next.dataset.word !== word) {
        next.dataset.word = word;
        next.replaceChildren(word, icon("next"));
      }
    }
    card_.root.setAttribute("aria-label", name);
    const state = model.get("state") || {};
    setText(trouble, item ? "" : state.trouble || "");
    if (trouble.textContent) trouble.prepend(icon("warn"));
  }

  return {
    top,
    bottom,
    bind(drawn) { card_ = drawn; },
    cover() { return model.get("deck").stage === "item" ? null : face; },
    update() {
      const deck = model.get("deck");
      const now = deck.stage === "item" || deck.stage === "card" ? `${deck.stage}/${deck.at}` : deck.stage;
      const turned = now !== key;
      key = now;
      show(deck);
      if (deck.stage === "item") screen = null;
      else if (turned || !screen) {
        screen = screens[deck.stage](deck, send, model);
        face.replaceChildren(screen.node, trouble);
      } else screen.update(deck);
      if (!turned || !focusAfter) return;
      focusAfter = false;
      const first = screen ? screen.first : card_.root.querySelector(".cc-title");
      if (first) first.focus({ preventScroll: true });
      const box = card_.root.getBoundingClientRect();
      if (box.top < 0 || box.top > window.innerHeight / 2) card_.root.scrollIntoView({ block: "start" });
    },
    drawn() {},
  };
}

/** A row of big numbers with words: [[12, "due"], …]. */
export const numbers = (list) => h("div", { class: "cc-numbers" },
  list.map(([number, words]) => h("p", {}, h("span", { class: "cc-number-big" }, String(number)), words)));
