"""The place and the exam that a career sheet is for, found from what somebody typed."""

from __future__ import annotations

import difflib
import re
from typing import NamedTuple

from course.bootstrap.errors import UserError
from course.labor.career_data import BODIES
from course.labor.tables import remembered, table

#: Exam -> what its letters stand for.
EXAMS = {
    "CPC": "Certified Professional Coder",
    "CIC": "Certified Inpatient Coder",
    "CCS": "Certified Coding Specialist",
    "CCA": "Certified Coding Associate",
}


class Place(NamedTuple):
    """A state, the District of Columbia, a territory or the nation."""

    abbr: str
    name: str


NATION = Place("US", "United States")
#: Other ways to write a place, without dots and in small letters.
_ALSO = {"usa": "US", "united states of america": "US", "nation": "US", "washington dc": "DC"}


@remembered
def places() -> tuple[Place, ...]:
    """The nation, the states and DC, and the territories that the wage table names."""
    states = table("states").filter(["state_abbr", "state_name"])
    others = table("wages_states").filter(["state_abbr", "state_name"]).drop_duplicates()
    known = dict(zip(others["state_abbr"], others["state_name"], strict=True))
    known |= dict(zip(states["state_abbr"], states["state_name"], strict=True))
    return (NATION, *sorted((Place(abbr, name) for abbr, name in known.items()), key=lambda one: one.name))


def find_place(text: str) -> Place:
    """The place that is meant, by name or two letters in any case. UserError with the nearest when there is none."""
    wanted = _plain(text)
    wanted = _ALSO.get(wanted, wanted).casefold()
    known = {key: place for place in places() for key in (place.abbr.casefold(), _plain(place.name))}
    if wanted in known:
        return known[wanted]
    near = list(dict.fromkeys(known[key] for key in difflib.get_close_matches(wanted, known, n=3, cutoff=0.6)))
    advice = ["Did you mean " + " or ".join(f"{one.name} ({one.abbr})" for one in near) + "?"] if near else []
    raise UserError(
        f"There is no state {str(text).strip()!r}." if str(text).strip() else "No state is named.",
        *advice,
        'Write its name or its two letters: --state OH or --state "New York". The whole nation: --state US.',
    )


def _plain(text: str) -> str:
    """ "  D.C. " -> "dc", "new_york" -> "new york"."""
    return " ".join(re.sub(r"[\s_-]+", " ", str(text).replace(".", "")).split()).casefold()


class Exam(NamedTuple):
    """An exam: letters, name, and who gives it."""

    letters: str
    name: str
    body: str


def find_exam(text: str) -> Exam:
    """The exam that is meant, by letters or name in any case. UserError with the nearest when there is none."""
    wanted = _plain(text).removesuffix(" exam")
    known = {key: letters for letters, name in EXAMS.items() for key in (letters.casefold(), name.casefold())}
    if wanted in known:
        letters = known[wanted]
        return Exam(letters, EXAMS[letters], BODIES[letters])
    near = list(dict.fromkeys(known[key] for key in difflib.get_close_matches(wanted, known, n=2, cutoff=0.5)))
    raise UserError(
        f"There is no exam {str(text).strip()!r} here." if str(text).strip() else "No exam is named.",
        *(["Did you mean " + " or ".join(near) + "?"] if near else []),
        "Exams: " + ", ".join(f"{letters} ({name}, {BODIES[letters]})" for letters, name in EXAMS.items()) + ".",
    )
