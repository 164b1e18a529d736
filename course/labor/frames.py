"""Results of pandas as plain data: what a learner's cell made, and what the code of a question makes.

    plain(frame)                                   # {"is": "table", "columns": […], "rows": [[…]], "count": 51, …}
    run(code, {"cpi": "cpi"}, setup)               # the value of `mine` after the code has run
    computed(code, (("cpi", "cpi"),), setup)       # both, once

``is`` says what a value is: table, series, list, number, text, truth; nothing (``None``, ``...``); other (with
``type`` and ``call``: it can be called). A cell is a number, a text, true, false or None (missing, NaN); what JSON has
no number for is the text "∞" or "-∞". ``count`` is the number of rows, also where not all of them are kept (``cut``).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
import numbers
import warnings
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from course.labor.tables import remembered

#: Rows that are looked at; no exercise asks for more.
ROWS = 2_000
#: Longest text of a cell, in characters.
TEXT = 200
#: Longest JSON of a result, in characters (a response that is kept may have 20,000).
ROOM = 18_000
#: Whole numbers beyond this are told like other numbers.
LARGE = 10**15

Data = dict[str, Any]


class CodeError(ValueError):
    """The code of a question failed. ``str(error)`` says how."""


def plain(value: Any) -> Data:
    """Any value as JSON data (see the module). Never raises."""
    try:
        return _plain(value)
    except Exception:  # an object of a learner may do anything when it is looked at
        return {"is": "other", "type": type(value).__name__, "call": False}


def _plain(value: Any) -> Data:
    import numpy as np
    import pandas as pd

    if value is None or value is ... or value is pd.NA or value is pd.NaT:
        return {"is": "nothing"}
    if isinstance(value, pd.DataFrame):
        return _table(value)
    if isinstance(value, pd.Series):
        return _series(value)
    if isinstance(value, pd.Index):
        return _list(value.tolist())
    if isinstance(value, np.ndarray | pd.api.extensions.ExtensionArray):
        if getattr(value, "ndim", 1) == 0:
            return _plain(value.item())
        if value.ndim == 1:
            return _list(value.tolist())
    if isinstance(value, list | tuple | set | frozenset | range) or type(value).__name__ in ("dict_values", "map"):
        values = list(value)
        return _list(sorted(values, key=str) if isinstance(value, set | frozenset) else values)
    cell = _cell(value)
    if isinstance(value, str | dt.date | np.datetime64):
        return {"is": "text", "value": cell}
    if isinstance(cell, bool):
        return {"is": "truth", "value": cell}
    if isinstance(value, numbers.Number | Decimal | np.generic) and (cell is None or isinstance(cell, int | float)):
        return {"is": "number", "value": cell}
    if isinstance(cell, str) and cell in ("∞", "-∞"):
        return {"is": "number", "value": cell}
    return {"is": "other", "type": type(value).__name__, "call": callable(value)}


def _table(frame: Any) -> Data:
    head = frame.iloc[:ROWS]
    columns = [[_cell(one) for one in _objects(head.iloc[:, place])] for place in range(head.shape[1])]
    rows = [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _ in range(len(head))]
    data: Data = {"is": "table", "columns": [_name(one) for one in frame.columns], "rows": rows, "count": len(frame)}
    levels = [_name(one) for one in frame.index.names if one is not None]
    return data | ({"index": levels} if levels else {}) | ({"cut": True} if len(frame) > ROWS else {})


def _series(series: Any) -> Data:
    import pandas as pd

    head = series.iloc[:ROWS]
    data: Data = {"is": "series", "values": [_cell(one) for one in _objects(head)], "count": len(series)}
    if series.name is not None:
        data["name"] = _name(series.name)
    if not isinstance(series.index, pd.RangeIndex):
        data["labels"] = [_name(one) for one in head.index]
    return data | ({"cut": True} if len(series) > ROWS else {})


def _objects(series: Any) -> Iterable[Any]:
    """The values of a column, one by one, whatever its dtype."""
    return list(series.array)


def _list(values: Sequence[Any]) -> Data:
    data: Data = {"is": "list", "values": [_cell(one) for one in values[:ROWS]], "count": len(values)}
    return data | ({"cut": True} if len(values) > ROWS else {})


def _name(label: Any) -> str:
    """A name of a column or a label of a row, as text; the parts of one with several levels stand in one line."""
    if isinstance(label, tuple):
        return " / ".join(_name(one) for one in label)
    cell = _cell(label)
    return "" if cell is None else str(cell)


def _cell(value: Any) -> Any:
    """One value as JSON has it: a number, a text, true, false or None."""
    import numpy as np
    import pandas as pd

    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, str):
        return value[:TEXT]
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, numbers.Integral) and abs(int(value)) <= LARGE:
        return int(value)
    if isinstance(value, numbers.Real | Decimal):
        return _real(value)
    if isinstance(value, dt.date | np.datetime64):
        return pd.Timestamp(value).isoformat().removesuffix("T00:00:00")
    return str(value)[:TEXT]


def _real(value: Any) -> float | str | None:
    """Twelve digits are kept: more would only tell machines apart."""
    try:
        number = float(value)
    except OverflowError:
        number = math.inf if value > 0 else -math.inf
    if math.isnan(number):
        return None
    if math.isinf(number):
        return "∞" if number > 0 else "-∞"
    return float(f"{number:.12g}")


# ---- what fits into a saved answer


def fitted(data: Data, columns: Sequence[str] = (), room: int = ROOM) -> Data:
    """The data in at most `room` characters of JSON. Of a large table the columns that are not asked for go first
    (their names stay, as ``more``), then rows; a ``digest`` then tells two large results apart."""
    if data["is"] not in ("table", "series", "list") or _long(data) <= room:
        return data
    mark = {"digest": hashlib.sha256(_text(data).encode()).hexdigest()[:12]}
    if data["is"] == "table":
        kept = [n for n, name in enumerate(data["columns"]) if name in columns] or list(range(len(data["columns"])))[
            :12
        ]
        data = data | mark | {
            "columns": [data["columns"][n] for n in kept],
            "rows": [[row[n] for n in kept] for row in data["rows"]],
            "more": [name for n, name in enumerate(data["columns"]) if n not in kept][:60],
        }  # fmt: skip
        return data if _long(data) <= room else _shortened(data, "rows", room)
    return _shortened({key: one for key, one in (data | mark).items() if key != "labels"}, "values", room)


def _shortened(data: Data, name: str, room: int) -> Data:
    """As many entries of a list as fit."""
    kept: list[Any] = []
    left = room - _long(data | {name: kept, "cut": True})
    for entry in data[name]:
        left -= _long(entry) + 1
        if left < 0:
            return data | {name: kept, "cut": True}
        kept.append(entry)
    return data


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _long(value: Any) -> int:
    return len(_text(value))


# ---- the code of a question


def run(code: str, names: Mapping[str, str], setup: str = "") -> Any:
    """The value of ``mine`` after `setup` and `code` have run beside fresh tables (variable -> table).

    For the code of questions alone, never for what a learner wrote. CodeError when it fails or assigns no ``mine``.
    """
    import pandas as pd

    import course
    from course import labor

    space: dict[str, Any] = {"pd": pd, "course": course, "labor": labor}
    try:
        space |= {name: labor.table(table) for name, table in names.items()}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for part in (setup, code):
                exec(compile(part, "<question>", "exec"), space)
    except Exception as error:
        said = " ".join(str(error).split())
        raise CodeError(f"{type(error).__name__}: {said}" if said else type(error).__name__) from error
    if "mine" not in space:
        raise CodeError("it assigns no `mine`")
    return space["mine"]


@remembered
def computed(code: str, names: tuple[tuple[str, str], ...], setup: str = "", columns: tuple[str, ...] = ()) -> Data:
    """What the code of a question makes, as plain data that fits; once per session. CodeError as in :func:`run`."""
    return fitted(plain(run(code, dict(names), setup)), columns)


#: Columns that say whose number a row holds.
_NAMES = ("soc_title", "soc_code", "state_name", "industry_title", "projection_period", "year")


def owner(names: Iterable[str], mine: Any, key: Any) -> str:
    """Whose number it is: "Medical Assistants, 31-9092, 2025", if one other row has it in the column of the right
    number. Empty where that is not certain: several columns hold the right number, or several rows the other one."""
    from course import labor

    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in (mine, key)) or mine == key:
        return ""
    if abs(mine) < 1_000:  # so few digits meet by chance
        return ""
    found = []
    for name in dict.fromkeys(names):
        table = labor.table(name)
        for column in table.select_dtypes("number").columns:
            if column not in _NAMES and bool((table[column] == key).any()):
                found.append((table, table.loc[table[column] == mine]))
    if len(found) != 1 or len(found[0][1]) != 1:
        return ""
    row = found[0][1].iloc[0]
    return ", ".join(str(row[name]) for name in _NAMES if name in row.index and not row.isna()[name])
