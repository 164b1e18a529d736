import { multiple_choice, single_choice } from "./kinds/choice.js";
import { number } from "./kinds/number.js";
import { matching, sorting } from "./kinds/pairs.js";
import { ordering } from "./kinds/ordering.js";
import { code_entry } from "./kinds/code_entry.js";
import { modifier_choice } from "./kinds/modifier_choice.js";
import { service_lines } from "./kinds/service_lines.js";

// The kinds of questions that an exam may hold: the answer area of each, as the question card has it.

export const KINDS = {
  single_choice, multiple_choice, number, matching, sorting, ordering, code_entry, modifier_choice, service_lines,
};

/** Kinds whose answers are options that can be struck out. */
export const CHOICES = ["single_choice", "multiple_choice"];
