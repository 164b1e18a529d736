"""Why an entry is no billable code of an edition: judged by the string and the code set alone, without a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.grading.diagnosis import characters, tree
from course.grading.diagnosis import shape as shapes
from course.grading.diagnosis.basis import guideline, seventh_line, titles_line
from course.grading.diagnosis.model import Kind, Said
from course.grading.diagnosis.seventh import BOX, listed, only_seventh_missing, shape_of, wider
from course.grading.diagnosis.shape import FULL, Shape, dot, undot
from course.grading.diagnosis.titles import shorten
from course.grading.diagnosis.wording import headline, nth, sentence

if TYPE_CHECKING:
    from course.codesets.icd10cm import Change, Code, CodeSet

#: A heading that was a code this many editions ago or less is told as a retired code.
_RECENT = 2
#: Codes below a heading are counted up to here.
_COUNTED = 200


def check(shape: Shape, codes: CodeSet, toward: str = "") -> Said | None:
    """None when the entry is a billable code of this edition, else what is the matter with it.

    ``toward``: the compact code of the key it is compared with, if any. It decides between readings ("J1885" near J18.9
    is a code of ICD-10-CM with a character too many, elsewhere it is HCPCS) and is never shown.
    """
    if shape.problem:
        return _string(shape)
    compact = shape.compact
    code = codes.get(shape.dotted) if len(compact) >= 3 else None
    if code is not None and code.billable:
        return None
    if code is not None:
        return _retired(codes, code.code) or _short(codes, code, dash=shape.dash)
    return (
        _changed(codes, shape.dotted)
        or _only_x_after(codes, compact)
        or _foreign(shape, toward)
        or characters.over_long(codes, compact)
        or characters.twin(codes, compact)
        or characters.placeholder(codes, compact)
        or characters.seventh(codes, compact)
        or characters.x_where_detail(codes, compact)
        or _astray(codes, shape)
    )


def _string(shape: Shape) -> Said:
    """Not even the shape of a code."""
    problem = shape.problem
    if problem == "blank":
        return Said(Kind.BLANK, headline("blank"), (sentence("blank"),))
    if problem == "block":
        return Said(Kind.HEADING, headline("block"), (sentence("block", echo=shape.echo),), basis=guideline("I.A.2"))
    first = sentence("cpt" if problem == "cpt_modifier" else problem, echo=shape.echo)
    return Said(Kind.NOT_A_CODE, headline(problem), (first, sentence("shape")), basis=guideline("I.A.2"))


def _foreign(shape: Shape, toward: str) -> Said | None:
    """HCPCS Level II and ICD-10-PCS share shapes with ICD-10-CM: said only of what stands far from the key."""
    compact = shape.compact
    if toward and compact[:3] == toward[:3]:
        return None
    if not shape.undotted:
        if not (len(compact) == 5 and shapes.ICD9_V.fullmatch(shape.dotted)):
            return None
        name = "icd9"
    elif shapes.HCPCS.fullmatch(compact):
        name = "hcpcs"
    elif shapes.PCS.fullmatch(compact) and (compact.endswith("Z") or not compact[1].isdigit()):
        name = "pcs"
    else:
        return None
    return Said(
        Kind.NOT_A_CODE, headline(name), (sentence(name, echo=shape.echo), sentence("shape")), basis=guideline("I.A.2")
    )


# -- editions ----------------------------------------------------------------------------------------------------------


def begins(edition: int) -> str:
    """The first day of an edition: 2027 gives "1 October 2026"."""
    return f"1 October {edition - 1}"


def _retired(codes: CodeSet, code: str) -> Said | None:
    """A recent code that is now a heading. (What was split up longer ago is simply a heading to a learner.)"""
    for change in reversed(codes.history(code)):
        if codes.edition - _RECENT < change.edition <= codes.edition and change.action in ("expanded", "deleted"):
            return _gone(codes, change)
    return None


def _gone(codes: CodeSet, change: Change) -> Said:
    label, date = f"FY{change.edition}", begins(change.edition)
    name = "split_up" if change.code in codes else "deleted"
    lead = [sentence(name, code=change.code, title=shorten(change.title, 12), label=label, date=date)]
    extra = ""
    if change.code in codes:
        extra = _choices(codes, undot(change.code))
        lead.append(extra)
    elif change.added_nearby or any(undot(new)[:3] == change.code[:3] for new in change.replaced_by):
        lead.append(sentence("deleted_nearby", category=change.code[:3]))
    else:
        lead.append(sentence("deleted_gone"))
    basis = f"{change.source or f'ICD-10-CM {label}'}: {change.code} {change.action}."
    return Said(Kind.DELETED, headline(name), lead, extra, basis)


def _changed(codes: CodeSet, dotted: str) -> Said | None:
    """Not in this edition, but in an earlier or a later one."""
    known = codes.history(dotted)
    past = [change for change in known if change.edition <= codes.edition and change.action in ("deleted", "expanded")]
    if past:
        return _gone(codes, past[-1])
    for change in known:
        if change.edition > codes.edition and change.action == "added":
            label, date = f"FY{change.edition}", begins(change.edition)
            text = sentence("not_yet", code=change.code, label=label, date=date, mine=f"FY{codes.edition}")
            basis = f"{change.source or f'ICD-10-CM {label}'}: {change.code} added."
            return Said(Kind.NOT_YET, headline("not_yet"), (text,), text, basis)
    return None


# -- too short ---------------------------------------------------------------------------------------------------------


def _short(codes: CodeSet, code: Code, *, dash: bool) -> Said:
    """A heading: some characters are still missing."""
    if only_seventh_missing(codes, code):
        return _missing_seventh(codes, code)
    stem = undot(code.code)
    below = codes.billable_below(code.code, limit=_COUNTED + 1)
    count = f"{len(below)}" if len(below) <= _COUNTED else f"more than {_COUNTED}"
    lead = [sentence("heading", code=code.code, count=count)]
    extra = _choices(codes, stem)
    lead.append(extra)
    sizes = {len(undot(leaf.code)) - len(stem) for leaf in below}
    if min(sizes, default=1) > 1:
        span = f"{min(sizes)}" if len(sizes) == 1 else f"{min(sizes)} to {max(sizes)}"
        lead.append(sentence("heading_more", count=span))
    if dash:
        lead.append(sentence("dash"))
    rule = codes.seventh(code.code)
    basis = seventh_line(rule) if rule and max(sizes, default=0) == FULL - len(stem) == 1 else guideline("I.B.2")
    return Said(Kind.HEADING, headline("heading"), lead, extra, basis)


def _choices(codes: CodeSet, stem: str) -> str:
    """ "The 5th character says: 0 …, 1 …." An X that is the only choice is passed over to the next place."""
    passed = stem
    while len(passed) < FULL - 1 and tree.is_placeholder(codes, passed) and dot(passed + "X") in codes:
        passed += "X"
    options = tree.choices(codes, passed)
    return sentence("places", nth=nth(len(passed) + 1), choices=options) if options else ""


def _only_x_after(codes: CodeSet, compact: str) -> Said | None:
    """ "W19.XXX": a heading and the X's behind it, but no 7th character."""
    stem = codes.get(dot(compact.rstrip("X"))) if 3 < len(compact) < FULL and compact.endswith("X") else None
    return _missing_seventh(codes, stem) if stem is not None and only_seventh_missing(codes, stem) else None


