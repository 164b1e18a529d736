"""Error rates: the law counts the sheet again, slips are none, sheets can be, and what is broken is found."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from course.codesets import icd10cm
from course.grading import audit
from course.questions import descriptor_like, generators
from course.questions.generators import error_rates
from course.questions.kinds import check
from course.questions.kinds.number import NumberItem

CODES = icd10cm.open_edition(2026)
seeds = st.integers(0, 10**9)
LEVELS = (1, 2, 3)


def drawn(seed: int, level: int) -> NumberItem:
    return generators.make("error-rate", seed, level, CODES)


@given(seed=seeds, level=st.sampled_from(LEVELS))
@settings(deadline=None)
def test_the_key_is_right_and_every_slip_is_met_with_its_reason(seed: int, level: int) -> None:
    item = drawn(seed, level)
    assert error_rates.law(item, CODES)
    assert check(item, f"{item.answer.value} %").score == 1
    assert len(item.mistakes) >= 2
    for mistake in item.mistakes:
        verdict = check(item, f"{mistake.value}")
        assert verdict.score == 0 and verdict.parts[0].message == mistake.why
        assert f"{item.answer.value}" not in mistake.why


@given(seed=seeds, level=st.sampled_from(LEVELS), off=st.sampled_from(["0.2", "-0.2", "1", "10"]))
@settings(deadline=None)
def test_another_key_breaks_the_law(seed: int, level: int, off: str) -> None:
    item = drawn(seed, level)
    answer = item.answer.model_copy(update={"value": item.answer.value + Decimal(off)})
    assert not error_rates.law(item.model_copy(update={"answer": answer}), CODES)


def test_a_changed_sheet_breaks_the_law() -> None:
    """Lines or an amount more, and the key is another."""
    for seed in range(60):
        item = drawn(seed, 1)
        more = f"{item.note}\nEncounter 99: {', '.join(['agree'] * 40)}"
        assert error_rates.law(item, CODES) and not error_rates.law(item.model_copy(update={"note": more}), CODES)
        money = drawn(seed, 3)
        note = f"{money.note}\nClaim 99: paid $500, should have been $0"
        assert not error_rates.law(money.model_copy(update={"note": note}), CODES)
    assert not error_rates.law(item.model_copy(update={"stem": "What is the **best rate**?"}), CODES)


def test_every_rate_is_asked_and_words_fit() -> None:
    asked: dict[int, set[str]] = {level: set() for level in LEVELS}
    for level in LEVELS:
        for seed in range(150):
            item = drawn(seed, level)
            asked[level].add(re.findall(r"\*\*([^*]+)\*\*", item.stem)[0])
            told = "\n".join([item.stem, item.note, item.rationale, *item.hints, *(one.why for one in item.mistakes)])
            assert len(item.stem.split()) <= 90 and len(item.rationale.split()) <= 160
            assert max(len(one.why.split()) for one in item.mistakes) <= 60
            assert not re.search(r"\{|\}|  |\.\.|\bNone\b|-\$", told), told
            assert not list(descriptor_like.findings(told))
            assert level < 3 or "made up" in item.stem
            assert not any(f"{item.answer.value} %" in hint for hint in item.hints)
    assert len(asked[1]) == len(error_rates._BY_LINE) and len(asked[2]) == len(error_rates._BY_ENCOUNTER)
    assert asked[3] == {"net payment error rate", "gross payment error rate"}


def test_every_word_on_a_sheet_is_a_finding() -> None:
    assert set(error_rates._ON_SHEET) <= set(audit.FINDINGS)
    assert set(error_rates._BY_LINE + error_rates._BY_ENCOUNTER) <= set(audit.RATES)
    sheet = [
        error_rates._row(n, audit.Audited((one,))).partition(": ")[2] for n, one in enumerate(error_rates._ON_SHEET)
    ]
    assert sheet == list(error_rates._ON_SHEET.values()) and len(set(sheet)) == len(sheet)


def test_recounts_by_hand() -> None:
    lines = ["agree, modifier", "agree; 1 code missed", "not supported, agree", "agree"]
    by_hand = {
        "line accuracy": Fraction(4, 6),
        "line error rate": Fraction(2, 6),
        "code over code": Fraction(4, 6),
        "encounter accuracy": Fraction(1, 4),
        "missed-code rate": Fraction(1, 4),
        "unsupported rate": Fraction(1, 6),
        "modifier error rate": Fraction(1, 6),
        "overcoding rate": Fraction(0),
        "units error rate": None,
    }
    assert {name: error_rates._recount(lines, name) for name in by_hand} == by_hand
    money = ["paid $100, should have been $60", "paid $100, should have been $120"]
    assert error_rates._recount_money(money, net=True) == Fraction(1, 10)
    assert error_rates._recount_money(money, net=False) == Fraction(3, 10)
