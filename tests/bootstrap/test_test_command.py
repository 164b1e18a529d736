"""The test command itself: stages, arguments, counts, and the exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.testing import run, world


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("tests/unit", "tests/browser", "notebooks"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\n", encoding="utf-8")
    (tmp_path / "tests" / "unit" / "test_one.py").write_text(
        "import pytest\ndef test_good(): pass\n@pytest.mark.slow\ndef test_slow(): pass\n"
        "def test_left_out(): pytest.skip('no')\n",
        encoding="utf-8",
    )
    return tmp_path


def closing(capfd: pytest.CaptureFixture[str]) -> str:
    return capfd.readouterr().out.splitlines()[-1]


def test_the_last_line_is_the_sum(project: Path, capfd: pytest.CaptureFixture[str]):
    assert run.run(only="unit", extra=["-n0"], root=project) == 0
    assert closing(capfd) == "2 passed, 0 failed, 1 skipped"


def test_fast_leaves_out_what_is_slow(project: Path, capfd: pytest.CaptureFixture[str]):
    assert run.run(fast=True, extra=["-n0"], root=project) == 0
    assert closing(capfd) == "1 passed, 0 failed, 1 skipped"


def test_a_failure_fails(project: Path, capfd: pytest.CaptureFixture[str]):
    (project / "tests" / "test_two.py").write_text("def test_bad(): assert 0\n", encoding="utf-8")
    assert run.run(only="unit", extra=["-n0"], root=project) == 1
    assert closing(capfd) == "2 passed, 1 failed, 1 skipped"


def test_a_stage_that_cannot_even_collect_fails(project: Path, capfd: pytest.CaptureFixture[str]):
    (project / "tests" / "test_two.py").write_text("import nothing_like_this\n", encoding="utf-8")
    assert run.run(only="unit", extra=["-n0"], root=project) == 1
    assert " 0 failed" not in closing(capfd)


def test_an_option_pytest_does_not_know_fails(project: Path, capfd: pytest.CaptureFixture[str]):
    assert run.run(only="unit", extra=["--no-such-option"], root=project) == 1


def test_no_test_is_not_a_success(project: Path, capfd: pytest.CaptureFixture[str]):
    assert run.run(only="unit", extra=["-n0", "-k", "nothing_is_called_this"], root=project) == 1
    said = capfd.readouterr().out
    assert "No test was run" in said and said.splitlines()[-1] == "0 passed, 0 failed, 0 skipped"


def test_no_browser_is_said_and_not_a_failure(
    project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    (project / "tests" / "browser" / "test_page.py").write_text("def test_page(): assert 0\n", encoding="utf-8")
    monkeypatch.setattr(world, "find_chromium", lambda: None)
    assert run.run(extra=["-n0"], root=project) == 0
    said = capfd.readouterr().out
    assert "SKIPPED: no Chromium" in said
    assert said.splitlines()[-1] == "2 passed, 0 failed, 2 skipped"


def test_paths_choose_the_stage(project: Path):
    (project / "notebooks" / "03-x.ipynb").write_text("{}", encoding="utf-8")
    (project / "tests" / "browser" / "test_page.py").touch()
    words = ["tests/unit/test_one.py::test_good", "notebooks/03-x.ipynb", "tests/browser/test_page.py"]
    options, paths = run.split(["-k", "unit", *words, "-x"], project)
    assert options == ["-k", "unit", "-x"]
    assert paths == {
        "unit": ["tests/unit/test_one.py::test_good"],
        "notebooks": ["notebooks/03-x.ipynb"],
        "browser": ["tests/browser/test_page.py"],
    }


def test_notebooks_run_strictly_two_at_a_time_with_the_kernel_lock(project: Path):
    (project / "notebooks" / ".ipynb_checkpoints").mkdir()
    for name in ("00-a.ipynb", "01-b.ipynb", ".ipynb_checkpoints/00-a-checkpoint.ipynb"):
        (project / "notebooks" / name).write_text("{}", encoding="utf-8")
    words = run.command("notebooks", [], [], False, project)
    assert "--nbval" in words and "--nbval-lax" not in words and "--nbval-current-env" in words
    assert words[words.index("-n") + 1] == "2" and words[words.index("--dist") + 1] == "loadfile"
    assert "course.testing.nbval_lock" in words and Path(words[words.index("--nbval-sanitize-with") + 1]).read_bytes()
    assert [Path(word).name for word in words if word.endswith(".ipynb")] == ["00-a.ipynb", "01-b.ipynb"]


def test_browser_tests_of_a_file_stay_together(project: Path):
    words = run.command("browser", [], [], False, project)
    assert words[words.index("-n") + 1] == "2" and words[words.index("--dist") + 1] == "loadfile"
    assert "-n" not in run.command("browser", ["-n0"], [], False, project)


def test_counts_of_a_file_that_is_not_there_are_none(tmp_path: Path):
    assert str(run.read_junit(tmp_path / "missing.xml")) == "0 passed, 0 failed, 0 skipped"


def test_the_world_is_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTHONSTARTUP", "mine.py")
    env = world.environment(tmp_path / "u", tmp_path / "c")
    assert env["COURSE_TODAY"] == world.TODAY and env["PYTHONHASHSEED"] == "0"
    assert env["COURSE_USER_DIR"] == str(tmp_path / "u") and "PYTHONSTARTUP" not in env


def test_a_browser_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    browser = tmp_path / "chrome"
    monkeypatch.setenv("COURSE_BROWSER", str(browser))
    assert world.find_chromium() is None
    browser.touch()
    assert world.find_chromium() == str(browser)
