"""Whether words and figures of a record speak against an answer: part of the law of ``leading-query``.

Each rule reads a figure or a word from the record; what belongs to which situation is not known here. Sources of the
limits: KDIGO (stages of chronic kidney disease by eGFR), CDC (classes of obesity by BMI), usual laboratory ranges.
"""

from __future__ import annotations

import re

#: Names that an answer may only hold where the record holds them, too.
_NAMED = re.compile(
    r"\b(e\. coli|mrsa|klebsiella|pseudomonas|warfarin|apixaban|cisplatin|vincristine|amoxicillin|ceftriaxone|colectomy"
    r"|hernia repair)\b"
)
#: Words of an answer -> the figure that decides, and the range in which the answer can stand.
_RANGES = {
    "class 1": ("bmi", 30, 34.99),
    "class 2": ("bmi", 35, 39.99),
    "class 3": ("bmi", 40, 99),
    "stage 2": ("egfr", 60, 89),
    "stage 3a": ("egfr", 45, 59),
    "stage 3b": ("egfr", 30, 44),
    "stage 4": ("egfr", 15, 29),
    "stage 5": ("egfr", 0, 14),
    "diastolic": ("ejection fraction", 50, 99),
    "hypernatremia": ("sodium", 146, 199),
    "hyponatremia": ("sodium", 90, 134),
    "hyperkalemia": ("potassium", 5.1, 9),
    "hypokalemia": ("potassium", 1, 3.4),
    "without hypercapnia": ("pco2", 20, 45),
    "iron deficiency": ("ferritin", 0, 99),
    "b12 deficiency": ("vitamin b12", 0, 299),
    "hepatic": ("ammonia", 60, 999),
    "hypoglycemia": ("glucose", 0, 69),
    "not affected": ("platelets", 150, 450),
}
#: Words of an answer -> words of the record that speak against it.
_WORDS = {
    "mild malnutrition": "severe muscle loss",
    "intracerebral hemorrhage": "no blood",
    r"\bst elevation": "no st elevation",
    r"\bright\b": r"\bleft foot",
}
#: Figures beside which nobody calls a finding insignificant.
_CRITICAL = {"potassium": (3.0, 6.0), "sodium": (125, 155), "hemoglobin": (7.5, 99), "platelets": (30, 999),
             "bmi": (15, 39.99)}  # fmt: skip
_PLAYED_DOWN = re.compile(r"clinical(?:ly)? (?:significance|significant)|insignificant|no separate diagnosis")


def figures(record: str, name: str) -> list[float]:
    """Every figure that follows a name in a record."""
    return [float(one.replace(",", "")) for one in re.findall(rf"\b{name} (\d[\d,]*\.?\d*)", record.casefold())]


def refuted(answer: str, record: str) -> bool:
    """Whether a name, a figure or a word of the record speaks against an answer."""
    said, held = answer.casefold(), record.casefold()
    if any(name not in held for name in _NAMED.findall(said)):
        return True
    for words, (name, low, high) in _RANGES.items():
        found = figures(held, name) if words in said else []
        if found and not any(low <= one <= high for one in found):
            return True
    # kidneys whose creatinine is normal again have no chronic disease of a late stage
    creatinine = figures(held, "creatinine") if "chronic kidney disease" in said else []
    if creatinine and min(creatinine) < 1.3:
        return True
    return any(re.search(words, said) and re.search(against, held) for words, against in _WORDS.items())


def played_down(answer: str, record: str) -> bool:
    """Whether an answer calls insignificant what nobody would: a figure far outside its range."""
    critical = any(not low <= one <= high for name, (low, high) in _CRITICAL.items() for one in figures(record, name))
    return critical and bool(_PLAYED_DOWN.search(answer.casefold()))
