"""The score report of a closed sitting: ``score(sitting, load) -> dict`` (JSON, HTML where the key ends in ``_html``).

    id, exam, title, label, begun, closed (ISO), closed_by ("you", "clock"), part, timed
    overall      {right, of, percent (one decimal, None when of is 0), line (70.0 or None), passed (True, False or None),
                 blank, left_out, words}        scored items only; percent against the pass line where it is a percent
    unscored     {right, of, words} or None     tried items that do not count in the real exam
    domains      [{domain, right, of, percent, blank, seconds, unscored, lessons ["05", …]}] weakest first
    time         {total, median, budget (seconds an item), over (how many took more than the budget), left (s or None),
                 longest [{place, seconds}] (at most 3), words}
    calibration  {classes [{confidence 1..3, name, n, right}], words} or None when no confidence was given
    changes      {right_to_wrong, wrong_to_right, wrong_to_wrong, words}
    items        [{place, id, title, kind, domain, scored, outcome ("correct", "partly", "incorrect", "blank", "changed",
                 "gone"), stem_html, yours_html, key_html, reasons [{target, mark, message_html, html}], invalid_html,
                 rationale_html, sources, lesson, seconds, flag, note, confidence, changes, notice}]
    compared     {sittings [{id, begun, label, percent, right, of}] oldest first, this one among them, words}
    notices      [sentences: items that were changed or are gone]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.exams.sitting import Sitting
    from course.questions.base import ItemBase


def score(sitting: Sitting, load: Callable[[str], ItemBase] | None = None) -> dict[str, Any]:
    """See the module. ``load``: gives the item of an id (default: the exam pool), raising ``KeyError`` for none."""
    raise NotImplementedError
