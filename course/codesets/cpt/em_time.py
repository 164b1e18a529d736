"""Evaluation and management: what time, date and age decide.

Time is that of the billing professional on the date of the visit, with or without the patient, and never that of
staff or of a service that is billed by itself. A figure is a minimum: it is met or it is not, nothing is rounded.
(CPT 2026, E/M guidelines, time)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal, NamedTuple

from course.codesets.cpt.em_tables import in_category, prolonged

#: Whose rule: the CPT book's, or Medicare's where it differs.
Payer = Literal["CPT", "Medicare"]

#: Years after which a patient is new again.
YEARS = 3


class Extra(NamedTuple):
    """Units of a code of prolonged time, beside ``base``."""

    base: str
    code: str
    units: int


class Contact(NamedTuple):
    """An earlier service to the patient."""

    date: dt.date
    #: By the very same professional; then group and specialty no longer matter.
    same_person: bool = False
    #: By somebody of the same group practice.
    same_group: bool = True
    #: By somebody of exactly the same specialty and subspecialty.
    same_specialty: bool = True
    #: A face-to-face service by a professional who may report E/M codes: a refill or a reading alone is none.
    professional: bool = True


def code_by_time(category: str, minutes: int) -> str | None:
    """The code that whole minutes lead to: the last one whose first minute is reached.

    None where they reach none, where the category knows no time (emergency, 99211) or where they pass its last minute.
    Raises ``KeyError`` for an unknown category and ``ValueError`` for negative minutes. Critical care:
    ``critical_care``.
    """
    if minutes < 0:
        raise ValueError(f"minutes cannot be {minutes}")
    found = None
    for row in in_category(category):
        if row.first is not None and row.rule != "each 30" and row.first <= minutes:
            found = row.code if row.most is None or minutes <= row.most else None
    return found


def prolonged_units(category: str, minutes: int, payer: Payer = "CPT") -> Extra | None:
    """Prolonged time beside the top code of a category, chosen by time; None where there is none.

    CPT: one unit 15 minutes past the top code's minimum, then one for each 15 more (99417 outside the hospital, 99418
    inside and in nursing facilities). Medicare has codes of its own, most of which start later (G2212, G0316, G0317,
    G0318), and beside nursing, home and same-date codes it also counts minutes of other days. A unit is 15 full
    minutes. (CPT 2026, prolonged services; Medicare Claims Processing Manual, chapter 12, section 30.6.15)
    """
    row = prolonged().get((payer, in_category(category)[-1].code))
    if row is None or minutes < row.first:
        return None
    return Extra(row.base, row.code, 1 + (minutes - row.first) // row.each)


def critical_care(minutes: int, payer: Payer = "CPT") -> tuple[tuple[str, int], ...]:
    """Lines (code, units) for the minutes of critical care on one date; () below 30, where a visit code stands instead.

    CPT: 99291 for 30 to 74 minutes; 99292 once from 75, twice from 105, and so on. Medicare asks for 30 full minutes:
    99292 once from 104, twice from 134. (CPT 2026, critical care; MLN Matters MM12982)
    """
    if minutes < 30:
        return ()
    more = max(0, (minutes - 74) // 30 if payer == "Medicare" else (minutes - 45) // 30)
    return (("99291", 1), *((("99292", more),) if more else ()))


def three_years_before(day: dt.date) -> dt.date:
    """The same date three years earlier; 28 February for a 29th."""
    try:
        return day.replace(year=day.year - YEARS)
    except ValueError:
        return day.replace(year=day.year - YEARS, day=28)


def counts_for_status(contact: Contact, today: dt.date) -> bool:
    """Whether an earlier service makes the patient established on ``today``.

    The anniversary itself still counts: exercises keep away from that day, since the books do not speak of it.
    """
    near = contact.same_person or (contact.same_group and contact.same_specialty)
    return contact.professional and near and three_years_before(today) <= contact.date <= today


def new_or_established(contacts: Iterable[Contact], today: dt.date) -> Literal["new", "established"]:
    """ "established" after a face-to-face service within three years by the same professional, or by one of exactly the
    same specialty and subspecialty in the same group; otherwise "new".

    Who covers for an absent colleague stands in that colleague's place; a nurse practitioner or physician assistant has
    the specialty of the physicians they work with. (CPT 2026, E/M guidelines, new and established patient; Medicare
    Claims Processing Manual, chapter 12, section 30.6.7)
    """
    return "established" if any(counts_for_status(one, today) for one in contacts) else "new"


def preventive(age: int, new: bool) -> str:
    """The code of a preventive visit for an age in completed years, 0 for an infant. (CPT 2026, preventive medicine)

    Raises ``ValueError`` for a negative age.
    """
    for row in in_category("preventive-new" if new else "preventive-established"):
        if row.ages and row.ages[0] <= age and (row.ages[1] is None or age <= row.ages[1]):
            return row.code
    raise ValueError(f"no preventive visit at the age of {age}")
