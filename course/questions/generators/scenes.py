"""What the generators of chart scenes share: people and lines of a note, code-entry items, and the tools of their laws.

A scene is drawn as facts and written as a note. Its law reads the facts back from the note (``Lexicon``), finds the
codes by their official titles (``titled``) and the sequence by the notes of the Tabular List (``holds``): none of
that is what the draw used.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from course.grading.diagnosis.order import demanding
from course.questions.generators import common
from course.questions.kinds.code_entry import CodeAnswer, CodeEntry

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet
    from course.questions.base import Source

Pair = tuple[str, str]

#: Lines of a chart that lead to no code, by the sort of visit; a visit is told by the first line of its note.
NOISE = {
    "stay": (
        "NKDA.",
        "Seen with the interpreter.",
        "Family updated by phone.",
        "Med list reconciled.",
        "Case manager to call on Monday.",
        "Call light in reach.",
        "Overnight events: none.",
        "Chaplain visited.",
    ),
    "emergency": (
        "NKDA.",
        "Seen with the interpreter.",
        "Vital signs as charted.",
        "Triage note reviewed.",
        "Family at the bedside.",
        "Old chart requested.",
        "Primary care office informed.",
    ),
    "office": (
        "NKDA.",
        "Seen with the interpreter.",
        "Plan discussed, questions answered.",
        "Med list reconciled.",
        "Social history unchanged.",
        "Vaccines up to date.",
        "Chart reviewed with the patient.",
        "Next appointment made at the desk.",
    ),
    "burns": (
        "NKDA.",
        "Tetanus booster given last year.",
        "Dressings applied.",
        "Photos taken for the chart.",
        "Height and weight as charted.",
        "Pain controlled after the first dose.",
    ),
}
_VISITS = (
    ("emergency", r"\bED\b|emergency|urgent care|trauma bay"),
    ("stay", r"inpatient|hospital|discharge|admitted|admission|readmi|post-acute|\bunit\b|rehab|nursing|\bstay\b"),
)


class Person(NamedTuple):
    """Somebody in a note. ``age`` in years."""

    age: int
    male: bool

    @property
    def he(self) -> str:
        return "he" if self.male else "she"

    @property
    def his(self) -> str:
        return "his" if self.male else "her"


class Finding(NamedTuple):
    """A documented condition: its code, the words that say it, and where the law finds it: a family, and words of the
    official title. ``plain`` words are for every level, ``brief`` ones for level 3."""

    code: str
    family: str
    title: str
    plain: tuple[str, ...]
    brief: tuple[str, ...] = ()

    def say(self, rng: random.Random, level: int) -> str:
        return rng.choice(self.brief if level == 3 and self.brief else self.plain)

    def find(self, codes: CodeSet) -> str:
        """The code, by its title (for laws)."""
        return titled(codes, self.family, self.title)


def person(rng: random.Random, low: int = 24, high: int = 88) -> Person:
    return Person(rng.randint(low, high), rng.random() < 0.5)


def who(rng: random.Random, one: Person, level: int) -> str:
    """``A 58-year-old man``; at level 3 also as charts shorten it."""
    noun = "man" if one.male else "woman"
    letter = "M" if one.male else "F"
    article = "An" if one.age in (8, 11, 18) or 80 <= one.age <= 89 else "A"
    long = [
        f"{article} {one.age}-year-old {noun}",
        f"{noun.capitalize()}, {one.age} years old,",
        f"{noun.capitalize()} of {one.age}",
    ]
    short = [f"{one.age} y/o {letter}", f"{one.age}{letter}", f"{one.age}-year-old {noun}"]
    return rng.choice(short if level == 3 else long)


def visit(first: str) -> str:
    """The sort of visit that the first line of a note tells: a key of ``NOISE``."""
    return next((name for name, words in _VISITS if re.search(words, first, re.IGNORECASE)), "office")


def chart(rng: random.Random, level: int, lines: Sequence[str], noise: int = 0, sort: str = "") -> str:
    """A note: running text, and at level 3 a line each, with `noise` lines that lead to no code: between them, or after
    the last where the lines are one list (burns). ``sort``: a key of ``NOISE``, else read from the first line."""
    out = [line for line in lines if line]
    sort = sort or visit(out[0])
    for line in rng.sample(NOISE[sort], noise):
        out.insert(len(out) if sort == "burns" else rng.randint(1, len(out)), line)
    return ("\n" if level == 3 else " ").join(out)


def assessed(rng: random.Random, one: Person, told: Sequence[str]) -> str:
    """Conditions as a provider writes them down, in one of several ways."""
    first, rest = told[0], list(told[1:])
    ways = [
        f"{rng.choice(['Assessment', 'Problems today', 'Diagnoses', 'Impression'])}: {'; '.join(told)}.",
        f"The assessment reads: {'; '.join(told)}.",
    ]
    if rest:
        ways.append(" ".join(f"{n}) {text}." for n, text in enumerate(told, 1)))
        ways.append(f"{capital(one.he)} is followed for {first}. Also: {'; '.join(rest)}.")
    return rng.choice(ways)


def listed(words: Sequence[str]) -> str:
    """``a, b and c``"""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def entry(
    codes: CodeSet,
    level: int,
    *,
    key: Sequence[str],
    order: Iterable[Pair] = (),
    optional: Iterable[str] = (),
    reasons: Mapping[str, str] | None = None,
    sources: tuple[Source, ...],
    **fields: Any,
) -> CodeEntry:
    """A code-entry item. Reasons for a code that happens to be in the key are left out. ``order``: pairs that a note or
    a guideline fixes, and no other; the instruction says so."""
    own = tuple(dict.fromkeys(key))
    extra = tuple(code for code in dict.fromkeys(optional) if code not in own)
    kept = {code: text for code, text in (reasons or {}).items() if code not in own + extra}
    pairs = tuple(dict.fromkeys(order))
    return CodeEntry(
        answer=CodeAnswer(codes=own, order=pairs, optional=extra),
        reasons=kept,
        sources=sources,
        **fields,
        **common.common_fields(codes, level),
    )


# -- laws ---------------------------------------------------------------------------------------------------------


class Lexicon:
    """Phrases that say a fact. Longer phrases win, so that *acute on chronic* is not read as *chronic*."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._fact = {" ".join(phrase.lower().split()): fact for fact, phrases in table.items() for phrase in phrases}
        longest = sorted(self._fact, key=len, reverse=True)
        self._pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")

    @classmethod
    def of(cls, findings: Mapping[str, Finding]) -> Lexicon:
        return cls({name: one.plain + one.brief for name, one in findings.items()})

    def find(self, text: str) -> list[str]:
        """The facts in a text, in the order in which they are told, each once."""
        read = " ".join(text.lower().split())
        return list(dict.fromkeys(self._fact[match[0]] for match in self._pattern.finditer(read)))


