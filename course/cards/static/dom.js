// Small helpers for building accessible nodes. No framework: a card is a handful of native elements.

let serial = 0;

/** An id that no other card on the page has. */
export function uid(stem) {
  serial += 1;
  return `course-${stem}-${serial}-${Math.random().toString(36).slice(2, 7)}`;
}

const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

/** JupyterLab's single-key shortcuts (x deletes a cell!) stay away only from elements that carry this mark themselves. */
export function suppress(root) {
  if (root.matches && root.matches(FOCUSABLE)) root.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const node of root.querySelectorAll(FOCUSABLE)) node.setAttribute("data-lm-suppress-shortcuts", "true");
  return root;
}

/** Build an element: h("p", { class: "a", onclick: f, html: safe }, "text", child, null). */
export function h(tag, attrs = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attrs || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "html") node.innerHTML = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat(9)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return suppress(node);
}

// 20 x 20 line icons, drawn in the colour of the text beside them. Each has a shape of its own, so colour is never alone.
const SHAPES = {
  right: '<circle cx="10" cy="10" r="8"/><path d="M6.4 10.3l2.5 2.5 4.8-5.2"/>',
  wrong: '<circle cx="10" cy="10" r="8"/><path d="M7.2 7.2l5.6 5.6M12.8 7.2l-5.6 5.6"/>',
  partly: '<circle cx="10" cy="10" r="8"/><path d="M10 2a8 8 0 0 1 0 16z" fill="currentColor"/>',
  missing: '<circle cx="10" cy="10" r="8" stroke-dasharray="2.6 2.4"/><path d="M10 6.6v6.8M6.6 10h6.8"/>',
  extra: '<circle cx="10" cy="10" r="8"/><path d="M6.6 10h6.8"/>',
  order: '<path d="M6.5 16.5v-13M3.2 6.8l3.3-3.3 3.3 3.3M13.5 3.5v13M10.2 13.2l3.3 3.3 3.3-3.3"/>',
  note: '<circle cx="10" cy="10" r="8"/><path d="M10 9.2v4.4M10 6.2v.4"/>',
  hint: '<path d="M7.4 15h5.2M8.2 17.5h3.6M10 2.5a5.3 5.3 0 0 0-3.2 9.5c.6.5 1 1.2 1 2v1h4.4v-1c0-.8.4-1.5 1-2A5.3 5.3 0 0 0 10 2.5z"/>',
  chart: '<path d="M4.5 2.5h7.6l3.4 3.4v11.6h-11zM11.8 2.7v3.6h3.5M7 10h6M7 13h6"/>',
  source: '<path d="M3 4.2c2.6-.6 5-.2 7 1.2 2-1.4 4.4-1.8 7-1.2v11.4c-2.6-.6-5-.2-7 1.2-2-1.4-4.4-1.8-7-1.2zM10 5.4v11.4"/>',
  saved: '<path d="M4 10.4l4 4 8-8.8"/>',
  warn: '<path d="M10 2.8l8 14.2H2zM10 8v4.2M10 14.4v.4"/>',
  up: '<path d="M10 16V4.5M5 9.3l5-5 5 5"/>',
  down: '<path d="M10 4v11.5M5 10.7l5 5 5-5"/>',
  plus: '<path d="M10 4v12M4 10h12"/>',
  remove: '<path d="M5.5 5.5l9 9M14.5 5.5l-9 9"/>',
  again: '<path d="M4 10a6 6 0 1 0 2-4.5M6 2.2v3.6h3.6"/>',
  next: '<path d="M4 10h11.5M10.7 5l5 5-5 5"/>',
  prev: '<path d="M16 10H4.5M9.3 5l-5 5 5 5"/>',
  search: '<circle cx="8.6" cy="8.6" r="5.6"/><path d="M12.8 12.8l4.4 4.4"/>',
};

/** A drawing of 20 by 20, hidden from assistive technology: the words beside it say the same. */
export function drawing(shape) {
  const span = document.createElement("span");
  span.className = "cc-icon";
  span.setAttribute("aria-hidden", "true");
  span.innerHTML =
    `<svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.7" ` +
    `stroke-linecap="round" stroke-linejoin="round" focusable="false">${shape}</svg>`;
  return span;
}

/** An inline icon by its name. */
export function icon(name) {
  return drawing(SHAPES[name] || SHAPES.note);
}

/** Plain text of a safe HTML fragment, for <option> and announcements. */
export function plain(html) {
  const box = document.createElement("template");
  box.innerHTML = html || "";
  return box.content.textContent.replace(/\s+/g, " ").trim();
}

/** Set text only when it changed, so that live regions do not speak twice. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Call `f` once things have been quiet for `ms`; .flush() calls it now if it is due, .cancel() forgets it. */
export function debounce(f, ms) {
  let timer = null;
  const later = (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => { timer = null; f(...args); }, ms);
  };
  later.flush = (...args) => { if (timer !== null) { clearTimeout(timer); timer = null; f(...args); } };
  later.cancel = () => { clearTimeout(timer); timer = null; };
  return later;
}

/** Names of marks as a learner reads them. */
export const MARKS = {
  right: "Right", wrong: "Not this", missing: "Missing", extra: "Not needed", order: "Order", note: "Note",
};
