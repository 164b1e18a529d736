"""Slips that the lines of the cell tell better than the words of an error do: ``seen(error, around)``.

A query that leaves no row, a comma inside a number, a method without its parentheses, a variable written as a column.
Each function gives None where it cannot be sure; then ``turn_errors`` tells the error by its type.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from inspect import isroutine
from numbers import Number
from typing import Any, NamedTuple, Protocol

#: A number with a comma in it, and a code of an occupation that nobody put in quotation marks.
_COMMA = re.compile(r"(?<![\w.,'\"])(\d+(?:,\d+)+)(?![\w,'\"])")
_CODE = re.compile(r"(?<![\w'\"-])\d\d-\d{4}(?![\w'\"-])")


class Told(NamedTuple):
    """What to say about an error; ``line``: where it really is, if not where Python stopped (0: there)."""

    what: str
    tips: tuple[str, ...] = ()
    line: int = 0


class Cell(Protocol):
    """What is known about the cell."""

    @property
    def source(self) -> str: ...
    @property
    def line(self) -> str: ...
    @property
    def names(self) -> Mapping[str, Any]: ...


def seen(error: BaseException, cell: Cell) -> Told | None:
    """The first slip that can be seen; None for all other errors."""
    for look in (_one_row, _comma, _unread, _method):
        told = look(error, cell)
        if told:
            return told
    return None


def _tree(cell: Cell) -> ast.AST:
    try:
        return ast.parse(cell.source)
    except (SyntaxError, ValueError):  # lines of IPython, or lines that Python cannot read
        return ast.Module([], [])


def _queries(cell: Cell) -> Iterator[tuple[str, int]]:
    """The texts that are given to ``query`` and ``eval``, with their lines."""
    for node in ast.walk(_tree(cell)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("query", "eval"):
            for part in node.args[:1]:
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value, part.lineno


def _one_row(error: BaseException, cell: Cell) -> Told | None:
    """``.item()`` of none or of several rows."""
    if not isinstance(error, ValueError) or "can only convert an array of size 1" not in str(error):
        return None
    queries, rows = list(_queries(cell)), _length(error)
    bare = next((found[0] for text, _ in queries if (found := _CODE.search(text))), "")
    fits = "fits this query" if queries else "is left here"
    if rows is not None and rows > 1:
        many = "fit this query" if queries else "are left here"
        tip = "Add a condition that leaves one row, such as `and year == 2025`."
        return Told(f"{rows:,} rows {many}; `.item()` takes the value out of one.", (tip,))
    if bare:
        tip = f"A code is text and needs single quotation marks: `'{bare}'`. Without them Python subtracts."
    else:
        tip = "A code stands in single quotation marks, such as `'29-2072'`. Look at what stands between the quotes."
    said = f"No row {fits}, so there is no value to take out."
    return Told(said if rows == 0 else f"No row {fits}, or several do.", (tip,))


def _length(error: BaseException) -> int | None:
    """How many values ``.item()`` was asked to take one out of; None if the error does not show it."""
    trace, found = error.__traceback__, None
    while trace is not None:
        if trace.tb_frame.f_code.co_name == "item":
            owner = trace.tb_frame.f_locals.get("self")
            found = found if owner is None else len(owner)
        trace = trace.tb_next
    return found


def _comma(error: BaseException, cell: Cell) -> Told | None:
    """5,000: for Python two numbers, for a query nothing that it knows."""
    said = str(error)
    key = type(error).__name__ == "InvalidIndexError" or "unhashable" in said
    if not key and not isinstance(error, NotImplementedError | SyntaxError):
        return None
    # A list inside a query, [2020, 2025], has its commas rightly.
    texts = [(re.sub(r"[\[(][^\[\]()]*[\])]", " ", text), line) for text, line in _queries(cell)]
    compared = re.search(r"[<>=]\s*(\d{1,3}(?:,\d{3})+)\b", cell.line)
    if compared and (key or "zero" in said):
        texts.append((compared[1], 0))
    for text, line in texts:
        found = _COMMA.search(text)
        if found:
            return Told(f"The comma in `{found[1]}` makes two numbers of one.", (_without(found[1]),), line)
    return None


def _unread(error: BaseException, cell: Cell) -> Told | None:
    """A query that cannot be read: mostly a text without quotation marks of its own."""
    trace = error.__traceback__ if isinstance(error, SyntaxError) else None
    while trace is not None:
        if trace.tb_frame.f_code.co_name == "query":
            tip = "A text inside a query has single quotation marks of its own, such as `'29-2072'`; a number has none."
            return Told("The text inside the brackets of `query` cannot be read.", (tip,))
        trace = trace.tb_next
    return None


def _without(number: str) -> str:
    if re.fullmatch(r"\d{1,3}(,\d{3})+", number):
        return f"Write `{number.replace(',', '')}` or `{number.replace(',', '_')}`, without the comma."
    return f"A decimal point is written as a point: `{number.replace(',', '.', 1)}`." if number.count(",") == 1 else (
        "Write the number without commas."
    )  # fmt: skip


def _method(error: BaseException, cell: Cell) -> Told | None:
    """``.sum`` for ``.sum()``."""
    word = ""
    if isinstance(error, AttributeError):
        owner = getattr(error, "obj", None)
        word = str(getattr(owner, "__name__", "")) if type(owner).__name__ in ("method", "function") else ""
        if not word:
            return None
    elif not isinstance(error, TypeError) or not re.search(r"\bmethod\b", str(error)) or "subscript" in str(error):
        return None
    places = [(name, line) for name, line in _uncalled(_tree(cell)) if word in ("", name)]
    if not places:
        return None
    lines = cell.source.splitlines()
    name, line = next((one for one in places if lines[one[1] - 1].strip() == cell.line), places[0])
    return Told(f"`{name}` needs its parentheses: `.{name}()`.", (), line)


def _uncalled(tree: ast.AST) -> list[tuple[str, int]]:
    """Names of methods of tables and columns that stand without parentheses, with their lines."""
    import pandas as pd

    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return [
        (node.attr, node.end_lineno or node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and id(node) not in called
        and any(isroutine(getattr(kind, node.attr, None)) for kind in (pd.Series, pd.DataFrame))
    ]


def variable(word: str, cell: Cell) -> Told | None:
    """A name in quotation marks that is no column, but a variable of the notebook."""
    if not word.isidentifier() or word.startswith("_") or word not in cell.names or callable(cell.names[word]):
        return None
    value, line = cell.names[word], place(word, cell)
    written = cell.source.splitlines()[line - 1] if line else cell.line
    by_col = re.search(rf"\bcol\(\s*[\"']{word}[\"']", written)
    if isinstance(value, str):
        tip = f"Write it without the quotation marks: `{f'pd.col({word})' if by_col else word}`."
        return Told(f"`{word}` is no column of this table, but a variable that holds a text.", (tip,), line)
    kinds = {"DataFrame": "a table of its own", "Series": "a column of its own"}
    kind = "a plain number" if isinstance(value, Number) else kinds.get(type(value).__name__, "a variable")
    without = "`pd.col` and quotation marks" if by_col else "the quotation marks"
    return Told(f"`{word}` is no column of this table, but {kind}.", (f"Write it without {without}: `{word}`.",), line)


def place(word: str, cell: Cell) -> int:
    """The one line of the cell that holds a name in quotation marks, if Python stopped at another; else 0."""
    quoted = re.compile(rf"[\"']{re.escape(word)}[\"']")
    if quoted.search(cell.line):
        return 0
    lines = [n for n, line in enumerate(cell.source.splitlines(), 1) if quoted.search(line)]
    return lines[0] if len(lines) == 1 else 0
