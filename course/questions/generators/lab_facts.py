"""Laboratory slips: tests with the names they have in charts, panels, and what happened to an order."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import NamedTuple

from course.paths import data_dir


class Test(NamedTuple):
    """A test of ours: its name, how slips shorten it, and the range its results are drawn from. ``step`` is the last
    decimal; without a range the result is a word."""

    name: str
    shorts: tuple[str, ...]
    low: float = 0
    high: float = 0
    step: int = 0

    def result(self, rng: random.Random, span: tuple[float, float] | None = None) -> str:
        if not self.high:
            return rng.choice(("neg", "negative", "nonreactive"))
        low, high = span or (self.low, self.high)
        return f"{rng.uniform(low, high):.{self.step}f}"


TESTS = {
    "84295": Test("sodium", ("Na",), 136, 142),
    "84132": Test("potassium", ("K",), 3.2, 5.2, 1),
    "82435": Test("chloride", ("Cl",), 99, 104),
    "82374": Test("bicarbonate", ("CO2", "HCO3"), 22, 26),
    "84520": Test("urea nitrogen", ("BUN",), 8, 31),
    "82565": Test("creatinine", ("Cr", "Creat"), 0.6, 1.6, 1),
    "82947": Test("glucose", ("Glu", "Gluc"), 70, 170),
    "82310": Test("total calcium", ("Ca",), 8.5, 10.3, 1),
    "82330": Test("ionized calcium", ("iCa",), 1.1, 1.33, 2),
    "82040": Test("albumin", ("Alb",), 3.0, 4.9, 1),
    "84155": Test("total protein", ("TP", "T prot"), 6.0, 8.1, 1),
    "82247": Test("total bilirubin", ("T bili",), 0.6, 1.5, 1),
    "82248": Test("direct bilirubin", ("D bili",), 0.1, 0.4, 1),
    "84075": Test("alkaline phosphatase", ("ALP", "Alk phos"), 42, 140),
    "84450": Test("AST", ("AST", "SGOT"), 12, 70),
    "84460": Test("ALT", ("ALT", "SGPT"), 10, 80),
    "84100": Test("phosphorus", ("Phos",), 2.4, 4.7, 1),
    "82465": Test("total cholesterol", ("Chol",), 140, 262),
    "83718": Test("HDL cholesterol", ("HDL",), 34, 72),
    "84478": Test("triglycerides", ("TG", "Trig"), 68, 265),
    "86705": Test("hepatitis B core IgM", ("HBc IgM",)),
    "86709": Test("hepatitis A IgM", ("HAV IgM",)),
    "86803": Test("hepatitis C antibody", ("HCV Ab",)),
    "87340": Test("hepatitis B surface antigen", ("HBsAg",)),
    # outside the panels
    "83735": Test("magnesium", ("Mg",), 1.5, 2.4, 1),
    "84550": Test("uric acid", ("Uric acid",), 3.4, 8.8, 1),
    "83690": Test("lipase", ("Lipase",), 14, 90),
    "82150": Test("amylase", ("Amylase",), 28, 110),
    "82728": Test("ferritin", ("Ferritin",), 14, 290),
    "84443": Test("TSH", ("TSH",), 0.5, 5.2, 2),
    "84439": Test("free T4", ("FT4",), 0.8, 1.8, 1),
    "83036": Test("hemoglobin A1c", ("HbA1c", "A1c"), 5.1, 9.4, 1),
    "85610": Test("prothrombin time", ("PT",), 10.8, 14.2, 1),
    "83721": Test("LDL cholesterol, measured", ("LDL direct",), 62, 178),
    "86704": Test("hepatitis B core total antibody", ("HBc total",)),
    "86706": Test("hepatitis B surface antibody", ("HBsAb",)),
    "86708": Test("hepatitis A total antibody", ("HAV total",)),
}
#: Ordered beside any panel.
EXTRAS = ("83735", "84550", "83690", "82150", "82728", "84443", "84439", "83036", "85610")
#: A test of a panel, and its neighbor outside that is taken for it.
NEIGHBORS = {
    "82310": "82330",
    "82247": "82248",
    "86705": "86704",
    "87340": "86706",
    "86709": "86708",
}
#: Panels as they are ordered: in words, and in shorthand.
NICKNAMES = {
    "80047": ("basic panel with ionized calcium", "BMP with iCa"),
    "80048": ("basic panel", "BMP"),
    "80051": ("electrolytes", "Lytes"),
    "80053": ("comprehensive panel", "CMP"),
    "80061": ("lipids", "Lipids"),
    "80069": ("renal panel", "Renal panel"),
    "80074": ("acute hepatitis panel", "Acute hepatitis panel"),
    "80076": ("liver panel", "LFTs"),
}
#: Orders, the commonest ones more than once.
ORDERS = (
    *(("80048",), ("80053",), ("80053",), ("80076",), ("80069",), ("80051",), ("80061",), ("80074",), ("80047",)),
    *(("80053", "80061"), ("80048", "80076"), ("80048", "80076"), ("80053", "80076"), ("80069", "80076")),
    *(("80048", "80061"), ("80051", "80076"), ("80069", "80061"), ("80076", "80074"), ("80053", "80069")),
)
REASONS = (
    "not performed, reagent lot recalled",
    "not performed, too little serum",
    "not performed, analyzer channel down",
    "canceled, tube broke in the centrifuge",
    "canceled by the provider before the run",
    "QNS, no redraw wanted",
)
#: Repeats that give a new result, by test: what happened between, the ranges of the first and the later result, and
#: after how many minutes such a test is drawn again.
LATER = {
    "84132": (
        ("after potassium by mouth", (2.8, 3.3), (3.5, 4.1), (240, 360)),
        ("after the IV potassium rider", (2.7, 3.2), (3.5, 4.2), (120, 240)),
    ),
    "82947": (("after insulin", (290, 420), (140, 220), (90, 180)),),
    "84295": (("after two liters of saline", (124, 128), (130, 133), (240, 360)),),
    "82565": (("after two liters of fluid", (1.7, 2.1), (1.3, 1.6), (300, 420)),),
    "82330": (("after calcium gluconate", (0.86, 0.98), (1.08, 1.18), (60, 150)),),
    "83735": (("after IV magnesium", (0.9, 1.2), (1.7, 2.2), (120, 240)),),
}
#: Repeats that mend the first run.
AGAIN = ("rerun on the same tube to confirm", "rerun, control had been out of range", "rerun, analyzer flag")
HEMOLYZED = "redrawn, first tube hemolyzed"
#: Figures that nobody measures: name, the tests they come from, how, and what a chart would show without a remark.
CALCULATED: tuple[tuple[str, tuple[str, ...], Callable[..., float], float, float], ...] = (
    ("Anion gap", ("84295", "82435", "82374"), lambda na, cl, co2: na - cl - co2, 6, 18),
    ("BUN/Cr ratio", ("84520", "82565"), lambda bun, cr: bun / cr, 8, 26),
    ("LDL", ("82465", "83718", "84478"), lambda chol, hdl, tg: chol - hdl - tg / 5, 50, 180),
    ("Non-HDL cholesterol", ("82465", "83718"), lambda chol, hdl: chol - hdl, 80, 215),
    ("Indirect bili", ("82247", "82248"), lambda total, direct: total - direct, 0.2, 1.2),
)


class Slip(NamedTuple):
    """An order and what came of it. Codes throughout; ``swapped``: a test of the panel, and what
    was ordered and run in its place."""

    ordered: tuple[str, ...]
    done: tuple[str, ...]
    missed: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    swapped: tuple[str, ...] = ()
    sent: str = ""
    later: str = ""
    again: str = ""

    @property
    def panels(self) -> tuple[str, ...]:
        return fitting(self.done)

    @property
    def singles(self) -> tuple[str, ...]:
        inside = {code for panel in self.panels for code in panels()[panel]}
        return tuple(code for code in self.done if code not in inside)


@cache
def panels() -> Mapping[str, frozenset[str]]:
    """Panel -> its tests, the largest first."""
    found: dict[str, set[str]] = {}
    with (data_dir() / "codesets" / "lab_panels.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["panel"], set()).add(row["code"])
    return {panel: frozenset(found[panel]) for panel in sorted(found, key=lambda one: (-len(found[one]), one))}


def fitting(done: Collection[str]) -> tuple[str, ...]:
    """The panels to report: the largest that was done whole, then the next among what is left."""
    left, out = set(done), []
    for panel, tests in panels().items():
        if tests <= left:
            out.append(panel)
            left -= tests
    return tuple(sorted(out))


def whole(done: Collection[str]) -> list[str]:
    """All panels of which every test was done, the largest first, whether they overlap or not."""
    return [panel for panel, tests in panels().items() if tests <= set(done)]


def slip(rng: random.Random, level: int) -> Slip | None:
    """An order with what was done, left out, added, sent out or repeated. None when its claim would be ambiguous or
    long."""
    ordered = rng.choice(ORDERS)
    wanted = {code for panel in ordered for code in panels()[panel]}
    done = set(wanted)
    missed: tuple[str, ...] = ()
    swapped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    turn = rng.random()
    if turn < 0.5:
        lost = rng.choice(sorted(wanted))
        done.discard(lost)
        near = NEIGHBORS.get(lost, "")
        if near and near not in wanted and rng.random() < 0.6:
            swapped = (lost, near)
            done.add(near)
        else:
            missed = (lost,)
    elif turn < 0.65 and "80053" in ordered:
        added = tuple({rng.choice(("82248", "84100", "82330"))} - wanted)
    extras = tuple(rng.sample(EXTRAS, rng.choice((0, 1, 1, 2) if level > 1 else (0, 0, 1))))
    extras += added
    done |= set(extras)
    sent = later = again = ""
    if level == 3:
        if extras and extras[0] in EXTRAS and rng.random() < 0.6:
            sent = extras[0]
        able = sorted(code for code in done if code in LATER and code != sent)
        if able and rng.random() < 0.7:
            later = rng.choice(able)
        if rng.random() < 0.5:
            again = rng.choice(sorted(done - {sent, later}))
        if not (sent or later):
            return None
    one = Slip(ordered, tuple(sorted(done)), missed, extras, swapped, sent, later, again)
    both = {"80047", "80048"} <= set(whole(done)) and not {"80053", "80069"} & set(one.panels)
    lines = len(one.panels) + len(one.singles) + bool(later)
    return None if both or not 0 < lines <= (7 if level > 1 else 14) else one
