"""What drawn anesthesia records tell: operations with their anesthesia numbers, patients, payers, the record itself.

Base units are read from ``cpt.csv``; lengths are minutes from incision to closure, as such operations take.
"""

from __future__ import annotations

import random
from decimal import Decimal
from typing import NamedTuple

from course.codesets import cpt
from course.codesets.rules import anesthesia
from course.questions.generators import figures


class Operation(NamedTuple):
    """``length``: least and most minutes of surgery; ``ready``: minutes from the start of anesthesia to the incision.
    ``ages``; ``sex``: "f", "m" or "" for both. ``home``: the patient goes home from recovery."""

    code: str
    name: str
    length: tuple[int, int]
    ready: tuple[int, int]
    home: bool
    ages: tuple[int, int] = (19, 88)
    sex: str = ""

    @property
    def base(self) -> int:
        found = cpt.get(self.code)
        assert found is not None and found.base_units is not None
        return found.base_units


BYPASS = "coronary bypass on the pump"
OPERATIONS = {
    one.name: one
    for one in (
        Operation("00142", "cataract removal, left eye", (12, 30), (8, 15), True, (58, 90)),
        Operation("00170", "removal of four wisdom teeth", (30, 75), (11, 20), True, (17, 35)),
        Operation("00400", "removal of a large lipoma of the right thigh", (25, 60), (12, 22), True),
        Operation("00567", BYPASS, (170, 290), (38, 55), False, (48, 82)),
        Operation("00670", "long lumbar fusion with rods", (170, 330), (34, 50), False, (35, 80)),
        Operation("00731", "gastroscopy with samples", (10, 25), (5, 12), True),
        Operation("00790", "laparoscopic gallbladder removal", (40, 95), (17, 30), True),
        Operation("00811", "colonoscopy for anemia", (15, 40), (5, 12), True, (30, 85)),
        Operation("00812", "screening colonoscopy, nothing found", (14, 32), (5, 12), True, (45, 75)),
        Operation("00840", "laparoscopic appendectomy", (30, 75), (16, 28), False),
        Operation("00914", "loop resection of the prostate", (40, 80), (14, 26), False, (55, 88), "m"),
        Operation("01214", "new right hip joint", (70, 130), (25, 45), False, (50, 88)),
        Operation("01400", "arthroscopy of the right knee with meniscus trimmed", (25, 65), (15, 27), True, (19, 70)),
        Operation("01402", "new left knee joint", (65, 115), (25, 45), False, (50, 86)),
        Operation("01480", "open bunion operation, left foot", (35, 80), (15, 27), True, (25, 80)),
        Operation("01630", "arthroscopy of the right shoulder with cuff repair", (70, 130), (26, 45), True, (35, 78)),
        Operation("01810", "open carpal tunnel release, right wrist", (12, 28), (9, 18), True, (30, 85)),
        Operation("01961", "cesarean birth", (35, 65), (13, 25), False, (19, 43), "f"),
    )
}
#: Two operations under one anesthetic.
TOGETHER = (
    ("laparoscopic gallbladder removal", "laparoscopic appendectomy"),
    ("arthroscopy of the right knee with meniscus trimmed", "open carpal tunnel release, right wrist"),
    ("arthroscopy of the right shoulder with cuff repair", "open carpal tunnel release, right wrist"),
    ("new right hip joint", "removal of a large lipoma of the right thigh"),
    ("open bunion operation, left foot", "open carpal tunnel release, right wrist"),
    ("loop resection of the prostate", "removal of a large lipoma of the right thigh"),
)
EMERGENCIES = ("laparoscopic appendectomy", "cesarean birth", "laparoscopic gallbladder removal")
#: Operations during which blood pressure is kept low on purpose now and then.
LOWERED = ("long lumbar fusion with rods", "arthroscopy of the right shoulder with cuff repair")

