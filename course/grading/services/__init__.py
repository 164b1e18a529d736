"""The diagnosis of claim service lines: CPT and HCPCS codes with modifiers and units, against a key.

    report = diagnose([Entered("29880", ("RT",))], ServiceKey((KeyLine("29881", (("RT",),)),), modifiers=True))
    report.score, [finding.headline for finding in report.findings]

Pure functions over ``course.codesets``; the wording stands in ``wording.toml``.
"""

from __future__ import annotations

from course.grading.services.diagnose import diagnose
from course.grading.services.model import Entered, Finding, KeyLine, Report, ServiceKey

__all__ = ["Entered", "Finding", "KeyLine", "Report", "ServiceKey", "diagnose"]
