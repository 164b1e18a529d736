"""What the project needs, read from pyproject.toml, and whether an environment has it. Standard library only.

Only the small part of the dependency language that pyproject.toml uses is understood: ``name>=1.2,<3`` with an
optional marker ``; sys_platform == 'win32'``. The lock files, which use more of it, are read by uv and pip.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Tuple

from course.bootstrap import layout

#: How much to set up. "tests" contains "lessons".
LESSONS, TESTS = "lessons", "tests"


class Need(NamedTuple):
    """One direct dependency: its name as written, the version range, the system it is for (or none)."""

    name: str
    range: str
    platform: str

    @property
    def applies(self) -> bool:
        return not self.platform or self.platform == sys.platform


class Found(NamedTuple):
    """A need and the version that is installed (None: not installed)."""

    need: Need
    version: Optional[str]

    @property
    def ok(self) -> bool:
        return self.version is not None and in_range(self.version, self.need.range)


_NEED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)\s*(?P<range>[^;]*?)\s*(?:;\s*sys_platform\s*==\s*'(?P<platform>\w+)')?$"
)


def parse(text: str) -> Need:
    """Parse one entry. ValueError for what this file does not understand."""
    match = _NEED.match(text.strip())
    if match is None:
        raise ValueError("dependency not understood: {!r}".format(text))
    return Need(match["name"], match["range"].replace(" ", ""), match["platform"] or "")


def normal(name: str) -> str:
    """The canonical spelling of a package name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needs(level: str = LESSONS, root: Path = layout.ROOT) -> List[Need]:
    """The direct dependencies of a level, in the order of pyproject.toml."""
    import tomllib

    with open(str(root / "pyproject.toml"), "rb") as file:
        project = tomllib.load(file)["project"]
    entries = list(project["dependencies"])
    if level == TESTS:
        entries += project["optional-dependencies"]["test"]
    return [parse(entry) for entry in entries]


def release(version: str) -> Tuple[int, ...]:
    """The numbers a version starts with: "3.1.0rc1" -> (3, 1, 0)."""
    numbers = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(n) for n in numbers.group().split(".")) if numbers else ()


def in_range(version: str, wanted: str) -> bool:
    """Whether `version` meets every part of a range such as ">=1.2,<3" or "==1.5.0"."""
    have = release(version)
    for part in filter(None, wanted.split(",")):
        match = re.match(r"(>=|<=|==|<|>)(.+)", part)
        if match is None:
            raise ValueError("version range not understood: {!r}".format(wanted))
        want = release(match[2])
        width = max(len(have), len(want))
        a, b = have + (0,) * (width - len(have)), want + (0,) * (width - len(want))
        if not {">=": a >= b, "<=": a <= b, "==": a == b, "<": a < b, ">": a > b}[match[1]]:
            return False
    return True


def found(level: str = LESSONS, root: Path = layout.ROOT) -> List[Found]:
    """Each dependency that applies here with the version installed in the running environment."""
    return [Found(need, _installed(need.name)) for need in needs(level, root) if need.applies]


def _installed(name: str) -> Optional[str]:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def pinned(lock: Path) -> Dict[str, List[str]]:
    """Canonical name -> versions pinned in a lock file (several where the version depends on the Python)."""
    pins: Dict[str, List[str]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        match = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", line)
        if match:
            pins.setdefault(normal(match[1]), []).append(match[2])
    return pins
