"""The assumptions of the career calculator by key: what they are called, what they may be, what is wrong with one."""

from __future__ import annotations

import math
from typing import Any

#: The item of costs.csv that stands behind a range.
ITEMS = {
    "training_usd": "training",
    "books_usd": "books",
    "exam_fee_usd": "exam_fee",
    "further_sitting_usd": "further_sitting",
    "membership_usd": "membership",
    "renewal_usd": "renewal",
    "ceu_usd": "ceu",
    "pass_percent": "pass_chance",
    "study_hours": "study_hours",
    "seat_months": "seat_months",
    "retake_months": "retake_months",
    "search_months": "search_months",
    "hour_value_usd": "hour_value",
    "tax_percent": "tax",
    "find_percent": "find_chance",
}
#: Key -> (label, least, most). Ranges first, then single numbers.
LIMITS: dict[str, tuple[str, float, float]] = {
    "training_usd": ("Training course", 0, 100_000),
    "books_usd": ("Books", 0, 10_000),
    "exam_fee_usd": ("Exam fee", 0, 10_000),
    "further_sitting_usd": ("Each further sitting", 0, 10_000),
    "membership_usd": ("Membership", 0, 5_000),
    "renewal_usd": ("Renewal fee", 0, 5_000),
    "ceu_usd": ("Continuing education", 0, 10_000),
    "pass_percent": ("Chance of passing a sitting", 1, 100),
    "study_hours": ("Hours of study in all", 0, 10_000),
    "seat_months": ("Wait for the exam", 0, 24),
    "retake_months": ("Time between two sittings", 0, 24),
    "search_months": ("Search for the first job", 0, 60),
    "first_wage_usd": ("First wage in coding", 1, 500_000),
    "hour_value_usd": ("Value of an hour of study", 0, 500),
    "tax_percent": ("Taxes on the extra pay", 0, 70),
    "find_percent": ("Chance of finding a job in coding", 0, 100),
    "present_wage_usd": ("Present wage", 0, 500_000),
    "work_hours": ("Work hours a week", 1, 100),
    "study_hours_a_week": ("Study hours a week", 1, 100),
    "sittings": ("Sittings at most", 1, 10),
    "horizon_years": ("Years to look ahead", 1, 40),
}
POINTS = {"work_hours": 40.0, "study_hours_a_week": 10.0, "sittings": 3.0, "horizon_years": 10.0}
#: Dollars of the newest May, as costs and a wage of one's own are of today; or as they were published.
WAGES = ("latest", "published")


def wrong(key: str, value: Any) -> str:
    """What is wrong with a number, as a sentence; "" when nothing is."""
    label, least, most = LIMITS[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return f"{label}: this is not a number."
    if key == "study_hours_a_week" and value <= 0:
        return "With 0 hours a week the studying never ends. Enter at least 1 hour."
    if value < least:
        return f"{label}: {least:,g} or more is needed."
    if value > most:
        return f"{label}: this is more than {most:,g}. Check the figure."
    if key == "sittings" and value != int(value):
        return f"{label}: whole numbers only."
    return ""
