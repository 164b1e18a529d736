"""``course.turn``: the verdict in the card, the errors of a cell in plain words, other cells as IPython shows them."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

import course
from course import notebooks_tool
from course.cards import face, turn, turn_errors, turn_words
from course.cards.panels import NoticeCard
from course.cards.question_card import QuestionCard
from course.cards.widget import WIDGET
from course.learner.store import shared_store
from course.questions import bank
from course.questions.kinds import your_turn

FIXTURES = Path(__file__).resolve().parents[1] / "questions" / "fixtures"
RISE = "90-kinds/prices-since-2020"
LAST = f'\ncourse.turn("{RISE}", mine)'

pytestmark = pytest.mark.usefixtures("user_dir")


@pytest.fixture(autouse=True)
def own_bank(monkeypatch: pytest.MonkeyPatch) -> None:
    """The questions of the fixtures in place of the course's own."""
    monkeypatch.setattr(bank, "load_item", functools.partial(bank.load_item, folder=FIXTURES))


@pytest.fixture
def item() -> your_turn.Model:
    return bank.load_item(RISE)


@pytest.fixture
def names(item: your_turn.Model) -> dict[str, Any]:
    """The variables of the notebook above the turn."""
    space: dict[str, Any] = {"pd": pd, "course": course, "cpi": course.labor.table("cpi"), "__name__": "__main__"}
    exec(item.setup, space)
    return space


def made(code: str, names: dict[str, Any]) -> Any:
    exec(code, names)
    return names["mine"]


def stored(card: Any) -> dict[str, str]:
    return {key: value for key, value in card._repr_mimebundle_()[0].items() if key != WIDGET}


def test_the_line_that_was_given_is_not_an_answer(item: your_turn.Model, names: dict[str, Any]):
    card = course.turn(RISE, made(item.starter, names))
    assert isinstance(card, QuestionCard) and card.state["verdict"]["outcome"] == "not_attempted"
    assert card.state["verdict"]["headline"] == your_turn.UNCHANGED and shared_store().attempts() == []
    assert card.state["response"]["count"] == 6


def test_an_answer_is_kept_once_and_stands_there_again(item: your_turn.Model, names: dict[str, Any]):
    for _ in range(2):
        card = course.turn(RISE, made(item.answer, names))
        assert card.state["verdict"]["outcome"] == "correct" and card.state["saved"] == "saved"
    (attempt,) = shared_store().attempts()
    assert attempt.kind == "your_turn" and attempt.response["columns"] == ["year", "rise_percent"]
    assert course.turn(RISE, made(item.slips[0].code, names)).state["attempt_no"] == 2
    assert course.turn(RISE, made(item.starter, names)).state["attempt_no"] == 2


def test_what_is_stored_never_changes(item: your_turn.Model, names: dict[str, Any]):
    before = stored(course.turn(RISE, made(item.starter, names)))
    after = [stored(course.turn(RISE, made(item.answer, names))), stored(course.turn(RISE)), stored(course.ask(RISE))]
    assert after == [before] * 3 and before["text/plain"] == f"<QuestionCard {RISE}>"
    assert "press Shift+Enter" in before["text/html"] and item.starter.split("[")[0] in before["text/html"]


def test_hints_and_the_solution_come_as_on_every_card(item: your_turn.Model, names: dict[str, Any]):
    card = course.turn(RISE, made(item.starter, names))
    card.handle({"verb": "hint", "response": card.state["response"], "seq": "1"})
    card.handle({"verb": "solution", "response": card.state["response"], "seq": "2"})
    assert len(card.state["hints"]) == 1 and "<pre><code>" in card.state["solution"]["html"]
    assert "rise_percent=100" not in json.dumps(course.turn(RISE, made(item.starter, names)).view)


@pytest.mark.parametrize("wrong", ["90-kinds/prices", "", None, 7, "a/b"])
def test_an_unknown_turn_is_told_and_not_raised(wrong: Any):
    assert isinstance(course.turn(wrong, 5), NoticeCard)
    assert "is answered on its card" in course.turn("90-kinds/buckle", 5).view["title"]


