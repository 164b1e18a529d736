"""E/M by time: from minutes to the code, with prolonged time beside it, by the book or by Medicare."""

from __future__ import annotations

from course.calculators.model import Field, Option, Reader, Result, Row, Spec, many
from course.codesets import cpt, hcpcs
from course.codesets.cpt import em, em_tables
from course.codesets.rules.common import RuleError

CRITICAL = "critical-care"
_PAYERS = (Option("CPT", "The book's rule"), Option("Medicare", "Medicare"))
_HELP = "Without staff, and without what is billed by itself."
#: Categories that Medicare does not pay; the notes of their codes say what it takes instead.
_UNPAID = ("consult", "telehealth-video", "telehealth-audio")


def _timed() -> tuple[str, ...]:
    """The categories in which minutes lead to a code."""
    return tuple(key for key in em.categories() if any(row.first is not None for row in em.in_category(key)))


def spec() -> Spec:
    choices = tuple(Option(key, em.categories()[key]) for key in _timed())
    return Spec(
        name="em-time",
        title="E/M by time",
        intro="The billing professional's minutes on the date lead to a code, past the top code to prolonged time.",
        fields=(
            Field("choice", "category", "Category", options=choices, wide=True),
            Field("choice", "payer", "Rule", options=_PAYERS),
            Field("number", "minutes", "Minutes", name="the minutes", help=_HELP),
        ),
        example={"category": "office-established", "payer": "CPT", "minutes": "72"},
        compute=compute,
        source="CPT 2026, E/M guidelines, time; prolonged services; critical care. Medicare: Claims Processing Manual, "
        "chapter 12, sections 30.6.12 and 30.6.15.",
    )


def compute(reader: Reader) -> Result:
    """The code, its units, and prolonged time."""
    category = reader.choice("category")
    payer: em.Payer = "Medicare" if reader.choice("payer") == "Medicare" else "CPT"
    typed = reader.number("minutes", whole=True, least=1, most=1440)
    reader.done()
    minutes = int(typed or 0)
    if category == CRITICAL:
        return _critical(minutes, payer)
    rows = em.in_category(category)
    if payer == "Medicare" and category.startswith(_UNPAID):
        raise RuleError(rows[0].note)
    code = em.code_by_time(category, minutes)
    if code is None:
        raise RuleError(_none(category, minutes))
    lines = [_line(code, 1)]
    steps = [_step(row, minutes) for row in rows if row.first is not None]
    notes = [row.note for row in rows if row.code == code and row.note]
    row = em_tables.prolonged().get((payer, code))
    if row is not None:
        extra = em.prolonged_units(category, minutes, payer)
        told = many(extra.units, "unit") if extra else "not reached"
        steps.append(f"{row.code} begins at {row.first} minutes and counts each further {row.each}: {told}.")
        lines += [_line(extra.code, extra.units)] if extra else []
        if row.days != "date of the visit":
            notes.append(f"For {row.code} Medicare also counts minutes of other days: {row.days}.")
    steps.append(f"{many(minutes, 'minute')}: {_sentence(lines)}")
    return Result(tuple(lines), tuple(steps), _sentence(lines), (*notes, *_beyond(lines)))


def _step(row: em.EmCode, minutes: int) -> str:
    assert row.first is not None
    if row.most is not None:
        span = f"{row.first} to {row.most}" if row.first else f"up to {row.most}"
        return f"{row.code}: {span} minutes{', which fits' if row.first <= minutes <= row.most else ''}."
    word = "more than " if row.rule == "more than" else "at least "
    return f"{row.code}: {word}{row.minutes} minutes, {'reached' if row.first <= minutes else 'not reached'}."


def _critical(minutes: int, payer: em.Payer) -> Result:
    found = em.critical_care(minutes, payer)
    if not found:
        raise RuleError("Less than 30 minutes is no critical care: take the visit code of the setting.")
    first = 104 if payer == "Medicare" else 75
    lines = [_line(code, units) for code, units in found]
    steps = (
        "99291: 30 to 74 minutes, once a date.",
        f"99292: first at {first} minutes, then every 30 more ({first + 30}, {first + 60}, ...).",
        f"{many(minutes, 'minute')}: {_sentence(lines)}",
    )
    notes = ("Procedures that are billed by themselves take no part in the minutes.",)
    return Result(tuple(lines), steps, _sentence(lines), (*notes, *_beyond(lines)))


def _none(category: str, minutes: int) -> str:
    rows = [row for row in em.in_category(category) if row.first is not None]
    if rows[-1].most is not None and minutes > rows[-1].most:
        return f"More than {rows[-1].most} minutes of talk are no short check-in: look among the telehealth visits."
    return f"{many(minutes, 'minute')}: {rows[0].code} needs {rows[0].first}. Level the visit by decision making."


def _beyond(lines: list[Row]) -> list[str]:
    """A remark for each line with more units than Medicare's medically unlikely edit lets pass on one day."""
    said = []
    for one in lines:
        found = cpt.get(one.code) or hcpcs.get(one.code)
        if found and found.mue and int(one.units) > found.mue:
            said.append(f"{one.code}: more units than the day's limit of {found.mue}: check the minutes.")
    return said


def _line(code: str, units: int) -> Row:
    found = cpt.get(code) or hcpcs.get(code)
    return Row(code, (), str(units), found.words if found else "")


def _sentence(lines: list[Row]) -> str:
    return " and ".join(f"{one.code} × {one.units}" if one.units != "1" else one.code for one in lines) + "."
