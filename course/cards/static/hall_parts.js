import { drawing, h } from "./dom.js";

// Small parts of the exam hall: its icons, buttons, and how counts and times read.

const SHAPES = {
  flag: '<path d="M5 17.5V3M5 3.6h9.6l-2 3.6 2 3.6H5z"/>',
  flagged: '<path d="M5 17.5V3"/><path d="M5 3.6h9.6l-2 3.6 2 3.6H5z" fill="currentColor"/>',
  strike: '<path d="M5.5 15.5L10 4l4.5 11.5M7.1 11.4h5.8"/><path d="M2.6 9.4h14.8"/>',
  clock: '<circle cx="10" cy="10" r="7.6"/><path d="M10 5.6V10l3 2"/>',
  pause: '<path d="M7 4.5v11M13 4.5v11"/>',
  grid: '<path d="M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5h5v5h-5z"/>',
  sum: '<path d="M4.5 2.5h11v15h-11zM7 5.5h6v2.4H7zM7.4 11h.1M10 11h.1M12.6 11h.1M7.4 14.2h.1M10 14.2h.1M12.6 14.2h.1"/>',
  keys: '<path d="M2.5 5.5h15v9h-15zM5.4 8.6h.1M8.4 8.6h.1M11.4 8.6h.1M14.4 8.6h.1M6.4 11.6h7.2"/>',
  list: '<path d="M7.5 5h9M7.5 10h9M7.5 15h9M3.6 5h.1M3.6 10h.1M3.6 15h.1"/>',
  print: '<path d="M6 7.5V3h8v4.5M6 14H3.5V7.5h13V14H14M6 11.8h8V17H6z"/>',
  book: '<path d="M3 4.2c2.6-.6 5-.2 7 1.2 2-1.4 4.4-1.8 7-1.2v11.4c-2.6-.6-5-.2-7 1.2-2-1.4-4.4-1.8-7-1.2zM10 5.4v11.4"/>',
  pen: '<path d="M4 16l.8-3.4L13.6 4 16 6.4 7.4 15.2zM11.8 5.8l2.4 2.4"/>',
};

/** An icon of the hall by its name; the words beside it say the same. */
export const sign = (name) => drawing(SHAPES[name]);

/** A button: act("Next", go, {class: "cc-primary"}). Children may hold icons. */
export function act(content, onclick, more = {}) {
  const { class: extra = "", ...rest } = more;
  return h("button", { type: "button", class: `cc-button ${extra}`.trim(), onclick, ...rest }, content);
}

/** Mark a button as not to be used now; it stays in the order of the Tab key. */
export function off(button, on) {
  if (on) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
}

/** What every place says of the clock. */
export const CLOCK = "The clock runs on while you are away, unless you pause.";

export const isOff = (button) => button.getAttribute("aria-disabled") === "true";

/** "1 question", "3 questions". */
export const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** "2 hours 4 minutes", "40 seconds": a stretch of time in words. */
export function stretch(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return count(whole, "second");
  const minutes = Math.round(whole / 60);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours ? count(hours, "hour") : "", rest ? count(rest, "minute") : ""].filter(Boolean).join(" ");
}

/** "1:59:30": what a clock shows. */
export function face(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  return `${hours}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