def test_a_fault_of_ours_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(your_turn, "response", lambda *_: 1 / 0)
    notice = course.turn(RISE, 5)
    assert isinstance(notice, NoticeCard) and "ZeroDivisionError" in notice.view["lines"][0]


# ---- errors in plain words


@pytest.mark.parametrize(
    ("code", "what", "tip"),
    [
        ("mine = sinse", "Line 1: There is no variable called `sinse`.", "Did you mean `since`?"),
        ("x = 1\nmine = pq.foo()", "Line 2: There is no variable called `pq`.", "Run All Above"),
        ("mine = since[year]", "Line 1: `year` is a column, not a variable.", '`"year"`'),
        ("mine = true", "`true` is not a word of Python.", "Write `True`."),
        ('mine = since["yeer"]', "There is no column `yeer` in this table.", "Did you mean `year`?"),
        ('mine = since[["yeer", may]]', "There is no column `yeer` in this table.", "Did you mean `year`?"),
        ('mine = since[["yeer", "xx"]]', "There are no columns `yeer` or `xx`", "`year`?"),
        ('mine = since.drop(columns="yeer")', "There is no column `yeer`", "`year`?"),
        ('mine = since.assign(x=pd.col("yeer") * 2)', "There is no column `yeer`", "`year`?"),
        ('mine = since["zzz"]', "There is no column `zzz`", "The columns are: `year`, "),
        ("mine = since[0]", "There is no column or row called 0.", "quotation marks"),
        ('mine = since.query("yer > 2020")', "In the query, `yer` is not a column.", "Did you mean `year`?"),
        ("mine = since.meen()", "`.meen` is nothing that a table has.", "`mean`"),
        ('mine = since["year"].meen()', "`.meen` is nothing that a column has.", "`mean`"),
        ('mine = course.labor.tabel("cpi")', "`.tabel` is nothing that this package has.", "`table`"),
        ('mine = course.labor.file("cpj")', "There is no table 'cpj'; there are: cpi", turn_errors.UNDO),
        ("mine = None.year", "what stands before the dot is `None`", turn_errors.UNDO),
        ("mine = since.rename(colums={})", "`rename` has no setting called `colums=`.", "Did you mean `columns=`?"),
        ("mine = since.head[5]", "Square brackets stand behind a method.", "`.head(5)`"),
        ("mine = since['year'] + 'a'", "Text and numbers do not add up.", "quotation marks"),
        ("mine = since[since['year'] > 1 and since['year'] < 2]", "joined by signs", "`&` for and"),
        ("mine = since.merge(since.assign(year=1), on='year', validate='1:1')", "more than one row", "`validate=`"),
        ("mine = since.merge(since.astype({'year': 'str'}), on='year')", "hold different things", "`.dtypes`"),
        ("mine = since.assign(x=[1, 2])", "as many values as the table has rows", "same table"),
        ("mine = since.iloc[99]", "There are fewer rows than this number.", "counted from 0"),
        ("mine = 1 / 0", "Here something is divided by zero.", turn_errors.UNDO),
        ("raise RuntimeWarning", "Line 1: Python stopped with a RuntimeWarning.", turn_errors.UNDO),
        ("mine = since.sum(", "Python cannot read this line: a bracket is opened and not closed.", "Each ( needs"),
        ("x = 2\nmine = 'a", "Line 2: Python cannot read this line: a quotation mark is missing.", "same mark"),
        ("mine = [1 2]", "a comma seems to be missing", "commas"),
        ("if x = 1: pass", "a single = stands where two are needed", "=="),
        ("  x = 1", "it does not begin where it should", "left edge"),
        ("mine = 50usd", "a number and a name stand together", "50_000"),
        ("mine = 1 +", "Line 1: Python cannot read this line.", "Compare it with the line"),
    ],
)
def test_an_error_in_plain_words(names: dict[str, Any], code: str, what: str, tip: str):
    source = code + LAST
    try:
        exec(compile(source, "<cell>", "exec"), names)
    except Exception as error:
        told = turn_errors.explained(error, source, names)
    assert what in told["headline"] and any(tip in one for one in told["tips"]), told
    assert told["tips"][-1] == turn_errors.UNDO and told["said"].split(":")[0].isidentifier()
    assert told["code"] == (source.splitlines()[told["line"] - 1].strip() if told["line"] else "")
    assert len(told["headline"]) < 300 and "incorrect" not in told["headline"]


