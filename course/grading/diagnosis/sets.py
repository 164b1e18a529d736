"""A whole answer: one or several entered codes against the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from course.grading.diagnosis import order, partners, rules, score, validity
from course.grading.diagnosis.basis import guideline, note_line
from course.grading.diagnosis.compare import sides_differ
from course.grading.diagnosis.matching import assign
from course.grading.diagnosis.model import CodeKey, Diagnosis, Finding, Kind
from course.grading.diagnosis.shape import Shape, dot, read
from course.grading.diagnosis.single import finish, judge, right
from course.grading.diagnosis.surplus import surplus
from course.grading.diagnosis.wording import headline, sentence
from course.grading.verdict import outcome_of

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

#: Entries beyond this many are still counted, but no longer compared pair by pair.
_PAIRWISE = 12


def diagnose(
    entered: Sequence[object],
    key: CodeKey,
    codes: CodeSet,
    reasons: Mapping[str, str] | None = None,
) -> Diagnosis:
    """What to tell a learner about an answer. Never raises, whatever was entered; blank entries are passed over.

    ``reasons``: the item's own sentences, by exact code or family ("S52.5*"). Findings come in the order of the
    entries, then what concerns them together, then what is missing.
    """
    shapes = [shape for shape in map(read, entered) if shape.problem != "blank"]
    keys = list(dict.fromkeys(read(code).compact for code in key.codes))
    if not shapes:
        note = Finding("", Kind.BLANK, headline("blank"), sentence("blank"))
        return Diagnosis((note,), missing=tuple(map(dot, keys)))
    marks = _mark(shapes, keys, key, codes)
    rest = [i for i, mark in enumerate(marks) if mark is None]
    found = {shapes[i].compact for i, mark in enumerate(marks) if mark is Kind.RIGHT}
    wanted = [code for code in keys if code not in found]
    lone = len(shapes) == len(keys) == 1
    pairs = assign(codes, [shapes[i].compact for i in rest], wanted, lone=lone) if rest and wanted else {}
    meant = {rest[i]: wanted[k] for i, k in pairs.items()}

    standing = tuple(shape.compact for shape, mark in zip(shapes, marks, strict=True) if mark is Kind.RIGHT)
    typed = tuple(shape.compact for shape in shapes if shape.compact)
    short = len(meant) < len(wanted)
    findings = [
        _one(shape, mark, meant.get(i, ""), codes, reasons or {}, tuple(keys), typed, standing, short=short)
        for i, (shape, mark) in enumerate(zip(shapes, marks, strict=True))
    ]
    slips = sum(_one_slip(findings[i].kind, shapes[i], goal, codes) for i, goal in meant.items())
    spare = sum(i not in meant for i in rest) + marks.count(Kind.DUPLICATE)
    sequence = order.check(standing, key, codes)
    leading = [] if sequence else _first_place(shapes, keys, key, standing, codes)
    disorder = bool(sequence) or (bool(leading) and marks[0] is Kind.RIGHT)
    entries = [(shape.compact, marks[i] is Kind.RIGHT, meant.get(i, "")) for i, shape in enumerate(shapes)]
    # An entry that is no code at all was meant for something: only what is still short after that is called missing.
    unread = sum(found_one.kind is Kind.NOT_A_CODE for i, found_one in enumerate(findings) if i not in meant)
    absent = [code for code in wanted if code not in meant.values()][unread:]
    beside = any(found_one.kind in (Kind.EXTRA, Kind.SYMPTOM_CODE) for i, found_one in enumerate(findings)
                 if i not in meant)  # fmt: skip
    silent = partners.missing(absent, entries, codes, beside=beside)
    findings += [*sequence, *leading, *_conflicts(shapes, keys, key, codes), *silent]
    value = score.score(len(keys), len(found), slips, spare, order_broken=disorder)
    right_codes, wanted_codes = frozenset(map(dot, found)), tuple(map(dot, wanted))
    return Diagnosis(tuple(findings), right_codes, wanted_codes, value, outcome_of(value))


def _mark(shapes: Sequence[Shape], keys: Sequence[str], key: CodeKey, codes: CodeSet) -> list[Kind | None]:
    """Right, duplicate, optional, or None for what has to be looked into."""
    optional = [pattern.strip().upper() for pattern in key.optional]
    seen: set[str] = set()
    marks: list[Kind | None] = []
    for shape in shapes:
        code = shape.compact
        if code and code in seen:
            marks.append(Kind.DUPLICATE)
        elif code and code in keys:
            marks.append(Kind.RIGHT)
        elif code and any(rules.fits(pattern, code) for pattern in optional) and codes.is_billable(shape.dotted):
            marks.append(Kind.OPTIONAL)
        else:
            marks.append(None)
        seen.add(code)
    return marks


def _one(
    shape: Shape,
    mark: Kind | None,
    goal: str,
    codes: CodeSet,
    reasons: Mapping[str, str],
    keys: tuple[str, ...],
    typed: tuple[str, ...],
    standing: tuple[str, ...],
    *,
    short: bool,
) -> Finding:
    """The finding for one entry. ``short``: a code of the key is open for which nothing was entered, so that a code
    that answers to nothing may have been meant for it and is not called one too many.
    """
    if mark is Kind.RIGHT:
        return right(shape, codes)
    if mark is Kind.DUPLICATE:
        return Finding(shape.dotted, mark, headline("duplicate"), sentence("duplicate"), guideline("I.B.12"))
    if mark is Kind.OPTIONAL:
        return Finding(shape.dotted, mark, headline("optional"), sentence("optional", code=shape.dotted))
    if goal:
        return judge(shape, goal, codes, reasons, keys=keys, typed=typed)
    said = validity.check(shape, codes) or surplus(shape, codes, standing, keys, short=short)
    return finish(said, shape, reasons, secrets=keys, typed=typed)


def _one_slip(kind: Kind, shape: Shape, goal: str, codes: CodeSet) -> bool:
    """Is the entry one slip away from its code, the side not being a second one?"""
    if not score.one_slip(kind, shape.compact, goal):
        return False
    mine, key = codes.get(shape.dotted), codes.get(dot(goal))
    return kind is Kind.WRONG_SIDE or mine is None or key is None or not sides_differ(mine.title, key.title)


def _first_place(
    shapes: Sequence[Shape], keys: Sequence[str], key: CodeKey, standing: Sequence[str], codes: CodeSet
) -> list[Finding]:
    """A code that never leads and stands first. Where the key has no order, right codes may stand as they come, save
    manifestation codes.
    """
    answer = [shape.compact for shape in shapes]
    if len(answer) < 2 or (keys and answer[0] == keys[0]):
        return []
    found = order.first_place(answer, standing, codes, strict=bool(key.order or key.ordered))
    return [found] if found else []


def _conflicts(shapes: Sequence[Shape], keys: Sequence[str], key: CodeKey, codes: CodeSet) -> list[Finding]:
    """Pairs of entered codes that an Excludes1 note keeps apart, unless the key itself reports both."""
    accepted = {*keys} | {read(code).compact for code in key.optional}
    there = [shape.compact for shape in shapes if shape.compact and codes.is_billable(shape.dotted)]
    there = list(dict.fromkeys(there))[:_PAIRWISE]
    found = []
    for i, a in enumerate(there):
        for b in there[i + 1 :]:
            if a in accepted and b in accepted:
                continue
            note = codes.excludes1(dot(a), dot(b))
            if note is not None:
                text = sentence("excludes1", a=dot(a), b=dot(b))
                about = dot(b if a in accepted else a)
                found.append(Finding(about, Kind.EXCLUDES1_CONFLICT, headline("excludes1"), text, note_line(note)))
    return found
