"""What the figures beside a number mean, in plain words: global period, indicators of the fee schedule, MUE.

Meanings: CMS, layout of the Medicare Physician Fee Schedule relative value file; NCCI, kinds of MUE. Our own wording.
"""

from __future__ import annotations

from dataclasses import dataclass

from course.codesets.cpt import Number

GLOBAL = {
    "000": "0 days: the procedure and the care on that day",
    "010": "10 days: the day of the procedure and the 10 days after it",
    "090": "90 days: the day before, the day of surgery and the 90 days after it",
    "MMM": "maternity package: the usual global days do not apply",
    "XXX": "no package: the idea of global days does not apply",
    "YYY": "the Medicare contractor sets the days",
    "ZZZ": "belongs to the package of the code it is added to",
}
BILATERAL = {
    "0": "50 does not apply: there is no second side, or another code is for both",
    "1": "both sides with 50: paid at 150 %",
    "2": "the code already covers both sides",
    "3": "each side paid in full",
    "9": "does not apply",
}
MULTIPLE = {
    "0": "paid in full beside other procedures",
    "2": "paid less as a further procedure of the session",
    "3": "endoscopy: paid by the rules of its family",
    "4": "imaging: the technical part is paid less beside another study",
    "5": "therapy: the practice part is paid less beside other therapy",
    "6": "heart or vessel test: the technical part is paid less beside another",
    "7": "eye test: the technical part is paid less beside another",
    "9": "does not apply",
}
ASSISTANT = {
    "0": "paid only when the record shows the need",
    "1": "not paid",
    "2": "paid",
    "9": "does not apply",
}
COSURGEON = {
    "0": "not paid",
    "1": "paid when the record shows the need",
    "2": "paid when the two are of different specialties",
    "9": "does not apply",
}
TEAM = {
    "0": "not paid",
    "1": "paid when the record shows the need",
    "2": "paid, each case by report",
    "9": "does not apply",
}
PCTC = {
    "0": "a physician's service: 26 and TC do not apply",
    "1": "splits into 26 (reading) and TC (equipment)",
    "2": "the reading alone; another code is for the technical part",
    "3": "the technical part alone; another code is for the reading",
    "4": "both parts together; other codes name each part",
    "5": "done by staff under a physician: 26 and TC do not apply",
    "6": "laboratory test that a physician may interpret with 26",
    "7": "therapy: 26 and TC do not apply",
    "8": "reading of a blood smear or the like in hospital",
    "9": "26 and TC do not apply",
}
MAI = {
    "1": "counted on each claim line",
    "2": "counted over the day, fixed by policy: not paid above it",
    "3": "counted over the day; more may be paid when the record shows the need",
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure: ``name`` ("Bilateral surgery"), ``value`` as printed ("1") and what it says."""

    name: str
    value: str
    words: str


def global_period(number: Number) -> Indicator | None:
    """The global period; None where the fee schedule gives none."""
    if not number.global_days:
        return None
    return Indicator("Global period", number.global_days, GLOBAL.get(number.global_days, "not explained here"))


def indicators(number: Number) -> tuple[Indicator, ...]:
    """The payment indicators that say something. Those that do not apply are left out, and so are, for a service
    without a package (XXX), the zeros about operations."""
    rows = (
        ("Both sides (50)", number.bilateral, BILATERAL),
        ("Several procedures (51)", number.multiple, MULTIPLE),
        ("Assistant (80-82, AS)", number.assistant, ASSISTANT),
        ("Two surgeons (62)", number.cosurgeon, COSURGEON),
        ("Surgical team (66)", number.team, TEAM),
        ("Reading, equipment (26, TC)", number.pctc, PCTC),
    )
    idle = ("9", "0", "") if number.global_days == "XXX" else ("9", "")
    return tuple(
        Indicator(name, value, meanings[value])
        for name, value, meanings in rows
        if value in meanings and value not in (idle if meanings is not PCTC else ("9", ""))
    )


def most_units(mue: int | None, mai: str) -> Indicator | None:
    """The medically unlikely edit in words; None where none is published."""
    if mue is None:
        return None
    if mue == 0:
        return Indicator("Most units (MUE)", "0", "none on a practitioner's claim: billed elsewhere, or not paid")
    count = f"unit{'' if mue == 1 else 's'} a day for one patient, on a practitioner's claim"
    return Indicator("Most units (MUE)", f"{mue:,}", f"{count}; {MAI[mai]}" if mai in MAI else count)
