import { h, suppress } from "./dom.js";
import { figure } from "./chart_figure.js";

// A chart to look at. Nothing is answered, nothing is kept.

function render({ model, el }) {
  const root = h("article", { class: "cc-card ct-card" });
  const draw = () => { root.replaceChildren(figure(model.get("view"))); suppress(root); };
  draw();
  model.on("change:view", draw);
  el.replaceChildren(h("div", { class: "cc-host" }, root));
  return () => model.off("change:view", draw);
}

export default { render };
