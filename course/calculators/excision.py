"""Skin lesions: the size that counts is the lesion with its margins."""

from __future__ import annotations

from decimal import Decimal

from course.calculators.model import Field, Option, Reader, Result, Spec, added, listed, many, row
from course.codesets import cpt
from course.codesets.rules import excision as rule
from course.codesets.rules.common import Line, RuleError, plain

#: Centimeters. More than this is a slip of the pen (millimeters), not a lesion that is cut out.
LARGEST = 30
_KINDS = (Option("benign", "Benign"), Option("malignant", "Malignant"))
_SITES = tuple(Option(site, site.capitalize()) for sites in rule.GROUPS.values() for site in sites)

FIELDS = (
    Field(
        "rows",
        "lesions",
        "Lesions",
        row="Lesion",
        columns=(
            Field("choice", "kind", "Pathology says", options=_KINDS),
            Field("choice", "site", "Site", options=_SITES),
            Field("number", "size", "Longest side", name="the longest side", unit="cm"),
            Field("number", "margin", "Narrowest margin", name="the margin", unit="cm", help="On one side."),
            Field("number", "other", "Margin, other side", unit="cm", help="Empty: the same.", optional=True),
        ),
    ),
)


def spec() -> Spec:
    return Spec(
        name="excision",
        title="Excision of skin lesions",
        intro="The lesion and the narrowest margin on both sides, measured before the cut. Each lesion alone.",
        fields=FIELDS,
        example={
            "lesions": [
                {"kind": "malignant", "site": "nose", "size": "1.2", "margin": "0.3", "other": ""},
                {"kind": "benign", "site": "leg", "size": "0.5", "margin": "0.2", "other": "0.1"},
            ]
        },
        compute=compute,
        source="CPT 2026, surgery guidelines, excision of benign and malignant lesions.",
    )


def compute(reader: Reader) -> Result:
    """One line for each lesion."""
    steps: list[str] = []
    lines: list[Line] = []
    for one in reader.rows("lesions"):
        size = one.number("size", positive=True, most=LARGEST)
        margin = one.number("margin", most=LARGEST)
        other = one.number("other", most=LARGEST)
        if size is None or margin is None or reader.faults:
            continue
        kind, site = one.choice("kind"), one.choice("site")
        second = margin if other is None else other
        try:
            numbers = rule.family(kind, site)
        except RuleError as error:
            one.fault("site", str(error))
            continue
        total = rule.diameter(size, margin, second)
        place = rule.size_of(total)
        steps.append(
            f"Lesion {len(steps) + 1}: {added([size, margin, second])} = {plain(total)} cm. {kind.capitalize()}, "
            f"{site}: {numbers[0]} to {numbers[-1]}. {rule.size_words(place).capitalize()}: {numbers[place]}."
        )
        lines.append(Line(numbers[place]))
    reader.done()
    shown = [row(line, _words(line.code)) for line in lines]
    named = listed([line.code for line in lines])
    same = {line.code for line in lines if lines.count(line) > 1}
    notes = ["A one-layer closure is part of the excision. Layered or complex closures are coded too."]
    if same:
        notes.append("The same number twice: the second line needs modifier 59 or XS, so that it is no duplicate.")
    return Result(tuple(shown), tuple(steps), f"{many(Decimal(len(lines)), 'line')}: {named}.", notes=tuple(notes))


def _words(code: str) -> str:
    found = cpt.get(code)
    return found.words if found else ""
