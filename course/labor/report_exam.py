"""What the exam costs and when it has paid for itself: the career calculator's answer on a career sheet."""

from __future__ import annotations

import re

from course.labor import career
from course.labor.career_data import ASSUMPTION, COMPARED, experience
from course.labor.career_words import NO_WAGE, RUN, hundred, number, span, whole
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
    "find_percent": "Chance to find a coding job",
    "search_months": "Search for the first job",
    "first_wage_usd": "First wage: lowest tenth to median",
    "tax_percent": "Taxes on the extra pay",
}


def found(place: Place, exam: Exam, wage: float | None) -> career.Payback | None:
    """The calculator's answer, in dollars of the newest May; None for a place without wages. AssumptionError (a
    ValueError) when the wage makes no sense."""
    from course.labor.career_data import states

    if place.abbr not in states():
        return None
    return _payback(place, exam, **({} if wage is None else {"present_wage_usd": wage}))


def _payback(place: Place, exam: Exam, **given: float) -> career.Payback:
    return career.payback(state=place.abbr, exam=exam.letters, wages="latest", moves=False, **given)


def tile(exam: Exam, answer: career.Payback | None) -> tuple[str, str]:
    """The answer in few words, and what they are. Months only of a wage that the reader gave: of one that was assumed
    they would read like a promise."""
    if answer is None or not answer.present_assumed:
        return term(exam, answer), months(answer)
    question = (
        f"is the {exam.letters} paid back within {number(answer.horizon_years)} years? At the pay of a typical front "
        f"desk ({usd(answer.present_wage_usd)}; assumed figures)"
    )
    return question, f"not in {hundred(answer.never_percent)} of 100 runs"


def months(answer: career.Payback | None) -> str:
    """The answer in two or three words; :func:`term` says what it is."""
    if answer is None:
        return "not known"
    if answer.low is None:
        return "hardly ever" if answer.never_percent < 100 else "never"
    if answer.middle is None:
        return "not in most runs"
    if answer.high is None:
        return _months(whole(answer.middle))
    low, high = whole(answer.low), whole(answer.high)
    return _months(low) if low == high else f"{low} to {_months(high)}"


def _months(count: int) -> str:
    return f"{count} {'month' if count == 1 else 'months'}"


def term(exam: Exam, answer: career.Payback | None) -> str:
    """What :func:`months` is: which runs, and how many of 100 never get there."""
    until = f"until the {exam.letters} is paid back"
    if answer is None:
        return f"{until}; wages not published"
    runs = ""
    if answer.middle is not None:
        runs = " in eight of ten runs" if answer.high is not None else " in half of the runs"
    years = number(answer.horizon_years)
    return f"{until}{runs}; in {hundred(answer.never_percent)} of 100 runs not within {years} years (assumed figures)"


def costs(place: Place, exam: Exam, answer: career.Payback | None, wage: float | None) -> str:
    """The section: the answer, what it rests on, and the ranges that went in."""
    heading = f"What does the {exam.letters} cost, and is it paid back?"
    if answer is None:
        why = f"This cannot be told for {esc(the(place))}: the wages that the sum needs are not published."
        return section("exam", heading, paragraph(why, esc(experience(exam.letters))))
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
            f"{bold(answer.sentence)} In eight of ten runs the way to the first job costs {outlay}.",
            RUN,
            NO_WAGE if wage == 0 else "",
            _other_wage(place, exam) if wage is None else "",
        ),
        paragraph(
            esc(experience(exam.letters)),
            "Nobody publishes what a beginner is paid or what the certificate adds: that a first wage lies in this "
            "range is an assumption. Try your own figures in the course's calculator.",
        ),
        grid(f"What went in; wages in {_dollars(answer)}", ["item", "from, to"], rows),
    )


def _other_wage(place: Place, exam: Exam) -> str:
    """What the first answer is about, and the answer of somebody who earns less than the median that it assumes."""
    wages = career.place(place.abbr, "latest")
    other = _payback(place, exam, present_wage_usd=wages.beside)
    return (
        f"That is at the median of {_beside()}; at {usd(wages.beside)}, where their lowest tenth ends, it is not paid "
        f"back in time in {hundred(other.never_percent)} of 100 runs."
    )


def _ends(low: float, high: float, unit: str) -> str:
    """ "$399 to $425", "$190 to $222 a year", "50 to 90 percent"."""
    if not unit.startswith("dollars"):
        return f"{span(low, high)} {unit}"
    first, last = (usd(one) if one == round(one) else f"${one:,.2f}" for one in (low, high))
    ends = first if low == high else f"{first} to {last}"
    return ends + unit.removeprefix("dollars")


def _present(wage: float | None) -> str:
    if wage is not None:
        return "Your wage now"
    return f"Wage now: median of {_beside()}"


def _beside() -> str:
    return str(table("occupations").set_index("soc_code")["short_name"][COMPARED])


def _dollars(answer: career.Payback) -> str:
    """ "dollars of May 2025": the newest May of the price index, or of the survey itself."""
    source = answer.wage_source
    return "dollars of " + (source.rsplit(" of ", 1)[1] if " of May" in source else source.rsplit(", ", 1)[1])


def sources(answer: career.Payback | None) -> list[str]:
    """Names and dates of what was read for the costs."""
    if answer is None:
        return []
    shown = [one for one in answer.assumptions if one.key in SHOWN and (one.low or one.high)]
    read = [
        part for one in shown if one.source not in (ASSUMPTION, answer.wage_source) for part in one.source.split("; ")
    ]
    return list(dict.fromkeys(re.sub(r"^[\d.,]+: ", "", part) for part in read))
