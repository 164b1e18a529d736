"""What words of a query to a provider do, told by reading them: money, ways out, answers to tick.

Used where a query is checked without knowing how it was made: the lint of the query workshop and the law of the
generator ``leading-query``. Rules: AHIMA/ACDIS, Guidelines for Achieving a Compliant Query Practice (2022 update).
"""

from __future__ import annotations

import re

#: Payment, grouping, severity and quality figures: none of them belongs in a query. In small letters cc is a volume.
_IMPACT = re.compile(
    r"\b(DRGs?|CCs?|MCCs?|HCCs?|(?i:paid|pays?|payments?|payer|reimburse\w*|revenue|money|dollars?|bill|billed|billing"
    r"|claims?|denial|denied|deny|weight of the case|risk adjustment|risk scores?|quality (?:score|measure|rating)s?"
    r"|severity (?:of illness|of the case|scores?|index|figures?|weight)|ranking|star rating|penalt(?:y|ies)"
    r"|mortality (?:index|score|figures?)|expected mortality|hospital-acquired|case[- ]mix|auditors?|report card))\b"
)
_OTHER = re.compile(r"\bother\b", re.IGNORECASE)
_UNABLE = re.compile(r"unable to determine|cannot (be )?determined?|clinically undetermined", re.IGNORECASE)
BOX = "☐"


def names_impact(text: str) -> list[str]:
    """The words that name payment, severity or quality figures."""
    return [found[0] for found in _IMPACT.finditer(text)]


def answers(text: str) -> list[str]:
    """The answers to tick, in order, without their boxes."""
    return [" ".join(one.split()).rstrip(" .;") for one in text.split(BOX)[1:]]


def has_way_out(text: str) -> bool:
    """Whether a provider may tick another answer, and may say that it cannot be determined."""
    offered = answers(text)
    return any(_OTHER.match(one) for one in offered) and any(_UNABLE.match(one) for one in offered)


def is_yes_no(text: str) -> bool:
    """Whether yes and no are among the answers."""
    firsts = {one.split(",")[0].split()[0].rstrip(".,;:").casefold() for one in answers(text) if one}
    return {"yes", "no"} <= firsts