def test_no_error_is_too_odd_to_be_told(names: dict[str, Any]):
    class Odd(KeyError):
        def __str__(self) -> str:
            raise RuntimeError

    for error in (Odd(Odd()), KeyError(), NameError(), AttributeError(), SyntaxError(), KeyError(None), Odd()):
        told = turn_errors.explained(error, "mine = 1", names)
        assert told["headline"] and told["line"] == 0


def test_every_pattern_has_words():
    for rows in (turn_words.SYNTAX, turn_words.TYPE, turn_words.VALUE):
        assert all(len(row) == 3 and all(row) and row[2][-1] in ".:`" for row in rows)


# ---- in IPython


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, names: dict[str, Any]) -> Iterator[Callable[[str], Any]]:
    """``shell(source)``: (result, cards that were displayed, whether IPython showed a traceback)."""
    InteractiveShell.clear_instance()
    one = InteractiveShell.instance()
    one.user_ns.update({name: value for name, value in names.items() if name != "__name__"})
    cards: list[Any] = []
    tracebacks: list[Any] = []
    monkeypatch.setattr("IPython.display.display", cards.append)
    monkeypatch.setattr(one, "_showtraceback", lambda *args: tracebacks.append(args))
    assert turn.install(one) and not turn.install(one)

    def run(source: str) -> Any:
        cards.clear()
        tracebacks.clear()
        result = one.run_cell(source)
        return result, list(cards), bool(tracebacks)

    run.shell = one  # type: ignore[attr-defined]
    yield run
    InteractiveShell.clear_instance()


@pytest.mark.parametrize("code", ["mine = sinse", "mine = (since", "  mine = 1\n x", "x = 1\nmine = since.year.zz"])
def test_a_cell_with_a_turn_shows_the_card_and_run_all_goes_on(shell: Callable[[str], Any], code: str):
    result, cards, traceback = shell(code + LAST)
    assert result.success and not traceback
    (card,) = cards
    assert card.label == RISE and card.state["response"]["is"] == "error"
    assert card.state["verdict"]["headline"] == card.state["response"]["headline"]
    assert shared_store().attempts() == []


@pytest.mark.parametrize(
    ("line", "word"), [("my_state = TX", "TX"), ('my_state = "TX', "quotation mark"), ("1 / 0", "zero")]
)
def test_a_cell_to_change_has_its_error_told_too(shell: Callable[[str], Any], line: str, word: str):
    """Lesson 16 asks for the own state between quotation marks; without them it was a traceback."""
    source = f"# Your state between the quotation marks; then press Shift+Enter twice\n{line}"
    result, cards, traceback = shell(source)
    assert result.success and not traceback
    (card,) = cards
    assert card.view["face"] == "notice" and word in card.view["title"] and "Line 2" in card.view["title"]
    assert line in card.view["lines"] and "`" not in "".join(card.view["lines"])


@pytest.mark.parametrize("code", ["1 / 0", "mine = (", "# course.turn(\n1 / 0", "%%time\n1/0"])
def test_other_cells_keep_the_traceback(shell: Callable[[str], Any], code: str):
    shell("mine = sinse" + LAST)
    result, cards, traceback = shell(code)
    assert not result.success and traceback and cards == []


def test_what_another_tool_set_for_exceptions_comes_back(shell: Callable[[str], Any]):
    seen: list[str] = []
    shell.shell.set_custom_exc((ZeroDivisionError,), lambda *args, **kwargs: seen.append("theirs"))  # type: ignore[attr-defined]
    assert len(shell("mine = 1 / 0" + LAST)[1]) == 1 and seen == []
    shell("1 / 0")
    assert seen == ["theirs"]


