"""The command line: every wrong argument gets a message, nothing shows a traceback."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from course import __main__ as entry
from course import cli, cli_content, cli_doctor, cli_lab
from course.bootstrap import dependencies, errors, layout, start
from course.bootstrap.errors import UserError


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As if the environment were there already, on a computer where the course was never opened."""
    monkeypatch.setenv("COURSE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("COURSE_USER_DIR", str(tmp_path / "user"))
    monkeypatch.setattr(start, "enter", lambda level, argv: None)
    monkeypatch.setattr(start, "enter_if_there", lambda argv: None)


@pytest.mark.parametrize(
    "argv",
    [["frobnicate"], ["--port"], ["--port", "abc"], ["--port", "80"], ["--port", "70000"], ["codes", "use"],
     ["progress", "export"], ["notebooks"], ["doctor", "--loud"], ["codes", "info", "extra"]],
)  # fmt: skip
def test_wrong_arguments_get_a_usage_line(argv: list[str], inside: None, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as end:
        cli.main(argv)
    assert end.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [["--help"], ["test", "--help"], ["progress", "import", "--help"], ["--version"]])
def test_help_and_version(argv: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as end:
        cli.main(argv)
    assert end.value.code == 0
    assert capsys.readouterr().out.strip()


def test_what_nobody_foresaw_is_a_message_and_a_file(
    inside: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    def broken(*args: object) -> int:
        raise RuntimeError("the moon is full")

    monkeypatch.setenv("COURSE_CACHE_DIR", str(tmp_path))
    monkeypatch.delenv(cli.DEBUG, raising=False)
    monkeypatch.setattr(cli_content, "check", broken)
    assert entry.main(["check"]) == 1
    said = capsys.readouterr().err
    assert "the moon is full" in said and "Traceback" not in said and "doctor" in said
    assert "Traceback" in (tmp_path / "last-problem.txt").read_text(encoding="utf-8")


def test_ctrl_c_is_a_sentence(inside: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_content, "check", interrupted)
    assert entry.main(["check"]) == 130
    assert "Stopped" in capsys.readouterr().err


@pytest.mark.parametrize("verb", [["codes", "use"], ["progress", "import"]])
def test_a_file_that_is_not_there(verb: list[str], inside: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for given in (tmp_path / "no such file.xml", tmp_path):
        assert entry.main([*verb, str(given)]) == 1
        said = capsys.readouterr().err
        assert given.name in said and "unexpected" not in said


def test_reset_without_a_person_wants_a_word(inside: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", open(os.devnull, encoding="utf-8"))
    with pytest.raises(UserError, match="set all your progress aside"):
        cli_content.progress_reset(sure=False)


def test_an_exported_file_is_never_overwritten(inside: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "progress.jsonl").write_text("precious", encoding="utf-8")
    assert entry.main(["progress", "export", str(tmp_path / "progress.jsonl")]) == 1
    assert "exists already" in capsys.readouterr().err  # it holds something else than this learner's progress
    assert (tmp_path / "progress.jsonl").read_text(encoding="utf-8") == "precious"


def test_progress_travels_by_one_file(inside: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "mine.jsonl"
    assert entry.main(["progress", "export", str(file)]) == 0
    assert entry.main(["progress", "import", str(file), "--dry"]) == 0
    assert entry.main(["progress", "import", str(file)]) == 0
    assert entry.main(["progress"]) == 0
    assert entry.main(["progress", "reset", "--yes"]) == 0
    file.write_text("not progress at all", encoding="utf-8")
    capsys.readouterr()
    assert entry.main(["progress", "import", str(file)]) == 1
    assert capsys.readouterr().err.startswith("Nothing was taken in: ")
    assert entry.main(["progress", "export", str(tmp_path / "no" / "such" / "folder.jsonl")]) == 1
    assert entry.main(["progress", "reset", "--undo"]) in (0, 1)
    said = capsys.readouterr()
    assert "unexpected" not in said.err and "Traceback" not in said.err


TOPIC = """\
topic: 50-test
title: Test
lesson: "03"
items:
  - slug: one
    kind: code_entry
    title: One
    stem: Code it.
    system: icd10cm
    answer: {codes: [KEY]}
    rationale: Not TEXT.
    objective: pass the test
    difficulty: 1
    domains: ["CPC: ICD-10-CM"]
    editions: [2026]
    hints: [look]
    sources: [{ref: Guidelines I.A, edition: FY2025, checked: 2026-01-01}]
"""


@pytest.mark.parametrize(
    ("key", "text", "line", "words"),
    [
        ("I10", "I11.0", 0, ""),
        ("I10.5", "I11.0", 10, "I10.5 is not a code"),
        ("J45", "I11.0", 10, "J45 is a heading, not billable"),
        ("I10", "J99.123", 11, "names J99.123, which is not a code"),
    ],
)
def test_check_asks_the_code_sets(
    key: str, text: str, line: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):  # fmt: skip
    from course.questions import bank

    monkeypatch.setattr(start, "enter", lambda level, argv: None)
    monkeypatch.setattr(bank, "questions_dir", lambda: tmp_path)
    topic = TOPIC.replace("KEY", key).replace("TEXT", text)
    (tmp_path / "50-test.yaml").write_text(topic, encoding="utf-8")
    assert entry.main(["check"]) == (1 if words else 0)
    said = capsys.readouterr().out
    if words:
        assert f"50-test.yaml:{line}: [one]" in said and words in said and "Mend " in said
        assert said.splitlines()[-1] == "1 problem(s)"
    else:
        assert said == "1 question, no problem found\n"


def test_check_lists_what_was_last_looked_at_long_ago(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    from course.questions import bank

    monkeypatch.setattr(start, "enter", lambda level, argv: None)
    monkeypatch.setattr(bank, "questions_dir", lambda: tmp_path)
    topic = TOPIC.replace("KEY", "I10").replace("TEXT", "I11.0")
    (tmp_path / "50-test.yaml").write_text(topic, encoding="utf-8")
    assert entry.main(["check", "--looked-at-before", "2020-01-01"]) == 0
    assert "looked at on 2020-01-01 or later" in capsys.readouterr().out
    assert entry.main(["check", "--looked-at-before", "2099-01-01"]) == 1
    said = capsys.readouterr().out
    assert "50-test/one" in said and "flash card law-" in said and "last looked at before 2099-01-01" in said
    assert entry.main(["check", "--looked-at-before", "yesterday"]) == 1
    assert "Write it as 2026-06-30" in capsys.readouterr().err


# ---- JupyterLab


@pytest.fixture
def lessons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / layout.FIRST_LESSON).write_text("{}", encoding="utf-8")
    monkeypatch.setattr(cli_lab.paths, "notebooks_dir", lambda: folder)
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    (tmp_path / "runtime").mkdir()
    return folder


def test_a_port_in_use_is_named(lessons: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not cli_lab.port_is_free(port)
        with pytest.raises(UserError, match=f"Port {port} is in use"):
            cli_lab.run(port=port, browser=False)
    assert cli_lab.port_is_free(port)


def test_without_lessons_there_is_nothing_to_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cli_lab.paths, "notebooks_dir", lambda: tmp_path)
    with pytest.raises(UserError, match="first lesson is not in"):
        cli_lab.run()


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.headers["Authorization"] == "token secret" else 403)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


def test_a_running_jupyterlab_is_used_again(
    lessons: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    opened: list[str] = []
    monkeypatch.setattr(cli_lab.webbrowser, "open", opened.append)
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        entry = {"root_dir": str(lessons), "url": url, "token": "secret"}
        runtime = tmp_path / "runtime"
        (runtime / "jpserver-1.json").write_text("{half a fil", encoding="utf-8")
        (runtime / "jpserver-2.json").write_text(json.dumps({**entry, "root_dir": str(tmp_path)}), encoding="utf-8")
        (runtime / "jpserver-3.json").write_text(json.dumps({**entry, "url": "http://127.0.0.1:9/"}), encoding="utf-8")
        (runtime / "jpserver-4.json").write_text(json.dumps(entry), encoding="utf-8")
        assert cli_lab.run() == 0
        server.shutdown()
    assert opened == [f"{url}lab/tree/{layout.FIRST_LESSON}?token=secret"]
    assert "running already" in capsys.readouterr().out
    assert cli_lab.running_server(lessons) is None  # its file is still there, but nobody answers


def test_a_foreign_environment_gets_the_settings_by_another_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cli_lab, "overrides_in", lambda prefix: tmp_path / "missing.json")
    monkeypatch.setenv("COURSE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/etc/their-own")
    cli_lab.use_settings()
    first, rest = os.environ["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert rest == "/etc/their-own"
    written = Path(first) / "labconfig" / "default_setting_overrides.json"
    assert json.loads(written.read_text(encoding="utf-8")) == json.loads(layout.OVERRIDES.read_text(encoding="utf-8"))
    assert cli_lab.settings_state() == "missing"


def test_jupyterlab_reads_the_settings_from_there(tmp_path: Path):
    """The other way of the test above, asked of the installed jupyterlab_server itself."""
    folder = tmp_path / "labconfig"
    folder.mkdir()
    (folder / "default_setting_overrides.json").write_bytes(layout.OVERRIDES.read_bytes())
    code = (
        "from jupyterlab_server.settings_utils import _get_overrides; import json; "
        "print(json.dumps(_get_overrides('nowhere')[0]))"
    )
    env = {**os.environ, "JUPYTER_CONFIG_PATH": str(tmp_path)}
    out = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True).stdout
    found = json.loads(out)
    assert found["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


def test_the_open_tabs_are_kept_apart_from_other_projects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("JUPYTERLAB_WORKSPACES_DIR", raising=False)
    monkeypatch.setenv("COURSE_USER_DIR", str(tmp_path / "user"))
    assert cli_lab.workspaces() == tmp_path / "user" / "jupyterlab-workspaces"
    assert cli_lab.workspaces().is_dir() and not any(cli_lab.workspaces().iterdir())
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("COURSE_USER_DIR", str(tmp_path / "file"))  # nothing can be made below a file
    elsewhere = cli_lab.workspaces()
    assert elsewhere.is_dir() and tmp_path not in elsewhere.parents
    elsewhere.rmdir()
    monkeypatch.setenv("JUPYTERLAB_WORKSPACES_DIR", str(tmp_path / "mine"))
    assert cli_lab.workspaces() == tmp_path / "mine"


def test_jupyterlab_is_told_where_to_keep_its_tabs(lessons: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from jupyterlab.labapp import LabApp

    class Enough(Exception):
        pass

    def initialize_server(argv: list[str]) -> None:
        raise Enough(argv)

    monkeypatch.delenv("JUPYTERLAB_WORKSPACES_DIR", raising=False)
    monkeypatch.setenv("COURSE_USER_DIR", str(tmp_path / "user"))
    monkeypatch.setattr(LabApp, "initialize_server", initialize_server)
    with pytest.raises(Enough) as told:
        cli_lab.serve(lessons, None, False)
    assert f"--LabApp.workspaces_dir={tmp_path / 'user' / 'jupyterlab-workspaces'}" in told.value.args[0]
    assert "workspaces_dir" in LabApp.class_trait_names()


# ---- words


def test_the_command_is_named_as_the_system_calls_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("course.bootstrap.errors.os.name", "posix")
    assert errors.command() == "python3 -m course" and errors.command("doctor") == "python3 -m course doctor"
    monkeypatch.setattr("course.bootstrap.errors.os.name", "nt")
    said = errors.command("progress reset --yes")
    monkeypatch.undo()
    assert said == "py -m course progress reset --yes"


def test_no_message_names_the_command_in_another_way():
    """Texts in the code name it by `command`; comments and docstrings may say it plainly."""
    found = []
    for path in (layout.ROOT / "course").rglob("*.py"):
        if path.name in ("old_python.py", "settings.py", "making.py", "schema.py", "notebooks_tool.py", "start.py"):
            continue  # read before there is a helper, by developers only, or naming both ways at once
        tree = ast.parse(path.read_text(encoding="utf-8"))
        plain = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in plain:
                if re.search(r"\bpy(thon3?)? -m course\b|\bcourse (progress|codes|doctor|setup) ", node.value):
                    found.append(f"{path.name}:{node.lineno} {node.value}")
    assert not found


def test_a_tool_that_is_not_there(inside: None, capsys: pytest.CaptureFixture[str]):
    for name in ("nosuch", ".", "nosuch.deeper"):
        assert entry.main(["tool", name]) == 1
        said = capsys.readouterr().err
        assert name in said and "pytest" in said and "No module named" not in said


def test_codes_diff_lists_changes_and_touched_questions(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.main(["codes", "diff", "2026", "2027"]) == 0
    out = capsys.readouterr().out
    for told in (
        "190 added:",
        "15 deleted:",
        "15 divided further",
        "I42.0 Dilated cardiomyopathy",
        "questions to read",
    ):
        assert told in out
    assert entry.main(["codes", "diff", "2026", "2027", "--brief"]) == 0
    assert "Dilated cardiomyopathy" not in capsys.readouterr().out


def test_codes_diff_fails_on_a_question_that_went_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from course.questions import stale

    gone = stale.Touched("90-new/one", "I42.0", "in the key is divided further now", "must")
    monkeypatch.setattr(stale, "items", lambda *_: [gone])
    assert entry.main(["codes", "diff", "2026", "2027", "--brief"]) == 1
    assert "1 question wrong in FY2027 as written:\n  90-new/one: I42.0" in capsys.readouterr().out


@pytest.mark.parametrize(("years", "said"), [(["2027", "2027"], "same edition"), (["2026", "1999"], "does not hold")])
def test_codes_diff_of_nothing(years: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.main(["codes", "diff", *years]) != 0
    assert said in "".join(capsys.readouterr())


def test_codes_says_what_they_are_from(
    inside: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    from course.codesets import icd10cm
    from course.codesets.icd10cm import alphabetic

    class Codes:
        label, basis = "ICD-10-CM FY2026", "those of the official file mine.xml that you added."

        def count(self) -> int:
            return 3

    monkeypatch.setattr(icd10cm, "open_edition", lambda edition, on_progress: Codes())
    assert entry.main(["codes"]) == 0
    said = capsys.readouterr().out
    assert "mine.xml that you added" in said and "Official indexes: none loaded" in said
    monkeypatch.setattr(alphabetic, "summary", lambda: "Index FY2027 (9 terms)")
    assert entry.main(["codes"]) == 0
    assert "Official indexes: Index FY2027 (9 terms)" in capsys.readouterr().out


@pytest.mark.parametrize("start_of", ["<ICD10CM.tabular><version>2028", "<ICD10CM.index><version>2028"])
def test_a_file_cut_short_is_named(start_of: str, inside: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "trunc.xml").write_text(start_of, encoding="utf-8")
    assert entry.main(["codes", "use", str(tmp_path / "trunc.xml")]) == 1
    assert "trunc.xml" in capsys.readouterr().err


def test_the_end_of_input_is_no_yes(inside: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for typed, code in (("", 1), ("no\n", 1), ("yes\n", 0)):
        monkeypatch.setattr("sys.stdin", Terminal(typed))
        assert entry.main(["progress", "reset"]) == code
        assert "Type yes" in capsys.readouterr().out


# ---- doctor


def test_before_the_set_up_the_doctor_has_one_thing_to_say(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    need = dependencies.Need("anywidget", ">=0.9,<1", "")
    monkeypatch.setattr(dependencies, "found", lambda level: [dependencies.Found(need, None)])
    monkeypatch.setattr(layout, "environment_folder", lambda: tmp_path / "none")
    assert cli_doctor.run() == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 2 and said[1] == f"Not set up yet: run {errors.command()}"


def test_the_doctor_always_finishes_and_every_trouble_has_advice(
    inside: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def broken():
        raise OSError("the wires are loose")
        yield

    monkeypatch.setattr(cli_doctor, "_disk", broken)
    assert cli_doctor.run() == 1
    lines = capsys.readouterr().out.splitlines()
    (at,) = [n for n, line in enumerate(lines) if "the wires are loose" in line]
    assert lines[at].lstrip().startswith("!!") and "->" in lines[at + 1]
    assert "need care" in lines[-1]


def test_the_doctor_reports_what_the_issue_asks_for(inside: None, capsys: pytest.CaptureFixture[str]):
    cli_doctor.run()
    said = capsys.readouterr().out
    assert "not prepared yet" in said
    for word in ("Python", "jupyterlab", "JupyterLab settings", "edition in force", "FY2027", "progress is kept in",
                 "browser for tests", "disk space"):  # fmt: skip
        assert word in said
    assert "tested with 1.5.0" in said


def test_the_doctor_names_a_package_that_is_missing(inside: None, monkeypatch: pytest.MonkeyPatch):
    from course.bootstrap import dependencies

    need = dependencies.Need("anywidget", ">=0.9,<1", "")
    monkeypatch.setattr(dependencies, "found", lambda level: [dependencies.Found(need, None)])
    (line,) = cli_doctor._packages()
    assert "none (wanted >=0.9,<1" in line.found and "setup" in line.todo


def test_the_doctor_says_when_progress_cannot_be_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("COURSE_USER_DIR", str(tmp_path / "user"))
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    line = next(cli_doctor._progress())
    assert "writable" in line.todo
