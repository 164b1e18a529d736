"""Fill an environment with the pinned packages, by uv where it is installed and by pip otherwise."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Callable, Dict, List, Optional, Sequence

from course.bootstrap import layout
from course.bootstrap.console import Stage
from course.bootstrap.dependencies import TESTS
from course.bootstrap.errors import SetupError, explain, known

#: Free space asked for before anything is downloaded, in bytes (measured: 430 MB of packages, 640 MB with the tests').
SPACE_NEEDED = {"lessons": 900 * 10**6, "tests": 1200 * 10**6}

#: Test suites inside packages are never imported by a lesson: leaving them out halves the time of compiling.
_NOT_COMPILED = r"[/\\](tests?|testing|_pytest|mypy|playwright|hypothesis)[/\\]"


def find_uv() -> Optional[str]:
    """The uv on PATH, unless COURSE_INSTALLER=pip asks for pip."""
    return None if os.environ.get("COURSE_INSTALLER") == "pip" else shutil.which("uv")


def clean_environment() -> Dict[str, str]:
    """The process environment without what would send an installer or an interpreter elsewhere."""
    env = dict(os.environ)
    for name in ("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PIP_TARGET", "PIP_USER", "PIP_PREFIX",
                 "PIP_REQUIRE_VIRTUALENV", "VIRTUAL_ENV", "CONDA_PREFIX", "UV_PROJECT_ENVIRONMENT",
                 "__PYVENV_LAUNCHER__"):  # fmt: skip
        env.pop(name, None)
    env["PYTHONIOENCODING"] = "utf-8:backslashreplace"
    env["PYTHONUTF8"] = "1"
    return env


class Failed(Exception):
    """A command that did not end with 0; `output` is all it printed."""

    def __init__(self, output: str) -> None:
        super().__init__(output[-2000:])
        self.output = output


def run(command: Sequence[str], on_line: Callable[[str], None] = lambda line: None, cwd: Optional[Path] = None) -> str:
    """Run `command`, hand each line it prints to `on_line`, return it all. Failed; SetupError if it cannot start."""
    lines: List[str] = []
    try:
        process = subprocess.Popen(
            list(command), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            encoding="utf-8", errors="replace", env=clean_environment(), cwd=str(cwd) if cwd else None,
        )  # fmt: skip
    except OSError as problem:
        raise SetupError("{} cannot be started: {}".format(command[0], problem)) from None
    with process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                lines.append(line)
                on_line(line.rstrip())
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise Failed("".join(lines))
    return "".join(lines)


def check_space(folder: Path, level: str) -> None:
    """SetupError when the disk that will hold `folder` has too little room."""
    place = folder
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(str(place)).free
    if free < SPACE_NEEDED[level]:
        raise SetupError(
            "the disk has {} MB free, and the set-up needs {} MB.".format(free // 10**6, SPACE_NEEDED[level] // 10**6),
            "Free some room (empty the bin, remove old downloads) on the disk that holds {}.".format(place),
            "Then run the same command again.",
        )


def make_environment(folder: Path, uv: Optional[str]) -> None:
    """Make a virtual environment in `folder` (which exists) for the Python that is running."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    if uv:
        run([uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(folder)])
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        version = "{}.{}".format(*sys.version_info[:2])
        raise SetupError(
            "this Python has no venv module (Debian and Ubuntu keep it in a package of its own).",
            "Run: sudo apt install python{}-venv      (or python3-venv)".format(version),
            "Or install uv, which needs neither. Then run the same command again.",
        )
    run([base, "-m", "venv", str(folder)])


def has_pip(environment: Path) -> bool:
    """Whether pip is in `environment` (uv makes environments without it)."""
    try:
        run([str(layout.python_in(environment)), "-m", "pip", "--version"])
    except Failed:
        return False
    return True


