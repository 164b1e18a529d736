"""The law of ``error-rate``: every rate counted again from the words of the sheet alone."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

#: Verdict on the sheet -> a word by which a rationale explains it.
_VERDICTS = {"overcoded": "more than", "undercoded": "less than", "wrong code": "something else",
             "modifier error": "missing or", "wrong units": "number of units", "not supported": "does not show",
             "unbundled": "part of another"}  # fmt: skip
_GONE = ("not supported", "unbundled")
_OF_TYPE = {"overcoding rate": "overcoded", "undercoding rate": "undercoded", "unsupported rate": "not supported",
            "modifier error rate": "modifier error", "unbundling rate": "unbundled"}  # fmt: skip
#: Two numbers that are nearer than this, in percent, cannot be told apart within the tolerance of 0.1.
_NEAR = Fraction(1, 5)


def law(item: Any, codes: CodeSet) -> bool:
    """The key is the rate that the stem names, counted again; no slip and no neighboring rate comes near it or near
    another slip; the sheet can be, the stem defines what it asks for, and the rationale what the sheet says."""
    lines = [line.partition(": ")[2] for line in item.note.splitlines()[1:]]
    asked = re.search(r"\*\*([^*]+)\*\*", item.stem)
    if asked is None or not lines:
        return False
    money = "paid $" in lines[0]
    rates = recount_money(lines) if money else recount(lines)
    wanted = rates.get(asked[1])
    if wanted is None or abs(100 * wanted - Fraction(item.answer.value)) > Fraction(1, 20):
        return False
    values = [Fraction(item.answer.value), *(Fraction(one.value) for one in item.mistakes)]
    if len(values) < 4 or any(abs(a - b) <= _NEAR for a, b in itertools.combinations(values, 2)):
        return False
    if money:
        return _apart(rates, asked[1], _NEIGHBORS_MONEY) and ("negative" in item.stem) == asked[1].startswith("net")
    kinds = _NEIGHBORS.get(asked[1], ())
    return _apart(rates, asked[1], kinds) and _realistic(lines) and _explained(item, asked[1], lines)


#: Rates that a beginner takes for the one that is asked.
_NEIGHBORS = {
    "encounter accuracy": ("missed-code rate", "line accuracy"),
    "missed-code rate": ("encounter accuracy",),
    "code-over-code accuracy": ("line accuracy", "encounter accuracy"),
    "line accuracy": ("line error rate", "encounter accuracy"),
    "line error rate": ("line accuracy",),
}
_NEIGHBORS_MONEY = ("net payment error rate", "gross payment error rate", "net by due", "gross by due")


def _apart(rates: dict[str, Fraction], asked: str, others: tuple[str, ...]) -> bool:
    """Whether none of the other rates is the one that is asked, as a reader writes it; money also in pairs."""
    if asked in _NEIGHBORS or not others:
        return all(abs(rates[asked] - rates[other]) * 100 > _NEAR for other in others)
    sorts = [asked, *(other for other in others if other != asked)]
    if asked.partition(" ")[0] not in ("net", "gross"):  # of one direction nobody takes the share of what was due
        sorts = [name for name in sorts if "by due" not in name]
    return all(abs(rates[a] - rates[b]) * 100 > _NEAR for a, b in itertools.combinations(sorts, 2))


def _realistic(lines: list[str]) -> bool:
    """Lines enough to speak of a rate, and not more than three of ten in error."""
    counted = _counted(lines)
    return sum(counted.values()) >= 12 and counted["agree"] * 10 >= 7 * sum(counted.values())


def _explained(item: Any, asked: str, lines: list[str]) -> bool:
    """Whether the rationale says what each verdict of the sheet means, and a stem defines the auditor's own list."""
    counted = _counted(lines)
    if any(counted[word] and said not in item.rationale for word, said in _VERDICTS.items()):
        return False
    if asked != "code-over-code accuracy":
        return True
    told = all(word in item.stem for word in ("missed", "unbundled", "not supported", "changed"))
    return told and any("missed" in line for line in lines) and any(counted[word] for word in _GONE)


def recount_money(lines: list[str]) -> dict[str, Fraction]:
    """Every rate of money, and the two that divide by what was due."""
    pairs = [tuple(map(int, re.findall(r"\$(\d+)", line))) for line in lines]
    paid, due = sum(one for one, _ in pairs), sum(one for _, one in pairs)
    gross = sum(abs(a - b) for a, b in pairs)
    return {
        "net payment error rate": Fraction(paid - due, paid),
        "gross payment error rate": Fraction(gross, paid),
        "overpayment rate": Fraction((gross + paid - due) // 2, paid),
        "underpayment rate": Fraction((gross - paid + due) // 2, paid),
        "net by due": Fraction(paid - due, due),
        "gross by due": Fraction(gross, due),
    }


def recount(lines: list[str]) -> dict[str, Fraction]:
    """Every rate of lines and encounters, by the words on the sheet alone."""
    counted = _counted(lines)
    total, missed = sum(counted.values()), sum("missed" in line for line in lines)
    clean = sum("all agree" in line and "missed" not in line for line in lines)
    own = total - sum(counted[word] for word in _GONE) + missed
    return {
        "line accuracy": Fraction(counted["agree"], total),
        "line error rate": 1 - Fraction(counted["agree"], total),
        "code-over-code accuracy": Fraction(counted["agree"], own),
        "encounter accuracy": Fraction(clean, len(lines)),
        "missed-code rate": Fraction(missed, len(lines)),
        **{rate: Fraction(counted[word], total) for rate, word in _OF_TYPE.items()},
    }


def _counted(lines: list[str]) -> Counter[str]:
    """Verdict -> lines, "agree" among them."""
    found = Counter(word for line in lines for word in re.findall(r"line \d+ ([a-z ]+)", line))
    total = sum(int(size[1]) for line in lines if (size := re.match(r"(\d+) lines", line)))
    found["agree"] = total - found.total()
    return found
