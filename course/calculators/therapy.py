"""Therapy: minutes of one day to units, by Medicare's rule or service by service."""

from __future__ import annotations

from course.calculators.model import Field, Option, Reader, Result, Spec, listed, many, row
from course.codesets import cpt, hcpcs
from course.codesets.rules import therapy as rule
from course.codesets.rules.common import RuleError

_POLICIES = (
    Option("medicare", "Medicare: all timed minutes together"),
    Option("midpoint", "Each service alone (rule of eights)"),
)


def _words(code: str) -> str:
    found = cpt.get(code) or hcpcs.get(code)
    return found.words if found else ""


def _label(code: str) -> str:
    words = _words(code).removesuffix(", per quarter hour")
    return f"{code} {words}".strip()


def _fields() -> tuple[Field, ...]:
    codes = tuple(Option(code, _label(code)) for code in (*rule.TIMED, *rule.UNTIMED))
    return (
        Field("choice", "policy", "Rule", options=_POLICIES, wide=True),
        Field(
            "rows",
            "services",
            "Services of the day, one discipline",
            row="Service",
            columns=(
                Field("choice", "code", "Service", options=codes, wide=True),
                Field("number", "minutes", "Minutes", name="the minutes", when=("code", rule.TIMED)),
            ),
        ),
    )


def spec() -> Spec:
    return Spec(
        name="therapy",
        title="Therapy units",
        intro="Timed services earn a unit for each quarter hour; untimed ones are one unit, however long.",
        fields=_fields(),
        example={
            "policy": "medicare",
            "services": [
                {"code": "97110", "minutes": "33"},
                {"code": "97140", "minutes": "7"},
                {"code": "97161", "minutes": ""},
            ],
        },
        compute=compute,
        source="Medicare Claims Processing Manual, chapter 5, section 20.2; CPT 2026, introduction, time.",
    )


def compute(reader: Reader) -> Result:
    """Units of one discipline's day."""
    policy = reader.choice("policy")
    services: list[rule.Service] = []
    for one in _chosen(reader):
        code = one.choice("code")
        minutes = one.number("minutes", whole=True, most=480) if code in rule.TIMED else None
        services.append(rule.Service(code, int(minutes or 0)))
    reader.done()
    result = rule.allot(services, policy)
    steps = _medicare(result) if policy == "medicare" else _alone(result)
    swapped = [code for code, _ in services if policy == "medicare" and code in rule.MEDICARE_SWAP]
    steps += [f"Medicare takes {rule.MEDICARE_SWAP[code]} in place of {code}." for code in swapped]
    if result.untimed:
        one_only = len(result.untimed) == 1
        words = "is untimed: one unit" if one_only else "are untimed: one unit each"
        steps.append(f"{listed(list(result.untimed))} {words}.")
    if not result.lines:
        raise RuleError("Fewer than 8 timed minutes earn no unit.")
    sentence = listed([f"{line.code} × {line.units}" for line in result.lines])
    notes = ["Count minutes of one-on-one treatment. Medicare also wants GP, GO or GN on each line."]
    if result.tie:
        notes.insert(0, f"The last unit may go to {' or '.join(result.tie)}: their minutes are equal.")
    return Result(
        tuple(row(line, _words(line.code)) for line in result.lines),
        tuple(steps),
        f"{sentence}.",
        tuple(notes),
    )


def _chosen(reader: Reader) -> list[Reader]:
    """Rows with minutes, and rows whose service needs none."""
    one = reader.field("services")
    given = reader.values.get("services")
    given = given if isinstance(given, list | tuple) else []
    rows = [row if isinstance(row, dict) else {} for row in given]
    # An untimed service has nothing to write: its row counts all the same.
    marked = [{**row, "minutes": "0"} if row.get("code") in rule.UNTIMED else row for row in rows]
    readers = Reader({"services": marked}, (one,), faults=reader.faults, missing=reader.missing)
    return readers.rows("services")


def _medicare(result: rule.Allotment) -> list[str]:
    if not result.shares:
        return []
    steps = []
    if len(result.shares) > 1:
        steps.append(f"{' + '.join(str(one.minutes) for one in result.shares)} = {result.total} timed minutes.")
    if not result.units:
        return [*steps, f"{many(result.total, 'minute')}: below 8, no unit."]
    first, last = rule.span_of(result.units)
    steps.append(f"{first} to {last} minutes are {many(result.units, 'unit')}.")
    full = sum(one.full for one in result.shares)
    if full:
        shown = [f"{one.code} has {one.full}" for one in result.shares if one.full]
        steps.append(f"Full quarter hours: {listed(shown)}.")
    if result.units > full:
        left = [f"{one.code} {one.left}" for one in result.shares if one.left]
        got = [one.code for one in result.shares if one.units > one.full]
        steps.append(f"Minutes left over: {', '.join(left)}. {many(result.units - full, 'unit')} more: {listed(got)}.")
    return steps


def _alone(result: rule.Allotment) -> list[str]:
    return [
        f"{one.code}: {many(one.minutes, 'minute')}, {many(one.units, 'unit')}"
        + (" (fewer than 8 minutes)." if one.minutes < rule.FIRST else ".")
        for one in result.shares
    ]
