"""The sentences of ``wording.toml``: filled in, and joined into messages of a bearable length."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

#: Most words a message may have, and a headline.
MESSAGE_WORDS = 60
HEADLINE_WORDS = 8


@lru_cache(maxsize=1)
def load() -> dict[str, dict[str, str]]:
    """The two tables of the file: headlines and sentences, by name."""
    with Path(__file__).with_name("wording.toml").open("rb") as file:
        return tomllib.load(file)


_NTH = {1: "1st", 2: "2nd", 3: "3rd"}


def nth(place: int) -> str:
    """1 gives "1st", 4 gives "4th"."""
    return _NTH.get(place, f"{place}th")


def headline(key: str, **values: object) -> str:
    """The headline of that name, filled in."""
    return load()["headlines"][key].format(**values)


def sentence(key: str, **values: object) -> str:
    """The sentence of that name, filled in."""
    return load()["sentences"][key].format(**values)


def compose(sentences: Iterable[str], most: int = MESSAGE_WORDS) -> str:
    """Join sentences as long as they fit into `most` words. The first is always kept, cut if it must be."""
    out: list[str] = []
    count = 0
    for text in sentences:
        size = len(text.split())
        if not text or (out and count + size > most):
            continue
        out.append(text if size <= most else " ".join(text.split()[:most]) + " …")
        count += size
    return " ".join(out)
