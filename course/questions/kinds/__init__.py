"""The kinds of questions. A new kind is one module here and one row in ``KINDS``.

A module has: ``Model`` (an ``ItemBase`` with a literal ``kind``) and the pure functions ``view(item)``, ``parse(item,
raw)``, ``grade(item, answer, codes)``, ``solution(item)`` and ``static_html(item)``. No input makes ``parse`` raise.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any

from course.grading.verdict import Verdict, not_attempted
from course.questions.answers import Blank, Invalid
from course.questions.base import ItemBase
from course.questions.kinds import (
    audit_bench,
    code_entry,
    diagram,
    em_leveling,
    highlight,
    lookup_path,
    matching,
    modifier_choice,
    multiple_choice,
    number,
    ordering,
    query_workshop,
    service_lines,
    single_choice,
    sorting,
    table_lookup,
    take_apart,
    word_builder,
    your_turn,
)

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

#: Name in the YAML -> module. The one table.
KINDS: dict[str, ModuleType] = {
    "single_choice": single_choice,
    "multiple_choice": multiple_choice,
    "number": number,
    "code_entry": code_entry,
    "matching": matching,
    "ordering": ordering,
    "sorting": sorting,
    "lookup_path": lookup_path,
    "table_lookup": table_lookup,
    "highlight": highlight,
    "modifier_choice": modifier_choice,
    "service_lines": service_lines,
    "em_leveling": em_leveling,
    "audit_bench": audit_bench,
    "diagram": diagram,
    "query_workshop": query_workshop,
    "word_builder": word_builder,
    "take_apart": take_apart,
    "your_turn": your_turn,
}

UNREADABLE = "I could not read that. This try does not count."


def check(item: ItemBase, raw: Any, codes: CodeSet | None = None) -> Verdict:
    """The verb "check": parse, then grade. A blank or unreadable response is not attempted, never wrong."""
    parsed = KINDS[item.kind].parse(item, raw)
    if isinstance(parsed, Blank):
        return not_attempted(parsed.prompt)
    if isinstance(parsed, Invalid):
        return not_attempted(UNREADABLE, invalid=parsed.reason)
    return KINDS[item.kind].grade(item, parsed, codes)


def view(item: ItemBase) -> dict[str, Any]:
    """What a card shows, as JSON. Holds no key, no correct flags and no reasons."""
    return KINDS[item.kind].view(item)


def solution(item: ItemBase) -> dict[str, Any]:
    """``response``: the raw response that is right; ``html``: the key explained (the rationale is shown beside it)."""
    return KINDS[item.kind].solution(item)


def static_html(item: ItemBase) -> str:
    """The question without a kernel, for GitHub, nbviewer and paper. Deterministic."""
    return KINDS[item.kind].static_html(item)
