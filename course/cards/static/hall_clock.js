import { h, icon, setText } from "./dom.js";
import { act, count, face, sign } from "./hall_parts.js";

// The clock: Python says how many seconds are left, with each answer; in between the browser counts. The time of day is
// used, not the browser's own counter: that one stands still while the lid is closed.

const WARN_AT = [1800, 300, 60]; // seconds left at which the learner is told

/** `say(text)` speaks; `up()` is called once when the time is over. */
export function clock({ say, up }) {
  let end = null; // in milliseconds since 1970
  let stopped = null; // seconds left while paused
  let last = null;
  let over = false;

  const time = h("span", { class: "hall-time", role: "timer", "aria-label": "Time left" });
  const shown = h("p", { class: "hall-clock" }, sign("clock"), h("span", { class: "hall-clock-word" }, "Time left"), time);
  const hide = act("Hide clock", () => {
    shown.hidden = !shown.hidden;
    hide.textContent = shown.hidden ? "Show clock" : "Hide clock";
  }, { class: "cc-quiet hall-small" });
  const text = h("p", {});
  const close = act("Close", () => { banner.hidden = true; }, { class: "cc-quiet hall-small" });
  const banner = h("div", { class: "hall-banner", hidden: true }, icon("warn"), text, close);

  function left() {
    if (stopped !== null) return stopped;
    return end === null ? null : Math.max(0, (end - Date.now()) / 1000);
  }

  function warn(at) {
    const words = `${count(at / 60, "minute")} left.`;
    setText(text, words);
    banner.hidden = false;
    say(words);
  }

  function tick() {
    const now = left();
    if (now === null) return;
    setText(time, face(now));
    if (stopped === null) {
      const crossed = WARN_AT.filter((at) => last !== null && last > at && now <= at && now > 0);
      if (crossed.length) warn(crossed[crossed.length - 1]);
      if (now <= 0 && !over) { over = true; up(); }
    }
    last = now;
  }

  const timer = setInterval(tick, 500);
  const seen = () => { if (!document.hidden) tick(); };
  document.addEventListener("visibilitychange", seen);

  return {
    node: h("div", { class: "hall-clock-line" }, shown, hide),
    banner,
    left,
    /** What Python says: seconds left (null: no limit), and whether the sitting is paused. */
    set(seconds, paused) {
      if (seconds === null || seconds === undefined) {
        end = null;
        stopped = null;
        shown.hidden = hide.hidden = true;
        return;
      }
      stopped = paused ? seconds : null;
      end = Date.now() + seconds * 1000;
      if (last === null) last = seconds; // what has passed already is no news
      tick();
    },
    close() {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", seen);
    },
  };
}
