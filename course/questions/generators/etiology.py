"""A disease and what it did: which of the two codes comes first?"""

from __future__ import annotations

import random
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from course.questions.generators import common, pairs
from course.questions.kinds.code_entry import CodeAnswer, CodeEntry
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet
    from course.codesets.icd10cm.model import Note
    from course.questions.base import Source

OBJECTIVE = "sequence a disease and its manifestation"
TITLE = "Which of the two comes first?"
_LETTERS = "ABCDEFGHIJKLMNR"
#: Only a title with these words is a manifestation by its name (Guidelines I.A.13).
_NAMED = "classified elsewhere"
#: Scores, and organisms as causes, have a "code first" note, but nothing has caused them.
_NOT_EFFECTS = ("R29.7", "R40", "B95", "B96", "B97")
#: Effect and cause that are one disease, or two infections that nobody calls one.
_ONE_DISEASE = (
    ("J82", "J45"),
    ("J12", "J09"),
    ("J12", "J10"),
    ("J12", "J11"),
    ("J18", "J09"),
    ("J18", "J1"),
    ("I50", "I09"),
    ("I1A", "I1"),
)
#: How many couples are tried in one category of manifestations before another category is.
_STAY = 60
#: Words of notes that say nothing about which disease is meant.
_EMPTY = {
    "diseas",
    "disord",
    "with",
    "associ",
    "applic",
    "other",
    "type",
    "such",
    "condit",
    "underl",
    "infect",
    "acute",
}


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice | CodeEntry:
    """Level 1: titles that say "in diseases classified elsewhere". Level 2: titles that do not, with a neighbor of
    either code as a trap. Level 3: find and enter both codes."""
    families = _manifestations(codes, level)
    for n in range(common.TRIES * _STAY):
        if n % _STAY == 0:  # stay with a family: else those whose every cause will do come up again and again
            family = rng.choices(list(families), [min(len(one), 3) for one in families.values()])[0]
        found = _couple(rng, codes, level, rng.choice(families[family]))
        if found is None:
            continue
        if level == 3:
            return _entry(rng, codes, *found)
        if level == 1:
            return _choice(rng, codes, 1, *found, None)
        cause, effect, _ = found
        sisters = _lookalike(rng, codes, cause, effect), _lookalike(rng, codes, effect, cause)
        if sisters[0] is not None and sisters[1] is not None:
            return _choice(rng, codes, 2, *found, (sisters[0], sisters[1]))
    raise RuntimeError(f"no manifestation to draw in {codes.label}")


def law(item: SingleChoice | CodeEntry, codes: CodeSet) -> bool:
    """The second code asks for the first ("code first", found by spelling and place) and not the other way round; both
    are the codes of the titles in the stem, and no other option is such a pair in this order."""
    titles = [line[2:].strip("*") for line in item.stem.splitlines() if line.startswith("- ")]
    if isinstance(item, CodeEntry):
        return item.answer.ordered and _lawful(codes, list(item.answer.codes), titles)
    return all(one.correct == _lawful(codes, _codes_in(one.text), titles) for one in item.options)


def _codes_in(option: str) -> list[str]:
    return [word.rstrip(",") for word in option.split() if word[0].isupper() and word[1:2].isdigit()]


def _lawful(codes: CodeSet, two: list[str], titles: list[str]) -> bool:
    found = [codes.get(code) for code in two]
    return (
        len(two) == 2
        and sorted(code.title for code in found if code) == sorted(titles)
        and bool(pairs.named_by(codes, two[1], two[0], ("code_first",)))
        and not pairs.named_by(codes, two[0], two[1], ("code_first",))
    )


def _choice(
    rng: random.Random,
    codes: CodeSet,
    level: int,
    cause: Code,
    effect: Code,
    note: Note,
    sisters: tuple[Code, Code] | None,
) -> SingleChoice:
    where = pairs.owned(codes, note, effect.code)
    right = [(f"{cause.code}, then {effect.code}", f"The note {where} wants {cause.code} first.")]
    turned = (f"{effect.code}, then {cause.code}", f"Read the “code first” note {where}: it sets the order.")
    if sisters is None:
        wrong = [
            turned,
            (
                f"{effect.code} alone",
                f"{effect.code} tells what happened, not which disease did it. It never stands alone.",
            ),
            (f"{cause.code} alone", f"{cause.code} names the disease. What it has done here would be lost."),
        ]
    else:
        other, after = sisters  # each wrong option has one fault of its own
        wrong = [
            turned,
            (
                f"{other.code}, then {effect.code}",
                f"{other.code} is *{other.title}*. The record names another disease of that family.",
            ),
            (
                f"{cause.code}, then {after.code}",
                f"{after.code} is *{after.title}*. The record names something else of that family.",
            ),
        ]
    return SingleChoice(
        slug="etiology-manifestation",
        title=TITLE,
        stem=_stem(rng, cause, effect) + "Which codes are reported, in which order?",
        options=common.options(rng, right, wrong),
        hints=_hints(),
        rationale=_rationale(codes, cause, effect, note),
        sources=_sources(codes, note),
        objective=OBJECTIVE,
        **common.common_fields(codes, level),
    )


def _entry(rng: random.Random, codes: CodeSet, cause: Code, effect: Code, note: Note) -> CodeEntry:
    return CodeEntry(
        slug="etiology-manifestation",
        title=TITLE,
        stem=_stem(rng, cause, effect)
        + "Enter these two codes, and no others, in the order in which they are reported.",
        answer=CodeAnswer(codes=(cause.code, effect.code), ordered=True),
        hints=("Both lines are titles of the Tabular List: search for their words in the code browser.", *_hints()),
        rationale=_rationale(codes, cause, effect, note),
        sources=_sources(codes, note),
        objective=OBJECTIVE,
        **common.common_fields(codes, 3),
    )


