"""The score report of a closed sitting: ``score(sitting, load) -> dict`` (JSON, HTML where the key ends in ``_html``).

    id, exam, title, label, begun, closed (ISO), closed_by ("you", "clock"), part, timed
    overall      {right, of, percent (one decimal, None when of is 0), line (70.0 or None), passed (True, False, None),
                 stands ("Above the pass line", … or ""), tells (are there questions enough to say so?), blank,
                 left_out, words}               scored items only; percent against the pass line where it is a percent
    unscored     {right, of, words} or None     tried items that do not count in the real exam
    domains      [{domain, right, of, percent, blank, seconds, unscored, lessons ["05", …]}] weakest first; lessons
                 of what was missed come first
    time         {total, median, budget (seconds an item), over (how many took more than the budget), left (s or None),
                 (budget: that of the real exam) longest [{place, seconds}] (at most 3), words}
    calibration  {classes [{confidence 1..3, name, n, right}], rest [{name, n, right}: not said, left blank], words}
                 or None when no confidence was given
    changes      {right_to_wrong, wrong_to_right, wrong_to_wrong, words}
    items        [{place, id, title, kind, domain, scored, outcome ("correct", "partly", "incorrect", "blank",
                 "changed", "gone", "fault"), stem_html, note_html, yours_html, key_html, invalid_html, rationale_html,
                 sources, reasons [{target, mark, message_html, html, picked}], lesson, seconds, flag, note, confidence,
                 changes {right_to_wrong, …}, notice}]
    compared     {sittings [{id, closed, closed_words, label, percent, right, of}] by the time of handing in, this one
                 last, words}
    missing      [sentences: what the real exam has and this one had not]
    untouched    [domains of the exam of which nothing was asked]
    notices      [sentences: items that were changed or are gone]

What a sitting was graded at its end is kept with it and never graded again, so a question that is mended later does not
move an old result. Answers that were handed in blank count as wrong, as in the exam; an answer counts as right only
when all of it is. Scores on a scale that is not public are explained, never computed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from course.exams import report_parts as parts
from course.exams import report_words as words
from course.exams import sitting_grade as grading
from course.exams.sitting_list import sittings
from course.learner.records import stamp

if TYPE_CHECKING:
    from course.exams.blueprint import Blueprint
    from course.exams.sitting import Sitting
    from course.exams.sitting_fold import Folded
    from course.questions.base import ItemBase


def score(sitting: Sitting, load: Callable[[str], ItemBase] | None = None) -> dict[str, Any]:
    """See the module. ``load``: gives the item of an id (default: that of the sitting), raising ``KeyError`` for none.
    ``ValueError`` with a sentence while the sitting is open: until then nothing is told."""
    it = sitting.folded()
    if it.closed is None:
        raise ValueError("This exam is not handed in yet, so there is no report.")
    load = load or sitting.load
    items = [grading.item_of(entry, load) for entry in it.head.items]
    outcomes = it.outcomes or [one.outcome for one in grading.marks(it, load)]
    blueprint = _blueprint(it.head.exam)
    each = [parts.in_full(n, *one) for n, one in enumerate(zip(it.head.items, it.places, outcomes, items, strict=True))]
    changed = {name: sum(one["changes"][name] for one in each) for name in _CHANGES}
    return {
        "id": sitting.id,
        "exam": it.head.exam,
        "title": it.head.title,
        "label": it.head.label,
        "begun": stamp(it.head.begun),
        "closed": stamp(it.closed),
        "closed_by": it.closed_by,
        "part": it.head.part,
        "timed": it.head.timed,
        "overall": _overall(it, outcomes, blueprint),
        "unscored": _unscored(it, outcomes),
        "domains": parts.domains(it, outcomes, items, blueprint),
        "time": parts.time(it, blueprint),
        "calibration": parts.calibration(it, outcomes),
        "changes": {**changed, "words": words.changes(*(changed[name] for name in _CHANGES))},
        "items": each,
        "compared": _compared(sitting, it),
        "missing": words.missing(it.head.short, blueprint),
        "untouched": _untouched(it, blueprint),
        "notices": _notices(each),
    }


#: In the order of the words that tell them.
_CHANGES = ("wrong_to_right", "right_to_wrong", "wrong_to_wrong")


def _blueprint(exam: str) -> Blueprint | None:
    from course.exams import blueprint

    try:
        return blueprint.load(exam)
    except Exception:  # an exam that has no blueprint (any more): the share stands without a pass line
        return None


def _overall(it: Folded, outcomes: list[str], blueprint: Blueprint | None) -> dict[str, Any]:
    right, of = grading.share(it.head.items, outcomes)
    scored = [outcome for entry, outcome in zip(it.head.items, outcomes, strict=True) if entry.scored]
    blank = scored.count(grading.BLANK)
    left_out = sum(one in grading.LEFT_OUT for one in scored)
    line = blueprint.pass_share if blueprint else None
    return {
        "right": right,
        "of": of,
        "percent": words.percent(right, of),
        "line": None if line is None else round(100 * line, 1),
        "passed": words.passed(right, of, blueprint),
        "stands": words.stands(right, of, blueprint),
        "tells": of >= words.FEW,
        "blank": blank,
        "left_out": left_out,
        "words": words.overall(it.head.exam, right, of, blank, left_out, blueprint),
    }


def _unscored(it: Folded, outcomes: list[str]) -> dict[str, Any] | None:
    tried = [
        outcome
        for entry, outcome in zip(it.head.items, outcomes, strict=True)
        if not entry.scored and outcome not in grading.LEFT_OUT
    ]
    right = tried.count(grading.CORRECT)
    return {"right": right, "of": len(tried), "words": words.unscored(right, len(tried))} if tried else None


def _compared(sitting: Sitting, it: Folded) -> dict[str, Any]:
    """This sitting and the graded ones of the same exam that were handed in before it, in that order."""
    assert it.closed is not None
    found = [
        (one.closed, one)
        for one in sittings(sitting.store)
        if one.exam == it.head.exam and one.score is not None and one.closed is not None and one.closed <= it.closed
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].id == sitting.id))
    rows = [
        {
            "id": one.id,
            "closed": stamp(closed),
            "closed_words": words.date(closed),
            "label": one.label,
            "percent": words.percent(one.right, one.of),
            "right": one.right,
            "of": one.of,
        }
        for closed, one in found
    ]
    return {"sittings": rows, "words": words.compared(it.head.exam, rows)}


def _untouched(it: Folded, blueprint: Blueprint | None) -> list[str]:
    """The domains of which a part of an exam asks nothing, in the order of the blueprint."""
    asked = {entry.domain for entry in it.head.items}
    return [one.name for one in blueprint.domains if one.name not in asked] if blueprint else []


def _notices(each: list[dict[str, Any]]) -> list[str]:
    return [f"Question {one['place'] + 1}: {one['notice']}" for one in each if one["notice"]]
