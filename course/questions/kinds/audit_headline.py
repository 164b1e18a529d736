"""The first sentence on an audited bench: lines and questions about missing codes are counted apart."""

from __future__ import annotations

from course.grading.verdict import Part
from course.questions.kinds import common
from course.questions.kinds.audit_model import AuditBench


def headline(item: AuditBench, parts: list[Part], rates: list[Part]) -> str:
    """``parts``: of the lines and the questions about missing codes; ``rates``: of the rates."""
    right = sum(part.mark == "right" for part in parts)
    still = sum(part.mark == "missing" for part in parts)
    done = sum(part.mark == "right" for part in rates)
    if right == len(parts):
        if done == len(rates):
            return "Yes: every finding, and every rate."
        open_ = all(part.mark in ("right", "missing") for part in rates)
        return f"Every finding fits. {'Now the rates.' if open_ else 'Look once more at the rates.'}"
    if right + still == len(parts):
        if not right:
            return "The rates come last. Give the lines their findings first."
        return f"Right so far; {_apart(parts, 'missing')} still open."
    where = [
        str(n + 1)
        for n, one in enumerate(item.encounters)
        if any(part.mark == "wrong" and part.target.rpartition("-")[0] == one.id for part in parts)
    ]
    listed = f"encounter {where[0]}" if len(where) == 1 else f"encounters {', '.join(where[:-1])} and {where[-1]}"
    more = f" {_apart(parts, 'missing')} still open." if still else ""
    return f"{_fitting(parts)} Look again at {listed}.{more}"


def _asks(part: Part) -> bool:
    """Whether a part is about missing codes, and not about a line."""
    return part.target.endswith("-missed")


def _apart(parts: list[Part], mark: str) -> str:
    """ "30 lines and 9 questions about missing codes": how many parts have a mark, by what they are about."""
    lines = sum(part.mark == mark and not _asks(part) for part in parts)
    asked = sum(part.mark == mark and _asks(part) for part in parts)
    told = [common.counted(lines, "line")] if lines else []
    if asked:
        told.append(common.counted(asked, "question about missing codes", "questions about missing codes"))
    return " and ".join(told)


def _fitting(parts: list[Part]) -> str:
    """How many of the lines and of the questions that were answered fit, counted apart."""
    told, alone = [], sum(part.mark != "missing" for part in parts) == 1
    for asks, one, many in (
        (False, "line", "lines"),
        (True, "answer about missing codes", "answers about missing codes"),
    ):
        given = [part for part in parts if _asks(part) is asks and part.mark != "missing"]
        if given:
            right = sum(part.mark == "right" for part in given)
            told.append(f"{right} of {common.counted(len(given), one, many)}")
    return f"{' and '.join(told)} {'fits' if alone else 'fit'}."
