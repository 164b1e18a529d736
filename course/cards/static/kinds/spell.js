// How parts become letters, the same as `spell` in course/language/word_parts.py.

const KEEPS_I = new Set(["fasci"]); // fasciitis

/** "poly-" -> "poly". */
export const bare = (token) => token.replace(/^-|-$/g, "");

/** The word that the parts make, right or wrong: two i before a suffix are one, two o before a root get a hyphen. */
export function spell(tokens) {
  return tokens.map((token, n) => {
    const before = n ? tokens[n - 1] : "";
    const letters = bare(token);
    const suffix = token.startsWith("-");
    if (suffix && before.endsWith("i") && letters.startsWith("i") && !KEEPS_I.has(before)) return letters.slice(1);
    if (before === "o" && !suffix && !token.endsWith("-") && token.length > 1 && letters.startsWith("o")) return `-${letters}`;
    return letters;
  }).join("");
}
