"""What drawn medication records tell: visits, what is given at them and for how long.

Minutes and doses are those that such drugs are commonly given in; none of them decides anything but the code.
"""

from __future__ import annotations

import random
from typing import NamedTuple

from course.codesets.rules import infusion
from course.codesets.rules.infusion import Given
from course.questions.generators import figures, scenes


class Drug(NamedTuple):
    """``minutes``: least and most of an infusion; (0, 0) for a push or an injection."""

    name: str
    doses: tuple[str, ...]
    kind: str
    route: str
    minutes: tuple[int, int] = (0, 0)


def _drip(name: str, doses: str, low: int, high: int, kind: str = "therapeutic") -> Drug:
    return Drug(name, tuple(doses.split("|")), kind, "infusion", (low, high))


def _push(name: str, doses: str, kind: str = "therapeutic", route: str = "push") -> Drug:
    return Drug(name, tuple(doses.split("|")), kind, route)


DRUGS = {
    (one.name, one.route): one
    for one in (
        _drip("vancomycin", "1 g|1.25 g|1.5 g", 60, 125),
        _drip("ceftriaxone", "1 g|2 g", 16, 36),
        _drip("cefepime", "1 g|2 g", 18, 36),
        _drip("azithromycin", "500 mg", 58, 68),
        _drip("methylprednisolone", "500 mg|1 g", 31, 66),
        _drip("magnesium sulfate", "2 g", 20, 70),
        _drip("iron sucrose", "200 mg|300 mg", 31, 98),
        _drip("ferric carboxymaltose", "750 mg", 15, 22),
        _drip("levetiracetam", "1,000 mg|1,500 mg", 13, 20),
        _drip("fosaprepitant", "150 mg", 20, 32),
        _drip("zoledronic acid", "4 mg|5 mg", 15, 24),
        _drip("acetaminophen", "1,000 mg", 13, 18),
        _drip("paclitaxel", "260 mg|310 mg|330 mg", 175, 198, "chemotherapy"),
        _drip("docetaxel", "130 mg|150 mg", 58, 70, "chemotherapy"),
        _drip("oxaliplatin", "150 mg|165 mg", 116, 132, "chemotherapy"),
        _drip("irinotecan", "310 mg|340 mg", 86, 98, "chemotherapy"),
        _drip("gemcitabine", "1.7 g|1.9 g", 28, 40, "chemotherapy"),
        _drip("carboplatin", "450 mg|560 mg", 28, 62, "chemotherapy"),
        _drip("cisplatin", "110 mg|135 mg", 60, 125, "chemotherapy"),
        _drip("pemetrexed", "850 mg|950 mg", 10, 14, "chemotherapy"),
        _push("doxorubicin", "100 mg|110 mg", "chemotherapy"),
        _push("vinblastine", "10 mg|11 mg", "chemotherapy"),
        _push("ondansetron", "4 mg|8 mg"),
        _push("dexamethasone", "8 mg|10 mg"),
        _push("diphenhydramine", "25 mg|50 mg"),
        _push("famotidine", "20 mg"),
        _push("ketorolac", "15 mg|30 mg"),
        _push("metoclopramide", "10 mg"),
        _push("morphine", "2 mg|4 mg"),
        _push("furosemide", "40 mg|80 mg"),
        _push("promethazine", "25 mg", "therapeutic", "injection"),
        _push("cyanocobalamin", "1,000 mcg", "therapeutic", "injection"),
        _push("ketorolac", "60 mg", "therapeutic", "injection"),
    )
}


class Visit(NamedTuple):
    """``first``: what is always given, the reason for the visit first (none: the fluid is); ``more``: what may be.
    ``fluid``: whether the patient is dry. ``office``: whether such a visit happens in an office as well. ``sex``:
    "f", or "" for both."""

    told: str
    first: tuple[tuple[str, str], ...]
    more: tuple[tuple[str, str], ...]
    fluid: bool = False
    office: bool = False
    sex: str = ""
    ages: tuple[int, int] = (24, 84)