#: Operations that nobody with a life-threatening disease is spared.
FOR_THE_GRAVELY_ILL = ("cataract removal, left eye", "gastroscopy with samples", *EMERGENCIES[::2])
#: Operations before which a nerve block is placed.
BLOCKED = ("01400", "01402", "01480", "01630", "01810")
SCOPES = ("00731", "00811", "00812", "00914")

BOWEL = ("00811", "00812")

#: Status -> (words for young patients, words for the older).
STATUS = {
    "P1": (("no other illness", "healthy, takes nothing", "no past illness, no medicines"),) * 2,
    "P2": (
        ("mild asthma, well controlled", "smokes ten cigarettes a day", "thyroid low, on tablets"),
        (
            "high blood pressure, controlled with one drug",
            "diabetes, well controlled",
            "thyroid low, on tablets",
            "body mass index of 33, otherwise well",
            "mild asthma, rarely needs the inhaler",
        ),
    ),
    "P3": (
        ("sleep apnea and a body mass index of 44", "diabetes, poorly controlled", "seizures every few weeks"),
        (
            "diabetes with kidney damage, poorly controlled",
            "heart failure, short of breath on stairs",
            "emphysema, inhalers three times a day",
            "heart attack two years ago, angina on effort",
            "dialysis three times a week, on schedule",
            "stroke last year, right arm weak",
            "pacemaker for slow rhythm, atrial fibrillation",
            "sleep apnea and a body mass index of 43",
        ),
    ),
    "P4": (("severe lung disease, oxygen at rest", "heart attack five weeks ago, chest pain at rest since"),) * 2,
}
#: What leads to a bypass.
BYPASS_ILL = (
    "three narrowed coronary arteries, angina at rest",
    "narrow left main artery, heart attack last month",
    "unstable angina, ejection fraction 30 %",
)
#: How a payer brings a part of a time unit to a figure -> what the question says.
ROUNDING = {
    "tenths": "time is kept to one decimal place",
    "up": "any part of a time unit begins a whole one",
    "nearest": "time is rounded to the nearest whole unit",
}
EXTRAS = (
    "It adds units for physical status (P3 1, P4 2, P5 3) and for circumstances (99100 1, 99116 5, 99135 5, 99140 2)."
)
NOISE = (
    "NKDA.",
    "Mallampati 2.",
    "Arms padded.",
    "Family called at the end.",
    "IV in the left hand.",
    "Antibiotic in before the start.",
    "Warm blanket on.",
)
_FASTED = ("Nothing by mouth since midnight.", "Last meal the evening before, water until 4 AM.")
_PREPARED = ("Clear liquids yesterday, bowel prep complete.", "Prep finished at 5 AM, clear liquids only.")


class Case(NamedTuple):
    """A record. Times are minutes after midnight; ``away``: the provider was with another patient. ``lowered``: blood
    pressure kept low on purpose. ``per``: minutes of one time unit. ``times``: the surgeon's times are told, too."""

    operations: tuple[Operation, ...]
    age: int
    male: bool
    status: str
    ill: str
    emergency: bool
    lowered: bool
    holding: int
    start: int
    cut: int
    closed: int
    end: int
    pacu: int
    away: tuple[int, int] | None
    payer: str
    rounding: str
    per: int
    times: bool

    @property
    def minutes(self) -> int:
        return self.end - self.start - (self.away[1] - self.away[0] if self.away else 0)

    @property
    def base(self) -> int:
        return anesthesia.highest_base(one.base for one in self.operations)

    @property
    def noise(self) -> tuple[str, ...]:
        """Lines of no matter that fit the operation."""
        codes = {one.code for one in self.operations}
        if codes & set(BOWEL):
            return (*(text for text in NOISE if "Antibiotic" not in text), *_PREPARED[:1])
        if codes & set(SCOPES) or self.operations[0].name in EMERGENCIES:
            return tuple(text for text in NOISE if "Antibiotic" not in text)
        return (*NOISE, _FASTED[self.age % 2])

    @property
    def home(self) -> bool:
        return all(one.home for one in self.operations) and not self.emergency

    @property
    def circumstances(self) -> tuple[str, ...]:
        told = (("99100", self.age > 70), ("99140", self.emergency), ("99135", self.lowered))
        return tuple(code for code, holds in told if holds)

    def units(self, minutes: int | None = None, payer: str = "", base: int | None = None) -> Decimal:
        """Units by the payer's rule; with other minutes, payer or base for the slips."""
        spent = self.minutes if minutes is None else minutes
        own = self.base if base is None else base
        return anesthesia.units(
            own, spent, self.status, self.circumstances, payer or self.payer, per=self.per, rounding=self.rounding
        ).total


