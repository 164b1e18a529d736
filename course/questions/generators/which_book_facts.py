"""The rows of ``data/codesets/hcpcs_or_cpt.csv``: services with one code for Medicare and another for payers who go by
CPT, and some that have the same for all.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

from course.paths import data_dir

MEDICARE = ("Medicare Part B", "Original Medicare", "Medicare, primary")
OTHER = (
    "an employer plan that goes by CPT",
    "a commercial plan that goes by CPT",
    "the plan of the spouse's employer, by CPT, first; Medicare second",
)

#: Topic -> how the note tells it where the payer goes by CPT: a preventive visit has a history, an exam and counseling.
_PREVENTIVE = (
    "Yearly preventive visit, established patient, no complaint: history, full exam, counseling",
    "Established patient, no complaint, yearly preventive visit: history, head-to-toe exam, counseling on risks",
)
BY_CPT = {
    "wellness-first": _PREVENTIVE,
    "wellness-later": _PREVENTIVE,
    "pelvic": (
        "Yearly preventive visit, established patient, no complaint: history, counseling, exam with pelvis and "
        "breasts, Pap smear taken",
    ),
}


class Setting(NamedTuple):
    """Lines of a chart that lead to no code, in order of time: before the service, and after it."""

    before: tuple[str, ...]
    after: tuple[str, ...]


SETTINGS = {
    "office": Setting(
        ("NKDA.", "Med list reconciled.", "Insurance card copied, both sides."),
        ("Pharmacy updated.", "Next appointment made at the desk.", "Left in good spirits."),
    ),
    "scope": Setting(
        ("NKDA.", "Consent signed.", "Bowel prep good."), ("Ride home arranged.", "Left with written instructions.")
    ),
    "upper scope": Setting(("NKDA.", "Consent signed."), ("Ride home arranged.", "Left with written instructions.")),
    "laboratory": Setting(
        ("Order received by portal.", "Specimen labels checked.", "Logged in at 0910."),
        ("Result sent to the ordering office.", "Specimen stored."),
    ),
    "therapy": Setting(("Plan of care on file.", "Skin intact."), ("Skin intact afterward.", "Next session Thursday.")),
    "imaging": Setting(("ID band checked.", "Order on file."), ("Images archived.", "Report sent to the office.")),
    "oversight": Setting(("Agency chart on file.", "Plan signed."), ("Log signed.", "Fax confirmed.")),
    "pathology": Setting(
        ("Requisition complete.", "Container labels checked."), ("Report signed out.", "Blocks stored.")
    ),
}
#: Topic -> setting, where it is not the office.
_WHERE = {
    **dict.fromkeys(("colon-average", "colon-high", "sigmoid", "colon-bleeding"), "scope"),
    **dict.fromkeys(("psa", "psa-followed", "stool", "hepatitis-c", "hiv", "pap", "opiates"), "laboratory"),
    **dict.fromkeys(("current", "current-attended"), "therapy"),
    **dict.fromkeys(("home-health", "hospice"), "oversight"),
    "sedation": "upper scope",
    "tomosynthesis": "imaging",
    "cores": "pathology",
}


def setting(topic: str) -> Setting:
    return SETTINGS[_WHERE.get(topic, "office")]


class Row(NamedTuple):
    """A line of the table. ``medicare`` may be several codes; ``modifier`` goes on the code of other payers."""

    topic: str
    medicare: tuple[str, ...]
    other: str
    modifier: str
    about: str
    source: str

    @property
    def same(self) -> bool:
        return self.medicare == (self.other,)

    def codes(self, medicare: bool) -> tuple[str, ...]:
        return self.medicare if medicare else (self.other,)

    def text(self, medicare: bool) -> str:
        """As an option says it: ``45378-33``, ``G0101 and Q0091``."""
        if medicare:
            return " and ".join(self.medicare)
        return f"{self.other}-{self.modifier}" if self.modifier else self.other


@cache
def rows() -> dict[str, Row]:
    with (data_dir() / "codesets" / "hcpcs_or_cpt.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["topic"]: Row(
                row["topic"],
                tuple(row["medicare"].split()),
                row["other"],
                row["other_modifier"],
                row["about"],
                row["source"],
            )
            for row in csv.DictReader(lines)
        }
