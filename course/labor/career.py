"""How many months until a certification exam has paid for itself: a range, never one number.

    course.labor.career.payback(state="OH", exam="CPC", training_usd=(900, 2_500), present_wage_usd=38_000)

What a careful adviser would count, and how:

* **Outlay**: the course, books, a year of membership, the exam, further sittings. A sitting is passed with a chance
  that nobody knows: AAPC publishes no pass rate, and a rate of all candidates is not yours. Free hours cost nothing
  unless ``hour_value_usd`` says so.
* **Time**: hours of study by hours a week, the wait for a seat, months between sittings, the search for a first job.
  Months are counted from the first day of study.
* **Gain**: first wage in coding less present wage, for the same hours a week and after the taxes on the difference
  (what it costs is paid out of taxed money too), less what keeping the credential costs. The first wage is a range from
  the 10th percentile to the median of medical records specialists in the state. OEWS counts certified and uncertified
  people alike and every length of experience, so that this range, and with it the whole gain, is an assumption.
* **Never**: no gain, an exam that is not passed in the sittings planned, no job in coding, or a gain too small for the
  horizon. That is an outcome like others and gets its share.

Each range gives one value to each of 10,000 runs, all values alike (see :mod:`.career_model`). The answer is the 10th
to 90th percentile of the months over **all** runs: runs that never pay back count as later than all others. With a
tenth of them or more the upper end is open (None). A band of the lucky runs alone would look better the worse things
are.

Left out: benefits, raises, moving, interest, pay lost while studying, what software takes over.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from course.labor import career_data as data
from course.labor import career_model as model
from course.labor.career_limits import ITEMS, LIMITS, POINTS, WAGES, wrong


class AssumptionError(ValueError):
    """What was entered makes no sum. ``faults``: a sentence by the key it is about."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = dict(faults)


class Assumption(NamedTuple):
    """One range that went in. ``source`` is "assumption", "your figure", or names and dates of what was read."""

    label: str
    low: float
    high: float
    unit: str
    source: str
    key: str
    note: str


class Move(NamedTuple):
    """What one assumption alone moves: month of payback at its low and its high end (None: not within the horizon), all
    others in the middle; or runs of 100 that never pay back. ``low`` and ``high`` are the two ends, in ``unit``."""

    label: str
    at_low: float | None
    at_high: float | None
    low: float
    high: float
    unit: str


class Payback(NamedTuple):
    """When the exam has paid for itself. Months count from the first day of study.

    ``low``, ``middle``, ``high``: 10th, 50th and 90th percentile of all runs; None where as many runs never pay back.
    ``never_percent``: runs of 100 that are not paid back within ``horizon_years``; ``reasons`` splits them ("no gain",
    "not passed", "no job", "too slow"). ``outlay_low`` and ``outlay_high``: 10th and 90th percentile, dollars. ``best``
    and ``worst``: every assumption at its better, or worse, end (None: never). ``quantiles``: month of the 1st, 2nd ...
    100th hundredth of the runs (None: never). ``swings``: widest first, in months; where the middle of everything,
    ``center``, is None, in runs of 100 that never pay back. ``present_assumed``: nobody said what they earn.
    ``wage_source`` names table and period. ``sentence`` is the answer, ``steps`` the sum in words.
    """

    state: str
    state_name: str
    exam: str
    low: float | None
    middle: float | None
    high: float | None
    never_percent: float
    horizon_years: float
    outlay_low: float
    outlay_high: float
    best: float | None
    worst: float | None
    sentence: str
    steps: tuple[str, ...]
    assumptions: tuple[Assumption, ...]
    swings: tuple[Move, ...]
    center: float | None
    reasons: dict[str, float]
    quantiles: tuple[float | None, ...]
    present_wage_usd: float
    present_assumed: bool
    wage_source: str


def payback(state: str = "US", exam: str = "CPC", *, moves: bool = True, **assumptions: Any) -> Payback:
    """Months until `exam` is paid back in `state` ("US" or two letters).

    Ranges take (low, high) or one number: training_usd, books_usd, exam_fee_usd, further_sitting_usd, membership_usd,
    renewal_usd and ceu_usd (dollars; the last three a year), pass_percent, study_hours, seat_months, retake_months,
    search_months, first_wage_usd (a year of 2,080 hours), hour_value_usd, tax_percent, find_percent. Numbers:
    present_wage_usd (a year of 2,080 hours; default: median of medical secretaries in the state), work_hours and
    study_hours_a_week, sittings, horizon_years. ``choice``: "one" or "two" sittings bought (AAPC), "non-member" or
    "member" (AHIMA). ``wages``: "latest" for dollars of the newest May of the CPI, or "published". What is not given
    is the course's default. ``moves``: False leaves ``swings`` out, which take most of the time.
    AssumptionError (a ValueError with a sentence for each) when something makes no sense.
    """
    from course.labor import career_words as words

    state, exam, choice, wages = chosen(state, exam, assumptions.pop("choice", None), assumptions.pop("wages", None))
    defaults = {one.key: one for one in default_assumptions(state, exam, choice, wages)}
    points = {"present_wage_usd": place(state, wages).beside_median, **POINTS}
    assumed = assumptions.get("present_wage_usd") is None
    faults: dict[str, str] = {}
    for key, given in assumptions.items():
        if key not in LIMITS:
            near = difflib.get_close_matches(key, LIMITS, n=1) or ["training_usd"]
            raise AssumptionError({key: f"There is no assumption called {key}. Did you mean {near[0]}?"})
        if given is None:
            continue
        low, high = given if key in defaults and isinstance(given, tuple | list) else (given, given)
        if fault := wrong(key, low) or wrong(key, high):
            faults[key] = fault
        elif low > high:
            faults[key] = f"{LIMITS[key][0]}: the lowest figure is more than the highest one. Change one of them."
        elif key in points:
            points[key] = float(low)
        else:
            defaults[key] = defaults[key]._replace(low=float(low), high=float(high), source="your figure", note="")
    if faults:
        raise AssumptionError(faults)
    inputs = model.Inputs(
        {key: (one.low, one.high) for key, one in defaults.items()},
        points["present_wage_usd"],
        points["work_hours"],
        points["study_hours_a_week"],
        2 if choice == "two" else 1,
        int(points["sittings"]),
        points["horizon_years"],
    )
    found = answer(inputs, state, exam, wages, tuple(defaults.values()))._replace(present_assumed=assumed)
    return words.told(found._replace(swings=_moves(found, inputs, assumed)) if moves else found, inputs)


