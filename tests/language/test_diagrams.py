"""The drawings of the body: all in the course are sound, each slip is told with its line, and the geometry is right."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from course.cards import esm
from course.language import books, diagram_check, diagrams, picture, svg

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">
  <path class="soft" d="M0 0H400V300H0Z"/>
  <g id="p-one">
    <rect class="t-red" x="40" y="40" width="60" height="60"/>
  </g>
  <g id="p-two" transform="translate(100 0)">
    <circle class="t-blue" cx="100" cy="100" r="40"/>
  </g>
  <g id="p-three">
    <path class="t-green" d="M300 40l60 0 0 60-60 0Z"/>
    <path class="fine" d="M300 40L360 100"/>
  </g>
  <g id="p-four">
    <ellipse class="t-gray" cx="100" cy="240" rx="50" ry="30"/>
  </g>
</svg>
"""
WORDS = """title: Four shapes
alt: >-
  Four shapes on a pale ground. At the upper left a red one with four corners, in the middle of the upper half a blue one without corners, at the upper right a green
  one that is crossed by a thin slanting line, and at the lower left a gray one that is wider than high.
view: From the front.
system: body
series: "30,000"
chapter: 9
parts:
  - {id: one, name: square, plain: a thing with corners, where: the red thing at the upper left, roots: [], label: [20, 150], point: [70, 70]}
  - {id: two, name: disk, plain: a thing without, where: the blue thing in the middle, roots: [], label: [200, 180], point: [200, 100]}
  - {id: three, name: crossed square, plain: a thing with a line, where: the green thing, roots: [], label: [380, 150], point: [330, 70], series: "", chapter: 0}
  - {id: four, name: egg, plain: a flat thing, where: the gray thing, roots: [ov/o], label: [200, 260], point: [100, 240]}
"""  # noqa: E501

Write = Callable[..., list[str]]


@pytest.fixture
def told(tmp_path: Path) -> Write:
    """``told({old: new}, svg=…)``: what the check says of the sample with some of its text replaced."""

    def write(changes: dict[str, str] | None = None) -> list[str]:
        place = tmp_path / "data" / "diagrams"
        place.mkdir(parents=True, exist_ok=True)
        drawing, words = SVG, WORDS
        for old, new in (changes or {}).items():
            assert old in drawing + words, old
            drawing, words = drawing.replace(old, new), words.replace(old, new)
        (place / "shapes.svg").write_text(drawing, encoding="utf-8")
        (place / "shapes.yaml").write_text(words, encoding="utf-8")
        return [str(fault).removeprefix("data/diagrams/shapes.") for fault in diagram_check.faults(place)]

    return write


def test_every_diagram_of_the_course_is_sound() -> None:
    assert [str(fault) for fault in diagram_check.faults()] == []
    assert len(diagrams.names()) == len(diagrams.every()) >= 4


