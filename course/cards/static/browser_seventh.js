import { h, uid } from "./dom.js";
import { glyph, mark } from "./browser_icons.js";
import { copyButton } from "./browser_parts.js";

// The 7th-character picker: a radio for each character with its meaning, and the completed code beside it.

/** S 5 2 . 5 2 1 [A] as boxes. For eyes only: the completed code stands beside it as text. */
function boxes(code, stem, fills) {
  const bare = (code || stem).replace(".", "").padEnd(7, " ");
  const begin = stem.replace(".", "").length;
  return h("span", { class: "cb-boxes", "aria-hidden": "true" }, [...bare].map((char, n) => {
    const part = n === 6 ? "last" : n >= begin && n < begin + fills ? "fill" : "stem";
    return h("span", { class: "cb-box", "data-part": part }, char === " " ? (part === "fill" ? "X" : "?") : char);
  }));
}

/** The picker of a page, or null where it has none. */
export function seventh(page, { go, say, root }) {
  const rule = page.seventh;
  if (!rule || !rule.ready) return null;
  const name = uid("seventh");
  const made = h("div", { class: "cb-made" });

  function show(option) {
    made.replaceChildren(...[
      boxes(option && option.code, rule.stem, rule.fills),
      option
        ? h("div", { class: "cb-made-text" },
          h("p", {}, h("strong", { class: "cb-code" }, option.code), " ", option.title),
          option.billable ? mark("billable", "Billable code") : null)
        : h("p", { class: "cb-quiet" }, "Pick a character to complete the code."),
      option
        ? h("div", { class: "cb-actions" }, copyButton(option.code, { say, root }),
          option.code === page.code ? null
            : h("button", { type: "button", class: "cc-button", onclick: () => go(option.code) }, `Open ${option.code}`))
        : null,
    ].filter(Boolean));
  }

  const radio = (option) => {
    const id = uid("char");
    const input = h("input", {
      type: "radio", name, value: option.char, id, checked: option.char === rule.chosen,
      onchange: () => { show(option); say(`${option.code}. ${option.title}. Billable code.`); },
    });
    return h("div", { class: "cc-option cb-char" }, h("label", { class: "cc-option-label", for: id }, input,
      h("strong", { class: "cb-code" }, option.char), h("span", { class: "cc-option-text" }, option.meaning)));
  };

  show(rule.options.find((option) => option.char === rule.chosen) || null);
  return h("section", { class: "cb-section" },
    h("fieldset", { class: "cb-seventh" },
      h("legend", { class: "cb-head" }, rule.chosen ? "The 7th character" : "Choose the 7th character"),
      h("p", { class: "cb-quiet" },
        `The rule stands at ${rule.owner_name.charAt(0).toLowerCase()}${rule.owner_name.slice(1)}. `,
        rule.fills ? `${rule.stem} has ${6 - rule.fills} characters, so X fills ${rule.fills === 1 ? "the empty place" : `the ${rule.fills} empty places`} before the 7th.` : null),
      h("div", { class: "cb-chars" }, rule.options.map(radio))),
    made);
}
