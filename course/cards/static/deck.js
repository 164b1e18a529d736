import { card } from "./card.js";
import { h, icon, plain } from "./dom.js";

// The checkpoint: a question card with a row of places above it, Back and Next below, and a result at the end.

const WORDS = {
  open: "not answered", first: "right at the first try", later: "right in the end", tried: "not right yet",
};
const ICONS = { first: "right", later: "partly", tried: "wrong" };

function frame(model) {
  let card_ = null;
  let focusAfter = false;

  const go = (to) => {
    focusAfter = true;
    card_.flush();
    card_.line.send("go", { to });
  };
  const button = (text, act, more = {}) => h("button", { type: "button", class: "cc-button", onclick: act, ...more }, text);

  const place = h("p", { class: "cc-place" });
  const list = h("ol", { class: "cc-places" });
  const top = h("nav", { class: "cc-deck-top", "aria-label": "Questions of the checkpoint" }, place, list);
  const back = button([icon("prev"), "Back"], () => go(model.get("deck").at - 1));
  const next = button("", () => go(model.get("deck").at + 1));
  const bottom = h("div", { class: "cc-deck-bottom" }, back, next);

  function places(deck) {
    const total = deck.marks.length;
    if (list.children.length !== total) {
      list.replaceChildren(...deck.marks.map((_, n) => h("li", {}, h("button", { type: "button", class: "cc-chip", onclick: () => go(n) }))));
    }
    for (const [n, item] of [...list.children].entries()) {
      const chip = item.firstChild;
      const mark = deck.marks[n];
      chip.dataset.mark = mark;
      chip.setAttribute("aria-label", `Question ${n + 1}, ${WORDS[mark] || mark}`);
      if (n === deck.at) chip.setAttribute("aria-current", "step");
      else chip.removeAttribute("aria-current");
      chip.replaceChildren(...[String(n + 1), ICONS[mark] ? icon(ICONS[mark]) : null].filter(Boolean));
    }
  }

  function result(summary) {
    const missed = summary.rows.filter((row) => row.again.length);
    const told = summary.open ? `${summary.open} not answered yet. ` : "";
    const lead = summary.first === summary.total
      ? "All right at the first try. There is nothing to look at again."
      : `${told}${summary.later ? `${summary.later} more came right in the end. ` : ""}${missed.length ? "Look at these again:" : ""}`;
    const row = (one) => h("li", { class: "cc-result-row" },
      icon(one.right === one.of ? "right" : one.right ? "partly" : "missing"),
      h("div", {},
        h("p", {}, h("strong", {}, one.objective.charAt(0).toUpperCase() + one.objective.slice(1)), one.of > 1 ? ` ${one.right} of ${one.of}` : null),
        one.again.map((again) => h("p", { class: "cc-result-again" },
          h("button", { type: "button", class: "cc-linklike", onclick: () => go(again.at) }, `Question ${again.at + 1}: ${plain(again.title)}`),
          ` ${WORDS[again.standing]}`))));
    const good = summary.rows.filter((one) => !one.again.length);
    return h("div", { class: "cc-result" },
      h("p", { class: "cc-meta" }, h("span", { class: "cc-kind" }, "Checkpoint"), "Result"),
      h("h3", { class: "cc-title", tabindex: "-1" }, `${summary.first} of ${summary.total} right at the first try`),
      h("p", { class: "cc-result-lead" }, lead),
      missed.length ? h("ul", { class: "cc-result-list", "aria-label": "To look at again" }, missed.map(row)) : null,
      good.length ? h("p", { class: "cc-result-head" }, "You can do this:") : null,
      good.length ? h("ul", { class: "cc-result-list", "aria-label": "Right at the first try" }, good.map(row)) : null,
      h("div", { class: "cc-actions" },
        h("button", { type: "button", class: "cc-button cc-primary", onclick: () => { focusAfter = true; card_.line.send("deal"); } }, icon("again"), "Ten new questions")));
  }

  return {
    top,
    bottom,
    bind(drawn) { card_ = drawn; },
    /** The result instead of a question, or null. */
    cover() { const { summary } = model.get("deck"); return summary ? result(summary) : null; },
    update() {
      const deck = model.get("deck");
      const total = deck.marks.length;
      const last = deck.at >= total;
      places(deck);
      place.textContent = last ? `${deck.title}: result` : `${deck.title}: question ${deck.at + 1} of ${total}`;
      back.toggleAttribute("data-off", deck.at <= 0);
      if (deck.at <= 0) back.setAttribute("aria-disabled", "true"); else back.removeAttribute("aria-disabled");
      next.hidden = last;
      const { verdict } = model.get("state") || {};
      next.classList.toggle("cc-primary", Boolean(verdict && verdict.outcome === "correct"));
      next.replaceChildren(deck.at + 1 >= total ? "See the result" : "Next", icon("next"));
    },
    /** After turning the page the reader starts at its title. */
    drawn() {
      if (!focusAfter) return;
      focusAfter = false;
      const { root } = card_;
      const title = root.querySelector(".cc-title");
      if (title) title.focus({ preventScroll: true });
      const box = root.getBoundingClientRect();
      if (box.top < 0 || box.top > window.innerHeight / 2) root.scrollIntoView({ block: "start" });
    },
  };
}

export default {
  render({ model, el }) {
    const extra = frame(model);
    const drawn = card(model, el, { extra });
    return () => drawn.close();
  },
};