def test_the_sample_is_sound_and_read(told: Write, tmp_path: Path) -> None:
    assert told() == []
    one = diagrams.get("shapes", tmp_path / "data" / "diagrams")
    assert [(part.letter, part.series, part.chapter) for part in one.parts] == [
        ("A", "30,000", 9),
        ("B", "30,000", 9),
        ("C", "", 0),
        ("D", "30,000", 9),
    ]
    assert one is diagrams.get("shapes", tmp_path / "data" / "diagrams"), "cached"
    assert [part.id for part in one.near("one")] == ["two", "four", "three"]
    told({"Four shapes": "Other shapes"})
    assert diagrams.get("shapes", tmp_path / "data" / "diagrams").title == "Other shapes", "a changed file is read anew"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('<g id="p-one">', "<g>", "yaml:10: one: the drawing has no group p-one."),
        ('id="p-four"', 'id="p-five"', "yaml:9: the drawing has a group p-five that the parts do not name."),
        ('id="p-four"', 'id="p-one"', "svg:13: the id p-one is used twice."),
        ('<g id="p-four">', '<g id="four">', "svg:13: the id four is no part: ids are for groups, and begin with p-."),
        ('class="t-red"', 'class="t-rot"', "svg:4: the class 't-rot' is not one of"),
        (' class="t-red"', "", "svg:4: <rect> has no class, and so no color."),
        ('class="t-red"', 'class="ink"', "yaml:10: one: its group has no filled shape, so nobody can click it."),
        ('<path class="fine"', '<text x="1"/><path class="fine"', "svg:11: <text>: words belong into the yaml file."),
        ('<path class="fine"', '<script/><path class="fine"', "svg:11: <script>: not allowed."),
        ('<path class="fine"', '<style>.a{}</style><path class="fine"', "svg:11: <style>: not allowed."),
        ('class="fine"', 'class="fine" style="fill:red"', "svg:11: the attribute style is not allowed;"),
        ('class="fine"', 'class="fine" fill="url(#x)"', "svg:11: fill points outside the drawing."),
        ('class="fine"', 'class="fine" onclick="x()"', "svg:11: the attribute onclick is not allowed;"),
        ('class="fine"', 'class="fine" href="https://example.org/"', "svg:11: href points outside the drawing."),
        (
            'viewBox="0 0 400 300"',
            'viewBox="0 0 300 300"',
            'svg:1: needs viewBox="0 0 400 H" with H between 220 and 520.',
        ),
        ('viewBox="0 0 400 300"', 'viewBox="0 0 400 300" width="9"', "svg:1: the svg element has a width;"),
        ("M300 40L360 100", "M300 40L360", "svg:11: the shape cannot be read: it has too few numbers after L."),
        ("M300 40L360 100", "L360 100", "svg:11: the shape cannot be read: it must begin with M."),
        ("</svg>", "", "svg:17: is not well-formed (no element found)."),
        ("label: [20, 150]", "label: [8, 150]", "yaml:10: one: the letter's circle (radius 13) leaves the picture."),
        ("label: [200, 180]", "label: [40, 160]", "yaml:11: two: its letter is closer than 30 to that of one."),
        ("label: [200, 180]", "label: [110, 245]", "yaml:11: two: its letter covers the point of four."),
        ("point: [70, 70]", "point: [10, 70]", "yaml:10: one: the point lies in no shape of the part."),
        ("point: [70, 70]", "point: [200, 90]", "yaml:10: one: at the point two lies on top."),
        ("where: the red thing", "where: the square", "yaml:10: one: `where` names the part;"),
        (
            "a red one",
            "a square with a disk and eggs, a red one",
            "yaml:2: alt names parts (square, disk, egg), and so",
        ),
        ("At the upper left", "", "yaml:2: alt has"),
        ("system: body", "system: bodies", "yaml:6: system is 'bodies';"),
        ('series: "30,000"', 'series: "35,000"', "yaml:10: one: the series '35,000' is not one of"),
        ("chapter: 9", "chapter: 29", "yaml:10: one: ICD-10-CM has no chapter 29."),
        ("view: From the front.", "", "yaml: 'view' is missing."),
        ("view: From", "sight: From", "yaml:5: sight is not a field of a diagram."),
        ("roots: [ov/o]", "root: [ov/o]", "yaml:13: root is not a field of a part."),
        ("id: four", "id: one", "yaml:13: the id 'one' must be of small letters, digits and hyphens, and used once."),
        ("name: egg", "name: Square", "yaml:13: two parts are called square."),
        ("label: [200, 260]", "label: [200]", "yaml: a field has another form than it must:"),
        ("title: Four", "title: [Four", "yaml:2: cannot be read as YAML"),
    ],
)
def test_each_slip_is_told_with_its_line(told: Write, old: str, new: str, wanted: str) -> None:
    if wanted.startswith("yaml:2: alt has"):
        new = "Left. " + "Very " * 60
    assert any(line.startswith(wanted) for line in told({old: new})), told({old: new})


def test_a_drawing_without_words_is_told_and_not_listed(told: Write, tmp_path: Path) -> None:
    told()
    place = tmp_path / "data" / "diagrams"
    (place / "alone.svg").write_text(SVG, encoding="utf-8")
    (fault,) = diagram_check.faults(place)
    assert str(fault).startswith("data/diagrams/alone.yaml: is missing")
    assert diagrams.names(place) == ("shapes",)
    (place / "shapes.svg").write_text(SVG + " " * 14_000, encoding="utf-8")
    assert any("bytes long; 14,000 are enough" in str(fault) for fault in diagram_check.faults(place))


def test_an_entity_is_refused() -> None:
    with pytest.raises(svg.SvgError, match="entity"):
        svg.parse('<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>')


@pytest.mark.parametrize(
    ("name", "said"), [("hart", "Did you mean heart?"), ("qqqqq", "There are: abdominal-regions"), ("", "There are:")]
)
def test_an_unknown_name_is_met_with_those_there_are(name: str, said: str) -> None:
    with pytest.raises(diagrams.DiagramError) as caught:
        diagrams.get(name)
    assert said in str(caught.value) and "quadrants" in str(caught.value)


def test_drawings_end_near_their_frame() -> None:
    """What runs off the frame is cut there; a long way beyond it, it would be a leg that somebody forgot to end."""
    for one in diagrams.every():
        for owner, kind, outlines, _ in one.shapes:
            for x, y in (point for line in outlines for point in line):
                assert -14 <= x <= one.width + 14 and -14 <= y <= one.height + 14, (one.name, owner, kind, x, y)
        for part in one.parts:  # the circle of a letter grows when it is focused
            x, y = part.label
            assert 17 <= x <= one.width - 17 and 17 <= y <= one.height - 17, (one.name, part.id)