def test_a_card_that_fails_leaves_the_traceback(shell: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turn, "failed", lambda *_: 1 / 0)
    result, _, traceback = shell("mine = sinse" + LAST)
    assert traceback and not result.success


def test_mine_of_an_earlier_cell_is_not_taken(shell: Callable[[str], Any]):
    assert shell("mine = since" + LAST)[0].result.state["verdict"]["outcome"] == "incorrect"
    card = shell("result = since" + LAST)[0].result
    assert card.state["verdict"]["headline"] == "This cell makes no `mine`."
    for code in ("mine: int = 5", "mine = 5\nmine += 1", "since['a'] = 1\nmine = since", "mine, other = 5, 6"):
        assert shell(code + LAST)[0].result.state["verdict"]["outcome"] == "incorrect", code


# ---- in a real kernel, and in the lesson


def test_in_a_real_kernel(tmp_path: Path, item: your_turn.Model):
    first = f"""import functools, pathlib, sys
sys.path.insert(0, {str(FIXTURES.parents[2])!r})
from course.questions import bank
bank.load_item = functools.partial(bank.load_item, folder=pathlib.Path({str(FIXTURES)!r}))
import pandas as pd
import course
course.turn("{RISE}")
cpi = pd.read_csv(course.labor.file("cpi"))
{item.setup}"""
    codes = [first, item.starter + LAST, "mine = sinse" + LAST, "mine = (" + LAST, item.answer + LAST, "1 / 0"]
    cells = [nbformat.v4.new_code_cell(code) for code in codes]
    cells[-1].metadata["tags"] = ["raises-exception"]
    book = nbformat.v4.new_notebook(cells=cells)
    assert notebooks_tool.execute(book, tmp_path) == ""
    states = book.metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    outputs = [output for cell in cells[1:-1] for output in cell.outputs]
    said = [states[output["data"][WIDGET]["model_id"]]["state"]["state"]["verdict"]["headline"] for output in outputs]
    assert said == [
        your_turn.UNCHANGED,
        "Line 1: There is no variable called `sinse`.",
        "Line 1: Python cannot read this line: a bracket is opened and not closed.",
        "Yes, that is what was asked for.",
    ]
    assert cells[-1].outputs[0]["ename"] == "ZeroDivisionError"


def test_a_lesson_on_wages_names_its_figures_and_opens_no_code_set(monkeypatch: pytest.MonkeyPatch):
    shown: list[Any] = []
    monkeypatch.setattr(face, "_display", shown.append)
    monkeypatch.setattr(face.icd10cm, "open_edition", lambda *_, **__: 1 / 0)
    monkeypatch.setattr(face.lessons, "titles", lambda: {"15": "Employment", "16": "Salaries"})
    years = course.labor.table("wages_national")["year"]
    for lesson in ("15", 16):
        assert course.lesson(lesson) is None
        assert shown.pop().state["edition"] == f"Figures: BLS OEWS, May {years.min()} to May {years.max()}"


def test_a_checkpoint_draws_no_turns(monkeypatch: pytest.MonkeyPatch):
    items = bank.load_topic("90-kinds", FIXTURES).items
    monkeypatch.setattr(face.lessons, "items_of", lambda _: list(items))
    monkeypatch.setattr(face.generators, "GENERATORS", {})
    drawn = course.checkpoint("03").candidates(1)
    assert {one.id for one in drawn} == {one.id for one in items if one.kind != "your_turn"}


def test_a_turn_on_the_page_is_asked_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    cells = [{"cell_type": "code", "source": f"mine = 1{LAST}"}, {"cell_type": "code", "source": 'course.ask("03/a")'}]
    (tmp_path / "15-jobs.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    monkeypatch.setattr(face.lessons.paths, "notebooks_dir", lambda: tmp_path)
    for function in (face.lessons._pages, face.lessons.asked):
        function.cache_clear()
    try:
        assert face.lessons.asked("15") == {RISE, "03/a"}
    finally:
        for function in (face.lessons._pages, face.lessons.asked):
            function.cache_clear()
