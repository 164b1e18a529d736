"""Explorers without a page: what can be picked, where an impossible pick goes, and what each sentence says."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

import course
from course.labor import explore, tables
from course.labor.explore import Answer, Explorer, Pick

NAMES = explore.names()


def wishes(one: Explorer) -> Iterator[Pick]:
    """Everything anyone could ask for, possible or not."""
    every = one.every()
    for keys in itertools.product(*([key for _, key in every[name]] for name in one.fields)):
        yield dict(zip(one.fields, keys, strict=True))


@pytest.fixture(scope="module")
def possible() -> dict[str, list[Pick]]:
    """Every pick that can be reached, by explorer."""
    found = {}
    for name in NAMES:
        one = explore.get(name)
        found[name] = [dict(pick) for pick in sorted({tuple(one.settle(wish, ())[0].items()) for wish in wishes(one)})]
    return found


def opened(name: str, **asked: Any) -> tuple[Pick, list[str], Answer]:
    one = explore.get(name)
    pick, told = explore.opening(one, asked)
    return pick, told, one.answer(pick)


@pytest.mark.parametrize("name", NAMES)
def test_every_wish_comes_to_rest_on_what_can_be_picked(name: str, possible: dict[str, list[Pick]]):
    one = explore.get(name)
    assert len(possible[name]) > 400
    for pick in possible[name]:
        offered = one.choices(pick)
        assert all(key in dict(map(reversed, offered[field])) for field, key in pick.items()), pick  # type: ignore[call-overload]
        assert one.settle(pick, ()) == (pick, []), "what is possible stays"


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_offered_is_kept_when_it_is_chosen(name: str, possible: dict[str, list[Pick]]):
    """A field that one changes never jumps back: the others give way."""
    one = explore.get(name)
    for pick in possible[name][::7]:
        for field, options in one.choices(pick).items():
            for _, key in options:
                after, moved = one.settle({**pick, field: key}, {field})
                assert after[field] == key, (pick, field, key)
                others = [f for f in pick if f != field and after[f] != pick[f]]
                assert len(moved) >= len(others), "each move is told"
                assert not moved or others, "nothing is told that did not happen"


@pytest.mark.parametrize("name", NAMES)
def test_each_sentence_stands_by_itself(name: str, possible: dict[str, list[Pick]]):
    one = explore.get(name)
    for pick in possible[name]:
        found = one.answer(pick)
        said = found.sentence
        assert explore.noun(pick["occupation"]).lower() in said.lower() and explore.the(pick["place"]) in said
        assert " 20" in said and ". Source: BLS " in said and said.endswith("."), said
        for words in (said, found.title, found.about, found.source, *found.notes):
            assert "nan" not in words.split() and "None" not in words and "$nan" not in words, words
        assert len(found.title) <= 90 and not found.frame.empty and 3 <= found.code.count("\n") + 1 <= 5
        assert found.figure is None or math.isfinite(found.figure)


@pytest.mark.parametrize("name", NAMES)
def test_the_pandas_gives_the_figure_of_the_sentence(name: str, possible: dict[str, list[Pick]]):
    one = explore.get(name)
    some = possible[name][:: len(possible[name]) // 25] + [one.start()]
    for pick in some:
        found = one.answer(pick)
        *lines, last = found.code.splitlines()
        known: dict[str, Any] = {"pd": pd, "course": course}
        exec("\n".join(lines), known)
        value = float(eval(last, known))
        if found.figure is None:
            assert math.isnan(value) and "did not publish" in found.sentence
            continue
        assert value == pytest.approx(found.figure), pick
        forms = (f"{abs(value):,.0f}", f"{value:.2f}", f"{abs(value):.1f}\u00a0%", explore.count(value))
        assert any(form in found.sentence for form in forms) or abs(value) < 0.05, (found.sentence, value)


def test_wages_of_a_state_in_dollars_of_today():
    pick, told, found = opened("wages", state="Ohio", occupation="29-2072", year=2023, adjustment="real")
    assert told == [] and pick == {"occupation": "29-2072", "place": "OH", "year": "2023", "adjustment": "real"}
    # 48,010 / 35,420 / 72,570 and the nation's 48,780, each times 321.465 / 304.127
    assert found.sentence == (
        "Medical records specialists in Ohio, May 2023, annual wage in dollars of May 2025: half earn less than "
        "$50,747; one in ten less than $37,439, one in ten more than $76,707. The nation's median for them is $51,561, "
        "so the median in Ohio is 1.6\u00a0% lower. Source: BLS OEWS, CPI-U."
    )
    assert list(found.frame["label"]) == ["Ohio", "United States", "US, all occupations"]
    assert "May 2023 and May 2025" in found.source and found.options["mark"] == ("Ohio",)


def test_prices_of_a_state_turn_the_comparison_round():
    """Ohio's median is lower than the nation's in dollars, and higher in what it buys (parity 91.8)."""
    _, _, paid = opened("wages", state="OH")
    _, _, bought = opened("wages", state="OH", adjustment="parity")
    assert "1.6\u00a0% lower" in paid.sentence and "7.2\u00a0% higher" in bought.sentence
    assert "BEA price parities" in bought.sentence and "91.8 where the nation has 100" in " ".join(bought.notes)
    for frame in (paid.frame, bought.frame):
        assert frame["annual_median_wage_usd"].iloc[1] == 48780, "the nation's prices are the average"


def test_both_dollars_are_both():
    wage = course.labor.real(course.labor.at_national_prices(48010, "OH", 2023), 2023, 2025)
    _, _, found = opened("wages", state="OH", adjustment="both")
    assert found.figure == pytest.approx(wage) and "CPI-U, BEA price parities" in found.sentence


def test_years_of_a_state_are_those_in_the_data():
    one = explore.get("wages")
    years = {
        ("29-2072", "US"): "2025 2024 2023 2022 2021",
        ("29-2072", "TX"): "2023",
        ("29-2071", "TX"): "2018",
        ("29-2098", "US"): "2020 2019",
    }
    for (code, place), expected in years.items():
        pick, _ = one.settle({**one.start(), "occupation": code, "place": place})
        assert [key for _, key in one.choices(pick)["year"]] == expected.split()
    pick, _ = one.settle({**one.start(), "place": "OH"}, {"place"})
    assert one.choices(pick)["year"] == (("May 2023", "2023"), ("May 2021 (mean only)", "2021"))
    assert pick["year"] == "2023"
    pick, _ = one.settle({**one.start(), "place": "OH", "year": "2020"}, {"place"})
    assert pick["year"] == "2023", "a year with percentiles before a nearer one without"


def test_a_mean_alone_is_told_as_such():
    _, _, found = opened("wages", occupation="29-2071", state="TX")
    assert "only the mean is in the data, $" in found.sentence and found.kind == "dots"
    assert "quoted by Becker's Hospital Review" in found.source and "half earn" not in found.sentence


@pytest.mark.parametrize(
    ("name", "asked", "words"),
    [
        ("wages", {"occupation": "11-9111", "state": "CA"}, "the highest tenth is not published"),
        ("wages", {"occupation": "11-9111", "state": "CA"}, "BLS prints no wage at or above its top code."),
        ("employment", {"occupation": "11-9111", "state": "ID"}, "BLS did not publish their number"),
        ("employment", {"occupation": "31-9094", "view": "states"}, "Not published: Idaho, Vermont and Washington."),
        ("wages", {"occupation": "00-0000"}, "Wages by state are not in the data for this group."),
    ],
)
def test_what_is_missing_is_said(name: str, asked: dict[str, str], words: str):
    _, _, found = opened(name, **asked)
    assert words in " ".join((found.sentence, *found.notes))


@pytest.mark.parametrize(
    ("name", "before", "field", "key", "after", "words"),
    [
        ("wages", {"year": "2025"}, "place", "OH", {"year": "2023"}, "The year is now May 2023."),
        ("wages", {"place": "OH", "year": "2023", "adjustment": "both"}, "place", "US", {"adjustment": "real"},
         "Wages are now in dollars of May 2025"),
        ("wages", {"place": "WY", "year": "2023"}, "occupation", "29-9021", {"place": "US"}, "Wages in Wyoming"),
        ("wages", {"year": "2025"}, "occupation", "29-2071", {"year": "2018"}, "They have May 2018."),
        ("employment", {}, "place", "OH", {"view": "states"}, "For a state there is one view"),
        ("employment", {"view": "states", "place": "OH"}, "view", "jobs", {"place": "US"}, "This view is of the nat"),
        ("employment", {"view": "states", "place": "OH"}, "occupation", "29-2098", {"view": "jobs", "place": "US"},
         "Jobs by state are not in the data"),
    ],
)  # fmt: skip
def test_what_gives_way_is_told(name: str, before: Pick, field: str, key: str, after: Pick, words: str):
    one = explore.get(name)
    start = one.start() | before
    pick, moved = one.settle({**start, field: key}, {field})
    assert pick == start | {field: key} | after and words in " ".join(moved)


def test_the_state_chosen_last_is_found_again():
    one = explore.get("employment")
    pick, moved = one.settle({**one.start(), "view": "states", "kept": "OH"}, {"view"})
    assert pick["place"] == "OH" and not moved
    pick, _ = one.settle({**one.start(), "view": "states", "place": "US", "kept": "OH"}, {"place"})
    assert pick["place"] == "US", "who chooses the nation gets it"


def test_series_of_coders_stand_side_by_side_and_are_never_one():
    _, _, found = opened("employment")
    assert "7.8\u00a0% more (all occupations: 10.4\u00a0% more)" in found.sentence
    assert "29-2071 (May 2018) and 29-2098 (May 2019 to May 2020): not comparable" in found.sentence
    spans = found.frame.groupby("group")["year"].agg(["min", "max"]).to_dict("index")
    assert sorted((one["min"], one["max"]) for one in spans.values()) == [(2018, 2018), (2019, 2020), (2021, 2025)]
    assert found.options["series"] == "group" and found.frame.groupby("group")["soc_code"].nunique().max() == 1
    _, _, clerks = opened("employment", occupation="43-3021")
    assert set(clerks.frame["soc_code"]) == {"43-3021"} and "comparable" not in clerks.sentence


def test_the_rank_of_a_state_is_that_of_the_table():
    states = course.labor.table("wages_states").query("soc_code == '29-2072' and year == 2023")
    rate = (1000 * states["employment_jobs"] / states["state_total_employment_jobs"]).set_axis(states["state_abbr"])
    rank = int(rate.rank(ascending=False)["OH"])
    _, _, found = opened("employment", state="OH")
    assert f"6,970 jobs, {rate['OH']:.2f} of 1,000 jobs there. That is rank {rank} of 51." in found.sentence
    assert (
        "so the share in Ohio is 4.2\u00a0% higher" in found.sentence
    )  # 6,970 / 5,469,160 against 185,690 / 151,853,870
    assert len(found.frame) == 51 and found.options["mark"] == ("OH",)


def test_a_projection_is_told_edition_by_edition():
    _, _, found = opened("employment", view="projection")
    assert (
        "from 194,800 jobs in 2024 to 208,600 in 2034, 7.1\u00a0% more (all occupations: 3.1\u00a0% more)"
        in found.sentence
    )
    assert "14,200 openings are expected each year; growth makes 1,380 of them" in found.sentence
    assert "Earlier editions: 2021-31, 6.6\u00a0% more; 2022-32, 8.5\u00a0% more." in found.sentence
    assert set(found.frame["soc_code"]) == set(found.options["actual"]["soc_code"]) == {"29-2072"}
    _, _, clerks = opened("employment", view="projection", occupation="Billing and posting clerks")
    assert "Edition 2014-24 expected 581,100 jobs in 2024; edition 2024-34 counts 429,800." in clerks.sentence
    assert "although jobs do not grow" in clerks.sentence and "2022-32, no change" in clerks.sentence


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"state": "Ohioo"}, "Place: \u201cOhioo\u201d is not in the data. Did you mean Ohio?"),
        ({"year": 1999}, "Year: \u201c1999\u201d is not in the data. It shows May 2025."),
        (
            {"ocupation": "29-2072"},
            "Did you mean \u201coccupation\u201d? There are: occupation, place or state, year,",
        ),
        ({"occupation": "medical record specialist"}, "Did you mean Medical records specialists"),
        ({"state": None}, "is not in the data"),
        ({"state": "OH", "year": 2025}, "The year is now May 2023."),
    ],
)
def test_a_preset_that_is_not_understood_is_told(asked: dict[str, Any], words: str):
    _, told, found = opened("wages", **asked)
    assert words in " ".join(told) and found.sentence


def test_a_preset_may_be_a_code_or_a_name_and_what_was_not_asked_for_adapts_silently():
    for asked in ({"state": "dc"}, {"place": "District of Columbia"}):
        pick, told, _ = opened("wages", **asked)
        assert pick["place"] == "DC" and pick["year"] == "2023" and not told
    pick, told, _ = opened("employment", occupation="medical records specialists", state="oh")
    assert pick == {"occupation": "29-2072", "view": "states", "place": "OH"} and not told


def test_tables_changed_on_disk_are_read_anew(monkeypatch: pytest.MonkeyPatch):
    assert opened("wages")[0]["year"] == "2025"
    real = explore.table
    shorter = {"wages_national": lambda frame: frame.query("year < 2025")}
    monkeypatch.setattr(explore, "table", lambda name: shorter.get(name, lambda frame: frame)(real(name)))
    tables.forget()
    try:
        assert opened("wages")[0]["year"] == "2024"
    finally:
        monkeypatch.undo()
        tables.forget()


def test_a_year_without_price_figures_is_shown_as_paid(monkeypatch: pytest.MonkeyPatch):
    """New wages come out before the parities of their year, and may come before its price index."""
    one = explore.get("wages")
    monkeypatch.setattr("course.labor.prices.may_index", lambda: {2023: 300.0, 2024: 310.0})
    monkeypatch.setattr("course.labor.prices.parities", lambda: {(2021, "OH"): 92.0})
    tables.forget()
    try:
        pick, moved = one.settle({**one.start(), "adjustment": "real"}, {"year"})
        assert pick["adjustment"] == "paid" and "for 2025 are not in the data yet" in moved[0]
        assert [key for _, key in one.choices(pick)["adjustment"]] == ["paid"]
        pick, moved = one.settle({**one.start(), "place": "OH", "year": "2023", "adjustment": "both"}, {"year"})
        assert pick["adjustment"] == "real" and "for 2023 are not" in moved[0]
    finally:
        monkeypatch.undo()
        tables.forget()


def test_importing_it_is_instant():
    code = "import sys, course.labor.explore_wages, course.labor.explore_employment; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
