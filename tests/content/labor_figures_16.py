"""The figures in the questions of lesson 16, each computed from the tables. Slug -> function that returns them all."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from course import labor
from course.labor import career, career_model, career_words
from course.questions import bank

P10, P25, P50, P75, P90 = labor.PERCENTILES.values()


def claimed() -> list[float]:
    """The two amounts of the ad, as the table of claims writes them."""
    found = {
        float(amount.replace(",", ""))
        for figure in labor.table("claims").query("claim_id == 'certified_50_to_70_thousand'")["figure"]
        for amount in re.findall(r"\d\d,\d{3}", figure)
    }
    assert found == {50_000, 70_000}
    return sorted(found)


LOW, HIGH = claimed()
HOURS = 2080
#: How far off an answer in percent may be: it stands in the question, too.
TOLERANCE = 0.1


def us(year: int, soc: str = labor.SPECIALISTS) -> Any:
    """The row of an occupation in a May."""
    wages = labor.table("wages_national")
    return wages[(wages["soc_code"] == soc) & (wages["year"] == year)].iloc[0]


def states() -> Any:
    """Specialists in the states, May 2023, with the medians at the prices of the nation, indexed by state."""
    wages = labor.table("wages_states").query("year == 2023 and soc_code == '29-2072'")
    wages = wages.dropna(subset=[P50]).set_index("state_abbr")
    adjusted = [labor.at_national_prices(wage, state, 2023) for state, wage in wages[P50].items()]
    return wages.assign(adjusted=adjusted)


def parity(state: str, column: str = "rpp_all_items_us_100") -> float:
    """A price parity of 2023 as printed with one decimal."""
    table = labor.table("price_parities").query("year == 2023").set_index("state_abbr")
    return round(float(table.loc[state, column]), 1)


def sector(naics: str) -> Any:
    """Specialists in a sector, May 2024."""
    table = labor.table("industries").query("year == 2024 and soc_code == '29-2072'")
    return table.set_index("naics_code").loc[naics]


def survey(year: int, category: str) -> float:
    """A mean of an AAPC survey."""
    table = labor.table("surveys").query("organization == 'AAPC' and measure == 'mean'")
    found = table[(table["survey_year"] == year) & (table["category"] == category)]["value"]
    assert len(found) == 1
    return float(found.iloc[0])


def real_change(column: str) -> float:
    """Percent, from May 2021 to May 2025, in dollars of one May."""
    return 100 * (us(2025)[column] / labor.real(us(2021)[column], 2021, 2025) - 1)


def below_the_tenth() -> list[float]:
    return [us(2025)[P10], HOURS]


def mean_and_median() -> list[float]:
    row = us(2025)
    assert row["annual_mean_wage_usd"] > row[P50]
    return [row["annual_mean_wage_usd"], row[P50], row[P90], row[P90] - row[P50], row[P50] - row[P10], HOURS]


def neighbors_overlap() -> list[float]:
    ours, clerks = us(2025), us(2025, "43-3021")
    assert ours[P25] < clerks[P50] < ours[P50] and abs(ours[P10] - clerks[P10]) < 500
    assert max((P10, P25, P50, P75, P90), key=lambda rank: ours[rank] - clerks[rank]) == P90
    return [ours[P25], clerks[P50], ours[P50] - clerks[P50], ours[P10], clerks[P10], ours[P90], clerks[P90]]


def real_change_of_the_median() -> list[float]:
    before, now = us(2021, "43-3021")[P50], us(2025, "43-3021")[P50]
    then = round(labor.real(before, 2021, 2025))
    rose = 100 * (now - then) / then
    return [
        *(TOLERANCE, before, now, then, now - then, rose, 100 + rose, 100, 100 * (now - then) / now),
        *(100 * (now / before - 1), 100 * (labor.real(1, 2021, 2025) - 1), real_change(P50)),
    ]


def both_ends_after_inflation() -> list[float]:
    changes = [real_change(column) for column in (P10, P25, P50, P75, P90)]
    assert changes[0] > 0 > max(changes[1:]) and all(-8.5 < one < -8 for one in changes[2:])
    assert all(us(2025)[column] > us(2021)[column] for column in (P10, P25, P50, P75, P90))
    return [changes[0], changes[2], changes[3]]


def twenty_states() -> list[float]:
    medians = states()[P50]
    assert (len(medians), (medians >= LOW).sum(), (medians >= HIGH).sum()) == (51, 20, 0)
    assert medians.idxmax() == "DC"
    difference = medians["MN"] - medians["TX"]
    return [LOW, HIGH, medians["MS"], states()[P75]["MS"], medians["DC"], difference]


def more_or_less_than_it_says() -> list[float]:
    table = states()
    paid, bought = (table[one].rank(ascending=False, method="min") for one in (P50, "adjusted"))
    assert (paid["CA"], paid["ND"], bought["CA"], bought["ND"]) == (13, 28, 41, 9)
    assert all(parity(one) > 100 for one in ("CA", "MA", "NH")) and all(parity(one) < 100 for one in ("ND", "OK", "LA"))
    return [*(parity(one) - 100 for one in ("CA", "MA", "NH")), 100 - parity("OK"), 100]


def two_offers() -> list[float]:
    """The two offers are invented; the parities are not."""
    ohio, colorado = 50_000, 54_000
    one, other = (wage * 100 / parity(state) for wage, state in ((ohio, "OH"), (colorado, "CO")))
    wrong = colorado * parity("CO") / 100 - ohio * parity("OH") / 100
    return [
        *(ohio, colorado, colorado - ohio, parity("OH"), parity("CO"), parity("CO", "rpp_housing_us_100")),
        *(one, other, round(one) - round(other), wrong, 100),
    ]


def parity_and_your_rent() -> list[float]:
    assert parity("US") == 100
    return [parity("CA"), parity("CA") - 100, *(parity(one, "rpp_housing_us_100") for one in ("CA", "US")), 100]


def best_paid_sector() -> list[float]:
    table = labor.table("industries").query("year == 2024 and soc_code == '29-2072'")
    assert table[P50].max() == sector("52")[P50]
    every, finance, health = us(2024)["employment_jobs"], sector("52"), sector("62")
    jobs = [finance["employment_jobs"], health["employment_jobs"]]
    medians = [finance[P50], health[P50]]
    return [every, *jobs, *medians, medians[0] - medians[1], *(100 * one / every for one in jobs)]


def gap_in_percent() -> list[float]:
    yes, no = survey(2025, "Certified"), survey(2025, "Not certified")
    gap, base = yes - no, 100
    return [TOLERANCE, yes, no, gap, base * gap / no, base * gap / yes, base * no / yes, base * yes / no, base]


def almost_eighteen() -> list[float]:
    yes, no = survey(2022, "Certified"), survey(2022, "Not certified")
    more, less = 100 * (yes / no - 1), 100 * (1 - no / yes)
    note = labor.table("surveys").query("survey_year == 2022 and category == 'Not certified'")["note"].iloc[0]
    printed = float(re.search(r"almost (\d+) percent", note)[1])  # type: ignore[index]
    assert round(less) == printed
    return [yes, no, yes - no, more, less, printed, (more + less) / 2, more - printed, yes / (1 + printed / 100)]


def years_or_letters() -> list[float]:
    first = {one: survey(2010, f"{one}, 1 year") for one in ("Certified", "Not certified")}
    late = {one: survey(2010, f"{one}, more than 25 years") for one in ("Certified", "Not certified")}
    along = [late[one] - first[one] for one in first]
    across = [group["Certified"] - group["Not certified"] for group in (first, late)]
    assert min(along) > max(across)
    return [*first.values(), *late.values(), *along, *across]


def share_by_the_line() -> list[float]:
    row, amount = us(2025), 40_000
    share = labor.share_below(row, amount).percent
    way = (amount - row[P10]) / (row[P25] - row[P10])
    return [
        *(TOLERANCE, amount, row[P10], row[P25], share, share - 10, 100 * way, round(way, 3), 100 - share),
        *(10 + 25 * way, 10, 15, 25),
    ]


def how_sure_is_it() -> list[float]:
    row = us(2025)
    assert labor.share_below(us(2023), LOW).at_least == 50 and labor.share_below(row, HIGH).at_most == 90
    over = 100 - labor.share_below(row, HIGH).percent
    return [LOW, HIGH, us(2023)[P50], labor.share_below(row, LOW).percent, row[P25], row[P50], row[P75], row[P90], over]


def the_ad() -> list[float]:
    row = us(2025)
    means = [
        survey(2018, "Any AAPC credential"),
        *(survey(year, "Certified") for year in (2019, 2021, 2022, 2025)),
    ]
    assert all(LOW < one < HIGH for one in means) and (means[0], means[-1]) == (min(means), max(means))
    return [LOW, HIGH, *means, labor.share_between(row, LOW, HIGH).percent, labor.share_below(row, LOW).percent]


def what_a_newcomer_hears() -> list[float]:
    return [us(2025)[column] for column in (P10, P25, P50)]


def stem(slug: str) -> str:
    """The text of a question, without marks."""
    found = next(item for item in bank.sound_items(lesson="16") if item.slug == slug)
    return " ".join(found.stem.replace("**", "").split())


def read_the_band() -> list[float]:
    """An invented answer: its figures are nobody's, its sentence is the calculator's."""
    reasons = {career_model.NOT_PASSED: 7.0, career_model.NO_JOB: 19.0}
    never = sum(reasons.values())
    made = career.payback(moves=False)._replace(low=16, middle=27, high=None, never_percent=never, reasons=reasons)
    told = stem("read-the-band")
    assert career_words.sentence(made) in told and career_words.unpaid(made).split(": ")[1] in told
    return [100, never, 100 - never]


def what_moves_it_most() -> list[float]:
    """Invented ends of three assumptions, and the month that each gives."""
    moves = {"first wage": (34_000, 58, 46_000, 17), "course": (700, 24, 3_900, 31), "study": (90, 25, 300, 30)}
    widths = {name: abs(at_high - at_low) for name, (_, at_low, _, at_high) in moves.items()}
    assert widths == {"first wage": 41, "course": 7, "study": 5}
    return [end for low, _, high, _ in moves.values() for end in (low, high)]


#: Slug -> the figures of its text.
FIGURES: dict[str, Callable[[], list[float]]] = {
    one.__name__.replace("_", "-"): one
    for one in (
        *(below_the_tenth, mean_and_median, neighbors_overlap, real_change_of_the_median, both_ends_after_inflation),
        *(twenty_states, more_or_less_than_it_says, two_offers, parity_and_your_rent),
        *(best_paid_sector, gap_in_percent, almost_eighteen, years_or_letters, share_by_the_line, how_sure_is_it),
        *(the_ad, what_a_newcomer_hears, read_the_band, what_moves_it_most),
    )
}
