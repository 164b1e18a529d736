"""The figures that the questions of lesson 15 name, computed from the tables.

``FIGURES``: slug of a question -> function that returns every number of its text (three digits and more, decimals,
percents). ``test_labor_figures`` compares them, rounded as the text rounds them. Numbers of wrong answers that come
from a slip are computed by that slip.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from course import labor

CODERS = labor.SPECIALISTS
ALL = "00-0000"


def national(year: int, code: str = CODERS) -> Any:
    """The row of an occupation in the national table of one May."""
    return labor.table("wages_national").query("year == @year and soc_code == @code").iloc[0]


def state(abbreviation: str) -> Any:
    """The row of the records specialists of a state, May 2023."""
    table = labor.table("wages_states")
    return table.query("year == 2023 and soc_code == @CODERS and state_abbr == @abbreviation").iloc[0]


def projection(period: str, code: str = CODERS) -> Any:
    """The row of an occupation in an edition of the Employment Projections."""
    return labor.table("projections").query("projection_period == @period and soc_code == @code").iloc[0]


def jobs(year: int, code: str = CODERS) -> float:
    """Estimated jobs of an occupation, nation."""
    return float(national(year, code)["employment_jobs"])


def error(year: int) -> float:
    """Standard error, in jobs, of the estimate for the records specialists."""
    return jobs(year) * float(national(year)["employment_rse_percent"]) / 100


def ends(year: int) -> list[float]:
    """Two standard errors below and above the estimate."""
    return [jobs(year) - 2 * error(year), jobs(year) + 2 * error(year)]


def change(first: int, last: int, code: str = CODERS) -> float:
    """Change of the estimate in percent."""
    return (jobs(last, code) / jobs(first, code) - 1) * 100


def growth(period: str, code: str = CODERS) -> float:
    """Projected change in percent, as published."""
    return float(projection(period, code)["employment_change_percent"])


def per_1000(abbreviation: str = "") -> float:
    """Records specialists per 1,000 jobs in a state (none: the nation), May 2023."""
    if not abbreviation:
        return jobs(2023) / jobs(2023, ALL) * 1000
    row = state(abbreviation)
    return float(row["employment_jobs"] / row["state_total_employment_jobs"] * 1000)


def sector(naics: str) -> float:
    """Share of a sector in all records specialists, in percent, May 2024."""
    table = labor.table("industries").query("soc_code == @CODERS and naics_code == @naics")
    return float(table["employment_jobs"].iloc[0]) / jobs(2024) * 100


def hospitals() -> float:
    """Share of hospitals in the jobs of records specialists, in percent (Handbook, 2024-34)."""
    table = labor.table("industries_handbook").query("soc_code == @CODERS")
    named = table.set_index("industry_title")["share_of_occupation_jobs_percent"]
    return float(named.filter(like="Hospitals").iloc[0])


def handbook(edition: str) -> float:
    """Growth in percent as an edition of the Handbook prints it."""
    return float(labor.table("handbook").set_index("edition")["job_outlook_percent"][edition])


def openings(column: str, code: str = CODERS) -> float:
    """A column of the table of openings, 2024-34 (thousand jobs a year)."""
    return float(labor.table("openings").set_index("soc_code")[column][code])


def plus_and_minus() -> list[float]:
    return [jobs(2025), float(national(2025)["employment_rse_percent"]), *ends(2025)]


def five_mays() -> list[float]:
    errors = [float(national(year)["employment_rse_percent"]) for year in (2021, 2024)]
    return [jobs(2022) - jobs(2023), jobs(2025) - jobs(2021), *errors, ends(2021)[1], ends(2025)[0]]


def most_jobs() -> list[float]:
    return [float(state("CA")["employment_jobs"]), per_1000("CA"), per_1000(), 1000]


def the_darkest_tile() -> list[float]:
    row = state("AK")
    counts = [float(row["employment_jobs"]), float(row["state_total_employment_jobs"]), jobs(2023), 1000]
    return [*counts, per_1000("AK"), per_1000("AK") / per_1000()]


def location_quotient() -> list[float]:
    row = state("SD")
    here, everywhere = float(row["employment_jobs"]), jobs(2023)
    slips = [per_1000() / per_1000("SD"), here / everywhere * 100]
    counts = [here, float(row["state_total_employment_jobs"]), everywhere, jobs(2023, ALL), 1000]
    return [*counts, per_1000("SD") / per_1000(), per_1000("SD"), per_1000(), *slips]


def outside_health_care() -> list[float]:
    health, office, experts = sector("62"), sector("56"), sector("54")
    return [health, 100 - health, hospitals(), sector("52"), sector("51"), office, experts, office + experts]


EDGES = ("2014-24", "2024-34")


def a_decade_later() -> list[float]:
    found = []
    for code in ("43-3021", "31-9092"):
        start, end = (float(projection(period, code)["base_employment_thousand_jobs"]) for period in EDGES)
        found += [growth(EDGES[0], code), (end / start - 1) * 100]
    return found


#: Edition -> code that held the coders.
GROUPS = {"2014-24": "29-2071", "2020-30": "29-2098", "2021-31": CODERS, "2022-32": CODERS, "2024-34": CODERS}


def gap_to_all_jobs() -> list[float]:
    pairs = [(growth(period, code), growth(period, ALL)) for period, code in GROUPS.items()]
    return [*(one for pair in pairs for one in pair), *(round(one - other, 1) for one, other in pairs)]


def together() -> float:
    """Growth in percent of records specialists and health information technologists taken as one group, 2022-32."""
    rows = [projection("2022-32", code) for code in (CODERS, "29-9021")]
    start = sum(float(row["base_employment_thousand_jobs"]) for row in rows)
    return (sum(float(row["projected_employment_thousand_jobs"]) for row in rows) / start - 1) * 100


def the_claim() -> list[float]:
    rows = [projection("2022-32", code) for code in (CODERS, "29-9021", ALL)]
    ends = [float(row[f"{one}_employment_thousand_jobs"]) for row in rows for one in ("base", "projected")]
    said = [growth("2022-32"), handbook("2022-32"), growth("2022-32", ALL), together(), growth("2024-34")]
    change = float(rows[0]["employment_change_thousand_jobs"])
    rounded, exact = (ends[1] / ends[0] - 1) * 100, change / ends[0] * 100
    assert round(rounded) == 9 and round(exact) == handbook("2022-32") == handbook("2019-29") == 8
    pages = labor.table("handbook").query("occupation_title == 'Medical Records and Health Information Specialists'")
    assert list(pages["edition"]) == ["2019-29"]
    return [*said, *ends, rounded, change, exact]


def larger_than_noise() -> list[float]:
    rise, spread = jobs(2025) - jobs(2022), math.hypot(error(2022), error(2025))
    three_years = ((1 + growth("2022-32") / 100) ** 0.3 - 1) * 100
    shares = [change(2022, 2025), change(2022, 2025, ALL), growth("2022-32"), three_years]
    return [jobs(2022), jobs(2025), rise, round(spread, -1), 2 * round(spread, -1), rise / spread, *shares]


def fourteen_thousand() -> list[float]:
    parts = [openings("labor_force_exits_thousand_jobs"), openings("occupational_transfers_thousand_jobs")]
    added = float(projection("2024-34")["employment_change_thousand_jobs"])
    return [openings("openings_annual_average_thousand_jobs") * 1000, added * 1000, added / 10, *parts]


def replaced() -> list[float]:
    whole, part = openings("openings_annual_average_thousand_jobs"), openings("separations_thousand_jobs")
    exits = openings("labor_force_exits_thousand_jobs")
    moves = openings("occupational_transfers_thousand_jobs")
    everybody = openings("separations_thousand_jobs", ALL) / openings("openings_annual_average_thousand_jobs", ALL)
    slips = [(whole - part) / whole, whole / part, exits / whole, moves / whole]
    return [whole, part, part / whole * 100, everybody * 100, *(100 * slip for slip in slips)]


def neighbors() -> list[float]:
    codes = (CODERS, ALL, "43-3021", "31-9094", "43-6013", "11-9111")
    return [*(change(2021, 2025, code) for code in codes), jobs(2025, "43-6013") - jobs(2021, "43-6013")]


FIGURES: dict[str, Callable[[], list[Any]]] = {
    "one-row": lambda: [jobs(2025)],
    "plus-and-minus": plus_and_minus,
    "five-mays": five_mays,
    "three-lines": lambda: [jobs(2020, "29-2098"), jobs(2021)],
    "most-jobs": most_jobs,
    "the-darkest-tile": the_darkest_tile,
    "location-quotient": location_quotient,
    "shown-or-not": lambda: [1000, *(per_1000(one) for one in ("SD", "CO", "DC", "FL", "NY"))],
    "outside-health-care": outside_health_care,
    "lines-and-points": lambda: [float(projection("2022-32")["base_employment_thousand_jobs"]), jobs(2022)],
    "a-decade-later": a_decade_later,
    "gap-to-all-jobs": gap_to_all_jobs,
    "the-claim": the_claim,
    "words-and-editions": lambda: [
        *(handbook(edition) for edition in ("2019-29", "2021-31", "2023-33")),
        *(growth(period, ALL) for period in ("2019-29", "2021-31", "2022-32", "2024-34")),
        *(growth(period) for period in ("2022-32", "2024-34")),
    ],
    "seven-and-seven": lambda: [
        *(handbook(edition) for edition in ("2021-31", "2024-34")),
        *(growth(period, code) for period in ("2021-31", "2024-34") for code in (CODERS, ALL)),
    ],
    "larger-than-noise": larger_than_noise,
    "fourteen-thousand": fourteen_thousand,
    "replaced": replaced,
    "neighbors": neighbors,
    "machines": lambda: [growth("2024-34")],
}
