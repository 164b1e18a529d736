"""Error rates: the law counts the sheet again, slips are none, sheets can be, and what is broken is found."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.codesets import icd10cm
from course.grading import audit
from course.questions import descriptor_like, generators
from course.questions.generators import error_rate_money, error_rate_slips, error_rates
from course.questions.generators.error_rate_reading import recount, recount_money
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
    assert len(item.mistakes) >= 3
    values = [item.answer.value, *(mistake.value for mistake in item.mistakes)]
    assert all(abs(a - b) > Decimal("0.2") for n, a in enumerate(values) for b in values[:n])
    for mistake in item.mistakes:
        verdict = check(item, f"{mistake.value}")
        assert verdict.score == 0 and verdict.parts[0].message == mistake.why
        assert not re.search(r"\d", mistake.why.replace("left to 100", "")), mistake.why


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
        more = f"{item.note}\nEncounter 99: 40 lines; all agree"
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
    assert len(asked[1]) == len(error_rates.BY_LINE) and len(asked[2]) == len(error_rates.BY_ENCOUNTER)
    assert asked[3] == {one.title for one in error_rate_money.RATES.values()}


def test_each_rate_of_money_is_asked_as_often_and_net_goes_both_ways() -> None:
    items = [drawn(seed, 3) for seed in range(400)]
    asked = Counter(re.findall(r"\*\*([^*]+)\*\*", item.stem)[0] for item in items)
    assert set(asked) == {one.title for one in error_rate_money.RATES.values()}
    assert max(asked.values()) < 0.32 * len(items)
    net = [item.answer.value for item in items if "**net" in item.stem]
    assert 0.3 < sum(value < 0 for value in net) / len(net) < 0.7


@pytest.mark.parametrize("level", [1, 2])
def test_sheets_are_such_as_one_meets(level: int) -> None:
    """Most coders are right in 80 to 97 lines of 100; what the definition speaks of stands on the sheet."""
    shares = []
    for seed in range(250):
        item = drawn(seed, level)
        lines = [line.partition(": ")[2] for line in item.note.splitlines()[1:]]
        shares.append(recount(lines)["line accuracy"])
        if "code-over-code" in item.stem:
            assert "missed" in item.note and re.search("unbundled|not supported", item.note)
    assert sum(Fraction(4, 5) <= share <= Fraction(97, 100) for share in shares) > 0.85 * len(shares)
    assert min(shares) >= Fraction(7, 10)


def _changed(item: NumberItem, **update: object) -> NumberItem:
    return item.model_copy(update=update)


def _sheet(lines: tuple[str, ...], stem: str, key: str, rationale: str) -> NumberItem:
    note = "\n".join(["AUDIT SHEET", *(f"Encounter {n}: {line}" for n, line in enumerate(lines, 1))])
    item = drawn(1, 2)
    answer = item.answer.model_copy(update={"value": Decimal(key)})
    far = tuple(item.mistakes[0].model_copy(update={"value": Decimal(n)}) for n in (1, 2, 3))
    return _changed(item, stem=stem, note=note, answer=answer, mistakes=far, rationale=rationale)


LIST = " Your list: each line that stays, changed or not, and what was missed; no line unbundled or not supported."


@pytest.mark.parametrize(
    ("lines", "stem", "key", "rationale", "holds"),
    [
        # a fair sheet, then the faults that sheets once had
        (("8 lines; line 1 unbundled, the others agree", "8 lines; all agree; 1 code missed", "4 lines; all agree"),
         "**code-over-code accuracy**" + LIST, "95.0", "part of another line", False),  # 19/20 = line accuracy
        (("8 lines; line 1 unbundled, the others agree", "8 lines; all agree; 1 code missed", "4 lines; line 2 "
          "unbundled, the others agree"), "**code-over-code accuracy**" + LIST, "94.7", "part of another", True),
        (("8 lines; line 1 unbundled, the others agree", "8 lines; all agree; 1 code missed", "4 lines; line 2 "
          "unbundled, the others agree"), "**code-over-code accuracy**: lines that stay", "94.7", "part of another",
         False),  # the list is not defined
        (("8 lines; line 1 unbundled, the others agree", "8 lines; line 2 unbundled, the others agree"),
         "**code-over-code accuracy**" + LIST, "100.0", "part of another", False),  # nothing was missed
        (("9 lines; line 1 modifier error, the others agree", "9 lines; all agree"), "**line accuracy**", "94.4",
         "the code fits, a modifier is missing or does not belong", True),
        (("9 lines; line 1 modifier error, the others agree", "9 lines; all agree"), "**line accuracy**", "94.4",
         "17 ÷ 18", False),  # the verdict is not explained
        (("3 lines; line 1 modifier error, the others agree", "3 lines; all agree"), "**line accuracy**", "83.3",
         "missing or", False),  # six lines
        (("9 lines; line 1 overcoded, line 2 overcoded, line 3 overcoded, line 4 overcoded, the others agree",
          "4 lines; all agree"), "**line accuracy**", "69.2", "more than", False),  # nobody codes so
        (("9 lines; all agree; 1 code missed", "9 lines; all agree"), "**encounter accuracy**", "50.0", "", False),
        (("9 lines; all agree; 1 code missed", "9 lines; all agree", "9 lines; all agree"), "**encounter accuracy**",
         "66.7", "", True),
    ],
)  # fmt: skip
def test_the_law_refuses_sheets_with_two_readings(
    lines: tuple[str, ...], stem: str, key: str, rationale: str, holds: bool
) -> None:
    assert error_rates.law(_sheet(lines, stem, key, rationale), CODES) == holds


@pytest.mark.parametrize("level", LEVELS)
def test_slips_that_meet_break_the_law(level: int) -> None:
    """Two slips of one value, and a slip that is the key after rounding."""
    for seed in range(40):
        item = drawn(seed, level)
        first, second, *rest = item.mistakes
        for value in (first.value, first.value + Decimal("0.2"), item.answer.value + Decimal("0.1")):
            near = (first, second.model_copy(update={"value": value}), *rest)
            assert not error_rates.law(_changed(item, mistakes=near), CODES)
        assert not error_rates.law(_changed(item, mistakes=item.mistakes[:2]), CODES)


def test_claims_on_which_two_rates_meet_break_the_law() -> None:
    """Gross over paid is net over due; net over paid is net over due after rounding."""
    item = next(one for one in (drawn(seed, 3) for seed in range(80)) if "**gross" in one.stem)
    net = next(one for one in (drawn(seed, 3) for seed in range(80)) if "**net" in one.stem)
    far = tuple(item.mistakes[0].model_copy(update={"value": Decimal(n)}) for n in (71, 72, 73))
    for one, claims, key in (
        (item, ((200, 100), (300, 300)), "20.0"),  # gross is net
        (item, ((100, 0), (80, 90), (320, 320)), "22.0"),  # 110 / 500; net 90 / 410 = 22.0
        (net, ((100, 90), (100, 101), (900, 900)), "0.8"),  # 9 / 1100; by due 9 / 1091
    ):
        note = "SHEET\n" + "\n".join(
            f"Claim {n}: paid ${paid}, should have been ${due}" for n, (paid, due) in enumerate(claims, 1)
        )
        answer = one.answer.model_copy(update={"value": Decimal(key)})
        assert not error_rates.law(_changed(one, note=note, answer=answer, mistakes=far), CODES)
    fair = "SHEET\nClaim 1: paid $100, should have been $40\nClaim 2: paid $300, should have been $320"
    answer = item.answer.model_copy(update={"value": Decimal("20.0")})
    assert error_rates.law(_changed(item, note=fair, answer=answer, mistakes=far), CODES)
    hidden = net.stem.replace(error_rates._BESIDES["net"], "")
    assert hidden != net.stem and not error_rates.law(_changed(net, stem=hidden), CODES), "a sign that nobody expects"


def test_every_word_on_a_sheet_is_a_finding() -> None:
    assert set(error_rates.ON_SHEET) <= set(audit.FINDINGS)
    assert set(error_rates.BY_LINE + error_rates.BY_ENCOUNTER) <= set(audit.RATES)
    words = [word for word, _ in error_rates.ON_SHEET.values()]
    for name, word in zip(error_rates.ON_SHEET, words, strict=True):
        row = error_rates._row(1, audit.Audited((audit.AGREE, name, audit.AGREE), True))
        assert row == f"Encounter 1: 3 lines; line 2 {word}, the others agree; 1 code missed"
    assert len(set(words)) == len(words)


def test_recounts_by_hand() -> None:
    lines = ["4 lines; line 2 modifier error, line 3 not supported, the others agree", "2 lines; all agree",
             "3 lines; all agree; 1 code missed", "1 lines; line 1 overcoded"]  # fmt: skip
    rates = recount(lines)
    by_hand = {
        "line accuracy": Fraction(7, 10),
        "line error rate": Fraction(3, 10),
        "code-over-code accuracy": Fraction(7, 10),  # ten, one off, one on
        "encounter accuracy": Fraction(1, 4),
        "missed-code rate": Fraction(1, 4),
        "unsupported rate": Fraction(1, 10),
        "modifier error rate": Fraction(1, 10),
        "overcoding rate": Fraction(1, 10),
        "unbundling rate": Fraction(0),
        "undercoding rate": Fraction(0),
    }
    assert rates == by_hand
    money = recount_money(["paid $100, should have been $60", "paid $100, should have been $120"])
    assert money["net payment error rate"] == Fraction(1, 10) and money["gross by due"] == Fraction(6, 18)
    assert money["gross payment error rate"] == Fraction(3, 10)
    assert (money["overpayment rate"], money["underpayment rate"]) == (Fraction(2, 10), Fraction(1, 10))


def test_slips_by_hand() -> None:
    """Ten lines of three encounters: one unbundled, one undercoded, and a code missed."""
    done = [audit.Audited(("agree", "unbundled", "agree", "agree")), audit.Audited(("agree",) * 3, True),
            audit.Audited(("undercoded", "agree", "agree"))]  # fmt: skip
    found = {
        name: [rate for rate, _ in error_rate_slips.of_counts(name, done)] for name in ("code-over-code", "missed")
    }
    assert found["code-over-code"] == [Fraction(8, 10), Fraction(8, 11), Fraction(8, 9), Fraction(9, 10), 0]
    assert found["missed"] == [Fraction(1, 10), Fraction(1), Fraction(2, 3), Fraction(2, 3)]
