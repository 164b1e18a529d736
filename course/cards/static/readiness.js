import { h, icon, setText, uid } from "./dom.js";
import { talk, troubleLine } from "./talk.js";

// How ready one is: words first; each bar repeats what stands beside it in numbers.

const at = (percent) => `${Math.min(100, Math.max(0, percent))}%`;

/** A band from low to high and a mark in the middle, on a line from 0 to 100. */
const band = ({ low, middle, high }, kind) => h("div", { class: `rd-line ${kind}`, "aria-hidden": "true" },
  h("span", { class: "rd-band", style: `left:${at(low)};width:${at(Math.max(high - low, 1))}` }),
  middle === null ? null : h("span", { class: "rd-mark", style: `left:${at(middle)}` }));

const list = (lines) => h("ul", { class: "cc-panel-list" }, lines.map((text) => h("li", {}, text)));

const folded = (title, lines, key) => h("details", { "data-keep": key }, h("summary", {}, title), list(lines));

const section = (title, ...nodes) => h("section", { class: "rd-section" }, h("h4", { class: "rd-head" }, title), nodes);

function chance(state) {
  if (!state.chance) return state.missing.map((text) => h("p", {}, text));
  return [
    h("div", { class: "rd-chance" },
      h("p", { class: "rd-label" }, h("span", {}, "Exams passed"), h("strong", {}, state.chance_words)),
      band(state.chance, "rd-wide"),
      h("p", { class: "rd-scale", "aria-hidden": "true" }, [0, 2, 4, 6, 8, 10].map((n) => h("span", {}, String(n))))),
    h("p", {}, state.range),
    h("p", {}, state.expected),
  ];
}

function best(rows) {
  if (!rows.length) return null;
  return section("What would raise it most", h("ol", { class: "rd-best" }, rows.map(({ name, words, lessons }) => h("li", {},
    h("strong", {}, name), `: ${words}.`,
    lessons.length ? h("span", { class: "rd-lessons" }, `Lessons: ${lessons.map((one) => `${one.number} ${one.title}`).join("; ")}`) : null))));
}

const domain = ({ name, words, ends, about }) => h("li", { class: "rd-domain" },
  h("p", { class: "rd-label" }, h("span", { class: "rd-name" }, name), words ? h("span", { class: "rd-words" }, words) : null),
  ends ? band(ends, "") : null,
  h("p", { class: "rd-about" }, about));

function draw(view, state) {
  return [
    chance(state),
    state.counted ? h("p", { class: "rd-about" }, state.counted) : null,
    best(state.best),
    section(state.enough ? "Questions right, by domain" : "Answers so far, by domain",
      state.enough
        ? h("p", {}, "The mark is the best guess. The true share lies within the bar in 9 of 10 cases: the shorter the bar, the more is known.")
        : null,
      h("ul", { class: "rd-domains" }, state.domains.map(domain))),
    h("div", { class: "rd-folds" },
      folded("What this rests on", view.rests, "rests"),
      folded("What it cannot know", view.cannot, "cannot")),
    state.warning ? h("p", { class: "cc-fact", "data-warn": true }, icon("warn"), h("span", {}, state.warning)) : null,
  ].flat().filter(Boolean);
}

export default {
  render({ model, el }) {
    const view = model.get("view");
    const title = uid("title");
    const which = uid("exam");
    const trouble = troubleLine();
    const headline = h("p", { class: "rd-headline", role: "status" });
    const body = h("div", { class: "rd-body" });
    const root = h("article", { class: "cc-card rd-card", "aria-labelledby": title });
    const line = talk(model, {
      busy(on) { root.toggleAttribute("data-busy", on); },
      trouble(text) { setText(trouble, text); },
    });
    const choice = h("select", { id: which, class: "cf-select", onchange: () => line.send("exam", { exam: choice.value }) },
      view.exams.map(([name, text]) => h("option", { value: name }, text)));
    const again = h("button", { type: "button", class: "cc-button cc-quiet", onclick: () => line.send("exam", { exam: choice.value }) },
      icon("again"), "Bring up to date");
    root.append(h("div", { class: "cc-panel" },
      h("h3", { class: "cc-title", id: title }, view.title),
      h("p", {}, view.intro),
      h("div", { class: "rd-choose" }, h("label", { class: "cf-which", for: which }, h("span", {}, "Exam"), choice), again),
      headline, trouble, body));

    function show() {
      const state = model.get("state") || {};
      setText(trouble, state.trouble || "");
      if (!state.exam) return;
      choice.value = state.exam;
      setText(headline, state.headline);
      const open = [...body.querySelectorAll("details[open]")].map((node) => node.dataset.keep);
      body.replaceChildren(...draw(view, state));
      for (const node of body.querySelectorAll("details")) node.open = open.includes(node.dataset.keep);
    }
    model.on("change:state", show);
    show();
    el.replaceChildren(h("div", { class: "cc-host" }, root));
    return () => { line.close(); model.off("change:state", show); };
  },
};
