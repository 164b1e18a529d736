"""A billable code that is not the one asked for: on which point does it part from the key?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from course.grading.diagnosis import elsewhere, roles, tree
from course.grading.diagnosis.axes import ANY, SIDE, axis
from course.grading.diagnosis.basis import guideline, seventh_line, titles_line
from course.grading.diagnosis.laterality import Side, side_of, sides
from course.grading.diagnosis.model import Kind, Said
from course.grading.diagnosis.seventh import ask_about
from course.grading.diagnosis.shape import dot, undot
from course.grading.diagnosis.titles import (
    about,
    claims_other,
    claims_unspecified,
    has_phrase,
    only_in,
    shared,
    telling,
    unspecified_phrase,
    without_alternative,
    words,
)
from course.grading.diagnosis.wording import headline, nth, sentence

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet

_SYMPTOMS = "R"
#: Beginnings of codes for what no symptom is explained by: injuries and poisonings, causes, circumstances, bedsores.
_NO_DISEASE = (*"STVWXYZ", "L89")
#: Most words of a list of choices that serves as a basis; a message has less room.
_BASIS_WORDS = 70


def part(codes: CodeSet, mine: Code, key: Code, keys: Iterable[str] = ()) -> Said:
    """Compare two billable codes, nearest explanation first. ``keys``: all codes of the key (compact), to judge
    symptoms by.
    """
    a, b = undot(mine.code), undot(key.code)
    if len(a) == len(b) == 7 and a[:6] == b[:6] and _takes_seventh(codes, mine):
        return _side(codes, mine, key, mine.title, key.title) or _other_seventh(codes, mine, key)
    title, wanted = plain_title(codes, mine), plain_title(codes, key)
    if a[:3] == b[:3]:
        return _side(codes, mine, key, title, wanted) or _detail(codes, mine, key, title, wanted)
    symptom = mine.code[0] == _SYMPTOMS and roles.role_of(mine) is None
    if symptom and explained((b,)) and explained((b, *keys)):
        return elsewhere.symptom(codes, mine, key)
    return elsewhere.category(codes, mine, key)


def explained(keys: Iterable[str]) -> bool:
    """Do these codes (compact) name a disease that may lie behind a symptom, and ask for no symptom themselves?

    Injuries, drugs, circumstances and pressure ulcers are no such diseases.
    """
    named = [*keys]
    disease = any(not code.startswith(_NO_DISEASE) for code in named)
    return disease and not any(code.startswith(_SYMPTOMS) for code in named)


def _takes_seventh(codes: CodeSet, code: Code) -> bool:
    return len(undot(code.code)) == 7 and codes.seventh(code.code) is not None


def plain_title(codes: CodeSet, code: Code) -> str:
    """The title without what the 7th character adds."""
    if _takes_seventh(codes, code):
        above = codes.parent(code.code)
        if above is not None and above.title_known:
            return above.title
    return code.title


# -- inside one category -----------------------------------------------------------------------------------------------


def _other_seventh(codes: CodeSet, mine: Code, key: Code) -> Said:
    rule = codes.seventh(mine.code)
    assert rule is not None  # noqa: S101 - the caller has looked
    char, wanted = undot(mine.code)[6], undot(key.code)[6]
    text = ask_about(char, rule.meanings.get(char, ""), rule.meanings.get(wanted, ""))
    return Said(Kind.WRONG_SEVENTH, headline("wrong_seventh"), (text,), basis=seventh_line(rule))


def _seventh_differs(mine: Code, key: Code) -> bool:
    a, b = undot(mine.code), undot(key.code)
    return len(a) == len(b) == 7 and a[6] != b[6] and a[6].isalpha() and b[6].isalpha()


def _side(codes: CodeSet, mine: Code, key: Code, title: str, wanted: str) -> Said | None:
    found = sides(title, wanted)
    if found is None:
        return None
    my_side, key_side = found
    also = sentence("also_seventh") if _seventh_differs(mine, key) else ""
    heading = dot(undot(mine.code)[: tree.agree(undot(mine.code), undot(key.code))])
    basis = _siblings(codes, undot(heading)) or guideline("I.B.13")
    if my_side is Side.UNSAID:
        text = sentence("side_left_out")
        return Said(Kind.UNSPECIFIED_BUT_NOTE_SAYS, headline("side_left_out"), (text, also), basis=basis)
    if key_side is Side.UNSAID:
        text = sentence("side_too_specific", side=my_side)
        return Said(Kind.TOO_SPECIFIC, headline("side_too_specific"), (text, also), basis=guideline("I.B.13"))
    name = "both_sides" if Side.BOTH in found else "wrong_side"
    return Said(Kind.WRONG_SIDE, headline(name), (sentence(name, side=my_side), also), basis=basis)


def _detail(codes: CodeSet, mine: Code, key: Code, title: str, wanted: str) -> Said:
    """Same category, other detail: unspecified, other, too much, or simply another axis.

    Judged at the fork, where the two ways part, since the titles there differ in one thing only.
    """
    (leaf, title), (key_leaf, wanted) = zip((title, wanted), _fork(codes, mine, key, title, wanted), strict=True)
    phrase, look = _phrase(title, wanted, leaf, key_leaf), _look(title, wanted, leaf, key_leaf)
    missing = only_in(wanted, title)
    also = " ".join(_also(mine, key, leaf, key_leaf, look))
    kin = _kin(codes, mine, key, leaf, key_leaf)
    vague = kin and _vaguer(title, wanted) and claims_unspecified(leaf)
    key_vague = kin and _vaguer(wanted, title) and claims_unspecified(key_leaf)
    other = claims_other(title) and not claims_other(wanted) and claims_other(leaf)
    key_other = claims_other(wanted) and not claims_other(title) and claims_other(key_leaf)
    a, b = undot(mine.code), undot(key.code)
    agreed = tree.agree(a, b)
    where = sentence("agree", prefix=dot(a[:agreed]), nth=nth(agreed + 1)) if agreed > 3 else ""
    common = shared(title, wanted)
    good = sentence("shared", shared=common) if common else where
    if vague and key_other:
        text = sentence("unspecified_for_other")
        return Said(
            Kind.OTHER_VS_UNSPECIFIED,
            headline("unspecified_for_other"),
            (text, where, also),
            basis=guideline("I.A.9.a"),
        )
    if other and key_vague:
        text = sentence("other_for_unspecified")
        return Said(
            Kind.OTHER_VS_UNSPECIFIED,
            headline("other_for_unspecified"),
            (text, where, also),
            basis=guideline("I.A.9.b"),
        )
    if vague:
        name = "unspecified" if look != ANY else "unspecified_any"
        text = sentence(name, phrase=unspecified_phrase(title) or phrase or "unspecified", axis=look)
        return Said(
            Kind.UNSPECIFIED_BUT_NOTE_SAYS, headline("unspecified"), (text, good, also), basis=guideline("I.A.9.b")
        )
    if key_vague and not key_other:
        text = sentence("too_specific", phrase=phrase or title)
        return Said(Kind.TOO_SPECIFIC, headline("too_specific"), (text, good, also), basis=guideline("I.B.18"))
    note = elsewhere.cross_reference(codes, mine, key)
    pointer = elsewhere.pointer(note, key)
    basis = elsewhere.basis_of(note, key, _siblings(codes, a[:agreed]) or guideline("I.B.2"))
    head = headline("near_detail" if agreed >= 5 else "detail")
    if other:
        text = sentence("other_for_named")
        return Said(Kind.WRONG_DETAIL, headline("other_for_named"), (text, pointer, where, also), basis=basis)
    if phrase:
        text = sentence("detail" if look != ANY else "detail_any", phrase=phrase, axis=look)
    elif look == ANY:
        text = sentence("detail_less_any" if missing else "detail_plain_any")
    else:
        text = sentence("detail_less" if missing else "detail_plain", axis=look)
    return Said(Kind.WRONG_DETAIL, head, (text, pointer, good, also), basis=basis)


def contrast(codes: CodeSet, mine: Code, other: Code) -> tuple[str, str]:
    """What `mine` says that `other` does not, and the axis on which they part. Both of one category."""
    leaf, other_leaf = plain_title(codes, mine), plain_title(codes, other)
    title, wanted = _fork(codes, mine, other, leaf, other_leaf)
    return _phrase(title, wanted, leaf, other_leaf), _look(title, wanted, leaf, other_leaf)


def _phrase(title: str, wanted: str, leaf: str, key_leaf: str) -> str:
    """What the title at the fork says that the other does not, or else what the whole title does."""
    phrase = only_in(without_alternative(title), wanted)
    return phrase if telling(phrase) else only_in(without_alternative(leaf), key_leaf) or phrase


def _look(title: str, wanted: str, leaf: str, key_leaf: str) -> str:
    """The axis at the fork. The side is no axis when both codes name the same one further down."""
    same_side = side_of(leaf) is side_of(key_leaf)
    return axis(title, wanted, without=(SIDE,) if same_side else ())


def _kin(codes: CodeSet, mine: Code, key: Code, leaf: str, key_leaf: str) -> bool:
    """Is one title about what the other is about? "Halitosis" says no more than "Diarrhea, unspecified"."""
    a, b = undot(mine.code), undot(key.code)
    above = codes.get(dot(a[: tree.agree(a, b)]))
    heading = above.title if above is not None else ""
    return any(about(one, other) or about(one, heading) for one, other in ((leaf, key_leaf), (key_leaf, leaf)))


def _also(mine: Code, key: Code, title: str, wanted: str, look: str) -> list[str]:
    """What else differs, in the side or the 7th character."""
    out = [sentence("also_side")] if look != SIDE and sides_differ(title, wanted) else []
    return [*out, sentence("also_seventh")] if _seventh_differs(mine, key) else out


def sides_differ(title: str, other: str) -> bool:
    """Do two titles name different sides, whatever else they say?"""
    mine, theirs = side_of(title), side_of(other)
    return mine is not None and theirs is not None and mine is not theirs


def _fork(codes: CodeSet, mine: Code, key: Code, title: str, wanted: str) -> tuple[str, str]:
    """The titles of the two headings (or codes) where the ways part: S52.50 and S52.52 for S52.501A and S52.521A."""
    a, b = undot(mine.code), undot(key.code)
    size = tree.agree(a, b) + 1
    if size > min(len(a), len(b)):
        return title, wanted
    return _at(codes, a, size) or title, _at(codes, b, size) or wanted


def _at(codes: CodeSet, compact: str, size: int) -> str:
    """The title of the heading with the first `size` characters; a group of "other and unspecified" gives way to its
    member.
    """
    for length in (size, size + 1):
        code = codes.get(dot(compact[:length]))
        if code is not None and code.title_known and not has_phrase(code.title, "other and unspecified"):
            return code.title
    return ""


def _vaguer(title: str, other: str) -> bool:
    """Does `title` say "unspecified" about something the other title does not?"""
    return claims_unspecified(title) and (
        not claims_unspecified(other) or words(title).count("unspecified") > words(other).count("unspecified")
    )


def _siblings(codes: CodeSet, stem: str) -> str | None:
    """The choices at the place where two codes part, as a basis."""
    options = tree.choices(codes, stem, most=_BASIS_WORDS)
    return titles_line(dot(stem), options) if options and options != tree.choices(codes, stem, spelled=False) else None
