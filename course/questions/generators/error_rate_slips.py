"""Usual slips in the rates of an audit, each with the number it leads to, for the generator ``error-rate``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from course.grading import audit

TOLERANCE = Decimal("0.1")
#: Two percentages that are nearer to one another than this have a common answer within the tolerance.
TOO_CLOSE = 2 * TOLERANCE


def of_counts(asked: str, done: Sequence[audit.Audited]) -> list[tuple[Fraction, str]]:
    """At most five slips. A slip that a sheet does not allow (nothing was missed) is left out; two that lead to one
    number are both there, and the caller draws anew."""
    made = audit.tally(done)
    definition = audit.RATES[asked].definition
    return [(rate, f"{why} Asked is: {definition}.") for rate, why in _slips(asked, made, done)][:5]


def _slips(asked: str, made: audit.Tally, done: Sequence[audit.Audited]) -> Iterator[tuple[Fraction, str]]:
    dropped = sum(made.found.get(name, 0) for name in audit.DROPPED)
    dirty = sum(set(one.findings) != {audit.AGREE} for one in done)
    if asked in ("lines-agree", "lines-error"):
        right = asked == "lines-agree"
        yield (
            Fraction(made.errors if right else made.agree, made.lines),
            "That is the share of the lines with an error." if right else "That is the share of the lines that agree.",
        )
        clean = len(done) - dirty
        yield Fraction(clean if right else dirty, len(done)), "That counts encounters. Here each line counts."
        if made.missed:
            yield (
                Fraction(made.agree if right else made.errors + made.missed, made.lines + made.missed),
                "That adds the missed codes. They are no lines of the claims that you audited.",
            )
        if mild := made.found.get("undercoded", 0):
            count = made.agree + mild if right else made.errors - mild
            yield Fraction(count, made.lines), "That lets undercoding pass. It is an error, too."
        if dropped:
            count = made.agree if right else made.errors - dropped
            yield (
                Fraction(count, made.lines - dropped),
                "That leaves out the lines that fall away. They were audited, too.",
            )
    elif asked == "encounters-agree":
        yield Fraction(len(done) - dirty, len(done)), "That overlooks the missed codes."
        yield Fraction(len(done) - made.missed, len(done)), "That looks at the missed codes alone."
        yield 1 - Fraction(made.clean, len(done)), "That is the share of the encounters with an error."
        yield Fraction(made.agree, made.lines), "That counts lines."
        yield Fraction(made.missed, len(done)), "That is the missed-code rate."
    elif asked == "code-over-code":
        yield Fraction(made.agree, made.lines), "That divides by the coder's lines."
        yield Fraction(made.agree, made.lines + made.missed), "A line that falls away is not on your final list."
        yield Fraction(made.agree, made.lines - dropped), "A missed code is on your final list."
        yield Fraction(made.lines - dropped, made.should), "A line that you changed is not one you agree with."
        yield Fraction(made.clean, len(done)), "That counts encounters."
    elif asked == "missed":
        yield Fraction(made.missed, made.lines), "That divides by the lines."
        yield Fraction(len(done) - made.clean, len(done)), "That counts every encounter with an error of any kind."
        yield Fraction(dirty, len(done)), "That counts the encounters with a wrong line."
        yield 1 - Fraction(made.missed, len(done)), "That is the share of the encounters without a missed code."
    else:
        count = made.found[asked]
        yield Fraction(count, made.errors), "That divides by the errors alone."
        yield Fraction(count, len(done)), "That divides by the encounters."
        yield Fraction(made.errors, made.lines), "That counts the errors of every kind."
        yield 1 - Fraction(count, made.lines), "That is what is left to 100."
