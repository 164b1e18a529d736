import { h, setText, uid } from "./dom.js";
import { glyph } from "./browser_icons.js";
import { breadcrumb, drawPage } from "./browser_page.js";
import { indexTab } from "./browser_index.js";
import { search } from "./browser_search.js";
import { phone } from "./browser_talk.js";
import { tree } from "./browser_tree.js";

// The code browser: search and contents on the left, one page of the book on the right. Python knows the book; what is
// here is only where the reader is, and the pages already seen.

function browser(model, el) {
  const view = model.get("view");
  const ids = { title: uid("page"), left: uid("left"), years: uid("years") };
  const seen = new Map();
  let page = view.page;
  let edition = page.edition;
  let past = [];
  let future = [];
  let turn = 0;

  const root = h("article", { class: "cc-card cb-card", "aria-label": "ICD-10-CM code browser" });
  const status = h("div", { class: "cc-sr", role: "status" });
  const alarm = h("div", { class: "cc-trouble cb-trouble", role: "alert" });
  const bar = h("span", { class: "cc-meter-fill" });
  const barText = h("p", {});
  const building = h("div", { class: "cb-building", hidden: true }, barText,
    h("div", { class: "cc-meter", role: "progressbar", "aria-label": "Getting the codes ready", "aria-valuemin": "0", "aria-valuemax": "100" }, bar));
  const say = (text) => { status.textContent = ""; status.textContent = text; };

  const line = phone(model, {
    busy(on) { root.toggleAttribute("data-busy", on); root.setAttribute("aria-busy", String(on)); },
    trouble(text) { setText(alarm, text); if (text) alarm.prepend(glyph("warn")); },
    building(part, message) {
      building.hidden = part >= 1;
      bar.style.width = `${Math.round(100 * part)}%`;
      bar.parentNode.setAttribute("aria-valuenow", String(Math.round(100 * part)));
      setText(barText, message);
    },
  });

  // -- going somewhere

  const key = (code, year) => `${year}|${code}`;
  seen.set(key(page.code, page.edition), page);

  /** Open a page. `focus`: "title" (default) or "stay"; `record`: whether Back leads here again. */
  async function go(code, { year = edition, focus = "title", record = true } = {}) {
    turn += 1;
    const mine = turn;
    let next = seen.get(key(code, year));
    if (next) line.ask("page", { code, edition: year }); // Python remembers where the reader is
    else {
      const answer = await line.ask("page", { code, edition: year });
      if (mine !== turn || !answer.page) return;
      next = answer.page;
      seen.set(key(code, year), next);
    }
    if (record && (next.code !== page.code || next.edition !== edition)) {
      past.push([page.code, edition]);
      future = [];
    }
    const changed = next.edition !== edition;
    page = next;
    edition = next.edition;
    if (changed && find.text) ask.ask({ q: find.text, edition });
    draw();
    root.dataset.pane = "closed";
    pane.setAttribute("aria-expanded", "false");
    if (focus === "title") {
      const title = detail.querySelector(`#${ids.title}`);
      title.focus({ preventScroll: true });
      const top = detail.getBoundingClientRect().top;
      if (top < 60 || top > window.innerHeight * 0.7) tools.scrollIntoView({ block: "start" });
    }
    announce(focus);
  }

  function announce(focus) {
    const why = page.finding ? page.finding.headline : page.history && page.history.length ? page.history[0].head : "";
    const what = page.is === "missing" ? why : page.status;
    const picks = page.seventh && page.seventh.ready && !page.seventh.chosen ? "Choose the 7th character." : "";
    const more = page.next ? `${page.next.rows.length} to choose from.` : picks;
    const name = focus === "title" ? "" : `${page.code} ${page.title}.`; // the focused title is read out already
    say([name, what ? `${what}${/[.!?]$/.test(what) ? "" : "."}` : "", more, `FY${edition}.`].filter(Boolean).join(" "));
  }

  function travel(from, to, button) {
    if (!from.length) return;
    to.push([page.code, edition]);
    const [code, year] = from.pop();
    go(code, { year, record: false, focus: button ? "stay" : "title" });
  }
  const back = (button) => travel(past, future, button);
  const forward = (button) => travel(future, past, button);

  // -- the parts

  const find = search({
    say,
    hint: "Search words or a code",
    ask(q) { ask.ask({ q, edition }); },
    open(code) { go(code); },
    cleared() { ask.drop(); searching(false); },
  });
  const ask = line.latest("search", (answer, sent) => {
    if (!answer.results || sent.edition !== edition) return;
    find.show(answer.results);
    searching(Boolean(find.text));
  });
  const contents = tree({
    async load(code) { return (await line.ask("children", { code, edition })).rows || []; },
    go(code) { go(code, { focus: "stay" }); },
  });

  function searching(on) {
    root.toggleAttribute("data-searching", on);
    contents.node.hidden = on;
    if (on) { root.dataset.pane = "open"; pane.setAttribute("aria-expanded", "true"); }
    setText(pane.lastChild, on ? "Results" : "Contents");
  }

  const tool = (name, text, act) => h("button", { type: "button", class: "cb-tool", "aria-label": text, title: text, onclick: act }, glyph(name));
  const backButton = tool("back", "Back", () => back(true));
  const forwardButton = tool("forward", "Forward", () => forward(true));
  const pane = h("button", { type: "button", class: "cb-pane", "aria-expanded": "false", "aria-controls": ids.left, onclick: () => {
    const open = root.dataset.pane !== "open";
    root.dataset.pane = open ? "open" : "closed";
    pane.setAttribute("aria-expanded", String(open));
  } }, glyph("tree"), h("span", {}, "Contents"));
  const crumbs = h("div", { class: "cb-crumb-box" });
  const tools = h("div", { class: "cb-tools" }, backButton, forwardButton, crumbs);
  const body = h("div", { class: "cb-body" });
  const left = h("div", { class: "cb-left", id: ids.left }, find.results, contents.node);
  const detail = h("div", { class: "cb-detail" }, tools, body);

  const years = h("select", { class: "cc-select cb-select", id: ids.years, onchange: () => go(page.code, { year: Number(years.value), focus: "stay" }) },
    view.editions.map((one) => h("option", { value: String(one.edition) }, `${one.label}${one.current ? ", in force" : ""}`)));

  const api = {
    go: (code) => go(code), say, root, kinds: view.kinds, id: ids.title,
    edition(year) { go(page.code, { year }); },
  };

  function off(button, on) {
    if (on) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }

  function draw() {
    root.dataset.place = page.is;
    years.value = String(edition);
    off(backButton, !past.length);
    off(forwardButton, !future.length);
    crumbs.replaceChildren(breadcrumb(page, api.go));
    body.replaceChildren(...drawPage(page, api));
    contents.draw(page);
  }

  // -- tabs

  const tabs = ["Tabular List", "Alphabetic Index"].map((text, n) => h("button", {
    type: "button", role: "tab", class: "cb-tab", id: uid("tab"), "aria-selected": String(n === 0), tabindex: n ? "-1" : "0",
    onclick: () => turnTo(n),
    onkeydown: (event) => {
      const to = { ArrowLeft: 0, Home: 0, ArrowRight: 1, End: 1 }[event.key];
      if (to === undefined || event.altKey) return;
      event.preventDefault();
      turnTo(to);
      tabs[to].focus();
    },
  }, glyph(n ? "source" : "chapter"), h("span", {}, text)));
  const book = h("div", { role: "tabpanel", class: "cb-panel", id: uid("panel"), "aria-labelledby": tabs[0].id },
    h("div", { class: "cb-searchbar" }, find.node, pane), h("div", { class: "cb-columns" }, left, detail));
  const index = indexTab({
    shelf: view.index, say,
    ask: (verb, more) => line.ask(verb, { ...more, edition }),
    open(code) { turnTo(0); go(code); },
    back() { turnTo(0); find.input.focus(); },
  });
  const indexPanel = h("div", { role: "tabpanel", class: "cb-panel", id: uid("panel"), "aria-labelledby": tabs[1].id, hidden: true }, index.node);
  tabs[0].setAttribute("aria-controls", book.id);
  tabs[1].setAttribute("aria-controls", indexPanel.id);

  function turnTo(n) {
    for (const [k, tab] of tabs.entries()) { tab.setAttribute("aria-selected", String(k === n)); tab.tabIndex = k === n ? 0 : -1; }
    book.hidden = n !== 0;
    indexPanel.hidden = n !== 1;
  }

  root.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    // On a Mac Alt+arrow moves by a word in a field; elsewhere it would make the page itself go back and lose the notebook.
    if (event.target.tagName === "INPUT" && event.target.type === "text" && /Mac/.test(navigator.platform)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "ArrowLeft") back(); else forward();
  });

  root.append(
    h("header", { class: "cb-top" }, h("div", { role: "tablist", class: "cb-tabs", "aria-label": "Part of the code book" }, tabs),
      h("div", { class: "cb-edition" }, h("label", { for: ids.years }, "Edition"), years)),
    alarm, building, book, indexPanel, status);
  root.dataset.pane = "closed";
  draw();
  const kept = model.get("state") || {};
  if (kept.edition && (kept.code !== page.code || kept.edition !== edition)) go(kept.code, { year: kept.edition, focus: "stay", record: false });
  else if (view.results) { find.fill(view.results); searching(true); }
  el.replaceChildren(h("div", { class: "cc-host" }, root));
  return () => line.close();
}

export default { render({ model, el }) { return browser(model, el); } };
