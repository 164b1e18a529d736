"""Finding, making, repairing and updating the environment, with the installer replaced by a fake."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from course.bootstrap import install, layout, stamp, start
from course.bootstrap.dependencies import LESSONS, TESTS
from course.bootstrap.errors import SetupError


class Installer:
    """Stands in for uv and pip: makes an environment without packages, or fails as told."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, bool]] = []
        self.problem: SetupError | BaseException | None = None
        self.interrupted = False  # half way: the interpreter is there, the packages are not

    def fill(self, environment: Path, level: str, make: bool = True, root: Path = layout.ROOT) -> str:
        self.calls.append((level, make))
        if self.problem:
            raise self.problem
        if make:
            subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
        if self.interrupted:
            raise KeyboardInterrupt
        return "fake"


@pytest.fixture
def installer(monkeypatch: pytest.MonkeyPatch) -> Installer:
    fake = Installer()
    monkeypatch.setattr(install, "fill", fake.fill)
    monkeypatch.setattr(install, "check_space", lambda folder, level: None)
    return fake


def test_a_fresh_clone_is_set_up_once(clone: Path, installer: Installer, capsys: pytest.CaptureFixture[str]):
    environment = layout.environment_folder(clone)
    assert environment == clone / ".venv"
    start.ensure(environment, LESSONS, clone)
    assert "Setting up the course" in capsys.readouterr().out
    assert stamp.read(environment)["state"] == "done"
    start.ensure(environment, LESSONS, clone)
    assert installer.calls == [(LESSONS, True)]
    assert capsys.readouterr().out == ""


def test_tests_are_added_and_then_serve_both(clone: Path, installer: Installer):
    environment = clone / ".venv"
    start.ensure(environment, LESSONS, clone)
    start.ensure(environment, TESTS, clone)
    start.ensure(environment, LESSONS, clone)
    assert installer.calls == [(LESSONS, True), (TESTS, False)]


@pytest.mark.parametrize("name", ["pyproject.toml", layout.LOCK])
def test_a_changed_lock_or_project_is_brought_up_to_date(clone: Path, installer: Installer, name: str):
    environment = clone / ".venv"
    start.ensure(environment, LESSONS, clone)
    with open(clone / name, "a", encoding="utf-8") as file:
        file.write("# changed\n")
    start.ensure(environment, LESSONS, clone)
    assert installer.calls == [(LESSONS, True), (LESSONS, False)]


def test_a_moved_clone_is_brought_up_to_date(clone: Path, installer: Installer):
    start.ensure(clone / ".venv", LESSONS, clone)
    moved = clone.rename(clone.with_name("elsewhere"))
    start.ensure(moved / ".venv", LESSONS, moved)
    assert len(installer.calls) == 2


def test_an_update_that_fails_leaves_the_learner_with_what_works(
    clone: Path, installer: Installer, capsys: pytest.CaptureFixture[str]
):
    environment = clone / ".venv"
    start.ensure(environment, LESSONS, clone)
    (clone / layout.LOCK).write_text("alpha==1.1\n", encoding="utf-8")
    installer.problem = SetupError("the package index cannot be reached.")
    start.ensure(environment, LESSONS, clone)
    assert "starts with the packages it has" in capsys.readouterr().out
    assert start.health(environment)
    installer.problem = None
    start.ensure(environment, LESSONS, clone)  # and is tried again, in place
    assert installer.calls[-1] == (LESSONS, False)
    assert stamp.is_current(environment, LESSONS, clone)


def test_tests_do_not_run_on_an_update_that_failed(clone: Path, installer: Installer):
    environment = clone / ".venv"
    start.ensure(environment, LESSONS, clone)
    installer.problem = SetupError("the package index cannot be reached.")
    with pytest.raises(SetupError):
        start.ensure(environment, TESTS, clone)


def test_an_interrupted_set_up_is_made_again(clone: Path, installer: Installer, capsys: pytest.CaptureFixture[str]):
    environment = clone / ".venv"
    installer.interrupted = True
    with pytest.raises(KeyboardInterrupt):
        start.ensure(environment, LESSONS, clone)
    assert start.health(environment)
    (environment / "half-a-package").mkdir()
    installer.interrupted = False
    start.ensure(environment, LESSONS, clone)
    assert "did not finish" in capsys.readouterr().out
    assert not (environment / "half-a-package").exists()
    assert stamp.is_current(environment, LESSONS, clone)


def test_an_environment_whose_python_is_gone_is_made_again(clone: Path, installer: Installer):
    environment = clone / ".venv"
    start.ensure(environment, LESSONS, clone)
    python = layout.python_in(environment)
    python.unlink()
    start.ensure(environment, LESSONS, clone)
    assert python.exists()
    assert [make for _, make in installer.calls] == [True, True]


def test_somebody_elses_healthy_venv_is_filled_and_not_removed(clone: Path, installer: Installer):
    environment = clone / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    (environment / "mine.txt").write_text("mine", encoding="utf-8")
    start.ensure(environment, LESSONS, clone)
    assert (environment / "mine.txt").exists()


def test_a_folder_that_is_no_environment_is_left_alone(clone: Path, installer: Installer):
    folder = clone / ".venv"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(SetupError, match="not a Python environment"):
        start.ensure(folder, LESSONS, clone)
    assert (folder / "thesis.txt").exists()
    assert installer.calls == []


