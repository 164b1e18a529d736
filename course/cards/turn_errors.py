"""An error in a learner's cell, in plain words: what happened, in which line, which names come near, what to try.

    explained(error, source, names)     # {"is": "error", "headline", "line", "code", "tips", "said"}

``source`` is the cell, ``names`` the variables of the notebook. All sentences are Markdown-lite (`` `code` ``).
"""

from __future__ import annotations

import ast
import builtins
import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from course.cards import turn_lines, turn_words
from course.cards.turn_lines import Told

UNDO = "Ctrl+Z in the cell brings back what stood there before (on a Mac: Command+Z)."


class Around(NamedTuple):
    """What is known about the cell: its lines of code, the line that failed, the names that it could use."""

    source: str
    line: str
    names: Mapping[str, Any]

    def columns(self) -> list[str]:
        """Columns of the tables that the cell names; of all tables, if it names none."""
        frames = {name: one for name, one in self.names.items() if hasattr(one, "columns") and not name.startswith("_")}
        words = set(re.findall(r"\w+", self.source)) - {"mine"}
        named = {name: one for name, one in frames.items() if name in words} or frames
        return list(dict.fromkeys(str(column) for one in named.values() for column in _listed(one)))

    def variables(self) -> list[str]:
        """Names that the learner could have meant."""
        return [name for name in self.names if not name.startswith("_") and name not in ("In", "Out", "exit", "quit")]


def _listed(frame: Any) -> Iterable[Any]:
    try:
        return list(frame.columns)
    except Exception:  # something else that has columns
        return []


def explained(error: BaseException, source: str, names: Mapping[str, Any]) -> dict[str, Any]:
    """The response of a cell that failed, for the card of its exercise. Never raises."""
    error = _complete(error, source)
    number = line_of(error, source, names)
    lines = source.splitlines()
    line = lines[number - 1].strip() if number and number <= len(lines) else ""
    try:
        told = _told(error, Around(source, line, names))
    except Exception:  # an error object may do anything when it is looked at
        told = None
    what, tips, elsewhere = told or Told(f"Python stopped with {_article(type(error).__name__)}.")
    if elsewhere:
        number, line = elsewhere, lines[elsewhere - 1].strip()
    where = f"Line {number}: " if number else ""
    return {
        "is": "error",
        "headline": (where + what)[:290],
        "line": number,
        "code": line[:200],
        "tips": [*tips, UNDO],
        "said": _said(error),
    }


def _complete(error: BaseException, source: str) -> BaseException:
    """IPython calls each open bracket "incomplete input", at the end of the cell; Python says which bracket it is."""
    if isinstance(error, SyntaxError) and "incomplete input" in str(error.msg):
        try:
            ast.parse(source)
        except SyntaxError as better:
            return better.with_traceback(None)
        except Exception:  # lines of IPython alone
            return error
    return error


def unassigned() -> dict[str, Any]:
    """The response of a cell that ran and made no ``mine``; what stands in that name comes from elsewhere."""
    tips = ("Let the code above the last line begin with `mine = `.", UNDO)
    return {"is": "error", "headline": "This cell makes no `mine`.", "line": 0, "code": "", "tips": [*tips], "said": ""}


def _said(error: BaseException) -> str:
    """The words of Python, on one line."""
    try:
        words = error.msg if isinstance(error, SyntaxError) else str(error)
    except Exception:
        words = ""
    return f"{type(error).__name__}: {' '.join(str(words).split())}"[:240].removesuffix(": ")


def line_of(error: BaseException, source: str, names: Mapping[str, Any]) -> int:
    """The line of the cell (from 1) in which it stopped; 0 where that is not known."""
    if isinstance(error, SyntaxError) and not error.__traceback__:
        return error.lineno or 0
    found, trace = 0, error.__traceback__
    cell = names.get("__name__", "__main__")
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_globals.get("__name__") == cell and "site-packages" not in frame.f_code.co_filename:
            found = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and not found:  # else a text that a line of the cell gave to be read: a query
        return error.lineno or 0
    return found if 0 < found <= len(source.splitlines()) else 0