def install_packages(environment: Path, level: str, uv: Optional[str], stage: Stage, root: Path = layout.ROOT) -> None:
    """Install every pinned package of `level`; hashes are checked, nothing else is resolved."""
    lock = root / (layout.LOCK_TEST if level == TESTS else layout.LOCK)
    python = str(layout.python_in(environment))
    count = Count(sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if re.match(r"\S+==", line)), stage)
    if uv:
        options = ["--python", python, "--no-deps", "--require-hashes", "-r", str(lock)]
        run([uv, "pip", "install", *options], count.uv, root)
        return
    run(
        [python, "-m", "pip", "install", "--no-deps", "--require-hashes", "--no-input", "--no-compile",
         "--disable-pip-version-check", "--no-warn-script-location", "--progress-bar", "off", "-r", str(lock)],
        count.pip, root,
    )  # fmt: skip


class Count:
    """Reads the lines of an installer and keeps the detail of a stage up to date ("34 of 98, pandas")."""

    def __init__(self, total: int, stage: Stage) -> None:
        self.total, self.stage, self.seen = total, stage, 0

    def pip(self, line: str) -> None:
        if line.startswith("Ignoring "):  # pinned for another system or Python
            self.total -= 1
        elif line.startswith(("Collecting ", "Requirement already satisfied: ")):
            self.seen += 1
            name = re.split(r"[=<>;( ]", re.sub(r"^.*?(Collecting|satisfied:) ", "", line))[0]
            self.stage.detail = "{} of {}, {}".format(self.seen, self.total, name)
        elif line.startswith("Installing collected packages"):
            self.stage.detail = "{} downloaded, unpacking".format(self.seen)
        elif line.startswith("Successfully installed"):
            self.stage.detail = "{} packages".format(len(line.split()) - 2)

    def uv(self, line: str) -> None:
        match = re.match(r"(Resolved|Prepared|Installed|Audited) (\d+) packages?", line.strip())
        if match:
            self.stage.detail = "{} packages".format(match[2])
        elif line.strip().startswith("Downloading "):
            self.stage.detail = "downloading " + line.split()[1]


def install_project(environment: Path, uv: Optional[str], root: Path = layout.ROOT) -> None:
    """Install the clone itself, editable: the name ``course``, its command, and its JupyterLab settings."""
    python = str(layout.python_in(environment))
    start = [uv, "pip", "install", "--python", python] if uv else [python, "-m", "pip", "install", "--no-input"]
    start += ["--quiet"] if uv else ["--quiet", "--disable-pip-version-check", "--no-warn-script-location"]
    run([*start, "--no-deps", "--no-build-isolation", "--editable", str(root)])


def compile_packages(environment: Path) -> None:
    """Byte-compile once: without it the first lesson would import two to three times slower. Never fails a set-up."""
    python = str(layout.python_in(environment))
    where = run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).strip()
    try:
        run([python, "-m", "compileall", "-q", "-j", "0", "-x", _NOT_COMPILED, where])
    except Failed:
        pass  # a file of another Python version inside some package: it is not imported either


def fill(environment: Path, level: str, make: bool = True, root: Path = layout.ROOT) -> str:
    """Make (with `make`) and fill `environment`; stages are printed. Returns "uv" or "pip"; SetupError."""
    uv = find_uv()
    try:
        with Stage(1, 4, "Environment"):
            if make or not (uv or has_pip(environment)):
                make_environment(environment, uv)
        with Stage(2, 4, "Packages") as stage:
            try:
                install_packages(environment, level, uv, stage, root)
            except Failed as problem:
                # An old uv may not know an option: pip knows them all. A network or disk that fails, fails for both.
                if uv is None or known(problem.output) or importlib.util.find_spec("ensurepip") is None:
                    raise
                uv = None
                make_environment(environment, uv)
                install_packages(environment, level, uv, stage, root)
        with Stage(3, 4, "The course itself"):
            install_project(environment, uv, root)
        with Stage(4, 4, "Preparing a quick start"):
            compile_packages(environment)
    except Failed as problem:
        raise explain(problem.output, "installing the packages") from None
    return "uv" if uv else "pip"
