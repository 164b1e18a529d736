"""A pytest plugin for runs of notebooks (``-p course.testing.nbval_lock``).

Two things nbval leaves to chance: two workers that start a kernel in the same instant may pick the same port ("Kernel
died", about one parallel run in 25), so kernels start one at a time; and every notebook gets a learner's folder of its
own, because what one lesson records must not change what the next one shows.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest

from course.bootstrap import lockfile
from course.testing import world

_folders: list[Path] = []


def pytest_configure(config: pytest.Config) -> None:
    """Wrap the start of nbval's kernels. Without nbval there is nothing to wrap."""
    try:
        from nbval.kernel import RunningKernel
    except ImportError:
        return
    if getattr(RunningKernel.__init__, "one_at_a_time", False):
        return
    original = RunningKernel.__init__

    def start(self: Any, *args: Any, **kwargs: Any) -> None:
        folder = Path(tempfile.mkdtemp(prefix="course-nbval-user-"))
        _folders.append(folder)
        cache = Path(os.environ.get("COURSE_CACHE_DIR") or config.rootpath / "test-artifacts" / "cache")
        kept = dict(os.environ)
        with lockfile.held(Path(tempfile.gettempdir()) / "course-nbval-kernel.lock"):
            os.environ.clear()
            os.environ.update(world.environment(folder, cache))
            try:
                original(self, *args, **kwargs)
            finally:
                os.environ.clear()
                os.environ.update(kept)

    start.one_at_a_time = True  # type: ignore[attr-defined]
    RunningKernel.__init__ = start  # type: ignore[method-assign]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the learners' folders."""
    while _folders:
        shutil.rmtree(_folders.pop(), ignore_errors=True)
