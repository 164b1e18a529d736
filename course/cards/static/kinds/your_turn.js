import { h, icon, uid } from "../dom.js";
import { frame } from "./frame.js";

// A turn is taken in the cell above the card: here stands what that cell gave, or where it stopped. Nothing to fill in.

const ROWS = 5;
const COLUMNS = 8;

/** Width in characters beyond which a table hardly fits into the card. */
const WIDTH = 72;
const LABEL = /(^|_)(year|code|period|edition|month|date|rank)($|_)|_(name|title|abbr)$/;

/**
 * One number of decimals for the numbers of a column: none if all are whole, or for thousands; else two (of numbers
 * below one: four digits), and more where two values would look alike or one would look like zero.
 */
export function decimals(values) {
  const numbers = [...new Set(values.filter((one) => typeof one === "number"))];
  if (numbers.every(Number.isInteger)) return 0;
  const own = Math.max(...numbers.map((one) => (String(one).split("e")[0].split(".")[1] || "").length));
  const most = Math.max(...numbers.map(Math.abs));
  const small = most >= 1 ? 0 : Math.floor(-Math.log10(most));
  const limit = 4 + small;
  let places = most >= 1000 ? (own > 1 ? 0 : own) : most >= 1 ? 2 : limit;
  const same = () => {
    const shown = numbers.map((one) => one.toFixed(places));
    return new Set(shown).size < numbers.length || numbers.some((one, n) => one !== 0 && Number(shown[n]) === 0);
  };
  while (places < limit && same()) places += 1;
  return small ? places : Math.min(places, own);
}

/** A cell of a table as people write it: 47,500; 2021 in a column of years. `places`: decimals of its column. */
function written(value, column, places) {
  if (value === null || value === undefined) return "NaN";
  if (typeof value !== "number") return String(value);
  if (/year/.test(column) && Number.isInteger(value)) return String(value);
  if (places !== undefined) return value.toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
  const small = Math.abs(value) < 1 && value !== 0;
  return value.toLocaleString("en-US", small ? { maximumSignificantDigits: 4 } : { maximumFractionDigits: 2 });
}

const counted = (n, word) => `${n.toLocaleString("en-US")} ${word}${n === 1 ? "" : "s"}`;

function grid(caption, columns, rows) {
  const numeric = columns.map((_, n) => rows.some((row) => typeof row[n] === "number"));
  const places = columns.map((_, n) => decimals(rows.map((row) => row[n])));
  const cell = (value, n) => h("td", { class: numeric[n] ? "cc-turn-number" : null }, written(value, columns[n], places[n]));
  const table = h("table", { class: "cc-turn-table" }, h("caption", { class: "cc-sr" }, caption),
    h("thead", {}, h("tr", {}, columns.map((name, n) => h("th", { scope: "col", class: numeric[n] ? "cc-turn-number" : null }, name)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell)))));
  return h("div", { class: "cc-turn-scroll", role: "group", tabindex: "0", "aria-label": caption }, table);
}

/**
 * Places of the columns that are shown. A table that fits keeps its order; in a wide one those that are asked for come
 * first, and before them the column that names the rows.
 */
export function few(columns, rows, asked) {
  const all = columns.map((_, n) => n);
  const long = (n) => Math.min(26, Math.max(columns[n].length, ...rows.map((row) => written(row[n], columns[n], 0).length)));
  if (columns.length <= COLUMNS && all.reduce((sum, n) => sum + long(n) + 3, 0) <= WIDTH) return all;
  const names = (n) => LABEL.test(columns[n]) || rows.some((row) => typeof row[n] === "string");
  const first = all.filter((n) => asked.includes(columns[n]));
  const labels = first.some(names) ? first.filter(names) : first.length ? all.filter(names).slice(0, 1) : [];
  return [...new Set([...labels, ...first, ...all])].slice(0, COLUMNS);
}

/** What the cell gave: a line that says its size, and the first rows. */
function preview(data, asked) {
  if (data.is === "table") {
    const more = data.more || [];
    const many = data.columns.length + more.length;
    const places = few(data.columns, data.rows.slice(0, ROWS), asked);
    const columns = places.map((n) => data.columns[n]);
    const rows = data.rows.slice(0, ROWS).map((row) => places.map((n) => row[n]));
    const size = `${counted(data.count, "row")}, ${counted(many, "column")}`;
    const part = data.count > rows.length ? `; the first ${rows.length} rows` : "";
    const moved = places.some((place, n) => place !== n) ? ", those that are asked for first" : "";
    const wide = many > columns.length ? `; ${columns.length} of the columns${moved}` : moved && "; the columns that are asked for first";
    return [`Your cell gave a table: ${size}${part}${wide}.`, columns.length ? grid("What your cell gave", columns, rows) : null];
  }
  if (data.is === "series" || data.is === "list") {
    const rows = data.values.slice(0, ROWS).map((one, n) => (data.labels ? [data.labels[n], one] : [one]));
    const names = [...(data.labels ? ["index"] : []), data.name || "value"];
    const what = data.is === "list" ? "a list" : "one column";
    const part = data.count > rows.length ? `; the first ${rows.length}` : "";
    return [`Your cell gave ${what}: ${counted(data.count, "value")}${part}.`, rows.length ? grid("What your cell gave", names, rows) : null];
  }
  if ("value" in data) return ["Your cell gave: ", h("strong", {}, written(data.value, ""))];
  return ["Your cell gave no result yet."];
}

/** A sentence with `code` in it. Built of nodes: a kept answer may hold anything. */
function sentence(text) {
  return String(text).split("`").map((part, n) => (n % 2 ? h("code", {}, part) : part));
}

/** Where the cell stopped; what it may come from, and the words of Python, go below the sentence about it. */
function stopped(data) {
  return [
    data.said ? h("p", { class: "cc-turn-head" }, icon("warn"), data.line ? `The cell stopped at line ${data.line}:` : "The cell stopped.") : null,
    data.code ? h("pre", { class: "cc-turn-code" }, data.code) : null,
  ];
}

function advice(data) {
  return [
    data.tips && data.tips.length ? h("ul", { class: "cc-turn-tips" }, data.tips.map((tip) => h("li", {}, sentence(tip)))) : null,
    data.said ? h("p", { class: "cc-turn-said" }, "In the words of Python: ", h("code", {}, data.said)) : null,
  ];
}

export function your_turn(view) {
  const { node, body } = frame(view, "Change the code in the cell above, then press Shift+Enter");
  const shown = h("div", { class: "cc-turn", id: uid("turn") });
  const told = h("div", { class: "cc-turn" });
  const summary = h("summary", {}, "The lines you were given");
  const lines = h("details", { class: "cc-turn-starter" }, summary, h("pre", { class: "cc-turn-code" }, view.starter));
  body.append(shown);
  let response = null;
  return {
    node,
    cell: true,
    after: h("div", { class: "cc-turn-after" }, told, lines),
    read: () => response,
    write(given) {
      response = given === undefined ? null : given;
      const data = response && typeof response === "object" ? response : null;
      const failed = data && data.is === "error";
      told.replaceChildren(...(failed ? advice(data) : []).filter(Boolean));
      if (!data) { shown.replaceChildren(); return; }
      if (failed) { shown.replaceChildren(...stopped(data).filter(Boolean)); return; }
      const [said, below] = preview(data, view.columns || []);
      const inline = below && below.tagName === "STRONG";
      shown.replaceChildren(...[h("p", { class: "cc-turn-head" }, said, inline ? below : null), inline ? null : below].filter(Boolean));
    },
    lock() {},
    marks: (parts) => parts,
    focus() { summary.focus(); },
  };
}
