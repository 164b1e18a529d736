// Keeps what the learner does until Python has it. A change goes out at once; what was not acknowledged stays in the
// browser tab (also over a reload) and goes out again when the kernel answers. A change is of one field of one place, and
// says the whole value: sending it twice does no harm.

const PATIENCE_MS = 8000; // an answer that has not come by then is taken for lost
const AGAIN_MS = [3000, 6000, 12000, 24000];

/** Where a change waits: one for each field of each place, and one for where the learner is. */
const spot = ({ place, field }) => (field === "go" ? "go" : `${place}/${field}`);

const key = (sitting) => `medical-coding-course:sitting:${sitting}`;

function stored(sitting) {
  try { return JSON.parse(sessionStorage.getItem(key(sitting)) || "[]"); } catch { return []; }
}

/** `ask(verb, more)` -> Promise; `told(answer)`: Python's answer; `lost(n)`: n changes wait for a kernel that is silent. */
export function keeper(sitting, { ask, told, lost }) {
  let serial = 0;
  let batch = 0;
  let timer = null;
  let failures = 0;
  let closed = false;
  const waiting = new Map(); // "place/field" -> {place, field, value, n}

  function remember() {
    try {
      const list = [...waiting.values()].map(({ place, field, value }) => ({ place, field, value }));
      if (list.length) sessionStorage.setItem(key(sitting), JSON.stringify(list));
      else sessionStorage.removeItem(key(sitting));
    } catch { /* private mode: then the changes are kept on this page alone */ }
  }

  function later(ms) {
    clearTimeout(timer);
    timer = setTimeout(send, ms);
  }

  function failed() {
    failures += 1;
    later(AGAIN_MS[Math.min(failures, AGAIN_MS.length) - 1]);
  }

  /** Send all that waits, in one message. */
  async function send() {
    clearTimeout(timer);
    timer = null;
    if (closed) return null;
    batch += 1;
    const mine = batch;
    const changes = [...waiting.values()];
    const patience = setTimeout(() => {
      if (mine !== batch || closed) return;
      lost([...waiting.values()].filter((one) => one.field !== "go").length);
      failed();
    }, PATIENCE_MS);
    const answer = await ask("save", { sitting, changes: changes.map(({ place, field, value }) => ({ place, field, value })) });
    clearTimeout(patience);
    if (closed) return null;
    if (!answer.saved) { failed(); return null; }
    failures = 0;
    for (const one of changes) if (waiting.get(spot(one))?.n === one.n) waiting.delete(spot(one));
    remember();
    told(answer);
    if (answer.saved.saved === "memory") later(AGAIN_MS[3]); // the disk did not take it: look again
    return answer;
  }

  function put(place, field, value) {
    serial += 1;
    waiting.set(spot({ place, field }), { place, field, value, n: serial });
    remember();
    return send();
  }

  return {
    put,
    go: (place) => put(place, "go", null),
    send,
    /** What an earlier page of this tab could not send, newest value of each field. */
    leftover() {
      const list = stored(sitting).filter((one) => one && Number.isInteger(one.place));
      for (const one of list) { serial += 1; waiting.set(spot(one), { ...one, n: serial }); }
      return list;
    },
    /** Does a change of this field wait? */
    holds: (place, field) => waiting.has(spot({ place, field })),
    get waiting() { return waiting.size; },
    forget() { waiting.clear(); remember(); },
    close() { closed = true; clearTimeout(timer); },
  };
}
