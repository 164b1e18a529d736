"""The test command: three stages, one summary.

1. unit       everything in ``tests/`` that needs no browser (quick tests only with ``--fast``)
2. notebooks  every lesson under strict nbval, two at a time
3. browser    the lessons in a real JupyterLab; skipped, and said so, where no browser is installed

The last line is the sum over the stages: ``N passed, N failed, N skipped``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course.bootstrap.console import say, seconds
from course.bootstrap.errors import UserError
from course.bootstrap.layout import ROOT
from course.testing import world

STAGES = ("unit", "notebooks", "browser")

#: pytest's exit code for "no test was selected".
NOTHING = 5

#: What is not compared: the pixels of a plot differ between machines (tests/labor/test_plots.py compares them with a
#: tolerance); its words and figures are compared.
SANITIZE = Path(__file__).with_name("nbval-sanitize.cfg")

#: Options of a strict run of notebooks.
NBVAL = (
    *("--nbval", "--nbval-current-env", "--nbval-cell-timeout", "60"),
    *("--nbval-sanitize-with", str(SANITIZE), "-p", "course.testing.nbval_lock"),
)


@dataclass(slots=True)
class Counts:
    """What one stage counted, and its exit code."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    code: int = 0

    def __add__(self, other: Counts) -> Counts:
        worst = self.code or other.code
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped, worst)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def run(fast: bool = False, only: str | None = None, extra: Sequence[str] = (), root: Path = ROOT) -> int:
    """Run the stages; `extra` goes to each pytest. Returns 0 when something was tested and nothing failed."""
    if not (root / "tests").is_dir():
        raise UserError("The tests are in the clone of the project, and this is an installed copy.")
    options, paths = split(extra, root)
    stages = [only] if only else ["unit"] if fast else list(STAGES)
    if any(paths.values()):
        stages = [stage for stage in stages if paths[stage]]
    artifacts = root / "test-artifacts"
    artifacts.mkdir(exist_ok=True)
    total, begin, summary = Counts(), time.monotonic(), []
    for stage in stages:
        say(f"\n=== {stage} " + "=" * (68 - len(stage)))
        start = time.monotonic()
        counts = run_stage(stage, [*options], paths[stage], fast, root)
        summary.append(f"{stage:10} {counts}  in {seconds(time.monotonic() - start)}")
        total += counts
    say("\n=== summary " + "=" * 61)
    for line in summary:
        say(line)
    say(f"{'all':10} in {seconds(time.monotonic() - begin)}")
    ran = total.passed + total.failed
    if not ran:
        say("No test was run: look at the names and options given.")
    say(str(total))
    return 1 if total.failed or total.code or not ran else 0


def split(extra: Sequence[str], root: Path) -> tuple[list[str], dict[str, list[str]]]:
    """Options, and the paths by the stage they belong to ("tests/cards/test_x.py::test_y" is a path)."""
    options: list[str] = []
    paths: dict[str, list[str]] = {stage: [] for stage in STAGES}
    for word in extra:
        name = word.split("::")[0]
        place = next((p for p in (Path(name).resolve(), (root / name).resolve()) if p.exists()), None)
        if word.startswith("-") or place is None or not place.is_relative_to(root):
            options.append(word)
        elif place.suffix == ".ipynb" or place.is_relative_to(root / "notebooks"):
            paths["notebooks"].append(word)
        elif place.is_relative_to(root / "tests" / "browser"):
            paths["browser"].append(word)
        else:
            paths["unit"].append(word)
    return options, paths


def command(stage: str, options: Sequence[str], paths: Sequence[str], fast: bool, root: Path) -> list[str]:
    """The pytest command of a stage."""
    start = [sys.executable, "-m", "pytest", f"--junitxml={root / 'test-artifacts' / f'junit-{stage}.xml'}"]
    alone = any(re.match(r"-n(\d+|auto)?$|--numprocesses|--pdb$|-s$", word) for word in options)
    workers = [] if alone else ["-n", "2"]
    files = [*workers, *(["--dist", "loadfile"] if workers else [])]  # tests of a file share a kernel or a page
    if stage == "unit":
        # nbval's import alone takes as long as a third of these tests.
        quick = ["-m", "not slow"] if fast and "-m" not in options else []
        return [*start, "-p", "no:nbval", *workers, *quick, "--ignore=tests/browser", *options, *(paths or ["tests"])]
    if stage == "notebooks":
        lessons = paths or [str(p.relative_to(root)) for p in lessons_in(root)]
        return [*start, *NBVAL, *files, *options, *lessons]
    return [*start, "-p", "no:nbval", *files, *options, *(paths or ["tests/browser"])]


def lessons_in(root: Path) -> list[Path]:
    """Every notebook of the course, in reading order."""
    found = (root / "notebooks").rglob("*.ipynb")
    return sorted(p for p in found if ".ipynb_checkpoints" not in p.parts)


def run_stage(stage: str, options: Sequence[str], paths: Sequence[str], fast: bool, root: Path) -> Counts:
    """Run one stage in a world of its own."""
    if stage == "notebooks" and not lessons_in(root):
        say("no notebooks yet")
        return Counts()
    if stage == "browser":
        if not any((root / "tests" / "browser").glob("**/test_*.py")):
            say("no browser tests yet")
            return Counts()
        if world.find_chromium() is None:
            say("SKIPPED: no Chromium or Chrome on this machine. Debian: apt install chromium; or set COURSE_BROWSER.")
            return Counts(skipped=1)
    junit = root / "test-artifacts" / f"junit-{stage}.xml"
    junit.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="course-test-", ignore_cleanup_errors=True) as folder:
        cache = Path(os.environ.get("COURSE_CACHE_DIR") or root / "test-artifacts" / "cache")
        env = world.environment(Path(folder), cache)
        code = subprocess.call(command(stage, options, paths, fast, root), cwd=root, env=env)
    counts = read_junit(junit)
    counts.code = 0 if code == NOTHING else code
    if code not in (0, NOTHING) and not counts.failed:
        counts.failed = 1  # a stage that broke off before it could count
    return counts


def read_junit(path: Path) -> Counts:
    """Counts of a JUnit file; none when there is no such file."""
    counts = Counts()
    try:
        suites = list(ElementTree.parse(path).getroot().iter("testsuite"))
    except (OSError, ElementTree.ParseError):
        return counts
    for suite in suites:
        number = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
        failed = number["failures"] + number["errors"]
        counts += Counts(number["tests"] - failed - number["skipped"], failed, number["skipped"])
    return counts
