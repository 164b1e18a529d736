"""Closures: lengths add up within one class and one site group."""

from __future__ import annotations

from course.calculators.model import Field, Option, Reader, Result, Spec, added, listed, row
from course.codesets import cpt
from course.codesets.rules import repair as rule
from course.codesets.rules.common import Line, plain

_CLASSES = (
    Option("simple", "Simple"),
    Option("intermediate", "Intermediate"),
    Option("complex", "Complex"),
)
_SITES = tuple(Option(site, site.capitalize()) for site in rule.SITES)

FIELDS = (
    Field(
        "rows",
        "wounds",
        "Closed wounds",
        row="Wound",
        columns=(
            Field("number", "length", "Length", name="the length", unit="cm"),
            Field("choice", "kind", "Closure", options=_CLASSES),
            Field("choice", "site", "Site", options=_SITES),
        ),
    ),
)


def spec() -> Spec:
    return Spec(
        name="repair",
        title="Closure of wounds",
        intro="Lengths are added up within one class of closure and one group of sites, never across.",
        fields=FIELDS,
        example={
            "wounds": [
                {"length": "3.2", "kind": "simple", "site": "scalp"},
                {"length": "5", "kind": "simple", "site": "arm"},
                {"length": "8", "kind": "complex", "site": "leg"},
                {"length": "2", "kind": "intermediate", "site": "cheek"},
            ]
        },
        compute=compute,
        source="CPT 2026, surgery guidelines, repair (closure); Medicare NCCI Policy Manual, chapter 3.",
    )


def compute(reader: Reader) -> Result:
    """Lines for all wounds of one patient on one day."""
    wounds = []
    for one in reader.rows("wounds"):
        length = one.number("length", positive=True, most=300)
        if length is not None:
            wounds.append(rule.wound(length, one.choice("kind"), one.choice("site")))
    reader.done()
    steps: list[str] = []
    lines: list[Line] = []
    for part in rule.sums(wounds):
        sites = listed(list(dict.fromkeys(wound.site for wound in part.wounds)))
        sum_of = added([wound.length for wound in part.wounds])
        total = f"{sum_of} = {plain(part.total)}" if len(part.wounds) > 1 else plain(part.total)
        steps.append(f"{part.kind.capitalize()}, {sites}: {total} cm. That is {_read(part)}.")
        lines += part.lines
    codes = listed([str(line) for line in lines])
    notes = []
    if len(steps) > 1:
        notes.append("Most complex first. CPT puts modifier 59 on the later classes; some payers want 51 or XS.")
    if any(wound.kind == "complex" and wound.length <= rule.COMPLEX_FLOOR for wound in wounds):
        notes.append("A short complex closure counts here because it is added to others of its group.")
    return Result(tuple(row(line, _words(line.code)) for line in lines), tuple(steps), f"{codes}.", notes=tuple(notes))


def _read(part: rule.Sum) -> str:
    if len(part.lines) == 1:
        return part.lines[0].code
    first, rest = part.lines
    left = part.total - rule.COMPLEX_SECOND
    return (
        f"{first.code} for the first {plain(rule.COMPLEX_SECOND)} cm. The other {plain(left)} cm: {rest.code}, one for "
        f"each {plain(rule.COMPLEX_STEP)} cm begun, so {rest.units}"
    )


def _words(code: str) -> str:
    found = cpt.get(code)
    return found.words if found else ""
