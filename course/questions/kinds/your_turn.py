"""A few lines of pandas, written in a cell of the lesson. Raw response: the value they assigned, as plain data.

The cell holds the ``starter`` and calls ``course.turn(id, mine)``, which sends ``course.labor.frames.plain(mine)``:
``{"is": "table", "columns": […], "rows": [[…]], "count": 7}``. The key is what ``answer`` computes, a slip what its
own code does; nothing is written down twice. A value that is still the starter's was not attempted, and so was a cell
that failed: ``{"is": "error", "headline": "…"}``.
"""

from __future__ import annotations

import ast
import keyword
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints

from course.grading import frames as compare
from course.grading.verdict import Part, Verdict, scored
from course.labor import frames
from course.labor import names as table_names
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.base import Chart, Fault, ItemBase, Line, Strict
from course.questions.kinds import common
from course.questions.problems import did_you_mean, listed

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

#: Code as it stands in a cell: lines and indentation are kept.
Code = Chart
Variable = Annotated[str, StringConstraints(pattern=r"^[a-z_][a-z0-9_]*$")]

INSTRUCTION = "Change the code in the cell above this card, then press Shift+Enter."
UNCHANGED = "This is still the line you were given. Change it and press Shift+Enter."
NOTHING = "Nothing is assigned to `mine` yet. Write code in its place and press Shift+Enter."
_FORMS = {"table": ("columns", "rows", "count"), "series": ("values", "count"), "list": ("values", "count")} | (
    dict.fromkeys(("number", "text", "truth"), ("value",))
)


class Slip(Strict):
    """Code that a beginner may write instead, and what it misses."""

    code: Code
    why: Line


