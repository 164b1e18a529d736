"""The money for a first sitting and the rules that cost a fee: added up from the files, both values, with sources."""

from __future__ import annotations

import pytest

from course.exams import facts, fees


@pytest.mark.parametrize(
    ("exam", "sums"),
    [
        ("CPC", [("one", 399 + 190, 425 + 222), ("two", 499 + 190, 499 + 222)]),
        ("CIC", [("one", 425 + 190, 425 + 222), ("two", 499 + 190, 499 + 222)]),
        ("CCS", [("non-member", 399, 399), ("member", 299, 299)]),
        ("CCA", [("non-member", 299, 299), ("member", 199, 199)]),
    ],
)
def test_fee_and_required_membership_are_added_up(exam: str, sums: list[tuple[str, float, float]]):
    assert [one[:3] for one in fees.cash(exam)] == sums and all(one.sources for one in fees.cash(exam))


def test_both_values_stand_where_sources_disagree():
    text, sources = fees.remark("CPC")
    assert "$589 to $647: $399 or $425 for one sitting, and AAPC membership at $190 or $222 a year." in text
    assert "AAPC membership FAQ, undated" in sources and len(set(sources)) == len(sources)
    text, sources = fees.remark("CCA")
    assert "you need $299 without AHIMA membership. Members pay $199" in text and "One page alone tells $399." in text
    assert "ccaexamprep.com, 2026" in sources
    assert "not read for the CIC itself" in fees.remark("CIC")[0]
    with pytest.raises(KeyError, match="no fee for CPMA"):
        fees.remark("CPMA")


def test_rules_that_cost_a_fee():
    ahima = " ".join(text for text, _ in fees.rules("CCA"))
    for words in ("30 minutes late", "late change costs $30", "$75 are kept back", "30 days more cost $50", "two IDs",
                  "30 minutes early", "wrong year"):  # fmt: skip
        assert words in ahima
    aapc = " ".join(text for text, _ in fees.rules("CPC"))
    assert "$399 or $425" in aapc and fees.UNKNOWN in aapc and "30 minutes" not in aapc
    for exam in facts.MAIN:
        assert all(text.endswith(".") and sources for text, sources in fees.rules(exam))
