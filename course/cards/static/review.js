import { card } from "./card.js";
import { h, icon, setText, uid } from "./dom.js";
import { button, minutesChoice, numbers, runFrame } from "./run.js";

// Today's review: how much there is, then questions and flash cards in turn, then what comes tomorrow.

const NAME = "Today's review";

const heading = (text) => h("h3", { class: "cc-title", tabindex: "-1" }, text);

function start(deck, send) {
  const title = heading(NAME);
  const body = h("div", { class: "rn-body" });
  const told = h("p", { class: "rn-told", role: "status" });
  const begin = button("Begin", () => send("begin", { minutes: time }), { class: "cc-button cc-primary" });
  const actions = h("div", { class: "cc-actions" }, begin);
  let time = deck.minutes;
  const choice = minutesChoice(deck.minutes, (minutes) => { time = minutes; send("plan", { minutes }); });
  const counts = h("div", {});

  function update(now) {
    time = now.minutes;
    const { due, weak, new: fresh } = now.counts;
    counts.replaceChildren(numbers([[due, "due today"], [weak, "from weak areas"], [fresh, "new"]].filter(([n]) => n)));
    counts.hidden = choice.hidden = actions.hidden = !now.size;
    setText(told, now.size ? now.told : now.empty);
    backlog.hidden = !now.backlog;
    setText(backlog.lastChild, now.backlog || "");
  }

  const backlog = h("p", { class: "cc-fact" }, icon("note"), h("span", {}));
  body.append(counts, told, choice, backlog, actions);
  update(deck);
  return { node: h("div", { class: "cc-panel" }, title, body), first: title, update };
}

/** A flash card: Space turns it, 1 to 4 rate it. */
function flash(deck, send, model) {
  const { card: one, ratings } = deck;
  const skip = button("Skip", () => send("next"), { class: "cc-button cc-quiet" });
  if (!one) {
    const gone = h("p", { class: "cf-asks" }, "This card was taken out of its deck.");
    return { node: h("div", { class: "cf-main" }, gone, skip), first: skip, update() {} };
  }
  const front = h("p", { class: "cf-front", id: uid("front") }, one.front);
  const answer = h("div", { class: "cf-answer", role: "status" });
  const turn = button("Show the answer", () => open(), { class: "cc-button cc-primary", "aria-keyshortcuts": "Space", "aria-describedby": front.id });
  const undo = button("", () => send("undo"), { class: "cc-button cc-quiet" });
  const rates = ratings.map(({ rating, word, when, keys }) => button(
    [h("span", { class: "rn-rate-word" }, h("kbd", { "aria-hidden": "true" }, String(keys[0])), word), h("span", { class: "rn-rate-when" }, when)],
    () => rate(rating), { class: "cc-button rn-rate", "aria-label": `${word}, ${when}`, "aria-keyshortcuts": keys.join(" ") }));
  const best = rates[Math.min(2, rates.length - 1)];
  best.classList.add("cc-primary");
  const stop = button("Stop here", () => send("stop"), { class: "cc-button cc-quiet" });
  const row = h("div", { class: "rn-rates", role: "group", "aria-label": "How well did you know it?" }, rates);
  const asks = h("p", { class: "rn-asks-rate", "aria-hidden": "true" }, "How well did you know it?");
  const keys = h("p", { class: "rn-keys" });
  const turned = () => !row.hidden;

  function open() {
    answer.replaceChildren(...[h("p", { class: "cf-back" }, one.back), one.more ? h("p", { class: "cf-more" }, one.more) : null,
      one.source ? h("p", { class: "cf-source" }, `Source: ${one.source}`) : null].filter(Boolean));
    shown(true);
    best.focus();
  }
  function shown(on) {
    row.hidden = asks.hidden = !on;
    turn.hidden = skip.hidden = on;
    setText(keys, on ? `Keys: ${ratings.length > 2 ? "1 to 4" : "1 or 2"}` : "Key: Space");
  }
  let sent = false;
  function rate(rating) {
    if (sent) return;
    sent = true;
    send("rate", { rating, id: one.id }).then((state) => { if (state && state.trouble) sent = false; });
  }
  function update(now) {
    undo.hidden = !now.undo;
    undo.replaceChildren(icon("prev"), `Undo “${now.undo}”`);
  }

  // A click on the text of the card leaves the keys with the card: they would reach the notebook otherwise.
  const node = h("div", {
    class: "rn-card",
    tabindex: "-1",
    onpointerdown(event) { if (!event.target.closest("button")) node.focus({ preventScroll: true }); },
    onkeydown(event) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
      if (event.key === " " && !turned() && !event.target.closest("button")) { event.preventDefault(); open(); }
      const found = turned() && ratings.find((one_) => one_.keys.map(String).includes(event.key));
      if (found) { event.preventDefault(); rate(found.rating); }
    },
  },
  h("header", { class: "rn-flash-head" }, h("p", { class: "cc-meta" }, h("span", { class: "cc-kind" }, "Flash card"), h("span", {}, one.deck))),
  h("div", { class: "cf-main rn-flash" }, h("p", { class: "cf-asks" }, one.asks), front, answer),
  h("div", { class: "rn-flash-foot" }, asks, row, h("div", { class: "cc-actions rn-turn" }, turn, skip, undo, stop, keys)));
  shown(false);
  update(deck);
  return { node, first: turn, update };
}

function end(deck, send) {
  const title = heading(deck.left ? "Stopped here" : deck.more ? "Done for now" : "Done for today");
  const fact = (name, text) => (text ? h("p", { class: "cc-fact" }, icon(name), h("span", {}, text)) : null);
  const on = deck.left ? button("Go on", () => send("resume"), { class: "cc-button cc-primary" }) : null;
  const more = button(deck.left ? "Plan another review" : deck.more ? "Review some more" : "Look again", () => send("anew"), { class: "cc-button" });
  return {
    node: h("div", { class: "cc-panel" }, title, h("p", {}, deck.done), deck.left ? h("p", {}, deck.left) : null,
      h("div", { class: "cc-facts rn-facts" }, fact("next", deck.tomorrow), fact("right", deck.streak)),
      h("div", { class: "cc-actions" }, on, more, deck.undo ? button([icon("prev"), `Undo “${deck.undo}”`], () => send("undo"), { class: "cc-button cc-quiet" }) : null)),
    first: title,
    update() {},
  };
}

export default {
  render({ model, el }) {
    const tools = (send) => ({ nodes: button("Stop here", () => send("stop"), { class: "cc-button cc-quiet" }), update() {} });
    const drawn = card(model, el, { extra: runFrame(model, NAME, { start, card: flash, end }, { tools }) });
    return () => drawn.close();
  },
};
