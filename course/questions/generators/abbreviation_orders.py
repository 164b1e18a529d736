"""Drug orders in a dangerous and in a safe form, and how to find the danger in a text.

The forms are those of two public lists: the Joint Commission's "Do Not Use" list and ISMP's list of error-prone
abbreviations. The orders are our own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from course.questions.base import Source
from course.questions.generators import common

SAFETY = Source(
    ref='Joint Commission, Official "Do Not Use" List; ISMP, List of Error-Prone Abbreviations',
    edition="as published through 2025",
    checked=common.CHECKED,
)


class Order(NamedTuple):
    """``text`` with a gap; ``mark`` is the dangerous filling, ``written`` the safe one."""

    text: str
    mark: str
    written: str
    danger: str

    @property
    def whose(self) -> str:
        """On whose list the form stands."""
        return "both lists" if self.mark in _COMMISSION else "ISMP's list"

    @property
    def risky(self) -> str:
        return self.text.format(self.mark)

    @property
    def safe(self) -> str:
        return self.text.format(self.written)


#: Marks that the Joint Commission's short list has; ISMP's long one has these, too.
_COMMISSION = ("U", "IU", "QD", "QOD", "1.0 mg", "5.0 mg", ".5 mg", "MS", "MSO4", "MgSO4")
UNIT = "read as a zero or a four, ten times the dose."
EVERY = "mistaken for every other day, and the reverse."
EYE_EAR = "letters for eye and ear are taken for each other."
ORDERS: tuple[Order, ...] = (
    Order("insulin glargine 20 {} under the skin at bedtime", "U", "units", UNIT),
    Order("heparin 5,000 {} under the skin twice daily", "U", "units", UNIT),
    Order("vitamin D 1,000 {} by mouth daily", "IU", "international units", "read as IV or as the number 10."),
    Order("lisinopril 10 mg by mouth {}", "QD", "daily", EVERY),
    Order("digoxin 0.125 mg by mouth {}", "QD", "daily", EVERY),
    Order("prednisone 10 mg by mouth {}", "QOD", "every other day", "mistaken for daily."),
    Order("lorazepam {} by mouth once", "1.0 mg", "1 mg", "the point is missed, and the dose is ten times as high."),
    Order(
        "warfarin {} by mouth this evening", "5.0 mg", "5 mg", "the point is missed, and the dose is ten times as high."
    ),
    Order(
        "clonazepam {} by mouth twice daily", ".5 mg", "0.5 mg", "the point is missed, and five is given for a half."
    ),
    Order("{} 4 mg IV once for pain", "MS", "morphine sulfate", "it names two drugs that do opposite things."),
    Order("{} 2 mg IV once for pain", "MSO4", "morphine sulfate", "taken for magnesium sulfate."),
    Order("{} 2 g IV over one hour", "MgSO4", "magnesium sulfate", "taken for morphine sulfate."),
    Order("{} metoprolol and furosemide today", "D/C", "discontinue", "it can also mean that the patient goes home."),
    Order("zolpidem 5 mg by mouth {}", "HS", "at bedtime", "it can also mean half strength."),
    Order("cefdinir 250 mg per 5 mL, 5 {} by mouth daily", "cc", "mL", "read as U, units."),
    Order("fentanyl 50 {} IV once", "\u00b5g", "mcg", "read as mg, a thousand times as much."),
    Order("enoxaparin 40 mg {} daily", "SC", "subcutaneously", "read as SL, under the tongue."),
    Order("ofloxacin 0.3%, 10 drops {} daily", "AD", "in the right ear", EYE_EAR),
    Order("acetic acid 2%, 5 drops {} every 6 hours", "AS", "in the left ear", EYE_EAR),
    Order("latanoprost 0.005%, 1 drop {} at night", "OD", "in the right eye", EYE_EAR),
    Order("timolol 0.5%, 1 drop {} each morning", "OS", "in the left eye", EYE_EAR),
    Order("hypromellose 0.3%, 1 drop {} as needed", "OU", "in both eyes", EYE_EAR),
)

#: The forms of the two lists, as they stand in a text.
_FORMS = (
    r"\b(?:U|IU|QD|QOD|MS|MSO4|MgSO4|D/C|HS|cc|SC|AD|AS|OD|OS|OU)\b",
    r"\d\.0\s?mg",
    r"(?<!\d)\.\d",
    "\u00b5g",
)


def dangers(text: str) -> list[str]:
    """The dangerous forms in a text."""
    return [found for form in _FORMS for found in re.findall(form, text)]
