"""The career calculator as a form: texts as a learner types them in, and everything a card shows out. Plain JSON.

``values``: state, exam, sittings_bought, membership, wages, per ("hour" or "year"), the texts of the single numbers,
and ``own``: {key: {"low": text, "high": text}} for the ranges that the learner has changed. What is not in ``values``
is the course's figure, which follows state and exam.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from course.labor import career_data as data
from course.labor import career_model as model
from course.labor import career_words as words
from course.labor.career import Assumption, AssumptionError, Payback, default_assumptions, payback, place
from course.labor.career_limits import LIMITS, POINTS, WAGES, wrong

FULL_YEAR = model.FULL_TIME * 52
EXAMPLE = {"state": "US", "exam": "CPC"}
#: Exam -> what it is called in the list.
EXAMS = {
    "CPC": "CPC: office and outpatient (AAPC)",
    "CCS": "CCS: hospital (AHIMA)",
    "CCA": "CCA: first step, all settings (AHIMA)",
    "CIC": "CIC: hospital inpatient (AAPC)",
}
WAYS = {
    "one": "one sitting",
    "two": "two sittings together",
    "non-member": "non-member",
    "member": "member",
}
#: What the swings are: months, or where the middle of all assumptions never pays back, runs.
MONTH_LEAD = "One assumption at its two ends, all others in the middle. The line: all in the middle, month {}."
NEVER_LEAD = "One assumption at its two ends, and how many runs are then not paid back in time."
#: Ranges with sources that need a word more.
NOTED = ("first_wage_usd", "renewal_usd")
#: Less than this is no wage of a year: somebody wrote the wage of an hour.
LEAST_A_YEAR = 500
#: How many swings a learner reads.
SWINGS = 5
_NUMBER = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?|\d+(\.\d*)?|\.\d+")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")


def number(text: Any, label: str) -> float | str:
    """A number, or the sentence that says what is wrong with the text. "$1,200", "85 %" and "1200" are fine."""
    plain = str("" if text is None else text).strip().removeprefix("$").removesuffix("%").strip()[:40]
    plain = plain.replace("\u2212", "-")
    if not plain:
        return f"{label}: enter a number."
    if plain.startswith("-") and _NUMBER.fullmatch(plain[1:]):
        return -float(plain[1:].replace(",", ""))
    if _DECIMAL_COMMA.fullmatch(plain):
        return f"{label}: write {plain.replace(',', '.')} with a point."
    if not _NUMBER.fullmatch(plain):
        return f"{label}: write a number in figures, such as 1,200 or 12.5."
    return float(plain.replace(",", ""))


def answer(values: object) -> dict[str, Any]:
    """What the card shows for what was entered: ``state`` "done", or "unfinished" with ``faults`` by path."""
    given = values if isinstance(values, Mapping) else {}
    exam = _one_of(given.get("exam"), tuple(data.BODIES))
    body = data.BODIES[exam]
    way = _one_of(given.get("sittings_bought" if body == "AAPC" else "membership"), data.CHOICES[body])
    state, wages = _one_of(given.get("state"), tuple(data.states())), _one_of(given.get("wages"), WAGES)
    defaults = default_assumptions(state, exam, way, wages)
    per = FULL_YEAR if given.get("per", "hour") == "hour" else 1
    beside = place(state, wages).beside_median / per
    shown = {
        "body": body,
        "experience": data.experience(exam),
        "wage": f"{beside:.2f}" if per > 1 else f"{beside:,.0f}",
        "ranges": [[one.key, _text(one.low), _text(one.high), one.unit, one.source, _help(one)] for one in defaults],
    }
    faults: dict[str, str] = {}
    taken: dict[str, Any] = {**_points(given, faults, per), **_own(given, faults)}
    if faults:
        return _unfinished(shown, faults)
    try:
        found = payback(state, exam, choice=way, wages=wages, **taken)
    except AssumptionError as error:
        return _unfinished(shown, error.faults)
    return {**shown, **_done(found)}


def _one_of(value: object, options: tuple[str, ...]) -> str:
    """The value where it is one of the options, or the first of them."""
    return value if isinstance(value, str) and value in options else options[0]


def _points(given: Mapping[str, Any], faults: dict[str, str], per: int) -> dict[str, float]:
    """The single numbers that were entered."""
    taken = {}
    for key in ("present_wage_usd", *POINTS):
        if key not in given:
            continue
        label, _, most = LIMITS[key]
        value = number(given[key], label)
        if isinstance(value, float) and key == "present_wage_usd":
            if per == 1 and 0 < value < LEAST_A_YEAR:
                value = f"{label}: {_text(value)} dollars a year is very little. Is this the wage for an hour?"
            elif value * per > most:
                value = f"{label}: this is more than {most / per:,.0f} dollars {'an hour' if per > 1 else 'a year'}. " \
                        "Check the figure, and whether it is for an hour or a year."  # fmt: skip
            else:
                value *= per
        if isinstance(value, float) and not (fault := wrong(key, value)):
            taken[key] = value
        else:
            faults[key] = value if isinstance(value, str) else fault
    return taken


def _own(given: Mapping[str, Any], faults: dict[str, str]) -> dict[str, tuple[float, float]]:
    """The ranges that were changed."""
    own = given.get("own")
    taken = {}
    for key, ends in own.items() if isinstance(own, Mapping) else ():
        if key not in model.RANGES or not isinstance(ends, Mapping):
            continue
        label = LIMITS[key][0]
        low, high = (number(ends.get(end), label) for end in ("low", "high"))
        for value in (low, high):
            if fault := value if isinstance(value, str) else wrong(key, value):
                faults.setdefault(key, fault)
        if isinstance(low, float) and isinstance(high, float) and key not in faults:
            if low > high:
                faults[key] = f"{label}: the lowest figure is more than the highest one. Change one of them."
            else:
                taken[key] = (low, high)
    return taken


def _unfinished(shown: dict[str, Any], faults: Mapping[str, str]) -> dict[str, Any]:
    count = len(faults)
    entries = "One entry needs" if count == 1 else f"{count} entries need"
    sentence = f"{entries} another look. {next(iter(faults.values()))}"
    return {**shown, "state": "unfinished", "faults": dict(faults), "sentence": sentence}


def _done(found: Payback) -> dict[str, Any]:
    horizon = found.horizon_years * 12
    told, lead = (
        (_never, NEVER_LEAD) if found.center is None else (_month, MONTH_LEAD.format(words.whole(found.center)))
    )
    swings = [
        {
            "label": one.label,
            "at": [one.at_low, one.at_high],
            "text": f"{_unit(one.low, one.unit)}: {told(one.at_low)}; {_unit(one.high, one.unit)}: {told(one.at_high)}",
        }
        for one in found.swings
        if told(one.at_low) != told(one.at_high)
    ]
    return {
        "state": "done",
        "faults": {},
        "sentence": found.sentence,
        "caption": caption(found),
        "band": [found.low, found.middle, found.high],
        "horizon": horizon,
        "late": f"not within {words.years(found.horizon_years)}",
        "quantiles": list(found.quantiles),
        "steps": list(found.steps),
        "swings": swings[:SWINGS],
        "lead": lead,
        "center": found.center,
        "notes": list(words.NOTES),
        "source": source(found),
    }


def caption(found: Payback) -> str:
    """The picture in words: it stands below it, and says the same."""
    never = sum(month is None for month in found.quantiles)
    said = [words.NO_WAGE] if not found.present_wage_usd else []
    said.append(f"Each mark stands for 1 run of 100. {words.RUN}")
    if found.low is not None and found.high is not None:
        said.append(f"Filled: the middle 8 of 10 runs, month {words.whole(found.low)} to {words.whole(found.high)}.")
    elif found.low is not None:
        said.append(f"Filled: all runs but the quickest tenth, from month {words.whole(found.low)} on.")
    if found.low is not None and found.middle is not None:
        said.append(f"Half of the runs are paid back by month {words.whole(found.middle)} (the line).")
    if never:
        said.append(f"Crosses: {words.unpaid(found)}.")
    return " ".join(said)


def source(found: Payback) -> str:
    """Where the wages and the costs are from."""
    return f"Wages: {found.wage_source}. Costs: data/exams/costs.csv, with source and date of each figure."


def _help(one: Assumption) -> str:
    """Where a range is from, as it stands below it."""
    if one.source == data.ASSUMPTION:
        return f"Assumption: {one.note}."
    return f"{one.source}: {one.note}." if one.key in NOTED else f"{one.source}."


def _never(share: float | None) -> str:
    return f"{words.hundred(share or 0)} of 100 not in time"


def _unit(value: float, unit: str) -> str:
    """4,000 dollars; the year stays unsaid."""
    told = unit.removesuffix(" a year").removesuffix(" an hour")
    return f"{_text(value)} {told.removesuffix('s') if value == 1 else told}"


def _month(month: float | None) -> str:
    return "not in time" if month is None else f"month {words.whole(month):,}"


def _text(value: float) -> str:
    """4,000 or 0.5."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")
