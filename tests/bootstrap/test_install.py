"""What is run to fill an environment, how its lines are read, and what its failures say."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course.bootstrap import console, install, old_python
from course.bootstrap.dependencies import LESSONS
from course.bootstrap.errors import SetupError, explain, known


class Runner:
    """Records commands instead of running them; `fail` maps a word of a command to the output it fails with."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.fail: dict[str, str] = {}

    def run(self, command, on_line=lambda line: None, cwd=None) -> str:
        self.commands.append([str(word) for word in command])
        for word, output in self.fail.items():
            if word in self.commands[-1][:4]:
                raise install.Failed(output)
        return "somewhere"


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> Runner:
    fake = Runner()
    monkeypatch.setattr(install, "run", fake.run)
    return fake


@pytest.mark.parametrize("uv", [None, "/opt/uv"])
def test_every_package_is_pinned_and_hashed(clone: Path, runner: Runner, monkeypatch: pytest.MonkeyPatch, uv):
    monkeypatch.setattr(install, "find_uv", lambda: uv)
    assert install.fill(clone / ".venv", LESSONS, root=clone) == ("uv" if uv else "pip")
    (packages,) = [c for c in runner.commands if "-r" in c]
    assert {"--require-hashes", "--no-deps"} <= set(packages)
    assert str(clone / "requirements.lock") in packages
    (project,) = [c for c in runner.commands if "--editable" in c]
    assert {"--no-deps", "--no-build-isolation", str(clone)} <= set(project)
    assert any("compileall" in c for c in runner.commands)


def test_an_old_uv_gives_way_to_pip(clone: Path, runner: Runner, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(install, "find_uv", lambda: "uv")
    runner.fail = {"pip": "error: unexpected argument '--require-hashes' found"}
    real = runner.run

    def run(command, on_line=lambda line: None, cwd=None):
        if command[0] != "uv":
            runner.fail = {}
        return real(command, on_line, cwd)

    monkeypatch.setattr(install, "run", run)
    assert install.fill(clone / ".venv", LESSONS, root=clone) == "pip"


def test_no_network_is_not_tried_twice(clone: Path, runner: Runner, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(install, "find_uv", lambda: "uv")
    runner.fail = {"pip": "error: Failed to fetch: dns error"}
    with pytest.raises(SetupError, match="cannot be reached"):
        install.fill(clone / ".venv", LESSONS, root=clone)
    assert sum("-r" in c for c in runner.commands) == 1


def test_debian_without_venv_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else real(name))
    with pytest.raises(SetupError) as problem:
        install.make_environment(tmp_path, None)
    assert f"python3.{sys.version_info[1]}-venv" in problem.value.text()


def test_a_full_disk_is_told_before_anything_is_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=50 * 10**6))
    with pytest.raises(SetupError, match="50 MB free") as problem:
        install.check_space(tmp_path / "not" / "there" / "yet", LESSONS)
    assert str(tmp_path) in problem.value.text()


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("  cause: failed to write: There is not enough space on the disk. (os error 112)", "disk is full"),
        ("WARNING: Retrying ... NewConnectionError: Failed to establish a new connection: [Errno -3] Temporary "
         "failure in name resolution\nERROR: No matching distribution found for anyio==4.16.0", "cannot be reached"),
        ("ERROR: Could not find a version that satisfies the requirement x==1 (from versions: none)\n"
         "ERROR: No matching distribution found for x==1", "cannot be reached"),
        ("error: Failed to fetch: dns error: failed to lookup address information", "cannot be reached"),
        ("[Errno 11001] getaddrinfo failed", "cannot be reached"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))", "certificate"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one"),
        ("Tunnel connection failed: 407 Proxy Authentication Required", "proxy"),
        ("[WinError 5] Access is denied: 'C:\\\\course\\\\.venv\\\\Lib'", "could not be written"),
        ("[WinError 32] The process cannot access the file", "could not be written"),
        ("error: Microsoft Visual C++ 14.0 or greater is required.", "compiled"),
        ("ERROR: No matching distribution found for pandas==3.1.1", "no release for this Python"),
    ],
)  # fmt: skip
def test_failures_of_installers_are_explained(output: str, words: str):
    problem = explain(output, "installing the packages")
    assert known(output)
    assert words in problem.problem
    assert problem.advice and all(line.endswith(".") for line in problem.advice)


