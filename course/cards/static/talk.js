import { h } from "./dom.js";

// The conversation with Python: every request carries a number, every answer names it.

const SLOW_MS = 300; // nothing moves on screen for answers faster than this
const DEAD_MS = 8000; // then the learner is told what to do

export const DEAD_TEXT =
  "The kernel is not answering. If a cell is still running (its number shows as [*]), wait for it. Otherwise choose " +
  "Kernel > Restart Kernel and Run All Cells. Your answer is still here.";

let talks = 0;

/** {send, ask, close}: send resolves when Python has set a state with our number; ask when a custom message brings it. */
export function talk(model, { busy, trouble }) {
  talks += 1;
  const me = `${Date.now().toString(36)}.${talks}`;
  let count = 0;
  const waiting = new Map();
  let slow = null;
  let dead = null;

  function settle(seq, value) {
    const resolve = waiting.get(seq);
    if (!resolve) return;
    waiting.delete(seq);
    resolve(value);
    if ([...waiting.keys()].some((key) => key.startsWith("!"))) return;
    clearTimeout(slow);
    clearTimeout(dead);
    busy(false);
    trouble("");
  }

  const onState = () => settle((model.get("state") || {}).seq, model.get("state"));
  const onCustom = (content) => { if (content && content.seq) settle(content.seq, content); };
  model.on("change:state", onState);
  model.on("msg:custom", onCustom);

  function post(seq, content) {
    return new Promise((resolve) => {
      waiting.set(seq, resolve);
      try {
        model.send({ ...content, seq });
      } catch (error) {
        trouble(DEAD_TEXT);
      }
    });
  }

  return {
    /** A verb the learner waits for: shows that it works after 300 ms, says what to do after 8 s. */
    send(verb, more = {}) {
      count += 1;
      clearTimeout(slow);
      clearTimeout(dead);
      slow = setTimeout(() => busy(true), SLOW_MS);
      dead = setTimeout(() => { busy(false); trouble(DEAD_TEXT); }, DEAD_MS);
      return post(`!${me}.${count}`, { verb, ...more });
    },
    /** A quiet request (search, draft): no spinner, no alarm. */
    ask(verb, more = {}) {
      count += 1;
      return post(`${me}.${count}`, { verb, ...more });
    },
    close() {
      clearTimeout(slow);
      clearTimeout(dead);
      model.off("change:state", onState);
      model.off("msg:custom", onCustom);
    },
  };
}

// What was typed but not yet kept by Python survives a dead kernel in the browser tab.
const key = (view) => `medical-coding-course:${view.id}:${view.content_version || ""}`;

export const unsent = {
  keep(view, response) { try { sessionStorage.setItem(key(view), JSON.stringify(response)); } catch { /* private mode */ } },
  drop(view) { try { sessionStorage.removeItem(key(view)); } catch { /* private mode */ } },
  find(view) {
    try {
      const text = sessionStorage.getItem(key(view));
      return text === null ? undefined : JSON.parse(text);
    } catch { return undefined; }
  },
};

/** The line where trouble is told; it exists from the start, so that its words are announced. */
export const troubleLine = () => h("div", { class: "cc-trouble", role: "alert" });
