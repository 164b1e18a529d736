"""The estimate in words: plain sentences, frequencies instead of percents of belief."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.exams.readiness import Line

EARLY = "Too early to say."
#: What the estimate rests on.
RESTS_ON = (
    "Every question that you answered in the lessons, in practice and in the exam hall and that belongs to a domain "
    "of this exam. Flash cards, which you rate yourself, do not count.",
    "Newer answers count more: an answer says half as much after six weeks. A second answer to the same question says "
    "less than the first. An answer after a hint counts half, and after a look at the solution it counts as wrong.",
    "Harder questions count as harder. Where there are four options, a guess among them is taken to be right once in "
    "four times. A domain with few answers leans on your other domains, so its bar is long.",
    "You learn while you practice. How fast is estimated from your own answers.",
)
#: What it cannot know.
CANNOT_KNOW = (
    "How hard the real exam is. The estimate is about exams like those of the course\u2019s exam hall. No certifying "
    "body has checked it.",
    "The day itself: sleep, nerves, the clock, the books at hand. If you answer slowly here, a timed exam in the exam "
    "hall tells you more.",
    "What you read or learned elsewhere and have not yet shown in an answer, and what you forgot in a long pause.",
    "Whether you are like the learners on whom it was checked. On simulated learners who learn as they practice, the "
    "stated chances came true within a few points of 100. For someone who practices a lot and learns nothing from it, "
    "a chance in the middle is some 15 points too high.",
)


def of_ten(chance: float) -> str:
    """A chance as a frequency: "about 7 of 10"."""
    if chance < 0.05:
        return "fewer than 1 of 10"
    if chance > 0.95:
        return "more than 9 of 10"
    return f"about {min(9, max(1, round(10 * chance)))} of 10"


def percent(share: float) -> str:
    """A share as whole percents: "70 percent"."""
    return f"{round(100 * share)} percent"


def headline(exam: str, chances: tuple[float, float, float], line: Line) -> str:
    """The chance to pass in one sentence. ``chances``: at the highest, middle and lowest pass line."""
    start = f"If you sat {exam} exams like those of this course today, you would"
    if line.assumed:
        return f"{start} likely pass {between(chances)}."
    return f"{start} pass {of_ten(chances[1])}."


def between(chances: tuple[float, float, float]) -> str:
    """A range of chances as frequencies: "between 5 and 8 of 10", "at least 6 of 10"."""
    hardest, _, easiest = chances
    low, high = of_ten(hardest), of_ten(easiest)
    if low == high:
        return low
    if easiest > 0.95:
        return "nearly none or nearly all of 10" if hardest < 0.05 else f"at least {_bare(low)} of 10"
    return f"at most {_bare(high)} of 10" if hardest < 0.05 else f"between {_bare(low)} and {_bare(high)} of 10"


def range_words(chances: tuple[float, float, float], line: Line) -> str:
    """What the range is about."""
    hardest, _, easiest = (of_ten(chance) for chance in chances)
    if line.assumed:
        return (
            f"The score is scaled, and which share of right answers passes is not public. If it is "
            f"{percent(line.low)}, you would pass {easiest}; if it is {percent(line.high)}, {hardest}. That the line "
            f"lies in this range is the course\u2019s own assumption."
        )
    points = round(100 * (line.high - line.middle))
    return (
        f"The pass line is {percent(line.middle)}. If the real exam is a little easier than this course\u2019s "
        f"questions (as if the line were {points} points lower), you would pass {easiest}; if it is a little harder "
        f"({points} points higher), {hardest}."
    )


def missing(*, exam: str, items: int, least: int, empty: Sequence[str], old: bool) -> list[str]:
    """Why it is too early to state a chance, and what to do; [] when it is not."""
    told = []
    if items < least:
        have = "You have answered none yet" if not items else f"So far you have answered {items}"
        told.append(
            f"A chance can be told after {least} different questions about the domains of the {exam}. {have}; "
            f"{least - items} more to go."
        )
    if empty and items:
        what = "this domain" if len(empty) == 1 else f"these {len(empty)} domains"
        told.append(f"Nothing is answered yet in {what}: {'; '.join(empty)}.")
    if old and not told:
        told.append(
            "Your answers are old and say little about today. Answer some 20 questions anew, for example in practice "
            "or in a part of an exam."
        )
    return told


def _bare(words: str) -> str:
    """ "about 7 of 10" -> "7"; "fewer than 1 of 10" -> "fewer than 1"."""
    return words.removeprefix("about ").removesuffix(" of 10")
