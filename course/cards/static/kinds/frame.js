import { h, uid } from "../dom.js";
import { figure } from "../chart_figure.js";
import { Slot } from "../marks.js";

// What all kinds share: a fieldset whose legend is the question itself, so that a screen reader names the group by it.

/** Split the stem: its last paragraph (the question) becomes the legend, what comes before stays above the fieldset. */
export function splitStem(html) {
  const box = document.createElement("template");
  box.innerHTML = html || "";
  const last = box.content.lastElementChild;
  if (!last || last.tagName !== "P") return { lead: html || "", ask: "" };
  const ask = last.innerHTML;
  last.remove();
  return { lead: box.innerHTML.trim(), ask };
}

/** {node, body, legend}: lead paragraphs, the plot where there is one, then a fieldset named by the question and the instruction. */
export function frame(view, instruction, lead = true) {
  const stem = splitStem(view.stem_html);
  const describe = stem.lead ? uid("lead") : null;
  const legend = h("legend", { class: "cc-legend" },
    stem.ask ? h("span", { class: "cc-ask", html: stem.ask }) : null,
    h("span", { class: "cc-instruction" }, view.instruction || instruction));
  const body = h("div", { class: "cc-body" });
  const fieldset = h("fieldset", { class: "cc-fieldset", "aria-describedby": describe }, legend, body);
  const before = stem.lead && lead ? h("div", { class: "cc-stem cc-prose", id: describe, html: stem.lead }) : null;
  return { node: h("div", { class: "cc-question" }, before, view.plot ? plot(view.plot) : null, fieldset), fieldset, body, legend };
}

/** The plot of a question; folded where the page shows the same figures just above. */
function plot(chart) {
  if (!chart.folded) return figure(chart);
  return h("details", { class: "ct-data" }, h("summary", {}, `The chart once more: ${chart.title}`), figure(chart));
}

/** A slot for messages under `row`; `control` is described by it. */
export function slotFor(row, control) {
  const slot = new Slot(uid("msg"), row);
  if (control) control.setAttribute("aria-describedby", slot.node.id);
  return slot;
}

/** Keep a radio, a checkbox or a button from acting while it stays focusable and readable. */
export function hold(control, on) {
  if (on) control.setAttribute("aria-disabled", "true");
  else control.removeAttribute("aria-disabled");
}

/** True, and the event stopped, when the control is held. */
export function held(event) {
  if (event.currentTarget.getAttribute("aria-disabled") !== "true") return false;
  event.preventDefault();
  return true;
}
