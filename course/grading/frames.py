"""Two results of a computation side by side, as the plain data of ``course.labor.frames``: what differs, in words.

The index of a table, the order of its columns and further columns make no difference; the order of rows does only
where it is asked for. Of several differences the first is told, in the order a reader would look: what kind of thing it
is, columns, rows, values. The right value itself is never told, only how far away it is.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from course.grading.frame_words import cell_said, listed, named, shown
from course.grading.verdict import Part

Data = Mapping[str, Any]
Row = tuple[Any, ...]

#: Relative difference that comes from arithmetic alone.
NOISE = 1e-9
#: Most rows without names among which partners are looked for one by one.
PARTNERS = 600
#: Names of columns that tell rows apart although they hold numbers.
_LABEL = re.compile(r"(^|_)(year|code|period|edition|month|date|rank)($|_)")
_FORMS = {"table": "table", "series": "column", "list": "column", "number": "number", "text": "text", "truth": "truth"}
_WORDS = {
    "table": "a table (DataFrame)",
    "series": "one column (Series)",
    "list": "a list",
    "number": "a number",
    "text": "text",
    "truth": "True or False",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """What is compared: these columns (none: all of the key), within a tolerance in percent, in this order or any."""

    columns: tuple[str, ...] = ()
    within: float = 0.1
    order: bool = False


def near(mine: Any, key: Any, within: float) -> bool:
    """Whether two cells are alike: numbers within a tolerance (percent of the larger one), missing equals missing."""
    if _number(mine) and _number(key):
        return bool(abs(mine - key) <= max(within / 100, NOISE) * max(abs(mine), abs(key)))
    return type(mine) is type(key) and bool(mine == key)


def alike(mine: Data, other: Data, ask: Ask) -> bool:
    """Whether a result is that of some other code: in the columns that are asked for, if the other has them, else in
    all of them."""
    if _FORMS.get(mine["is"]) != _FORMS.get(other["is"]):
        return False
    if other["is"] == "table" and not set(ask.columns or ("",)) <= set(other["columns"]):
        if set(_all_columns(mine)) != set(_all_columns(other)):
            return False
        ask = replace(ask, columns=tuple(other["columns"]))
    return not differences(mine, other, ask)


def differences(mine: Data, key: Data, ask: Ask) -> list[Part]:
    """What keeps a result from being the key; empty when nothing does."""
    if _FORMS.get(mine["is"]) != _FORMS[key["is"]]:
        return [Part("", "wrong", _other_form(mine, key))]
    if key["is"] == "table":
        return _tables(mine, key, ask)
    if _FORMS[key["is"]] == "column":
        return _columns(mine, key, ask)
    if near(mine["value"], key["value"], ask.within):
        return []
    return [Part("", "wrong", cell_said("", mine["value"], key["value"]))]


def extra_columns(mine: Data, key: Data, ask: Ask) -> list[str]:
    """Columns that nobody asked for."""
    if key["is"] != "table":
        return []
    return [name for name in _all_columns(mine) if name not in (ask.columns or key["columns"])]


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _all_columns(data: Data) -> list[str]:
    return [*data["columns"], *data.get("more", ())]


def _other_form(mine: Data, key: Data) -> str:
    asked, got = _WORDS[key["is"]], _WORDS.get(mine["is"], "something else")
    said = f"{asked[0].upper()}{asked[1:]} is asked for; yours is {got}."
    single = mine.get("rows") if mine["is"] == "table" else mine.get("values")
    if key["is"] == "number" and single is not None and len(single) == 1:
        return f"{said} One value is left in it: `.item()` behind the column takes it out."
    if key["is"] == "number" and mine["is"] == "text":
        return f"{said} Take the quotation marks away."
    if key["is"] == "table" and mine["is"] == "series":
        return (
            f"{said} `.reset_index()` makes a table of it; to choose one column and keep a table, write `.filter([…])`."
        )
    if _FORMS[key["is"]] == "column" and mine["is"] == "table":
        return f'{said} Choose its column by name: `["…"]`.'
    return said


# ---- tables


def _tables(mine: Data, key: Data, ask: Ask) -> list[Part]:
    asked = list(ask.columns or key["columns"])
    missing = [name for name in asked if name not in mine["columns"]]
    if missing:
        return [Part("", "missing", _no_column(name, mine, asked)) for name in missing[:3]]
    labels = _labels(key, asked)
    told = _rows(mine, key, labels)
    if told:
        return [told]
    if mine.get("cut") or key.get("cut"):
        return [Part("", "wrong", "The table is too large to be compared. Keep the columns that are asked for.")]
    ours, theirs = _pick(mine, asked), _pick(key, asked)
    pairs = list(zip(ours, theirs, strict=True))
    if _fit(pairs, ask):
        return []
    paired = _paired(mine, key, asked, labels, ask)
    if _fit(paired, ask):
        if not ask.order:
            return []
        said = "The rows are all there and right; their order is not the one that is asked for."
        return [Part("", "order", f"{said} `.sort_values(…)` puts them in order.")]
    places = {name: n for n, name in enumerate(asked)}
    wrong = [(ours, row) for ours, row in paired if not _row_fits(ours, row, ask)]
    first, right = wrong[0]
    at = next(n for n, (one, two) in enumerate(zip(first, right, strict=True)) if not near(one, two, ask.within))
    row = named(labels, [right[places[name]] for name in labels]) or "one row"
    place = f"Row {row}, column `{asked[at]}`" if labels else f"In a row, column `{asked[at]}`"
    parts = [Part("", "wrong", cell_said(place, first[at], right[at], asked[at]))]
    if len(wrong) > 1:
        every = f"all {len(paired)} rows" if len(wrong) == len(paired) else f"{len(wrong)} of {len(paired)} rows"
        parts.append(Part("", "note", f"In {every} something differs; this is the first."))
    return parts


def _no_column(name: str, mine: Data, asked: Sequence[str]) -> str:
    if name in mine.get("index", ()):
        return f"`{name}` is the index of your table. `.reset_index()` makes it a column again."
    has = [one for one in _all_columns(mine) if one not in asked]
    close = difflib.get_close_matches(name, has, n=1, cutoff=0.5)
    if close or len(has) == 1:
        return f"The column `{name}` is missing; you have `{(close or has)[0]}`."
    have = _all_columns(mine)
    return f"The column `{name}` is missing; you have {listed([f'`{one}`' for one in have], 6)}." if have else (
        f"The column `{name}` is missing; your table has none."
    )  # fmt: skip


def _labels(key: Data, asked: Sequence[str]) -> list[str]:
    """The first columns that together tell the rows of the key apart; none where that cannot be done."""
    texts = [name for name in asked if all(isinstance(row[0], str) for row in _pick(key, [name]))]
    candidates = [name for name in asked if name in texts or _LABEL.search(name)] or list(asked[:1])
    for many in range(1, len(candidates) + 1):
        rows = _pick(key, candidates[:many])
        if len(set(map(_spelled, rows))) == len(rows):
            return _with_short(candidates, many)
    return []


def _with_short(candidates: Sequence[str], many: int) -> list[str]:
    """The name of a state comes with its letters, if both are asked for: Ohio (OH)."""
    chosen = list(candidates[:many])
    more = [one for one in candidates[many:] if one.endswith(("_abbr", "_name")) and many == 1]
    return [*chosen, *more[:1]] if chosen[0].endswith(("_name", "_abbr")) else chosen


def _pick(data: Data, columns: Sequence[str]) -> list[Row]:
    places = [data["columns"].index(name) for name in columns]
    return [tuple(row[n] for n in places) for row in data["rows"]]


def _spelled(row: Row) -> tuple[str, ...]:
    """Labels are compared as text: a year may be a number or a word."""
    return tuple(str(one) for one in row)


def _rows(mine: Data, key: Data, labels: Sequence[str]) -> Part | None:
    """What is to be said about how many rows there are, and which."""
    asked, has = key["count"], mine["count"]
    count = f"{asked:,} row{'' if asked == 1 else 's'} {'is' if asked == 1 else 'are'} asked for, yours has {has:,}"
    if not labels or mine.get("cut"):
        return Part("", "missing" if has < asked else "extra", f"{count}.") if has != asked else None
    ours, theirs = Counter(map(_spelled, _pick(mine, labels))), Counter(map(_spelled, _pick(key, labels)))
    lost = [named(labels, row) for row in theirs if not ours[row]]
    twice = [(named(labels, row), times) for row, times in ours.items() if times > 1 and theirs[row]]
    added = [named(labels, row) for row in ours if not theirs[row]]
    if has == asked and not lost:
        return None
    told = (
        f": {'is' if len(lost) == 1 else 'are'} {listed(lost, 3)} missing?"
        if lost and _told(lost, key, labels)
        else "."
    )
    if has == asked:
        if not added:
            return Part("", "extra", f"{twice[0][0]} stands there {twice[0][1]} times{told}")
        said = f"{added[0]} is" if len(added) == 1 else f"{listed(added, 3)} are"
        return Part("", "extra", f"{said} not among the rows that are asked for{told}")
    if has < asked:
        return Part("", "missing", f"{count}{told}")
    if twice:
        return Part("", "extra", f"{count}: {twice[0][0]} stands there {twice[0][1]} times.")
    said = f"{added[0]} is" if len(added) == 1 else f"{listed(added, 3)} are"
    return Part("", "extra", f"{count}: {said} not asked for.")


def _told(lost: Sequence[str], key: Data, labels: Sequence[str]) -> bool:
    """Whether rows that are not there may be named: years, or a few of many. Else to find them is the question."""
    return bool(_LABEL.search(labels[0])) or len(lost) * 10 <= key["count"]


def _row_fits(ours: Row, theirs: Row, ask: Ask) -> bool:
    return all(near(one, two, ask.within) for one, two in zip(ours, theirs, strict=True))


def _fit(pairs: Sequence[tuple[Row, Row]], ask: Ask) -> bool:
    return all(_row_fits(ours, theirs, ask) for ours, theirs in pairs)


def _paired(mine: Data, key: Data, asked: Sequence[str], labels: Sequence[str], ask: Ask) -> list[tuple[Row, Row]]:
    """Each row of the key with the row of the learner that it should be: by its labels, else by what fits, and what is
    left in order of size."""
    ours, theirs = _pick(mine, asked), _pick(key, asked)
    if labels:
        by_label = dict(zip(map(_spelled, _pick(mine, labels)), ours, strict=True))
        return [(by_label[_spelled(name)], row) for name, row in zip(_pick(key, labels), theirs, strict=True)]
    by_size = list(zip(sorted(ours, key=_sizes), sorted(theirs, key=_sizes), strict=True))
    if _fit(by_size, ask) or len(by_size) > PARTNERS:
        return by_size
    left, pairs, alone = sorted(ours, key=_sizes), [], []
    for row in sorted(theirs, key=_sizes):
        at = next((n for n, one in enumerate(left) if _row_fits(one, row, ask)), None)
        if at is None:
            alone.append(row)
        else:
            pairs.append((left.pop(at), row))
    return [*zip(left, alone, strict=True), *pairs]


def _sizes(row: Row) -> list[tuple[int, Any]]:
    """Sorts cells of any kind: missing, true and false, numbers, texts."""
    return [
        (0, 0) if one is None else (1, one) if isinstance(one, bool) else (2, one) if _number(one) else (3, str(one))
        for one in row
    ]


# ---- single columns


def _columns(mine: Data, key: Data, ask: Ask) -> list[Part]:
    ours, theirs = [(one,) for one in mine["values"]], [(one,) for one in key["values"]]
    if mine["count"] != key["count"]:
        said = f"{key['count']:,} values are asked for, yours has {mine['count']:,}."
        return [Part("", "missing" if mine["count"] < key["count"] else "extra", said)]
    if mine.get("cut") or key.get("cut"):
        return [Part("", "wrong", "There are too many values to be compared.")]
    pairs = list(zip(ours, theirs, strict=True))
    in_order = list(zip(sorted(ours, key=_sizes), sorted(theirs, key=_sizes), strict=True))
    if _fit(pairs, ask) or (_fit(in_order, ask) and not ask.order):
        return []
    if _fit(in_order, ask):
        return [Part("", "order", "The values are right; their order is not the one that is asked for.")]
    names = key.get("labels") or [f"{n}" for n in range(1, len(pairs) + 1)]
    if not ask.order and not (mine.get("labels") and mine.get("labels") == key.get("labels")):
        pairs, names = in_order, []
    at = next(n for n, (one, two) in enumerate(pairs) if not _row_fits(one, two, ask))
    place = f"Value {names[at]}" if names else f"The value {shown(pairs[at][0][0])}"
    return [Part("", "wrong", cell_said(place, pairs[at][0][0], pairs[at][1][0]))]
