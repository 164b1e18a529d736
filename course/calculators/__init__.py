"""Calculators: the sums of procedure coding, step by step. A tool for the reader; nothing is asked and nothing is kept.

Each is a module here with ``spec() -> Spec``; :data:`TABLE` is the one place where their names are listed.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.calculators.model import Spec

#: Name in ``course.calculator(name)`` -> module in this package.
TABLE: dict[str, str] = {
    "em-time": "em_time",
    "anesthesia": "anesthesia",
    "excision": "excision",
    "repair": "repair",
    "infusion": "infusion",
    "therapy": "therapy",
    "drug-units": "drug_units",
}


def names() -> tuple[str, ...]:
    """All names, in the order of the table."""
    return tuple(TABLE)


def get(name: str) -> Spec:
    """The calculator of that name. KeyError when there is none."""
    spec: Spec = importlib.import_module(f"course.calculators.{TABLE[name]}").spec()
    return spec