def case(rng: random.Random, level: int) -> Case:
    """A record. Level 1: Medicare, nothing special. Level 2: a payer's policy. Level 3: interruptions, two operations,
    times that do not count."""
    two = level == 3 and rng.random() < 0.35
    names = rng.choice(TOGETHER) if two else (rng.choice(tuple(OPERATIONS)),)
    operations = tuple(OPERATIONS[name] for name in names)
    low = max(one.ages[0] for one in operations)
    high = min(one.ages[1] for one in operations)
    age = rng.choice((70, 71, rng.randint(71, high))) if high > 72 and rng.random() < 0.3 else rng.randint(low, high)
    payer = "medicare" if level == 1 or age >= 68 and rng.random() < 0.5 or rng.random() < 0.15 else "commercial"
    able = ["P1", "P2", "P3", "P3"] if level > 1 else ["P1", "P2"]
    if age > 74:
        able = [one for one in able if one != "P1"]
    if level > 1 and age > 45 and names[0] in FOR_THE_GRAVELY_ILL:
        able.append("P4")
    status = "P4" if names[0] == BYPASS else rng.choice(able)
    surgery = sum(rng.randint(*one.length) for one in operations)
    start = rng.randint(6 * 60 + 50, 15 * 60)
    cut = start + rng.randint(*operations[0].ready)
    closed = cut + surgery
    end = closed + rng.randint(6, 17)
    away = None
    if level == 3 and operations[0].code in BLOCKED and rng.random() < 0.7:
        # A block is placed, the surgeon is late, the anesthesiologist looks after somebody else meanwhile.
        placed, gone = rng.randint(9, 16), rng.randint(12, 31)
        away = (start + placed, start + placed + gone)
        cut, closed, end = cut + placed + gone, closed + placed + gone, end + placed + gone
    sexes = {one.sex for one in operations} - {""}
    return Case(
        operations=operations,
        age=age,
        male=sexes == {"m"} or (not sexes and rng.random() < 0.5),
        status=status,
        ill=rng.choice(BYPASS_ILL if names[0] == BYPASS else STATUS[status][age > 45]),
        emergency=level > 1 and names[0] in EMERGENCIES and rng.random() < 0.6,
        lowered=level > 1 and names[0] in LOWERED and rng.random() < 0.4,
        holding=start - rng.randint(11, 32),
        start=start,
        cut=cut,
        closed=closed,
        end=end,
        pacu=end + rng.randint(35, 75),
        away=away,
        payer=payer,
        rounding="tenths" if payer == "medicare" else rng.choice(tuple(ROUNDING)),
        per=10 if payer == "commercial" and level > 1 and rng.random() < 0.15 else 15,
        times=level == 3 or rng.random() < 0.7,
    )


def time_words(one: Case) -> str:
    """``96 ÷ 15 = 6.4``, and how it is rounded."""
    exact = Decimal(one.minutes) / one.per
    units = anesthesia.time_units(one.minutes, one.per, one.rounding)
    shown = figures.grouped(exact.quantize(Decimal("0.01")))
    if exact == units:
        return f"{one.minutes} ÷ {one.per} = {shown} time units"
    return f"{one.minutes} ÷ {one.per} = {shown}, counted as {figures.grouped(units)} time units"
