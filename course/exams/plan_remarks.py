"""What to look out for in a plan, each with who says so: books that change, work that a body wants to see first, what
this course does not teach, days to spare; and what comes after passing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from course.exams import facts
from course.exams import plan_rules as rules
from course.exams.plan import DAY, Plan, said
from course.exams.plan_steps import listed

#: Days between being ready and a wished date that are worth a word.
SPARE_DAYS = 28


class Remark(NamedTuple):
    """What one should know, and who says so."""

    text: str
    sources: tuple[str, ...]


def warnings(plan: Plan, known: Collection[str] | None = None) -> list[Remark]:
    """All of them, the heaviest first; ``known``: the lessons that are there (None: all)."""
    found = [*_untaught(plan, known), *_work(plan), *_books(plan), *_spare(plan)]
    return [Remark(one.text, tuple(dict.fromkeys(one.sources))) for one in found]


def _untaught(plan: Plan, known: Collection[str] | None) -> Iterator[Remark]:
    exam = plan.wish.exam
    subjects = rules.missing(exam, known)
    if subjects:
        they, them = ("They are", "them") if len(subjects) > 1 else ("It is", "it")
        text = f"The {exam} tests {listed(subjects)}. {they} not in this course yet: plan hours for {them} elsewhere."
        yield Remark(text, rules.told(exam, "code_sets"))


def _work(plan: Plan) -> Iterator[Remark]:
    """What a body recommends before its exam, where the learner has less."""
    exam, years = plan.wish.exam, plan.wish.experience
    recommended = facts.first(exam, "recommended")
    if exam == "CCS" and years < 2:
        so_far = "You named no coding work." if not years else "With one year, the courses belong to it."
        yield Remark(f"Before the CCS AHIMA recommends {recommended.value}. {so_far}", (recommended.told,))
    elif exam == "CIC" and not years:
        yield Remark(f"The CIC advises {recommended.value}. You named no coding work.", (recommended.told,))
    elif exam == "CCA" and not years and not plan.wish.training_hours:
        yield Remark(f"Before the CCA AHIMA recommends {recommended.value}. You planned neither.", (recommended.told,))


def _books(plan: Plan) -> Iterator[Remark]:
    """Books that change before the exam or just after it, and new codes in between."""
    exam, start, day = plan.wish.exam, plan.wish.start, plan.exam_date
    now, then = rules.books(exam, start), rules.books(exam, day)
    guess = " AHIMA told the day for 2026 only; for other years this course takes the same." if then.assumed else ""
    if plan.hurried:
        yield Remark(
            f"The exam is set before the books change, on {said(day)}, so that those of {then.year} still serve. "
            f"Book your seat early: by {said(plan.booked)}.",
            then.sources,
        )
    elif now.year != then.year:
        older = "" if then.assumed else f" An older book is allowed, but the answers follow those of {then.year}."
        yield Remark(
            f"Your {now.year} books are for exams until {said(now.until)}. The exam on {said(day)} asks for the "
            f"books of {then.year}.{older}{guess}",
            then.sources,
        )
    again = day + rules.wait(exam)[0] * DAY
    if again > then.until:
        yield Remark(
            f"The books of {then.year} are for exams until {said(then.until)}. A later date, or a second sitting "
            f"from {said(again)} on, asks for those of {then.year + 1}.{guess if now.year == then.year else ''}",
            then.sources,
        )
    for october in rules.new_codes(start, day):
        icd = facts.first("all", "icd_edition")
        yield Remark(
            f"On {said(october)} new ICD-10 codes come into force at work. The exam keeps to the books of {then.year}.",
            (icd.told, *then.sources),
        )


def _spare(plan: Plan) -> Iterator[Remark]:
    if plan.wish.exam_date and plan.slack >= SPARE_DAYS:
        yield Remark(
            f"You are ready {plan.slack // 7} weeks before the exam. Plan fewer hours a week, or sit earlier.", ()
        )


def after_passing(plan: Plan) -> list[Remark]:
    """The road from CPC-A to CPC, for the CPC; nothing for the others."""
    return [Remark(*one) for one in rules.roads(plan.wish.experience)] if plan.wish.exam == "CPC" else []
