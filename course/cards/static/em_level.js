import { h, icon, uid } from "./dom.js";
import { leveler } from "./kinds/em_leveler.js";

// The E/M leveler as a tool: a category to choose, boxes to tick, the table. All of it is computed here; nothing is graded.

function tool(model, el) {
  const view = model.get("view");
  const title = uid("title");
  const say = h("div", { class: "cc-sr", role: "status" });
  const place = h("div", {});
  let board = null;

  const category = h("select", { class: "cc-select", id: uid("cat"), onchange: () => { draw(values()); keep(); } },
    view.categories.map((one) => h("option", { value: one.id }, one.label)));
  const values = () => ({ category: category.value, ...board.read() });

  function keep() {
    model.set("state", values());
    model.save_changes();
  }

  function draw(given) {
    category.value = given.category || view.example.category;
    const chosen = view.categories.find((one) => one.id === category.value);
    board = leveler({ ...view.shared, codes: chosen.codes, timed: chosen.timed },
      { changed: keep, say(text) { say.textContent = ""; say.textContent = text; } });
    board.write(given);
    place.replaceChildren(board.node);
  }

  const put = (given) => { draw(given); keep(); category.focus(); };
  const clear = h("button", { type: "button", class: "cc-button", onclick: () => put({ category: category.value }) }, "Clear");
  const example = h("button", { type: "button", class: "cc-button cc-quiet", onclick: () => put(view.example) }, "Show the example");
  const root = h("article", { class: "cc-card cc-em-tool", "aria-labelledby": title },
    h("header", { class: "cc-header" },
      h("p", { class: "cc-meta" }, h("span", { class: "cc-kind" }, "Calculator"), h("span", { class: "cc-meta-gap" }), h("span", {}, "Nothing is saved")),
      h("h3", { class: "cc-title", id: title }, view.title),
      h("p", { class: "cc-objective" }, view.intro)),
    h("div", { class: "cc-main" }, h("div", { class: "cc-work" },
      h("div", { class: "cc-em-choice" }, h("label", { for: category.id }, "Category"), category), place,
      h("div", { class: "cc-actions" }, clear, example), say,
      h("div", { class: "cc-sources" }, icon("source"), h("p", {}, `Rule: ${view.source}`)))));

  const kept = model.get("state") || {};
  draw(kept.category ? kept : view.example);
  el.replaceChildren(h("div", { class: "cc-host" }, root));
}

export default { render({ model, el }) { return tool(model, el); } };
