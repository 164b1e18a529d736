import { h, setText } from "./dom.js";

// A plain calculator of four functions. It works from left to right, as pocket calculators do: 2 + 3 × 4 is 20.

const DIGITS = 12;
const SIGNS = { "+": "+", "-": "−", "*": "×", "/": "÷" };
const NAMES = { "+": "plus", "-": "minus", "*": "times", "/": "divided by", "=": "equals", C: "Clear", "<": "Delete the last digit", ".": "point" };
const KEYS = ["C", "<", "/", "*", "7", "8", "9", "-", "4", "5", "6", "+", "1", "2", "3", "=", "0", "."];

/** 0.1 + 0.2 as a pocket calculator shows it; "" when there is no such number. */
export function shown(number) {
  if (!Number.isFinite(number)) return "";
  if (Math.abs(number) >= 10 ** DIGITS) return number.toExponential(6);
  return String(Number(number.toPrecision(DIGITS)));
}

const SUMS = { "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b };

/** The machine without its face: press(key) -> {text, line, error}. */
export function machine() {
  let entry = "0";
  let fresh = true; // the next digit begins a new number
  let kept = null;
  let sign = null;
  let line = "";
  let error = "";

  function clear() { entry = "0"; fresh = true; kept = null; sign = null; line = ""; error = ""; }

  function work() {
    const result = shown(SUMS[sign](kept, Number(entry)));
    if (!result) { clear(); error = "Cannot divide by zero"; return false; }
    entry = result;
    return true;
  }

  function press(key) {
    if (key === "C") { clear(); return; }
    error = "";
    if (key === "<") { entry = fresh || entry.length < 2 ? "0" : entry.slice(0, -1); if (entry === "-") entry = "0"; fresh = entry === "0"; return; }
    if (/^\d$/.test(key) || key === ".") {
      if (fresh) { entry = key === "." ? "0." : key; fresh = false; if (!sign) line = ""; return; }
      if ((key === "." && entry.includes(".")) || entry.replace(/\D/g, "").length >= DIGITS) return;
      entry = entry === "0" && key !== "." ? key : entry + key;
      return;
    }
    const told = `${shown(Number(entry))}`;
    if (key === "=") {
      if (!sign) return;
      const before = `${shown(kept)} ${SIGNS[sign]} ${told} =`;
      if (work()) { line = before; kept = null; sign = null; fresh = true; }
      return;
    }
    if (sign && !fresh && !work()) return;
    kept = Number(entry);
    sign = key;
    fresh = true;
    line = `${shown(kept)} ${SIGNS[key]}`;
  }

  return (key) => { press(key); return { text: error || entry, line, error: Boolean(error) }; };
}

/** The calculator as a node; keys of the keyboard work on each of its buttons. */
export function calculator() {
  const press = machine();
  const line = h("p", { class: "hall-sum-line", "aria-hidden": "true" });
  const out = h("output", { class: "hall-sum-out", "aria-label": "Result", tabindex: "-1" }, "0");
  const run = (key) => {
    const now = press(key);
    setText(out, now.text.replace(/^-/, "−"));
    setText(line, now.line);
  };
  const button = (key) => h("button", { type: "button", class: "hall-sum-key", "data-key": key, "aria-label": NAMES[key] || null, onclick: () => run(key) },
    SIGNS[key] || (key === "<" ? "⌫" : key));
  const node = h("div", { class: "hall-sum", role: "group", "aria-label": "Calculator" }, line, out, h("div", { class: "hall-sum-keys" }, KEYS.map(button)),
    h("p", { class: "hall-quiet" }, "It works from left to right: 2 + 3 × 4 is 20. The keys of your keyboard work here, too; Enter is =."));
  node.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Enter is the sum, wherever the focus is; Space presses the button that has it.
    const key = { ",": ".", Backspace: "<", Delete: "C", c: "C", x: "*", Enter: "=" }[event.key] ?? event.key;
    if (!KEYS.includes(key)) return;
    event.preventDefault();
    run(key);
  });
  return { node, focus() { out.focus(); } };
}
