"""Days of services for one payer: what was done, and the lines it makes for Medicare and for payers who go by CPT."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import NamedTuple

from course.codesets.cpt import em_time
from course.questions.generators import which_book_facts as facts
from course.questions.generators.which_book_facts import Row
from course.questions.generators.which_book_topics import TOPICS


class Day(NamedTuple):
    """``lines``: code -> units. ``rows``: the rows of the table that decide. ``why``: what the rationale adds."""

    told: tuple[str, ...]
    lines: Mapping[str, int]
    rows: tuple[Row, ...]
    reasons: Mapping[str, str]
    why: str = ""
    male: bool | None = None
    biller: str = "the practice"
    needs: str = ""
    aside: str = "modifiers"


def told_for(rng: random.Random, topic: str, medicare: bool) -> str:
    """How a note tells a topic; a yearly visit is another one for those who go by CPT."""
    ways = TOPICS[topic].told if medicare else facts.BY_CPT.get(topic, TOPICS[topic].told)
    return rng.choice(ways)


_VACCINES_ASIDE = "modifiers and the vaccine products"
_VACCINES = {
    "flu": "Flu vaccine by needle, left arm",
    "pneumonia": "Pneumococcal vaccine by needle, right arm",
    "hepatitis-b": "Hepatitis B vaccine by needle (diabetic, at risk), right arm",
    "tetanus": "Tetanus vaccine by needle, dirty scratch from gardening today, left arm",
}


def office(rng: random.Random, medicare: bool) -> Day:
    """A yearly check, for women perhaps with the pelvic exam, and vaccines."""
    table = facts.rows()
    male = rng.random() < 0.5
    topics = [rng.choice(("wellness-first", "wellness-later"))] if rng.random() < 0.7 else []
    if not male and (not topics or rng.random() < 0.4):
        topics.append("pelvic")
    shots = rng.sample(list(_VACCINES), rng.randint(1, 3))
    if not medicare:  # CPT has one preventive visit, with the pelvic exam or not
        topics = topics[-1:]
    told = [f"{told_for(rng, topic, medicare)}." for topic in topics] + [f"{_VACCINES[shot]}." for shot in shots]
    lines = {code: 1 for topic in (*topics, *shots) for code in table[topic].codes(medicare)}
    reasons = {
        "96372": "That is a shot of a drug. A vaccine has codes of its own for being given.",
        "99213": "There was no problem to treat.",
        "G0402": "That is for the first year of Part B.",
    }
    why = ""
    if not medicare and len(shots) > 1:
        lines["90472"] = len(shots) - 1
        why = "The first vaccine is 90471, each further one 90472."
        reasons["90471 x" + str(len(shots))] = "One code is for the first vaccine, another for each further one."
    if not medicare and "pelvic" in topics:
        why += " The preventive visit holds the exam and taking the smear."
        reasons["Q0091"] = "The preventive visit of CPT holds taking the smear."
        reasons["G0101"] = "The preventive visit of CPT holds the exam."
    if medicare and "tetanus" in shots:
        why += " Medicare has no G code for giving tetanus vaccine."
    rows = tuple(table[topic] for topic in (*topics, *shots))
    return Day(tuple(told), lines, rows, reasons, why.strip(), male, aside=_VACCINES_ASIDE)


def scope(rng: random.Random, medicare: bool) -> Day:
    """A scope with sedation by the one who does it."""
    table = facts.rows()
    topic = rng.choice(("colon-average", "colon-high", "sigmoid", "colon-bleeding"))
    minutes = rng.randint(11, 48)
    told = (
        f"Moderate sedation by the endoscopist, nurse watching, {minutes} minutes.",
        f"{rng.choice(TOPICS[topic].told)}.",
    )
    rows = (table[topic], table["sedation"])
    lines = {code: 1 for row in rows for code in row.codes(medicare)}
    more = max(0, (minutes - 8) // 15)
    reasons = {"00811": "That is for an anesthesia provider.", "00812": "That is for an anesthesia provider."}
    if more:
        lines["99153"] = more
        why = f"{minutes} minutes: 15, and {more} more by the midpoint, 99153 for every payer."
    else:
        why = f"{minutes} minutes: the first 15 alone, since a further unit begins with minute 23."
        reasons["99153"] = f"{minutes} minutes do not reach the midpoint of a second quarter hour."
    return Day(
        told,
        lines,
        rows,
        reasons,
        why,
        biller="the endoscopist, in an office suite,",
        aside="modifiers and the sedative drugs",
    )


def laboratory(rng: random.Random, medicare: bool) -> Day:
    table = facts.rows()
    male = rng.random() < 0.6
    topics = rng.sample(("stool", "hepatitis-c", "hiv"), rng.randint(1, 3))
    topics += [rng.choice(("psa", "psa-followed"))] if male else ["pap"]
    rows = tuple(table[topic] for topic in topics)
    told = tuple(f"{rng.choice(TOPICS[topic].told)}." for topic in topics)
    lines = {code: 1 for row in rows for code in row.codes(medicare)}
    reasons = {"36415": "Drawing blood was not asked for.", "99000": "Nothing was carried elsewhere."}
    return Day(told, lines, rows, reasons, "", male, "the laboratory")


def wound(rng: random.Random, medicare: bool) -> Day:
    table = facts.rows()
    topics = [rng.choice(("glue-body", "glue-face", "stitched")), "tetanus"]
    told = tuple(f"{rng.choice(TOPICS[topics[0]].told)}." for _ in (0,)) + (
        "Tetanus vaccine by needle for the cut, right arm.",
    )
    rows = tuple(table[topic] for topic in topics)
    lines = {code: 1 for row in rows for code in row.codes(medicare)}
    reasons = {
        "99213": "Nothing was seen beyond the wound.",
        "96372": "That is a shot of a drug. A vaccine has codes of its own for being given.",
    }
    return Day(told, lines, rows, reasons, aside=_VACCINES_ASIDE)


def long_visit(rng: random.Random, medicare: bool) -> Day:
    """An office visit by time, beyond the top code."""
    row = facts.rows()["prolonged"]
    new = rng.random() < 0.5
    category, base = ("office-new", "99205") if new else ("office-established", "99215")
    minutes = rng.randint(75, 140) if new else rng.randint(55, 120)
    extra = em_time.prolonged_units(category, minutes, "Medicare" if medicare else "CPT")
    units = extra.units if extra else 0
    told = (
        f"Office visit, {'new' if new else 'established'} patient, level by time: {minutes} minutes of physician time "
        "that day.",
    )
    own = row.codes(medicare)[0]
    lines = {base: 1} | ({own: units} if units else {})
    theirs = em_time.prolonged_units(category, minutes, "CPT" if medicare else "Medicare")
    reasons = {"99214": "The minutes go beyond that.", "99204": "The minutes go beyond that."}
    if units:
        why = f"{base} by time, and {own} x{units} at {minutes} minutes. {_begins(base, medicare)}"
        if theirs and theirs.units != units:
            reasons[f"{own} x{theirs.units}"] = (
                "Those are the units of the other book. Where does this payer begin to count?"
            )
    else:
        why = f"At {minutes} minutes {own} has not begun yet; {base} stands alone. {_begins(base, medicare)}"
        reasons[own] = "Right code for this payer, too early: look at the minute it begins with."
    return Day(told, lines, (row,), reasons, why)


def _begins(base: str, medicare: bool) -> str:
    """With which minute the prolonged code of a payer begins, and where that is written (``em_prolonged.csv``)."""
    if medicare:
        first = {"99205": 89, "99215": 69}[base]
        return (
            f"CMS's table (fact sheet on office visits, January 2021) starts G2212 with minute {first} beside {base}, "
            "15 minutes past the longest time of that level as printed then. Each further unit takes 15 more."
        )
    first = {"99205": 75, "99215": 55}[base]
    return (
        f"CPT starts 99417 with minute {first} beside {base}, 15 past its least time. Each further unit takes 15 more."
    )


def cores(rng: random.Random, medicare: bool) -> Day:
    row, count = facts.rows()["cores"], rng.randint(4, 16)
    told = (rng.choice(TOPICS["cores"].told).format(n=count) + ".",)
    lines = {"G0416": 1} if medicare else {"88305": count}
    why = (
        "Medicare takes the set once, however many samples." if medicare else f"Each of the {count} containers counts."
    )
    reasons = {f"G0416 x{count}": "One code for the whole set."} if medicare else {"88305 x1": "How many containers?"}
    return Day(told, lines, (row,), reasons, why, True, "the pathologist", "goes by CPT, each container counts")


DAYS: tuple[Callable[[random.Random, bool], Day], ...] = (
    office, office, office, scope, scope, laboratory, laboratory, wound, long_visit, long_visit, cores,
)  # fmt: skip
