import { h, icon } from "./dom.js";

// Panels that only show: the header of a lesson, progress at a glance, a notice. `view.face` says which.

function meter(name, { total, right, tried, words }) {
  const share = (n) => (total ? Math.min(100, (100 * n) / total) : 0);
  return h("div", { class: "cc-meter-row" },
    h("div", { class: "cc-meter-line" }, h("strong", {}, name), h("span", { class: "cc-meter-words" }, words)),
    h("div", {
      class: "cc-meter", role: "meter", "aria-label": name, "aria-valuemin": "0", "aria-valuemax": String(Math.max(total, 1)),
      "aria-valuenow": String(right), "aria-valuetext": words,
    },
    h("span", { class: "cc-meter-fill", style: `width:${share(right)}%` }),
    h("span", { class: "cc-meter-part", style: `width:${share(tried - right)}%` })));
}

const fact = (text, name, warn) => (text
  ? h("p", { class: "cc-fact", "data-warn": warn }, icon(name), h("span", {}, text))
  : null);

function building({ part, message }) {
  const percent = Math.round(100 * part);
  return h("div", { class: "cc-meter-row" },
    h("div", { class: "cc-meter-line" }, h("strong", {}, message), h("span", { class: "cc-meter-words" }, `${percent} %`)),
    h("div", { class: "cc-meter", role: "progressbar", "aria-label": message, "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": String(percent) },
      h("span", { class: "cc-meter-fill", style: `width:${percent}%` })));
}

function lesson(view, state) {
  return [
    state.building ? building(state.building) : null,
    state.meter ? meter(view.title, state.meter) : null,
    h("div", { class: "cc-facts" },
      fact(state.practised, "again"),
      fact(state.edition, "source"),
      fact(state.saving, state.warning ? "warn" : "saved"),
      fact(state.warning, "warn", true)),
  ];
}

function progress(view, state) {
  return [
    h("h3", { class: "cc-title" }, view.title),
    state.numbers ? h("div", { class: "cc-numbers" }, state.numbers.map(([number, text]) =>
      h("p", {}, h("span", { class: "cc-number-big" }, number), text))) : null,
    (state.lessons || []).map((one) => meter(one.title, one)),
    state.next ? h("p", {}, state.next) : null,
    state.again && state.again.length
      ? h("div", {}, h("p", { class: "cc-panel-head" }, "Worth another look"),
        h("ul", { class: "cc-panel-list" }, state.again.map((text) => h("li", {}, text))))
      : null,
    h("div", { class: "cc-facts" }, fact(state.saving, "saved"), fact(state.warning, "warn", true)),
  ];
}

function notice(view) {
  return [
    h("div", { class: "cc-headline" }, icon("warn"), h("p", {}, h("strong", {}, view.title))),
    view.lines.map((text) => h("p", {}, text)),
    view.list && view.list.length ? h("ul", { class: "cc-panel-list" }, view.list.map((text) => h("li", {}, h("code", {}, text)))) : null,
  ];
}

const FACES = { lesson, progress, notice };

export default {
  render({ model, el }) {
    const body = h("div", { class: "cc-panel" });
    const root = h("article", { class: "cc-card" }, body);
    const draw = () => {
      const view = model.get("view");
      root.setAttribute("aria-label", view.title);
      body.replaceChildren(...FACES[view.face](view, model.get("state") || {}).flat().filter(Boolean));
    };
    model.on("change:view", draw);
    model.on("change:state", draw);
    draw();
    el.replaceChildren(h("div", { class: "cc-host" }, root));
    return () => { model.off("change:view", draw); model.off("change:state", draw); };
  },
};
