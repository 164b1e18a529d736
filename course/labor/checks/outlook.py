"""The shapes of the other tables: projections, prices, surveys, claims, and the course's own lists."""

from __future__ import annotations

from course.labor.checks import laws, sums
from course.labor.checks.columns import (
    CODE,
    EDITION,
    SOURCE,
    STATE,
    STATE_NAME,
    TITLE,
    Column,
    Shape,
    index,
    percent,
    text,
    thousand,
    year,
)

_PERIOD = text("projection_period", pattern=EDITION)
_BOTH = {"projection_period": "projection_period", "soc_code": "soc_code"}
_READ = ("publisher page", "publisher article, copy on a document site", "secondary source", "secondary copy")
_YES_NO = ("yes", "no")
_MEDIAN = Column("median_annual_wage_usd", int, "USD a year", 8_000, 1_000_000, needed=False)
_CPI = "cpi_u_may_1982_84_100"
_RPP = ("goods", "housing", "utilities", "other_services")
_USD, _SHARE = ("usd_per_year", 10_000, 300_000), ("percent", 0, 100)

SHAPES: dict[str, Shape] = {
    "projections": Shape(
        columns=(
            _PERIOD,
            year("base_year"),
            year("target_year"),
            CODE,
            TITLE,
            thousand("base_employment"),
            thousand("projected_employment"),
            thousand("employment_change", -50_000),
            percent("employment_change", -100, 200),
            thousand("openings_annual_average", needed=False),
            thousand("openings_decade_total", needed=False),
            _MEDIAN,
            year("median_wage_year", needed=False),
            text("total_is_sum_of_line_items", *_YES_NO),
            SOURCE,
        ),
        key=("projection_period", "soc_code"),
        laws=(
            sums.period_is_named,
            sums.openings_are_told_once,
            laws.in_its_series("base_year"),
            laws.complete("base_year", "projection_period"),
            laws.adds_up(
                ("projected_employment_thousand_jobs", "-base_employment_thousand_jobs"),
                "employment_change_thousand_jobs",
                within=0.15,
            ),
            laws.percent_of(
                "employment_change_thousand_jobs",
                "base_employment_thousand_jobs",
                "employment_change_percent",
                within=0.2,
            ),
            laws.agrees(
                "median_annual_wage_usd",
                "wages_national",
                "annual_median_wage_usd",
                {"median_wage_year": "year", "soc_code": "soc_code"},
                within=0,
            ),
        ),
        order=("projection_period", "soc_code"),
    ),
    "openings": Shape(
        columns=(
            _PERIOD,
            CODE,
            TITLE,
            percent("labor_force_exit_rate"),
            percent("occupational_transfer_rate"),
            percent("separation_rate"),
            thousand("labor_force_exits"),
            thousand("occupational_transfers"),
            thousand("separations"),
            thousand("openings_annual_average"),
            SOURCE,
        ),
        key=("projection_period", "soc_code"),
        laws=(
            laws.adds_up(
                ("labor_force_exit_rate_percent", "occupational_transfer_rate_percent"),
                "separation_rate_percent",
                within=0.15,
            ),
            laws.adds_up(
                ("labor_force_exits_thousand_jobs", "occupational_transfers_thousand_jobs"),
                "separations_thousand_jobs",
                within=0.15,
            ),
            sums.separations_and_growth,
            laws.complete("projection_period", "projection_period"),
            laws.agrees(
                "openings_annual_average_thousand_jobs",
                "projections",
                "openings_annual_average_thousand_jobs",
                _BOTH,
                within=0,
            ),
        ),
        order=("projection_period", "soc_code"),
    ),
    "handbook": Shape(
        columns=(
            text("edition", pattern=EDITION),
            text("occupation_title"),
            CODE,
            _MEDIAN,
            year("median_wage_year", needed=False),
            Column("number_of_jobs", int, "jobs", 10_000, 1_000_000, needed=False),
            percent("job_outlook", -50, 100, int),
            text("job_outlook_wording", needed=False),
            Column("employment_change_jobs", int, "jobs", -500_000, 500_000, needed=False),
            percent("all_occupations", -20, 40, int, needed=False),
            text("how_read", *_READ, "quoted by AAPC"),
            text("note", needed=False),
            SOURCE,
        ),
        key=("edition",),
        laws=(
            laws.in_its_series("edition"),
            laws.agrees(
                "median_annual_wage_usd",
                "wages_national",
                "annual_median_wage_usd",
                {"median_wage_year": "year", "soc_code": "soc_code"},
                within=0,
            ),
            laws.agrees(
                "number_of_jobs",
                "projections",
                "base_employment_thousand_jobs",
                {"edition": "projection_period", "soc_code": "soc_code"},
                within=50,
                scale=1000,
            ),
            laws.agrees(
                "job_outlook_percent",
                "projections",
                "employment_change_percent",
                {"edition": "projection_period", "soc_code": "soc_code"},
                within=0.6,
            ),
        ),
    ),
    "cpi": Shape(
        columns=(
            year(),
            index("cpi_u_annual_average_1982_84_100", 150, 900),
            Column("months_in_average", int, "months", 6, 12),
            index(_CPI, 150, 900),
            index("annual_average_read_elsewhere_1982_84_100", 150, 900, needed=False),
            SOURCE,
        ),
        key=("year",),
        laws=(
            laws.near("cpi_u_annual_average_1982_84_100", _CPI, share=0.04),
            laws.near(
                "cpi_u_annual_average_1982_84_100",
                "annual_average_read_elsewhere_1982_84_100",
                share=0.0001,
            ),
            sums.no_year_left_out,
            sums.wages_have_a_may_index,
        ),
    ),
    "price_parities": Shape(
        columns=(
            year(),
            STATE,
            STATE_NAME,
            index("rpp_all_items_us_100", 70, 140),
            *(index(f"rpp_{name}_us_100", 40, 300) for name in _RPP),
            SOURCE,
        ),
        key=("year", "state_abbr"),
        laws=(
            laws.value_where("rpp_all_items_us_100", "state_abbr", "US", 100),
            laws.same_text("state_name", "states", "state_abbr", {"US": "United States"}),
            sums.every_state_every_year,
        ),
    ),
    "surveys": Shape(
        columns=(
            text("organization", "AAPC", "AHIMA"),
            year("survey_year", needed=False),
            text("dimension"),
            text("category"),
            text("measure", "mean", "median", "rate", "share"),
            Column("value", float, "the unit beside it", 0, 300_000),
            text("unit", "usd_per_year", "percent"),
            text("how_read", *_READ),
            text("note", needed=False),
            SOURCE,
        ),
        key=("organization", "survey_year", "dimension", "category", "measure", "source_id"),
        laws=(laws.units_fit({"mean": _USD, "median": _USD, "rate": _SHARE, "share": _SHARE}),),
    ),
    "claims": Shape(
        columns=(
            text("claim_id", pattern=r"[a-z0-9_]+"),
            text("figure"),
            Column("value", float, "the unit beside it", -1_000_000, 200_000_000),
            text("unit", "count", "percent", "thousand jobs", "usd_per_year"),
            text("reference_period"),
            text("relation_to_claim"),
            text("derived", *_YES_NO),
            SOURCE,
        ),
        key=("claim_id", "figure", "reference_period", "source_id"),
    ),
    "series_breaks": Shape(
        columns=(text("oews_reference_periods"), CODE, TITLE, text("classification"), text("note")),
        key=("soc_code",),
        laws=(laws.breaks_are_known,),
    ),
    "states": Shape(
        columns=(
            STATE,
            STATE_NAME,
            Column("tile_row", int, "row of the map", 0, 7),
            Column("tile_column", int, "column of the map", 0, 11),
        ),
        key=("state_abbr",),
        laws=(laws.place_unique("tile_row", "tile_column"), laws.place_unique("state_name"), laws.count(51)),
    ),
    "occupations": Shape(
        columns=(
            CODE,
            text("name"),
            text("short_name"),
            text("relation_to_coding", "coder", "next step", "neighbor", "yardstick"),
        ),
        key=("soc_code",),
    ),
}
