import { h, uid, setText } from "./dom.js";

// Tables of credentials, made in Python: each scrolls sideways in a box of its own, which the keyboard reaches, and says
// so where there is more to the side.

const WIDER = "The table is wider than the page: scroll it sideways.";

/** A table in its box, with the hint above it while something stands out. */
function scrolled(html, label) {
  const hint = h("p", { class: "ce-hint" });
  const box = h("div", { class: "ce-table", tabindex: "0", role: "region", "aria-label": label, html });
  const look = () => { setText(hint, box.scrollWidth > box.clientWidth + 1 ? WIDER : ""); };
  const watch = new ResizeObserver(look);
  watch.observe(box);
  return [hint, box];
}

function credentials(model, el) {
  const view = model.get("view");
  const title = uid("title");
  const [more, sources] = view.titles;
  const folded = (text, inner) => h("details", { class: "ce-exam" }, h("summary", {}, h("strong", {}, text)), inner);
  el.replaceChildren(h("div", { class: "cc-host" },
    h("article", { class: "cc-card ce-card", "aria-labelledby": title },
      h("header", { class: "cc-header" },
        h("h3", { class: "cc-title", id: title }, view.title),
        h("p", { class: "cc-objective" }, view.intro)),
      h("div", { class: "cc-main ce-facts" },
        scrolled(view.main, view.title),
        folded(more, h("div", {}, scrolled(view.more, more))),
        folded(sources, h("div", { class: "ce-told-by", html: view.sources }))))));
}

export default { render({ model, el }) { return credentials(model, el); } };
