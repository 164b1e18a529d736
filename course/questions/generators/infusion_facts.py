"""What drawn medication records tell: who came, what was given, when and for how long.

The visits and drugs stand in ``infusion_visits``; minutes and doses decide nothing but the code.
"""

from __future__ import annotations

import random
from typing import NamedTuple

from course.codesets.rules import infusion
from course.codesets.rules.infusion import Given
from course.questions.generators import figures, scenes
from course.questions.generators.infusion_visits import DRUGS, DRY, KIDNEYS, VISITS, Drug

ALONGSIDE = "alongside, same line"
NOISE = (
    "IV placed in the left forearm, good return.",
    "Saline at 20 mL an hour between drugs to keep the line open.",
    "Vital signs stable.",
    "Line flushed after each drug.",
    "NKDA.",
    "Sent home with a driver.",
    "Labs drawn before, results on file.",
    "Call bell in reach.",
)


class Row(NamedTuple):
    """A line of the record. ``times``: minutes after midnight at which it began; ``until``: 0 for a push."""

    given: Given
    dose: str
    times: tuple[int, ...]
    until: int = 0

    def told(self, style: str) -> str:
        one = self.given
        start = " and ".join(figures.clock(at, style) for at in self.times)
        if one.route == "infusion":
            span = f"{start}-{figures.clock(self.until, style)}"
            if one.kind == "hydration":
                return f"{span} {one.drug} {self.dose}{', ' + ALONGSIDE if one.concurrent else ''}"
            return f"{span} {one.drug} {self.dose} IV{' ' + ALONGSIDE if one.concurrent else ''}"
        route = "IV push" if one.route == "push" else "IM"
        each = " each time" if len(self.times) > 1 else ""
        return f"{start} {one.drug} {self.dose} {route}{each}"


class Case(NamedTuple):
    """``reason``: place in ``rows`` of what the patient came for."""

    told: str
    who: scenes.Person
    setting: str
    rows: tuple[Row, ...]
    reason: int

    @property
    def result(self) -> infusion.Result:
        return infusion.code([row.given for row in self.rows], self.setting, self.reason)


def case(rng: random.Random, level: int) -> Case:
    """A visit. RuleError where the rules refuse it: the draw then starts over."""
    visit = rng.choice(VISITS)
    setting = "office" if visit.office and rng.random() < 0.5 else "facility"
    names = list(visit.first[:1] if level == 1 else visit.first)
    more = rng.sample(visit.more, min(len(visit.more), {1: 0, 2: rng.choice((0, 1)), 3: rng.choice((1, 2, 3))}[level]))
    fluid = not visit.first or (bool(visit.fluid) and (level > 1 or rng.random() < 0.5) and rng.random() < 0.75)
    fluid = fluid or (level > 1 and visit.fluid == KIDNEYS)
    if level == 1 and fluid and rng.random() < 0.6 and visit.fluid == DRY:
        names = []
    at, rows = rng.randint(7 * 60 + 30, 14 * 60), []
    for name in _in_order(names + more):
        row = _row(rng, DRUGS[name], at, level, setting)
        row = row._replace(dose=dict(visit.doses).get(name[0], row.dose))
        rows.append(row)
        at = max(row.until, row.times[-1]) + rng.randint(2, 9)
    if fluid:
        rows.insert(0 if visit.fluid == KIDNEYS else rng.choice((0, len(rows))), _fluid(rng, at, visit.fluid))
        rows = _shifted(rng, rows)
    told = visit.told
    if level == 3 and rng.random() < 0.45:
        rows = _with_company(rng, rows, names)
        if any(row.given.concurrent and row.given.drug == "magnesium sulfate" for row in rows):
            told += f"; magnesium {rng.choice(('1.2', '1.3', '1.4'))} this morning"
    if fluid and visit.fluid == DRY and "dry" not in told:
        told += ", dry"
    wanted = visit.first[0][0] if names and visit.first else "normal saline"
    reason = next((n for n, row in enumerate(rows) if row.given.drug == wanted and not row.given.concurrent), 0)
    if setting == "office" and 0 < rows[reason].given.minutes < infusion.PART and not visit.first and len(rows) > 1:
        raise LookupError("the fluid is too short to lead")
    person = scenes.Person(rng.randint(*visit.ages), visit.sex != "f" and rng.random() < 0.5)
    return Case(told, person, setting, tuple(rows), reason)


def _in_order(names: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Premedication first, then drips, chemotherapy last."""
    return sorted(names, key=lambda name: (DRUGS[name].kind == "chemotherapy", name[1] == "infusion"))


def _row(rng: random.Random, drug: Drug, at: int, level: int, setting: str) -> Row:
    dose = rng.choice(drug.doses)
    if drug.route == "infusion":
        minutes = rng.randint(*drug.minutes)
        return Row(Given(drug.name, drug.kind, "infusion", minutes), dose, (at,), at + minutes)
    again = setting == "facility" and level > 1 and (drug.name in ("morphine", "furosemide") or dose == "4 mg")
    count = 2 if again and drug.route == "push" and rng.random() < 0.4 else 1
    times = tuple(at + n * rng.randint(40, 95) for n in range(count))
    return Row(Given(drug.name, drug.kind, drug.route, 0, count), dose, times)


def _fluid(rng: random.Random, at: int, why: str) -> Row:
    minutes = rng.choice((rng.randint(20, 36), rng.randint(31, 100), rng.randint(60, 155)))
    if why == KIDNEYS:
        minutes = max(minutes, 27)
    bag = "250 mL" if minutes < 27 else "500 mL" if minutes < 55 else "1 L"
    return Row(Given("normal saline", "hydration", "infusion", minutes), f"{bag} IV {why}", (at,), at + minutes)


def _shifted(rng: random.Random, rows: list[Row]) -> list[Row]:
    """The same rows one after the other, so that nothing runs beside the fluid."""
    at, out = min(row.times[0] for row in rows), []
    for row in rows:
        step = at - row.times[0]
        out.append(row._replace(times=tuple(t + step for t in row.times), until=row.until and row.until + step))
        at = max(out[-1].until, out[-1].times[-1]) + rng.randint(2, 8)
    return out


def _with_company(rng: random.Random, rows: list[Row], names: list[tuple[str, str]]) -> list[Row]:
    """The rows, and fluid or a second drug inside the longest drip of a drug."""
    drips = [row for row in rows if row.given.route == "infusion" and row.given.kind != "hydration" and row.until]
    host = max(drips, key=lambda row: row.given.minutes, default=None)
    if host is None or host.given.minutes < 40:
        return rows
    begin, minutes = host.times[0] + rng.randint(3, 8), rng.randint(20, host.given.minutes - 12)
    able = host.given.drug in ("vancomycin", "azithromycin", "methylprednisolone", "potassium chloride", "leucovorin")
    if able and rng.random() < 0.6 and ("magnesium sulfate", "infusion") not in names:
        given, dose = Given("magnesium sulfate", "therapeutic", "infusion", minutes, 1, True), "2 g"
    else:
        given, dose = Given("normal saline", "hydration", "infusion", minutes, 1, True), "500 mL IV"
    place = rows.index(host) + 1
    return [*rows[:place], Row(given, dose, (begin,), begin + minutes), *rows[place:]]
