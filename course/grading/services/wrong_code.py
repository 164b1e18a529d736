"""What to say of an entered code that is not the one: what it is, where it lives, what tells it from the right one.

The right code is never named. Sources: the ranges and figures of ``course.codesets.cpt``, the entries of
``course.codesets.hcpcs``; the shapes are those of the code sets themselves.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

from course.codesets import cpt, hcpcs
from course.grading.services import books, retired
from course.grading.services.model import Said
from course.grading.services.wording import headline, sentence

_ICD = re.compile(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4}|[0-9A-Z]{0,4})", re.ASCII)
_PCS = re.compile(r"[0-9B-DFGHX][0-9A-HJ-NP-Z]{6}", re.ASCII)
_NDC = re.compile(r"\d{10,11}", re.ASCII)
#: Letters that are typed for digits.
_TWINS = str.maketrans("OIL", "011")

#: Words too small to tell two services apart.
_SMALL = frozenset(
    "a an and any are as at by each first for from in into is it its of on one or per than that the then to up with"
    " without".split()
)

#: Words that stand in many notes and paraphrases and point at nothing. Without the "s" of a plural.
_DULL = frozenset(
    "above again also amount another back before code day done each established first given hospital hour initial"
    " least left less level line medicare minute more only other over patient quarter read right same second"
    " service this through time total under unit used visit when while".split()
)
#: Paraphrases with more words of their own than this are about different things.
_MOST = 8


def wrong_code(code: str, goal: str, secrets: Collection[str], *, note: str = "", sure: bool = True) -> Said:
    """About an entered code. ``goal``: the code it was meant for, "" when it answers to nothing. ``secrets``: codes of
    the key, which are not named. ``note``: the chart note. ``sure``: that it was meant for ``goal`` and nothing else.
    """
    return invalid(code, secrets) or (_beside(code, goal, note, sure) if goal else _surplus(code))


def invalid(code: str, secrets: Collection[str] = ()) -> Said | None:
    """Why a text is no code that can be reported, or None when it may be one."""
    if not books.is_cpt(code) and not books.is_hcpcs(code):
        return _shape(code)
    return _cpt(code) if books.is_cpt(code) else _hcpcs(code, secrets)


def _said(key: str, *more: str, basis: str | None = None, **values: object) -> Said:
    return Said(headline(key), (sentence(key, **values), *more), basis)


def _shape(code: str) -> Said:
    shown = code if len(code) <= 16 else code[:15] + "…"
    twin = code.translate(_TWINS)
    # A letter typed for a digit: "2O610", "JI885".
    fixed = [one for one in (twin, code[:1] + twin[1:]) if one != code and (books.is_cpt(one) or books.is_hcpcs(one))]
    if fixed and len(code) == 5:
        return _said("letter_for_digit", code=shown)
    if re.fullmatch(r"D\d{4}", code, re.ASCII):
        return _said("dental", code=shown)
    if re.fullmatch(r"[A-Z]\d{4}", code, re.ASCII):
        return _said("letter", letter=code[0])
    if _PCS.fullmatch(code) and not (_ICD.fullmatch(code) and code[1].isdigit() and code[2].isdigit()):
        return _said("pcs", code=shown)
    if _ICD.fullmatch(code):
        return _said("icd", code=shown)
    if _NDC.fullmatch(code):
        return _said("ndc", code=shown)
    if code.isascii() and code.isdigit():
        return _said("four_digits" if len(code) == 4 else "digits", code=shown, count=len(code))
    return _said("strange", code=shown)


def _cpt(code: str) -> Said | None:
    gone = retired.find(code)
    if gone is not None and cpt.get(code) is None:
        return _said("retired", gone.says, code=code, year=gone.year)
    if cpt.section_of(code) is None:
        return _said("no_range", code=code)
    return None


def _hcpcs(code: str, secrets: Collection[str]) -> Said | None:
    found = hcpcs.get(code)
    if found is None:
        return None
    if found.ended and found.ended < _today():
        named = [one for one in found.replaced_by if one not in secrets]
        then = ""
        if named:
            then = sentence("hcpcs_now", codes=_listed(named))
        elif found.replaced_by:
            then = sentence("hcpcs_now_secret")
        return _said("hcpcs_ended", then, code=code, day=found.ended, basis=hcpcs.EDITION)
    return None


def _about(code: str) -> str:
    """What a code is in our words, or that the course does not hold it."""
    if not books.known(code):
        return sentence("unknown_hcpcs" if books.is_hcpcs(code) else "unknown_cpt")
    mine = books.words(code)
    return sentence("in_our_words", code=code, words=mine) if mine else ""


def _beside(code: str, goal: str, note: str, sure: bool) -> Said:
    """A code that may be valid, against the one it was meant for."""
    about, lives = _about(code), sentence("lives", code=code, place=books.place(code))
    if books.is_hcpcs(code) != books.is_hcpcs(goal):
        # What was left over on either side need not be one service: the other set is named only where it is.
        if not sure and not _alike(books.words(code), books.words(goal)):
            return Said(headline("not_here"), tuple(filter(None, (about or lives, sentence("look_again")))))
        other = "other_set_cpt" if books.is_hcpcs(code) else "other_set_hcpcs"
        return Said(headline("other_set"), (sentence(other), about or lives))
    if books.section(code) != books.section(goal):
        key = "other_letter" if books.is_hcpcs(code) else "other_section"
        return Said(headline(key), (lives, about, sentence(key)))
    if books.part(code) != books.part(goal):
        return Said(headline("other_part"), (lives, about, sentence("other_part", section=books.section_title(code))))
    number, meant = cpt.get(code), cpt.get(goal)
    if number is not None and number.addon and meant is not None and not meant.addon:
        return Said(headline("addon_for_main"), (sentence("addon_for_main", code=code), about))
    told = differing(books.words(code), books.words(goal), note)
    look = sentence("look_again_hcpcs" if books.is_hcpcs(code) else "look_again")
    look = sentence("look_for", phrases=told) if told else look
    known = books.known(code) and about
    return Said(headline("family"), (about, look) if known else (lives, about, look))


def _surplus(code: str) -> Said:
    """A code that answers to nothing in the key."""
    lives = "" if books.known(code) and books.words(code) else sentence("lives", code=code, place=books.place(code))
    return Said(headline("surplus"), tuple(filter(None, (lives, _about(code), sentence("surplus")))))


def differing(mine: str, theirs: str, note: str) -> str:
    """Words of the note that another paraphrase has and this one has not: at most two, quoted as they stand there.

    "" when there are none, or when the paraphrases cannot be told apart that way: nothing in common, or too little.
    Figures are left out: those of a paraphrase are the borders of a range, and the note has a figure between them.
    """
    known, told = {_stem(word) for word in _words(mine)}, {_stem(word) for word in _words(theirs)}
    if not known & told - _SMALL or len(told - known - _SMALL) > _MOST:
        return ""
    wanted = {one for one in told - known - _SMALL - _DULL if len(one) > 3 and one.isalpha()}
    found = {_stem(word): word.strip(".") for word in reversed(_words(note)) if _stem(word) in wanted}
    return " and ".join(f"“{word}”" for word in list(reversed(found.values()))[:2])


def _alike(mine: str, theirs: str) -> bool:
    """Whether two paraphrases share a word that says something."""
    shared = {_stem(word) for word in _words(mine)} & {_stem(word) for word in _words(theirs)}
    return any(len(one) > 4 and one.isalpha() for one in shared - _SMALL - _DULL)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w.%-]+", text)


def _stem(word: str) -> str:
    bare = word.lower().strip(".,:()")
    return bare if len(bare) < 4 else bare.removesuffix("s")


def _listed(codes: list[str]) -> str:
    return codes[0] if len(codes) == 1 else f"{', '.join(codes[:-1])} or {codes[-1]}"


def _today() -> str:
    from course.paths import today

    day: dt.date = today()
    return day.isoformat()