def test_points_in_shapes() -> None:
    ring = "M0 0H10V10H0ZM2 2V8H8V2Z"  # the hole runs the other way
    shape = svg.Node("path", {"d": ring}, 1)
    assert svg.inside(svg.outlines(shape), (1, 1)) and not svg.inside(svg.outlines(shape), (5, 5))
    same = svg.Node("path", {"d": "M0 0H10V10H0ZM2 2H8V8H2Z"}, 1)
    assert svg.inside(svg.outlines(same), (5, 5)) and not svg.inside(svg.outlines(same), (5, 5), even_odd=True)
    for data in ("M10 0A10 10 0 1 1-10 0A10 10 0 1 1 10 0Z", "M10 0a10 10 0 1 1-20 0a10 10 0 1 1 20 0Z"):
        disk = svg.outlines(svg.Node("path", {"d": data}, 1))
        for turn in range(0, 360, 15):
            x, y = math.cos(math.radians(turn)), math.sin(math.radians(turn))
            assert svg.inside(disk, (9.7 * x, 9.7 * y)) and not svg.inside(disk, (10.1 * x, 10.1 * y)), turn
    smooth = svg.outlines(svg.Node("path", {"d": "M0 0C0 5 5 10 10 10S20 5 20 0Z"}, 1))
    assert svg.inside(smooth, (10, 9)) and svg.inside(smooth, (18, 3)) and not svg.inside(smooth, (19.5, 8))
    waves = svg.outlines(svg.Node("path", {"d": "M0 0Q5 10 10 0T20 0V20H0Z"}, 1))
    assert not svg.inside(waves, (5, 4)) and svg.inside(waves, (15, -4))


def test_transforms_are_followed() -> None:
    for text, wanted in (
        ("translate(5 2)", (8, 3)),
        ("scale(2)", (6, 2)),
        ("rotate(90)", (-1, 3)),
        ("rotate(180 3 1)", (3, 1)),
        ("translate(1,1) scale(2 3)", (7, 4)),
        ("matrix(1 0 0 -1 0 4)", (3, 3)),
    ):
        ((found,),) = svg.outlines(svg.Node("polyline", {"points": "3 1"}, 1), svg.transform(text))
        assert found == pytest.approx(wanted), text
    with pytest.raises(ValueError, match="skewX"):
        svg.transform("skewX(3)")


def test_the_palette_stands_in_one_place_and_in_the_style_sheet() -> None:
    """Light colors are inlined into pages without a kernel; the sheet has the same ones, and a dark one for each."""
    sheet = esm.read("diagram.css")
    light, dark = (
        dict(re.findall(r"--d-(\w+): (#\w+);", part)) for part in sheet.split("@container")[0].split(") .dg {")[:2]
    )
    assert {name: light[name] for name in picture.LIGHT} == picture.LIGHT
    assert set(dark) == set(light) and all(dark[name] != light[name] for name in light)
    for colors in (light, dark):
        assert contrast(colors["mark"], colors["paper"]) >= 15, "the letters"
        fills = [colors[name] for name in picture.LIGHT if name != "ink"]
        assert min(contrast(colors["mark"], fill) for fill in fills) >= 4.5, "hatch and leader lines on every tissue"
        assert min(contrast(colors["ink"], fill) for fill in fills) >= 3, "outlines on every tissue"


def contrast(one: str, two: str) -> float:
    """Contrast of two colors (WCAG 2.2)."""

    def light(color: str) -> float:
        digits = color[1:] if len(color) == 7 else "".join(2 * digit for digit in color[1:])
        parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_a_picture_for_a_card_names_no_part_that_it_was_not_told_to() -> None:
    one = diagrams.get("heart")
    shown = picture.live(one, {"aorta": "a"})
    assert 'data-part="a"' in shown and "aorta" not in shown and shown.count("data-part") == 1
    assert " id=" not in shown and "ventric" not in shown


def test_a_picture_of_its_own_is_whole() -> None:
    one = diagrams.get("heart")
    marked = [(part.letter, part) for part in one.parts]
    data = picture.source(one, marked)
    assert data.startswith("data:image/svg+xml;base64,")
    page = base64.b64decode(data.split(",", 1)[1]).decode("utf-8")
    tree = svg.parse(page)
    assert [node.text for node in tree.walk() if node.tag == "text"] == [part.letter for part in one.parts]
    assert "var(" not in page and " id=" not in page and "#fff" in page
    assert len([node for node in tree.walk() if node.tag in diagrams.SHAPES]) > len(one.shapes)
    lit = base64.b64decode(picture.source(one, (), "aorta").split(",", 1)[1]).decode("utf-8")
    assert 'class="lit"' in lit and lit.count('class="over"') == 1 and "url(#h)" in lit and '<pattern id="h"' in lit
    assert "aorta" not in lit
    assert f'alt="{one.alt}"' in picture.image(one, marked).replace("&#x27;", "'")


def test_where_parts_lead_is_told_in_words() -> None:
    assert books.series_words("20,000").startswith("20,000: bones") and books.series_words("") == ""
    assert books.chapter_words(9) == "Chapter 9 (I00-I99): heart and vessels" and books.chapter_words(0) == ""
    assert list(books.CHAPTERS) == list(range(1, 23))
