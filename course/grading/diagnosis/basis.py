"""Say which official note or rule a finding rests on, as one plain line with its owner.

Notes of the Tabular List are quoted as the code set holds them, cut when long. The Official Guidelines are named by
section, with their gist in our words; the sections were read in the FY2025 edition, and the line says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.grading.diagnosis.titles import shorten

if TYPE_CHECKING:
    from course.codesets.icd10cm import Note, Seventh

#: Edition of the Official Guidelines in which the sections named here were read.
GUIDELINES = "FY2025"
#: Most words of a note that are quoted.
QUOTE = 45

_NAMES = {
    "includes": "Includes note",
    "inclusion_term": "inclusion term",
    "excludes1": "Excludes1 note",
    "excludes2": "Excludes2 note",
    "code_first": "“code first” note",
    "use_additional": "“use additional code” note",
    "code_also": "“code also” note",
    "seventh": "7th-character note",
    "note": "note",
}

_RULES = {
    "I.A.2": "a code has 3 to 7 characters; whatever is divided further is a heading",
    "I.A.4": "where a placeholder X stands, it is part of the code",
    "I.A.5": "a 7th character must stand in place 7, and X fills what is empty before it",
    "I.A.9.a": "“other” is for a documented detail without a code of its own",
    "I.A.9.b": "“unspecified” is for when the record does not say more",
    "I.A.12.a": "Excludes1 means “not coded here”, unless the two conditions are unrelated",
    "I.A.13": "the disease first, then what it does; “in diseases classified elsewhere” never leads",
    "I.B.1": "find the term in the Index, then verify the code in the Tabular List",
    "I.B.2": "use every character a code has, and all the detail the record gives",
    "I.B.4": "symptoms are coded while no diagnosis that explains them is confirmed",
    "I.B.5": "what routinely goes with a disease is not coded beside it",
    "I.B.9": "one combination code where there is one, not its parts",
    "I.B.12": "each code is reported once for an encounter",
    "I.B.13": "code the side the record names; “unspecified” side only when no one can tell",
    "I.B.18": "code to the certainty the record has, and no further",
    "II, IV.A": "what the encounter is chiefly for leads",
    "III, IV.J": "code every condition that is there at the visit and bears on the care",
}


def guideline(section: str) -> str:
    """ "Official Guidelines I.B.2 (FY2025): use every character …"."""
    return f"Official Guidelines {section} ({GUIDELINES}): {_RULES[section]}."


def kind_name(kind: str) -> str:
    """ "Excludes1 note" for "excludes1"."""
    return _NAMES.get(kind, "note")


def place_name(owner: str) -> str:
    """Where a note stands, fit for a sentence: "chapter 15", "block V00-V99", "I10"."""
    return f"chapter {owner}" if owner.isdigit() else f"block {owner}" if "-" in owner else owner


def at_place(owner: str) -> str:
    """The same as the opening of a sentence: "At the head of chapter 15", "In block V00-V99", "At I10"."""
    opening = "At the head of" if owner.isdigit() else "In" if "-" in owner else "At"
    return f"{opening} {place_name(owner)}"


def note_line(note: Note, owner: str = "", lead: str = "") -> str:
    """ "Tabular List, Excludes1 note at I10: “…”".

    ``owner``: words to use in place of the code that carries the note. ``lead``: the head of the list the note stands
    in.
    """
    text = shorten(f"{lead} {note.text}" if lead else note.text, QUOTE)
    return f"Tabular List, {kind_name(note.kind)} at {owner or place_name(note.owner)}: “{text}”"


def seventh_line(rule: Seventh) -> str:
    """The sentence of the book that asks for the 7th character."""
    text = rule.text or "7th characters"
    return f"Tabular List, 7th-character note at {rule.owner}: “{shorten(text, QUOTE)}”"


def titles_line(heading: str, choices: str) -> str:
    """The titles under a heading as a basis: "Tabular List, titles under S52.52: 1 right, 2 left, 9 unspecified."."""
    return f"Tabular List, titles under {heading}: {choices}."
