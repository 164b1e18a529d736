import { h, icon, setText, suppress, uid } from "./dom.js";
import { inWords, picture } from "./picture.js";

// A picture to study: pointing at a part, in the picture or in the list, shows it in both and tells about it. With the
// names hidden none is shown until one points, and then its place only, until one asks. Nothing is graded, nothing is kept.

const WAYS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
const FEW = 7; // parts whose list leaves room beside the picture

function study(model, el) {
  const view = model.get("view");
  const { figure, parts } = view;
  const title = uid("title");
  const alt = uid("alt");
  const drawn = picture(figure, parts, { role: "group", "aria-labelledby": title, "aria-describedby": alt });
  const by = new Map(parts.map((part) => [part.id, part]));
  const shown = new Set(); // parts whose names were asked for while the names are hidden
  let hidden = false;
  let here = parts[0].id; // null: none yet

  const say = h("div", { class: "cc-sr", role: "status" });
  const told = h("div", { class: "dg-told" });
  const items = new Map(parts.map((part) => [part.id, h("button", {
    type: "button", class: "dg-item", "data-id": part.id,
    onfocus: () => turn(part.id, true), onpointerenter: () => turn(part.id), onclick: () => ask(part.id),
  }, h("span", { class: "dg-letter", "aria-hidden": "true" }, part.letter), h("span", { class: "dg-name" }))]));
  const toggle = h("button", { type: "button", class: "cc-button dg-toggle", onclick: () => {
    hidden = !hidden;
    shown.clear();
    here = hidden ? null : here || parts[0].id;
    setText(toggle, hidden ? "Show the names" : "Hide the names");
    paint();
    speak(hidden ? "The names are hidden. Press a part to see its name." : "The names are shown.");
  } }, "Hide the names");

  const open = (part) => !hidden || shown.has(part.id);
  const speak = (text) => { say.textContent = ""; say.textContent = text; };

  function line(head, text) {
    return text ? [h("dt", {}, head), h("dd", {}, text)] : null;
  }

  function tell(part, all) {
    if (!part) return [h("p", {}, "The names are hidden. Think of the name of a part, then press the part, or its letter, to see whether you were right.")];
    if (!all && !open(part)) {
      return [h("div", {}, h("p", { class: "dg-told-name" }, h("span", { class: "dg-letter" }, part.letter), "Which part is it?"),
        h("p", {}, `${part.where[0].toUpperCase()}${part.where.slice(1)}.`), h("p", { class: "dg-quiet" }, "Press it to see its name."))];
    }
    return [h("div", {}, h("p", { class: "dg-told-name" }, h("span", { class: "dg-letter" }, part.letter), part.name),
      h("p", {}, `${part.plain[0].toUpperCase()}${part.plain.slice(1)}.`)),
      h("dl", {}, line("Word parts", part.roots.join(", ")), line("Operations", part.series), line("Diseases", part.chapter))];
  }

  function paint() {
    for (const [id, item] of items) {
      const part = by.get(id);
      const name = open(part) ? part.name : "…";
      setText(item.lastChild, name);
      item.toggleAttribute("data-hidden", !open(part));
      if (open(part)) item.removeAttribute("aria-label");
      else item.setAttribute("aria-label", `${part.letter}: ${part.where}`);
      if (id === here) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
      const group = drawn.groups.get(id);
      group.setAttribute("aria-label", `${part.letter}: ${open(part) ? part.name : part.where}`);
      group.setAttribute("tabindex", id === (here || parts[0].id) ? "0" : "-1");
    }
    told.replaceChildren(...tell(by.get(here)));
    drawn.light(here);
  }

  // As high as the longest of its texts: else the list would move away under the pointer that goes through it.
  let measured = 0;
  new ResizeObserver(() => {
    const width = told.clientWidth;
    if (!width || width === measured) return;
    measured = width;
    told.style.minHeight = "";
    const heights = parts.map((part) => { told.replaceChildren(...tell(part, true)); return told.offsetHeight; });
    told.style.minHeight = `${Math.max(...heights)}px`;
    paint();
  }).observe(told);

  function turn(id, focused) {
    const news = id !== here;
    here = id;
    if (news) paint();
    if (news || focused) speak(told.innerText);
  }

  function ask(id) {
    here = id;
    if (hidden) shown.add(id);
    paint();
    if (hidden) speak(told.innerText);
  }

  for (const [id, group] of drawn.groups) {
    group.setAttribute("role", "button");
    group.addEventListener("focus", () => turn(id, true));
    group.addEventListener("keydown", (event) => {
      const way = WAYS[event.key];
      if (event.key === "Enter" || event.key === " ") ask(id);
      else if (way) drawn.groups.get(parts[(parts.indexOf(by.get(id)) + way + parts.length) % parts.length].id).focus();
      else return;
      event.preventDefault();
    });
  }
  drawn.node.classList.add("dg-live");
  drawn.node.addEventListener("pointerover", (event) => { const id = drawn.at(event.target); if (id) turn(id); });
  drawn.node.addEventListener("click", (event) => { const id = drawn.at(event.target); if (id) ask(id); });

  const which = uid("which");
  const choice = view.atlas ? h("select", { id: which, class: "dg-choice", onchange: () => {
    model.send({ verb: "show", name: choice.value });
  } }, view.atlas.map(([name, text]) => h("option", { value: name, selected: name === view.name }, text))) : null;
  const root = h("article", { class: "cc-card dg-card", "aria-labelledby": title },
    h("header", { class: "cc-header" },
      h("p", { class: "cc-meta" }, h("span", { class: "cc-kind" }, view.atlas ? "Atlas" : "Diagram"), h("span", { class: "cc-meta-gap" }), h("span", {}, "Nothing is saved")),
      h("h3", { class: "cc-title", id: title }, view.title),
      h("p", { class: "cc-objective" }, figure.view)),
    choice ? h("div", { class: "dg-atlas" }, h("label", { for: which }, "Picture"), choice) : null,
    view.trouble ? h("div", { class: "cc-trouble", role: "alert" }, icon("warn"), view.trouble) : null,
    h("p", { class: "cc-sr", id: alt }, figure.alt),
    h("div", { class: "cc-main" }, h("div", { class: "dg-split dg-study", "data-few": parts.length <= FEW ? "" : null },
      h("div", { class: "dg-side dg-picture" }, drawn.frame, inWords(figure, parts.map((part) => `${part.letter}: ${part.where}.`))),
      h("div", { class: "dg-side dg-tools" },
        h("ul", { class: "dg-list", "aria-label": "Parts" }, [...items.values()].map((item) => h("li", {}, item))),
        h("div", { class: "cc-actions" }, toggle)),
      h("div", { class: "dg-about" }, told, say),
      view.source ? h("div", { class: "cc-sources" }, icon("source"), h("p", {}, view.source)) : null)));
  paint();
  suppress(root);
  el.replaceChildren(h("div", { class: "cc-host" }, root));
  return () => choice && choice.focus();
}

// The atlas turns its pages: a new view is a new picture, and the focus stays on the list that was used.
function render({ model, el }) {
  study(model, el);
  const turned = () => study(model, el)?.();
  model.on("change:view", turned);
  return () => model.off("change:view", turned);
}

export default { render };