@lru_cache(maxsize=4096)
def titled(codes: CodeSet, family: str, *words: str) -> str:
    """The one billable code at or below `family` whose official title matches every pattern in `words`.

    Raises LookupError when there is none, or more than one: then the facts do not lead to one code.
    """
    family_codes = codes.billable_below(family) if not codes.is_billable(family) else [codes.get(family)]
    found = [
        code.code for code in family_codes if code and all(re.search(word, code.title, re.IGNORECASE) for word in words)
    ]
    if len(found) != 1:
        raise LookupError(f"{family} {words}: {found[:4]}")
    return found[0]


@lru_cache(maxsize=16384)
def _demanded(codes: CodeSet, first: str, later: str) -> bool:
    return demanding(first.replace(".", ""), later.replace(".", ""), codes) is not None


@lru_cache(maxsize=16384)
def _conflict(codes: CodeSet, a: str, b: str) -> bool:
    return codes.excludes1(a, b) is not None


def compatible(codes: CodeSet, all_codes: Sequence[str]) -> bool:
    """Every code billable, and no Excludes1 note between two of them."""
    pairs = [(a, b) for n, a in enumerate(all_codes) for b in all_codes[n + 1 :]]
    return all(codes.is_billable(code) for code in all_codes) and not any(_conflict(codes, a, b) for a, b in pairs)


def holds(
    item: Any, codes: CodeSet, wanted: Collection[str], before: Iterable[Pair] = (), loose: str = r"(?!)"
) -> bool:
    """Whether the key is `wanted`, may stand on one claim, and asks for the sequence that is due and no other.

    Due is what the notes of the Tabular List say ("use additional code", "code first") and `before`, the pairs of a
    guideline. A code that matches `loose` is asked for by a note at a whole category: with several codes of it there
    is no telling which it has to follow.
    """
    if not isinstance(item, CodeEntry) or not isinstance(item.answer, CodeAnswer):
        return False
    key, optional = item.answer.codes, item.answer.optional
    if set(key) != set(wanted) or len(key) != len(set(wanted)) or not compatible(codes, key + optional):
        return False
    due = {(a, b) for a in key for b in key if a != b and _demanded(codes, a, b)}
    for code in (one for one in key if re.match(loose, one)):
        asking = {pair for pair in due if pair[1] == code}
        due -= asking if len(asking) > 1 else set()
    return _closure(item.answer.order) == _closure(due | set(before))


def chosen(item: Any, expected: str) -> bool:
    """Whether the option with the code `expected`, and no other, is marked right."""
    marked = [(common.leading_code(one.text), one.correct) for one in item.options]
    return sum(right for _, right in marked) == 1 and all(right == (code == expected) for code, right in marked)


def _closure(pairs: Iterable[Pair]) -> set[Pair]:
    out = set(pairs)
    while more := {(a, d) for a, b in out for c, d in out if b == c} - out:
        out |= more
    return out
