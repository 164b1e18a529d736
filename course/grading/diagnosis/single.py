"""One entered code against one code of the key, or against none."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from course.grading.diagnosis import reasons as own
from course.grading.diagnosis import rules, tree, validity
from course.grading.diagnosis.basis import guideline
from course.grading.diagnosis.compare import part
from course.grading.diagnosis.model import Finding, Kind, Said
from course.grading.diagnosis.shape import Shape, dot, read, undot
from course.grading.diagnosis.surplus import surplus
from course.grading.diagnosis.wording import MESSAGE_WORDS, compose, headline, sentence

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

#: Kinds after which it is worth saying whether the way was right so far.
_UNFINISHED = {Kind.HEADING, Kind.MISSING_SEVENTH, Kind.PLACEHOLDER_MISSING, Kind.SEVENTH_TOO_EARLY}
_UNFINISHED |= {Kind.WRONG_SEVENTH, Kind.X_WHERE_DETAIL, Kind.DELETED, Kind.NOT_A_CODE}


#: What a code too many rests on when nothing particular is known of it.
_GENERAL = {guideline("III, IV.J"), guideline("I.B.18")}


def why_not(code: object, codes: CodeSet) -> Finding | None:
    """Why an entry is no billable code of this edition, without any key. None when it is one. Never raises."""
    shape = read(code)
    said = validity.check(shape, codes)
    return None if said is None else finish(said, shape)


def diagnose_one(code: object, target: str, codes: CodeSet, reasons: Mapping[str, str] | None = None) -> Finding:
    """Compare one entry with one code of a key. Never raises, whatever was entered.

    ``reasons``: the item's own sentences, by exact code or family ("S52.5*").
    """
    goal = read(target).compact
    return judge(read(code), goal, codes, reasons, keys=(goal,))


def judge(
    shape: Shape,
    goal: str,
    codes: CodeSet,
    reasons: Mapping[str, str] | None = None,
    *,
    keys: Collection[str] = (),
    typed: Collection[str] = (),
) -> Finding:
    """Compare one entry with the code of the key it was meant for (compact).

    ``keys``: all codes of the key; ``typed``: everything that was entered. Both compact.
    """
    if shape.compact and shape.compact == goal:
        return right(shape, codes)
    said = validity.check(shape, codes, goal)
    if said is not None:
        said = _on_the_way(said, shape, codes, goal)
    else:
        mine, key = codes.get(shape.dotted), codes.get(dot(goal))
        if mine is None or key is None or not key.billable:
            return finish(surplus(shape, codes, (), tuple(keys)), shape, reasons, secrets=keys, typed=typed)
        said = rules.find(mine, key, part(codes, mine, key, keys))
    return finish(said, shape, reasons, secrets=keys, typed=typed)


def right(shape: Shape, codes: CodeSet) -> Finding:
    """The finding for a code that is in the key."""
    code = codes.get(shape.dotted)
    title = tree.name(code, 40) if code else ""
    text = sentence("right", code=shape.dotted, title=title) if title else shape.dotted
    return Finding(shape.dotted, Kind.RIGHT, headline("right"), text)


def _on_the_way(said: Said, shape: Shape, codes: CodeSet, goal: str) -> Said:
    """Add to an unfinished code whether its beginning leads to the key."""
    if said.kind not in _UNFINISHED or not shape.compact or not goal:
        return said
    stem = tree.nearest(codes, shape.compact)
    if stem is None:
        return said
    begun = undot(stem.code)
    if goal.startswith(begun):
        good = (sentence("so_far"),) if said.kind in (Kind.HEADING, Kind.MISSING_SEVENTH) else ()
        return replace(said, lead=(*good, *said.lead))
    title = tree.name(stem)
    more = sentence("elsewhere", stem=stem.code, title=title) if title else ""
    head = headline("heading_elsewhere") if said.kind is Kind.HEADING else said.headline
    first, *rest = said.lead
    return replace(said, headline=_not_almost(head), lead=(first, more, *rest))


def _not_almost(text: str) -> str:
    """ "Almost: an X is missing." becomes "An X is missing."."""
    text = text.removeprefix("Almost: ")
    return text[:1].upper() + text[1:]


def finish(
    said: Said,
    shape: Shape,
    reasons: Mapping[str, str] | None = None,
    *,
    secrets: Collection[str] = (),
    typed: Collection[str] = (),
) -> Finding:
    """Put a finding into words. An author's reason takes the lead; the engine's fact follows if it is new and fits."""
    name = shape.dotted if shape.compact and said.kind is not Kind.NOT_A_CODE else shape.echo
    known = (shape.compact, *typed)
    reason = own.pick(reasons, shape.compact) if reasons and shape.compact else ""
    if reason:
        message = reason
        if said.kind is Kind.EXTRA:
            # the author says why it does not stand here: no count of codes, and no general rule, knows better
            basis = None if said.basis in _GENERAL else said.basis
            said = replace(said, headline=headline("extra_open"), basis=basis)
        if said.extra and own.adds(said.extra, reason) and len(f"{reason} {said.extra}".split()) <= MESSAGE_WORDS:
            message = f"{reason} {said.extra}"
    else:
        message = hide(compose(said.lead), secrets, known)
    return Finding(name, said.kind, hide(said.headline, secrets, known), message, said.basis)


def hide(text: str, secrets: Collection[str], typed: Collection[str]) -> str:
    """A last guard: no code of the key stands whole in a sentence of ours, unless the learner typed it (or more than
    it).
    """
    for secret in secrets:
        compact = undot(secret)
        if not compact or any(entry.startswith(compact) for entry in typed):
            continue
        for form in {dot(compact), compact}:
            if form in text:
                masked = f"{compact[:3]}.…" if len(compact) > 3 else "…"
                text = re.sub(rf"(?<![0-9A-Za-z.]){re.escape(form)}(?![0-9A-Za-z.]*[0-9A-Za-z])", masked, text)
    return text