def test_a_note_that_cannot_be_read_means_not_set_up(clone: Path):
    environment = clone / ".venv"
    environment.mkdir()
    for text in ("{half", "[1]", ""):
        (environment / stamp.NAME).write_text(text, encoding="utf-8")
        assert stamp.read(environment) == {}
        assert not stamp.is_current(environment, LESSONS, clone)


def test_a_read_only_clone_uses_the_learners_folder(clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(layout, "is_writable", lambda folder: False)
    environment = layout.environment_folder(clone)
    assert environment.is_relative_to(tmp_path / "user")
    other = layout.environment_folder(clone.parent / "another clone")
    assert environment != other


def test_a_read_only_clone_says_where_the_environment_goes(
    clone: Path, installer: Installer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(layout, "is_writable", lambda folder: False)
    environment = layout.environment_folder(clone)
    start.ensure(environment, LESSONS, clone)
    assert str(environment) in capsys.readouterr().out
    assert stamp.is_current(environment, LESSONS, clone)


def test_a_place_that_cannot_be_written_is_named(clone: Path, installer: Installer):
    (clone / "user").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(SetupError, match="cannot be written"):
        start.ensure(clone / "user" / "environment", LESSONS, clone)


def test_the_jump_does_not_loop(clone: Path, installer: Installer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(start._JUMPED, "1")
    with pytest.raises(SetupError, match="does not start"):
        start.enter(LESSONS, [], clone)


def test_the_jump_runs_the_same_command_inside(clone: Path, installer: Installer, monkeypatch: pytest.MonkeyPatch):
    jumps: list[list[str]] = []
    monkeypatch.setattr(start, "jump", lambda environment, arguments: jumps.append([environment.name, *arguments]))
    monkeypatch.delenv(start._JUMPED, raising=False)
    start.enter(LESSONS, ["--port", "9000"], clone)
    assert jumps == [[".venv", "--port", "9000"]]


def test_an_installed_copy_sets_nothing_up(tmp_path: Path, installer: Installer):
    start.enter(LESSONS, [], tmp_path)
    assert installer.calls == []


def test_two_windows_set_up_once(clone: Path, installer: Installer):
    """The second, which waited for the lock, finds the work done."""
    import threading

    environment = clone / ".venv"
    threads = [threading.Thread(target=start.ensure, args=(environment, LESSONS, clone)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(installer.calls) == 1


def test_the_stamp_follows_the_interpreter(clone: Path, installer: Installer):
    environment = clone / ".venv"
    start.ensure(environment, LESSONS, clone)
    config = environment / "pyvenv.cfg"
    config.write_text(config.read_text(encoding="utf-8").replace("version", "version_info"), encoding="utf-8")
    text = json.dumps(stamp.read(environment))
    config.write_text("home = /gone\nversion = 3.11.0\n", encoding="utf-8")
    assert not stamp.is_current(environment, LESSONS, clone)
    assert "fingerprint" in text


@pytest.mark.parametrize("windows", [True, False])
def test_scripts_on_windows_and_bin_elsewhere(tmp_path: Path, windows: bool):
    python = layout.python_in(tmp_path, windows=windows)
    assert python.parent.name == ("Scripts" if windows else "bin")


def test_conda_on_windows_keeps_python_at_the_top(tmp_path: Path):
    (tmp_path / "python.exe").touch()
    assert layout.python_in(tmp_path, windows=True) == tmp_path / "python.exe"


@pytest.mark.parametrize(
    ("platform", "env", "expected"),
    [
        ("win32", {"LOCALAPPDATA": "local"}, Path("local") / layout.APP),
        ("linux", {"XDG_DATA_HOME": "xdg"}, Path("xdg") / layout.APP),
        ("darwin", {}, Path.home() / "Library" / "Application Support" / layout.APP),
        ("linux", {}, Path.home() / ".local" / "share" / layout.APP),
        ("win32", {"COURSE_USER_DIR": "here"}, Path("here")),
    ],
)
def test_the_learners_folder_on_each_system(platform: str, env: dict[str, str], expected: Path):
    assert layout.user_data_folder(platform, env) == expected


def test_the_learners_folder_is_the_one_platformdirs_names(monkeypatch: pytest.MonkeyPatch):
    from course import paths

    monkeypatch.delenv("COURSE_USER_DIR")
    assert layout.user_data_folder() == paths.user_dir()
    assert layout.APP == paths.APP


def test_an_active_environment_with_everything_is_used_as_it_is(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    from course.bootstrap import dependencies

    monkeypatch.undo()
    monkeypatch.setattr(start.sys, "prefix", str(clone / "theirs"))
    need = dependencies.Need("alpha", ">=1,<2", "")
    monkeypatch.setattr(dependencies, "found", lambda level, root: [dependencies.Found(need, "1.4")])
    assert start.active_has(LESSONS, clone)
    monkeypatch.setattr(dependencies, "found", lambda level, root: [dependencies.Found(need, "2.0")])
    assert not start.active_has(LESSONS, clone)
    assert "lacks alpha" in capsys.readouterr().out


def test_the_python_of_the_system_is_never_filled_or_used(clone: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.undo()
    monkeypatch.setattr(start.sys, "prefix", start.sys.base_prefix)
    if (Path(sys.base_prefix) / "conda-meta").is_dir():
        pytest.skip("this Python is conda's")
    assert not start.active_has(LESSONS, clone)
