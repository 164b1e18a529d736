"""What is the matter with an ICD-10-CM code that somebody entered, and which official note says so?

    from course.codesets import icd10cm
    from course.grading.diagnosis import CodeKey, diagnose
    found = diagnose(["S52.521"], CodeKey(("S52.521A",)), icd10cm.open_edition(2027))
    found.outcome, found.score, found.findings[0].message

Modules: ``shape`` the string alone · ``validity`` and ``characters`` the string and the code set · ``compare`` two
valid codes of one category, ``elsewhere`` of two · ``single`` one entry · ``surplus`` one too many · ``matching``,
``order``, ``partners``, ``sets`` several · ``score`` what it is worth · ``titles``, ``laterality``, ``axes``,
``seventh``, ``tree`` reading the code set · ``rules`` and ``roles`` what the guidelines say · ``reasons`` an item's own
sentences · ``wording`` every sentence · ``basis`` every citation. Texts are in TOML files.
"""

from __future__ import annotations

from course.grading.diagnosis.model import CodeKey, Diagnosis, Finding, Kind
from course.grading.diagnosis.sets import diagnose
from course.grading.diagnosis.single import diagnose_one, why_not

__all__ = ["CodeKey", "Diagnosis", "Finding", "Kind", "diagnose", "diagnose_one", "why_not"]
