"""The auditor's arithmetic: what was found on each line, counted, and the rates that are made of the counts.

All rates are exact fractions of 1; ``percent`` writes one as auditors report it. Which rate a house uses is its own
policy, for no law fixes how accuracy is reported; the two rates of money have a source outside:

- The **gross** payment error adds overpayments and underpayments, as CMS does for the improper payment rate of its
  Comprehensive Error Rate Testing (an improper payment is one or the other, 31 U.S.C. 3351(4)).
- The **net** payment error sets underpayments off against overpayments, as the Office of Inspector General describes
  the error rate of a discovery sample in its corporate integrity agreements.

"Code over code" and "case over case" are the names under which AHIMA described the two ways of counting accuracy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

AGREE = "agree"
#: Findings after which the line stays, with a change.
CHANGED = ("overcoded", "undercoded", "wrong-code", "modifier", "units", "sequence", "poa")
#: Findings after which the line falls away.
DROPPED = ("unsupported", "unbundled")
#: Every finding that a line can have.
FINDINGS = (AGREE, *CHANGED, *DROPPED)


class Word(NamedTuple):
    """A finding as the card says it. ``effect``: what becomes of the line."""

    label: str
    plain: str
    meaning: str
    effect: str


EFFECTS = {"stay": "The line stays as it is", "change": "The line is changed", "drop": "The line falls away"}
#: How the course tells the findings apart. Houses have their own lists; what matters is that one list is kept.
WORDS: dict[str, Word] = {
    "agree": Word(
        "Agree", "as the note has it", "Code and all that stands beside it are what the note bears out.", "stay"
    ),
    "overcoded": Word(
        "Overcoded",
        "more than the note",
        "The service or diagnosis is in the note, but the code reports more of it: a higher level, more work, a graver "
        "form.",
        "change",
    ),
    "undercoded": Word(
        "Undercoded",
        "less than the note",
        "The service or diagnosis is in the note, but the code reports less of it: a lower level, less work, less "
        "detail.",
        "change",
    ),
    "wrong-code": Word(
        "Wrong code",
        "for something else",
        "The note leads to a code for something else: another category of visit, site, method or disease; in a "
        "diagnosis code also the other side.",
        "change",
    ),
    "modifier": Word(
        "Modifier",
        "missing, or not wanted",
        "The code fits. A modifier is missing, or one stands there that does not belong.",
        "change",
    ),
    "units": Word("Units", "another number", "The code fits. The number of units does not.", "change"),
    "sequence": Word(
        "Wrong place",
        "another comes first",
        "The code fits, but another line of this claim has to stand before it.",
        "change",
    ),
    "poa": Word(
        "POA indicator",
        "not as the record says",
        "The code fits. Whether it was present on admission does not.",
        "change",
    ),
    "unsupported": Word(
        "Not supported",
        "not in the note",
        "The note does not show that it was done, or that anybody established it as a diagnosis.",
        "drop",
    ),
    "unbundled": Word(
        "Unbundled",
        "part of another line",
        "It was done, but it is part of another line of this claim and is not reported beside it.",
        "drop",
    ),
}


class Audited(NamedTuple):
    """One encounter as it was audited: the finding of each line, and whether something was not coded."""

    findings: tuple[str, ...]
    missed: bool = False


class Tally(NamedTuple):
    """The counts of an audit. ``found``: finding -> lines; ``clean``: encounters without any error."""

    lines: int
    found: Mapping[str, int]
    encounters: int
    clean: int
    missed: int

    @property
    def agree(self) -> int:
        return self.found.get(AGREE, 0)

    @property
    def errors(self) -> int:
        return self.lines - self.agree

    @property
    def should(self) -> int:
        """Lines on the auditor's own list: those that stay, and those that were missed."""
        return self.lines - sum(self.found.get(one, 0) for one in DROPPED) + self.missed


class Payment(NamedTuple):
    """What was paid for a line and what should have been, in one currency. Neither is negative."""

    paid: Fraction
    due: Fraction


class Rate(NamedTuple):
    """A rate in words and as a fraction of two counts."""

    title: str
    above: str
    below: str
    count: Callable[[Tally], int]
    base: Callable[[Tally], int]

    @property
    def definition(self) -> str:
        return f"{self.above} ÷ {self.below}"


def tally(encounters: Iterable[Audited]) -> Tally:
    """Count an audit. Raises ValueError on a finding that does not exist."""
    done = tuple(encounters)
    found = Counter(finding for one in done for finding in one.findings)
    if unknown := set(found) - set(FINDINGS):
        raise ValueError(f"no such finding: {', '.join(sorted(unknown))}")
    clean = sum(set(one.findings) <= {AGREE} and not one.missed for one in done)
    return Tally(found.total(), dict(found), len(done), clean, sum(one.missed for one in done))


