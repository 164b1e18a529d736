"""The facts of pregnancies: which diagnosis at what age and in what company, and the notes that tell them."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet

#: First and last day of each trimester, counted from the last menstrual period (note at the head of chapter 15). The
#: last trimester ends with the delivery; nobody is drawn beyond 39 weeks.
DAYS = {"first": (0, 14 * 7 - 1), "second": (14 * 7, 28 * 7 - 1), "third": (28 * 7, 39 * 7)}
#: The days on both sides of the two boundaries.
BOUNDARIES = tuple(limit + step for limit in (14 * 7, 28 * 7) for step in (-2, -1, 0, 1))
_EARLIEST = 7 * 7
_TRIMESTER = re.compile(r"\b(first|second|third|unspecified) trimester\b")
#: Diagnoses that nobody makes before 20 weeks, and those that are no longer so from 37 weeks on.
_LATE = (
    *(
        "O09.3",
        "O11",
        "O12",
        "O13",
        "O14",
        "O15",
        "O36.2",
        "O36.5",
        "O36.6",
        "O36.81",
        "O36.82",
        "O36.83",
        "O36.89",
        "O40",
        "O41",
    ),
    *("O26.0", "O26.1"),
    *("O42", "O43.02", "O43.2", "O43.81", "O44", "O45", "O46", "O47", "O60"),
)
_LATE_START = 20 * 7
_PRETERM = re.compile(r"preterm|before 37 completed", re.IGNORECASE)
#: Diagnoses that only a pregnancy with more than one fetus can have.
MULTIPLE = ("O31",)
#: Diagnoses that are told of a single fetus only.
SINGLE = ("O36.6",)
#: Diagnoses for which somebody stays in the hospital for days and goes home undelivered.
_STAY = (
    *("O10", "O11", "O13", "O14.0", "O21", "O22", "O23", "O24", "O26.6", "O34.3", "O42", "O44", "O46", "O47", "O60"),
    *("O98", "O99.0", "O99.4", "O99.5", "O99.6"),
)
#: Diagnoses that nobody makes at a planned visit.
URGENT = ("O11", "O14", "O15", "O41.1", "O42", "O45", "O46", "O47", "O60")
#: Left out: what hardly ever goes on as a pregnancy at home, quadruplets and more, complications of anesthesia, abuse.
_RARE = (
    *("O29", "O30.02", "O30.2", "O30.8", "O30.9", "O31.1", "O31.2", "O31.3", "O36.7", "O71", "O88"),
    *("O9A.3", "O9A.4", "O9A.5"),
)


class Visit(NamedTuple):
    """``begun``: the age in days that counts, on the day of the visit or of the admission; ``later``: the age at the
    discharge of a stay, otherwise None."""

    begun: int
    later: int | None


def trimester_of(days: int) -> str:
    """The trimester of a gestational age in completed days: less than 14 weeks 0 days is the first, less than 28 weeks
    0 days the second. Raises ValueError for a negative age."""
    if days < 0:
        raise ValueError(f"a gestational age is not negative: {days}")
    return "first" if days < 98 else "second" if days < 196 else "third"


def age(days: int) -> str:
    """``13 weeks 6 days``, as charts write it."""
    weeks, rest = divmod(days, 7)
    return f"{weeks} weeks {rest} {'day' if rest == 1 else 'days'}"


def visited(rng: random.Random, family: Code, offered: list[str], level: int) -> Visit:
    """A gestational age that the diagnosis can have and for which the family has a code."""
    start = _LATE_START if family.code.startswith(_LATE) else _EARLIEST + (5 * 7 if level == 3 else 0)
    early = _PRETERM.search(family.title) or family.code.startswith(MULTIPLE)
    end = 37 * 7 - 1 if early else DAYS["third"][1]
    spans = [(max(DAYS[name][0], start), min(DAYS[name][1], end)) for name in offered]
    spans = [(low, high) for low, high in spans if low <= high]
    near = [day for day in BOUNDARIES if any(low <= day <= high for low, high in spans)]
    if level == 2 and family.code.startswith(_STAY) and rng.random() < 0.5:
        limits = [day for day in BOUNDARIES[2::4] if any(low <= day - 5 and day + 7 <= end for low, _ in spans)]
        if limits:  # a stay that begins in one trimester and ends in the next
            limit = rng.choice(limits)
            return Visit(limit - rng.randint(1, 5), limit + rng.randint(0, 7))
    if level > 1 and near and rng.random() < 0.75:
        return Visit(rng.choice(near), None)
    low, high = rng.choice(spans)
    margin = 10 if level == 1 and high - low > 30 else 0
    return Visit(rng.randint(low + margin, high - margin), None)


def written(rng: random.Random, visit: Visit, level: int, urgent: bool) -> list[str]:
    """The note: where, how far, and what does not matter."""
    if visit.later is not None:
        return [
            rng.choice(("Hospital stay, ready to go home.", "Discharge summary.", "Antepartum unit, last day.")),
            f"Admitted at {age(visit.begun)} with this diagnosis.",
            rng.choice(("Discharged today at {0}.", "Goes home today, at {0}.")).format(age(visit.later)),
        ]
    where: tuple[str, ...] = (
        "Prenatal visit.",
        "Prenatal clinic.",
        "Prenatal clinic, follow-up.",
        "Seen in the high-risk clinic.",
    )
    if urgent:
        where = ("Obstetric triage.", "Labor and delivery, triage.", "Obstetric unit, first day.")
    dated = ("Gestational age {0}.", "{0} by dates.", "Dating scan agrees: {0} today.", "EGA today {0}.")
    lines = [rng.choice(where), rng.choice(dated).format(age(visit.begun))]
    if level > 1:
        lines.append(
            rng.choice(("Prenatal vitamins.", "No known allergies.", "Partner present.", "Lives near the hospital."))
        )
    return lines


@lru_cache(maxsize=8)
def families(codes: CodeSet, level: int) -> tuple[tuple[Code, dict[str, Code]], ...]:
    """Headings of chapter 15 whose entries differ in nothing but the time; at level 3 those that go on to a fetus."""
    out = []
    rows = codes.connection.execute(
        "SELECT code FROM code WHERE chapter = '15' AND NOT billable AND level NOT IN ('chapter', 'block') ORDER BY n"
    ).fetchall()
    for (name,) in rows:
        family = codes.get(name)
        if (
            family is None
            or not family.title_known
            or name.startswith(_RARE)
            or re.search(r"(?<!without )\bdelivery\b|[Uu]nspecified", family.title)
        ):
            continue
        below = _by_time(codes, family)
        if below is None:
            continue
        if all(code.billable for code in below.values()) != (level < 3):
            continue
        if level == 3 and not all(codes.valid_seventh(code.code) for code in below.values()):
            continue
        out.append((family, below))
    return tuple(out)


def _by_time(codes: CodeSet, family: Code) -> dict[str, Code] | None:
    """Trimester (or "complicating childbirth", …) -> entry; None where something else differs, or little does."""
    below: dict[str, Code] = {}
    for code in codes.children(family.code):
        found = _TRIMESTER.findall(code.title)
        rest = re.search(r"complicating (childbirth|the puerperium)", code.title)
        name = found[0] if len(found) == 1 else rest[0] if rest and not found else ""
        if not name or name in below or not code.title_known or not code.notes_known:
            return None
        below[name] = code
    return below if sum(name in DAYS for name in below) >= 2 and len(below) >= 3 else None
