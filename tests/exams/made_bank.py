"""Questions and pools made up for the tests of blueprints, pools and forms."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from course.exams.blueprint import Cell
from course.exams.pool import Candidate, Pool
from course.questions.schema import item_adapter


def question(slug: str, domains: Sequence[str] = ("CPC: Anatomy",), **own: Any) -> Any:
    """A single choice of exam difficulty, unless told otherwise."""
    data: dict[str, Any] = {
        "id": f"made/{slug}",
        "lesson": "02b",
        "slug": slug,
        "kind": "single_choice",
        "title": f"Title of {slug}",
        "stem": f"Which answer fits {slug}?",
        "hints": ["Look again."],
        "rationale": "Because it is so.",
        "sources": [{"ref": "A rule", "checked": "2026-11-22"}],
        "objective": "choose",
        "difficulty": 3,
        "domains": list(domains),
        "editions": [2026],
        "options": [
            {"text": f"right in {slug}", "why": "So it is.", "correct": True},
            {"text": f"wrong in {slug}", "why": "So it is not."},
        ],
    }
    data |= own
    if data["kind"] == "code_entry":
        data.pop("options")
        data |= {"system": "icd10cm", "answer": own["answer"], "reasons": own.get("reasons", {})}
    return item_adapter().validate_python(data)


def exam(*need: int, unscored: Sequence[int] = (), cases: Sequence[int] = ()) -> Any:
    """What assembly needs of a blueprint: cells that take ``need`` items each."""
    tried = list(unscored) or [0] * len(need)
    cells = tuple(
        Cell(f"d{n}", f"CPC: d{n}", f"d{n}", count, tried[n], ("single_choice",), "", n in cases, True)
        for n, count in enumerate(need)
    )
    return SimpleNamespace(
        exam="CPC", title="Made", body="AAPC", minutes=240, items=sum(need), scored=sum(need) - sum(tried), cells=cells
    )


def pool(blueprint: Any, rows: Sequence[tuple[Sequence[int], int]], ranks: Sequence[int] = ()) -> Pool:
    """A pool of candidates q00, q01, …: the cells of each, and the number it shares with its twins."""
    ones = tuple(
        Candidate(f"q{n:02}", "v", tuple(cells), twin, ranks[n] if ranks else 0) for n, (cells, twin) in enumerate(rows)
    )
    return Pool(blueprint, 2026, ones)
