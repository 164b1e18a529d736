// The browser's conversation with Python: each question carries a number, each answer names it.

const SLOW_MS = 300; // nothing moves on screen for answers faster than this
const DEAD_MS = 8000; // then the learner is told what to do

const DEAD =
  "The kernel is not answering. If a cell is still running (its number shows as [*]), wait for it. Otherwise choose " +
  "Kernel > Restart Kernel and Run All Cells.";

let lines = 0;

/** {ask, latest, close}. `busy(on)`, `trouble(text)` and `building(part, message)` are told how things stand. */
export function phone(model, { busy, trouble, building }) {
  lines += 1;
  const me = `${Date.now().toString(36)}.b${lines}`;
  const waiting = new Map();
  let count = 0;
  let slow = null;
  let dead = null;

  function watch() {
    clearTimeout(slow);
    clearTimeout(dead);
    if (!waiting.size) { busy(false); return; }
    slow = setTimeout(() => busy(true), SLOW_MS);
    dead = setTimeout(() => { busy(false); trouble(DEAD); }, DEAD_MS);
  }

  const onCustom = (content) => {
    if (!content) return;
    if (content.building) {
      building(content.building.part, content.building.message);
      clearTimeout(dead);
      return;
    }
    const resolve = waiting.get(content.seq);
    if (!resolve) return;
    waiting.delete(content.seq);
    watch();
    building(1, "");
    trouble(content.trouble || "");
    resolve(content);
  };
  model.on("msg:custom", onCustom);

  function ask(verb, more = {}) {
    count += 1;
    const seq = `${me}.${count}`;
    return new Promise((resolve) => {
      waiting.set(seq, resolve);
      watch();
      try {
        model.send({ verb, seq, ...more });
      } catch (error) {
        trouble(DEAD);
      }
    });
  }

  return {
    ask,
    /** For typing: one question on its way at a time; when its answer comes, only the newest waiting one is sent. */
    latest(verb, answered) {
      let flying = false;
      let next = null;
      const send = async (more) => {
        flying = true;
        const answer = await ask(verb, more);
        flying = false;
        if (next) { const newer = next; next = null; send(newer); return; }
        answered(answer, more);
      };
      return {
        ask(more) { if (flying) next = more; else send(more); },
        drop() { next = null; },
      };
    },
    close() {
      clearTimeout(slow);
      clearTimeout(dead);
      model.off("msg:custom", onCustom);
    },
  };
}

/** Put text on the clipboard; true when it is there. */
export async function copy(text, near) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch { /* no permission, or a page without https: the old way */ }
  const field = document.createElement("textarea");
  field.value = text;
  field.setAttribute("readonly", "");
  field.setAttribute("data-lm-suppress-shortcuts", "true");
  field.className = "cc-sr";
  const before = document.activeElement;
  near.append(field);
  field.select();
  let done = false;
  try { done = document.execCommand("copy"); } catch { done = false; }
  field.remove();
  if (before) before.focus({ preventScroll: true });
  return done;
}
