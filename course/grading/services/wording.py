"""The sentences of ``wording.toml`` about service lines, filled in."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from course.grading.diagnosis.wording import HEADLINE_WORDS, MESSAGE_WORDS, compose

__all__ = ["HEADLINE_WORDS", "MESSAGE_WORDS", "compose", "headline", "load", "pointer", "sentence"]


@cache
def load() -> dict[str, dict[str, str]]:
    """The tables of the file: headlines, sentences and pointers, by name."""
    with Path(__file__).with_name("wording.toml").open("rb") as file:
        return tomllib.load(file)


def headline(key: str, **values: object) -> str:
    """The headline of that name, filled in."""
    return load()["headlines"][key].format(**values)


def sentence(key: str, **values: object) -> str:
    """The sentence of that name, filled in."""
    return load()["sentences"][key].format(**values)


def pointer(group: str) -> str:
    """Where to look for a modifier of a group; names no modifier."""
    pointers = load()["pointers"]
    return pointers.get(group, pointers["other"])
