import { h, icon, uid } from "./dom.js";
import { calculator } from "./hall_calculator.js";
import { act, sign } from "./hall_parts.js";

// What may lie on the desk: a calculator and the code books. A pane stands beside or below the question, never over it,
// and keeps what is in it while questions come and go. The books are the course's own code browsers, drawn in here.

/** One pane and the button that opens and closes it. */
function pane(name, picture, text, body, opened) {
  const id = uid("pane");
  const head = uid("pane");
  const close = act([icon("remove"), h("span", {}, "Close")], () => open(false), { class: "cc-quiet hall-small", "aria-label": `Close: ${text}` });
  const node = h("section", { class: `hall-pane hall-pane-${name}`, id, "aria-labelledby": head, hidden: true },
    h("div", { class: "hall-pane-head" }, h("h4", { id: head }, text), close), body);
  const button = act([sign(picture), h("span", {}, text)], () => open(node.hidden), { class: "hall-tool", "aria-expanded": "false", "aria-controls": id });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    open(false);
  });

  function open(on) {
    if (node.hidden === !on) return;
    node.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
    opened(on);
    if (!on) button.focus();
  }
  return { node, button, open };
}

/** `ask(verb, more)` talks to Python; `manager`: the widget manager, which draws the books; `books`: [{book, name}] and
 * the words of the exam about books. `changed()` is told when a pane opens or closes; `which()`
 * names the book of the question on screen. */
export function panes({ ask, manager, books, words, aids, changed, which }) {
  const sum = calculator();
  const drawn = new Map(); // book -> node
  const shelf = h("div", { class: "hall-books" });
  const trouble = h("p", { class: "hall-quiet", role: "status" });
  const tabs = books.map((one) => act(one.name, () => turn(one.book), { class: "hall-small hall-book", "aria-pressed": "false" }));

  async function turn(book) {
    for (const [n, one] of books.entries()) tabs[n].setAttribute("aria-pressed", String(one.book === book));
    for (const [name, node] of drawn) node.hidden = name !== book;
    if (drawn.has(book)) return;
    const place = h("div", { class: "hall-book-place" });
    drawn.set(book, place);
    shelf.append(place);
    trouble.textContent = "Opening the book…";
    try {
      const { model } = await ask("book", { book });
      if (!model) throw new Error("no book");
      const view = await manager.create_view(await manager.get_model(model), {});
      place.append(view.el);
      trouble.textContent = "";
    } catch (error) {
      drawn.delete(book);
      place.remove();
      trouble.textContent = "The code book could not be opened. Press its button once more, or run this cell again; your answers stay.";
    }
  }

  const desk = pane("sum", "sum", "Calculator", h("div", {}, sum.node, h("p", { class: "hall-quiet" }, aids)), (on) => { changed(); if (on) sum.focus(); });
  const book = pane("book", "book", "Code books", h("div", {}, h("p", { class: "hall-quiet" }, words), h("div", { class: "hall-book-tabs", role: "group", "aria-label": "Book" }, tabs), trouble, shelf),
    (on) => { changed(); if (on) open(); });
  function open() {
    const n = Math.max(0, books.findIndex((one) => one.book === which()));
    tabs[n].focus();
    turn(books[n].book);
  }

  const all = [desk, ...(books.length ? [book] : [])];
  return {
    buttons: all.map((one) => one.button),
    nodes: all.map((one) => one.node),
    close() { for (const one of all) one.open(false); },
    get open() { return all.some((one) => !one.node.hidden); },
  };
}
