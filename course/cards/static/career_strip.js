import { h } from "./dom.js";

// The picture of the career calculator: 100 marks, one for each run of 100, over the months; and the list of swings.
// The words below it say the same, so that the drawing itself is hidden from assistive technology.

const SVG = "http://www.w3.org/2000/svg";
const COLUMNS = 30;
const ROWS = 14; // a column of more marks is pressed together
const WIDTH = 480;
const NEVER = 84; // room on the right for runs that never pay back
const PITCH = (WIDTH - NEVER) / COLUMNS;
const RADIUS = PITCH * 0.4;

const svg = (tag, attrs) => {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attrs)) node.setAttribute(key, value);
  return node;
};

function cross(x, y) {
  const r = RADIUS * 0.8;
  return svg("path", { class: "cr-cross", d: `M${x - r} ${y - r}L${x + r} ${y + r}M${x - r} ${y + r}L${x + r} ${y - r}` });
}

/** Last month of the axis: whole years, two at least. */
function last(quantiles, horizon) {
  const found = quantiles.filter((month) => month !== null);
  return found.length ? Math.max(24, Math.ceil(Math.max(...found) / 12) * 12) : horizon;
}

/** The marks of an answer over an axis of months. */
export function strip(answer) {
  const { quantiles, band: [low, middle, high], horizon, late, caption } = answer;
  const never = quantiles.filter((month) => month === null).length;
  const end = last(quantiles, horizon);
  const across = never ? WIDTH - NEVER : WIDTH;
  const at = (month) => (month / end) * across;
  const columns = Array.from({ length: COLUMNS }, () => []);
  for (const month of quantiles) {
    if (month !== null) columns[Math.min(COLUMNS - 1, Math.floor((month / end) * COLUMNS))].push(month);
  }
  const wide = Math.floor((NEVER - 14) / PITCH);
  const rows = Math.max(4, Math.ceil(never / wide), ...columns.map((months) => months.length));
  const height = Math.min(ROWS, rows) * PITCH;
  const picture = svg("svg", { class: "cr-svg", viewBox: `0 0 ${WIDTH} ${height + 26}`, "aria-hidden": "true", focusable: "false" });
  columns.forEach((months, n) => {
    const step = Math.min(PITCH, height / Math.max(1, months.length));
    months.forEach((month, row) => {
      const inside = low !== null && month >= low && (high === null || month <= high);
      picture.append(svg("circle", {
        class: inside ? "cr-in" : "cr-out", cx: ((n + 0.5) * across) / COLUMNS, cy: height - RADIUS - row * step, r: inside ? RADIUS : RADIUS - 0.8,
      }));
    });
  });
  const tall = Math.min(PITCH, height / Math.ceil(never / wide));
  for (let n = 0; n < never; n += 1) {
    picture.append(cross(WIDTH - wide * PITCH + ((n % wide) + 0.5) * PITCH, height - RADIUS - Math.floor(n / wide) * tall));
  }
  picture.append(svg("path", { class: "cr-axis", d: `M0 ${height + 2}H${across}` }));
  if (low !== null) {
    const y = height + 15;
    const to = high === null ? across : at(high);
    picture.append(svg("path", { class: "cr-band", d: `M${at(low)} ${y - 6}V${y + 6}M${at(low)} ${y}H${to}${high === null ? "" : `M${to} ${y - 6}v12`}` }));
    if (middle !== null) picture.append(svg("path", { class: "cr-middle", d: `M${at(middle)} ${y - 10}v20` }));
  }
  const step = end <= 72 ? 12 : 24;
  const ticks = Array.from({ length: Math.floor(end / step) + 1 }, (_, n) => n * step).filter((month) => !never || at(month) < across - 30);
  return h("figure", { class: "cr-strip" },
    picture,
    h("div", { class: "cr-ticks", "aria-hidden": "true" },
      ticks.map((month) => placed(h("span", { class: month === 0 ? "cr-tick cr-first" : "cr-tick" }, String(month)), (at(month) / WIDTH) * 100, !never && month === end)),
      never ? h("span", { class: "cr-late" }, late) : null),
    h("p", { class: "cr-unit", "aria-hidden": "true" }, "months after the first day of study"),
    h("figcaption", {}, caption));
}

function placed(node, percent, atEnd) {
  if (atEnd) { node.className = "cr-tick cr-last"; return node; }
  node.style.left = `${percent}%`;
  return node;
}

/** What moves the result most: each with a bar from one end to the other, in months or in runs of 100. */
export function swings(answer) {
  const found = answer.swings.flatMap((one) => one.at).filter((month) => month !== null);
  const open = answer.swings.some((one) => one.at.includes(null));
  const end = answer.center === null ? 100 : Math.max(1, ...found, answer.center) * (open ? 1.15 : 1);
  const at = (month) => (month === null ? 100 : (month / end) * 100);
  return h("ol", { class: "cr-swings" }, answer.swings.map((one) => {
    const [from, to] = one.at.map(at).sort((a, b) => a - b);
    const bar = h("span", { class: one.at.includes(null) ? "cr-bar cr-open" : "cr-bar" });
    bar.style.left = `${from}%`;
    bar.style.width = `${Math.max(1, to - from)}%`;
    const track = h("span", { class: "cr-track", "aria-hidden": "true" }, bar);
    if (answer.center !== null) {
      const line = h("span", { class: "cr-center" });
      line.style.left = `${at(answer.center)}%`;
      track.append(line);
    }
    return h("li", {}, h("span", { class: "cr-swing" }, one.label), h("span", { class: "cr-ends-text" }, one.text), track);
  }));
}
