"""The auditor's arithmetic: shares of a whole, rates that add up, slips that are none."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.grading import audit
from course.grading.audit import Audited, Payment

ENCOUNTERS = st.lists(
    st.builds(
        Audited, st.lists(st.sampled_from(audit.FINDINGS), min_size=1, max_size=6).map(tuple), missed=st.booleans()
    ),
    min_size=1,
    max_size=12,
)
MONEY = st.integers(0, 400).map(lambda n: Fraction(n))
PAYMENTS = st.lists(st.builds(Payment, MONEY, MONEY), min_size=1, max_size=12)

SMALL = audit.tally(
    [
        Audited(("agree", "modifier", "units")),
        Audited(("agree", "unsupported"), missed=True),
        Audited(("agree",)),
        Audited(("overcoded", "agree")),
    ]
)


def test_a_small_audit_by_hand() -> None:
    assert SMALL == audit.Tally(8, {"agree": 4, "modifier": 1, "units": 1, "unsupported": 1, "overcoded": 1}, 4, 1, 1)
    by_hand = {"lines-agree": "50.0", "lines-error": "50.0", "encounters-agree": "25.0", "overcoded": "12.5"}
    by_hand |= {"code-over-code": "50.0", "missed": "25.0", "unbundled": "0.0"}  # 8 lines, one off, one on
    for name, percent in by_hand.items():
        assert str(audit.percent(audit.rate(name, SMALL))) == percent, name


def test_money_by_hand() -> None:
    """Paid 100, 80 and 20; due 60, 80 and 30: 40 too much, 10 too little, of 200."""
    payments = [Payment(Fraction(paid), Fraction(due)) for paid, due in ((100, 60), (80, 80), (20, 30))]
    assert audit.gross_payment_error(payments) == Fraction(1, 4)
    assert audit.net_payment_error(payments) == Fraction(3, 20)


def test_nothing_audited_has_no_rate() -> None:
    empty = audit.tally([])
    assert {audit.rate(name, empty) for name in audit.RATES} == {None}
    assert audit.gross_payment_error([]) is None
    assert audit.net_payment_error([Payment(Fraction(0), Fraction(5))]) is None
    with pytest.raises(ValueError, match="no such finding: wrong"):
        audit.tally([Audited(("wrong",))])
    with pytest.raises(KeyError):
        audit.rate("accuracy", empty)


@given(done=ENCOUNTERS)
def test_rates_are_shares_that_add_up(done: list[Audited]) -> None:
    made = audit.tally(done)
    rates = {name: audit.rate(name, made) for name in audit.RATES}
    assert all(0 <= rate <= 1 for rate in rates.values() if rate is not None)
    assert rates["lines-agree"] + rates["lines-error"] == 1
    assert rates["lines-error"] == sum(rates[name] for name in (*audit.CHANGED, *audit.DROPPED))
    assert rates["encounters-agree"] + rates["missed"] <= 1
    assert (rates["encounters-agree"] == 1) == (rates["lines-agree"] == 1 and not rates["missed"])
    # recounted line by line
    lines = [finding for one in done for finding in one.findings]
    assert rates["lines-agree"] == Fraction(lines.count("agree"), len(lines))
    kept = [finding for finding in lines if finding not in ("unsupported", "unbundled")]
    should = len(kept) + sum(one.missed for one in done)
    assert rates["code-over-code"] == (Fraction(lines.count("agree"), should) if should else None)


@given(done=ENCOUNTERS, more=ENCOUNTERS)
def test_an_audit_lies_between_its_halves(done: list[Audited], more: list[Audited]) -> None:
    for name in audit.RATES:
        one, two, both = (audit.rate(name, audit.tally(part)) for part in (done, more, done + more))
        if one is not None and two is not None:
            assert min(one, two) <= both <= max(one, two), name


@given(done=ENCOUNTERS, name=st.sampled_from(sorted(audit.RATES)))
def test_no_slip_is_the_rate_and_no_two_are_one(done: list[Audited], name: str) -> None:
    made = audit.tally(done)
    found = list(audit.slips(name, made))
    values = [value for value, _ in found]
    assert audit.rate(name, made) not in values and len(set(values)) == len(values)
    for _, why in found:
        assert why.endswith(".") and not any(sign.isdigit() for sign in why.replace("left to 100", ""))


@given(payments=PAYMENTS)
def test_net_is_never_more_than_gross(payments: list[Payment]) -> None:
    gross, net = audit.gross_payment_error(payments), audit.net_payment_error(payments)
    if gross is None:
        assert net is None and not any(one.paid for one in payments)
        return
    assert -gross <= net <= gross
    over = all(one.paid >= one.due for one in payments)
    assert not over or net == gross
    assert (gross == 0) == all(one.paid == one.due for one in payments)


@given(payments=PAYMENTS, times=st.integers(2, 9))
def test_money_in_another_currency_is_the_same_rate(payments: list[Payment], times: int) -> None:
    scaled = [Payment(one.paid * times, one.due * times) for one in payments]
    assert audit.gross_payment_error(scaled) == audit.gross_payment_error(payments)
    assert audit.net_payment_error(scaled) == audit.net_payment_error(payments)


@given(above=st.integers(0, 500), below=st.integers(1, 500))
def test_a_percentage_is_rounded_once_and_half_up(above: int, below: int) -> None:
    found = audit.percent(Fraction(above, below))
    exact = Fraction(100 * above, below)
    assert abs(exact - Fraction(found)) <= Fraction(1, 20) and found.as_tuple().exponent == -1
    if abs(exact - Fraction(found)) == Fraction(1, 20):
        assert Fraction(found) > exact


def test_percent_examples() -> None:
    assert audit.percent(Fraction(2, 3)) == Decimal("66.7") and audit.percent(Fraction(1, 16)) == Decimal("6.3")
    assert str(audit.percent(Fraction(1))) == "100.0" and str(audit.percent(Fraction(1, 8), 0)) == "13"


def test_every_finding_has_words_and_a_rate() -> None:
    assert set(audit.WORDS) == set(audit.FINDINGS) and {one.effect for one in audit.WORDS.values()} == set(
        audit.EFFECTS
    )
    assert set(audit.FINDINGS) - {"agree"} <= set(audit.RATES)
    assert {name for name, one in audit.WORDS.items() if one.effect == "drop"} == set(audit.DROPPED)
