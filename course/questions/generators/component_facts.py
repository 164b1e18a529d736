"""Tests with a machine and a reading: who owns the one, who does the other, and which part is on a line."""

from __future__ import annotations

import random
from typing import NamedTuple


class Test(NamedTuple):
    """A service. ``name`` in a note. ``split``: takes 26 and TC. ``parts``: of a family without those, who does a part
    (machine or reading) and the codes for it; without parts and split, the number is a physician's work as a whole.
    ``machine``, ``read``: how a note tells of the two."""

    name: str
    whole: str
    split: bool
    machine: str
    read: str
    parts: dict[str, tuple[str, ...]] = {}


SPLIT = (
    Test("Chest film, two views", "71046", True, "X-ray unit", "film read"),
    Test("CT of the head, plain", "70450", True, "scanner", "pictures read"),
    Test("MRI of the brain, plain", "70551", True, "scanner", "pictures read"),
    Test("CT of the belly and pelvis after dye", "74177", True, "scanner", "pictures read"),
    Test("Ultrasound of the belly, all organs", "76700", True, "ultrasound machine", "pictures read"),
    Test("Mammogram for screening, both breasts", "77067", True, "mammograph", "films read"),
    Test("Bone density of hip and spine", "77080", True, "DXA scanner", "figures read"),
    Test("Heart ultrasound, all parts", "93306", True, "ultrasound machine", "pictures read"),
    Test("CT of the chest, plain", "71250", True, "scanner", "pictures read"),
    Test("Duplex of the veins of both legs", "93970", True, "ultrasound machine", "pictures read"),
    Test("Duplex of both neck arteries", "93880", True, "ultrasound machine", "pictures read"),
    Test("Spirometry", "94010", True, "spirometer", "curves read"),
    Test("Spirometry before and after albuterol", "94060", True, "spirometer", "curves read"),
    Test("Sleep study in the laboratory, adult", "95810", True, "recorder", "tracing read"),
)
FAMILIES = (
    Test("ECG, twelve leads", "93000", False, "machine", "tracing read",
         {"machine": ("93005",), "read": ("93010",)}),
    Test("Holter monitor for 24 hours", "93224", False,
         "recorder, hook-up and analysis by the technician", "recording read",
         {"machine": ("93225", "93226"), "read": ("93227",)}),
    Test("Stress test on the treadmill", "93015", False, "treadmill and staff", "stress test supervised and read",
         {"machine": ("93017",), "read": ("93016", "93018")}),
)  # fmt: skip
#: Services without parts: the physician's own work, or a test of the laboratory.
WHOLE = (
    Test("Colonoscopy for bleeding, nothing found", "45378", False, "scope and room", "scope passed"),
    Test("Upper scope for trouble swallowing, with samples", "43239", False, "scope and room", "scope passed"),
    Test("Look into the bladder for blood in the urine", "52000", False, "scope and room", "scope passed"),
)
#: Tests that one patient may well have on one day: numbers of ``SPLIT``, of ``FAMILIES`` and of ``WHOLE``.
DAYS = (
    (("70450", "70551", "93880", "93306"), ("93000", "93224"), ()),
    (("71046", "71250", "94010", "93306"), ("93000", "93015"), ()),
    (("71046", "71250", "94060", "93306"), ("93000", "93224"), ()),
    (("71046", "93306", "93880", "93970"), ("93000", "93224", "93015"), ()),
    (("71046", "74177", "76700"), ("93000",), ("45378", "43239")),
    (("77067", "77080", "71046", "76700"), ("93000",), ()),
)
#: Tests of women.
OF_WOMEN = ("77067",)
GROUPS = ("Riverbend Medical Group", "Hillside Medical Group", "Old Mill Medical Group")
HOSPITAL = "County Hospital"
OTHERS = (HOSPITAL, "Lakeside Diagnostics", "Prairie Diagnostics")
#: Readers of the group, and of the other place.
OWN_DOCTORS, OTHER_DOCTORS = ("Dr. Birch", "Dr. Alder", "Dr. Rowan"), ("Dr. Hazel", "Dr. Linden", "Dr. Aspen")


class Share(NamedTuple):
    """A test and what the billing group did of it."""

    test: Test
    machine: bool
    read: bool

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """(code, modifier or "") of the group's claim."""
        test = self.test
        if not (self.machine or self.read):
            return ()
        if test.split:
            return ((test.whole, "" if self.machine and self.read else "26" if self.read else "TC"),)
        if not test.parts or (self.machine and self.read):
            return ((test.whole, ""),)
        return tuple((code, "") for code in test.parts["machine" if self.machine else "read"])


def told(rng: random.Random, one: Share, group: str, other: str, number: bool) -> str:
    """The line of the note. ``number``: with the code of the whole service."""
    doctor = rng.choice(OWN_DOCTORS if one.read else OTHER_DOCTORS)
    if not one.test.split and not one.test.parts:
        other = HOSPITAL
    code = f" ({one.test.whole})" if number and not one.test.parts else ""
    machine = f"{one.test.machine} of {group if one.machine else other}"
    reader = f"{doctor} of {group if one.read else other}"
    return f"{one.test.name}{code}: {machine}; {one.test.read} by {reader}."


def reason(one: Share, group: str) -> str:
    """Why the lines are what they are."""
    test, codes = one.test, " and ".join("-".join(filter(None, line)) for line in one.lines)
    if not one.lines:
        return f"{test.name}: neither machine nor work is {group}'s, so there is no line."
    if not test.split and not test.parts:
        return f"{test.name}: the number is the physician's work as a whole, wherever it is done. {codes}, no modifier."
    both = one.machine and one.read
    part = "both parts are" if both else "the reading alone is" if one.read else "the technical part alone is"
    how = "one code without a modifier" if both else "a modifier says so"
    if test.parts:
        how = (
            "one code for all of it"
            if both
            else "that has a number of its own"
            if len(one.lines) == 1
            else "that has numbers of its own"
        )
    return f"{test.name}: {part} {group}'s; {how}. {codes}."
