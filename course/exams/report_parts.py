"""The parts of a score report that are counted: domains, time, confidence, changed answers, and each item in full."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from course.exams import report_words as words
from course.exams import sitting_grade as grading
from course.exams.report_answers import CHOICES, answer_html, key_html
from course.exams.sitting_fold import CONFIDENCE, Folded, Item, Place
from course.questions import kinds, text
from course.questions.base import LETTERS

if TYPE_CHECKING:
    from course.exams.blueprint import Blueprint
    from course.questions.base import ItemBase

#: The exam hall's own lesson: no place to learn what was missed.
HALL_LESSON = "17"


def domains(
    it: Folded, outcomes: Sequence[str], items: Sequence[ItemBase | None], blueprint: Blueprint | None
) -> list[dict[str, Any]]:
    """One row a domain, weakest first; ``lessons`` mend it: those of what was missed, then those of the blueprint."""
    rows: dict[str, dict[str, Any]] = {}
    missed: dict[str, list[str]] = {}
    for entry, place, outcome, item in zip(it.head.items, it.places, outcomes, items, strict=True):
        empty = {"domain": entry.domain, "right": 0, "of": 0, "blank": 0, "seconds": 0.0, "unscored": 0}
        row = rows.setdefault(entry.domain, empty)
        row["seconds"] = round(row["seconds"] + place.seconds, 1)
        if outcome not in (grading.CORRECT, *grading.LEFT_OUT):
            lessons = missed.setdefault(entry.domain, [])
            if item is not None and item.lesson not in (HALL_LESSON, *lessons):
                lessons.append(item.lesson)
        if not entry.scored:
            row["unscored"] += 1
        elif outcome not in grading.LEFT_OUT:
            row["of"] += 1
            row["right"] += outcome == grading.CORRECT
            row["blank"] += outcome == grading.BLANK
    for row in rows.values():
        row["percent"] = words.percent(row["right"], row["of"])
        own = sorted(missed.get(row["domain"], ()))
        named = [*own, *_of_blueprint(blueprint, row["domain"])]
        row["lessons"] = list(dict.fromkeys(named)) if row["domain"] in missed else []
    return sorted(rows.values(), key=lambda row: (row["of"] == 0, row["percent"] or 0.0))


def _of_blueprint(blueprint: Blueprint | None, domain: str) -> list[str]:
    try:
        return list(blueprint.domain(domain).lessons) if blueprint else []
    except (KeyError, StopIteration):
        return []


def time(it: Folded, blueprint: Blueprint | None) -> dict[str, Any]:
    """Time per item; the budget is the real exam's time shared out evenly (this one's, where there is no blueprint)."""
    spent = [place.seconds for place in it.places if place.seconds > 0]
    whole = (blueprint.minutes, blueprint.items) if blueprint else (it.head.minutes, len(it.places))
    budget = 60 * whole[0] / whole[1]
    over = sum(one > budget for one in spent)
    left = it.remaining(it.last)
    order = sorted(range(len(it.places)), key=lambda place: -it.places[place].seconds)
    longest = [{"place": n, "seconds": round(it.places[n].seconds, 1)} for n in order[:3] if it.places[n].seconds > 0]
    median = statistics.median(spent) if spent else None
    return {
        "total": round(sum(spent), 1),
        "median": None if median is None else round(median, 1),
        "budget": round(budget, 1),
        "over": over,
        "left": None if left is None else round(left, 1),
        "longest": longest,
        "words": words.time(median, budget, over, left),
    }


def calibration(it: Folded, outcomes: Sequence[str]) -> dict[str, Any] | None:
    """How often each degree of confidence was right; ``rest`` makes the sum of all questions that count. None when no
    confidence was given."""
    counted = [pair for pair in zip(it.places, outcomes, strict=True) if pair[1] not in grading.LEFT_OUT]

    def row(name: str, degree: int | None) -> dict[str, Any]:
        found = [outcome for place, outcome in counted if place.confidence == degree and outcome != grading.BLANK]
        return {"name": name, "n": len(found), "right": found.count(grading.CORRECT)}

    classes = [{"confidence": degree, **row(name, degree)} for degree, name in CONFIDENCE.items()]
    if not any(one["n"] for one in classes):
        return None
    blank = {"name": "left blank", "n": sum(outcome == grading.BLANK for _, outcome in counted), "right": 0}
    rest = [one for one in (row("not said", None), blank) if one["n"]]
    return {"classes": classes, "rest": rest, "words": words.calibration(classes)}


def changes(item: ItemBase | None, entry: Item, place: Place) -> dict[str, int]:
    """What became of an answer each time it was left for another."""
    found = {"right_to_wrong": 0, "wrong_to_right": 0, "wrong_to_wrong": 0}
    if item is None or item.content_version != entry.version or len(place.settled) < 2:
        return found
    right = [grading.grade(item, one).outcome == grading.CORRECT for one in place.settled]
    for before, after in zip(right, right[1:], strict=False):
        if before != after:
            found["wrong_to_right" if after else "right_to_wrong"] += 1
        elif not after:
            found["wrong_to_wrong"] += 1
    return found


def in_full(number: int, entry: Item, place: Place, outcome: str, item: ItemBase | None) -> dict[str, Any]:
    """One item with answer, key and reasons; see :mod:`course.exams.report`."""
    row: dict[str, Any] = {
        "place": number,
        "id": entry.id,
        "domain": entry.domain,
        "scored": entry.scored,
        "outcome": outcome,
        "seconds": round(place.seconds, 1),
        "flag": place.flag,
        "note": place.note,
        "confidence": place.confidence,
        "changes": changes(item, entry, place),
        "notice": words.NOTICES.get(outcome, ""),
    }
    if item is None:
        empty = ("kind", "lesson", "stem_html", "note_html", "yours_html", "key_html", "invalid_html", "rationale_html")
        return {**row, "title": entry.id, **dict.fromkeys(empty, ""), "reasons": [], "sources": []}
    same = item.content_version == entry.version
    if not same and not row["notice"]:
        row["notice"] = words.NOTICES["later"]
    view = kinds.view(item)
    graded = grading.grade(item, place.response) if same else grading.Mark(outcome)
    invalid = f"Your answer could not be read, so it counts as wrong. {graded.invalid}" if graded.invalid else ""
    return {
        **row,
        "title": item.title,
        "kind": item.kind,
        "lesson": item.lesson,
        "stem_html": view.get("stem_html", ""),
        "note_html": view.get("note_html") or "",
        "yours_html": answer_html(item, place.response) if same and place.answered else "",
        "key_html": key_html(item),
        "invalid_html": text.inline(invalid),
        "reasons": _reasons(item, place.response if same else None, graded),
        "rationale_html": text.block(item.rationale),
        "sources": [source.model_dump(mode="json") for source in item.sources],
    }


def _reasons(item: ItemBase, response: Any, graded: grading.Mark) -> list[dict[str, Any]]:
    """Choices: every option with its reason. Others: what the verdict says of each piece."""
    if item.kind in CHOICES:
        picked = {str(one).strip().lower() for one in (response if isinstance(response, list) else [response])}
        return [
            {
                "target": LETTERS[n],
                "html": text.inline(one.text),
                "mark": "right" if one.correct else ("wrong" if LETTERS[n] in picked else "note"),
                "message_html": text.inline(one.why),
                "picked": LETTERS[n] in picked,
            }
            for n, one in enumerate(getattr(item, "options", ()))
        ]
    if graded.verdict is None:
        return []
    parts = text.verdict_html(graded.verdict)["parts"]
    return [{**part, "html": "", "picked": True} for part in parts]
