import { h, icon, setText, suppress } from "./dom.js";
import { figure } from "./chart_figure.js";

// Two parts of an explorer: its head, and the answer under its drop-downs. The drop-downs are widgets of their own.

/** Once the explorer stands on the page: one group with the name of its heading, and drop-downs whose keys are theirs
 * alone (JupyterLab's x would cut the cell), whether or not the settings of the course are installed. */
function around(el, title) {
  requestAnimationFrame(() => {
    const whole = el.closest(".course-explorer");
    if (!whole) return;
    whole.setAttribute("role", "group");
    whole.setAttribute("aria-label", title);
    whole.addEventListener("focusin", (event) => suppress(event.target));
  });
}

/** A picture wider than the page scrolls in its own frame; then that frame can be reached by keys. */
function reachable(picture, title) {
  const look = new ResizeObserver(() => {
    const scrolls = picture.scrollWidth > picture.clientWidth + 1;
    for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", title]]) {
      if (scrolls) picture.setAttribute(name, value);
      else picture.removeAttribute(name);
    }
  });
  look.observe(picture);
  return () => look.disconnect();
}

function head(model, el) {
  const { title, intro } = model.get("view");
  el.replaceChildren(h("div", { class: "cc-host" }, h("div", { class: "cc-card xp-head" },
    h("h3", { class: "cc-title" }, title),
    h("p", { class: "cc-objective" }, intro))));
  around(el, title);
  return () => {};
}

function answer(model, el) {
  const told = h("p", { class: "xp-told" });
  const sentence = h("p", { class: "xp-sentence" });
  const status = h("div", { class: "xp-status", role: "status" }, told, sentence);
  const alarm = h("div", { class: "cc-trouble", role: "alert" });
  const chart = h("div", { class: "xp-chart" });
  const lines = h("code", {});
  const code = h("details", { class: "xp-code" },
    h("summary", {}, "The pandas that gives this figure"),
    h("pre", {}, lines));
  const root = h("article", { class: "cc-card xp-card", "aria-label": "Answer" }, status, alarm, chart, code);

  let leave = () => {};
  function draw() {
    const view = model.get("view");
    setText(alarm, view.trouble);
    if (view.trouble) alarm.prepend(icon("warn"));
    const moved = (view.told || []).join(" ");
    told.hidden = !moved;
    if (told.textContent !== moved) told.replaceChildren(...(moved ? [icon("note"), h("span", {}, moved)] : []));
    setText(sentence, view.sentence);
    setText(lines, view.code);
    const open = Boolean(chart.querySelector("details[open]"));
    const next = figure(view.chart);
    next.querySelector(".ct-title").after(h("p", { class: "xp-about" }, view.about));
    const scroll = next.querySelector(".ct-scroll");
    if (scroll) scroll.setAttribute("role", "group"); // two explorers on a page would be two landmarks of one name
    if (open) next.querySelector("details").open = true;
    chart.replaceChildren(suppress(next));
    leave();
    leave = reachable(next.querySelector(".ct-picture"), view.chart.title);
  }

  draw();
  model.on("change:view", draw);
  el.replaceChildren(h("div", { class: "cc-host" }, root));
  return () => { leave(); model.off("change:view", draw); };
}

export default {
  render({ model, el }) {
    return (model.get("view").face === "head" ? head : answer)(model, el);
  },
};
