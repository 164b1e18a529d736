"""What the exam costs and when it has paid for itself: the career calculator's answer on a career sheet."""

from __future__ import annotations

import re
from typing import Any

from course.labor import career
from course.labor.career_data import ASSUMPTION, COMPARED
from course.labor.career_words import hundred, number, span, whole
from course.labor.report_facts import Place
from course.labor.report_parts import bold, esc, grid, paragraph, section, the, usd
from course.labor.report_places import Exam
from course.labor.tables import table

#: The assumptions that the sheet prints, by key, and what they are called where the label needs company.
SHOWN = {
    "exam_fee_usd": "Exam fee",
    "membership_usd": "Membership",
    "renewal_usd": "Renewal",
    "training_usd": "Training course",
    "books_usd": "Books",
    "study_hours": "Study",
    "pass_percent": "Chance to pass a sitting",
    "search_months": "Search for the first job",
    "first_wage_usd": "First wage: lowest tenth to median",
}


def found(place: Place, exam: Exam, wage: float | None) -> career.Payback | None:
    """The calculator's answer, in dollars of the newest May; None for a place without wages. AssumptionError (a
    ValueError) when the wage makes no sense."""
    from course.labor.career_data import states

    if place.abbr not in states():
        return None
    given: dict[str, Any] = {} if wage is None else {"present_wage_usd": wage}
    return career.payback(state=place.abbr, exam=exam.letters, wages="latest", **given)


def months(answer: career.Payback | None) -> str:
    """The band of months in two or three words."""
    if answer is None:
        return "not known"
    if answer.low is None:
        return "hardly ever" if answer.never_percent < 100 else "not within the horizon"
    low = whole(answer.low)
    if answer.high is None:
        return f"{low} months or more"
    high = whole(answer.high)
    return f"{low} months" if low == high else f"{low} to {high} months"


def costs(place: Place, exam: Exam, answer: career.Payback | None, wage: float | None) -> str:
    """The section: the answer, what it rests on, and the ranges that went in."""
    heading = f"What does the {exam.letters} cost, and when is it paid back?"
    if answer is None:
        return section(
            "exam",
            heading,
            paragraph(f"This cannot be told for {esc(the(place))}: the wages that the sum needs are not published."),
        )
    outlay = " to ".join(bold(usd(round(one, -1))) for one in (answer.outlay_low, answer.outlay_high))
    rows = [
        (SHOWN[one.key], _ends(one.low, one.high, one.unit) + (", assumed" if one.source == ASSUMPTION else ""))
        for key in SHOWN
        for one in answer.assumptions
        if one.key == key and (one.low or one.high)
    ]
    present = _ends(answer.present_wage_usd, answer.present_wage_usd, "dollars a year")
    rows.append((_present(wage), present + (", assumed" if wage is None else "")))
    return section(
        "exam",
        heading,
        paragraph(
            f"The way there costs {outlay} in most cases.",
            bold(answer.sentence),
            "Nobody publishes what the certificate adds to a wage: that a first wage lies in this range is an "
            "assumption. The career calculator of the course takes your own figures.",
        ),
        grid(f"What went in; wages in {_dollars(answer)}", ["item", "from, to"], rows),
    )


def _ends(low: float, high: float, unit: str) -> str:
    """ "$399 to $425", "$190 to $222 a year", "50 to 90 percent"."""
    if not unit.startswith("dollars"):
        return f"{span(low, high)} {unit}"
    ends = usd(low) if low == high else f"{usd(low)} to {usd(high)}"
    return ends + unit.removeprefix("dollars")


def _present(wage: float | None) -> str:
    if wage is not None:
        return "Your wage now"
    names = table("occupations").set_index("soc_code")["short_name"]
    return f"Wage now: lowest tenth of {names[COMPARED]}"


def _dollars(answer: career.Payback) -> str:
    """ "dollars of May 2025": the newest May of the price index, or of the survey itself."""
    source = answer.wage_source
    return "dollars of " + (source.rsplit(" of ", 1)[1] if " of May" in source else source.rsplit(", ", 1)[1])


def note(answer: career.Payback | None) -> str:
    """How many of 100 never get there, for below the band."""
    if answer is None:
        return "wages not published"
    return f"in {hundred(answer.never_percent)} of 100 runs not within {number(answer.horizon_years)} years"


def sources(answer: career.Payback | None) -> list[str]:
    """Names and dates of what was read for the costs."""
    if answer is None:
        return []
    shown = [one for one in answer.assumptions if one.key in SHOWN and (one.low or one.high)]
    read = [
        part for one in shown if one.source not in (ASSUMPTION, answer.wage_source) for part in one.source.split("; ")
    ]
    return list(dict.fromkeys(re.sub(r"^[\d.,]+: ", "", part) for part in read))
