// How parts become letters, the same as `spell` in course/language/word_parts.py.

const KEEPS_I = new Set(["fasci"]); // fasciitis

/** "poly-" -> "poly". */
export const bare = (token) => token.replace(/^-|-$/g, "");

const suffix = (token) => token.startsWith("-");
const sharesI = (before, token) => suffix(token) && before.endsWith("i") && bare(token).startsWith("i") && !KEEPS_I.has(before);
const hyphen = (before, token) => before === "o" && token.length > 1 && !suffix(token) && !token.endsWith("-") && token.startsWith("o");

/** The word that the parts make, right or wrong: two i before a suffix are one, two o before a root get a hyphen. */
export function spell(tokens) {
  return tokens.map((token, n) => {
    const before = n ? tokens[n - 1] : "";
    if (sharesI(before, token)) return bare(token).slice(1);
    return hyphen(before, token) ? `-${bare(token)}` : bare(token);
  }).join("");
}

/** Where the word is not spelled as its parts are, why: "" or a sentence or two, the same as `met` in word_parts.py. */
export function met(tokens) {
  const said = [];
  if (tokens.some((token, n) => n && sharesI(tokens[n - 1], token))) said.push("Two i meet here, and one is written.");
  if (tokens.some((token, n) => n && hyphen(tokens[n - 1], token))) said.push("Two o meet here, and a hyphen parts them.");
  return said.join(" ");
}
