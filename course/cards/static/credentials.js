import { h, uid } from "./dom.js";

// A table of credentials, made in Python: it scrolls sideways in a box of its own, which the keyboard reaches.

function credentials(model, el) {
  const view = model.get("view");
  const title = uid("title");
  el.replaceChildren(h("div", { class: "cc-host" },
    h("article", { class: "cc-card ce-card", "aria-labelledby": title },
      h("header", { class: "cc-header" },
        h("h3", { class: "cc-title", id: title }, view.title),
        h("p", { class: "cc-objective" }, view.intro)),
      h("div", { class: "cc-main" }, h("div", { class: "ce-table", tabindex: "0", role: "region", "aria-labelledby": title, html: view.html })))));
}

export default { render({ model, el }) { return credentials(model, el); } };
