"""What is known about eleven credentials, each fact with its source and date: ``data/exams/facts.csv``, and the prices
of ``data/exams/costs.csv``.

    facts("CPC", "minutes")      all rows of a fact: two and more where sources disagree
    value("CCS", "retake")       its words, the best source first; number("CCA", "window") -> 120.0
    conflicts("CCA")             {fact: rows} where sources disagree
    table("CPC", "CCS")          rows for a notebook: exam, fact, value, told (date and source), status
    compare("CPC", "CCS")        fact by fact, exam beside exam
    faults()                     what is wrong with the file, with its line

The words of a fact are the course's own. ``status``: "now"; "conflict", where another row of the fact says something
else; "old", which was so before; "other", a price that was read and is not relied on. Trust: A the body itself,
B a careful third party, C weak or old, "" the course's own finding (such as "not published").
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from course import paths
from course.exams.fact_names import COMPARED, LABELS

#: The four that the course prepares for, their neighbors, and the CPC before its two years are proved.
MAIN = ("CPC", "CCS", "CCA", "CIC")
NEIGHBORS = ("COC", "CRC", "CPB", "CPMA", "CCS-P", "RHIT")
EXAMS = (*MAIN, *NEIGHBORS, "CPC-A")
STATUS = ("now", "conflict", "old", "other")
TRUST = ("A", "B", "C", "")
#: Item of costs.csv -> fact.
_PRICES = {
    "exam_fee": "fee",
    "further_sitting": "retake_fee",
    "membership": "membership_fee",
    "renewal": "renewal_fee",
    "late_change": "late_change_fee",
    "refund_cost": "refund_fee",
    "extension": "extension_fee",
}
_WAYS = {
    "one": " for one sitting",
    "two": " for two sittings together",
    "member": " for members",
    "non-member": " for others",
    "": "",
}
_DATE = re.compile(r"(\d{4})(-(\d\d))?(-(\d\d))?$")


class Fact(NamedTuple):
    """One fact of one exam as one source tells it. ``number`` in ``unit``, or None; ``line`` in its file."""

    exam: str
    fact: str
    value: str
    number: float | None
    unit: str
    as_of: str
    trust: str
    status: str
    source: str
    source_url: str
    note: str
    line: int

    @property
    def label(self) -> str:
        """What the fact is called."""
        return LABELS.get(self.fact, self.fact)

    @property
    def told(self) -> str:
        """ "AAPC, CPC page, undated" or "himp.com, December 2025": who says it and when."""
        return f"{self.source}, {said_date(self.as_of)}"


def said_date(as_of: str) -> str:
    """ "2026-04-21" -> "April 21, 2026"; "2025-12" -> "December 2025"; anything else as it stands."""
    found = _DATE.fullmatch(as_of)
    if not found or not found[2]:
        return as_of
    day = dt.date(int(found[1]), int(found[3]), int(found[5] or 1))
    return f"{day:%B} {day.day}, {day.year}" if found[5] else f"{day:%B} {day.year}"


@cache
def rows(folder: Path | None = None) -> tuple[Fact, ...]:
    """All facts: those of facts.csv, then the prices of costs.csv (no assumptions among them)."""
    folder = folder or paths.data_dir() / "exams"
    with (folder / "facts.csv").open(encoding="utf-8", newline="") as lines:
        found = [
            Fact(
                **{name: row[name] for name in Fact._fields if name not in ("number", "line")},
                number=_number(row["number"]),
                line=line,
            )
            for line, row in enumerate(csv.DictReader(lines), 2)
        ]
    return (*found, *_prices(folder))


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else None


def _prices(folder: Path) -> Iterable[Fact]:
    with (folder / "costs.csv").open(encoding="utf-8", newline="") as lines:
        read = [
            (line, row)
            for line, row in enumerate(csv.DictReader(lines), 2)
            if row["item"] in _PRICES and row["source"] != "assumption"
            if (row["item"], row["choice"]) != ("membership", "non-member")  # nothing is paid
        ]
    for line, row in read:
        alike = [
            other
            for _, other in read
            if all(other[key] == row[key] for key in ("exam", "item", "choice")) and other["used"] == "yes"
        ]
        disputed = len({(other["low"], other["high"]) for other in alike}) > 1
        low, high = float(row["low"]), float(row["high"])
        price = f"${low:,g}" if low == high else f"${low:,g} to ${high:,g}"
        if not low.is_integer():
            price = f"${low:,.2f}"
        if row["unit"].endswith("a year"):
            price += " a year"
        yield Fact(
            exam=row["exam"],
            fact=_PRICES[row["item"]],
            value=price + _WAYS[row["choice"]] if high else "no fee is named",
            number=low,
            unit=row["unit"],
            as_of=row["as_of"],
            trust=row["trust"],
            status="other" if row["used"] != "yes" else "conflict" if disputed else "now",
            source=row["source"],
            source_url=row["source_url"],
            note=row["note"],
            line=line,
        )


def facts(exam: str, fact: str | None = None) -> list[Fact]:
    """What is known about an exam (or "all"), in the order of LABELS, what is in force first. Empty: nothing is."""
    found = [one for one in rows() if one.exam == exam and fact in (None, one.fact)]
    return sorted(found, key=lambda one: (list(LABELS).index(one.fact), max(1, STATUS.index(one.status))))


def first(exam: str, fact: str) -> Fact:
    """The row that the course goes by. KeyError when there is none."""
    for one in facts(exam, fact):
        if one.status != "old":
            return one
    raise KeyError(f"facts.csv has no {fact} for {exam}")


def value(exam: str, fact: str) -> str:
    """The words of the row that the course goes by. KeyError when there is none."""
    return first(exam, fact).value


def number(exam: str, fact: str) -> float:
    """Its number. KeyError when there is none."""
    found = first(exam, fact).number
    if found is None:
        raise KeyError(f"facts.csv has no number for {fact} of {exam}")
    return found


def conflicts(exam: str) -> dict[str, list[Fact]]:
    """The facts about which sources disagree, with the rows that do."""
    found: dict[str, list[Fact]] = {}
    for one in facts(exam):
        if one.status in ("conflict", "other"):
            found.setdefault(one.fact, []).append(one)
    return found


def table(*exams: str, fact: str | None = None, old: bool = False) -> list[dict[str, str]]:
    """Rows for ``pandas.DataFrame``: the four main exams unless others are named; ``old``: with what was so before."""
    return [
        {
            "exam": one.exam,
            "fact": one.label,
            "value": one.value,
            "as of": said_date(one.as_of),
            "source": one.source,
            "trust": one.trust,
            "sources agree": "no" if one.status == "conflict" else "yes",
            "note": one.note,
        }
        for exam in exams or MAIN
        for one in facts(exam, fact)
        if one.status in ("now", "conflict") or (old and one.status == "old")
    ]


def compare(*exams: str, shown: Iterable[str] = COMPARED) -> list[tuple[str, list[list[Fact]]]]:
    """[(label, [rows of the first exam, rows of the second, …]), …]: what is in force, and prices that one source alone
    tells; facts that none of the exams has are left out."""
    wanted = exams or MAIN
    found = []
    for fact in shown:
        cells = [[one for one in facts(exam, fact) if one.status != "old"] for exam in wanted]
        if any(cells):
            found.append((LABELS[fact], cells))
    return found


def faults(folder: Path | None = None) -> list[str]:
    """What is wrong with facts.csv: "facts.csv:12: …". Empty when all is well."""
    found = []
    every = [one for one in rows(folder) if one.fact not in _PRICES.values()]
    alike: dict[tuple[str, str], list[Fact]] = {}
    for one in every:
        alike.setdefault((one.exam, one.fact), []).append(one)
        for wrong, words in (
            (one.exam not in (*EXAMS, "all"), f"there is no exam {one.exam!r}"),
            (one.fact not in LABELS, f"{one.fact!r} has no label in course/exams/fact_names.py"),
            (not one.value.strip(), "a fact needs words"),
            (one.status not in STATUS[:3], f"status is now, conflict or old, not {one.status!r}"),
            (one.trust not in TRUST, f"trust is A, B, C or empty, not {one.trust!r}"),
            (not one.source.strip(), "a fact needs a source"),
            (one.as_of != "undated" and not _DATE.fullmatch(one.as_of), f"{one.as_of!r} is no date, and not undated"),
            ((one.number is None) == bool(one.unit), "a number needs its unit, and a unit its number"),
        ):
            if wrong:
                found.append(f"facts.csv:{one.line}: {words}")
    for (exam, fact), group in alike.items():
        disputed = [one for one in group if one.status == "conflict"]
        told = {one.value for one in disputed}
        if len(disputed) == 1 or len(told) < len(disputed):
            found.append(f"facts.csv:{disputed[0].line}: a conflict needs two rows with different words")
        if len([one for one in group if one.status == "now"]) + bool(disputed) > 1:
            found.append(f"facts.csv:{group[-1].line}: {fact} of {exam} is in force twice; mark a conflict, or the old")
    return found
