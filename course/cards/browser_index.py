"""The Index tab: main terms, sub-terms and the codes they propose, from the official indexes that were loaded.

Without any the tab says what it is for and how to load one. The course itself carries no index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course.bootstrap.errors import command
from course.codesets.icd10cm import alphabetic

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet
    from course.codesets.icd10cm.alphabetic import IndexTerm

#: Lines that are shown at once.
LINES = 300


def shelf() -> dict[str, Any]:
    """Which indexes there are: ``{"sources": [{"source", "name", "year", "terms"}], "command"}``, the
    command that loads one."""
    sources = [
        {"source": source, "name": alphabetic.name(source), "year": year or "", "terms": terms}
        for source, (year, terms) in alphabetic.installed().items()
    ]
    return {"sources": sources, "command": command("codes use FILE")}


def look(codes: CodeSet, text: object, source: object = None) -> dict[str, Any]:
    """Lines for the beginning of a main term (``"fracture, rad"`` narrows to sub-terms)."""
    written = " ".join(str(text or "").split())[:200]
    known = source if isinstance(source, str) and source in alphabetic.installed() else None
    found = alphabetic.lookup(written, known, LINES) if written else []
    return {"q": written, "lines": [line(codes, one) for one in found], "cut": len(found) >= LINES}


def below(codes: CodeSet, number: object) -> dict[str, Any]:
    """A main term with all its sub-terms."""
    found = alphabetic.tree(number, LINES) if isinstance(number, int) else []
    return {
        "q": found[0].term if found else "",
        "lines": [line(codes, one) for one in found],
        "cut": len(found) >= LINES,
    }


def line(codes: CodeSet, one: IndexTerm) -> dict[str, Any]:
    """One line of an index; ``[shown, code]`` where the edition has the code, ``[shown]`` where not."""
    return {
        "n": one.n,
        "level": one.level,
        "term": one.term,
        "nonessential": one.nonessential,
        "codes": [link(codes, shown) for shown in (one.code, one.manifestation) if shown.strip("- ")],
        "columns": [[head, link(codes, shown)] for head, shown in one.columns if shown.strip("- ")],
        "see": one.see,
        "see_also": one.see_also,
        "source": alphabetic.name(one.source),
    }


def link(codes: CodeSet, shown: str) -> list[str]:
    """A code as the index writes it (``S52.52-``), with the code it leads to."""
    found = codes.get(shown.strip("[]() "))
    return [shown] if found is None or found.level in ("chapter", "block") else [shown, found.code]
