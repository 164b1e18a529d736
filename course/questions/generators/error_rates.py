"""Error rates as auditors report them: by line, by encounter, over the auditor's own list, and in money.

The sheet tells every error by its line, so that the sum can be done again; amounts are made up and said to be. Which
rate a house reports is its own policy; what the rates of money rest on is told in :mod:`course.grading.audit`. A sheet
on which a usual slip would lead to the key, or two slips to one number, is drawn anew.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from course.grading import audit
from course.questions.base import Source
from course.questions.generators import common, error_rate_money, error_rate_slips
from course.questions.generators.error_rate_reading import law
from course.questions.kinds.number import Mistake, NumberItem, NumberKey

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from fractions import Fraction

    from course.codesets.icd10cm import CodeSet

__all__ = ["DOMAINS", "OBJECTIVE", "draw", "law"]

OBJECTIVE = "compute the error rates of an audit"
DOMAINS = ("CPC: Compliance/regulatory", "CCA: Compliance", "CCS: Regulatory compliance")

#: How a finding stands on the sheet, and what the word means.
ON_SHEET = {
    "overcoded": ("overcoded", "the code reports more than the note"),
    "undercoded": ("undercoded", "the code reports less than the note"),
    "wrong-code": ("wrong code", "the note leads to a code for something else"),
    "modifier": ("modifier error", "the code fits, a modifier is missing or does not belong"),
    "units": ("wrong units", "the code fits, its number of units does not"),
    "unsupported": ("not supported", "the note does not show it, so the line falls away"),
    "unbundled": ("unbundled", "part of another line, so the line falls away"),
}
BY_LINE = ("lines-agree", "lines-error", "overcoded", "undercoded", "unsupported", "modifier", "unbundled")
BY_ENCOUNTER = ("encounters-agree", "code-over-code", "missed", "lines-error")
_WHOSE = (
    "One coder, one week",
    "First quarter, one clinic",
    "A new coder, third week",
    "Internal review, surgery clinic",
    "Second look at a small sample",
    "Urgent care, one day",
)
_ASK = (
    "You are the auditor, and this is your sheet. What is the **{title}** ({definition}), in percent to one decimal?",
    "Your sheet is done. Report the **{title}**: {definition}. In percent, to one decimal.",
    "The policy of the house asks for the **{title}**, that is {definition}. What is it, in percent to one decimal?",
)
#: What a reader has to be told besides the definition.
_BESIDES = {
    "code-over-code": " Your final list holds every line that stays, changed or not, and every missed code. A line "
    "that is unbundled or not supported is not on it.",
    "net": " If too little was paid in all, the rate is negative.",
}
_MORE = {
    "encounters-agree": " An encounter with a missed code is not clean, even when each line agrees.",
    "missed": " Errors on the lines play no part in it.",
}
_POLICY = Source(
    ref="HHS OIG, General Compliance Program Guidance, auditing and monitoring; the rate itself is policy of the house",
    edition="November 2023",
    checked=common.CHECKED,
)
_SOURCES = {
    "net": Source(
        ref="HHS OIG, Corporate Integrity Agreement FAQ, discovery samples", edition=None, checked=common.CHECKED
    ),
    "gross": Source(ref="31 U.S.C. 3351(4), improper payment; CMS, CERT program", edition=None, checked=common.CHECKED),
}


def draw(rng: random.Random, codes: CodeSet, level: int) -> NumberItem:
    """Level 1: rates of lines. Level 2: rates where missed codes and whole encounters matter. Level 3: money."""
    return _money(rng, codes) if level == 3 else _counts(rng, codes, level)


def _counts(rng: random.Random, codes: CodeSet, level: int) -> NumberItem:
    asked = rng.choice(BY_LINE if level == 1 else BY_ENCOUNTER)
    for _ in range(common.TRIES):
        done = _encounters(rng, level, asked)
        made = audit.tally(done)
        slips = error_rate_slips.of_counts(asked, done)
        if found := _told_apart(audit.rate(asked, made), slips):
            break
    else:
        raise RuntimeError(f"no sheet for {asked} after {common.TRIES} tries")
    one = audit.RATES[asked]
    key, mistakes = found
    title = one.title.partition(" (")[0]
    definition = one.definition.partition(" (")[0] if asked == "code-over-code" else one.definition
    above, below = one.count(made), one.base(made)
    sum_ = f"{one.above[0].upper()}{one.above[1:]}: {above}; {definition.partition(' ÷ ')[2]}: {below}"
    if asked == "code-over-code":
        dropped = sum(made.found.get(name, 0) for name in audit.DROPPED)
        sum_ += f" ({made.lines} lines − {dropped} that fall away + {made.missed} missed)"
    met = sorted({finding for visit in done for finding in visit.findings} - {audit.AGREE}, key=list(ON_SHEET).index)
    words = "; ".join("*{}*, {}".format(*ON_SHEET[finding]) for finding in met)
    return _item(
        codes,
        level,
        stem=rng.choice(_ASK).format(title=title[0].lower() + title[1:], definition=definition)
        + _BESIDES.get(asked, ""),
        note=f"AUDIT SHEET. {rng.choice(_WHOSE)}\n" + "\n".join(_row(n, visit) for n, visit in enumerate(done, 1)),
        key=key,
        mistakes=mistakes,
        hints=(
            "Count twice before you divide: what stands above the line, and what stands below it.",
            f"Below the line: {one.below}.",
        ),
        rationale=f"{sum_}. {above} ÷ {below} = **{key} %**.{_MORE.get(asked, '')} The verdicts: {words}. "
        "No law fixes which rate a house reports; a report names its denominator.",
        sources=(_POLICY,),
    )


def _encounters(rng: random.Random, level: int, asked: str) -> list[audit.Audited]:
    """A sheet on which 80 to 96 lines of 100 agree, in one draw of eight fewer; on level 2 something was missed.

    The finding that is asked for is there, and whatever a definition speaks of.
    """
    sizes = [rng.randint(2, 5) for _ in range(rng.randint(6, 9) if level == 1 else rng.randint(8, 11))]
    total = sum(sizes)
    share = rng.uniform(0.04, 0.2) if rng.random() < 0.875 else rng.uniform(0.2, 0.3)
    errors = max(3, int(total * share))
    wanted = {"code-over-code": [rng.choice(audit.DROPPED), rng.choice(("overcoded", "undercoded", "wrong-code"))]}
    first = wanted.get(asked, [asked] * rng.randint(1, min(3, errors - 1)) if asked in ON_SHEET else [])
    found = first + [rng.choice(tuple(ON_SHEET)) for _ in range(errors - len(first))]
    at = dict(zip(rng.sample(range(total), errors), found, strict=True))
    missed = set(rng.sample(range(len(sizes)), rng.randint(1, 3))) if level > 1 else set()
    done, start = [], 0
    for n, size in enumerate(sizes):
        findings = tuple(at.get(line, audit.AGREE) for line in range(start, start + size))
        done.append(audit.Audited(findings, n in missed))
        start += size
    return done


def _row(number: int, visit: audit.Audited) -> str:
    size = len(visit.findings)
    wrong = [f"line {n} {ON_SHEET[one][0]}" for n, one in enumerate(visit.findings, 1) if one != audit.AGREE]
    left = size - len(wrong)
    rest = ["all agree"] if not wrong else [] if not left else ["the other agrees" if left == 1 else "the others agree"]
    told = f"Encounter {number}: {size} lines; {', '.join(wrong + rest)}"
    return told + ("; 1 code missed" if visit.missed else "")


def _money(rng: random.Random, codes: CodeSet) -> NumberItem:
    asked = rng.choice(tuple(error_rate_money.RATES))
    negative = rng.random() < 0.5
    for _ in range(common.TRIES):
        claims = error_rate_money.claims(rng, negative)
        made = error_rate_money.Sums.of(claims)
        if found := _told_apart(made.rate(asked), error_rate_money.slips(asked, made)):
            break
    else:
        raise RuntimeError(f"no claims for {asked} after {common.TRIES} tries")
    key, mistakes = found
    one = error_rate_money.RATES[asked]
    rows = [f"Claim {n}: paid ${paid}, should have been ${due}" for n, (paid, due) in enumerate(claims, 1)]
    shown = f"{key}".replace("-", "−")
    return _item(
        codes,
        3,
        stem=rng.choice(_ASK).format(title=one.title, definition=one.definition)
        + _BESIDES.get(asked, "")
        + " All amounts are made up.",
        note=f"AUDIT SHEET. {rng.choice(_WHOSE)}\n" + "\n".join(rows),
        key=key,
        mistakes=mistakes,
        hints=(
            "Three sums: what was paid in all, what was paid too much, what was paid too little.",
            "Read the definition once more: which of the sums stand above the line, and with which sign?",
        ),
        rationale=f"Paid in all ${made.paid:,}; too much ${made.over}; too little ${made.under}. "
        f"{made.worked(asked)} = **{shown} %**. {one.basis}",
        sources=(_SOURCES.get(asked, _POLICY),),
    )


def _told_apart(
    right: Fraction | None, slips: Sequence[tuple[Fraction, str]]
) -> tuple[Decimal, tuple[Mistake, ...]] | None:
    """Key and slips as percentages; None where two of them are one number to a reader, the key ends on a half, or slips
    are too few."""
    if right is None or len(slips) < 3 or abs(right) in (0, 1) or (right * 1000).denominator == 2:
        return None
    values = [audit.percent(one) for one in (right, *(slip for slip, _ in slips))]
    if any(abs(a - b) <= error_rate_slips.TOO_CLOSE for n, a in enumerate(values) for b in values[:n]):
        return None
    whys = (why for _, why in slips)
    return values[0], tuple(Mistake(value=value, why=why) for value, why in zip(values[1:], whys, strict=True))


def _item(codes: CodeSet, level: int, *, key: Decimal, **own: Any) -> NumberItem:
    return NumberItem(
        slug="error-rate",
        title="What is the rate?",
        answer=NumberKey(value=key, unit="percent", tolerance=error_rate_slips.TOLERANCE, decimals=1),
        objective=OBJECTIVE,
        **common.common_fields(codes, level, domains=DOMAINS, **own),
    )
