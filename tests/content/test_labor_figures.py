"""Questions about jobs and wages: each figure they name is computed from the tables."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from course.questions import bank
from course.questions.base import ItemBase

LESSONS = ("15", "16")
#: Not part of what a learner reads, or read elsewhere.
APART = {"id", "lesson", "slug", "kind", "sources", "editions", "not_codes", "tags", "domains", "difficulty", "plot"}
#: SOC codes, projection periods, years, dates: names, not figures.
NAMES = re.compile(r"\b\d\d-\d{4}\b|\b(?:19|20)\d\d(?:[-\u2013]\d\d(?:\d\d)?)?(?![\d,.]*\d|%| percent)\b")
FIGURE = re.compile(
    r"(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.])\d+\.\d+|(?<![\w.])\d{3,}|(?<![\w.])\d+(?=\s?(?:%|percent))"
)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in APART:
                yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def figures(item: ItemBase) -> set[str]:
    """The figures a question names: those of three digits and more, with decimals, or in percent."""
    said = " \n ".join(texts(item.model_dump(mode="json")))
    return {found.replace(",", "") for found in FIGURE.findall(NAMES.sub("", said))}


def matches(said: str, computed: Any) -> bool:
    """Whether a computed value is the figure said, rounded to as many decimals or to as round a number."""
    said_value, value = Decimal(said), abs(Decimal(str(computed)))
    finest = int(said_value.as_tuple().exponent)
    coarsest = 3 if finest == 0 and not said_value % 1000 else 2 if finest == 0 and not said_value % 100 else 0
    return any(
        value.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP) == said_value
        for exponent in {finest, *range(finest, coarsest + 1)}
    )


def of_lesson(lesson: str) -> list[ItemBase]:
    return [item for item in bank.sound_items(lesson=lesson) if item.kind != "your_turn"]


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_figure_is_computed_from_the_tables(lesson: str):
    known = importlib.import_module(f"tests.content.labor_figures_{lesson}").FIGURES
    items = of_lesson(lesson)
    assert len(items) >= 12
    wrong = {}
    for item in items:
        computed = [one for one in known[item.slug]() if one == one] if item.slug in known else []
        if missing := {said for said in figures(item) if not any(matches(said, one) for one in computed)}:
            wrong[item.slug] = sorted(missing)
    assert wrong == {}
    assert set(known) <= {item.slug for item in items}, "figures of questions that are no more"


def test_a_figure_that_is_not_computed_is_found():
    assert matches("46.3", 46.2745) and not matches("46.3", 46.2)
    assert matches("51140", 51140.0) and matches("51000", 51140) and not matches("52000", 51140)
    assert not matches("51140", 51000)


def test_names_are_no_figures():
    class Like:
        def model_dump(self, mode: str) -> dict[str, Any]:
            return {"stem": "In May 2025, 29-2072 grew 8% (2022-32), 3.7 percent, to 194,720 jobs.", "slug": "a-500"}

    assert figures(Like()) == {"8", "3.7", "194720"}  # type: ignore[arg-type]
