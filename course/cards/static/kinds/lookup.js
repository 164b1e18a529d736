import { debounce, h, uid } from "../dom.js";

// A look-up list under a text field (the ARIA combobox pattern). It helps with finding; it never chooses for the learner.
// The list floats in the browser's top layer, so that nothing on the page moves while one types.

const WAIT_MS = 60;

/** Keep `node` (a popover) under `input`, or above it where there is more room. */
function place(node, input) {
  const box = input.getBoundingClientRect();
  const below = window.innerHeight - box.bottom - 12;
  const above = box.top - 12;
  const under = below >= Math.min(260, node.scrollHeight) || below >= above;
  const width = Math.min(Math.max(box.width, 320), window.innerWidth - 16);
  Object.assign(node.style, {
    left: `${Math.max(8, Math.min(box.left, window.innerWidth - width - 8))}px`,
    width: `${width}px`,
    maxHeight: `${Math.max(120, under ? below : above)}px`,
    top: under ? `${box.bottom + 4}px` : "auto",
    bottom: under ? "auto" : `${window.innerHeight - box.top + 4}px`,
  });
}

/** Turn `input` into a combobox. `search(q)` -> Promise of hits. Returns {node, close}. */
export function lookup(input, { search, say, picked, seen }) {
  const list = h("ul", { class: "cc-hits", role: "listbox", id: uid("hits"), "aria-label": "Codes found" });
  const empty = h("p", { class: "cc-hits-none" });
  const node = h("div", { class: "cc-lookup", hidden: true }, list, empty);
  const floats = typeof node.showPopover === "function";
  if (floats) node.setAttribute("popover", "manual");
  const follow = () => place(node, input);
  let hits = [];
  let at = -1;
  let isOpen = false;
  for (const [key, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-haspopup": "listbox",
  })) input.setAttribute(key, value);

  function point(to) {
    at = to;
    for (const [n, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(n === at));
    if (at < 0) { input.removeAttribute("aria-activedescendant"); return; }
    const option = list.children[at];
    input.setAttribute("aria-activedescendant", option.id);
    if (option.offsetTop < node.scrollTop) node.scrollTop = option.offsetTop;
    const over = option.offsetTop + option.offsetHeight - node.clientHeight;
    if (over > node.scrollTop) node.scrollTop = over;
  }

  function open() {
    node.hidden = false;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    if (!floats) { isOpen = true; return; }
    if (!isOpen) {
      node.showPopover();
      window.addEventListener("scroll", follow, true);
      window.addEventListener("resize", follow);
    }
    isOpen = true;
    node.scrollTop = 0;
    place(node, input);
  }

  function close() {
    ask.cancel();
    point(-1);
    input.setAttribute("aria-expanded", "false");
    if (!isOpen) return;
    isOpen = false;
    if (floats && node.isConnected) node.hidePopover();
    node.hidden = true;
    window.removeEventListener("scroll", follow, true);
    window.removeEventListener("resize", follow);
  }

  function pick(n) {
    const hit = hits[n];
    if (!hit) return;
    close();
    picked(hit);
    say(`${hit.code} ${hit.title}`);
    input.focus();
  }

  function option(hit, n) {
    return h("li", {
      role: "option", id: uid("hit"), class: "cc-hit", "aria-selected": "false",
      onmousedown: (event) => event.preventDefault(),
      onclick: () => pick(n),
    },
    h("span", { class: "cc-hit-code" }, hit.code),
    h("span", { class: "cc-hit-text" }, hit.title,
      hit.billable ? null : h("span", { class: "cc-hit-flag" }, hit.code.length === 7 ? "incomplete" : "heading"),
      hit.matched && hit.matched !== "title" && hit.matched !== "code" ? h("span", { class: "cc-hit-why" }, hit.matched) : null));
  }

  const ask = debounce(async () => {
    const q = input.value.trim();
    const found = await search(q);
    if (input.value.trim() !== q || document.activeElement !== input || input.readOnly) return;
    hits = found;
    seen(hits);
    list.replaceChildren(...hits.map(option));
    empty.textContent = hits.length ? "" : `Nothing found for “${q}”. Try fewer or other words.`;
    open();
    point(-1);
    say(hits.length ? `${hits.length} code${hits.length === 1 ? "" : "s"} found. Use the arrow keys.` : empty.textContent);
  }, WAIT_MS);

  input.addEventListener("input", () => (input.value.trim().length < 2 ? close() : ask()));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const ready = isOpen && hits.length > 0;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !ready && input.value.trim().length >= 2 && !input.readOnly) {
      event.preventDefault();
      ask();
    } else if (step && ready) {
      event.preventDefault();
      point(at < 0 ? (step > 0 ? 0 : hits.length - 1) : (at + step + hits.length) % hits.length);
    } else if (event.key === "Enter" && ready && at >= 0) {
      event.preventDefault();
      pick(at);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  return { node, close };
}
