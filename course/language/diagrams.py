"""The body in diagrams: ``data/diagrams/NAME.svg`` (the drawing) and ``NAME.yaml`` (its parts, in words).

``get("heart")`` reads and caches one diagram; what is wrong with a file beyond its form is told by
:mod:`course.language.diagram_check`. Coordinates are those of the view box, whose origin is the upper left corner.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from course.bootstrap.errors import command
from course.language import svg
from course.paths import data_dir

#: Beginning of the ``id`` of the group that draws a part.
PREFIX = "p-"
#: Classes whose shapes have an inside; ``ink`` and ``fine`` are lines.
FILLED = frozenset(("soft", "t-red", "t-blue", "t-pink", "t-yellow", "t-bone", "t-green", "t-purple", "t-gray"))
LINES = frozenset(("ink", "fine"))
SHAPES = frozenset(("path", "circle", "ellipse", "rect", "polygon", "polyline", "line"))
#: Radius of the circle around a letter.
RADIUS = 13


class DiagramError(LookupError):
    """A diagram that is not there, or whose files cannot be read. ``str()`` is a sentence."""


@dataclass(frozen=True)
class Part:
    """One part that has a name. ``where``: its place and shape in words that do not name it."""

    id: str
    letter: str
    name: str
    plain: str
    where: str
    roots: tuple[str, ...]
    label: svg.Point
    point: svg.Point
    series: str
    chapter: int


@dataclass(frozen=True)
class Diagram:
    """One drawing and its parts, in the order of the file; letters go by that order."""

    name: str
    title: str
    alt: str
    view: str
    system: str
    series: str
    chapter: int
    parts: tuple[Part, ...]
    width: float
    height: float
    drawing: svg.Node

    def part(self, name: str) -> Part | None:
        """A part by its id, or None."""
        return next((one for one in self.parts if one.id == name), None)

    @cached_property
    def shapes(self) -> tuple[tuple[str, str, list[list[svg.Point]], bool], ...]:
        """Part id or "", class, outlines, whether even-odd: of every shape, from the bottom to the top."""
        return tuple(_shapes(self.drawing, "", svg.SAME))

    def part_at(self, point: svg.Point) -> str:
        """The part on top at a point, or "". Shapes that belong to no part let a pointer through."""
        for owner, kind, outlines, even_odd in reversed(self.shapes):
            if owner and kind in FILLED and svg.inside(outlines, point, even_odd):
                return owner
        return ""

    def near(self, name: str) -> list[Part]:
        """The other parts, from the nearest to the farthest, by the ends of their leader lines."""
        here = self.part(name)
        assert here is not None, name
        others = [one for one in self.parts if one.id != name]
        return sorted(others, key=lambda one: math.dist(one.point, here.point))


def folder() -> Path:
    """Where the diagrams are."""
    return data_dir() / "diagrams"


def names(where: Path | None = None) -> tuple[str, ...]:
    """Names of all diagrams: each has a drawing and a description."""
    place = where or folder()
    drawn = {path.stem for path in place.glob("*.svg")}
    return tuple(sorted(path.stem for path in place.glob("*.yaml") if path.stem in drawn))


def nearest(name: str, where: Path | None = None) -> str:
    """The diagram whose name is most like another word, or ""."""
    return next(iter(difflib.get_close_matches(str(name), names(where), n=1, cutoff=0.5)), "")


def get(name: str, where: Path | None = None) -> Diagram:
    """A diagram by its name. Raises DiagramError, whose text names those there are."""
    place = where or folder()
    files = (place / f"{name}.svg", place / f"{name}.yaml")
    try:
        stamps = tuple((found.st_mtime_ns, found.st_size) for found in (one.stat() for one in files))
    except (OSError, ValueError):  # a name may hold anything
        stamps = ()
    if not stamps or Path(name).name != name:
        near = nearest(name, place)
        hint = f" Did you mean {near}?" if near else ""
        known = ", ".join(names(place))
        raise DiagramError(f"There is no diagram called {str(name)[:60]!r}.{hint} There are: {known}.")
    return _read(name, *files, stamps)


def every(where: Path | None = None) -> list[Diagram]:
    """All diagrams that can be read."""
    found = []
    for name in names(where):
        try:
            found.append(get(name, where))
        except DiagramError:
            continue
    return found


@lru_cache(maxsize=128)
def _read(name: str, drawing: Path, words: Path, _stamps: object) -> Diagram:
    import yaml

    try:
        tree = svg.parse(drawing.read_text(encoding="utf-8"))
        data = yaml.load(words.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return made(name, tree, data)
    except (svg.SvgError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise DiagramError(f"The files of the diagram {name!r} cannot be read: {error}") from None
    except (KeyError, TypeError, ValueError, IndexError) as error:
        told = f"{type(error).__name__} {error}"
        raise DiagramError(f"The diagram {name!r} lacks something: {told}. See: {command('check')}") from None


def made(name: str, tree: svg.Node, data: Mapping[str, Any]) -> Diagram:
    """A diagram of its drawing and its description. Raises KeyError, TypeError or ValueError where a field is missing
    or of another form."""
    _, _, width, height = (float(one) for one in tree.attributes["viewBox"].split())
    parts = tuple(
        Part(
            id=str(one["id"]),
            letter=chr(ord("A") + n),
            name=_line(one["name"]),
            plain=_line(one["plain"]),
            where=_line(one["where"]),
            roots=tuple(str(root) for root in one.get("roots") or ()),
            label=_point(one["label"]),
            point=_point(one["point"]),
            series=str(one.get("series", data["series"]) or ""),
            chapter=int(one.get("chapter", data["chapter"]) or 0),
        )
        for n, one in enumerate(data["parts"])
    )
    return Diagram(
        name=name,
        title=_line(data["title"]),
        alt=_line(data["alt"]),
        view=_line(data["view"]),
        system=str(data["system"]),
        series=str(data["series"] or ""),
        chapter=int(data["chapter"] or 0),
        parts=parts,
        width=width,
        height=height,
        drawing=tree,
    )


def _line(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be text, not {value!r}")
    return " ".join(value.split())


def _point(value: Any) -> svg.Point:
    x, y = value
    return float(x), float(y)


def _shapes(node: svg.Node, owner: str, matrix: svg.Matrix) -> list[tuple[str, str, list[list[svg.Point]], bool]]:
    if moved := node.attributes.get("transform"):
        matrix = svg.times(matrix, svg.transform(moved))
    name = node.attributes.get("id", "")
    if name.startswith(PREFIX):
        owner = name.removeprefix(PREFIX)
    if node.tag in SHAPES:
        even_odd = node.attributes.get("fill-rule") == "evenodd"
        return [(owner, node.attributes.get("class", ""), svg.outlines(node, matrix), even_odd)]
    return [shape for child in node.children for shape in _shapes(child, owner, matrix)]
