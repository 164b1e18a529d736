"""The commands about exams."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course import cli, cli_exam
from course.bootstrap import start
from course.bootstrap.errors import UserError
from course.exams import blueprint, blueprint_file


@pytest.fixture(autouse=True)
def inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the course's own environment were entered."""
    monkeypatch.setattr(start, "enter", lambda *_: None)


def test_check_tells_every_domain_in_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["exam", "check"]) == 0
    printed = capsys.readouterr().out
    lines = printed.splitlines()
    assert printed.isascii() and max(map(len, lines)) <= 79
    assert not [line for line in lines if line != line.rstrip()]
    for name in blueprint.names():
        plan = blueprint.load(name)
        assert any(line.startswith(f"{name} {plan.title}: {plan.items} questions") for line in lines)
        for cell in plan.cells:
            mark = "" if cell.confirmed else " *"
            assert any(line.startswith(f"  {cell.label}{mark} ") and f" {cell.count} " in line for line in lines)
    assert "CPC (" in printed.split("Can be filled")[1]


def test_check_says_exactly_what_is_short(capsys: pytest.CaptureFixture[str]) -> None:
    from course.exams.capacity import capacity

    found = {name: capacity(blueprint.load(name)) for name in blueprint.names()}
    cli_exam.check()
    printed = " ".join(capsys.readouterr().out.split())
    for name, one in found.items():
        if one.short:
            missing = "; ".join(f"{label} ({count})" for label, count in one.short.items())
            assert f"fills {one.fills} of the {one.total} questions. Missing: {missing}." in printed
            assert f"{name} ({one.fills} of {one.total} questions)" in printed.split("Cannot be filled yet")[1]
        else:
            assert f"{name} ({one.disjoint})" in printed.split("Can be filled")[1]
        for domain in blueprint.load(name).domains:
            assert not domain.lacks or f"Note: {domain.lacks}." in printed


def test_check_fails_for_a_faulty_blueprint_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in blueprint.names():
        shutil.copy(blueprint_file.exams_dir() / f"{name.lower()}.yaml", tmp_path)
    text = (tmp_path / "cic.yaml").read_text(encoding="utf-8").replace("count: 40", "count: 41")
    (tmp_path / "cic.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(blueprint_file, "exams_dir", lambda: tmp_path)
    assert cli.main(["exam", "check"]) == 1
    printed = capsys.readouterr().out
    assert "cic.yaml:" in printed and "add up to 48 items; the exam has 47" in printed and "1 problem(s)" in printed
    with pytest.raises(UserError, match="The blueprint of this exam is faulty") as told:
        cli.main(["exam", "print", "cic", "--out", str(tmp_path)])
    assert "add up to 48 items" in told.value.text()


def test_print_writes_three_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["exam", "print", "cpc", "--seed", "7", "--part", "1/10", "--out", str(tmp_path)]
    assert cli.main(words) == 0
    names = ["cpc-7-tenth-exam.html", "cpc-7-tenth-answer-sheet.html", "cpc-7-tenth-key.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    assert all(str(tmp_path / name) in capsys.readouterr().out for name in names[:1])
    with pytest.raises(UserError, match="already; nothing was written") as told:
        cli.main(words)
    assert "--replace" in told.value.text()
    (tmp_path / names[0]).write_text("old", encoding="utf-8")
    assert cli.main([*words, "--replace"]) == 0
    assert "<html" in (tmp_path / names[0]).read_text(encoding="utf-8")


def test_print_says_what_the_bank_cannot_fill(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from course.exams import assemble

    short = [name for name in blueprint.names() if assemble.form(blueprint.load(name), seed=1).short]
    for name in short:
        cli_exam.show(name, 1, "1", tmp_path, False)
        assert "The question bank is short of: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["cxc"], "There is no exam 'cxc' in this course."),
        (["cpc", "--part", "1/3"], "1/3 is not a part of an exam that can be drawn."),
        (["cpc", "--part", "1/10", "--out", "no/such/folder"], "There is no folder"),
    ],
)
def test_slips_are_told_in_a_sentence(words: list[str], said: str) -> None:
    with pytest.raises(UserError) as told:
        cli.main(["exam", "print", *words])
    assert told.value.text().startswith(said) and "\n  - " in told.value.text()
