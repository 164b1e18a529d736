"""Each kind of plot: its picture, its words made from the data, labels that do not collide, and calls that fail."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.testing.compare import compare_images
from matplotlib.text import Text

from course.labor import gallery, style
from course.labor.drawing import Drawing
from course.labor.plots import KINDS, draw
from course.labor.plots.sheet import scale, spread, step_for, tight
from course.labor.plots.words import FEWEST, MOST, Unit, capital, change, rank
from tests.labor import baselines
from tests.labor.samples import NAMES, SAMPLES, SHARES, WAGES, YEARS, T

#: The version whose pictures are kept; another one draws type a little differently.
DRAWN_WITH = "3.11"
#: Root of the mean square of the differences, of 255. The same code on another machine stays below 0.1.
TOLERANCE = 0.6
ALL = (*SAMPLES, *gallery.names())


@cache
def of(name: str) -> Drawing:
    """The plot of this name, drawn once."""
    return baselines.drawing(name)


@pytest.mark.parametrize("name", baselines.NAMES)
def test_it_looks_as_it_did(name: str, tmp_path: Path) -> None:
    if not version("matplotlib").startswith(f"{DRAWN_WITH}."):
        pytest.skip(f"the pictures were drawn with matplotlib {DRAWN_WITH}; type looks a little different in another")
    expected, now = tmp_path / "expected.png", tmp_path / "now.png"
    expected.write_bytes(baselines.path(name).read_bytes())
    now.write_bytes(of(name).png(1))
    told = compare_images(str(expected), str(now), tol=TOLERANCE)
    assert told is None, f"{told}\nIf the change is meant: python -m tests.labor.baselines '{name}', and look at it."


def test_every_kind_has_a_picture() -> None:
    assert {name.split()[0] for name in SAMPLES} == set(KINDS)
    assert {path.stem for path in baselines.FOLDER.glob("*.png")} == {
        baselines.path(one).stem for one in baselines.NAMES
    }


# -- in words


def figures(words: str) -> set[float]:
    """The numbers in a text."""
    plain = (
        re.sub(r"\d\d-\d{4}|\d{4}-\d\d|\d+(?:st|nd|rd|th) ", " ", words).replace("minus ", "-").replace("\u2212", "-")
    )
    return {float(one.replace(",", "")) for one in re.findall(r"-?\d[\d,]*(?:\.\d+)?", plain.replace("$", ""))}


@pytest.mark.parametrize("name", ALL)
def test_the_alternative_is_short_and_says_only_what_is_drawn(name: str) -> None:
    drawn = of(name)
    assert FEWEST <= len(drawn.alt.split()) <= MOST, drawn.alt
    assert drawn.alt[0].isupper() and drawn.alt.endswith(".") and "nan" not in drawn.alt.lower().split()
    cells = [one for row in drawn.rows for one in figures(" ".join(row))]
    shown = set(cells) | {float(n) for n in range(len(drawn.rows) + 1)} | figures(" ".join(drawn.headers))
    shown |= figures(" ".join((drawn.title, drawn.source))) | {1_000.0, 50_000.0, 70_000.0}
    changes = {abs(100 * (b - a) / a) for a in cells for b in cells if a} if name.split()[0] in MOVING else set()
    for number in figures(drawn.alt):
        near = any(abs(number - one) <= (0.051 if one < 10 else 0.51) for one in changes)
        assert number in shown or near, f"{number} is not in the table: {drawn.alt}"


#: Plots whose words tell changes in percent, which are computed.
MOVING = {
    *("lines", "slope", "fan", "series-break", "real-and-nominal-2021-2025", "projections-and-outcome"),
    *("survey-experience-2010",),
}


def test_words_of_a_ladder_and_of_pairs() -> None:
    assert of("ladder").alt == (
        "Percentile ladder of 4 rows, dollars a year, from $36,050 to $95,630. Medical records specialists: median "
        "$51,140, 2nd highest of 4, middle half $43,490 to $64,820. Shaded: $50,000 to $70,000. Highest median: Health "
        "information technologists and registrars, $68,020; lowest: Assistants, $45,690."
    )
    assert of("dots pairs").alt.endswith("At the prices of the nation is higher in 2 of 4 rows.")


def test_every_figure_of_the_picture_is_in_its_table() -> None:
    assert of("ladder").rows[1] == (NAMES[1], "$39,830", "$48,940", "$68,020", "$95,630", "n/a")
    assert of("bars").rows == tuple(
        (name, words)
        for name, words in zip([NAMES[1], NAMES[0], *NAMES[2:]], ["12.4%", "7.8%", "−5.8%", "−25.6%"])  # noqa: B905
    )
    for name in ALL:
        drawn = of(name)
        assert drawn.rows and all(len(row) == len(drawn.headers) for row in drawn.rows), name


# -- on paper


@pytest.mark.parametrize("name", ALL)
def test_no_label_lies_on_another_or_off_the_paper(name: str) -> None:
    figure = of(name).figure
    wide, high = figure.get_figwidth() * 72, figure.get_figheight() * 72
    boxes = []
    for one in figure.findobj(Text):
        if one.get_text():
            x, y, size = *one.get_position(), one.get_fontsize()
            bold = one.get_fontproperties().get_file() == style.font(True).get_file()
            boxes.append(
                (x, y - 0.8 * size, x + style.width_of(one.get_text(), size, bold), y + 0.1 * size, one.get_text())
            )
    assert boxes
    for n, (left, top, right, bottom, words) in enumerate(boxes):
        assert left >= 0 and top >= 0 and right <= wide and bottom <= high, f"{words!r} is off the paper"
        for a, b, c, d, other in boxes[:n]:
            assert right <= a or left >= c or bottom <= b or top >= d, f"{words!r} lies on {other!r}"


def test_two_series_are_never_joined() -> None:
    drawn = of("lines")
    lines = [one for one in drawn.figure.artists if getattr(one, "get_linestyle", None) and one.get_linestyle() == "-"]
    bold = [len(one.get_xdata()) for one in lines if one.get_linewidth() > 2]
    assert sorted(bold) == [2, 5, 5], "one line for each series of more than one point, with its own points alone"


def test_a_gap_in_a_series_and_a_single_point() -> None:
    frame = YEARS.assign(jobs=YEARS["jobs"].where(YEARS["year"] != 2023))
    drawn = draw("lines", frame, y="jobs", series="series", unit="jobs", **T)
    assert ("new code", "2023", "n/a") not in drawn.rows and len(drawn.rows) == len(YEARS) - 2
    one = draw("lines", YEARS.head(1), y="jobs", series="series", **T)
    assert "208,650 in 2018" in one.alt


@pytest.mark.parametrize("rows", [1, 2, 9, 25])
def test_any_number_of_rows(rows: int) -> None:
    frame = pd.concat([WAGES] * 7, ignore_index=True).head(rows)
    frame = frame.assign(name=[f"{name} {n}" for n, name in enumerate(frame["name"])])
    for kind, options in {
        "dots": {"value": "annual_median_wage_usd", "unit": "dollars a year"},
        "ladder": {},
        "bars": {"value": "change_percent", "unit": "percent"},
    }.items():
        assert len(draw(kind, frame, label="name", **options, **T).rows) == rows


# -- calls that fail


@pytest.mark.parametrize(
    ("kind", "frame", "options", "told"),
    [
        ("laddr", WAGES, {"label": "name"}, "there is no chart called 'laddr'; did you mean 'ladder'?"),
        ("histogram", WAGES, {}, "there are: bars, dots, fan, ladder"),
        ("dots", WAGES, {"label": "nmae", "value": "adjusted_usd"}, "no column 'nmae'; did you mean 'name'?"),
        ("dots", WAGES, {"label": "name"}, "the chart 'dots' needs value="),
        ("dots", WAGES, {"label": "name", "value": "name"}, "which is not a number"),
        ("dots", WAGES, {"label": "name", "value": "adjusted_usd", "colour": "red"}, "has no option 'colour'"),
        ("dots", WAGES.head(0), {"label": "name", "value": "adjusted_usd"}, "the table has no rows"),
        (
            "dots",
            {"a": 1},
            {"label": "name", "value": "a"},
            "a chart needs a table (a pandas DataFrame), and this is a dict",
        ),
        ("dots", WAGES, {"label": "name", "value": "adjusted_usd", "mark": "Clerk"}, "did you mean 'Clerks'?"),
        ("ladder", WAGES, {"label": "name", "band": (70_000, 50_000)}, "the lower one first"),
        ("ladder", WAGES.drop(columns="annual_p10_wage_usd"), {"label": "name"}, "no column 'annual_p10_wage_usd'"),
        ("lines", pd.concat([YEARS, YEARS]), {"y": "jobs", "series": "series"}, "has two values for one year"),
        ("tile-map", WAGES, {"state": "name", "value": "adjusted_usd"}, "is not a state as two letters"),
        ("shares", SHARES, {"label": "year", "parts": ["low", "high"]}, "add up to 70.8 percent, not to 100"),
        ("shares", WAGES, {"label": "name", "parts": ["adjusted_usd"]}, "takes 2 to 5 columns"),
        ("fan", WAGES, {}, "no column 'projection_period'"),
        ("dots", pd.concat([WAGES] * 7), {"label": "name", "value": "adjusted_usd"}, "shows up to 25 rows"),
    ],
)
def test_what_cannot_be_drawn_is_said(kind: str, frame: Any, options: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011
        draw(kind, frame, **options, **T)
    assert told in str(error.value) and "\n" not in str(error.value)


def test_a_title_and_a_source_are_asked_for() -> None:
    for changed, told in (
        ({"title": " "}, "needs a title"),
        ({"source": ""}, "needs a source"),
        ({"title": "x" * 91}, "91"),
    ):
        with pytest.raises(ValueError, match=told):
            draw("dots", WAGES, label="name", value="adjusted_usd", **{**T, **changed})


def test_a_plot_of_the_gallery_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="did you mean 'ladder-2025'"):
        gallery.get("ladder-2024")


# -- small laws


def test_labels_are_spread_without_touching_and_stay_within() -> None:
    for centers in ([10, 10, 10, 90], [0, 0, 100, 100], [50], [3, 2, 1]):
        found = spread(centers, [12] * len(centers), 0, 100, 2)
        placed = sorted(found)
        assert all(b - a >= 14 - 1e-9 for a, b in zip(placed, placed[1:], strict=False))
        assert placed[0] >= 6 - 1e-9 and placed[-1] <= 94 + 1e-9
    assert spread([10, 40, 90], [12] * 3, 0, 100) == [10, 40, 90], "what does not touch stays"


def test_scales_begin_and_end_round() -> None:
    assert [step_for(span, 5) for span in (7, 40_000, 0.9, 130)] == [2, 10_000, 0.2, 50]
    assert scale([31_200, 128_560], 0, 1).ticks[0] == 25_000 or scale([31_200, 128_560], 0, 1).low <= 31_200
    assert scale([3, 9], 0, 100, zero=True).low == 0 and tight([3, 9], 0, 100)(9) == 100
    flat = scale([5, 5], 0, 100)
    assert flat.low < 5 < flat.high


def test_numbers_are_shown_as_in_a_newspaper() -> None:
    usd, percent = Unit("dollars a year"), Unit("percent", 1)
    assert (
        usd.show(51140) == "$51,140"
        and percent.show(-3.14) == "\u22123.1%"
        and percent.show(7.84, sign=True) == "+7.8%"
    )
    assert usd.show(float("nan")) == "n/a" and percent.say(-3.14) == "minus 3.1 percent"
    assert Unit("percentage points", 1).show(2) == "2.0" and usd.tick(0.5, 0.5) == "$0.5"
    assert [rank(1, 3), rank(2, 9), rank(11, 30), rank(9, 9)] == [
        "highest",
        "2nd highest of 9",
        "11th highest of 30",
        "lowest",
    ]
    assert change(100, 100.01) == "unchanged" and change(180, 194) == "up 7.8 percent" and capital("") == ""
