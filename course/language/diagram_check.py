"""What is wrong with the files of ``data/diagrams``, with file and line: ``python -m course check`` lists it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.language import svg
from course.language.books import CHAPTERS, SERIES
from course.language.diagrams import FILLED, LINES, PREFIX, RADIUS, SHAPES, Diagram, Part, folder, made
from course.language.fault import Fault

SYSTEMS = frozenset(
    (
        "skin bones muscles circulatory respiratory digestive urinary reproductive nervous eye ear endocrine lymph body"
    ).split()
)
FIELDS = frozenset("title alt view system series chapter parts".split())
PART_FIELDS = frozenset("id name plain where roots label point series chapter".split())
#: Elements and attributes that a drawing may have. Colors come from the style sheet by class.
TAGS = SHAPES | {"svg", "g"}
ATTRIBUTES = frozenset(
    "xmlns viewBox id class d points cx cy r rx ry x y x1 y1 x2 y2 width height transform fill-rule".split()
)
WIDTH, HEIGHTS, LARGEST = 400, (220, 520), 14_000
ALT_WORDS, PARTS = (40, 90), (4, 14)
#: Least distance of two letters: their circles have a radius of 13.
APART = 30
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def faults(where: Path | None = None) -> list[Fault]:
    """Everything that is wrong with any diagram, by file and line; never raises."""
    place = where or folder()
    stems = sorted({path.stem for ending in ("svg", "yaml") for path in place.glob(f"*.{ending}")})
    found = [fault for stem in stems for fault in of_one(stem, place)]
    return sorted(found, key=lambda one: (one.file, one.line, one.message))


def of_one(name: str, where: Path | None = None) -> list[Fault]:
    """Everything that is wrong with one diagram."""
    place = where or folder()
    drawn, told = place / f"{name}.svg", place / f"{name}.yaml"
    shown = {path: path.relative_to(place.parent.parent).as_posix() for path in (drawn, told)}
    missing = [path for path in (drawn, told) if not path.exists()]
    if missing:
        return [Fault(shown[path], 0, "is missing: a diagram is a drawing and its description") for path in missing]
    found: list[tuple[Path, int, str]] = []
    if not _ID.fullmatch(name):
        found.append((drawn, 0, "must be named in small letters, digits and hyphens"))
    tree = _tree(drawn, found)
    data, lines = _yaml(told, found)
    if tree is not None:
        found += [(drawn, line, text) for line, text in _drawing(tree)]
        if drawn.stat().st_size > LARGEST:
            found.append((drawn, 0, f"is {drawn.stat().st_size:,} bytes long; {LARGEST:,} are enough"))
    if tree is not None and data is not None:
        found += [(told, line, text) for line, text in _words(name, tree, data, lines)]
    return [Fault(shown[path], line, text) for path, line, text in found]


def _tree(path: Path, found: list[tuple[Path, int, str]]) -> svg.Node | None:
    try:
        return svg.parse(path.read_text(encoding="utf-8"))
    except (svg.SvgError, UnicodeDecodeError) as error:
        found.append((path, getattr(error, "line", 0), str(error)))
        return None


def _yaml(path: Path, found: list[tuple[Path, int, str]]) -> tuple[dict[str, Any] | None, dict[tuple[Any, ...], int]]:
    """The plain data, and the line on which each field begins."""
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        data = loader.construct_document(root) if root is not None else None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        found.append(
            (path, mark.line + 1 if mark else 0, f"cannot be read as YAML: {getattr(error, 'problem', error)}")
        )
        return None, {}
    if not isinstance(data, dict) or not isinstance(data.get("parts"), list):
        found.append((path, 0, "must hold `title`, `alt`, … and a list of `parts`"))
        return None, {}
    lines: dict[tuple[Any, ...], int] = {}

    def note(node: yaml.Node, at: tuple[Any, ...]) -> None:
        lines.setdefault(at, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                lines[*at, key.value] = key.start_mark.line + 1
                note(value, (*at, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for n, value in enumerate(node.value):
                note(value, (*at, n))

    if root is not None:
        note(root, ())
    return data, lines


def _drawing(tree: svg.Node) -> Iterator[tuple[int, str]]:
    """What a drawing must not hold, and what it must."""
    if tree.tag != "svg":
        yield tree.line, "must be one svg element"
    box = [float(one) for one in tree.attributes.get("viewBox", "").split() if re.fullmatch(r"-?[\d.]+", one)]
    low, high = HEIGHTS
    if len(box) != 4 or box[:3] != [0, 0, WIDTH] or not low <= box[3] <= high:
        yield tree.line, f'needs viewBox="0 0 {WIDTH} H" with H between {low} and {high}'
    for name in ("width", "height"):
        if name in tree.attributes:
            yield tree.line, f"the svg element has a {name}; leave the size to the page"
    seen: set[str] = set()
    for node in tree.walk():
        if node.tag not in TAGS:
            what = (
                "words belong into the yaml file" if node.tag in ("text", "tspan", "title", "desc") else "not allowed"
            )
            yield node.line, f"<{node.tag}>: {what}"
        if node.text.strip():
            yield node.line, f"holds words ({node.text.split()[0]!r}); they belong into the yaml file"
        for name, value in node.attributes.items():
            if name not in ATTRIBUTES:
                yield node.line, f"the attribute {name} is not allowed; colors and widths come by class"
            if "url(" in value or (name != "xmlns" and "://" in value):
                yield node.line, f"{name} points outside the drawing"
        kind = node.attributes.get("class")
        if kind is not None and kind not in FILLED | LINES:
            yield node.line, f"the class {kind!r} is not one of {', '.join(sorted(FILLED | LINES))}"
        if node.tag in SHAPES:
            if kind is None:
                yield node.line, f"<{node.tag}> has no class, and so no color"
            yield from _geometry(node)
        own = node.attributes.get("id")
        if own is not None:
            if own in seen:
                yield node.line, f"the id {own} is used twice"
            seen.add(own)
            if node.tag != "g" or not own.startswith(PREFIX):
                yield node.line, f"the id {own} is no part: ids are for groups, and begin with {PREFIX}"


def _geometry(node: svg.Node) -> Iterator[tuple[int, str]]:
    try:
        svg.outlines(node)
        svg.transform(node.attributes.get("transform", ""))
    except (ValueError, IndexError) as error:
        yield node.line, f"the shape cannot be read: it {error}"


def _words(
    name: str, tree: svg.Node, data: dict[str, Any], lines: dict[tuple[Any, ...], int]
) -> Iterator[tuple[int, str]]:
    """The description, by itself and against the drawing."""
    for field in sorted(set(data) - FIELDS):
        yield lines.get((field,), 0), f"{field} is not a field of a diagram"
    for n, part in enumerate(data["parts"]):
        for field in sorted(set(part) - PART_FIELDS) if isinstance(part, dict) else ():
            yield lines.get(("parts", n, field), 0), f"{field} is not a field of a part"
    try:
        one = made(name, tree, data)
        one.part_at((0, 0))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        what = (
            f"{error} is missing" if isinstance(error, KeyError) else f"a field has another form than it must: {error}"
        )
        yield 0, what
        return
    yield from _whole(one, lines)
    groups = {
        node.attributes["id"].removeprefix(PREFIX): node
        for node in tree.walk()
        if node.attributes.get("id", "").startswith(PREFIX)
    }
    ids = [part.id for part in one.parts]
    for other in sorted(set(groups) - set(ids)):
        yield lines.get(("parts",), 0), f"the drawing has a group {PREFIX}{other} that the parts do not name"
    for n, part in enumerate(one.parts):
        at = lines.get(("parts", n), 0)
        if not _ID.fullmatch(part.id) or part.id in ids[:n]:
            yield at, f"the id {part.id!r} must be of small letters, digits and hyphens, and used once"
        if part.id not in groups:
            yield at, f"{part.id}: the drawing has no group {PREFIX}{part.id}"
        elif not any(owner == part.id and kind in FILLED for owner, kind, _, _ in one.shapes):
            yield at, f"{part.id}: its group has no filled shape, so nobody can click it"
        else:
            yield from ((lines.get(("parts", n, "point"), at), text) for text in _point(one, part))
        for field, text in [*_label(one, n), *_said(part)]:
            yield lines.get(("parts", n, field), at), text


def _whole(one: Diagram, lines: dict[tuple[Any, ...], int]) -> Iterator[tuple[int, str]]:
    count = len(one.alt.split())
    if not ALT_WORDS[0] <= count <= ALT_WORDS[1]:
        yield (
            lines.get(("alt",), 0),
            f"alt has {count} words; {ALT_WORDS[0]} to {ALT_WORDS[1]} say what is seen and where",
        )
    named = [part.name for part in one.parts if _names(part.name, one.alt)]
    if len(named) * 3 > len(one.parts):
        yield lines.get(("alt",), 0), f"alt names parts ({', '.join(named)}), and so tells where to look for them"
    if one.system not in SYSTEMS:
        yield lines.get(("system",), 0), f"system is {one.system!r}; there are {', '.join(sorted(SYSTEMS))}"
    if not PARTS[0] <= len(one.parts) <= PARTS[1]:
        yield lines.get(("parts",), 0), f"has {len(one.parts)} parts; {PARTS[0]} to {PARTS[1]} fit"
    names = [part.name.casefold() for part in one.parts]
    for n, said in enumerate(names):
        if said in names[:n]:
            yield lines.get(("parts", n, "name"), 0), f"two parts are called {said}"


def _point(one: Diagram, part: Part) -> Iterator[str]:
    top = one.part_at(part.point)
    if not top:
        yield f"{part.id}: the point lies in no shape of the part"
    elif top != part.id:
        yield f"{part.id}: at the point {top} lies on top"


def _label(one: Diagram, n: int) -> Iterator[tuple[str, str]]:
    part = one.parts[n]
    x, y = part.label
    if not (RADIUS <= x <= one.width - RADIUS and RADIUS <= y <= one.height - RADIUS):
        yield "label", f"{part.id}: the letter's circle (radius {RADIUS}) leaves the picture"
    for other in one.parts[:n]:
        if math.dist(other.label, part.label) < APART:
            yield "label", f"{part.id}: its letter is closer than {APART} to that of {other.id}"
    for other in one.parts:
        if math.dist(other.point, part.label) < RADIUS + 3:
            yield "label", f"{part.id}: its letter covers the point of {other.id}"


def _said(part: Part) -> Iterator[tuple[str, str]]:
    if _names(part.name, part.where):
        yield "where", f"{part.id}: `where` names the part; say its place and shape only"
    if part.series and part.series not in SERIES:
        yield "series", f"{part.id}: the series {part.series!r} is not one of {', '.join(SERIES)}"
    if part.chapter and part.chapter not in CHAPTERS:
        yield "chapter", f"{part.id}: ICD-10-CM has no chapter {part.chapter}"


def _names(name: str, sentence: str) -> bool:
    """Whether a sentence holds a name, also in the plural."""
    return bool(re.search(rf"\b{re.escape(name)}(?:s|es)?\b", sentence, re.IGNORECASE))