def _missing_seventh(codes: CodeSet, code: Code) -> Said:
    rule = codes.seventh(code.code)
    assert rule is not None  # noqa: S101 - only_seventh_missing has looked
    stem = undot(code.code)
    extra = sentence("missing_seventh", code=code.code, list=listed(rule.meanings))
    lead = [extra]
    if len(stem) < 6:
        lead.append(sentence("missing_seventh_x", shape=shape_of(stem)))
    longer = wider(codes, rule)
    if longer is not None:
        lead.append(sentence("own_list", owner=rule.owner, wider=longer.owner))
    return Said(Kind.MISSING_SEVENTH, headline("missing_seventh"), lead, extra, seventh_line(rule))


# -- nowhere -----------------------------------------------------------------------------------------------------------


def _astray(codes: CodeSet, shape: Shape) -> Said:
    """The code set has nothing of this name: say how far it goes and what it offers there."""
    compact = shape.compact
    stem = tree.nearest(codes, compact)
    if stem is None:
        lead = [sentence("no_category", label=f"FY{codes.edition}", stem=compact[:3])]
        lead.append(sentence("shape"))
        return Said(Kind.NOT_A_CODE, headline("no_category"), lead, basis=guideline("I.B.1"))
    at = len(undot(stem.code))
    if tree.is_placeholder(codes, undot(stem.code)):
        text = sentence("placeholder_wrong", stem=stem.code, shape=dot(undot(stem.code) + "X" + BOX * (FULL - at - 1)))
        return Said(Kind.PLACEHOLDER_MISSING, headline("placeholder_wrong"), (text,), text, guideline("I.A.4"))
    title = tree.name(stem) or "a heading"
    lead = [sentence("no_child", stem=stem.code, title=title, char=compact[at], nth=nth(at + 1))]
    offers = tree.choices(codes, undot(stem.code))
    extra = sentence("offers", choices=offers) if offers else ""
    lead.append(extra)
    basis = titles_line(stem.code, offers) if offers else guideline("I.B.1")
    return Said(Kind.NOT_A_CODE, headline("no_child"), lead, extra, basis)
