"""A diagram as markup: for a card (colors by class, parts by tokens) and as an image of its own for pages without a
kernel."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from html import escape

from course.language import svg
from course.language.diagrams import FILLED, PREFIX, RADIUS, Diagram, Part

#: Colors of the light theme; ``diagram.css`` has the same (a test compares), and the dark ones beside them.
LIGHT: dict[str, str] = {
    "ink": "#37474f",
    "soft": "#f3e7de",
    "red": "#e8a59c",
    "blue": "#a9c4e6",
    "pink": "#f2c3c6",
    "yellow": "#f3dc9a",
    "bone": "#efe6cf",
    "green": "#b9d8b0",
    "purple": "#cdb9e2",
    "gray": "#cfd8dc",
}
_INK = LIGHT["ink"]
_FILLS = "".join(f".{kind}{{fill:{LIGHT[kind.removeprefix('t-')]}}}" for kind in sorted(FILLED))
_STYLE = (
    f"path,circle,ellipse,rect,polygon,polyline,line{{stroke:{_INK};stroke-width:1.8;stroke-linejoin:round;"
    f"stroke-linecap:round}}{_FILLS}.soft{{stroke-width:1.5}}.ink{{fill:none;stroke-width:2}}"
    ".fine{fill:none;stroke-width:1;opacity:.75}"
    ".lit *{stroke:#000;stroke-width:3.4}.lit .fine{stroke-width:1}.over *{fill:url(#h);stroke:none}"
    ".halo{stroke:#fff;stroke-width:3.6}.leader{stroke:#000;stroke-width:1.2}.end{fill:#000;stroke:#fff;stroke-width:1}"
    ".mark{fill:#fff;stroke:#000;stroke-width:1.4}text{font:700 15px sans-serif;text-anchor:middle;fill:#000}"
)
_HATCH = (
    '<pattern id="h" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line x1="0" y1="0" x2="0" y2="7" style="stroke:#000;stroke-width:2.2"/></pattern>'
)


def live(diagram: Diagram, tokens: Mapping[str, str]) -> str:
    """What stands inside the svg element of a card. ``tokens``: part id -> its ``data-part``; the ids of the file,
    which are names of parts, are left out."""
    rename = {PREFIX + name: f'data-part="{escape(token)}"' for name, token in tokens.items()}
    return "".join(child.html(rename) for child in diagram.drawing.children)


def source(diagram: Diagram, marked: Iterable[tuple[str, Part]], lit: str = "") -> str:
    """A picture as a ``data:`` address: light colors on white, letters drawn in; ``lit`` is the id of a part that is
    outlined and hatched."""
    size = f'viewBox="0 0 {diagram.width:g} {diagram.height:g}" width="{diagram.width:g}" height="{diagram.height:g}"'
    shapes = "".join(_lit(child) if _is(child, lit) else child.html({}) for child in diagram.drawing.children)
    marks = "".join(_mark(letter, part) for letter, part in marked)
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f"<style>{_STYLE}</style>{_HATCH if lit else ''}"
        f'<rect width="100%" height="100%" style="fill:#fff;stroke:none"/>{shapes}{marks}</svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(whole.encode("utf-8")).decode("ascii")


def image(diagram: Diagram, marked: Iterable[tuple[str, Part]], lit: str = "", more: str = "") -> str:
    """The picture as an HTML image with its text alternative; ``more`` is said after it."""
    told = f"{diagram.alt} {more}".strip()
    return f'<p><img src="{source(diagram, marked, lit)}" alt="{escape(told)}" width="{diagram.width:g}"></p>'


def _is(node: svg.Node, lit: str) -> bool:
    return bool(lit) and any(one.attributes.get("id") == PREFIX + lit for one in node.walk())


def _lit(node: svg.Node) -> str:
    """The group of a part with its hatch over it, wherever in ``node`` it stands."""
    if not node.attributes.get("id", "").startswith(PREFIX):
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items() if name != "id")
        inner = "".join(_lit(child) if child.tag == "g" else child.html({}) for child in node.children)
        return f"<{node.tag}{attributes}>{inner}</{node.tag}>"
    moved = node.attributes.get("transform")
    shift = f' transform="{escape(moved)}"' if moved else ""
    own = "".join(child.html({}) for child in node.children)
    filled = "".join(_filled(child) for child in node.children)
    return f'<g class="lit"{shift}>{own}</g><g class="over"{shift}>{filled}</g>'


def _filled(node: svg.Node) -> str:
    """The shapes with an inside, for the hatch."""
    if node.tag == "g":
        moved = node.attributes.get("transform")
        inner = "".join(_filled(child) for child in node.children)
        return f'<g transform="{escape(moved)}">{inner}</g>' if moved else inner
    if node.attributes.get("class") not in FILLED:
        return ""
    bare = {name: value for name, value in node.attributes.items() if name != "class"}
    return svg.Node(node.tag, bare, node.line).html({})


def _mark(letter: str, part: Part) -> str:
    (x, y), (px, py) = part.label, part.point
    ends = f'x1="{x:g}" y1="{y:g}" x2="{px:g}" y2="{py:g}"'
    return (
        f'<line class="halo" {ends}/><line class="leader" {ends}/><circle class="end" cx="{px:g}" cy="{py:g}" r="3"/>'
        f'<circle class="mark" cx="{x:g}" cy="{y:g}" r="{RADIUS}"/><text x="{x:g}" y="{y + 5:g}">{letter}</text>'
    )
