"""The answer of the career calculator in sentences, and the sum behind it step by step."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from course.labor import career_model as model
from course.labor.career_data import states

if TYPE_CHECKING:
    from course.labor.career import Payback

LEFT_OUT = (
    "OEWS counts certified and uncertified people alike, so nobody can read from it what a certificate adds. That your "
    "first wage lies in this range is an assumption.",
    "Left out: taxes, benefits, raises, moving, interest on loans, pay that is lost while you study, jobs of fewer "
    "hours, and work that software takes over.",
    "The assumptions are drawn each for itself. In truth they may hang together: a longer course may bring a better "
    "chance of passing.",
)


def told(found: Payback, inputs: model.Inputs) -> Payback:
    """The same, with sentence and steps."""
    return found._replace(sentence=sentence(found), steps=steps(found, inputs))


def wage_source(state: str, wages: str) -> str:
    """Table, occupation and period of the wages, and the dollars they are told in."""
    where = states()[state]
    dollars = ""
    if wages == "latest":
        from course.labor.prices import may_index

        dollars = f", in dollars of May {max(may_index())} (CPI-U)"
    return f"BLS OEWS, medical records specialists, {where.name}, May {where.year}{dollars}"


def sentence(found: Payback) -> str:
    """The answer: the band, and how many of 100 runs never get there."""
    never, within = hundred(found.never_percent), f"within {years(found.horizon_years)}"
    if found.low is None:
        start = (
            f"With these assumptions the {found.exam} is hardly ever paid back: in {never} of 100 runs not {within}."
        )
        return start if found.never_percent < 100 else (
            f"With these assumptions the {found.exam} is not paid back {within} in any run: {_why(found)}."
        )  # fmt: skip
    low = whole(found.low)
    if found.high is None:
        return (
            f"With these assumptions the {found.exam} may be paid back from month {low} after you begin; "
            f"in {never} of 100 runs it is not paid back {within}."
        )
    high = whole(found.high)
    span = f"about {low}" if low == high else f"{low} to {high}"
    months = "month" if span == "about 1" else "months"
    rest = (
        f"in {never} of 100 runs not {within}" if found.never_percent else f"no run takes more than {years_of(found)}"
    )
    return f"With these assumptions the {found.exam} is paid back {span} {months} after you begin; {rest}."


def _why(found: Payback) -> str:
    reason = max(found.reasons, key=lambda why: found.reasons[why])
    return {
        model.NO_GAIN: "the first wage, less what the credential costs each year, is not above your present wage",
        model.NOT_PASSED: "the exam is not passed in the sittings you plan",
        model.TOO_SLOW: "the gain is too small for what it costs",
    }[reason]


def steps(found: Payback, inputs: model.Inputs) -> tuple[str, ...]:
    """The sum in words, at the better and the worse end of the assumptions, and what the runs gave."""
    ends = inputs.ranges
    best, worst = (model.extreme(inputs, best=which) for which in (True, False))
    further = (1 if ends["pass_percent"][0] >= 100 else inputs.sittings) - inputs.included
    upkeep = [sum(ends[key][n] for key in ("membership_usd", "renewal_usd", "ceu_usd")) for n in (0, 1)]
    weeks = [hours / inputs.study_hours_a_week for hours in ends["study_hours"]]
    between = max(0, further + inputs.included - 1)
    raises = [(wage - inputs.present_wage_usd) * inputs.work_hours / model.FULL_TIME for wage in ends["first_wage_usd"]]
    parts = [f"{name} {dollars(*ends[key])}" for key, name in (
        ("training_usd", "training"), ("books_usd", "books"), ("membership_usd", "membership"),
        ("exam_fee_usd", "exam fee"))]  # fmt: skip
    if further > 0:
        parts.append(
            f"up to {further} further {'sitting' if further == 1 else 'sittings'} at "
            f"{dollars(*ends['further_sitting_usd'])}"
        )
    if ends["hour_value_usd"][1]:
        parts.append(f"hours of study at {dollars(*ends['hour_value_usd'])} each")
    waits = [
        f"{span(*(one / model.WEEKS_A_MONTH for one in weeks))} of study",
        f"{span(*ends['seat_months'])} until the exam",
    ]
    if between:
        waits.append(f"up to {between} \u00d7 {span(*ends['retake_months'])} between sittings")
    waits.append(f"{span(*ends['search_months'])} of search")
    return (
        f"Outlay: {' + '.join(parts)} = {dollars(best[0], worst[0])} dollars.",
        f"Study: {span(*ends['study_hours'])} hours \u00f7 {number(inputs.study_hours_a_week)} hours a week = "
        f"{span(*weeks)} weeks.",
        f"First day in the new job, in months: {' + '.join(waits)} = month {span(best[1], worst[1])}.",
        f"Gain: first wage {dollars(*ends['first_wage_usd'])} \u2212 present wage {dollars(inputs.present_wage_usd)}"
        f"{_hours(inputs)} = {dollars(*raises)} dollars a year; less {dollars(*upkeep)} a year to keep the credential "
        f"= {dollars(worst[2], best[2])} dollars a month.",
        f"Everything at its better end: {_end(best, found)}. Everything at its worse end{_last(between)}: "
        f"{_end(worst, found)}.",
        f"{model.RUNS:,} runs take a value out of each range, every value as likely as any other: {_runs(found)}",
    )


def _hours(inputs: model.Inputs) -> str:
    if inputs.work_hours == model.FULL_TIME:
        return ""
    return f", for {number(inputs.work_hours)} of {model.FULL_TIME} hours a week"


def _end(case: tuple[float, float, float, float], found: Payback) -> str:
    outlay, start, gain, month = case
    if not math.isfinite(month):
        return "there is no gain, so it is never paid back"
    late = "" if month <= found.horizon_years * 12 else f", later than {years(found.horizon_years)}"
    return f"month {number(start)} + {dollars(outlay)} \u00f7 {dollars(gain)} \u2248 month {whole(month):,}{late}"


def _last(between: int) -> str:
    return ", and passed at the last sitting" if between else ""


def _runs(found: Payback) -> str:
    said = []
    if found.low is not None:
        end = f"to {whole(found.high)}" if found.high is not None else "on"
        said.append(f"8 of 10 runs lie in month {whole(found.low)} {end}" if found.high is not None
                    else f"1 run of 10 is paid back by month {whole(found.low)}")  # fmt: skip
    if found.middle is not None and found.low is not None:
        said.append(f"half of the runs are paid back by month {whole(found.middle)}")
    if found.never_percent:
        why = {
            model.NO_GAIN: "because there is no gain",
            model.NOT_PASSED: "because the exam is not passed",
            model.TOO_SLOW: "because the gain is too small",
        }
        split = [f"{hundred(share)} {why[one]}" for one, share in found.reasons.items() if share]
        never = f"{hundred(found.never_percent)} of 100 are not within {years(found.horizon_years)}"
        said.append(f"{never}, {why[_given(found)[0]]}" if len(split) == 1 else f"{never}: {', '.join(split)}")
    return "; ".join(said) + "."


def _given(found: Payback) -> list[str]:
    return [why for why, share in found.reasons.items() if share]


def dollars(low: float, high: float | None = None) -> str:
    """1,289 or 1,289 to 5,947; a decimal only below 20."""
    first, second = (f"{one:,.0f}" if abs(one) >= 20 else number(one) for one in (low, low if high is None else high))
    first, second = first.replace("-", "\u2212"), second.replace("-", "\u2212")
    return first if first == second else f"{first} to {second}"


def span(low: float, high: float) -> str:
    """1.8 to 9; one number where both ends are the same."""
    first, second = number(low), number(high)
    return first if first == second else f"{first} to {second}"


def number(value: float) -> str:
    """One decimal where there is one."""
    return f"{value:,.1f}".removesuffix(".0").replace("-", "\u2212")


def whole(months: float) -> int:
    """Months without decimals, a half upwards."""
    return math.floor(months + 0.5)


def hundred(percent: float) -> str:
    """Runs of 100: never "0" for a few, never "100" for nearly all."""
    if 0 < percent < 0.5:
        return "fewer than 1"
    return "more than 99" if 99.5 <= percent < 100 else f"{whole(percent)}"


def years(count: float) -> str:
    """10 years, 1 year."""
    return f"{number(count)} {'year' if count == 1 else 'years'}"


def years_of(found: Payback) -> str:
    """What no run exceeds."""
    return years(found.horizon_years)
