// Two things that must not happen by accident in the exam hall: a letter that reaches JupyterLab (where b adds a cell and
// d d deletes one), and a second click of a double click that begins, opens or gives up an exam.

const LOCK_MS = 10000; // a kernel that is silent so long may be asked again
const FIELD = "textarea, select, input:not([type=radio]):not([type=checkbox]), [contenteditable]";

/** `root`: the card; `sitting()`: is an exam open? Gives {once(call), close()}. */
export function guard(root, sitting) {
  let locked = 0;

  // JupyterLab listens on the document before anything inside it, so only the window is early enough. Keys in the card
  // itself are its own already: what can have the focus in it carries a mark that JupyterLab respects.
  function letters(event) {
    if (!sitting() || event.ctrlKey || event.metaKey || event.altKey || !/^[a-z\d]$/i.test(event.key)) return;
    const cell = root.closest(".jp-Cell");
    const at = event.target;
    if (!cell || !cell.contains(at) || root.contains(at) || at.closest(FIELD)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function second(event) {
    if (event.detail < 2 || !event.target.closest("[data-once]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** A click on text or on a blank spot leaves the keys with the card. */
  function stay() {
    if (!root.contains(document.activeElement)) root.focus({ preventScroll: true });
  }

  window.addEventListener("keydown", letters, true);
  root.addEventListener("click", second, true);
  root.addEventListener("click", stay);
  return {
    /** Call what changes the state of an exam, one at a time. */
    async once(call) {
      if (Date.now() < locked) return;
      locked = Date.now() + LOCK_MS;
      try { await call(); } finally { locked = 0; }
    },
    close() { window.removeEventListener("keydown", letters, true); },
  };
}

/** Bring `node` to the top when `mark` (its title) is out of sight. */
export function reveal(node, mark) {
  const panel = node.closest(".jp-WindowedPanel-outer, .jp-Notebook");
  const box = panel ? panel.getBoundingClientRect() : { top: 0, bottom: window.innerHeight };
  const bar = node.querySelector(".hall-top");
  const top = Math.max(box.top, bar ? bar.getBoundingClientRect().bottom : box.top);
  const { top: from, bottom: to } = mark.getBoundingClientRect();
  if (from < top - 1 || to > Math.min(box.bottom, window.innerHeight)) node.scrollIntoView({ block: "start" });
}
