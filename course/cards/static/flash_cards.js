import { h, icon, setText, uid } from "./dom.js";

// A deck of flash cards. What was not known comes back a few cards later; what was known leaves the pile.

const BACK_IN = 4; // cards until one that was not known is asked again

function flashcards(model, el) {
  const view = model.get("view");
  const title = uid("title");
  const front = h("p", { class: "cf-front", id: uid("front") });
  const back = h("p", { class: "cf-back" });
  const more = h("p", { class: "cf-more" });
  const source = h("p", { class: "cf-source" });
  const answer = h("div", { class: "cf-answer", role: "status" });
  const place = h("p", { class: "cc-place", "aria-live": "polite" });
  const fill = h("div", { class: "cc-meter-fill" });
  const turn = h("button", { type: "button", class: "cc-button cc-primary", onclick: () => show(true), "aria-describedby": front.id }, "Show the answer");
  const knew = h("button", { type: "button", class: "cc-button cc-primary", onclick: () => judge(true) }, "I knew it");
  const not = h("button", { type: "button", class: "cc-button", onclick: () => judge(false) }, "Not yet");
  const undo = h("button", { type: "button", class: "cc-button cc-quiet", onclick: () => stepBack() }, "Undo");
  const again = h("button", { type: "button", class: "cc-button cc-primary", onclick: () => start(true) }, icon("again"), "Go through them again");
  const question = h("p", { class: "cf-asks" }, view.asks);
  const which = uid("which");
  const choice = h("select", { id: which, class: "cf-select", onchange: () => start(false) },
    h("option", { value: "" }, `All ${view.cards.length}`),
    view.groups.map((name, n) => h("option", { value: String(n) }, `${name} (${view.cards.filter((card) => card.group === n).length})`)));
  if (view.group) choice.value = String(view.groups.indexOf(view.group));

  let pile = [];
  let all = 0;
  let past = [];

  function show(open, focus = true) {
    const card = view.cards[pile[0]];
    const done = all - pile.length;
    fill.style.width = `${(100 * done) / all}%`;
    setText(place, card ? `${done} of ${all} known` : `All ${all} known. Well done.`);
    front.hidden = question.hidden = !card;
    setText(front, card ? card.front : "");
    const told = card && open ? [back, card.more ? more : null, card.source ? source : null].filter(Boolean) : [];
    if (card) { setText(back, card.back); setText(more, card.more); setText(source, `Source: ${card.source}`); }
    answer.replaceChildren(...told);
    turn.hidden = !card || open;
    knew.hidden = not.hidden = !card || !open;
    again.hidden = Boolean(card);
    undo.hidden = !past.length;
    if (focus) (again.hidden ? (open ? knew : turn) : again).focus();
  }

  function judge(known) {
    past.push([...pile]);
    const [card, ...rest] = pile;
    if (!known) rest.splice(BACK_IN, 0, card);
    pile = rest;
    show(false);
  }

  function stepBack() {
    if (!past.length) return;
    pile = past.pop();
    show(true);
  }

  function start(focus) {
    const group = choice.value;
    pile = view.cards.map((card, n) => n).filter((n) => group === "" || String(view.cards[n].group) === group);
    all = pile.length;
    past = [];
    show(false, focus);
  }

  const root = h("article", { class: "cc-card cf-card", "aria-labelledby": title },
    h("header", { class: "cc-header" },
      h("p", { class: "cc-meta" }, h("span", { class: "cc-kind" }, "Flash cards"), h("span", { class: "cc-meta-gap" }), h("span", {}, "Nothing is saved")),
      h("h3", { class: "cc-title", id: title }, view.title)),
    h("div", { class: "cf-top" },
      view.groups.length > 1 ? h("label", { class: "cf-which", for: which }, h("span", {}, "Cards"), choice) : null,
      place, h("div", { class: "cc-meter", "aria-hidden": "true" }, fill)),
    h("div", { class: "cf-main" }, question, front, answer),
    h("div", { class: "cc-actions cf-actions" }, turn, knew, not, again, undo));
  start(false);
  el.replaceChildren(h("div", { class: "cc-host" }, root));
}

export default { render({ model, el }) { return flashcards(model, el); } };
