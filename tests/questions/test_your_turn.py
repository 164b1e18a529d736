"""Your turn: what a cell gave is told right or not, a slip meets its reason, an author is told what is amiss."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import course
from course.grading.verdict import Outcome, Verdict
from course.labor import frames
from course.questions.bank import check_bank, load_item
from course.questions.kinds import check, solution, static_html, view, your_turn
from tests.questions.conftest import FIXTURES

RISE = load_item("90-kinds/prices-since-2020", FIXTURES)
MEDIAN = load_item("90-kinds/one-median", FIXTURES)


def taken(item: your_turn.Model, code: str) -> Verdict:
    """The verdict on what a learner's code makes beside the lines of the notebook."""
    mine = frames.run(code, item.tables, item.setup or "")
    return check(item, your_turn.response(item, mine))


def messages(verdict: Verdict) -> str:
    return " | ".join([verdict.headline, *(part.message for part in verdict.parts)])


@pytest.mark.parametrize("item", [RISE, MEDIAN], ids=lambda one: one.slug)
def test_the_answer_is_right_and_each_slip_meets_its_reason(item: your_turn.Model):
    verdict = taken(item, item.answer)
    assert verdict.outcome is Outcome.CORRECT and verdict.headline.startswith("Yes")
    for slip in item.slips:
        verdict = taken(item, slip.code)
        assert verdict.outcome is Outcome.INCORRECT and verdict.parts[0].message == slip.why
        assert verdict.parts[1].mark == "note" and "ours is" in verdict.parts[1].message


def test_another_way_to_write_it_is_as_good():
    code = """
rows = [(int(y), float(x)) for y, x in zip(since["year"], since[may])]
mine = pd.DataFrame({"rise_percent": [round(100 * (x / rows[0][1] - 1), 3) for _, x in rows], "note": "a",
                     "year": [y for y, _ in rows]}, index=list("abcdef"))
"""
    verdict = taken(RISE, code)
    assert verdict.outcome is Outcome.CORRECT and "Also there, and harmless: `note`." in messages(verdict)
    assert "6 rows, 3 columns" in messages(verdict)


def test_columns_of_the_given_lines_and_of_the_answer_are_not_noted():
    more = "mine = mine.assign(index=5)"
    plain = RISE.answer.replace('.filter(["year", "rise_percent"])', '.filter(["year", may, "rise_percent"])')
    assert RISE.answer != plain and not taken(RISE, plain).parts[1:]
    assert "harmless: `index`." in messages(taken(RISE, f"{plain}\n{more}"))
    wide = made(RISE, columns=["rise_percent"])
    assert not taken(wide, RISE.answer).parts[1:]


def test_the_number_of_another_row_is_named():
    code = MEDIAN.answer.replace("29-2072", "31-9092")
    verdict = taken(MEDIAN, code)
    assert verdict.parts[0].message == "That is the number of another row: Medical Assistants, 31-9092, 2024."
    assert verdict.parts[1].mark == "note" and verdict.parts[1].message.startswith("Yours is")
    for other in ("mine = 5", "mine = 'a'", code.replace("median", "mean"), "mine = True"):
        assert "another row" not in messages(taken(MEDIAN, other))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (RISE.starter, "This is still the line you were given."),
        (
            "mine = since[[may, 'year']].sort_index(ascending=False).iloc[::-1]",
            "This is still the line you were given.",
        ),
        ("mine = ...", "Nothing is assigned to `mine` yet."),
        ("mine = None", "Nothing is assigned to `mine` yet."),
    ],
)
def test_what_was_not_attempted_counts_for_nothing(code: str, said: str):
    verdict = taken(RISE, code)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.headline.startswith(said) and verdict.invalid is None


def test_dots_are_what_a_starter_may_leave():
    assert taken(MEDIAN, MEDIAN.starter).headline.startswith("Nothing is assigned")
    assert taken(MEDIAN, "mine = 5").outcome is Outcome.INCORRECT


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("mine = since.median", "Put parentheses behind its name"),
        ("mine = since.groupby('year')", "groups without a result"),
        ("mine = pd.col('year') * 2", "`mine` is a column without its table."),
        ("mine = {'year': 2020}", "`mine` is a dict"),
    ],
)
def test_what_cannot_be_compared_is_unreadable_and_not_wrong(code: str, said: str):
    verdict = taken(RISE, code)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and said in (verdict.invalid or "")


def test_a_failed_cell_is_told_as_it_was_said():
    verdict = check(RISE, {"is": "error", "headline": "Line 1: There is no column `yeer`."})
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.headline == "Line 1: There is no column `yeer`."
    assert check(RISE, {"is": "error"}).headline == "The cell stopped before its end."


@pytest.mark.parametrize(
    "raw",
    [
        {"is": "table"}, {"is": "table", "columns": ["a"], "rows": [[1, 2]], "count": 1},
        {"is": "table", "columns": ["a"], "rows": [[1]], "count": 2}, {"is": "series", "values": [{}], "count": 1},
        {"is": "table", "columns": [1], "rows": [], "count": 0}, {"is": "number", "value": float("nan")},
        {"is": "number", "value": 10**30}, {"is": "list", "values": 5, "count": 5}, {"is": "frame"}, {"is": ["table"]},
        {"is": "table", "columns": ["a"], "rows": [], "count": True}, {"is": "list", "values": [1], "count": None},
    ],
)  # fmt: skip
def test_a_kept_answer_that_somebody_changed_is_unreadable(raw: Any):
    assert check(RISE, raw).outcome is Outcome.NOT_ATTEMPTED and check(RISE, raw).invalid


