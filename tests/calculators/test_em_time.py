"""E/M by time on the calculator: the code and what comes beside it, by the book and by Medicare."""

from __future__ import annotations

import pytest

from course import calculators
from course.calculators.em_time import CRITICAL
from course.calculators.model import run
from course.codesets.cpt import em

SPEC = calculators.get("em-time")
CATEGORIES = [option.value for option in SPEC.fields[0].options]


def answer(category: str, minutes: int, payer: str = "CPT"):
    return run(SPEC, {"category": category, "payer": payer, "minutes": str(minutes)})


def lines(category: str, minutes: int, payer: str = "CPT") -> list[tuple[str, int]]:
    return [(code, int(units)) for code, _, units, _ in answer(category, minutes, payer)["lines"]]


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("payer", ["CPT", "Medicare"])
def test_the_lines_are_those_of_the_rules(category: str, payer: str):
    unpaid = payer == "Medicare" and category.startswith(("consult", "telehealth-video", "telehealth-audio"))
    for minutes in (1, 9, 10, 11, 15, 29, 30, 31, 40, 55, 60, 65, 69, 75, 84, 89, 95, 104, 110, 140, 170):
        code, extra = em.code_by_time(category, minutes), em.prolonged_units(category, minutes, payer)
        expected = [(code, 1)] if code else []
        if extra:
            expected.append((extra.code, extra.units))
        if category == CRITICAL:
            expected = list(em.critical_care(minutes, payer))
        assert lines(category, minutes, payer) == ([] if unpaid else expected), minutes
        assert answer(category, minutes, payer)["state"] == ("done" if expected and not unpaid else "refused")


def test_what_is_said():
    assert answer("office-established", 72)["sentence"] == "99215 and 99417 × 2."
    assert answer("office-established", 72, "Medicare")["sentence"] == "99215 and G2212."
    assert "99212 needs 10" in answer("office-established", 9)["sentence"]
    assert "no critical care" in answer(CRITICAL, 29)["sentence"]
    assert "visit codes of the setting" in answer("consult-office", 40, "Medicare")["sentence"]
    assert any("3 days after" in note for note in answer("nursing-initial", 50, "Medicare")["notes"])
    assert "not reached" in answer("nursing-initial", 94, "Medicare")["steps"][-2]
    assert "up to 30" in answer("hospital-discharge", 12)["steps"][0]


def test_more_units_than_a_day_takes_are_remarked():
    """99417: 6 units a day, 99292: 8, G2212: 6."""
    for category, payer, last, code in (
        ("office-established", "CPT", 144, "99417"),
        ("office-established", "Medicare", 158, "G2212"),
        (CRITICAL, "CPT", 314, "99292"),
    ):
        told = f"{code}: more units than the day's limit of {8 if code == '99292' else 6}: check the minutes."
        assert told not in answer(category, last, payer)["notes"] and told in answer(category, last + 1, payer)["notes"]


def test_emergency_is_not_offered():
    assert "emergency" not in CATEGORIES and "preventive-new" not in CATEGORIES and len(CATEGORIES) == 19
