"""What the editions did to a code, in sentences; what matters to the editions one can look at comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course.codesets import icd10cm

if TYPE_CHECKING:
    from course.codesets.icd10cm import Change, CodeSet


def begins(edition: int) -> str:
    """``1 October 2026``: the first day of an edition."""
    return f"1 October {edition - 1}"


def told(codes: CodeSet, code: str) -> list[dict[str, Any]]:
    """The changes, newest first: ``{"recent", "head", "text", "codes", "more", "nearby", "show"}``.

    ``recent``: the change lies between editions that the course holds, so the page tells it at the top. ``show``: the
    other one of them, or None.
    """
    held = icd10cm.editions()
    out = []
    for change in reversed(codes.history(code)):
        recent = change.edition in held and change.edition - 1 in held
        head, text = _said(change, codes.edition)
        other = change.edition - 1 if codes.edition >= change.edition else change.edition
        out.append(
            {
                "recent": recent,
                "head": head,
                "text": text,
                "codes": list(change.replaced_by),
                "nearby": [] if change.replaced_by else list(change.added_nearby),
                "show": other if recent else None,
                "source": change.source,
            }
        )
    return out


def _said(change: Change, shown: int) -> tuple[str, str]:
    """Headline and sentence; `shown` is the edition on screen."""
    year, day, code = f"FY{change.edition}", begins(change.edition), change.code
    ahead = change.edition > shown
    if change.action == "added":
        return (
            f"New in {year}",
            f"{code} came with the {year} edition. In FY{change.edition - 1} there was no such code.",
        )
    if change.action == "revised":
        was = f" Before: \u201c{change.previous_title}\u201d." if change.previous_title else ""
        return f"Reworded in {year}", f"The title has read \u201c{change.title}\u201d since {year}.{was}"
    if change.action == "expanded":
        if ahead:
            return (
                f"Changes in {year}",
                f"Billable until then; from {day} ({year}) {code} is a heading, divided into finer codes:",
            )
        return f"Divided in {year}", f"A billable code before. Since {day} ({year}) it is a heading over finer codes:"
    where = "Reported instead:" if change.replaced_by else "New in the same category at that time, a place to look:"
    where = where if change.replaced_by or change.added_nearby else ""
    if ahead:
        return f"Ends with FY{change.edition - 1}", f"From {day} ({year}) {code} is no longer a code. {where}".strip()
    title = f" \u201c{change.title}\u201d" if change.title else ""
    return f"Retired in {year}", f"{code}{title} has not been a code since {day} ({year}). {where}".strip()


def editions_with(codes: CodeSet, code: str) -> list[int]:
    """Other editions held by the course in which `code` can be seen, read off its history."""
    held, out = icd10cm.editions(), []
    for change in codes.history(code):
        there = change.edition if change.action == "added" else change.edition - 1
        if change.action in ("added", "deleted") and there in held and there != codes.edition:
            out.append(there)
    return sorted(set(out))
