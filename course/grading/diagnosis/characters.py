"""One character too many, too few or out of place: an X left out or put in, a 7th character not offered, O for 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.grading.diagnosis import shape as shapes
from course.grading.diagnosis import tree
from course.grading.diagnosis.basis import guideline, seventh_line, titles_line
from course.grading.diagnosis.model import Kind, Said
from course.grading.diagnosis.seventh import BOX, listed, stem_of, wider
from course.grading.diagnosis.shape import FULL, dot, undot
from course.grading.diagnosis.wording import headline, nth, sentence

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet


# -- too long, or characters mixed up ----------------------------------------------------------------------------------


def over_long(codes: CodeSet, compact: str) -> Said | None:
    """A billable code and something after it."""
    for size in range(min(len(compact) - 1, FULL), 2, -1):
        code = codes.get(dot(compact[:size]))
        if code is not None and code.billable:
            surplus = compact[size:]
            surplus = surplus if len(surplus) <= 8 else surplus[:7] + "…"
            text = sentence("over_long", stem=code.code, count=size, surplus=surplus)
            return Said(Kind.OVER_LONG, headline("over_long"), (text,), basis=guideline("I.A.2"))
    return None


def twin(codes: CodeSet, compact: str) -> Said | None:
    """O for 0, I or L for 1, and the like: said when putting it right gives something that exists."""
    suspects = shapes.twins(compact)
    chosen = compact
    for place, _, meant in suspects:
        tried = codes.get(dot(compact[: place - 1] + meant + compact[place:]))
        if tried is not None and (tried.billable or compact[place - 1] in "OIL015"):
            return _twin_said(place, compact, meant)
        chosen = chosen[: place - 1] + meant + chosen[place:]
    if len(suspects) > 1 and dot(chosen) in codes:
        place, _, meant = suspects[0]
        return _twin_said(place, compact, meant)
    return None


def _twin_said(place: int, compact: str, meant: str) -> Said:
    typed = compact[place - 1]
    text = sentence("twin", place=place, typed=_spell(typed), meant=_spell(meant))
    return Said(Kind.NOT_A_CODE, headline("twin"), (text,), basis=guideline("I.A.2"))


def _spell(char: str) -> str:
    return f"the {'digit' if char.isdigit() else 'letter'} {char}"


# -- 7th characters and X ----------------------------------------------------------------------------------------------


def placeholder(codes: CodeSet, compact: str) -> Said | None:
    """An X was left out, so that what follows stands in the wrong place."""
    gap = FULL - len(compact)
    if gap > 0:
        for place in range(3, len(compact)):
            filled = compact[:place] + "X" * gap + compact[place:]
            code = codes.get(dot(filled))
            if code is not None and code.billable:
                end = place + len(filled[place:]) - len(filled[place:].lstrip("X"))
                return _x_missing(codes, filled, shown=filled[:end] + BOX * (FULL - end))
    rule_stem = codes.get(dot(compact[:-1])) if 4 <= len(compact) < FULL else None
    if rule_stem is None or rule_stem.billable:
        return None
    rule = codes.seventh(rule_stem.code)
    stem = undot(rule_stem.code)
    if rule is None or compact[-1] not in rule.meanings:
        return None
    if tree.is_placeholder(codes, stem):
        left = FULL - len(stem) - 1
        text = sentence("placeholder_open", stem=rule_stem.code, left=left, shape=dot(stem + "X" + BOX * left))
        return Said(
            Kind.PLACEHOLDER_MISSING,
            headline("placeholder_missing"),
            (text,),
            text,
            f"{seventh_line(rule)}. {guideline('I.A.5')}",
        )
    options = tree.choices(codes, stem)
    text = sentence("seventh_too_early", char=compact[-1], nth=nth(len(stem) + 1), stem=rule_stem.code, choices=options)
    return Said(Kind.SEVENTH_TOO_EARLY, headline("seventh_too_early"), (text,), text, seventh_line(rule))


def _x_missing(codes: CodeSet, filled: str, shown: str) -> Said:
    text = sentence("placeholder", shape=dot(shown))
    rule = codes.seventh(dot(filled))
    basis = f"{seventh_line(rule)}. {guideline('I.A.5')}" if rule is not None else guideline("I.A.4")
    return Said(Kind.PLACEHOLDER_MISSING, headline("placeholder_missing"), (text,), text, basis)


def seventh(codes: CodeSet, compact: str) -> Said | None:
    """Seven characters, six of them right, and a 7th that the list does not offer."""
    if len(compact) != FULL:
        return None
    stem = stem_of(codes, compact)
    rule = codes.seventh(stem.code) if stem else None
    if stem is None or rule is None:
        return None
    char, list_text = compact[6], listed(rule.meanings)
    longer = wider(codes, rule)
    if longer is not None and char in longer.meanings:
        text = sentence(
            "not_offered_wider",
            char=char,
            meaning=longer.meanings[char],
            wider=longer.owner,
            owner=rule.owner,
            list=list_text,
        )
    else:
        text = sentence("not_offered", owner=rule.owner, list=list_text)
    return Said(Kind.WRONG_SEVENTH, headline("seventh_not_offered", char=char), (text,), text, seventh_line(rule))


def x_where_detail(codes: CodeSet, compact: str) -> Said | None:
    """An X in a place that carries a meaning."""
    for at in range(3, min(len(compact), FULL)):
        if compact[at] != "X":
            continue
        stem = codes.get(dot(compact[:at]))
        options = tree.next_characters(codes, compact[:at]) if stem is not None else {}
        if stem is None or not options or "X" in options:
            continue
        spelled = tree.choices(codes, compact[:at])
        text = sentence("x_where_detail", place=at + 1, nth=nth(at + 1), stem=stem.code, choices=spelled)
        basis = titles_line(stem.code, spelled)
        return Said(Kind.X_WHERE_DETAIL, headline("x_where_detail"), (text,), text, basis)
    return None
