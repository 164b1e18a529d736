"""A small reader of the SVG that the diagrams are drawn in: a tree with line numbers, and which point lies in what.

Only what ``data/diagrams`` uses is understood: groups, basic shapes, paths and transforms. Lengths are user units of
the view box (400 wide). ``SvgError`` names the line of what cannot be read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

Point = tuple[float, float]
#: a, b, c, d, e, f of ``matrix()``: x' = a x + c y + e, y' = b x + d y + f.
Matrix = tuple[float, float, float, float, float, float]

SAME: Matrix = (1, 0, 0, 1, 0, 0)
#: Pieces that a curve is cut into; 8 miss a curve of 100 units by less than a unit.
PIECES = 8
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_TOKEN = re.compile(rf"([MmLlHhVvCcSsQqTtAaZz])|({_NUMBER})")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


class SvgError(ValueError):
    """A drawing that cannot be read. ``line`` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(slots=True)
class Node:
    """One element. ``line``: where it begins in the file."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    text: str = ""

    def walk(self) -> Iterator[Node]:
        """The element and all below it, in the order of drawing."""
        yield self
        for child in self.children:
            yield from child.walk()

    def html(self, rename: Mapping[str, str] | None = None) -> str:
        """The element as markup. ``rename``: id of a part -> attributes in place of its ``id`` ("" for none)."""
        shown = []
        for name, value in self.attributes.items():
            if name == "id" and rename is not None:
                shown.append(rename.get(value, ""))
            else:
                shown.append(f'{name}="{escape(value)}"')
        head = " ".join(["<" + self.tag, *filter(None, shown)])
        inner = "".join(child.html(rename) for child in self.children)
        return f"{head}>{inner}</{self.tag}>" if inner else f"{head}/>"


def parse(text: str) -> Node:
    """The tree of a drawing. Raises SvgError."""
    parser = expat.ParserCreate()
    top = Node("", {}, 0)
    stack = [top]

    def start(tag: str, attributes: dict[str, str]) -> None:
        node = Node(tag, dict(attributes), parser.CurrentLineNumber)
        stack[-1].children.append(node)
        stack.append(node)

    def words(data: str) -> None:
        stack[-1].text += data

    def entity(*_: object) -> None:
        raise SvgError("declares an entity", parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _tag: stack.pop()
    parser.CharacterDataHandler = words
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise SvgError(f"is not well-formed ({expat.errors.messages[error.code]})", error.lineno) from None
    return top.children[0]


# -- geometry


def transform(text: str) -> Matrix:
    """The matrix of a ``transform`` attribute. Raises ValueError for what is not understood."""
    whole = SAME
    for name, inside in re.findall(r"(\w+)\s*\(([^)]*)\)", text):
        n = [float(one) for one in re.findall(_NUMBER, inside)]
        if name == "translate":
            one: Matrix = (1, 0, 0, 1, n[0], n[1] if len(n) > 1 else 0)
        elif name == "scale":
            one = (n[0], 0, 0, n[1] if len(n) > 1 else n[0], 0, 0)
        elif name == "rotate":
            cos, sin = math.cos(math.radians(n[0])), math.sin(math.radians(n[0]))
            x, y = (n[1], n[2]) if len(n) > 2 else (0.0, 0.0)
            one = (cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)
        elif name == "matrix":
            one = (n[0], n[1], n[2], n[3], n[4], n[5])
        else:
            raise ValueError(f"{name} is not understood")
        whole = times(whole, one)
    return whole


def times(one: Matrix, two: Matrix) -> Matrix:
    """Two matrices as one: ``two`` first, then ``one``."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def outlines(node: Node, matrix: Matrix = SAME) -> list[list[Point]]:
    """The outlines of one shape as polygons, in the units of the view box."""
    get = {name: float(value) for name, value in node.attributes.items() if re.fullmatch(_NUMBER, value)}
    if node.tag == "path":
        lines = _path(node.attributes.get("d", ""))
    elif node.tag in ("polygon", "polyline", "line"):
        numbers = [float(one) for one in re.findall(_NUMBER, node.attributes.get("points", ""))]
        if node.tag == "line":
            numbers = [get.get(name, 0) for name in ("x1", "y1", "x2", "y2")]
        lines = [list(zip(numbers[::2], numbers[1::2], strict=False))]
    elif node.tag == "rect":
        x, y, wide, high = (get.get(name, 0) for name in ("x", "y", "width", "height"))
        lines = [[(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]]
    elif node.tag in ("circle", "ellipse"):
        rx, ry = get.get("rx", get.get("r", 0)), get.get("ry", get.get("r", 0))
        turns = [2 * math.pi * n / 48 for n in range(48)]
        lines = [[(get.get("cx", 0) + rx * math.cos(t), get.get("cy", 0) + ry * math.sin(t)) for t in turns]]
    else:
        lines = []
    a, b, c, d, e, f = matrix
    return [[(a * x + c * y + e, b * x + d * y + f) for x, y in line] for line in lines]


def inside(polygons: Sequence[Sequence[Point]], point: Point, even_odd: bool = False) -> bool:
    """Whether a point lies in a filled shape (nonzero rule, as drawings are filled where nothing else is said)."""
    px, py = point
    turns = crossings = 0
    for line in polygons:
        for (x1, y1), (x2, y2) in zip(line, [*line[1:], line[0]], strict=True):
            if (y1 <= py) != (y2 <= py) and x1 + (py - y1) * (x2 - x1) / (y2 - y1) > px:
                turns += 1 if y2 > y1 else -1
                crossings += 1
    return crossings % 2 == 1 if even_odd else turns != 0


def _path(data: str) -> list[list[Point]]:
    """Polygons of the ``d`` of a path; curves become ``PIECES`` straight lines. Raises ValueError."""
    if data and (rest := re.sub(r"[\s,]+", "", _TOKEN.sub("", data))):
        raise ValueError(f"holds {rest[:10]!r}")
    tokens = [(one[1] or one[2]) for one in _TOKEN.finditer(data)]
    lines: list[list[Point]] = []
    here: Point = (0.0, 0.0)
    start, reflect, before, command, at = here, here, "", "", 0
    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
        elif command in ("", "Z", "z"):
            raise ValueError("has a number where a command must stand")
        upper, takes = command.upper(), _TAKES[command.upper()]
        try:
            n = [float(one) for one in tokens[at : at + takes]]
        except ValueError:
            raise ValueError(f"has too few numbers after {command}") from None
        if len(n) < takes:
            raise ValueError(f"has too few numbers after {command}")
        at += takes
        if command.islower() and upper != "Z":
            n = _absolute(upper, n, here)
        if upper == "M":
            lines.append([(n[0], n[1])])
            here = start = (n[0], n[1])
            command = "l" if command == "m" else "L"
        elif upper == "Z":
            here = start
        else:
            if not lines:
                raise ValueError("must begin with M")
            if before == "Z":
                lines.append([here])
            mirror = (2 * here[0] - reflect[0], 2 * here[1] - reflect[1])
            points, reflect_next = _segment(upper, n, here, mirror if _same_family(before, upper) else here)
            lines[-1] += points
            here, reflect = lines[-1][-1], reflect_next
        before = upper
    return lines


def _same_family(before: str, now: str) -> bool:
    return (now == "S" and before in ("C", "S")) or (now == "T" and before in ("Q", "T"))


def _absolute(command: str, n: list[float], here: Point) -> list[float]:
    x, y = here
    if command == "H":
        return [n[0] + x]
    if command == "V":
        return [n[0] + y]
    if command == "A":
        return [*n[:5], n[5] + x, n[6] + y]
    return [one + (y if k % 2 else x) for k, one in enumerate(n)]


def _segment(command: str, n: list[float], here: Point, mirror: Point) -> tuple[list[Point], Point]:
    """Points after ``here``, and the control point that a smooth curve after it mirrors."""
    if command in ("L", "M"):
        return [(n[0], n[1])], (n[0], n[1])
    if command == "H":
        return [(n[0], here[1])], (n[0], here[1])
    if command == "V":
        return [(here[0], n[0])], (here[0], n[0])
    if command == "A":
        return _arc(here, n), (n[5], n[6])
    if command in ("S", "T"):
        n = [*mirror, *n]
    control = [here, *zip(n[::2], n[1::2], strict=True)]
    return [_bezier(control, k / PIECES) for k in range(1, PIECES + 1)], control[-2]


def _bezier(points: list[Point], t: float) -> Point:
    """A point of a curve with one or two control points."""
    s = 1 - t
    weights = (s * s, 2 * s * t, t * t) if len(points) == 3 else (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
    x = y = 0.0
    for weight, (px, py) in zip(weights, points, strict=True):
        x += weight * px
        y += weight * py
    return x, y


def _arc(here: Point, n: list[float]) -> list[Point]:
    """An elliptical arc by its end points (SVG 1.1, appendix F.6.5)."""
    (x1, y1), (rx, ry, turn, large, sweep, x2, y2) = here, n
    rx, ry, phi = abs(rx), abs(ry), math.radians(turn)
    if not rx or not ry or here == (x2, y2):
        return [(x2, y2)]
    cos, sin = math.cos(phi), math.sin(phi)
    dx, dy = (x1 - x2) / 2, (y1 - y2) / 2
    u, v = cos * dx + sin * dy, -sin * dx + cos * dy
    grow = max(1.0, math.sqrt((u / rx) ** 2 + (v / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    rest = max(0.0, (rx * ry) ** 2 - (rx * v) ** 2 - (ry * u) ** 2) / ((rx * v) ** 2 + (ry * u) ** 2)
    k = math.sqrt(rest) * (-1 if bool(large) == bool(sweep) else 1)
    cu, cv = k * rx * v / ry, -k * ry * u / rx
    cx, cy = cos * cu - sin * cv + (x1 + x2) / 2, sin * cu + cos * cv + (y1 + y2) / 2
    first = math.atan2((v - cv) / ry, (u - cu) / rx)
    by = math.atan2((-v - cv) / ry, (-u - cu) / rx) - first
    if sweep and by < 0:
        by += 2 * math.pi
    elif not sweep and by > 0:
        by -= 2 * math.pi
    out = []
    for step in range(1, 2 * PIECES + 1):
        t = first + by * step / (2 * PIECES)
        a, b = rx * math.cos(t), ry * math.sin(t)
        out.append((cx + cos * a - sin * b, cy + sin * a + cos * b))
    return out
