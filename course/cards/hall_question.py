"""What an exam shows of a question: the question alone, and the books that its codes stand in.

Title, objective, lesson and the like would lead to the answer, so they stay here. There is no look-up while one types,
as in the real exam.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from course.questions import kinds

if TYPE_CHECKING:
    from course.questions.base import ItemBase

#: What of the view of a question stays away from an exam.
HIDDEN = frozenset(("id", "title", "objective", "lesson", "difficulty", "hint_count", "content_version"))
#: What takes the place of an item that is no longer in the course.
GONE: dict[str, Any] = {"kind": "gone", "note_html": "", "edition_label": ""}

_DIAGNOSIS = re.compile(r"\b[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}\b")
#: A number of CPT or HCPCS; a price, a count or a ZIP code has something else beside it.
_SERVICE = re.compile(r"(?<![\d$.,#-])\b(?:[1-9]\d{4}|0\d{4}|\d{4}[TU]|[A-V]\d{4})\b(?![\d.,]*\d)")


def shown(item: ItemBase, year: int) -> dict[str, Any]:
    """The view of a question in an exam. ``year``: that of the exam's code books."""
    view = {name: value for name, value in kinds.view(item).items() if name not in HIDDEN}
    return {**view, "lookup": False, "edition_label": books(item, view, year)}


def books(item: ItemBase, view: dict[str, Any], year: int) -> str:
    """ "CPT and HCPCS 2026", "ICD-10-CM FY2026", both or "": the books of the codes that the question shows."""
    said = _strings([view.get("stem_html"), view.get("note_html"), view.get("options")])
    said += [code for _, code, *_ in item.key_codes()] + [code for _, code, *_ in item.key_services()]
    words = " ".join(said)
    edition = year if year in item.editions else max(item.editions)
    found = []
    if _SERVICE.search(words):
        found.append(f"CPT and HCPCS {edition}")
    if _DIAGNOSIS.search(words):
        found.append(f"ICD-10-CM FY{edition}")
    return "; ".join(found)


def _strings(value: Any) -> list[str]:
    """All texts in a value, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [one for inner in value.values() for one in _strings(inner)]
    return [one for inner in value for one in _strings(inner)] if isinstance(value, list | tuple) else []
