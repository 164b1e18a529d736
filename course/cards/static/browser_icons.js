import { drawing, h } from "./dom.js";

// Line icons of the code browser, 20 x 20, in the colour of the text beside them. The words beside an icon say the same.

const SHAPES = {
  billable: '<circle cx="10" cy="10" r="7.6" fill="currentColor" stroke="none"/><path d="M6.6 10.3l2.4 2.4 4.5-4.9" stroke="var(--cc-bg)" stroke-width="2"/>',
  heading: '<path d="M3.5 4.5h13M6.5 9.8h10M6.5 15h10M3.5 9.8h.1M3.5 15h.1"/>',
  block: '<path d="M3.5 4h13v4.6h-13zM3.5 11.4h13V16h-13z"/>',
  chapter: '<path d="M4 3.5h9.5a2 2 0 0 1 2 2v11H6a2 2 0 0 1-2-2zM4 14.4a2 2 0 0 1 2-2h9.5"/>',
  procedure: '<circle cx="10" cy="10" r="7.4"/><path d="M10 6.4v7.2M6.4 10h7.2"/>',
  item: '<path d="M3.5 6.4L10 3l6.5 3.4v7.2L10 17l-6.5-3.4zM3.5 6.4L10 9.8l6.5-3.4M10 9.8V17"/>',
  modifier: '<path d="M3 10h4.4M9.6 5.6h7.4v8.8H9.6z"/>',
  copy: '<path d="M7.2 6.8h9v10h-9zM12.8 6.6V3.2h-9v10h3.2"/>',
  same: '<path d="M4 7.4h12M4 12.6h12"/>',
  never: '<circle cx="10" cy="10" r="7.4"/><path d="M4.9 4.9l10.2 10.2"/>',
  both: '<circle cx="7.4" cy="10" r="4.9"/><circle cx="12.6" cy="10" r="4.9"/>',
  before: '<path d="M16.5 10H6.4M10.2 5.6L5.8 10l4.4 4.4M3.2 4.5v11"/>',
  after: '<path d="M3.5 10h10.1M9.8 5.6l4.4 4.4-4.4 4.4M16.8 4.5v11"/>',
  seven: '<path d="M5.5 4h9l-5.6 12.5"/>',
  note: '<circle cx="10" cy="10" r="7.6"/><path d="M10 9.2v4.4M10 6.2v.4"/>',
  open: '<path d="M7.5 4.5l5.5 5.5-5.5 5.5"/>',
  back: '<path d="M16 10H4.5M9.3 5l-5 5 5 5"/>',
  forward: '<path d="M4 10h11.5M10.7 5l5 5-5 5"/>',
  clear: '<path d="M5.5 5.5l9 9M14.5 5.5l-9 9"/>',
  search: '<circle cx="8.6" cy="8.6" r="5.6"/><path d="M12.8 12.8l4.4 4.4"/>',
  tree: '<path d="M4 3.5v11.2h4M4 8.6h4M10.5 6.6h6v4h-6zM10.5 12.8h6v4h-6z"/>',
  calendar: '<path d="M3.5 5h13v12h-13zM3.5 8.8h13M7 3v3.4M13 3v3.4"/>',
  done: '<path d="M4 10.4l4 4 8-8.8"/>',
  warn: '<path d="M10 2.8l8 14.2H2zM10 8v4.2M10 14.4v.4"/>',
  source: '<path d="M3 4.2c2.6-.6 5-.2 7 1.2 2-1.4 4.4-1.8 7-1.2v11.4c-2.6-.6-5-.2-7 1.2-2-1.4-4.4-1.8-7-1.2zM10 5.4v11.4"/>',
};

/** An icon of the code browser by its name. */
export function glyph(name) {
  return drawing(SHAPES[name] || SHAPES.note);
}

/** "Billable" or "Heading", always with its icon. */
export function mark(name, word) {
  return h("span", { class: "cb-mark", "data-mark": name }, glyph(name), h("span", {}, word));
}
