"""The E/M leveler computes in the browser what the rules in Python say: the same answers for the same drawn ticks."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from course.cards import esm
from course.codesets.cpt import em
from course.questions.kinds.em_model import levels_of, rules_view

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CASES = 3000
RUN = """([cases, views]) => cases.map(({ category, counts, minutes }) => {
  const { parts, codes } = views[category];
  const found = mdm(parts, counts);
  const [byLevel, byTime] = [codeFor(codes, found.overall), codeByTime(codes, minutes)];
  return [found.problems, found.data, found.risk, found.overall, byLevel, byTime, higher(codes, byLevel, byTime)];
})"""


def test_browser_and_python_agree(chromium: Browser) -> None:
    rng = random.Random(4)
    elements = list(em.elements().values())
    cases = []
    for _ in range(CASES):
        drawn = rng.sample(elements, rng.choice((0, 1, 2, 3, 4, 6)))
        counts = {one.id: rng.randint(1, 4) if one.counted else 1 for one in drawn}
        minutes = rng.choice((rng.randint(0, 100), *(row.first for row in em.in_category("home-new"))))
        cases.append({"category": rng.choice(em.leveled()), "counts": counts, "minutes": minutes})
    expected = []
    for case in cases:
        mdm = levels_of(case["counts"])
        by_level = em.code_for(case["category"], mdm.overall) or ""
        by_time = em.code_by_time(case["category"], case["minutes"]) or ""
        both = em.visit_code(case["category"], mdm.overall, case["minutes"]) or ""
        expected.append([*map(int, mdm), by_level, by_time, both])
    assert len({tuple(one[:4]) for one in expected}) > 40, "the cases are too much alike"
    page = chromium.new_page()
    try:
        page.add_script_tag(content=esm.read("kinds/em_rules.js").replace("export ", ""))
        found = page.evaluate(RUN, [cases, {category: rules_view(category) for category in em.leveled()}])
    finally:
        page.close()
    assert [(case, *one) for case, one in zip(cases, found, strict=True)] == [
        (case, *one) for case, one in zip(cases, expected, strict=True)
    ]


def test_minutes_are_read_as_they_are_graded(chromium: Browser) -> None:
    page = chromium.new_page()
    try:
        page.add_script_tag(content=esm.read("kinds/em_rules.js").replace("export ", ""))
        read = {"24": 24, " 24 min": 24, "24 minutes": 24, "24min.": 24, "": None, "about 24": None, "24.5": None}
        assert page.evaluate("(texts) => texts.map(minutesIn)", list(read)) == list(read.values())
    finally:
        page.close()
