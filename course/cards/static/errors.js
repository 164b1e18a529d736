import { card } from "./card.js";
import { h, icon, setText, uid } from "./dom.js";
import { button, runFrame } from "./run.js";

// The error log: a list to filter, and each of its exercises in the same card.

const NAME = "Your error log";
const SHOWN = 10; // rows at first, and with each "more"

function choice(name, options, value, change) {
  const id = uid("filter");
  const select = h("select", { id, class: "cf-select", onchange: () => change(select.value) },
    options.map(([key, words]) => h("option", { value: key }, words)));
  select.value = value;
  if (select.value !== value) { select.value = ""; change("", true); }
  return h("label", { class: "er-filter", for: id }, h("span", {}, name), select);
}

const PASSES = {
  state: (row, value) => value === "all" || (value === "mended") === row.mended,
  lesson: (row, value) => !value || row.lesson === value,
  domain: (row, value) => !value || row.domains.includes(value),
  kind: (row, value) => !value || row.kind === value,
};

/** `kept`: the filters and how much is shown; they live as long as the card is on the page. */
function list(kept) {
  return (first, send) => {
    let deck = first;
    const title = h("h3", { class: "cc-title", tabindex: "-1" }, NAME);
    const fill = h("span", { class: "cc-meter-fill" });
    const told = h("p", { class: "cc-meter-words" });
    const meter = h("div", { class: "cc-meter-row" }, told, h("div", { class: "cc-meter", "aria-hidden": "true" }, fill));
    const filters = h("div", { class: "er-filters", role: "group", "aria-label": "Show" });
    const count = h("p", { class: "er-count", role: "status" });
    const rows = h("ul", { class: "er-rows", "aria-label": "Exercises that were missed" });
    const counted = h("p", { class: "er-facts" });
    const again = button([icon("again"), "Bring up to date"], () => send("list"), { class: "cc-button cc-quiet" });
    const more = button("", () => { const from = rows.children.length; kept.shown += SHOWN; draw(); rows.children[from].querySelector("button").focus(); });

    function change(name) {
      return (value, quiet) => { kept[name] = value; kept.shown = SHOWN; if (!quiet) draw(); };
    }
    const sorted = (values) => [...new Set(values)].filter(Boolean).sort().map((one) => [one, one]);
    function drawFilters() {
      filters.replaceChildren(
        choice("Show", [["still", "Still to mend"], ["mended", "Mended"], ["all", "All"]], kept.state, change("state")),
        choice("Lesson", [["", "All lessons"], ...Object.entries(deck.lessons).map(([key, words]) => [key, `${key} ${words}`])], kept.lesson, change("lesson")),
        choice("Exam domain", [["", "All domains"], ...sorted(deck.rows.flatMap((row) => row.domains))], kept.domain, change("domain")),
        choice("Kind", [["", "All kinds"], ...sorted(deck.rows.map((row) => row.kind))], kept.kind, change("kind")));
    }

    function line(row) {
      const id = uid("row");
      const facts = h("p", { class: "er-facts" }, `Lesson ${row.lesson}`, ` · ${row.kind}`, ` · ${row.times}`);
      const again = button("Do it again", () => send("open", { id: row.id }), { "data-row": row.id, "aria-describedby": id });
      const fresh = button("A fresh one like it", () => send("fresh", { id: row.id }), { class: "cc-button cc-quiet", "aria-describedby": id });
      const back = row.card ? h("details", { class: "er-card" }, h("summary", { "aria-describedby": id }, `Show the answer (${row.card.deck})`),
        h("p", {}, row.card.back), row.card.more ? h("p", { class: "er-facts" }, row.card.more) : null,
        h("p", { class: "er-facts" }, "It comes again in the review.")) : null;
      return h("li", { class: "er-row", "data-mended": row.mended },
        icon(row.mended ? "right" : "again"),
        h("div", { class: "er-words" },
          h("p", { id }, h("strong", {}, row.title), row.mended ? h("span", { class: "er-mended" }, "Mended") : null),
          row.objective ? h("p", {}, row.objective.charAt(0).toUpperCase() + row.objective.slice(1)) : null, facts, row.practices ? h("p", { class: "er-facts" }, `Fresh ones practice this: ${row.practices}`) : null, back),
        h("div", { class: "er-do" }, row.card ? null : again, row.fresh ? fresh : null));
    }

    function draw() {
      const found = deck.rows.filter((row) => Object.entries(PASSES).every(([name, passes]) => passes(row, kept[name])));
      const here = found.slice(0, kept.shown);
      rows.replaceChildren(...here.map(line));
      const left = found.length - here.length;
      more.hidden = !left;
      setText(more, `Show ${Math.min(SHOWN, left)} more`);
      const none = deck.rows.length ? (kept.state === "still" && !kept.lesson && !kept.domain && !kept.kind
        ? "Everything here is mended." : "Nothing fits these filters.") : "Nothing was missed so far. What is not right at the first try comes here.";
      setText(count, found.length ? `${here.length} of ${found.length} shown, the latest first.` : none);
      filters.hidden = meter.hidden = !deck.rows.length;
      setText(told, deck.told);
      setText(counted, deck.counted || "");
      fill.style.width = `${(100 * deck.rows.filter((row) => row.mended).length) / Math.max(1, deck.rows.length)}%`;
    }
    function update(next) { deck = next; drawFilters(); draw(); }
    update(first);
    const back = kept.opened && [...rows.querySelectorAll("[data-row]")].find((node) => node.dataset.row === kept.opened);
    kept.opened = "";
    return { node: h("div", { class: "cc-panel" }, title, meter, filters, count, rows, h("div", { class: "cc-actions" }, more, again), counted), first: back || title, update };
  };
}

export default {
  render({ model, el }) {
    const kept = { state: "still", lesson: "", domain: "", kind: "", shown: SHOWN, opened: "" };
    const lead = (send) => button([icon("prev"), "Back to the list"], () => { kept.opened = model.get("deck").opened; send("list"); },
      { class: "cc-button cc-quiet er-back" });
    const tools = (send) => {
      const fresh = button([icon("again"), "A fresh one like it"], () => send("fresh"));
      return { nodes: fresh, update(deck) { fresh.hidden = !deck.tools; } };
    };
    const drawn = card(model, el, { extra: runFrame(model, NAME, { list: list(kept) }, { lead, tools, forward: false }) });
    return () => drawn.close();
  },
};