def test_the_card_gives_the_starter_back_and_the_solution_its_lines():
    assert view(RISE)["starter"] == RISE.starter
    shown = solution(RISE)["html"]
    assert "<pre><code>base = since.loc[since[&quot;year&quot;]" in shown and "\nmine = since.assign(" in shown
    assert "<pre>mine = since.filter([&quot;year&quot;, may])</pre>" in static_html(RISE)
    assert "press Shift+Enter" in static_html(RISE)


def made(item: your_turn.Model = RISE, **changes: Any) -> your_turn.Model:
    return your_turn.Model.model_validate(item.model_dump(mode="json") | changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tables": {"cpi": "cpy"}}, "is 'cpy', which is no table of data/labor"),
        ({"tables": {"if": "cpi"}}, "is a word of Python itself"),
        ({"answer": "mine = ("}, "is not Python: '(' was never closed (its line 1)"),
        ({"answer": "x = 1"}, "assigns no `mine`"),
        ({"starter": "mine == 1"}, "assigns no `mine`"),
        ({"setup": "1 +"}, "is not Python"),
        ({"columns": ["a", "a"]}, "names a column twice"),
    ],
)
def test_an_item_that_cannot_work_is_refused(changes: dict[str, Any], said: str):
    with pytest.raises(ValidationError, match="faults|") as caught:
        made(**changes)
    assert said in str(caught.value)


SLIP = {"code": "mine = since", "why": "So."}


@pytest.mark.parametrize(
    ("changes", "path", "said"),
    [
        ({"answer": "mine = nothing"}, ("answer",), "fails: NameError: name 'nothing' is not defined"),
        ({"starter": RISE.answer}, ("starter",), "makes the same as `answer`"),
        ({"slips": [{"code": RISE.answer, "why": "So."}, SLIP]}, ("slips", 0, "code"), "makes the same as `answer`"),
        ({"slips": [{"code": RISE.starter, "why": "So."}, SLIP]}, ("slips", 0, "code"), "makes the same as `starter`"),
        ({"slips": [SLIP, {"code": "mine = since.copy()", "why": "And."}]}, ("slips", 1, "code"), "same as slip 1"),
        ({"slips": [SLIP]}, ("slips",), "are fewer than two"),
        ({"columns": ["year", "rise"]}, ("columns", 1), "'rise' is no column of what `answer` makes"),
        ({"answer": "mine = 5.0"}, ("columns",), "are asked for, but `answer` makes no table"),
        ({"answer": "mine = print"}, ("answer",), "makes nothing that can be compared"),
        ({"answer": "mine = pd.concat([cpi] * 900).assign(rise_percent=1.5)"}, ("answer",), "more than can be kept"),
    ],
)  # fmt: skip
def test_what_check_complains_of(changes: dict[str, Any], path: tuple[str | int, ...], said: str):
    assert [(fault.path, fault.message) for fault in made(**changes).lints() if said in fault.message][0][0] == path


def test_a_sound_item_is_not_complained_of():
    assert list(RISE.lints()) == [] and list(MEDIAN.lints()) == []


def test_check_names_file_and_line(write: Callable[[str], Path]):
    source = (FIXTURES / "90-kinds.yaml").read_text(encoding="utf-8")
    head, items = source.split("\nitems:\n")
    own = "  - slug: prices" + items.split("  - slug: prices")[1].split("\n\n  - slug")[0]
    text = f"{head}\nitems:\n{own}\n".replace("topic: 90-kinds", "topic: 50-test")
    text = text.replace("mine = since.assign(rise_percent=100 * since[may].pct_change())", "mine = since.asign(x=1)")
    text = text.replace("level in percent of 2020", "level in percent of 2020, not 12345 or S99.99")
    (fault,) = [one for one in check_bank(write(text)) if "fails" in str(one)]
    line = 1 + text[: text.index("since.asign")].count("\n")
    assert fault.file == "50-test.yaml" and line - 1 <= fault.line <= line and "AttributeError" in fault.message


def test_numbers_of_a_program_are_no_codes():
    from course.questions import proof

    item = made(
        starter="mine = 12345",
        setup="x = 99213; may = since = cpi",
        slips=[{"code": "mine = 70450", "why": "Is 99215 so?"}],
    )
    assert [code for _, code in proof.services(item)] == ["99215"]


def test_a_program_that_is_mended_asks_anew_and_a_reason_does_not():
    assert made(within=1).content_version != RISE.content_version
    other = [{**slip.model_dump(), "why": "Look again."} for slip in RISE.slips]
    assert made(slips=other).content_version == RISE.content_version


def test_the_course_is_not_slower_to_import_for_it():
    import subprocess
    import sys

    code = "import sys, course.questions.kinds; print('pandas' in sys.modules, 'matplotlib' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.split() == ["False", "False"] and course.__version__
