"""Business days: Monday to Friday without the federal holidays of the United States (5 U.S.C. 6103)."""

from __future__ import annotations

import datetime as dt
from functools import cache

DAY = dt.timedelta(days=1)
#: Month, weekday (Monday is 0), which of that month; -1 is the last.
_FLOATING = ((1, 0, 3), (2, 0, 3), (5, 0, -1), (9, 0, 1), (10, 0, 2), (11, 3, 4))
#: New Year's Day, Juneteenth, Independence Day, Veterans Day, Christmas Day.
_FIXED = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))


@cache
def holidays(year: int) -> frozenset[dt.date]:
    """The eleven holidays of a year on the days on which they are kept: of a Saturday on Friday, of a Sunday on Monday.
    One that is kept on December 31 of the year before stands in that year's set."""
    found = {_nth(year, *one) for one in _FLOATING}
    for near in (year, year + 1):
        kept = (_kept(dt.date(near, *one)) for one in _FIXED)
        found |= {day for day in kept if day.year == year}
    return frozenset(found)


def _kept(day: dt.date) -> dt.date:
    return day + {5: -DAY, 6: DAY}.get(day.weekday(), dt.timedelta())


def _nth(year: int, month: int, weekday: int, which: int) -> dt.date:
    first = dt.date(year, month, 1)
    days = [first + n * DAY for n in range(31)]
    return [day for day in days if day.month == month and day.weekday() == weekday][which - 1 if which > 0 else which]


def is_business_day(day: dt.date) -> bool:
    """Whether offices are open on that day."""
    return day.weekday() < 5 and day not in holidays(day.year)


def before(day: dt.date, count: int) -> dt.date:
    """The day that lies so many business days before."""
    while count:
        day -= DAY
        count -= is_business_day(day)
    return day
