"""The tables of ``data/labor``: where they are, and reading them. What must hold of them is in :mod:`.schema`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from course import paths

if TYPE_CHECKING:
    import pandas as pd

#: SOC code of medical records specialists, the occupation that includes medical coders since May 2021.
SPECIALISTS = "29-2072"

F = TypeVar("F", bound=Callable[..., Any])
_REMEMBERED: list[Any] = []


def names() -> list[str]:
    """Names of all tables."""
    return paths.tables("labor")


def file(name: str) -> str:
    """Path of a table, for ``pandas.read_csv``. KeyError (with the nearest names) when there is none."""
    return paths.table("labor", name)


def table(name: str) -> pd.DataFrame:
    """A fresh copy of a table. KeyError when there is none."""
    return _read(file(name)).copy()


def remembered(function: F) -> F:
    """``functools.cache`` for what is computed from the tables: :func:`forget` empties them all at once."""
    made = cache(function)
    _REMEMBERED.append(made)
    return cast("F", made)


@remembered
def _read(path: str) -> pd.DataFrame:
    import pandas as pd

    return pd.read_csv(path, encoding="utf-8")


def forget() -> None:
    """Read the tables anew, and compute what rests on them: they were changed on disk."""
    for one in _REMEMBERED:
        one.cache_clear()