def test_a_failure_nobody_knows_shows_its_last_lines():
    problem = explain("one\n\ntwo\nthree\n", "installing the packages")
    assert {"one", "two", "three"} <= set(problem.advice)
    assert explain("", "x").advice


def test_pip_lines_become_a_count():
    stage = console.Stage(2, 4, "Packages")
    count = install.Count(4, stage)
    for line in (
        "Ignoring appnope: markers 'sys_platform == \"darwin\"' don't match your environment",
        "Collecting anyio==4.16.0 (from -r requirements.lock (line 1))",
        "  Using cached anyio-4.16.0-py3-none-any.whl",
        "Requirement already satisfied: attrs==26.1.0 in ./lib (26.1.0)",
    ):
        count.pip(line)
    assert stage.detail == "2 of 3, attrs"
    count.pip("Successfully installed anyio-4.16.0 attrs-26.1.0")
    assert stage.detail == "2 packages"


def test_uv_lines_become_a_count():
    stage = console.Stage(2, 4, "Packages")
    count = install.Count(4, stage)
    count.uv("Downloading pandas (12.1MiB)")
    assert stage.detail == "downloading pandas"
    count.uv("Installed 98 packages in 203ms")
    assert stage.detail == "98 packages"


def test_run_streams_lines_and_reports_failure(tmp_path: Path):
    lines: list[str] = []
    install.run([sys.executable, "-c", "print('a'); print('b')"], lines.append)
    assert lines == ["a", "b"]
    with pytest.raises(install.Failed) as problem:
        install.run([sys.executable, "-c", "import sys; print('why'); sys.exit(3)"])
    assert "why" in problem.value.output
    with pytest.raises(SetupError, match="cannot be started"):
        install.run([str(tmp_path / "no-such-program")])


def test_variables_that_mislead_an_installer_are_left_out(monkeypatch: pytest.MonkeyPatch):
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.setenv(name, "1")
    env = install.clean_environment()
    assert not {"PYTHONHOME", "PYTHONPATH", "PIP_USER", "PYTHONDONTWRITEBYTECODE"} & set(env)


def test_pip_can_be_asked_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "which", lambda name: "/opt/uv")
    assert install.find_uv() == "/opt/uv"
    monkeypatch.setenv("COURSE_INSTALLER", "pip")
    assert install.find_uv() is None


def test_an_old_python_is_told_politely():
    text = old_python.message((3, 8, 18), which=lambda name: name if name == "python3.12" else None)
    assert "3.11 or newer" in text and "this is Python 3.8" in text and "python3.12 -m course" in text
    assert "py -3.13" in old_python.message((3, 8), which=lambda name: None, windows=True)
    assert "python.org" in old_python.message((3, 10), which=lambda name: None, windows=False)


def test_progress_is_plain_ascii_also_on_a_windows_console():
    code = (
        "import time\nfrom course.bootstrap.console import Stage, prepare_streams, say\nprepare_streams()\n"
        "with Stage(1, 2, 'Packages') as s: s.detail = 'Anna \u017d\u2713'\nsay('C:/Kurs f\u00fcr \u0416')"
    )
    root = Path(install.__file__).parents[2]
    env = {**install.clean_environment(), "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=root, env=env)
    assert done.returncode == 0, done.stderr
    assert b"Packages" in done.stdout and b"f\xfcr" in done.stdout


@pytest.mark.parametrize(
    ("value", "text"), [(0.04, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.6, "1 min 0 s"), (125, "2 min 5 s")]
)
def test_durations_read_well(value: float, text: str):
    assert console.seconds(value) == text
