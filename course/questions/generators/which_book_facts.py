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
