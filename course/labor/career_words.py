"""The answer of the career calculator in sentences, and the sum behind it step by step."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from course.labor import career_model as model
from course.labor.career_data import states

if TYPE_CHECKING:
    from course.labor.career import Payback

#: What a run is: stands wherever runs are counted.
RUN = "A run tries one mix of the assumptions. It is not a person, and nobody knows which mix will come true."
NO_WAGE = (
    "With a present wage of 0 the whole first wage counts as gain. If you would take another job without the exam, "
    "enter its pay."
)
NOTES = (
    "OEWS counts beginners and people with long experience, certified or not, all together. Nobody can read from it "
    "what a beginner is paid or what a certificate adds: that your first wage lies in this range is an assumption.",
    "Left out: benefits, raises in the new job and in the old one, moving, interest on loans, pay that is lost while "
    "you study, jobs of fewer hours, and work that software takes over.",
    "Within a range every figure counts as equally likely, and each range is drawn for itself. In truth they may hang "
    "together: a longer course may bring a better chance of passing. Hopeful ranges give a hopeful answer.",
    "No certifying body had a part in this sum or endorses it. Look at its price page before you pay.",
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

        if (newest := max(may_index())) != where.year:
            dollars = f", in dollars of May {newest} (CPI-U)"
    return f"BLS OEWS, medical records specialists, {where.name}, May {where.year}{dollars}"


def sentence(found: Payback) -> str:
    """The answer: the band, or where it is open half of the runs, and how many of 100 runs never get there."""
    never, within = hundred(found.never_percent), f"within {years(found.horizon_years)}"
    start, late = f"With these assumptions the {found.exam} is", f"In {never} of 100 runs it is not paid back {within}."
    if found.never_percent == 100:
        return f"{start} not paid back {within} in any run: {_why(found)}."
    if found.low is None:
        return f"{start} hardly ever paid back: in {never} of 100 runs not {within}."
    if found.middle is None:
        return (
            f"{start} not paid back {within} in {never} of 100 runs. In the quickest tenth of the runs it is paid back "
            f"within {_months(found.low)} after you begin."
        )
    if found.high is None:
        return (
            f"{start} paid back within {_months(found.middle)} after you begin in half of the runs, within "
            f"{whole(found.low)} in the quickest tenth. {late}"
        )
    low, high = whole(found.low), whole(found.high)
    span = f"about {_months(low)}" if low == high else f"{low} to {_months(high)}"
    runs = "every run" if found.best == found.worst and not found.never_percent else "8 of 10 runs"
    rest = late if found.never_percent else f"No run takes more than {years(found.horizon_years)}."
    return f"{start} paid back {span} after you begin in {runs}. {rest}"


def _months(count: float) -> str:
    """ "22 months"."""
    return f"{whole(count)} {'month' if whole(count) == 1 else 'months'}"


def _why(found: Payback) -> str:
    reason = max(found.reasons, key=lambda why: found.reasons[why])
    return {
        model.NO_GAIN: "after taxes and what the credential costs a year, the new job leaves no more than the old one",
        model.NOT_PASSED: "the exam is not passed in the sittings you plan",
        model.NO_JOB: "no job in coding is found",
        model.TOO_SLOW: "it takes longer",
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
    taxes = [raises[n] * (1 - ends["tax_percent"][1 - n] / 100) for n in (0, 1)]
    parts = [f"{name} {dollars(*ends[key])}" for key, name in (
        ("training_usd", "training"), ("books_usd", "books"), ("membership_usd", "a year of membership"),
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
        f"Chance: {span(*ends['pass_percent'])} of 100 pass at each sitting, of at most {inputs.sittings}; "
        f"{span(*ends['find_percent'])} of 100 who pass find a job in coding.",
        f"First day in the new job, in months: {' + '.join(waits)} = month {span(best[1], worst[1])}.",
        f"Gain: first wage {dollars(*ends['first_wage_usd'])} \u2212 present wage {dollars(inputs.present_wage_usd)}"
        f"{_hours(inputs)} = {dollars(*raises)} dollars a year{_taxed(ends['tax_percent'], taxes)}; less "
        f"{dollars(*upkeep)} a year to keep the credential = {dollars(worst[2], best[2])} dollars a month.",
        f"Everything at its better end: {_end(best, found)}. Everything at its worse end, with "
        f"{'the exam passed at the last sitting and ' if between else ''}a job found: "
        f"{_end(worst, found)}.",
        f"{model.RUNS:,} runs take a value out of each range, every value as likely as any other: {_runs(found)}",
    )


def _hours(inputs: model.Inputs) -> str:
    if inputs.work_hours == model.FULL_TIME:
        return ""
    return f", for {number(inputs.work_hours)} of {model.FULL_TIME} hours a week"


def _taxed(percent: tuple[float, float], left: list[float]) -> str:
    return f", {dollars(*left)} after taxes of {span(*percent)} percent" if percent[1] else ""


def _end(case: tuple[float, float, float, float], found: Payback) -> str:
    outlay, start, gain, month = case
    if not math.isfinite(month):
        return "there is no gain, so it is never paid back"
    late = "" if month <= found.horizon_years * 12 else f", later than {years(found.horizon_years)}"
    return f"month {number(start)} + {dollars(outlay)} \u00f7 {dollars(gain)} \u2248 month {whole(month):,}{late}"


def _runs(found: Payback) -> str:
    said = []
    if found.low is not None and found.high is not None:
        low, high = whole(found.low), whole(found.high)
        said.append(f"8 of 10 runs lie in month {low}" + (f" to {high}" if low != high else ""))
    elif found.low is not None:
        said.append(f"1 run of 10 is paid back by month {whole(found.low)}")
    if found.middle is not None and found.low is not None:
        said.append(f"half of the runs are paid back by month {whole(found.middle)}")
    if found.never_percent:
        said.append(unpaid(found))
    return "; ".join(said) + "."


def unpaid(found: Payback) -> str:
    """How many runs are not paid back, and why: "4 of 100 are not within 10 years, because the exam is not passed"."""
    why = {
        model.NO_GAIN: "because there is no gain",
        model.NOT_PASSED: "because the exam is not passed",
        model.NO_JOB: "because no job in coding is found",
        model.TOO_SLOW: "because it takes longer",
    }
    never = f"{hundred(found.never_percent)} of 100 are not within {years(found.horizon_years)}"
    weighty = [one for one, share in found.reasons.items() if share >= 0.5] or [
        max(found.reasons, key=lambda one: found.reasons[one])
    ]
    if len(weighty) == 1:
        return f"{never}, {why[weighty[0]]}"
    shares = shared([found.reasons[one] for one in weighty], whole(found.never_percent))
    return f"{never}: {', '.join(f'{share} {why[one]}' for share, one in zip(shares, weighty, strict=True) if share)}"


def shared(parts: list[float], total: int) -> list[int]:
    """Whole numbers that add up to `total`, each near its part: what is left over goes to the largest remainders."""
    scale = total / sum(parts)
    found = [math.floor(one * scale) for one in parts]
    order = sorted(range(len(parts)), key=lambda n: found[n] - parts[n] * scale)
    for n in order[: total - sum(found)]:
        found[n] += 1
    return found


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
