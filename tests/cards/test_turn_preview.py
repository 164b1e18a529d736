"""The table in the card of a turn: decimals of a column, and which columns come first when it is wide."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from course.cards import esm

DECIMALS = [
    ([51560.9, 51888.22, 50250.0], 0),
    ([183278.55, 194720], 0),
    ([0.5277, 36.7, 9.81], 2),
    ([36.7, 9.8, 12.0], 1),
    ([256.394, 269.195], 2),
    ([2.001, 2.003], 3),
    ([1000.125, 1000.25], 1),
    ([12.3, 0.004], 3),
    ([0.123456, 0.5], 4),
    ([0.00012345, 0.000000001], 7),
    ([0.00012345, 0.0002], 7),
    ([1 / 3, 1 / 3 + 1e-12, 3.5], 4),
    ([100.5, 200.5], 1),
    ([51560.9, 51561.5], 1),
    ([5, 7, None], 0),
    ([5.0, "a"], 0),
    ([0, 0.0], 0),
    ([], 0),
    ([None, "a", True], 0),
]
WIDE = [f"a_long_name_{n}" for n in range(9)]
FEW = [
    (["year", "employment_jobs", "high_jobs"], [[2025, 194720, 2.5]], ["year", "high_jobs"], [0, 1, 2]),
    ([*WIDE, "year", "high_jobs"], [list(range(11))], ["year", "high_jobs"], [9, 10, 0, 1, 2, 3, 4, 5]),
    ([*WIDE, "high_jobs", "soc_code"], [[*range(10), "x"]], ["high_jobs"], [10, 9, 0, 1, 2, 3, 4, 5]),
    ([*WIDE[:5], "high_jobs", "kind"], [[*range(6), "x"]], ["high_jobs", "kind"], [6, 5, 0, 1, 2, 3, 4]),
    (WIDE, [list(range(9))], [], list(range(8))),
]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the functions of the card give, all in one run of Node.js."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    calls = f"""
console.log(JSON.stringify({{
  decimals: {json.dumps([values for values, _ in DECIMALS])}.map(decimals),
  few: {json.dumps([row[:3] for row in FEW])}.map((row) => few(...row)),
  shown: [written(51560.9, "usd", 0), written(9.8, "x", 2), written(2021, "year", 2), written(null, "x", 1)],
}}));"""
    file: Path = tmp_path_factory.mktemp("turn") / "preview.mjs"
    file.write_text(esm.bundle("kinds/your_turn.js") + calls, encoding="utf-8")
    done = subprocess.run([node, str(file)], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_column_has_one_number_of_decimals(ran: dict[str, Any]):
    for (values, right), given in zip(DECIMALS, ran["decimals"], strict=True):
        assert given == right, values
    assert ran["shown"] == ["51,561", "9.80", "2021", "NaN"]


def test_columns_that_are_asked_for_come_first_in_a_wide_table(ran: dict[str, Any]):
    for (columns, _, asked, right), given in zip(FEW, ran["few"], strict=True):
        assert given == right, (columns, asked)
