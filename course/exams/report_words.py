"""The sentences of a score report: plain, and no more than the figures bear."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.exams.blueprint import Blueprint

#: With fewer questions than this, chance alone moves the share by some fourteen points either way.
FEW = 40

#: With fewer answers in a class of confidence nothing is said about it.
ENOUGH = 5

NOTICES = {
    "changed": "This question was changed after you began this exam, so it is left out of the result. You see it as it "
    "is now.",
    "gone": "This question is no longer in the course, so it is left out of the result.",
    "fault": "The course could not grade this question, so it is left out of the result. It is not your fault.",
    "later": "This question was changed after you handed in. Your result is the one of that day; you see the question "
    "as it is now.",
}


def date(at: dt.datetime) -> str:
    """ "November 22, 2026", on the learner's clock."""
    here = at.astimezone()
    return f"{here:%B} {here.day}, {here.year}"


def span(seconds: float) -> str:
    """ "45 seconds", "1 minute 12 seconds", "2 hours 5 minutes"."""
    whole = round(seconds)
    if whole >= 3_600:
        return _both(whole // 3_600, "hour", whole % 3_600 // 60, "minute")
    return _both(whole // 60, "minute", whole % 60, "second") if whole >= 60 else count(whole, "second")


def _both(first: int, name: str, second: int, other: str) -> str:
    return f"{count(first, name)} {count(second, other)}" if second else count(first, name)


def count(number: int, what: str) -> str:
    """ "1 question", "1,204 questions"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def percent(right: int, of: int) -> float | None:
    """The share in percent, to one decimal; None of nothing."""
    return round(100 * right / of, 1) if of else None


def overall(exam: str, right: int, of: int, blank: int, left_out: int, blueprint: Blueprint | None) -> str:
    """The share and where it stands to the pass line."""
    if not of:
        return "No question of this exam could be counted, so there is no result."
    share = percent(right, of)
    said = [f"You answered {right} of {count(of, 'question')} right: {share:g} percent."]
    if blank:
        said.append(f"{count(blank, 'question')} had no answer and {'counts' if blank == 1 else 'count'} as wrong.")
    if left_out:
        said.append(f"{count(left_out, 'question')} {'is' if left_out == 1 else 'are'} left out; see below.")
    if blueprint is not None:
        said.append(_line(exam, right, of, blueprint))
    if of < FEW:
        said.append(f"So few questions ({of}) say little about passing; a longer exam tells more.")
    return " ".join(said)


def _line(exam: str, right: int, of: int, blueprint: Blueprint) -> str:
    figure = blueprint.passing
    unsure = "" if figure.confirmed else " (not confirmed by a page of the issuing body)"
    if blueprint.pass_share is None:
        return (
            f"The {exam} is passed with {figure.value} points on a scale{unsure}. How right answers become points on "
            "it is not public, so this report gives the share that is right, and no points."
        )
    where = "This result reaches it." if passed(right, of, blueprint) else "This result is below it."
    return f"{figure.value} of 100 is the pass line of the {exam}{unsure}. {where}"


def passed(right: int, of: int, blueprint: Blueprint | None) -> bool | None:
    """Does the share reach the pass line? None where the line is no share."""
    if blueprint is None or blueprint.pass_share is None or not of:
        return None
    return 100 * right >= int(blueprint.passing.value) * of


def stands(right: int, of: int, blueprint: Blueprint | None) -> str:
    """Where the share is beside the pass line; "" where the line is no share."""
    reached = passed(right, of, blueprint)
    if reached is None or blueprint is None:
        return ""
    on = 100 * right == int(blueprint.passing.value) * of
    return "On the pass line" if on else "Above the pass line" if reached else "Below the pass line"


def missing(short: Mapping[str, int], blueprint: Blueprint | None) -> list[str]:
    """What this exam had not that the real one has: questions by their domain, and what all questions of a domain
    leave out."""
    said = [
        f"{count(gap, 'question')} of the real exam {'is' if gap == 1 else 'are'} missing: {name}."
        for name, gap in short.items()
    ]
    lacks = [one.lacks for one in blueprint.domains if one.lacks] if blueprint else []
    return said + [f"{one[:1].upper()}{one[1:]}." for one in lacks]


def unscored(right: int, of: int) -> str:
    """The items that are tried out."""
    return (
        f"{count(of, 'more question')} did not count, as in the real exam, which tries out new questions in this way. "
        f"You answered {right} of them right."
    )


def time(median: float | None, budget: float, over: int, left: float | None) -> str:
    """Time per item against the time there is for each."""
    if median is None:
        return "No time was measured."
    said = [
        f"Half of your questions took {span(median)} or less; the real exam gives {span(budget)} for each.",
        f"{count(over, 'question')} took longer than that." if over else "None took longer than that.",
    ]
    if left is not None:
        said.append(f"You had {span(left)} left." if left >= 1 else "You used all of your time.")
    return " ".join(said)


def calibration(classes: Sequence[dict[str, Any]]) -> str:
    """What the confidence was worth; only of classes with at least :data:`ENOUGH` answers."""
    big = {one["name"]: one for one in classes if one["n"] >= ENOUGH}
    named = {"sure": "answers you were sure of", "unsure": "you were unsure of", "guess": "guesses"}
    said = [
        f"Of {big[name]['n']} {what}, {big[name]['right']} {'was' if big[name]['right'] == 1 else 'were'} right."
        for name, what in named.items()
        if name in big
    ]
    if "sure" in big and big["sure"]["right"] < 0.8 * big["sure"]["n"]:
        said.append("Being sure was not a safe sign: look at those you missed first.")
    if {"sure", "guess"} <= big.keys() and _share(big["guess"]) >= _share(big["sure"]):
        said.append("Your guesses did as well as what you were sure of.")
    return " ".join(said)


def _share(one: dict[str, Any]) -> float:
    return float(one["right"] / one["n"])


def changes(better: int, worse: int, other: int) -> str:
    """What changing an answer brought."""
    total = better + worse + other
    if not total:
        return ""
    parts = [
        f"{number} {how}"
        for number, how in (
            (better, "from wrong to right"),
            (worse, "from right to wrong"),
            (other, "from one wrong answer to another"),
        )
        if number
    ]
    return f"You changed {count(total, 'answer')}: {', '.join(parts)}."


def compared(exam: str, earlier: Sequence[dict[str, Any]]) -> str:
    """This sitting (the last of ``earlier``) beside those before it; each with ``percent`` and
    ``closed_words``."""
    before = [one for one in earlier[:-1] if one["percent"] is not None]
    if not before:
        return f"This is your first result in the {exam}."
    last = before[-1]
    return f"Your result before this one, of {last['closed_words']}, was {last['percent']:g} percent ({last['label']})."
