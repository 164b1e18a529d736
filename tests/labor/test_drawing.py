"""A drawing as SVG and as an image: its colors in both themes, ids of its own, the same each time."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure
from PIL import Image

from course.cards import esm
from course.labor import gallery, style
from course.labor.drawing import LARGEST, Drawing
from tests.labor.samples import SAMPLES

#: What colors text, and marks without an outline of their own.
WORDS = ("ink", "muted", "context", "blue", "orange", "green", "purple")
#: What is written on which fills.
ON = {
    "on-low": ("class-1", "class-2", "class-3", "below", "center"),
    "on-high": ("class-4", "class-5", "below-far"),
    "ink": ("band",),
    "muted": ("band",),
}
THEMES = ("light", "dark")


def luminance(color: str) -> float:
    """Relative luminance of WCAG."""
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, two: str) -> float:
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_contrast_is_enough_in_both_themes(theme: str) -> None:
    shade = {name: getattr(one, theme) for name, one in style.PALETTE.items()}
    papers = [shade["paper"], "#111111"] if theme == "dark" else [shade["paper"]]
    for paper in papers:
        for name in WORDS:
            assert contrast(shade[name], paper) >= 4.5, f"{name} on the paper"
        assert contrast(shade["axis"], paper) >= 3, "axes, and the outline of tiles"
    for ink, fills in ON.items():
        for fill in fills:
            assert contrast(shade[ink], shade[fill]) >= 4.5, f"{ink} on {fill}"
    for outline, fill in (("blue", "blue-pale"), ("context", "pale"), ("ink", "blue-pale"), ("ink", "pale")):
        assert contrast(shade[outline], shade[fill]) >= 3, f"{outline} around {fill}"


@pytest.mark.parametrize("theme", THEMES)
def test_classes_and_series_differ_without_color(theme: str) -> None:
    gray = [luminance(getattr(style.PALETTE[f"class-{n}"], theme)) for n in range(1, 6)]
    assert gray == sorted(gray, reverse=theme == "light")
    assert all((max(a, b) + 0.05) / (min(a, b) + 0.05) >= 1.25 for a, b in zip(gray, gray[1:], strict=False))
    assert len(set(style.MARKERS)) == len(style.SERIES), "a marker for each color"


def test_the_style_sheet_has_the_palette() -> None:
    light, dark = re.findall(r"\.ct-figure \{([^}]*--cp-ink[^}]*)\}", esm.read("chart.css"))
    for block, theme in ((light, "light"), (dark, "dark")):
        declared = dict(re.findall(r"--cp-([\w-]+): (#\w+);", block))
        assert declared == {name: getattr(one, theme) for name, one in style.PALETTE.items() if name != "paper"}
    hexes = [one.light for one in style.PALETTE.values()]
    assert len(set(hexes)) == len(hexes), "a light value names its color"


@pytest.mark.parametrize("name", [*SAMPLES, *gallery.names()])
def test_the_svg_is_one_element_with_colors_of_the_palette(name: str) -> None:
    drawn = SAMPLES[name]() if name in SAMPLES else gallery.get(name)
    text = drawn.svg()
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img" and root.get("aria-label") == drawn.alt and root.get("class") == "cp-svg"
    bare = re.sub(r"var\(--cp-[\w-]+, #\w{6}\)", "", text)
    assert not re.search(r"#[0-9a-f]{6}\b|rgb|<!--|<metadata|<title|<script|Date|\bon\w+=", bare)
    named = set(re.findall(r"var\(--cp-([\w-]+),", text))
    assert named <= set(style.PALETTE) and named & {"ink", "muted"}
    assert len(text) < 110_000
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(set(ids)) == len(ids)
    used = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', text))
    assert {a or b for a, b in used} <= set(ids)


def test_two_pictures_share_no_id() -> None:
    one, two = (set(re.findall(r'\bid="([^"]+)"', SAMPLES[name]().svg())) for name in ("dots", "bars"))
    assert one and two and not one & two
    assert all(each.startswith("mine-") for each in re.findall(r'\bid="([^"]+)"', SAMPLES["dots"]().svg("mine")))


def test_the_same_picture_each_time() -> None:
    one, two = SAMPLES["bars"](), SAMPLES["bars"]()
    before = one.svg()
    assert before == two.svg() and one.png() == two.png()
    assert one.svg() == before, "drawing the image leaves the SVG alone"


@pytest.mark.parametrize("name", ["median-by-state-2023", "ladder-2025", "projections-and-outcome"])
def test_the_stored_image_is_small_and_sharp(name: str) -> None:
    data = gallery.get(name).png()
    with Image.open(io.BytesIO(data)) as picture:
        assert len(data) <= LARGEST and picture.width >= 1.5 * style.WIDTH and picture.getpixel((0, 0)) is not None
        corner = picture.convert("RGB").getpixel((picture.width - 1, picture.height - 1))
    assert corner == (255, 255, 255), "on white paper"


def own(**more: Any) -> Drawing:
    """A figure of a learner's."""
    figure = Figure()
    figure.add_subplot().plot([1, 3, 2], color="#005a94")
    return Drawing(figure, "My own", "A line that rises, then falls <a little>.", "Me", own=False, **more)


def test_a_figure_of_ones_own_keeps_its_colors() -> None:
    text = own().svg()
    assert "var(--cp-" not in text and "#005a94" in text and "&lt;a little&gt;" in text
    assert own().view()["own"] is False and own().width == 640
    with Image.open(io.BytesIO(own().png())) as picture:
        assert picture.width == 1280


def test_html_for_a_page_where_nothing_runs() -> None:
    text = own().html("<p>Read.</p>")
    assert text.startswith("<figure>") and 'src="data:image/png;base64,' in text and "&lt;a little&gt;" in text
    assert text.index("<img") < text.index("<p>Read.</p>") < text.index("<em>Me</em>")


def test_settings_of_a_learner_change_nothing() -> None:
    import matplotlib

    before = SAMPLES["ladder"]().svg()
    changed = {
        "font.family": "serif",
        "font.size": 30,
        "svg.fonttype": "none",
        "lines.linewidth": 9,
        "text.color": "red",
    }
    with matplotlib.rc_context(changed):
        assert SAMPLES["ladder"]().svg() == before


def test_no_global_state() -> None:
    for path in (esm.STATIC.parents[1] / "labor").rglob("*.py"):
        assert "pyplot" not in path.read_text(encoding="utf-8"), f"{path.name}: pyplot keeps every figure"


def test_the_names_of_plots_are_known_without_loading_what_draws_them() -> None:
    code = "import sys, course.labor.gallery as g; g.names(); assert not {'pandas', 'matplotlib'} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=esm.STATIC.parents[2])
    assert done.returncode == 0, done.stderr