def _pairs(route: str, *names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, route) for name in names)


_PREMEDS = _pairs("push", "ondansetron", "dexamethasone", "diphenhydramine", "famotidine")
# fmt: off
VISITS = (
    Visit("Stomach flu, dry, comes for fluids",
          (),
          _pairs("push", "ondansetron", "famotidine", "ketorolac") + _pairs("injection", "promethazine"),
          True,
          True),
    Visit("Vomiting for two days, dry",
          _pairs("push", "ondansetron"),
          _pairs("push", "famotidine", "ketorolac", "metoclopramide") + _pairs("injection", "promethazine"),
          True),
    Visit("Pneumonia",
          _pairs("infusion", "ceftriaxone"),
          _pairs("infusion", "azithromycin", "acetaminophen") + _pairs("push", "ketorolac", "ondansetron"),
          True),
    Visit("Cellulitis of the leg",
          _pairs("infusion", "vancomycin"),
          _pairs("infusion", "cefepime", "acetaminophen") + _pairs("push", "morphine", "ondansetron"),
          False,
          True),
    Visit("Migraine, third day",
          _pairs("infusion", "magnesium sulfate"),
          _pairs("push", "metoclopramide", "diphenhydramine", "ketorolac", "dexamethasone"),
          True, sex="", ages=(20, 60)),
    Visit("First seizure", _pairs("infusion", "levetiracetam"), _pairs("infusion", "acetaminophen")),
    Visit("Heart failure, swollen legs", _pairs("push", "furosemide"), _pairs("push", "morphine", "ondansetron"),
          ages=(50, 88)),
    Visit("Iron deficiency",
          _pairs("infusion", "iron sucrose"),
          _pairs("push", "diphenhydramine", "famotidine", "dexamethasone") + _pairs("injection", "cyanocobalamin"),
          False,
          True),
    Visit("Iron deficiency",
          _pairs("infusion", "ferric carboxymaltose"),
          _pairs("push", "diphenhydramine", "dexamethasone") + _pairs("injection", "cyanocobalamin"),
          False,
          True),
    Visit("Multiple sclerosis relapse",
          _pairs("infusion", "methylprednisolone"),
          _pairs("push", "famotidine", "ondansetron"),
          False,
          True, "", (20, 58)),
    Visit("Bone metastases", _pairs("infusion", "zoledronic acid"), _pairs("push", "ondansetron"),
          True, True, "", (45, 84)),
    Visit("Breast cancer, cycle 2",
          _pairs("push", "doxorubicin"),
          _PREMEDS + _pairs("infusion", "docetaxel", "fosaprepitant"),
          False,
          True, "f"),
    Visit("Ovarian cancer, cycle 3",
          _pairs("infusion", "paclitaxel", "carboplatin"),
          _PREMEDS + _pairs("infusion", "fosaprepitant"),
          False,
          True, "f"),
    Visit("Lung cancer, cycle 1",
          _pairs("infusion", "cisplatin"),
          _pairs("infusion", "pemetrexed", "gemcitabine", "fosaprepitant") + _PREMEDS[:2],
          True,
          True, "", (42, 84)),
    Visit("Lung cancer, maintenance",
          _pairs("infusion", "pemetrexed"),
          _pairs("push", "ondansetron", "dexamethasone") + _pairs("injection", "cyanocobalamin"),
          False,
          True, "", (42, 84)),
    Visit("Colon cancer, cycle 4",
          _pairs("infusion", "oxaliplatin"),
          _PREMEDS[:2] + _pairs("infusion", "irinotecan"),
          False,
          True, "", (38, 84)),
    Visit("Hodgkin lymphoma, cycle 2",
          _pairs("push", "doxorubicin", "vinblastine"),
          _PREMEDS[:2] + _pairs("infusion", "fosaprepitant"),
          False,
          True, "", (20, 64)),
)
# fmt: on
FLUID_WORDS = "normal saline 1 L IV for dehydration"
ALONGSIDE = "alongside, same line"
NOISE = (
    "IV placed in the left forearm, good return.",
    "Acetaminophen 650 mg by mouth.",
    "Saline at 20 mL an hour between drugs to keep the line open.",
    "Vital signs stable.",
    "Line flushed after each drug.",
    "NKDA.",
    "Sent home with a driver.",
    "Labs drawn before, results on file.",
    "Snack and juice given.",
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
            name = (
                "normal saline 500 mL IV" if one.kind == "hydration" and one.concurrent else f"{one.drug} {self.dose}"
            )
            what = name if one.kind == "hydration" and one.concurrent else FLUID_WORDS
            told = what if one.kind == "hydration" else f"{name} IV"
            return f"{span} {told}{' ' + ALONGSIDE if one.concurrent else ''}"
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
    fluid = not visit.first or (visit.fluid and (level > 1 or rng.random() < 0.5) and rng.random() < 0.75)
    if level == 1 and fluid and rng.random() < 0.6:
        names = []
    at, rows = rng.randint(7 * 60 + 30, 14 * 60), []
    for name in _in_order(names + more):
        row = _row(rng, DRUGS[name], at, level, setting)
        rows.append(row)
        at = max(row.until, row.times[-1]) + rng.randint(2, 9)
    if fluid:
        rows.insert(rng.choice((0, len(rows))), _fluid(rng, at))
        rows = _shifted(rng, rows)
    if level == 3 and rng.random() < 0.45:
        rows = _with_company(rng, rows, names)
    wanted = visit.first[0][0] if names and visit.first else "normal saline"
    reason = next((n for n, row in enumerate(rows) if row.given.drug == wanted and not row.given.concurrent), 0)
    if setting == "office" and 0 < rows[reason].given.minutes < infusion.PART and not visit.first and len(rows) > 1:
        raise LookupError("the fluid is too short to lead")
    person = scenes.Person(rng.randint(*visit.ages), visit.sex != "f" and rng.random() < 0.5)
    return Case(visit.told, person, setting, tuple(rows), reason)


def _in_order(names: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Premedication first, then drips, chemotherapy last."""
    return sorted(names, key=lambda name: (DRUGS[name].kind == "chemotherapy", name[1] == "infusion"))


def _row(rng: random.Random, drug: Drug, at: int, level: int, setting: str) -> Row:
    dose = rng.choice(drug.doses)
    if drug.route == "infusion":
        minutes = rng.randint(*drug.minutes)
        return Row(Given(drug.name, drug.kind, "infusion", minutes), dose, (at,), at + minutes)
    again = setting == "facility" and level > 1 and drug.name in ("ondansetron", "morphine", "furosemide")
    count = 2 if again and drug.route == "push" and rng.random() < 0.4 else 1
    times = tuple(at + n * rng.randint(40, 95) for n in range(count))
    return Row(Given(drug.name, drug.kind, drug.route, 0, count), dose, times)


def _fluid(rng: random.Random, at: int) -> Row:
    minutes = rng.choice((rng.randint(20, 36), rng.randint(31, 100), rng.randint(60, 155)))
    return Row(Given("normal saline", "hydration", "infusion", minutes), "1 L", (at,), at + minutes)


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
    if host.given.kind == "therapeutic" and rng.random() < 0.5 and ("magnesium sulfate", "infusion") not in names:
        given, dose = Given("magnesium sulfate", "therapeutic", "infusion", minutes, 1, True), "2 g"
    else:
        given, dose = Given("normal saline", "hydration", "infusion", minutes, 1, True), "500 mL"
    place = rows.index(host) + 1
    return [*rows[:place], Row(given, dose, (begin,), begin + minutes), *rows[place:]]
