"""One fixed world for every test: a pinned date, a learner's folder of its own, one shared cache of built code sets.

The environment is set when this file is imported, before any module of the course can look at it. Tests that need a
folder of their own use the fixture ``user_dir`` or ``monkeypatch.setenv("COURSE_USER_DIR", ...)``.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from course.testing.world import TODAY

ROOT = Path(__file__).resolve().parent.parent

_user = Path(tempfile.mkdtemp(prefix="course-test-user-"))
os.environ["COURSE_TODAY"] = TODAY
os.environ["COURSE_USER_DIR"] = str(_user)
# Built code sets take seconds to make, hold nothing of a learner, and carry the version of the code that built them:
# xdist workers and later runs share them.
os.environ.setdefault("COURSE_CACHE_DIR", str(ROOT / "test-artifacts" / "cache"))

settings.register_profile(
    "course", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
#: ``--hypothesis-profile=explore`` draws fresh examples, many of them.
settings.register_profile("explore", parent=settings.get_profile("course"), derandomize=False, max_examples=2_000)
settings.load_profile("course")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests first, so that two workers finish at about the same time."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What was imported stays to the end, and the tests make much and drop it at once: the collector need not go
    through all of it every 700 objects (a twentieth of the time)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_user, ignore_errors=True)


@pytest.fixture(scope="session")
def root() -> Path:
    """The clone."""
    return ROOT


@pytest.fixture(scope="session")
def reference_dir() -> Path:
    """The full official tables, a yardstick that not every machine has (``COURSE_REFERENCE_DIR``)."""
    folder = os.environ.get("COURSE_REFERENCE_DIR", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("COURSE_REFERENCE_DIR does not name a folder with the official tables")
    return Path(folder)


@pytest.fixture
def user_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for the learner's work that only this test sees."""
    folder = tmp_path / "user"
    monkeypatch.setenv("COURSE_USER_DIR", str(folder))
    return folder