def _stem(rng: random.Random, cause: Code, effect: Code) -> str:
    two = rng.sample((cause.title, effect.title), 2)
    return f"{rng.choice(_LINKED)} The titles of the Tabular List are:\n\n- {two[0]}\n- {two[1]}\n\n"


#: The provider's link between the two, in any order.
_LINKED = (
    "A record has two conditions, and the provider links them.",
    "Two conditions are documented; in the provider's words the one is due to the other.",
    "The provider documents a disease and what it has led to.",
)


def _hints() -> tuple[str, ...]:
    return (
        "Open both codes and look for the words “code first”. The code that carries such a note is never the first.",
        "A disease leads, and what has come of it follows.",
    )


def _sources(codes: CodeSet, note: Note) -> tuple[Source, ...]:
    return common.tabular(codes, f"“code first” at {note.owner}", common.guideline("I.A.13"))


def _rationale(codes: CodeSet, cause: Code, effect: Code, note: Note) -> str:
    named = _NAMED in effect.title
    start = f"{common.named(effect)} is what another disease has done. " if named else ""
    end = (
        "Its title says so, too: a code “in diseases classified elsewhere” is never listed first."
        if named
        else "Its title does not show it; only the note does."
    )
    return (
        f"{start}A “code first” note stands {pairs.owned(codes, note, effect.code)} and names the family of "
        f"{common.named(cause)}: {pairs.cited(note)}. So **{cause.code}** goes first and **{effect.code}** "
        f"({effect.title}) follows (Guidelines I.A.13). {end}"
    )


def _couple(rng: random.Random, codes: CodeSet, level: int, effect: Code) -> tuple[Code, Code, Note] | None:
    """Cause, effect and the "code first" note of the effect that names the cause."""
    notes = [note for note in codes.notes(effect.code, kinds=("code_first",)) if note.parsed and _narrow(note)]
    if not notes:
        return None
    note = rng.choice(notes)
    cause = pairs.inside(rng, codes, note, max(level, 2))
    if cause is None or not _spoken_of(note, cause.title):
        return None
    if cause.code[0] not in _LETTERS or cause.code[:3] == effect.code[:3]:
        return None
    if any(effect.code.startswith(one) and cause.code.startswith(other) for one, other in _ONE_DISEASE):
        return None
    if not (_specific(codes, cause) and _specific(codes, effect)):
        return None
    if codes.notes(cause.code, kinds=("code_first",)) or codes.excludes1(cause.code, effect.code) is not None:
        return None
    if not pairs.one_patient(cause, effect) or not (_only(codes, cause.title) and _only(codes, effect.title)):
        return None
    return cause, effect, note


@lru_cache(maxsize=16)
def _manifestations(codes: CodeSet, level: int) -> dict[str, tuple[Code, ...]]:
    """Codes under a "code first" note that names codes, by category: the sites of one joint disease must not crowd out
    the rest."""
    found: dict[str, list[Code]] = {}
    for owner in dict.fromkeys(note.owner for note in pairs.noted(codes, "code_first", _LETTERS, 90, (3, 7))):
        if owner.startswith(_NOT_EFFECTS):
            continue
        for code in pairs.below(codes, owner, owner, 3):
            if level == 3 or (_NAMED in code.title) == (level == 1):
                found.setdefault(code.code[:3], []).append(code)
    return {
        family: tuple(code for code in some if not code.title.startswith("Other") or len(some) == 1) or tuple(some)
        for family, some in found.items()
    }


@lru_cache(maxsize=4096)
def _specific(codes: CodeSet, code: Code) -> bool:
    """Whether the title leaves no site open that a sister names: a coder would ask for the side, and not report an
    "unspecified wrist"."""
    if not re.search(r"\bunspecified\b", code.title):
        return True
    sisters = codes.billable_below(code.code[:3])
    return not any("unspecified" not in one.title for one in sisters)


def _narrow(note: Note) -> bool:
    """Whether the note names few categories: of "neoplasm (C00-D49)" hardly any code makes a likely cause."""
    spans = [(ref.first, ref.last) for ref in note.refs]
    return all(a[0] == b[0] and 0 <= _number(b) - _number(a) < 8 for a, b in spans)


def _number(family: str) -> int:
    """The place of a category within its letter, as a number: 40 for E40, 70 for C7A."""
    return int(family[1:3]) if family[1:3].isdigit() else 10 * int(family[1])


def _spoken_of(note: Note, title: str) -> bool:
    """Whether the title has a word of the note's: "amyloidosis (E85.-)" means every amyloidosis."""
    words = {word[:6] for word in re.findall(r"[a-z]{4,}", note.text.lower())} - _EMPTY
    return any(word[:6] in words for word in re.findall(r"[a-z]{4,}", title.lower()))


def _only(codes: CodeSet, title: str) -> bool:
    """Whether one billable code alone has this title."""
    return title not in _shared_titles(codes)


@lru_cache(maxsize=4)
def _shared_titles(codes: CodeSet) -> frozenset[str]:
    rows = codes.connection.execute("SELECT title FROM code WHERE billable GROUP BY title HAVING count(*) > 1")
    return frozenset(title for (title,) in rows)


def _lookalike(rng: random.Random, codes: CodeSet, one: Code, partner: Code) -> Code | None:
    """A sister of `one`: the same category, another disease."""
    for sister, _ in zip(pairs.neighbours(rng, codes, one.code, 2, widen=0), range(8), strict=False):
        if sister.code != one.code and sister.title != one.title and sister.code[:3] != partner.code[:3]:
            return sister
    return None