def chosen(state: Any, exam: Any, choice: Any, wages: Any) -> tuple[str, str, str, str]:
    """State, exam, way of buying and dollars, checked; None takes the first of its kind. AssumptionError."""
    where, what = str(state).strip().upper(), str(exam).strip().upper()
    faults = {}
    if where not in data.states():
        faults["state"] = (
            f"There are no wages for {str(state)[:40]!r}. Take US, or a state by its two letters, such as OH."
        )
    if what not in data.BODIES:
        faults["exam"] = f"There is no exam called {str(exam)[:40]!r} here. There are: {', '.join(data.BODIES)}."
    ways = data.CHOICES[data.BODIES.get(what, "AAPC")]
    if choice is not None and choice not in ways:
        faults["choice"] = f"The {what} can be bought in these ways: {', '.join(ways)}."
    if wages is not None and wages not in WAGES:
        faults["wages"] = f"Wages can be: {', '.join(WAGES)}."
    if faults:
        raise AssumptionError(faults)
    return where, what, choice or ways[0], wages or WAGES[0]


def place(state: str, wages: str) -> data.Wages:
    """Percentiles of a state, in dollars as published or in dollars of the newest May."""
    found = data.states()[state]
    if wages == "published":
        return found
    from course.labor.prices import may_index, real

    year = max(may_index())
    carried: dict[str, Any] = {key: round(real(getattr(found, key), found.year, year), -1) for key in data.PERCENTILES}
    return found._replace(**carried)


def default_assumptions(state: str, exam: str, choice: str, wages: str) -> list[Assumption]:
    """Every range before the learner changes anything, in the order of the model."""
    from course.labor.career_words import wage_source

    made = []
    for key in model.RANGES:
        label = LIMITS[key][0]
        if key == "first_wage_usd":
            where = place(state, wages)
            note = (
                "a tenth of all these jobs pays less than the low end, half of them less than the high end; beginners "
                "and people with long experience, certified or not, are counted together"
            )
            made.append(
                Assumption(label, where.p10, where.median, "dollars a year", wage_source(state, wages), key, note)
            )
            continue
        one = data.figure(data.item(ITEMS[key], state), exam, choice)
        made.append(Assumption(label, one.low, one.high, one.unit, one.source, key, one.note))
    return made


def answer(inputs: model.Inputs, state: str, exam: str, wages: str, given: tuple[Assumption, ...]) -> Payback:
    """The runs as a Payback that still has no words and no swings."""
    import numpy as np

    from course.labor.career_words import wage_source

    outcome = model.run(inputs)
    months, outlay = np.sort(outcome.months), np.sort(outcome.outlay)
    ends = [model.extreme(inputs, best=best)[3] for best in (True, False)]
    low, middle, high = (finite(at(months, percent)) for percent in (10, 50, 90))
    return Payback(
        state=state,
        state_name=data.states()[state].name,
        exam=exam,
        low=low,
        middle=middle,
        high=high,
        never_percent=float(np.isinf(months).mean() * 100),
        horizon_years=inputs.horizon_years,
        outlay_low=at(outlay, 10),
        outlay_high=at(outlay, 90),
        best=finite(ends[0]),
        worst=finite(ends[1]),
        sentence="",
        steps=(),
        assumptions=given,
        swings=(),
        center=finite(model.central(inputs)),
        reasons=outcome.reasons,
        # A little more than the middle of each hundredth: as many are None as never_percent says when it is rounded.
        quantiles=tuple(finite(at(months, percent + 0.51)) for percent in range(100)),
        present_wage_usd=inputs.present_wage_usd,
        present_assumed=True,
        wage_source=wage_source(state, wages),
    )


def _moves(found: Payback, inputs: model.Inputs, assumed: bool) -> tuple[Move, ...]:
    """The swings, named; the present wage is one of them where it was assumed."""
    names = {one.key: (one.label, one.unit) for one in found.assumptions}
    names[model.PRESENT] = ("Present wage (assumed), a tenth less or more", "dollars a year")
    made = (model.swings if found.center is not None else model.shares)(inputs, present=assumed)
    return tuple(
        Move(label, finite(one.at_low), finite(one.at_high), one.low, one.high, unit)
        for one, (label, unit) in ((one, names[one.key]) for one in made)
    )


def at(ordered: Any, percent: float) -> float:
    """The value below or at which this many percent of the ordered values lie; one of them, never between two."""
    return float(ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)])


def finite(month: float) -> float | None:
    """None for never."""
    return month if math.isfinite(month) else None
