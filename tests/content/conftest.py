"""The course's own questions. What cannot be loaded is told by test_bank and left out of the other tests."""

from __future__ import annotations

import pytest

from course.codesets import icd10cm
from course.questions.base import ItemBase
from tests.content.by_topic import ITEMS


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """``edition``: each edition that is loaded."""
    if "edition" in metafunc.fixturenames:
        metafunc.parametrize("edition", icd10cm.editions())


@pytest.fixture(scope="session")
def items() -> list[ItemBase]:
    """Every question of the course."""
    return ITEMS
