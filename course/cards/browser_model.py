"""The code browser without a browser: what a page, a list of results or a picker holds, as plain JSON.

Every function takes a code set and any text, and answers with a dict; none raises on text. What is shown depends on the
code set alone, never on the learner.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from course.cards import browser_history, browser_notes
from course.cards.browser_notes import name_of
from course.cards.browser_seventh import clean, picker
from course.codesets.icd10cm.model import bare, dotted
from course.grading.diagnosis import why_not

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet
    from course.grading.diagnosis import Finding

#: Results of a search.
HITS = 12

_ORDINALS = {4: "4th", 5: "5th", 6: "6th", 7: "7th"}
_WORDS = {"billable": "Billable", "heading": "Heading", "block": "Block", "chapter": "Chapter"}
_LONG = {
    "billable": "Billable code",
    "heading": "Heading, not billable",
    "block": "Block of categories, not billable",
    "chapter": "Chapter, not billable",
}
_INCOMPLETE = "Incomplete, not billable: the 7th character is missing"
#: A letter, a digit, and more of either: somebody typed a code. Or three digits, as codes were before 2015.
_LIKE_A_CODE = re.compile(r"[A-Z]\d[0-9A-Z]{1,9}|\d{3}(\.\d{1,2})?")
_WHY = {"code": "the code you typed", "title": "words of its title"}


def mark(code: Code) -> str:
    """``billable``, ``heading``, ``block`` or ``chapter``."""
    if code.billable:
        return "billable"
    return code.level if code.level in ("block", "chapter") else "heading"


def row(code: Code, stem: str = "") -> dict[str, Any]:
    """One line of a list. ``char`` is what it adds to `stem`, the code above it."""
    adds = code.code[len(stem) :] if stem and code.code.startswith(stem) else ""
    return {
        "code": code.code,
        "title": code.title,
        "mark": mark(code),
        # Six characters and not billable: nothing but the 7th is missing, so it is no heading (Guidelines I.A.2).
        "word": "Incomplete" if not code.billable and len(bare(code.code)) == 6 else _WORDS[mark(code)],
        "char": adds.lstrip("."),
    }


def rows(codes: CodeSet, code: str) -> list[dict[str, Any]]:
    """What stands directly below `code`; the chapters for the empty text."""
    below = codes.children(code) if code else codes.chapters()
    return [row(child, code) for child in below]


def finding_dict(finding: Finding | None) -> dict[str, Any] | None:
    """A diagnosis as the browser shows it."""
    if finding is None:
        return None
    kind = str(finding.kind.value)
    return {"kind": kind, "headline": finding.headline, "message": finding.message, "basis": finding.basis or ""}


def page(codes: CodeSet, text: object) -> dict[str, Any]:
    """Everything on the page of a code, block or chapter; the start page for blank text; a page that says what is the
    matter for anything else."""
    written = clean(text)
    found = codes.get(written) if written else None
    if found is None:
        return _start(codes) if not written else _missing(codes, written)
    path = [*reversed(codes.ancestors(found.code)), found]
    seventh_ = picker(codes, found)
    return {
        "is": "page",
        "edition": codes.edition,
        "label": codes.label,
        "basis": codes.basis,
        "warning": codes.warning or "",
        **row(found),
        "level": found.level,
        "name": name_of(found),
        "status": _INCOMPLETE if seventh_ and seventh_["ready"] and not found.billable else _LONG[mark(found)],
        "path": [{**row(one), "name": name_of(one)} for one in path[:-1]],
        "why": _why(codes, found),
        "next": _next(codes, found, seventh_),
        "seventh": seventh_,
        "notes": browser_notes.groups(codes, found),
        "notes_line": _notes_line(codes, found),
        "history": browser_history.told(codes, found.code),
        "tree": _tree(codes, path),
    }


def _start(codes: CodeSet) -> dict[str, Any]:
    chapters = rows(codes, "")
    return {
        "is": "start",
        "edition": codes.edition,
        "label": codes.label,
        "basis": codes.basis,
        "warning": codes.warning or "",
        "code": "",
        "title": "The Tabular List",
        "text": f"{codes.count():,} billable codes in {len(chapters)} chapters.",
        "path": [],
        "next": {"head": "Choose a chapter", "rows": chapters},
        "tree": {"": chapters},
    }


def _missing(codes: CodeSet, text: str) -> dict[str, Any]:
    """The page of something that this edition does not have."""
    code = codes.normalise(text)
    near = _nearest(codes, code)
    path = [*reversed(codes.ancestors(near.code)), near] if near else []
    told = browser_history.told(codes, code)
    return {
        "is": "missing",
        "edition": codes.edition,
        "label": codes.label,
        "basis": codes.basis,
        "warning": codes.warning or "",
        "code": code[:20],
        "title": f"Not in FY{codes.edition}",
        "path": [{**row(one), "name": name_of(one)} for one in path],
        # What the editions did to it says more, with links.
        "finding": None if told else finding_dict(why_not(text, codes)),
        "near": row(near) if near else None,
        "elsewhere": browser_history.editions_with(codes, code),
        "history": told,
        "tree": _tree(codes, path),
    }


def _nearest(codes: CodeSet, code: str) -> Code | None:
    """The longest beginning of `code` that this edition has, if it is at least a category."""
    text = bare(code)[:7]
    for end in range(len(text), 2, -1):
        if (found := codes.get(dotted(text[:end]))) is not None:
            return found
    return None


def _why(codes: CodeSet, found: Code) -> dict[str, str] | None:
    """Why a heading cannot be billed, and how many codes wait below."""
    sentence = codes.explain_not_billable(found.code)
    if sentence is None:
        return None
    below = count_below(codes, found.code)
    return {"text": sentence, "more": f"{below:,} billable code{'' if below == 1 else 's'} below it." if below else ""}


def count_below(codes: CodeSet, code: str) -> int:
    """How many billable codes stand at or below `code`."""
    sql = (
        "SELECT count(*) FROM code, (SELECT n AS first, stop AS last FROM code WHERE code = ?) "
        "WHERE billable AND n BETWEEN first AND last"
    )
    return int(codes.connection.execute(sql, (code,)).fetchone()[0])


def _next(codes: CodeSet, found: Code, picked: dict[str, Any] | None) -> dict[str, Any] | None:
    """The list to choose from; None where nothing stands below, or where the 7th-character picker offers it all."""
    below = codes.children(found.code)
    offered = {option.get("code") for option in picked["options"]} if picked and picked["ready"] else set()
    below = [child for child in below if child.code not in offered]
    if not below:
        return None
    return {"head": _next_head(found, below), "rows": [row(child, found.code) for child in below]}


def _next_head(found: Code, below: list[Code]) -> str:
    if found.level in ("chapter", "block"):
        return "Choose a block" if below[0].level == "block" else "Choose a category"
    return f"Choose the {_ORDINALS.get(len(bare(found.code)) + 1, 'next')} character"


def _notes_line(codes: CodeSet, found: Code) -> str:
    """An honest word where the notes of this very line are not known."""
    if found.notes_known:
        return ""
    kind = "code" if found.billable else "heading"
    return (
        f"Notes are those of FY2026. For this new {kind} of FY{codes.edition} none are published with the changes "
        "file, so look it up in the official Tabular List before you rely on it."
    )


def _tree(codes: CodeSet, path: list[Code]) -> dict[str, list[dict[str, Any]]]:
    """The lines below each step of the path: enough to draw where one is in the book."""
    return {"": rows(codes, ""), **{one.code: rows(codes, one.code) for one in path if not one.billable}}


# -- search


def results(codes: CodeSet, query: object) -> dict[str, Any]:
    """What a search finds: ``hits``, a ``verdict`` when a code was typed, ``advice`` when nothing was found."""
    text = clean(query)
    out: dict[str, Any] = {"q": text, "edition": codes.edition, "verdict": None, "hits": [], "advice": ""}
    if not text:
        return out
    found = codes.get(text)
    hits = [{**row(found), "why": "what you typed"}] if found and found.level in ("chapter", "block") else []
    for hit in codes.search(text, HITS):
        code = codes.get(hit.code)
        if code is not None:
            hits.append({**row(code), "why": _WHY.get(hit.matched, hit.matched)})
    out["hits"] = hits[:HITS]
    out["verdict"] = _verdict(codes, text, found)
    if not hits:
        out["advice"] = (
            f"Nothing found for \u201c{text}\u201d. Try fewer words, another word for the same thing (kidney, renal), "
            "or the beginning of a code (S52)."
        )
    return out


def _verdict(codes: CodeSet, text: str, found: Code | None) -> dict[str, Any] | None:
    """Is what was typed a code? None when it does not look like one."""
    compact = re.sub(r"[\s.\-]", "", text).upper()
    if not (_LIKE_A_CODE.fullmatch(compact) or _LIKE_A_CODE.fullmatch(text)) or (found and found.level == "block"):
        return None
    finding = why_not(text, codes)
    if finding is None and found is not None:
        message = f"{found.code} {found.title}"
        return {
            "kind": "billable",
            "headline": "Yes, this is a billable code.",
            "message": message,
            "basis": "",
            "code": found.code,
        }
    said = finding_dict(finding)
    return {**said, "code": found.code if found else ""} if said else None
