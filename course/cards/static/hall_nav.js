import { h, icon, uid } from "./dom.js";
import { act, sign } from "./hall_parts.js";

// The question navigator: numbered buttons in groups of ten. One stop of the Tab key; the arrow keys walk in it. What is
// answered, flagged or open is said in words and drawn as a shape.

const GROUP = 10;

/** "answered, flagged": the state of an item in words. */
export function told(one) {
  return [one.answered ? "answered" : "not answered", one.flag ? "flagged" : ""].filter(Boolean).join(", ");
}

/** "37 of 100 answered, 4 flagged". */
export function progress(items) {
  const flagged = items.filter((one) => one.flag).length;
  return `${items.filter((one) => one.answered).length} of ${items.length} answered${flagged ? `, ${flagged} flagged` : ""}`;
}

/** `go(place)`: the learner asks for a question. */
export function navigator_(total, go) {
  const ids = { box: uid("nav"), how: uid("how") };
  let stop = 0;
  const buttons = Array.from({ length: total }, (_, n) => h("button", {
    type: "button", class: "hall-chip", tabindex: n ? "-1" : "0", onclick: () => go(n), onfocus: () => stopAt(n),
  }));
  const groups = [];
  for (let from = 0; from < total; from += GROUP) {
    const to = Math.min(from + GROUP, total);
    groups.push(h("div", { class: "hall-group", role: "group", "aria-label": `Questions ${from + 1} to ${to}` }, buttons.slice(from, to)));
  }
  const box = h("div", { class: "hall-nav-box", id: ids.box, hidden: true },
    h("p", { class: "hall-legend" },
      h("span", {}, h("span", { class: "hall-key", "data-answered": "" }, icon("saved")), "answered"),
      h("span", {}, h("span", { class: "hall-key" }), "not answered"),
      h("span", {}, h("span", { class: "hall-key" }, sign("flagged")), "flagged"),
      h("span", {}, h("span", { class: "hall-key", "data-current": "" }), "this question")),
    h("p", { class: "cc-sr", id: ids.how }, "The arrow keys walk through the numbers, Enter opens one."),
    h("div", { class: "hall-groups" }, groups));
  const node = h("nav", { class: "hall-nav", "aria-label": "Questions", "aria-describedby": ids.how }, box);
  const button = act([sign("grid"), h("span", {}, "Questions")], () => open(box.hidden), { class: "hall-tool", "aria-expanded": "false", "aria-controls": ids.box });

  function stopAt(n) {
    buttons[stop].tabIndex = -1;
    stop = n;
    buttons[n].tabIndex = 0;
  }

  function open(on) {
    box.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
  }

  node.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = buttons.indexOf(event.target);
    if (at < 0) return;
    const row = Math.max(1, columns());
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + row, ArrowUp: at - row, Home: 0, End: total - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (buttons[to]) buttons[to].focus();
  });

  /** How many numbers stand in a row now. */
  function columns() {
    const { top } = buttons[0].getBoundingClientRect();
    const below = buttons.findIndex((one) => one.getBoundingClientRect().top > top + 4);
    return below < 0 ? total : below;
  }

  return {
    node, button, open,
    get shown() { return !box.hidden; },
    draw(items, place) {
      for (const [n, one] of items.entries()) {
        const chip = buttons[n];
        const look = `${one.answered}|${one.flag}|${n === place}`;
        if (chip.dataset.look === look) continue;
        chip.dataset.look = look;
        chip.toggleAttribute("data-answered", Boolean(one.answered));
        chip.setAttribute("aria-label", `Question ${n + 1}, ${told(one)}`);
        if (n === place) chip.setAttribute("aria-current", "step");
        else chip.removeAttribute("aria-current");
        chip.replaceChildren(h("span", { class: "hall-chip-no" }, String(n + 1)), h("span", { class: "hall-chip-marks" },
          one.answered ? icon("saved") : null, one.flag ? sign("flagged") : null));
      }
      if (place !== null) { stopAt(place); if (!box.hidden) reveal(buttons[place]); }
    },
  };

  function reveal(chip) {
    const list = chip.closest(".hall-groups");
    const up = chip.offsetTop - list.offsetTop;
    if (up < list.scrollTop || up + chip.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = up - list.clientHeight / 2;
  }
}
