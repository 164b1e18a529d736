// E/M: from ticks to levels and a code. Pure; the same rules as course/codesets/cpt/em.py, and a test holds the two together.
// `parts` and `codes` come with the view; `counts` is {element: how many}.

/** {problems, data, risk, overall}: 0 none, 1 straightforward, 2 low, 3 moderate, 4 high. */
export function mdm(parts, counts) {
  const levels = {};
  for (const part of parts) levels[part.id] = part.id === "data" ? dataLevel(part.entries, counts) : gravest(part.entries, counts);
  const [, overall] = [levels.problems, levels.data, levels.risk].sort((a, b) => a - b);
  return { ...levels, overall };
}

/** The highest of what is ticked; two of a kind may give more than one. */
function gravest(entries, counts) {
  const found = entries.filter((one) => counts[one.id] > 0);
  return Math.max(0, ...found.map((one) => (counts[one.id] > 1 ? one.two : one.level)));
}

/** Items of category 1, another person's story, an own reading, a discussion: counted into one level. */
function dataLevel(entries, counts) {
  const found = entries.filter((one) => counts[one.id] > 0);
  const items = found.filter((one) => one.category === "1").reduce((sum, one) => sum + counts[one.id], 0);
  const has = (category) => found.some((one) => one.category === category);
  const met = [items + (has("historian") ? 1 : 0) >= 3, has("2"), has("3")].filter(Boolean).length;
  if (met) return met > 1 ? 4 : 3;
  return items >= 2 || has("historian") ? 2 : 1;
}

/** The code of a level, or "". */
export function codeFor(codes, level) {
  return (codes.find((one) => one.levels.includes(level)) || { code: "" }).code;
}

/** The code that whole minutes lead to, or "". */
export function codeByTime(codes, minutes) {
  const reached = codes.filter((one) => one.first !== null && one.first <= minutes);
  return reached.length ? reached[reached.length - 1].code : "";
}

/** The higher of two codes of a category; "" is below all. */
export function higher(codes, one, other) {
  const place = (code) => codes.findIndex((row) => row.code === code);
  return place(one) >= place(other) ? one : other;
}

/** Whole minutes in a field, or null; what cannot be read is null, too. */
export function minutesIn(text) {
  const found = /^\s*(\d{1,4})\s*(?:min(?:utes)?\.?)?\s*$/i.exec(text || "");
  return found ? Number(found[1]) : null;
}
