import { h, icon, suppress, uid } from "../dom.js";
import { Slot } from "../marks.js";
import { code_entry } from "./code_entry.js";
import { frame, held, hold } from "./frame.js";

// Table look-up: an excerpt of a code book's table. Every cell is a native radio whose label is the code; one tab stop, arrow
// keys move as the eye does: left and right along a row, up and down along a column. Then, where it is asked, the full code.

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export function table_lookup(view, api) {
  const { node, body } = frame(view, "Choose one cell of the table");
  const name = uid("cell");
  const inputs = new Map(); // cell id -> radio
  const grid = []; // rows of radios, null where nothing stands; the offer below the table is a last row of its own
  const heads = new Map(); // "r2" and "c3" -> where a mark goes
  const slot = new Slot(uid("msg"), null);
  const across = view.columns.length;
  let lastColumn = 0; // where the arrow keys left the grid

  function radio(id, label) {
    const input = h("input", {
      type: "radio", name, value: id, "aria-label": label, "aria-describedby": slot.node.id,
      onclick: held, onchange: changed, onkeydown: move,
    });
    inputs.set(id, input);
    return input;
  }

  function changed() { unmark(); api.changed("cell"); }

  function head(id, attrs, ...children) {
    const mark = h("span", { class: "cc-head-mark" });
    heads.set(id, mark);
    return h("th", attrs, ...children, mark);
  }

  function line(row) {
    const cells = row.cells.map((cell, n) => {
      if (!cell) return null;
      return radio(cell.id, `${cell.code}, ${row.path}, ${view.columns[n].label}`);
    });
    const above = row.path.slice(0, row.path.length - row.term.length);
    const title = head(row.id, { scope: "row", class: "cc-row", style: `--cc-level: ${row.level}` },
      row.level ? h("span", { class: "cc-dashes", "aria-hidden": "true" }, "– ".repeat(row.level)) : null,
      above ? h("span", { class: "cc-sr" }, above) : null,
      h("span", { class: "cc-row-term" }, row.term),
      row.nonessential ? h("span", { class: "cc-row-more" }, ` ${row.nonessential}`) : null);
    if (row.see) return h("tr", {}, title, h("td", { class: "cc-see", colspan: across }, h("em", {}, "see"), ` ${row.see}`));
    grid.push(cells);
    return h("tr", {}, title, cells.map((input, n) => h("td", {}, input
      ? h("label", { class: "cc-cell" }, input, h("span", { class: "cc-cell-code" }, row.cells[n].code))
      : h("span", { class: "cc-cell-none" }, "–"))));
  }

  const caption = h("caption", { id: uid("caption") }, h("span", {}, view.caption));
  const table = h("table", { class: "cc-table" }, caption,
    h("thead", {}, h("tr", {}, h("td", { class: "cc-corner" }),
      view.columns.map((column) => head(column.id, { scope: "col" }, h("span", {}, column.label))))),
    h("tbody", {}, view.rows.map(line)));
  // A group, not a region: a page with two tables would have two landmarks of one name.
  const region = h("div", { class: "cc-table-region", role: "group", "aria-labelledby": caption.id }, table);
  body.append(region);
  if (view.outside) {
    const input = radio("outside", view.outside);
    grid.push(Array(across).fill(input));
    body.append(h("label", { class: "cc-outside" }, input, h("span", {}, view.outside)));
  }
  body.append(slot.node);

  const code = view.ask_code
    ? code_entry({ stem_html: "", many: false, instruction: "Verify in the Tabular List: write the full code" }, api)
    : null;
  if (code) body.append(h("div", { class: "cc-verify" }, code.node));

  // Only a table that does not fit scrolls, and only what scrolls is a stop for the Tab key.
  new ResizeObserver(() => {
    const scrolls = region.scrollWidth > region.clientWidth + 1;
    if (scrolls) { region.setAttribute("tabindex", "0"); suppress(region); } else region.removeAttribute("tabindex");
    region.toggleAttribute("data-scrolls", scrolls);
  }).observe(region);

  /** The next radio from `row`, `column` in a direction, past empty cells; null at the edge. */
  function next(row, column, [down, right]) {
    for (let r = row + down, c = column + right; grid[r] && c >= 0 && c < across; r += down, c += right) {
      if (grid[r][c] && grid[r][c] !== grid[row][column]) return grid[r][c];
    }
    return null;
  }

  function move(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const row = grid.findIndex((cells) => cells.includes(event.target));
    const at = event.target.value === "outside" ? lastColumn : grid[row].indexOf(event.target);
    const cells = grid[row].filter(Boolean);
    const to = { Home: cells[0], End: cells[cells.length - 1] }[event.key]
      || (STEPS[event.key] && next(row, at, STEPS[event.key]));
    if (!STEPS[event.key] && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault(); // the browser's own order would run through the rows
    lastColumn = at;
    if (!to || to === event.target) return;
    to.focus();
    show(to);
    if (to.getAttribute("aria-disabled") === "true") return;
    to.checked = true;
    changed();
  }
  /** Scroll a cell out from under the row headers, which stay at the left edge. */
  function show(input) {
    const cell = input.closest("td");
    if (!cell || !region.hasAttribute("data-scrolls")) return;
    const left = cell.parentElement.firstElementChild.getBoundingClientRect().right;
    const box = cell.getBoundingClientRect();
    if (box.left < left) region.scrollLeft -= left - box.left;
  }

  function unmark() {
    for (const mark of heads.values()) { mark.replaceChildren(); delete mark.dataset.mark; }
    for (const input of inputs.values()) delete input.closest("label").dataset.mark;
  }

  const chosen = () => [...inputs].find(([, input]) => input.checked);
  return {
    node,
    read() {
      const [cell] = chosen() || [""];
      const [typed] = (code && code.read()) || [""];
      return cell || typed ? { ...(cell && { cell }), ...(typed && { code: typed }) } : null;
    },
    write(response) {
      const given = response && typeof response === "object" ? response : {};
      for (const [id, input] of inputs) input.checked = id === given.cell;
      if (code) code.write(given.code || null);
      unmark();
    },
    lock(on) {
      for (const input of inputs.values()) hold(input, on);
      if (code) code.lock(on);
    },
    marks(parts) {
      unmark();
      const own = (parts || []).filter((part) => ["row", "column", "cell"].includes(part.target));
      const rest = (parts || []).filter((part) => !own.includes(part));
      const [id, input] = chosen() || ["", null];
      const place = /^(r\d+)(c\d+)$/.exec(id);
      for (const part of own) {
        const at = place && { row: place[1], column: place[2] }[part.target];
        if (!at || !heads.has(at)) continue;
        heads.get(at).replaceChildren(icon(part.mark));
        heads.get(at).dataset.mark = part.mark;
      }
      if (input && own.length) input.closest("label").dataset.mark = own.every((part) => part.mark === "right") ? "right" : "wrong";
      slot.show(own);
      return code ? code.marks(rest) : rest;
    },
    settle() { if (code) code.settle(); },
    focus() { ((chosen() || [])[1] || [...inputs.values()][0]).focus(); },
  };
}