class YourTurnItem(ItemBase):
    kind: Literal["your_turn"] = "your_turn"
    tables: Annotated[dict[Variable, str], Field(min_length=1)]
    setup: Code | None = None
    starter: Code
    answer: Code
    within: Annotated[float, Field(ge=0, le=25, allow_inf_nan=False)] = 0.1
    columns: tuple[Line, ...] = ()
    order: bool = False
    slips: tuple[Slip, ...] = ()

    def rules(self) -> Iterator[Fault]:
        """What can be seen without running anything: names, and that the code is Python and assigns ``mine``."""
        yield from super().rules()
        known = table_names()
        for name, table in self.tables.items():
            if table not in known:
                advice = did_you_mean(table, known) or f"There are: {listed(known)}."
                yield Fault(("tables", name), f"is {table!r}, which is no table of data/labor", advice)
            if keyword.iskeyword(name):
                yield Fault(("tables", name), "is a word of Python itself", "Choose another name for the variable.")
        for path, code in self.codes():
            yield from _syntax(path, code, assigns="mine")
        if self.setup is not None:
            yield from _syntax(("setup",), self.setup)
        if len(set(self.columns)) < len(self.columns):
            yield Fault(("columns",), "names a column twice", "Keep one of them.")

    def codes(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Path and text of each piece of code that assigns ``mine``."""
        yield ("starter",), self.starter
        yield ("answer",), self.answer
        for n, slip in enumerate(self.slips):
            yield ("slips", n, "code"), slip.code

    def lints(self) -> Iterator[Fault]:
        """What can be seen by running the code: it works, and no two pieces of it make the same."""
        yield from super().lints()
        made: dict[tuple[str | int, ...], frames.Data] = {}
        for path, code in self.codes():
            try:
                made[path] = value(self, code)
            except frames.CodeError as error:
                yield Fault(path, f"fails: {error}", "Run it in a notebook, below the lines of `setup`.")
        key = made.get(("answer",))
        if key is None:
            return
        if key["is"] not in _FORMS:
            yield Fault(("answer",), "makes nothing that can be compared", "Let `mine` be a table, column or number.")
            return
        if key.get("cut"):
            yield Fault(("answer",), "makes more than can be kept", "Ask for fewer rows, or name `columns`.")
        if key["is"] == "table":
            for n, name in enumerate(self.columns):
                if name not in key["columns"]:
                    yield Fault(("columns", n), f"{name!r} is no column of what `answer` makes", "Mend one of them.")
        elif self.columns:
            yield Fault(("columns",), "are asked for, but `answer` makes no table", "Take the line away.")
        yield from self._twins(made)

    def _twins(self, made: dict[tuple[str | int, ...], frames.Data]) -> Iterator[Fault]:
        """Pieces of code that make the same as an earlier one."""
        advice = "Change one of them, or take the slip away."
        paths = [("answer",), ("starter",), *(path for path in made if path[0] == "slips")]
        for n, path in enumerate(paths):
            for earlier in paths[:n]:
                if path in made and earlier in made and same(self, made[path], made[earlier]):
                    name = f"slip {int(earlier[1]) + 1}" if len(earlier) > 1 else f"`{earlier[0]}`"
                    yield Fault(path, f"makes the same as {name}", advice)
                    break
        if len(self.slips) < 2:
            yield Fault(("slips",), "are fewer than two", "What else would a beginner write?")


Model = YourTurnItem


def _syntax(path: tuple[str | int, ...], code: str, assigns: str = "") -> Iterator[Fault]:
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        line = f" (its line {error.lineno})" if error.lineno else ""
        yield Fault(path, f"is not Python: {error.msg}{line}", "Run it in a notebook.")
        return
    stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    if assigns and assigns not in stored:
        yield Fault(path, f"assigns no `{assigns}`", f"Begin its last statement with `{assigns} = `.")


def value(item: YourTurnItem, code: str) -> frames.Data:
    """What a piece of the item's own code makes. ``frames.CodeError`` when it fails."""
    return frames.computed(code, tuple(item.tables.items()), item.setup or "", item.columns)


def response(item: YourTurnItem, mine: Any) -> frames.Data:
    """The raw response for a value that a learner's cell has made."""
    return frames.fitted(frames.plain(mine), item.columns)


def asked(item: YourTurnItem) -> compare.Ask:
    """How results are compared."""
    return compare.Ask(item.columns, item.within, item.order)


def same(item: YourTurnItem, one: frames.Data, other: frames.Data) -> bool:
    """Whether two results are alike in what is asked for."""
    forms = (one["is"] in _FORMS, other["is"] in _FORMS)
    return compare.alike(one, other, asked(item)) if all(forms) else forms == (False, False)


def view(item: YourTurnItem) -> dict[str, Any]:
    """``starter``: the lines that stand in the cell at first; ``columns``: those that are shown of a wide table."""
    return common.frame(item, INSTRUCTION, starter=item.starter, columns=list(item.columns))


def parse(item: YourTurnItem, raw: Any) -> Parsed:
    """A result of the learner's cell. Nothing, the starter's own result and a failed cell are blank."""
    if raw is None or raw == "" or raw == []:
        return Blank(NOTHING)
    form = raw.get("is") if isinstance(raw, dict) else None
    if form == "nothing":
        return Blank(NOTHING)
    if form == "error":
        said = raw.get("headline")
        return Blank(said[:300] if isinstance(said, str) and said.strip() else "The cell stopped before its end.")
    if form == "other":
        return Invalid(_other(raw))
    if not isinstance(form, str) or form not in _FORMS or not _sound(raw):
        return Invalid("I cannot make out what the cell gave. Let `mine` be a table, a column or a number.")
    if same(item, raw, value(item, item.starter)):
        return Blank(UNCHANGED)
    return Answer(raw)


def _other(raw: dict[str, Any]) -> str:
    name = str(raw.get("type", ""))[:60]
    if name == "Expression":
        return "`mine` is a column without its table. `.assign(name=…)` puts it into one."
    if raw.get("call") or name in ("method", "function"):
        return "`mine` is a method that was not called. Put parentheses behind its name: `.median()`."
    if "GroupBy" in name:
        return (
            "`mine` is made of groups without a result. Say what to compute of each, such as `.median()` or `.agg(…)`."
        )
    return f"`mine` is a {name or 'thing'}, which I cannot compare. Let it be a table, a column or a number."


def _sound(raw: dict[str, Any]) -> bool:
    """Whether data has the form it says it has: it may come from a file that somebody changed."""
    if not all(name in raw for name in _FORMS[raw["is"]]):
        return False
    if "value" in _FORMS[raw["is"]]:
        return _cell(raw["value"])
    lists = [raw.get(name, []) for name in ("columns", "values", "rows", "more", "index", "labels")]
    if not all(isinstance(one, list) for one in lists) or type(raw["count"]) is not int:
        return False
    names = [one for name in ("columns", "more", "index", "labels") for one in raw.get(name, [])]
    rows = raw.get("rows", [])
    size = len(raw.get("columns", []))
    whole = bool(raw.get("cut")) or raw["count"] == len(raw.get("values", rows))
    return (
        whole
        and all(isinstance(one, str) for one in names)
        and all(isinstance(row, list) and len(row) == size and all(map(_cell, row)) for row in rows)
        and all(map(_cell, raw.get("values", [])))
    )


def _cell(one: Any) -> bool:
    if isinstance(one, float):
        return math.isfinite(one)
    return one is None or isinstance(one, bool | str) or (isinstance(one, int) and abs(one) <= frames.LARGE)


def grade(item: YourTurnItem, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """Right, or what differs first; where the result is that of a known slip, its reason before it."""
    mine, ask = answer.value, asked(item)
    key = value(item, item.answer)
    found = compare.differences(mine, key, ask)
    if not found:
        return scored(1, "Yes, that is what was asked for.", [Part("", "right", _size(mine)), *_extra(item, mine, key)])
    for slip in item.slips:
        if same(item, mine, value(item, slip.code)):
            seen = [Part("", "note", part.message) for part in found[:1]]
            return scored(0, "Not this result yet.", [Part("", "wrong", slip.why), *seen])
    owner = frames.owner(item.tables.values(), mine["value"], key["value"]) if _FORMS[key["is"]] == ("value",) else ""
    if owner:
        seen = [Part("", "note", part.message) for part in found[:1]]
        return scored(
            0, "Not this result yet.", [Part("", "wrong", f"That is the number of another row: {owner}."), *seen]
        )
    return scored(0, "Not this result yet.", found)


def _size(data: frames.Data) -> str:
    if data["is"] == "table":
        sizes = (data["count"], "row"), (len(data["columns"]) + len(data.get("more", ())), "column")
        return ", ".join(common.counted(count, word) for count, word in sizes) + ": each value fits."
    return f"{common.counted(data['count'], 'value')}: each fits." if "count" in data else "The value fits."


def _extra(item: YourTurnItem, mine: frames.Data, key: frames.Data) -> Iterator[Part]:
    """Columns that nobody asked for, other than those that the given lines, or the shown answer, have themselves."""
    given = value(item, item.starter)
    known = {name for data in (key, given) for name in (*data.get("columns", ()), *data.get("more", ()))}
    more = [name for name in compare.extra_columns(mine, key, asked(item)) if name not in known]
    if more:
        names = listed(more[:5]) + (" and others" if len(more) > 5 else "")
        yield Part("", "note", f"Also there, and harmless: {names}.")


def solution(item: YourTurnItem) -> dict[str, Any]:
    """The lines that make the key, as they may be copied into the cell."""
    lead = "<p>One way to write it; others that make the same are as good:</p>"
    return {"response": value(item, item.answer), "html": f"{lead}<pre><code>{text.pre(item.answer)}</code></pre>"}


def static_html(item: YourTurnItem) -> str:
    """Title, task and the lines of the cell."""
    body = f"<pre>{text.pre(item.starter)}</pre>"
    return common.static_frame(item, INSTRUCTION, body)
