"""The chart card and the plot of a question, without a page: what they show, where nothing runs, calls that fail."""

from __future__ import annotations

import json
from typing import Any

import pytest
from matplotlib.figure import Figure

import course
from course.cards import chart_card
from course.cards.chart_card import ChartCard
from course.cards.panels import NoticeCard
from course.questions import kinds
from course.questions.schema import item_adapter
from tests.labor.samples import WAGES, T

CALL: dict[str, Any] = {"label": "name", "value": "adjusted_usd", "unit": "dollars a year", **T}
ITEM: dict[str, Any] = {
    **{
        "slug": "a-chart",
        "kind": "number",
        "title": "Read it",
        "stem": "How many?",
        "hints": ["Look."],
        "rationale": "So.",
    },
    "sources": [{"ref": "BLS OEWS", "checked": "2026-11-23"}],
    **{
        "objective": "read a chart",
        "difficulty": 1,
        "domains": [],
        "editions": [2026],
        "answer": {"value": 3, "unit": "jobs"},
    },
}


def test_a_table_becomes_a_card_with_everything_in_words():
    card: Any = course.chart("dots", WAGES, **CALL, reading="Half earn **$52,000**, not $60,000.")
    assert isinstance(card, ChartCard) and repr(card) == f"<ChartCard {T['title']}>" and not card.answered
    view = json.loads(json.dumps(card.view))
    assert view["title"] == T["title"] and view["source"] == T["source"] and view["own"] is True
    assert view["headers"] == ["name", "adjusted_usd"] and view["rows"][0][1] == "$61,500"
    assert view["svg"].startswith("<svg") and 'aria-label="Dot plot of 4 rows' in view["svg"]
    assert "<strong><span>$</span>52,000</strong>" in view["reading_html"], "dollars that start no formula"


def test_where_nothing_runs_it_is_a_picture_with_its_words():
    card: Any = course.chart("dots", WAGES, **CALL, reading="Read **this**.")
    bundle = card._repr_mimebundle_()[0]
    assert bundle["text/plain"] == repr(card)
    html = bundle["text/html"]
    assert 'alt="Dot plot of 4 rows' in html and "data:image/png;base64," in html and len(html) < 60_000
    for words in (T["title"], "Read <strong>this</strong>.", T["source"]):
        assert words in html


def test_another_picture_in_the_same_card():
    card: Any = course.chart("dots", WAGES, **CALL)
    other: Any = course.chart("ladder", WAGES, label="name", **T)
    before = card.view["svg"]
    card.show(chart_card.Drawing(Figure(), "New", "A new one.", "Me", own=False))
    assert card.view["title"] == "New" and card.view["svg"] not in (before, other.view["svg"])


@pytest.mark.parametrize(
    ("kind", "frame", "changed", "told"),
    [
        ("dot", WAGES, {}, "There is no chart called 'dot'; did you mean 'dots'?"),
        ("dots", WAGES, {"value": "adjusted"}, "The table has no column 'adjusted'; did you mean 'adjusted_usd'?"),
        ("dots", WAGES.head(0), {}, "The table has no rows, so there is nothing to draw; look at the filter before."),
        ("dots", None, {}, "A chart needs a table (a pandas DataFrame), and this is a NoneType."),
        (None, WAGES, {}, "There is no chart called 'None'"),
        ("dots", WAGES, {"title": ""}, "A chart needs a title: write title='…'"),
        ("dots", WAGES, {"size": 3}, "The chart 'dots' has no option 'size'"),
    ],
)
def test_a_call_that_fails_is_a_sentence(kind: Any, frame: Any, changed: dict[str, Any], told: str):
    card: Any = course.chart(kind, frame, **{**CALL, **changed})
    assert isinstance(card, NoticeCard) and told in card.view["lines"][0] and len(card.view["lines"]) == 1


def test_a_fault_of_ours_is_one_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(chart_card, "view_of", lambda drawing: {}["a fault on purpose"])
    card: Any = course.chart("dots", WAGES, **CALL)
    assert isinstance(card, NoticeCard) and "could not draw it" in card.view["lines"][0]
    assert "KeyError" in card.view["lines"][0] and "answer is still here" not in card.view["lines"][0]


def test_a_figure_of_ones_own_needs_words():
    figure = Figure()
    figure.add_subplot().plot([1, 2])
    card: Any = course.chart(figure)
    assert isinstance(card, NoticeCard) and [line.split("=")[0] for line in card.view["lines"][:3]] == [
        "alt",
        "source",
        "title",
    ]
    card = course.chart(figure, title="Mine", alt="A line.", source="  ")
    assert isinstance(card, NoticeCard) and card.view["lines"][0].startswith("source= says")
    card = course.chart(figure, title="Mine", alt="A line.", source="Me, 2026", reading="Up.")
    assert isinstance(card, ChartCard) and card.view["own"] is False and card.view["reading_html"] == "<p>Up.</p>"


# -- the plot of a question


def item(**changed: Any) -> Any:
    return item_adapter().validate_python({**ITEM, **changed})


def test_a_question_shows_its_plot_and_not_what_to_read_in_it():
    one = item(plot="ladder-2025")
    view = json.loads(json.dumps(kinds.view(one)))
    assert view["plot"]["svg"].startswith("<svg") and view["plot"]["rows"] and "reading_html" not in view["plot"]
    html = kinds.static_html(one)
    assert html.index("How many?") < html.index("<img") < html.index("To answer") and 'alt="Percentile ladder' in html
    assert "plot" not in kinds.view(item())


def test_a_plot_that_is_not_there_is_named_with_the_nearest():
    with pytest.raises(ValueError, match="there is no plot called ladder-2026; did you mean ladder-2025"):
        item(plot="ladder-2026")


def test_another_plot_is_another_question():
    assert (
        item(plot="ladder-2025").content_version != item().content_version != item(plot="series-break").content_version
    )
    assert item().content_version == item(tags=["x"]).content_version
