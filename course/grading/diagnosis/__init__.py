"""What is the matter with an ICD-10-CM code that somebody entered, and which official note says so?

    from course.codesets import icd10cm
    from course.grading.diagnosis import CodeKey, diagnose
    found = diagnose(["S52.521"], CodeKey(("S52.521A",)), icd10cm.open_edition(2027))
    found.outcome, found.score, found.findings[0].message

Modules: ``shape`` the string alone · ``validity`` the string and the code set · ``compare`` two valid codes · ``single`` one
entry · ``matching``, ``order``, ``partners``, ``sets`` several · ``score`` what it is worth · ``titles``, ``laterality``,
``axes`` reading titles · ``rules`` classic mix-ups (``rules.toml``) · ``wording`` every sentence · ``basis`` every citation.
"""

from __future__ import annotations

from course.grading.diagnosis.model import CodeKey, Diagnosis, Finding, Kind, Result
from course.grading.diagnosis.sets import diagnose
from course.grading.diagnosis.single import diagnose_one, why_not

__all__ = ["CodeKey", "Diagnosis", "Finding", "Kind", "Result", "diagnose", "diagnose_one", "why_not"]
