"""What to say of units that are not those of the key: the arithmetic of the code, and what is plausible for a day."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from course.codesets import cpt, hcpcs
from course.grading.services import reasons
from course.grading.services.model import Entered, KeyLine, Said
from course.grading.services.wording import headline, sentence

MUE = "NCCI medically unlikely edits, practitioner, July 2024"


def wrong_units(entered: Entered, line: KeyLine, texts: Mapping[str, str]) -> Said:
    """About the units of a line whose code is right."""
    many = entered.counted > line.units
    head = headline("too_many_units" if many else "too_few_units")
    own = reasons.pick(texts, "units", entered.code, (str(entered.counted),))
    if own:
        return Said(head, (own,))
    said = [sentence("units_empty")] if entered.units is None else []
    drug, basis = hcpcs.get(entered.code), None
    amount = _number(drug.amount) if drug is not None else None
    if drug is not None and amount is not None:
        whole = _shown(amount * entered.counted)
        key = "unit_up_to" if drug.per == "up to" else "unit_per"
        said.append(sentence(key, code=entered.code, amount=_shown(amount), unit=drug.unit,
                             count=_counted(entered.counted), whole=whole))  # fmt: skip
        said.append(sentence("compare_dose"))
    else:
        said.append(sentence("units_many" if many else "units_few", count=_counted(entered.counted)))
    found = drug or cpt.get(entered.code)
    if many and found is not None and found.mue is not None and entered.counted > found.mue:
        said.append(sentence("over_mue", most=found.mue))
        basis = MUE
    return Said(head, tuple(said), basis)


def _counted(units: int) -> str:
    return "1 unit is" if units == 1 else f"{units} units are"


def _number(text: str) -> Fraction | None:
    """ "15", "0.5" or "1,000" as a number, None for anything else."""
    try:
        return Fraction(text.replace(",", "")) if text else None
    except (ValueError, ZeroDivisionError):
        return None


def _shown(value: Fraction) -> str:
    """A number as it is read: 1,000 or 0.25."""
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.4f}".rstrip("0").rstrip(".")
