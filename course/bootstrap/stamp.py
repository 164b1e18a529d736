"""The note left in a finished environment, so that the next start need not look at the packages.

``course-setup.json`` in the environment says what it was set up from. While a set-up is under way it says so;
found like that later, the set-up was interrupted and the environment is made again.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any, Dict

from course.bootstrap import layout
from course.bootstrap.dependencies import LESSONS, TESTS

NAME = "course-setup.json"


def fingerprint(level: str, root: Path = layout.ROOT) -> str:
    """A digest of everything that decides what is installed, and of where the clone is."""
    digest = hashlib.sha256(str(root).encode("utf-8", "surrogateescape"))
    lock = layout.LOCK_TEST if level == TESTS else layout.LOCK
    for path in (root / lock, root / "pyproject.toml", root / layout.OVERRIDES.relative_to(layout.ROOT)):
        digest.update(path.read_bytes() if path.exists() else b"-")
    return digest.hexdigest()


def interpreter(environment: Path) -> str:
    """A cheap description of the Python that an environment stands on: it changes when that Python is replaced."""
    python = layout.python_in(environment)
    config = environment / "pyvenv.cfg"
    home = ""
    if config.exists():
        for line in config.read_text(encoding="utf-8", errors="replace").splitlines():
            key, _, value = line.partition("=")
            if key.strip() in ("home", "version", "version_info"):
                home += value.strip() + "|"
    try:
        real = os.path.realpath(str(python))
        return "{}{}|{}".format(home, real, os.stat(real).st_size)
    except OSError:
        return home + "missing"


def read(environment: Path) -> Dict[str, Any]:
    """The note, or an empty dict where there is none that can be read."""
    try:
        value = json.loads((environment / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def write(environment: Path, value: Dict[str, Any]) -> None:
    """Leave a note, whole or not at all."""
    temporary = environment / (NAME + ".new")
    temporary.write_text(json.dumps(value, indent=1), encoding="utf-8")
    os.replace(str(temporary), str(environment / NAME))


def is_current(environment: Path, level: str, root: Path = layout.ROOT) -> bool:
    """Whether `environment` was set up for `level` from the files as they are now."""
    note = read(environment)
    if note.get("state") != "done" or note.get("interpreter") != interpreter(environment):
        return False
    if note.get("level") == TESTS:
        return note.get("fingerprint") == fingerprint(TESTS, root)
    return level == LESSONS and note.get("fingerprint") == fingerprint(LESSONS, root)
