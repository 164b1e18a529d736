"""The bank against the exams: as many exams without a common question as were promised, and lessons that mend."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from types import SimpleNamespace
from typing import Any

import pytest

from course.exams import assemble, blueprint, pool
from course.exams.capacity import capacity
from course.questions.base import ItemBase
from course.questions.kinds import single_choice

#: Exam -> disjoint exams from authored items. CCS and CIC wait for the lesson on ICD-10-PCS.
PROMISED = {"CPC": 3, "CCA": 2}
#: A code with its modifiers and units, as an option writes it.
_CODES = re.compile(r"[A-Z0-9][A-Z0-9.]{2,}(?:-[A-Z0-9]{2})*(?: ?×\d+)?")


@pytest.mark.parametrize(("exam", "times"), PROMISED.items())
def test_the_bank_fills_the_exams_that_were_promised(exam: str, times: int) -> None:
    found = capacity(blueprint.load(exam))
    missing = {row.label: max(0, times * row.need - row.have) for row in found.rows if row.exams < times}
    assert found.disjoint >= times, f"{found.words} For {times}, missing at least: {missing}"


@pytest.mark.parametrize(("exam", "times"), PROMISED.items())
def test_exams_in_a_row_have_no_question_in_common(exam: str, times: int) -> None:
    """As the exam hall draws them, each time another seed."""
    plan = blueprint.load(exam)
    bank = pool.of(plan)
    times = min(times, capacity(plan, bank).disjoint)
    seen: dict[str, int] = {}
    for turn in range(times):
        form = assemble.form(plan, seed=31 * turn + 5, seen=seen, pool=bank, fill=False)
        assert not form.short and not {one.id for one in form.entries} & set(seen)
        seen |= {one.id: turn for one in form.entries}
    assert len(seen) == times * plan.items


@pytest.mark.parametrize("exam", blueprint.names())
def test_a_short_exam_is_filled_as_far_as_the_bank_goes(exam: str) -> None:
    plan = blueprint.load(exam)
    found = capacity(plan)
    form = assemble.form(plan, seed=2, fill=False)
    assert len(form.entries) == found.fills and form.short == found.short


@pytest.mark.parametrize("exam", blueprint.names())
def test_the_lessons_of_a_domain_have_questions_about_it(exam: str, items: list[ItemBase]) -> None:
    """A weak domain sends the learner to these lessons: the one with most items of the domain is among them, and they
    have more than half of all."""
    plan = blueprint.load(exam)
    lessons = {item.lesson for item in items}
    for domain in plan.domains:
        about = Counter(
            item.lesson for item in items if plan.names_item(domain.name) in item.domains and item.lesson < "13"
        )
        there = [lesson for lesson in domain.lessons if lesson in lessons]
        if not about or not there:
            continue
        assert max(about, key=lambda lesson: about[lesson]) in there, (exam, domain.name, about)
        assert sum(about[lesson] for lesson in there) > sum(about.values()) / 2, (exam, domain.name, about)


def test_items_of_the_hall_are_at_exam_difficulty_and_of_a_domain(items: list[ItemBase]) -> None:
    hall = [item for item in items if pool.is_hall(item)]
    assert hall
    assert not [item.id for item in hall if item.difficulty < 2]
    drawable = {one.id for name in blueprint.names() for one in pool.of(blueprint.load(name)).candidates}
    assert not [item.id for item in hall if item.id not in drawable]


def test_the_middle_option_is_not_the_key_too_often(items: list[ItemBase]) -> None:
    """Where options are sets of codes, a key that shares most with all the others is found without reading the stem.
    Chance finds one in four; a topic may come to a half."""
    hits: dict[str, list[float]] = defaultdict(list)
    for item in items:
        if pool.is_hall(item) and isinstance(item, single_choice.Model) and (hit := _middle(item)) is not None:
            hits[item.id.split("/")[0]].append(hit)
    judged = {topic: sum(found) / len(found) for topic, found in hits.items() if len(found) >= 12}
    assert judged, "no topic has options that are sets of codes"
    assert not {topic: round(share, 2) for topic, share in judged.items() if share > 0.5}


def _middle(item: Any) -> float | None:
    """1 where the option most like the others is the key, a part of 1 for a tie; None where options hold no codes."""
    sets = [
        {part for code in _CODES.findall(option.text) for part in (code, *code.split("-"))} for option in item.options
    ]
    if not all(sets):
        return None
    likeness = [sum(len(one & other) / len(one | other) for other in sets if other is not one) for one in sets]
    top = [place for place, value in enumerate(likeness) if value > max(likeness) - 1e-9]
    key = next(place for place, option in enumerate(item.options) if option.correct)
    return None if len(top) == len(sets) else (key in top) / len(top)


def test_the_middle_option_can_be_told() -> None:
    options = [("11402, 12032", False), ("11402", True), ("11402-51", False), ("11403", False)]
    made = SimpleNamespace(options=[SimpleNamespace(text=text, correct=right) for text, right in options])
    assert _middle(made) == 1
