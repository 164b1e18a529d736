"""The cells in which a turn is taken: the starter word for word, beside the variables that its question computes with.

Lines are compared as Python reads them: comments, quotation marks and line ends of a notebook are its own.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.questions.bank import sound_items
from course.questions.kinds import your_turn
from course.testing.run import lessons_in

LESSONS = lessons_in(Path(__file__).resolve().parents[2])
TURNS = {item.id: item for item in sound_items() if item.kind == "your_turn"}
CALL = re.compile(r"course\.turn\(\s*[\"']([^\"']+)[\"']")

Cell = tuple[str, dict[str, object]]


def code_cells(path: Path) -> list[Cell]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [("".join(one["source"]), one["metadata"]) for one in cells if one["cell_type"] == "code"]


def statements(source: str) -> Iterator[tuple[frozenset[str], str]]:
    """The variables that each statement makes or changes, with the statement as Python reads it."""
    for node in ast.parse(source).body:
        targets = [
            one for inner in ast.walk(node) for one in getattr(inner, "targets", [getattr(inner, "target", None)])
        ]
        names = {one.id for target in targets if target for one in ast.walk(target) if isinstance(one, ast.Name)}
        names |= {node.name} if isinstance(node, ast.FunctionDef) else set()
        yield frozenset(names), ast.unparse(node)


def needed(item: your_turn.Model) -> dict[str, str]:
    """Variable -> the last statement that makes or changes it before the learner's lines."""
    reads = "\n".join(f'{name} = pd.read_csv(course.labor.file("{table}"))' for name, table in item.tables.items())
    return {name: text for names, text in statements(f"{reads}\n{item.setup or ''}") for name in names}


def faults(cells: list[Cell], turns: dict[str, your_turn.Model]) -> list[str]:
    """What does not fit, of all turns of a page."""
    found, made = [], {}
    for source, metadata in cells:
        for question_id in CALL.findall(source):
            item = turns.get(question_id)
            if item is None:
                found.append(f"{question_id}: there is no such turn")
                continue
            comment, _, rest = source.strip().partition("\n")
            if not re.match(r"# \w", comment):
                found.append(f"{question_id}: its cell begins with no comment that says what to do")
            if rest != f'{item.starter.strip()}\ncourse.turn("{question_id}", mine)':
                found.append(f"{question_id}: its cell does not hold the starter word for word")
            if "jupyter" in metadata:
                found.append(f"{question_id}: its cell is folded away")
            for name, text in needed(item).items():
                if made.get(name) != text:
                    found.append(f"{question_id}: `{name}` is made by {made.get(name)!r} above it, not by {text!r}")
        for names, text in statements(re.sub(r"(?m)^%.*$", "", source)):
            made |= dict.fromkeys(names, text)
    return found


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_turns_of_a_page_stand_as_their_questions_say(path: Path):
    found = faults(code_cells(path), TURNS)
    assert not found, "\n".join(found)


def test_every_turn_is_taken_once_on_the_page_of_its_lesson():
    asked = [(path.name[:2], one) for path in LESSONS for source, _ in code_cells(path) for one in CALL.findall(source)]
    assert sorted(asked) == sorted((item.lesson, item.id) for item in TURNS.values())


ITEM = your_turn.Model.model_construct(
    tables={"cpi": "cpi"}, setup='late = cpi.query("year > 2020")', starter="mine = late", answer="mine = cpi"
)
READ = 'import course\ncpi = pd.read_csv(course.labor.file("cpi"))  # prices'
TURN = '# Your turn: do it\nmine = late\ncourse.turn("a/b", mine)'


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([READ, "late = cpi.query('year > 2020')", TURN, "late = 5"], ""),
        ([READ, "late = cpi.query('year > 2021')", TURN], "`late` is made by"),
        ([READ, "late = cpi.query('year > 2020')", "late['x'] = 1", TURN], "`late` is made by \"late['x'] = 1\""),
        ([READ, TURN, "late = cpi.query('year > 2020')"], "`late` is made by None"),
        (
            ["cpi = pd.read_csv(course.labor.file('cpi')).tail()", "late = cpi.query('year > 2020')", TURN],
            "`cpi` is made",
        ),
        ([READ, "late = cpi.query('year > 2020')", TURN.replace("= late", "=  late")], "word for word"),
        ([READ, "late = cpi.query('year > 2020')", TURN.replace("# Your turn: do it", "x = 1")], "no comment"),
        ([TURN.replace("a/b", "a/c")], "there is no such turn"),
    ],
)
def test_what_does_not_fit_is_named(cells: list[str], said: str):
    found = faults([(source, {}) for source in cells], {"a/b": ITEM})
    assert (said in "\n".join(found)) if said else found == []


def test_a_cell_that_is_folded_away_is_named():
    found = faults([(TURN, {"jupyter": {"source_hidden": True}})], {"a/b": ITEM})
    assert any("folded away" in one for one in found)
