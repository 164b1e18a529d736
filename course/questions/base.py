"""What every question has, whatever its kind. The kinds derive their models from ``ItemBase``.

Two sorts of faults: *rules* make an item unusable (it cannot be loaded), *lints* are found by ``check_bank`` alone
and never keep a learner from a question.
"""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import json
import re
import string
from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from course.labor import gallery

LETTERS = string.ascii_lowercase


class Fault(NamedTuple):
    """One thing that is wrong with an item: where (a path of field names and positions), what, and what to do."""

    path: tuple[str | int, ...]
    message: str
    advice: str = ""


class Strict(BaseModel):
    """No unknown fields, no changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _chart(text: str) -> str:
    return text.strip("\n").rstrip()


def _iso_date(value: Any) -> Any:
    # pydantic would take "20261122" for a number of seconds since 1970.
    if isinstance(value, dt.datetime) or (
        isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip())
    ):
        raise PydanticCustomError("iso_date", "is not a date of the form 2026-11-22")
    return value.strip() if isinstance(value, str) else value


_NonEmpty = StringConstraints(strip_whitespace=True, min_length=1)
#: Markdown-lite of several lines.
Text = Annotated[str, _NonEmpty]
#: Markdown-lite on one line; line ends become spaces.
Line = Annotated[str, _NonEmpty, AfterValidator(_one_line)]
#: A chart note: shown as it stands, without marks.
Chart = Annotated[str, StringConstraints(min_length=1), AfterValidator(_chart)]
IsoDate = Annotated[dt.date, BeforeValidator(_iso_date)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]


class Source(Strict):
    """Where the rule stands, and when somebody last looked."""

    ref: Line = Field(description="What it is and where in it: 'ICD-10-CM Guidelines I.A.4'.")
    checked: IsoDate = Field(description="The day it was checked, as 2026-11-22.")
    edition: Line | None = Field(
        None, description="The edition that was read ('FY2025', '2026'), where it has editions."
    )
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None


class Option(Strict):
    """One option of a choice."""

    text: Line
    why: Line = Field(
        description="Why it is right, or why a beginner picks it and what it misses. Shown when it is picked."
    )
    correct: bool = False


class ItemBase(Strict):
    """The fields that every kind shares. ``id`` and ``lesson`` are set by the bank or the generator, never in the
    YAML."""

    id: str = Field("", description="<topic>/<slug>; set by the course.")
    lesson: str = Field("", description="Two digits, for a part a letter more; set by the course from the topic file.")
    slug: Slug
    kind: str
    title: Annotated[Line, StringConstraints(max_length=60)]
    stem: Text
    note: Chart | None = None
    plot: Slug | None = Field(None, description="A plot of course/labor/gallery.py, shown above the question.")
    hints: Annotated[tuple[Text, ...], Field(min_length=1)]
    rationale: Text
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    objective: Annotated[Line, StringConstraints(max_length=120)]
    difficulty: Annotated[int, Field(ge=1, le=3)]
    domains: tuple[Line, ...]
    editions: Annotated[tuple[Annotated[int, Field(ge=2016, le=2100)], ...], Field(min_length=1)]
    tags: tuple[Line, ...] = ()
    not_codes: Annotated[
        tuple[Line, ...],
        Field(description="Code-like words in this item that are meant to be no codes (S52.5219, B12)."),
    ] = ()

    @field_validator("editions")
    @classmethod
    def _sorted_editions(cls, editions: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sorted(set(editions)))

    @field_validator("plot")
    @classmethod
    def _known_plot(cls, plot: str | None) -> str | None:
        if plot is not None and plot not in gallery.names():
            near = difflib.get_close_matches(plot, gallery.names(), n=1, cutoff=0.5)
            hint = f"; did you mean {near[0]}?" if near else f"; there are: {', '.join(gallery.names())}"
            raise PydanticCustomError("plot", "there is no plot called {plot}{hint}", {"plot": plot, "hint": hint})
        return plot

    @model_validator(mode="after")
    def _all_rules(self) -> ItemBase:
        faults = list(self.rules())
        if faults:
            summary = "; ".join(fault.message for fault in faults)
            raise PydanticCustomError("faults", "{summary}", {"summary": summary, "faults": faults})
        return self

    def rules(self) -> Iterator[Fault]:
        """What the types cannot say; a kind extends it. All faults at once, not the first alone."""
        yield from ()

    def lints(self) -> Iterator[Fault]:
        """What ``check_bank`` complains about although the item works; a kind extends it."""
        yield from ()

    def key_codes(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Path and text of every code of the key, for the check that it is billable in each edition."""
        yield from ()

    def key_services(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Path and text of every CPT or HCPCS code of the key, for the check that it can be reported."""
        yield from ()

    def key_modifiers(self) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
        """Path, modifier and code of every modifier of the key, for the check that the modifier exists."""
        yield from ()

    def key_claims(self) -> Iterator[tuple[tuple[str | int, ...], tuple[str, ...]]]:
        """Path and codes of what stands on one claim, for the check that no add-on stands alone."""
        yield from ()

    def edition_for(self, in_force: int) -> int:
        """The edition to grade with: the one in force where the item names it, otherwise the item's latest."""
        return in_force if in_force in self.editions else self.editions[-1]

    @property
    def content_version(self) -> str:
        """Ten hex digits that change when the question or its answer does.

        They cover kind, stem, note, plot and the kind's own fields (options, key, tolerance, …). A better reason,
        rationale, hint, title, source or tag leaves them alone, so that mending a typo there does not make an old
        answer look outdated; so does a change of white space.
        """
        own = {name for name in type(self).model_fields if name not in ItemBase.model_fields} - {"reasons"}
        shown = {"kind", "stem", "note"} | ({"plot"} if self.plot else set())
        data = _without_whys(self.model_dump(mode="json", include=own | shown))
        text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()[:10]


def _without_whys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_whys(inner) for key, inner in value.items() if key not in ("why", "reasons")}
    if isinstance(value, list):
        return [_without_whys(inner) for inner in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def duplicates(texts: list[str], path: str, field: str = "text") -> Iterator[Fault]:
    """A fault for every text that was already used, compared without case and space."""
    seen: dict[str, int] = {}
    for n, text in enumerate(texts):
        first = seen.setdefault(" ".join(text.casefold().split()), n)
        if first != n:
            where: tuple[str | int, ...] = (path, n, field) if field else (path, n)
            yield Fault(where, f"says the same as number {first + 1}", "Make them different or take one away.")
