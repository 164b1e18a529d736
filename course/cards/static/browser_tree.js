import { h, uid } from "./dom.js";
import { glyph } from "./browser_icons.js";

// The contents: the way from the chapters down to the page, its neighbours, and what is below it (the ARIA tree pattern).
// Headings beside the way are left out: the book has 98,000 lines, a page of it has twenty.

const ROOT = { code: "", title: "All chapters", mark: "chapter" };

/** `load(code)` -> Promise of rows; `go(code)` opens a page. Returns {node, draw, focus}. */
export function tree({ load, go }) {
  const node = h("ul", { class: "cb-tree", role: "tree", "aria-label": "Contents" });
  let kids = {};
  let chain = [];
  let here = "";
  let folded = new Set();
  let unfolded = new Set();
  let at = "";

  const isOpen = (row) => row.mark !== "billable" && !folded.has(row.code) && (chain.includes(row.code) || row.code === here || unfolded.has(row.code));

  /** The lines to show: [row, level, place, of]. */
  function lines(row = ROOT, level = 1, place = 1, of = 1) {
    const out = [[row, level, place, of]];
    if (!isOpen(row)) return out;
    const all = kids[row.code] || [];
    const step = chain.indexOf(row.code);
    const next = step >= 0 ? chain[step + 1] : undefined;
    const only = next !== undefined && step < chain.length - 1 && next !== here;
    for (const [n, child] of all.entries()) {
      if (!only || child.code === next) out.push(...lines(child, level + 1, n + 1, all.length));
    }
    return out;
  }

  function item([row, level, place, of]) {
    const current = row.code === here;
    return h("li", {
      class: "cb-leaf", role: "treeitem", id: uid("leaf"), tabindex: row.code === at ? "0" : "-1", "data-code": row.code, "data-mark": row.mark,
      "aria-level": String(level), "aria-posinset": String(place), "aria-setsize": String(of), "aria-selected": String(current),
      "aria-expanded": row.mark === "billable" ? null : String(isOpen(row)), style: `--cb-level:${level}`,
      onclick: () => { at = row.code; go(row.code); },
    },
    glyph(row.code ? row.mark : "tree"),
    h("span", { class: "cb-leaf-text" },
      row.code ? h("span", { class: "cb-code" }, row.mark === "chapter" ? `Chapter ${row.code}` : row.code) : null, row.code ? " " : null,
      h("span", { class: "cb-leaf-title" }, row.title),
      row.mark === "billable" ? h("span", { class: "cc-sr" }, ", billable") : null));
  }

  function redraw(focus) {
    const shown = lines();
    if (!shown.some(([row]) => row.code === at)) at = here;
    if (!shown.some(([row]) => row.code === at)) at = "";
    node.replaceChildren(...shown.map(item));
    if (focus) focusAt();
  }

  function focusAt() {
    const leaf = [...node.children].find((one) => one.dataset.code === at);
    if (leaf) leaf.focus();
  }

  async function unfold(row) {
    folded.delete(row.code);
    unfolded.add(row.code);
    if (!kids[row.code]) kids[row.code] = await load(row.code);
    redraw(node.contains(document.activeElement));
  }

  node.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const shown = lines();
    const n = shown.findIndex(([row]) => row.code === at);
    if (n < 0) return;
    const [row, level] = shown[n];
    const move = (to) => { if (shown[to]) { at = shown[to][0].code; redraw(true); } };
    const act = {
      ArrowDown: () => move(n + 1),
      ArrowUp: () => move(n - 1),
      Home: () => move(0),
      End: () => move(shown.length - 1),
      ArrowRight: () => { if (row.mark !== "billable") { if (isOpen(row)) { if (shown[n + 1] && shown[n + 1][1] > level) move(n + 1); } else unfold(row); } },
      ArrowLeft: () => {
        if (isOpen(row) && row.code && row.mark !== "billable") { folded.add(row.code); unfolded.delete(row.code); redraw(true); return; }
        for (let up = n - 1; up >= 0; up -= 1) if (shown[up][1] < level) { move(up); return; }
      },
      Enter: () => go(row.code),
      " ": () => go(row.code),
    }[event.key];
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    } else if (event.key.length === 1 && /\S/.test(event.key)) {
      const rest = [...shown.slice(n + 1), ...shown.slice(0, n)];
      const next = rest.find(([one]) => one.code.toLowerCase().startsWith(event.key.toLowerCase()));
      if (next) { at = next[0].code; redraw(true); }
    }
  });

  return {
    node,
    /** Show where `page` is. */
    draw(page) {
      const focus = node.contains(document.activeElement);
      kids = { ...kids, ...page.tree };
      if (page.edition !== node.edition) { kids = { ...page.tree }; unfolded = new Set(); }
      node.edition = page.edition;
      if (!focus) unfolded = new Set();
      folded = new Set();
      const way = page.path.map((one) => one.code);
      // What is not in the book has no place in it: then the nearest line that is.
      here = page.is === "page" ? page.code : way.length ? way[way.length - 1] : "";
      chain = ["", ...way, ...(page.is === "page" ? [page.code] : [])];
      at = here;
      redraw(focus);
      const leaf = node.querySelector('[aria-selected="true"]');
      if (leaf) node.scrollTop = Math.max(0, leaf.offsetTop - node.clientHeight / 2);
    },
  };
}
