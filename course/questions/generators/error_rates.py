"""Error rates as auditors report them: by line, by encounter, over the auditor's own list, and in money.

The sheet lists every line, so that the sum can be done again; amounts are made up and said to be. Which rate a house
reports is its own policy; what the two rates of money rest on is told in :mod:`course.grading.audit`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from course.grading import audit
from course.questions.base import Source
from course.questions.generators import common
from course.questions.kinds.number import Mistake, NumberItem, NumberKey

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "compute the error rates of an audit"
DOMAINS = ("CPC: Compliance/regulatory", "CCA: Compliance", "CCS: Regulatory compliance")

#: How a finding stands on the sheet.
_ON_SHEET = {
    "agree": "agree",
    "overcoded": "overcoded",
    "undercoded": "undercoded",
    "wrong-code": "wrong code",
    "modifier": "modifier",
    "units": "units",
    "unsupported": "not supported",
    "unbundled": "unbundled",
}
_ERRORS = tuple(name for name in _ON_SHEET if name != audit.AGREE)
_BY_LINE = ("lines-agree", "lines-error", "overcoded", "undercoded", "unsupported", "modifier", "unbundled")
_BY_ENCOUNTER = ("encounters-agree", "code-over-code", "missed", "lines-error")
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
_MONEY = {
    "net": (
        "net payment error rate",
        "overpayments less underpayments, over all that was paid",
        "The Office of Inspector General describes the error rate of a discovery sample so: underpayments are set off.",
    ),
    "gross": (
        "gross payment error rate",
        "overpayments plus underpayments, over all that was paid",
        "Medicare's CERT program counts so: a payment in a wrong amount is improper, too much or too little "
        "(31 U.S.C. 3351(4)).",
    ),
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
    asked = rng.choice(_BY_LINE if level == 1 else _BY_ENCOUNTER)
    while True:
        done = _encounters(rng, level)
        made = audit.tally(done)
        found = audit.rate(asked, made)
        if found is not None and 0 < found < 1:
            break
    one = audit.RATES[asked]
    title = one.title.partition(" (")[0]
    title = title[0].lower() + title[1:] if not title.startswith("POA") else title
    key = audit.percent(found)
    sum_ = f"{one.above}: {one.count(made)}; {one.below}: {one.base(made)}. "
    more = (
        " Codes that were missed are on your own list, and lines that fall away are not."
        if asked == "code-over-code"
        else " An encounter with a missed code is not clean, even when each line agrees."
        if asked == "encounters-agree"
        else ""
    )
    return _item(
        codes,
        level,
        stem=rng.choice(_ASK).format(title=title, definition=one.definition),
        note=f"AUDIT SHEET. {rng.choice(_WHOSE)}\n" + "\n".join(_row(n, visit) for n, visit in enumerate(done, 1)),
        key=key,
        mistakes=_distinct(key, ((audit.percent(wrong), why) for wrong, why in audit.slips(asked, made))),
        hints=(
            "Count twice before you divide: what stands above the line, and what stands below it.",
            f"Below the line: {one.below}.",
        ),
        rationale=f"{sum_[0].upper()}{sum_[1:]}{one.count(made)} ÷ {one.base(made)} = **{key} %**.{more} "
        "No law fixes which rate a house reports; a report names its denominator.",
        sources=(_POLICY,),
    )


def _encounters(rng: random.Random, level: int) -> list[audit.Audited]:
    """A few encounters: most lines agree, and on level 2 something was missed here and there."""
    done = []
    for _ in range(rng.randint(4, 6) if level == 1 else rng.randint(6, 9)):
        findings = (rng.choice(_ERRORS) if rng.random() < 0.35 else audit.AGREE for _ in range(rng.randint(1, 4)))
        done.append(audit.Audited(tuple(findings), level > 1 and rng.random() < 0.3))
    return done


def _row(number: int, visit: audit.Audited) -> str:
    listed = ", ".join(_ON_SHEET[finding] for finding in visit.findings)
    return f"Encounter {number}: {listed}" + ("; 1 code missed" if visit.missed else "")


def _money(rng: random.Random, codes: CodeSet) -> NumberItem:
    asked = rng.choice(tuple(_MONEY))
    while True:
        paid = [10 * rng.randint(4, 30) for _ in range(rng.randint(6, 9))]
        due = [amount + 10 * rng.choice((0, 0, 0, -6, -4, -3, 2, 4)) for amount in paid]
        due = [max(0, amount) for amount in due]
        made = [audit.Payment(Fraction(a), Fraction(b)) for a, b in zip(paid, due, strict=True)]
        net, gross = audit.net_payment_error(made), audit.gross_payment_error(made)
        if net is not None and gross is not None and 0 < net < gross:
            break
    title, definition, basis = _MONEY[asked]
    over = sum(a - b for a, b in zip(paid, due, strict=True) if a > b)
    under = sum(b - a for a, b in zip(paid, due, strict=True) if b > a)
    key = audit.percent(net if asked == "net" else gross)
    other = gross if asked == "net" else net
    amount = over - under if asked == "net" else over + under
    differ = sum(a != b for a, b in zip(paid, due, strict=True))
    slips = [
        (other, "That adds both directions." if asked == "net" else "That sets one direction off against the other."),
        (Fraction(over, sum(paid)), "What was paid too little plays a part, too."),
        (Fraction(amount, sum(due)), "That divides by what should have been paid. The paid amount stands below."),
        (Fraction(differ, len(paid)), "That counts claims. Asked are dollars."),
    ]
    sign = "−" if asked == "net" else "+"
    rows = [f"Claim {n}: paid ${a}, should have been ${b}" for n, (a, b) in enumerate(zip(paid, due, strict=True), 1)]
    return _item(
        codes,
        3,
        stem=rng.choice(_ASK).format(title=title, definition=definition) + " All amounts are made up.",
        note=f"AUDIT SHEET. {rng.choice(_WHOSE)}\n" + "\n".join(rows),
        key=key,
        mistakes=_distinct(key, ((audit.percent(wrong), f"{why} Asked is: {definition}.") for wrong, why in slips)),
        hints=(
            "Three sums: what was paid in all, what was paid too much, what was paid too little.",
            "Only one of the two rates lets the directions cancel each other.",
        ),
        rationale=f"Paid in all ${sum(paid)}; too much ${over}; too little ${under}. ${over} {sign} ${under} = "
        f"${amount}, and ${amount} ÷ ${sum(paid)} = **{key} %**. {basis}",
        sources=(_SOURCES[asked],),
    )


def _distinct(key: Decimal, slips: Iterable[tuple[Decimal, str]]) -> tuple[Mistake, ...]:
    """Slips that a reader can tell from the key and from one another, the first five."""
    kept: dict[Decimal, str] = {}
    for value, why in slips:
        if all(abs(value - other) > Decimal("0.2") for other in (key, *kept)):
            kept[value] = why
    return tuple(Mistake(value=value, why=why) for value, why in list(kept.items())[:5])


def _item(codes: CodeSet, level: int, *, key: Decimal, **own: Any) -> NumberItem:
    return NumberItem(
        slug="error-rate",
        title="What is the rate?",
        answer=NumberKey(value=key, unit="percent", tolerance=Decimal("0.1"), decimals=1),
        objective=OBJECTIVE,
        **common.common_fields(codes, level, domains=DOMAINS, **own),
    )


def law(item: Any, codes: CodeSet) -> bool:
    """The key is the rate that the stem names, counted again from the words of the sheet."""
    lines = [line.partition(": ")[2] for line in item.note.splitlines()[1:]]
    asked = re.search(r"\*\*([^*]+)\*\*", item.stem)
    if asked is None or not lines:
        return False
    if asked[1].endswith("payment error rate"):
        wanted = _recount_money(lines, asked[1].startswith("net"))
    else:
        wanted = _recount(lines, asked[1])
    return wanted is not None and abs(100 * wanted - Fraction(item.answer.value)) <= Fraction(1, 20)


def _recount_money(lines: list[str], net: bool) -> Fraction | None:
    pairs = [tuple(map(int, re.findall(r"\$(\d+)", line))) for line in lines]
    off = sum(paid - due if net else max(paid, due) - min(paid, due) for paid, due in pairs)
    return Fraction(off, sum(paid for paid, _ in pairs))


def _recount(lines: list[str], asked: str) -> Fraction | None:
    """By the words on the sheet alone; None for a rate that is not known here."""
    words = [word for line in lines for word in line.partition(";")[0].split(", ")]
    missed = sum("missed" in line for line in lines)
    gone = words.count("not supported") + words.count("unbundled")
    clean = sum(set(line.split(", ")) == {"agree"} for line in lines)
    marks = {"overcoding": "overcoded", "undercoding": "undercoded", "unsupported": "not supported"}
    marks |= {"unbundling": "unbundled", "modifier": "modifier"}
    pairs = {
        "line accuracy": (words.count("agree"), len(words)),
        "line error rate": (len(words) - words.count("agree"), len(words)),
        "code over code": (words.count("agree"), len(words) - gone + missed),
        "encounter accuracy": (clean, len(lines)),
        "missed-code rate": (missed, len(lines)),
    }
    count, base = pairs.get(asked, (words.count(marks.get(asked.split()[0], "?")), len(words)))
    return Fraction(count, base) if asked in pairs or asked.split()[0] in marks else None