def _article(name: str) -> str:
    return f"{'an' if name[:1] in 'AEIOU' else 'a'} {name}"


def near(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The names that come nearest to a word, whatever their case."""
    by_case: dict[str, str] = {}
    for name in known:
        by_case.setdefault(name.casefold(), name)
    found = difflib.get_close_matches(str(word).casefold(), by_case, n=most, cutoff=0.55)
    inside = [one for one in by_case if len(word) > 2 and str(word).casefold() in one and one not in found]
    return [by_case[one] for one in [*found, *inside][:most]]


def _or(names: Iterable[str]) -> str:
    words = [f"`{name}`" for name in names]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" or {words[-1]}"


def _told(error: BaseException, around: Around) -> Told | None:
    """The first explanation that fits the error, by its type and by those it is derived from."""
    if told := turn_lines.seen(error, around):
        return told
    for kind in type(error).__mro__:
        explain = _EXPLAIN.get(kind.__name__)
        told = explain(error, around) if explain else None
        if told:
            return told
    return None


# ---- one function for each type of error


def _syntax(error: BaseException, around: Around) -> Told:
    said = str(getattr(error, "msg", ""))
    for pattern, what, tip in turn_words.SYNTAX:
        if re.search(pattern, said):
            return Told(f"Python cannot read this line: {what}", (tip,))
    tip = "Compare it with the line you were given: brackets, quotation marks, commas and dots."
    return Told("Python cannot read this line.", (tip,))


def _name(error: BaseException, around: Around) -> Told | None:
    found = re.search(r"name '([^']+)' is not defined", str(error))
    word = str(getattr(error, "name", None) or (found[1] if found else ""))
    if not word:
        return None
    if word in ("pd", "course"):
        return Told(f"`{word}` is not loaded yet.", ("Run the first code cell of this page: Run > Run All Cells.",))
    if word in ("true", "false", "none", "null"):
        return Told(
            f"`{word}` is not a word of Python.", (f"Write `{ {'null': 'None'}.get(word, word.capitalize()) }`.",)
        )
    if word in around.columns():
        return Told(f"`{word}` is a column, not a variable.", (f'Write it in quotation marks: `"{word}"`.',))
    if word == "mine":
        return Told("There is no `mine` yet.", ("Let the code above the last line begin with `mine = `.",))
    close = near(word, around.variables()) or near(word, dir(builtins))
    tips = [f"Did you mean {_or(close)}?"] if close else []
    return Told(f"There is no variable called `{word}`.", (
        *tips, "If a cell above should have made it: Run > Run All Above Selected Cell.",
    ))  # fmt: skip


def _query_name(error: BaseException, around: Around) -> Told | None:
    found = re.search(r"name '([^']+)' is not defined", str(error))
    if not found:
        return None
    close = near(found[1], around.columns())
    tips = [f"Did you mean {_or(close)}?"] if close else []
    tips.append(f"A text inside a query has quotation marks of its own (`'{found[1]}'`), a variable an @ before it.")
    return Told(f"In the query, `{found[1]}` is not a column.", tuple(tips))


def _key(error: BaseException, around: Around) -> Told | None:
    said = str(error.args[0]) if error.args else ""
    if "there is no table" in said:
        return Told(f"{said[:1].upper()}{said[1:]}.")
    whole = re.search(r"Index\(\[(.*?)\]", said) or re.search(r"^\[(.*)\] not (?:found )?in", said)
    words = re.findall(r"'([^']*)'", whole[1]) if whole else [said]
    if not any(words):
        return None
    if words == [said] and re.fullmatch(r"\d+", said):
        return Told(f"There is no column or row called {said}.", ("A column is named by its name in quotation marks.",))
    return _no_columns(words, around)


def _no_columns(words: list[str], around: Around) -> Told:
    if len(words) == 1 and (told := turn_lines.variable(words[0], around)):
        return told
    columns = around.columns()
    close = list(dict.fromkeys(one for word in words for one in near(word, columns)))[:4]
    tips = [f"Did you mean {_or(close)}?"] if close else []
    if columns and not close:
        shown = ", ".join(f"`{one}`" for one in columns[:12])
        tips = [f"The columns are: {shown}{', …' if len(columns) > 12 else '.'}"]
    what = "is no column" if len(words) == 1 else "are no columns"
    return Told(f"There {what} {_or(words[:3])} in this table.", tuple(tips), turn_lines.place(words[0], around))


def _attribute(error: BaseException, around: Around) -> Told | None:
    word, owner = getattr(error, "name", None), getattr(error, "obj", None)
    if not word:
        return None
    if owner is None:
        return Told("There is nothing here to go on with: what stands before the dot is `None`.")
    kind = type(owner).__name__
    columns = [str(one) for one in _listed(owner)] if hasattr(owner, "columns") else []
    known = getattr(owner, "__all__", None) or [one for one in dir(owner) if not one.startswith("_")]
    close = near(word, [*known, *columns])
    tips = [f"Did you mean {_or(close)}?"] if close else []
    if word in around.names and not close:
        tips = ["Look at the dot before it: is it a variable of its own?"]
    name = {"DataFrame": "a table", "Series": "a column", "module": "this package"}.get(kind, f"a {kind}")
    return Told(f"`.{word}` is nothing that {name} has.", tuple(tips))


def _type(error: BaseException, around: Around) -> Told | None:
    found = re.search(r"(\w+)\(\) got an unexpected keyword argument '(\w+)'", str(error))
    if not found:
        return _by_words(error, turn_words.TYPE)
    close = near(found[2], _settings(found[1]))
    tips = [f"Did you mean {_or(f'{one}=' for one in close)}?"] if close else []
    return Told(f"`{found[1]}` has no setting called `{found[2]}=`.", tuple(tips))


def _settings(method: str) -> list[str]:
    """Names of the arguments of a method of tables, or of pandas."""
    import inspect

    import pandas as pd

    found = getattr(pd.DataFrame, method, None) or getattr(pd, method, None)
    return [] if found is None else [name for name in inspect.signature(found).parameters if name != "self"]


def _value(error: BaseException, around: Around) -> Told | None:
    found = re.search(r"Column '(.*?)' not found in given", str(error))  # pd.col
    if found:
        return _no_columns([found[1]], around)
    return _by_words(error, turn_words.VALUE)


def _by_words(error: BaseException, table: Iterable[tuple[str, str, str]]) -> Told | None:
    said = str(error)
    for pattern, what, tip in table:
        if re.search(pattern, said):
            return Told(what, (tip,))
    return None


def _merge(error: BaseException, around: Around) -> Told | None:
    return _by_words(error, turn_words.VALUE) or Told("The two tables cannot be merged like this.", (
        "Both need the column that `on=` names.",
    ))  # fmt: skip


_EXPLAIN: dict[str, Any] = {
    "SyntaxError": _syntax,
    "UndefinedVariableError": _query_name,
    "NameError": _name,
    "KeyError": _key,
    "AttributeError": _attribute,
    "MergeError": _merge,
    "TypeError": _type,
    "ValueError": _value,
    "ZeroDivisionError": lambda error, around: Told("Here something is divided by zero."),
    "FileNotFoundError": lambda error, around: Told(
        "There is no such file.", ('A table of the course is found by its name: `course.labor.file("cpi")`.',)
    ),
    "ModuleNotFoundError": lambda error, around: Told("Python does not have this package.", (
        "The lesson needs nothing beyond what its first cell loads.",
    )),
    "IndexError": lambda error, around: Told("There are fewer rows than this number.", ("Rows are counted from 0.",)),
    "RecursionError": lambda error, around: Told("The code calls itself without end."),
}  # fmt: skip
