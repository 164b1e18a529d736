"""What Python and pandas say of frequent slips, and the same in plain words: (pattern, what happened, what to try).

Each pattern is looked for in the message of the error; the first that is found counts. They were read off Python 3.11
and pandas 3.1; where another version words it otherwise, nothing is lost: what is not found here is told by its type
alone, with the words of Python below.
"""

from __future__ import annotations

#: What Python says of a line that it cannot read.
SYNTAX = (
    (r"was never closed", "a bracket is opened and not closed.", "Each ( needs its ), each [ its ]."),
    (
        r"unmatched|does not match opening",
        "a bracket is closed that does not fit.",
        "Each ( needs its ), each [ its ].",
    ),
    (r"unterminated|EOL while", "a quotation mark is missing.", 'A text begins and ends with the same mark: "year".'),
    (r"forgot a comma", "a comma seems to be missing.", "Values in brackets are kept apart by commas."),
    (r"'==' (or ':=' )?instead of '='", "a single = stands where two are needed.", "Two == compare, one = assigns."),
    (r"indent", "it does not begin where it should.", "Let each line begin at the left edge, or inside brackets."),
    (r"invalid character", "it holds a character of a word processor.", 'Type quotation marks anew: " and not “.'),
    (r"decimal literal", "a number and a name stand together.", "Write 50_000 or 50000, without a comma or a unit."),
    (r"leading zeros", "a number begins with zero.", "A code such as 29-2072 is text: put it in quotation marks."),
)


#: What is said when a value is of a kind that the operation does not take.
TYPE = (
    (r"'(method|function|builtin_function_or_method)' object is not subscriptable",
     "Square brackets stand behind a method.", "A method is called with round ones: `.head(5)`."),
    (r"object is not callable", "Round brackets stand behind something that is not a method.",
     'A column is chosen with square ones: `["year"]`.'),
    (r"unsupported operand|can only concatenate|must be str|ufunc .* did not contain a loop",
     "Text and numbers do not add up.",
     "Look which of the columns holds text; quotation marks make text of a number."),
    (r"'<' not supported|'>' not supported|not supported between", "Text and numbers cannot be compared.",
     "A number has no quotation marks, a text has."),
    (r"missing \d+ required|takes .* positional", "This method was given too little or too much.",
     "Compare the brackets with those of the cells above."),
    (r"unhashable type: 'list'", "A list stands where one name is asked for.", "One pair of square brackets may do."),
    (r"agg function failed|Could not convert|does not support|not implemented for",
     "A column of text cannot be added up or averaged.",
     "Choose the columns with numbers first."),
)  # fmt: skip


#: What is said when a value itself does not fit, as of a merge.
VALUE = (
    (r"truth value of a .* is ambiguous", "Conditions on columns are joined by signs, not by words.",
     "Write `&` for and, `|` for or, and put each condition in round brackets."),
    (r"Merge keys are not unique in (either|left|right)", "In a merge, a key stands in more than one row of a table.",
     "Keep one row per key first, such as one occupation with `.query(…)`; or look at what `validate=` promises."),
    (r"You are trying to merge on", "The two columns to merge on hold different things: text here, numbers there.",
     "Look at both with `.dtypes`; `.astype(…)` turns one into the other."),
    (r"Length of values", "A new column must have as many values as the table has rows.",
     "Compute it from columns of the same table."),
    (r"Can only compare identically-labeled|cannot reindex", "The rows of the two do not belong together.",
     "Bring them into one table with `.merge(…)` first."),
    (r"could not convert string|invalid literal", "A text is not a number.", "Commas and units must go first."),
    (r"No axis named|no axis", "This is not a direction of a table.", "Rows are axis 0, columns axis 1."),
)  # fmt: skip
