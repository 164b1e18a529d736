"""What concerns several lines: an add-on alone, two codes of an NCCI edit, sides told in two ways, the sequence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from course.codesets import cpt
from course.grading.services import books
from course.grading.services.model import Entered, Finding, ServiceKey
from course.grading.services.wording import headline, sentence

NCCI = "NCCI procedure-to-procedure edits, practitioner, July 2024"
#: The course keeps at most so many main codes of an add-on: a list as long as this may be cut.
LIST_CUT = 12
#: Lines beyond so many are graded, and no longer compared pair by pair.
_PAIRWISE = 12


def wants_main(code: str, codes: Sequence[str]) -> bool:
    """Whether a code is an add-on that has none of its main codes among ``codes``."""
    number = cpt.get(code)
    if number is None or not number.addon:
        return False
    others = [one for one in codes if one != code]
    if set(others) & set(number.primaries):
        return False
    if number.primaries and len(number.primaries) < LIST_CUT:
        return True
    return not any(books.known(one) and not _addon(one) for one in others)


def _addon(code: str) -> bool:
    number = cpt.get(code)
    return number is not None and number.addon


def addons_alone(entered: Sequence[Entered]) -> Iterator[Finding]:
    """Add-ons without a main code. The main code is not named, only where it lives."""
    codes = [one.code for one in entered]
    for one in {one.code: one for one in entered}.values():
        if wants_main(one.code, codes):
            number = cpt.get(one.code)
            places = {books.place(main) for main in (number.primaries if number is not None else ())} - {""}
            where = sentence("addon_alone_in", place=places.pop()) if len(places) == 1 else sentence("addon_alone_any")
            text = f"{sentence('addon_alone', code=one.code)} {where}"
            yield Finding(one.row, one.code, "missing", headline("addon_alone"), text)


def pairs(entered: Sequence[Entered], right: set[int], key: ServiceKey) -> Iterator[Finding]:
    """NCCI edits between entered lines, unless the key has both. ``right``: indexes of lines whose code is right.

    Nothing is told of two visits: an edit holds for one date, and the visits of a claim may have several.
    """
    seen: set[frozenset[str]] = set()
    for (i, one), (k, other) in combinations(list(enumerate(entered))[:_PAIRWISE], 2):
        codes = frozenset((one.code, other.code))
        edit = None if codes in seen or one.code == other.code else cpt.pair(one.code, other.code)
        if edit is None or edit.indicator not in ("0", "1") or (i in right and k in right):
            continue
        if codes <= set(key.codes()) or {books.section(one.code), books.section(other.code)} == {"em"}:
            continue
        seen.add(codes)
        text = sentence(f"pair_{edit.indicator}", column1=edit.column1, column2=edit.column2)
        about = one if k in right else other
        yield Finding(about.row, about.code, "note", headline("pair"), text, NCCI)


def edit_beside(code: str, entered: Sequence[Entered]) -> str:
    """A sentence on the NCCI edit that a missing modifier of this line would answer, "" without one."""
    for other in entered:
        edit = cpt.pair(code, other.code) if other.code != code else None
        if edit is not None and edit.indicator == "1" and edit.column2 == code:
            return sentence("pair_both", column1=edit.column1, column2=edit.column2)
    return ""


def sides(entered: Sequence[Entered], key: ServiceKey) -> dict[str, Finding]:
    """Code -> what to say where both sides are told in another form than the key's: 50, or a line for each side."""
    found: dict[str, Finding] = {}
    for code in key.codes() if key.modifiers else ():
        mine = [one for one in entered if one.code == code]
        wanted = [{m for group in line.modifiers for m in group} for line in key.lines if line.code == code]
        given = [set(one.modifiers) for one in mine]
        if len(wanted) == 1 and "50" in wanted[0] and len(mine) == 2 and _two_sides(given):
            found[code] = Finding(mine[1].row, code, "extra", headline("sides_on_two"), sentence("sides_on_two"))
        elif len(mine) == 1 and "50" in given[0] and len(wanted) == 2 and _two_sides(wanted):
            found[code] = Finding(mine[0].row, code, "wrong", headline("sides_on_one"), sentence("sides_on_one"))
    return found


def _two_sides(marks: Sequence[set[str]]) -> bool:
    return ("RT" in marks[0] and "LT" in marks[1]) or ("LT" in marks[0] and "RT" in marks[1])


def sequence(entered: Sequence[Entered], meant: Mapping[int, int], key: ServiceKey) -> Finding | None:
    """The first order rule that is broken. Looked at are lines whose code is right."""
    at = {k: i for i, k in meant.items() if entered[i].code == key.lines[k].code}
    if key.ordered:
        places = [at[k] for k in sorted(at)]
        if places != sorted(places):
            return Finding(None, "", "order", headline("order"), sentence("order_listed"))
        return None
    for first, later in key.order:
        befores = [i for k, i in at.items() if key.lines[k].code == first]
        afters = [i for k, i in at.items() if key.lines[k].code == later]
        if befores and afters and max(befores) > min(afters):
            text = sentence("order", first=first, later=later)
            return Finding(entered[min(afters)].row, later, "order", headline("order"), text)
    return None
