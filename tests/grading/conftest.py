"""The edition in force, for all tests of the diagnosis."""

from __future__ import annotations

import pytest

from course.codesets import icd10cm


@pytest.fixture(scope="session")
def codes() -> icd10cm.CodeSet:
    return icd10cm.open_edition(2027)


@pytest.fixture(scope="session")
def billable(codes: icd10cm.CodeSet) -> list[str]:
    return list(codes.billable_codes())
