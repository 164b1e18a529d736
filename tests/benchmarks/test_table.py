"""The table of measurements: bars, missing benchmarks, failures, the exit code."""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from benchmarks import table
from benchmarks.table import Row, limit, main, met, number, render


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> Any:
    """``modules(core=[rows])``: stands in for the real benchmarks."""

    def stand_in(**areas: Any) -> None:
        monkeypatch.setattr(table, "MODULES", {name: f"benchmarks.fake_{name}" for name in areas})
        for name, rows in areas.items():
            if rows is not None:
                module: Any = types.ModuleType(f"benchmarks.fake_{name}")
                module.rows = rows if callable(rows) else lambda rows=rows: rows
                monkeypatch.setitem(sys.modules, module.__name__, module)

    return stand_in


@pytest.mark.parametrize(
    ("bar", "bound"),
    [("<= 2 ms", ("<=", 2.0)), (">=75", (">=", 75.0)), ("\u2264 1,000", ("<=", 1000.0)), (3, ("<=", 3.0)), (None, None),
     ("fast", None), ("<= fast", None)],
)  # fmt: skip
def test_limit(bar: Any, bound: Any) -> None:
    assert limit(bar) == bound


def test_met() -> None:
    assert met(Row("a", "m", 2.0, "ms", "<= 2")) is True and met(Row("a", "m", 2.1, "ms", "<= 2")) is False
    assert met(Row("a", "m", 0.5, "", ">= 0.6")) is False and met(Row("a", "m", None, "", "<= 2")) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [(74879, "74,879"), (0.00421, "0.00421"), (3.14159, "3.14"), (1234.5, "1,234"), (0, "0"), (None, "-")],
)
def test_number(value: Any, text: str) -> None:
    assert number(value) == text


def test_a_full_table(modules: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    core = [("start", "import", 0.1, "s", "<= 0.15", "caf\u00e9: 2 s")]
    modules(core=core, search=[("search", "first ten", 80, "%", ">= 75", "")])
    assert main(["--json", str(tmp_path / "rows.json")]) == 0
    out = capsys.readouterr().out
    assert out.isascii() and "0 bar(s) missed, 2 met" in out
    data = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert [row["met"] for row in data["rows"]] == [True, True]


def test_a_missed_bar_fails(modules: Any, capsys: pytest.CaptureFixture[str]) -> None:
    modules(core=[("start", "import", 0.2, "s", "<= 0.15", "")])
    assert main([]) == 1 and "MISSED" in capsys.readouterr().out


def test_missing_and_broken_benchmarks_are_named(modules: Any, capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> Any:
        raise RuntimeError("no browser")

    modules(core=[("start", "import", 0.1, "s", None, "")], search=None, card=broken)
    assert main([]) == 1
    out = capsys.readouterr().out
    assert "benchmarks.fake_search is missing" in out
    assert "RuntimeError: no browser" in out and "1 benchmark(s) failed" in out


def test_arguments(modules: Any, capsys: pytest.CaptureFixture[str]) -> None:
    modules(core=[("start", "import", 0.1, "s", None, "")], search=None)
    assert main(["core"]) == 0 and "fake_search" not in capsys.readouterr().out
    assert main(["speed"]) == 2 and "there are: core, search" in capsys.readouterr().err
    assert main(["--help"]) == 0 and main(["--nonsense"]) == 2


def test_columns_line_up() -> None:
    lines = render([Row("a", "long measure", 1.0, "ms", "<= 2", "x"), Row("bb", "m", 22.5, "s")]).splitlines()
    assert lines[2].index("long measure") == lines[3].index("m") == lines[0].index("measure")
