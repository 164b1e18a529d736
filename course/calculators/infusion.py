"""Infusions, pushes and injections of one encounter."""

from __future__ import annotations

from typing import NamedTuple

from course.calculators.model import Field, Option, Reader, Result, Spec, listed, row
from course.codesets import cpt
from course.codesets.rules import infusion as rule
from course.codesets.rules.common import RuleError


class What(NamedTuple):
    """What the learner picks, as the rules take it."""

    label: str
    kind: str
    route: str


_WHAT = {
    "drip": What("Drug, infusion", "therapeutic", "infusion"),
    "push": What("Drug, push", "therapeutic", "push"),
    "shot": What("Drug, injection (muscle, skin)", "therapeutic", "injection"),
    "chemo": What("Chemotherapy, infusion", "chemotherapy", "infusion"),
    "chemo-push": What("Chemotherapy, push", "chemotherapy", "push"),
    "chemo-shot": What("Chemotherapy, injection", "chemotherapy", "injection"),
    "fluid": What("Hydration (fluid)", "hydration", "infusion"),
}
_RUNS = ("drip", "chemo", "fluid")
_COUNTED = ("push", "shot", "chemo-push", "chemo-shot")

FIELDS = (
    Field(
        "choice",
        "setting",
        "Where",
        options=(Option("facility", "Hospital outpatient department"), Option("office", "Doctor's office")),
        wide=True,
    ),
    Field(
        "rows",
        "given",
        "What was given",
        row="Drug",
        columns=(
            Field("text", "drug", "Drug or fluid", name="the name"),
            Field("choice", "what", "How", options=tuple(Option(key, one.label) for key, one in _WHAT.items())),
            Field("number", "minutes", "It ran", name="the minutes", unit="minutes", when=("what", _RUNS)),
            Field("number", "times", "Times given", optional=True, when=("what", _COUNTED)),
            Field("choice", "access", "Vein access", options=(Option("1", "First"), Option("2", "Second"))),
            Field("tick", "beside", "Ran together with another", when=("what", ("drip", "fluid"))),
            Field("tick", "reason", "Reason for the visit", when=("setting", ("office",))),
        ),
    ),
)


def spec() -> Spec:
    def one(drug: str, what: str, minutes: str = "", times: str = "", beside: bool = False) -> dict[str, object]:
        return {
            "drug": drug,
            "what": what,
            "minutes": minutes,
            "times": times,
            "access": "1",
            "beside": beside,
            "reason": drug == "Ceftriaxone",
        }

    return Spec(
        name="infusion",
        title="Infusions, pushes, injections",
        intro="One initial number for each vein access; minutes decide the hours.",
        fields=FIELDS,
        example={
            "setting": "facility",
            "given": [
                one("Normal saline", "fluid", "95"),
                one("Ceftriaxone", "drip", "30"),
                one("Ondansetron", "push", times="2"),
            ],
        },
        compute=compute,
        source="CPT 2026, medicine guidelines, hydration, infusions and injections; NCCI Policy Manual, chapter 11.",
    )


def compute(reader: Reader) -> Result:
    """Lines of one encounter, and what became of each thing given."""
    setting = reader.choice("setting")
    given: list[rule.Given] = []
    reasons: list[int] = []
    for one in reader.rows("given"):
        what = _WHAT[key := one.choice("what")]
        drug = one.text("drug")
        minutes = one.number("minutes", whole=True, positive=True, most=1440) if key in _RUNS else None
        times = one.number("times", whole=True, positive=True, most=20) if key in _COUNTED else None
        if one.tick("reason"):
            reasons.append(len(given))
        given.append(
            rule.Given(
                drug,
                what.kind,
                what.route,
                int(minutes or 0),
                int(times or 1),
                one.tick("beside") and key in ("drip", "fluid"),
                int(one.choice("access")),
            )
        )
    reader.done()
    if setting == "office" and len(given) > 1 and len(reasons) != 1:
        raise RuleError("In the office the reason for the visit is the initial service: tick it on one row.")
    result = rule.code(given, setting, reasons[0] if setting == "office" and reasons else 0)
    steps = []
    if len(given) > 1 and any(one.initial for one in result.coded):
        steps.append(
            "The rank decides: chemotherapy, drugs, fluid; infusion before push before injection."
            if setting == "facility"
            else "The reason for the visit decides which service is initial."
        )
    for coded in result.coded:
        lines = listed([str(line) for line in coded.lines]) if coded.lines else "no line"
        steps.append(f"{coded.given.drug}: {coded.why[0].lower()}{coded.why[1:]} {lines[0].upper()}{lines[1:]}.")
    codes = listed([str(line) for line in result.lines]) if result.lines else "Nothing here is coded"
    notes = ["The drugs themselves have lines of their own (HCPCS Level II)."]
    if any(line.code in rule.INJECTION.values() for line in result.lines) and len(result.lines) > 1:
        notes.append("Beside an infusion or a push, the injection needs modifier 59 (or XU, XS) to pass the edits.")
    return Result(
        tuple(row(line, _words(line.code)) for line in result.lines), tuple(steps), f"{codes}.", notes=tuple(notes)
    )


def _words(code: str) -> str:
    found = cpt.get(code)
    return found.words if found else ""
