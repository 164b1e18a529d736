"""Where the clone, its environment and the learner's folders are. Standard library only."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

APP = "medical-coding-course"

#: The clone (or, in an installed wheel, the folder that holds the package).
ROOT = Path(__file__).resolve().parent.parent.parent

#: The JupyterLab settings that the course ships.
OVERRIDES = ROOT / "course" / "jupyter" / "overrides" / "course.json"

#: The pinned packages: what a lesson needs, and what the tests need on top.
LOCK = "requirements.lock"
LOCK_TEST = "requirements-test.lock"

FIRST_LESSON = "00-start-here.ipynb"


def is_clone(root: Path = ROOT) -> bool:
    """Whether `root` is a clone of the project (and not the site-packages of an installed wheel)."""
    return (root / "pyproject.toml").is_file() and (root / LOCK).is_file()


def python_in(environment: Path, windows: bool = os.name == "nt") -> Path:
    """The interpreter of a virtual or conda environment."""
    if not windows:
        return environment / "bin" / "python"
    scripts = environment / "Scripts" / "python.exe"
    # conda keeps python.exe at the top of its environments; a virtual environment keeps it in Scripts.
    return environment / "python.exe" if not scripts.exists() and (environment / "python.exe").exists() else scripts


def overrides_in(environment: Path) -> Path:
    """Where JupyterLab of an environment finds the settings of the course."""
    return environment / "share" / "jupyter" / "lab" / "settings" / "overrides.d" / "course.json"


def user_data_folder(platform: str = sys.platform, env: "os._Environ[str] | dict[str, str]" = os.environ) -> Path:
    """The learner's data folder, as platformdirs (which is not there yet at set-up) would name it."""
    if env.get("COURSE_USER_DIR"):
        return Path(env["COURSE_USER_DIR"])
    if platform == "win32":
        base = env.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = env.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / APP


def environment_folder(root: Path = ROOT) -> Path:
    """Where the course's own environment is: ``.venv`` in the clone, or the learner's data folder if that is closed."""
    inside = root / ".venv"
    if python_in(inside).exists() or is_writable(root):
        return inside
    name = hashlib.sha256(str(root).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return user_data_folder() / "environments" / name


def is_writable(folder: Path) -> bool:
    """Whether a file can be made in `folder` (tried, because permission bits do not tell on Windows)."""
    probe = folder / ".course-write-test-{}".format(os.getpid())
    try:
        with open(str(probe), "x", encoding="utf-8"):
            pass
        probe.unlink()
    except OSError:
        return False
    return True
