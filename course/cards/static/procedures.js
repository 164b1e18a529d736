import { h, setText, uid } from "./dom.js";
import { glyph } from "./browser_icons.js";
import { search } from "./browser_search.js";
import { phone } from "./browser_talk.js";
import { breadcrumb, drawPage } from "./procedures_page.js";

// CPT, HCPCS Level II and modifiers: three books, one search, one page at a time. Python knows the books; what is here is
// only where the reader is, and the pages already seen.

function procedures(model, el) {
  const view = model.get("view");
  const ids = { title: uid("page"), panel: uid("panel"), left: uid("left") };
  const seen = new Map([[view.page.address, view.page]]);
  let page = view.page;
  let past = [];
  let future = [];
  let turn = 0;

  const root = h("article", { class: "cc-card cb-card cp-card", "aria-label": "Browser of CPT, HCPCS Level II and modifiers" });
  const status = h("div", { class: "cc-sr", role: "status" });
  const alarm = h("div", { class: "cc-trouble cb-trouble", role: "alert" });
  const say = (text) => { status.textContent = ""; status.textContent = text; };
  const line = phone(model, {
    busy(on) { root.toggleAttribute("data-busy", on); root.setAttribute("aria-busy", String(on)); },
    trouble(text) { setText(alarm, text); if (text) alarm.prepend(glyph("warn")); },
    building() {},
  });

  /** Open an address. `focus`: "title" (default) or "stay"; `record`: whether Back leads here again. */
  async function go(address, { focus = "title", record = true } = {}) {
    turn += 1;
    const mine = turn;
    let next = seen.get(address);
    if (next) line.ask("page", { code: address }); // Python remembers where the reader is
    else {
      const answer = await line.ask("page", { code: address });
      if (mine !== turn || !answer.page) return;
      next = answer.page;
      seen.set(address, next);
    }
    if (record && next.address !== page.address) { past.push(page.address); future = []; }
    page = next;
    draw();
    root.dataset.pane = "closed";
    pane.setAttribute("aria-expanded", "false");
    if (focus === "title") {
      body.querySelector(`#${ids.title}`).focus({ preventScroll: true });
      const top = detail.getBoundingClientRect().top;
      if (top < 60 || top > window.innerHeight * 0.7) tools.scrollIntoView({ block: "start" });
    }
    const name = focus === "title" ? "" : `${page.code} ${page.title}.`; // the focused title is read out already
    const more = page.next ? `${page.next.rows.length} to choose from.` : "";
    say([name, page.status ? `${page.status.word}.` : "", page.is === "missing" ? page.lead : "", more].filter(Boolean).join(" "));
  }

  function travel(from, to, button) {
    if (!from.length) return;
    to.push(page.address);
    go(from.pop(), { record: false, focus: button ? "stay" : "title" });
  }
  const back = (button) => travel(past, future, button);
  const forward = (button) => travel(future, past, button);

  const find = search({
    say,
    label: "Search CPT, HCPCS Level II and modifiers",
    hint: "A number, a modifier or an everyday word",
    ask(q) { ask.ask({ q, book: page.book }); },
    open(address) { go(address); },
    cleared() { ask.drop(); searching(false); },
  });
  const ask = line.latest("search", (answer) => {
    if (!answer.results) return;
    find.show(answer.results);
    searching(Boolean(find.text));
  });

  function searching(on) {
    root.toggleAttribute("data-searching", on);
    pane.hidden = !on;
    root.dataset.pane = on ? "open" : "closed";
    pane.setAttribute("aria-expanded", String(on));
  }

  const tool = (name, text, act) => h("button", { type: "button", class: "cb-tool", "aria-label": text, title: text, onclick: act }, glyph(name));
  const backButton = tool("back", "Back", () => back(true));
  const forwardButton = tool("forward", "Forward", () => forward(true));
  const pane = h("button", { type: "button", class: "cb-pane", "aria-expanded": "false", "aria-controls": ids.left, hidden: true, onclick: () => {
    const open = root.dataset.pane !== "open";
    root.dataset.pane = open ? "open" : "closed";
    pane.setAttribute("aria-expanded", String(open));
  } }, glyph("tree"), h("span", {}, "Results"));
  const crumbs = h("div", { class: "cb-crumb-box" });
  const tools = h("div", { class: "cb-tools" }, backButton, forwardButton, crumbs);
  const body = h("div", { class: "cb-body" });
  const detail = h("div", { class: "cb-detail" }, tools, body);
  const left = h("div", { class: "cb-left", id: ids.left }, find.results);
  const edition = h("p", { class: "cb-edition" });
  const api = { go, say, root, id: ids.title };

  const tabs = view.books.map((one, n) => h("button", {
    type: "button", role: "tab", class: "cb-tab", id: uid("tab"), "aria-controls": ids.panel, "data-book": one.book,
    onclick: () => go(one.book, { focus: "stay" }),
    onkeydown: (event) => {
      const to = { ArrowLeft: Math.max(0, n - 1), ArrowRight: Math.min(tabs.length - 1, n + 1), Home: 0, End: tabs.length - 1 }[event.key];
      if (to === undefined || event.altKey) return;
      event.preventDefault();
      tabs[to].focus();
      if (to !== n) go(view.books[to].book, { focus: "stay" });
    },
  }, h("span", {}, one.name)));
  const panel = h("div", { role: "tabpanel", class: "cb-panel", id: ids.panel },
    h("div", { class: "cb-searchbar" }, find.node, pane), h("div", { class: "cb-columns" }, left, detail));

  function off(button, on) {
    if (on) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }

  function draw() {
    root.dataset.place = "leaf";
    for (const [n, tab] of tabs.entries()) {
      const on = view.books[n].book === page.book;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      if (on) panel.setAttribute("aria-labelledby", tab.id);
    }
    off(backButton, !past.length);
    off(forwardButton, !future.length);
    setText(edition, page.edition);
    crumbs.replaceChildren(breadcrumb(page, view.books, api.go));
    body.replaceChildren(...drawPage(page, api));
  }

  root.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    // On a Mac Alt+arrow moves by a word in a field; elsewhere it would make the page itself go back and lose the notebook.
    if (event.target.tagName === "INPUT" && /Mac/.test(navigator.platform)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "ArrowLeft") back(); else forward();
  });

  root.append(
    h("header", { class: "cb-top" }, h("div", { role: "tablist", class: "cb-tabs", "aria-label": "Code set" }, tabs), edition),
    alarm, panel, status);
  root.dataset.pane = "closed";
  draw();
  const kept = model.get("state") || {};
  if (kept.address && kept.address !== page.address) go(kept.address, { focus: "stay", record: false });
  else if (view.results) { find.fill(view.results); searching(true); }
  el.replaceChildren(h("div", { class: "cc-host" }, root));
  return () => line.close();
}

export default { render({ model, el }) { return procedures(model, el); } };
