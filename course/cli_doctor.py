"""``python3 -m course doctor``: what is installed, what is missing, and what to do about each."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from course import __version__, paths
from course.bootstrap import dependencies, layout, stamp, start
from course.bootstrap.console import say
from course.bootstrap.dependencies import LESSONS, TESTS
from course.bootstrap.errors import command


class Line(NamedTuple):
    """One thing looked at. `todo` says what to do; a line without it needs nothing."""

    what: str
    found: str
    todo: str = ""


def run() -> int:
    """Print the report. Returns 1 when something needs care."""
    say(f"medical-coding-course {__version__}")
    if _is_new():
        say(f"Not set up yet: run {command()}")
        return 1
    care = 0
    for part in (_python, _environment, _packages, _settings, _codes, _progress, _tests, _disk):
        for line in _guarded(part):
            care += bool(line.todo)
            say(f"  {'!!' if line.todo else 'ok'}  {line.what:24} {line.found}")
            if line.todo:
                say(f"      {'':24} -> {line.todo}")
    say(f"{care} thing(s) need care." if care else "All is well.")
    return 1 if care else 0


def _is_new() -> bool:
    """Whether nothing was set up yet, so that there is nothing to look at."""
    there = not layout.is_clone() or layout.environment_folder().exists()
    return not there and not all(f.ok for f in dependencies.found(LESSONS))


def _guarded(part: Callable[[], Iterator[Line]]) -> Iterator[Line]:
    """A part that breaks is itself a finding: the doctor always finishes."""
    try:
        yield from part()
    except Exception as problem:
        what = f"{type(problem).__name__}: {problem}".splitlines()[0][:160]
        yield Line(part.__name__.strip("_"), what, command("setup --again") + "; if it stays, ask with this line")


def _python() -> Iterator[Line]:
    yield Line("Python", f"{sys.version.split()[0]} ({sys.executable})")


def _environment() -> Iterator[Line]:
    if not layout.is_clone():
        yield Line("environment", f"{sys.prefix} (an installed copy, without notebooks)")
        return
    folder = layout.environment_folder()
    if start.is_inside(folder):
        note = stamp.read(folder)
        current = stamp.is_current(folder, note.get("level", LESSONS))
        text = f"{folder} (by {note.get('installer', 'hand')}, for {note.get('level', LESSONS)})"
        yield Line("environment", text, "" if current else "not up to date: " + command("setup"))
    elif start.active_has(LESSONS):
        yield Line("environment", f"{sys.prefix} (your own, used as it is)")
    elif folder.exists():
        yield Line("environment", f"{folder} does not run", command("setup --again"))
    else:
        yield Line("environment", "not set up yet", command())


def _packages() -> Iterator[Line]:
    if not layout.is_clone():
        return  # what an installed copy needs, its installer has seen to
    pins = dependencies.pinned(layout.ROOT / layout.LOCK)
    for f in dependencies.found(LESSONS):
        tested = " or ".join(pins.get(dependencies.normal(f.need.name), ["?"]))
        text = f"{f.version or 'none'} (wanted {f.need.range}, tested with {tested})"
        yield Line(f"  {f.need.name}", text, "" if f.ok else command("setup"))


def _settings() -> Iterator[Line]:
    from course.cli_lab import settings_state

    state = settings_state()
    todo = {
        "current": "",
        "outdated": command("setup --again"),
        "missing": f"start JupyterLab by `{command()}`, or install the project: pip install --no-deps -e .",
    }
    yield Line("JupyterLab settings", state, todo[state])


def _codes() -> Iterator[Line]:
    try:
        from course.codesets import icd10cm
    except ImportError as problem:
        yield Line("ICD-10-CM", f"cannot be opened ({problem})", command("setup"))
        return
    yield Line("edition in force", f"FY{icd10cm.edition_on(paths.today())} on {paths.today():%d %B %Y}")
    for edition in icd10cm.editions():
        if not any(paths.cache_dir().glob(f"icd10cm-{edition}-*.sqlite")):
            yield Line(f"ICD-10-CM FY{edition}", "not prepared yet (done when first used, a few seconds)")
            continue
        try:
            codes = icd10cm.open_edition(edition)
        except Exception as problem:
            yield Line(f"ICD-10-CM FY{edition}", str(problem).splitlines()[0], command("setup --again"))
            continue
        warning = getattr(codes, "warning", None)
        text = f"{codes.count():,} billable codes"
        yield Line(f"ICD-10-CM FY{edition}", text, str(warning).splitlines()[0] if warning else "")
    from course.codesets.icd10cm import alphabetic

    yield Line("official index", alphabetic.summary() or "not loaded (not needed; `codes use FILE` loads it)")
    yield Line("code sets are kept in", str(paths.cache_dir()))


def _progress() -> Iterator[Line]:
    folder = paths.user_dir()
    place = folder
    while not place.exists():
        place = place.parent
    todo = "" if os.access(place, os.W_OK) else f"make {place} writable, or set COURSE_USER_DIR to a folder of yours"
    yield Line("progress is kept in", str(folder) + ("" if folder.exists() else " (made with the first answer)"), todo)
    if folder.exists() and not todo:
        from course.learner.store import open_store

        warning = open_store().warning
        if warning:
            yield Line("progress", warning.splitlines()[0], "your answers: " + command("progress show"))


def _tests() -> Iterator[Line]:
    if not layout.is_clone():
        return
    from course.testing.world import find_chromium

    lacking = [f.need.name for f in dependencies.found(TESTS) if not f.ok]
    state = "installed" if not lacking else f"not installed (only for tests: {command('setup --tests')})"
    yield Line("packages for tests", state)
    yield Line("browser for tests", find_chromium() or "none (browser tests are skipped)")


def _disk() -> Iterator[Line]:
    for what, folder in (("the course", layout.ROOT), ("progress", paths.user_dir())):
        place: Path = folder
        while not place.exists():
            place = place.parent
        free = shutil.disk_usage(place).free
        todo = "" if free > 200 * 10**6 else "free some room: with a full disk answers cannot be kept"
        yield Line(f"disk space, {what}", f"{free / 10**9:.1f} GB free", todo)
