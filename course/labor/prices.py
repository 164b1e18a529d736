"""The same dollars at other prices: over time (CPI-U) and across states (BEA regional price parities)."""

from __future__ import annotations

from course.labor.tables import remembered, table


@remembered
def may_index() -> dict[int, float]:
    """CPI-U, US city average, all items (1982-84 = 100), of each May: OEWS wages refer to May."""
    frame = table("cpi")
    return {int(year): float(value) for year, value in zip(frame["year"], frame["cpi_u_may_1982_84_100"], strict=True)}


@remembered
def parities() -> dict[tuple[int, str], float]:
    """Price level of all items by (year, state), US = 100; the state of the nation is "US"."""
    frame = table("price_parities")
    keys = zip(frame["year"].astype(int), frame["state_abbr"], strict=True)
    return dict(zip(keys, frame["rpp_all_items_us_100"].astype(float), strict=True))


def real(usd: float, year: int, to_year: int) -> float:
    """Dollars of May `year` in dollars of May `to_year`. KeyError when the index of a year is not in the table."""
    index = may_index()
    for one in (year, to_year):
        if one not in index:
            raise KeyError(f"cpi.csv has no May {one}; it has {min(index)} to {max(index)}")
    return usd * index[to_year] / index[year]


def latest_parity_year() -> int:
    """The newest year for which price parities are at hand."""
    return max(year for year, _ in parities())


def at_national_prices(usd: float, state: str, year: int | None = None) -> float:
    """What a wage of a state buys, told in dollars at the average prices of the nation in `year` (default: the newest
    there is). KeyError when the state or year is not in the table."""
    year = latest_parity_year() if year is None else year
    return usd * 100 / parities()[year, state]