def share(count: int, base: int) -> Fraction | None:
    """A part of a whole, or None where there is no whole."""
    return Fraction(count, base) if base else None


def percent(rate: Fraction, decimals: int = 1) -> Decimal:
    """A rate in percent, rounded half up: 2/3 is 66.7."""
    step = Decimal(1).scaleb(-decimals)
    scaled = rate * 100 * 10**decimals
    # Rounded as a fraction: a decimal of 2/3 would be rounded twice.
    return Decimal((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)) * step


_LINES = "lines audited"
_WORDS = {
    "overcoded": ("Overcoding rate", "lines overcoded"),
    "undercoded": ("Undercoding rate", "lines undercoded"),
    "wrong-code": ("Wrong-code rate", "lines with a wrong code"),
    "modifier": ("Modifier error rate", "lines with a modifier error"),
    "units": ("Units error rate", "lines with wrong units"),
    "sequence": ("Sequencing error rate", "lines in the wrong place"),
    "poa": ("POA error rate", "lines with a wrong POA indicator"),
    "unsupported": ("Unsupported rate", "lines not supported"),
    "unbundled": ("Unbundling rate", "lines unbundled"),
}


def _of_type(finding: str) -> Rate:
    title, above = _WORDS[finding]
    return Rate(title, above, _LINES, lambda made: made.found.get(finding, 0), lambda made: made.lines)


#: Every rate that is made of counts. All are house policy; the sources at the head name who describes them.
RATES: dict[str, Rate] = {
    "lines-agree": Rate("Line accuracy", "lines you agree with", _LINES, lambda t: t.agree, lambda t: t.lines),
    "lines-error": Rate("Line error rate", "lines with an error", _LINES, lambda t: t.errors, lambda t: t.lines),
    "code-over-code": Rate(
        "Code-over-code accuracy",
        "lines you agree with",
        "codes on your final list (lines that stay, changed or not, and missed codes)",
        lambda t: t.agree,
        lambda t: t.should,
    ),
    "encounters-agree": Rate(
        "Encounter accuracy (case over case)",
        "encounters without an error or a missed code",
        "encounters audited",
        lambda t: t.clean,
        lambda t: t.encounters,
    ),
    "missed": Rate(
        "Missed-code rate",
        "encounters with a missed code",
        "encounters audited",
        lambda t: t.missed,
        lambda t: t.encounters,
    ),
    **{finding: _of_type(finding) for finding in _WORDS},
}


def rate(name: str, made: Tally) -> Fraction | None:
    """A rate of ``RATES`` as a fraction of 1; None where nothing stands below the line. Raises KeyError."""
    return share(RATES[name].count(made), RATES[name].base(made))


def slips(name: str, made: Tally) -> Iterator[tuple[Fraction, str]]:
    """The numbers that usual slips lead to, each with what the slip is; none of them equals the rate itself.

    No two are the same. A sentence names what to divide by what, and no number.
    """
    asked = RATES[name]
    right, count = rate(name, made), asked.count(made)
    bases = {"lines audited": made.lines, "encounters audited": made.encounters, "lines with an error": made.errors}
    seen = {right}
    for words, base in bases.items():
        wrong = share(count, base)
        if wrong is not None and wrong not in seen and words != asked.below:
            seen.add(wrong)
            yield wrong, f"That divides by the {words}. Here the {asked.below} stand below the line."
    if right is not None and 1 - right not in seen:
        seen.add(1 - right)
        yield 1 - right, f"That is what is left to 100. Asked is the share of the {asked.above}."
    for other, one in RATES.items():
        wrong = None if other in _WORDS else rate(other, made)  # the rate of a type is met by chance too often
        if wrong is not None and wrong not in seen:
            seen.add(wrong)
            yield wrong, f"That is another rate: {one.definition}. Asked is: {asked.definition}."


def gross_payment_error(payments: Iterable[Payment]) -> Fraction | None:
    """Overpayments and underpayments together, over all that was paid (as CERT). None where nothing was paid."""
    done = tuple(payments)
    paid = sum((one.paid for one in done), Fraction(0))
    return sum((abs(one.paid - one.due) for one in done), Fraction(0)) / paid if paid else None


def net_payment_error(payments: Iterable[Payment]) -> Fraction | None:
    """Overpayments less underpayments, over all that was paid (as OIG); below 0 where too little was paid in all.

    None where nothing was paid.
    """
    done = tuple(payments)
    paid = sum((one.paid for one in done), Fraction(0))
    return sum((one.paid - one.due for one in done), Fraction(0)) / paid if paid else None
