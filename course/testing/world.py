"""The fixed world in which notebooks are run, stored and tested, and the browser that is found on this machine."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

#: The date of the learner in every test and every stored output (FY2027 began on 1 October 2026).
TODAY = "2026-11-22"


def environment(user_dir: Path, cache_dir: Path) -> dict[str, str]:
    """Environment variables (all of them, for a child process) that make what a kernel shows repeatable."""
    env = dict(os.environ)
    for name in ("PYTHONPATH", "PYTHONSTARTUP", "MPLBACKEND", "COURSE_DEBUG"):
        env.pop(name, None)
    if env.pop("PYTHONDONTWRITEBYTECODE", ""):  # a run starts a hundred Pythons: let them compile each module once
        env.setdefault("PYTHONPYCACHEPREFIX", str(cache_dir / "bytecode"))
    env.update(
        COURSE_TODAY=TODAY,
        COURSE_USER_DIR=str(user_dir),
        COURSE_CACHE_DIR=str(cache_dir),
        IPYTHONDIR=str(user_dir / "ipython"),  # no start-up files of the person who runs the tests
        JUPYTER_PREFER_ENV_PATH="1",
        PYDEVD_DISABLE_FILE_VALIDATION="1",
        PYTHONHASHSEED="0",
        PYTHONIOENCODING="utf-8",
        TZ="UTC",
    )
    return env


def find_chromium() -> str | None:
    """The path of a Chromium-family browser that Playwright can drive, or None. COURSE_BROWSER names one."""
    named = os.environ.get("COURSE_BROWSER")
    if named:
        return named if Path(named).exists() else None
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"):
        found = shutil.which(name)
        if found:
            return found
    usual = {
        "darwin": ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
        "win32": [
            rf"{os.environ.get(folder, '')}\{tail}"
            for folder in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
            for tail in (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
        ],
    }
    return next((path for path in usual.get(sys.platform, []) if Path(path).exists()), None)
