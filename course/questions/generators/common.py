"""What the generators share: drawing codes fairly, and building options and sources."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from course.paths import data_dir
from course.questions.base import Option, Source

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet

#: The day somebody last compared the generators' rules with their sources.
CHECKED = dt.date(2026, 11, 22)
DOMAINS = ("CPC: ICD-10-CM", "CCA: Clinical classification systems")
#: How often a draw may start over before it is a bug. Each try is cheap; in practice a handful suffices.
TRIES = 400


@lru_cache(maxsize=8)
def teaching_categories() -> tuple[str, ...]:
    """Categories a newcomer meets early, the course's own choice (``data/codesets/teaching_categories.csv``),
    not a statistic."""
    path = data_dir() / "codesets" / "teaching_categories.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(row["category"] for row in csv.DictReader(file))


@lru_cache(maxsize=8)
def _all_categories(codes: CodeSet) -> tuple[str, ...]:
    rows = codes.connection.execute("SELECT code FROM code WHERE length(code) = 3 AND code GLOB '[A-Z]*' ORDER BY n")
    return tuple(code for (code,) in rows)


def category(rng: random.Random, codes: CodeSet, level: int) -> str:
    """A category drawn evenly, so that injuries (60 % of all codes) do not crowd out the rest. Level 1 keeps
    to the common ones."""
    return rng.choice(teaching_categories() if level == 1 else _all_categories(codes))


@lru_cache(maxsize=16)
def categories_with(codes: CodeSet, rule: str, level: int) -> tuple[str, ...]:
    """Categories with 7th characters of a sort: ``plain`` (A, D, S), ``fracture`` (they tell of healing), ``other``,
    ``many`` (more than three characters), ``any``.

    Level 1 keeps to the teaching categories where it can.
    """
    meanings: dict[str, dict[str, str]] = {}
    for owner, char, meaning in codes.connection.execute("SELECT owner, char, meaning FROM seventh ORDER BY rowid"):
        meanings.setdefault(owner, {})[char] = meaning
    owners = {
        owner
        for owner, chars in meanings.items()
        if rule in ("any", seventh_sort(chars)) or (rule == "many" and len(chars) > 3)
    }
    rows = codes.connection.execute(
        "SELECT DISTINCT substr(code, 1, 3) FROM code WHERE length(code) = 8 AND billable ORDER BY 1"
    )
    found = tuple(
        name
        for (name,) in rows
        if any(
            owner[:3] == name or (above is not None and owner == above.code)
            for owner in owners
            for above in [codes.parent(name)]
        )
    )
    common_ones = tuple(name for name in found if name in teaching_categories())
    return common_ones if level == 1 and len(common_ones) >= 10 else found


def seventh_sort(meanings: Mapping[str, str]) -> str:
    """``plain``, ``fracture`` or ``other``: the three sorts of 7th-character lists that a learner meets."""
    if set(meanings) <= set("ADS"):
        return "plain"
    return "fracture" if "healing" in " ".join(meanings.values()) else "other"


def draw_until(
    rng: random.Random, codes: CodeSet, level: int, find: Callable[[str], Any], pool: Sequence[str] | None = None
) -> Any:
    """Draw categories (of `pool`, otherwise by level) until `find(category)` returns something.

    Raises RuntimeError after ``TRIES`` draws: the edition holds nothing of the kind (a bug, or a very unusual edition).
    """
    for _ in range(TRIES):
        found = find(rng.choice(pool) if pool else category(rng, codes, level))
        if found is not None:
            return found
    raise RuntimeError(f"nothing to draw in {codes.label} after {TRIES} tries")


def headings(codes: CodeSet, family: str) -> list[Code]:
    """The headings at and below `family`, in the order of the book."""
    rows = codes.connection.execute(
        "SELECT code FROM code WHERE NOT billable AND n BETWEEN (SELECT n FROM code WHERE code = ?) AND "
        "(SELECT stop FROM code WHERE code = ?) ORDER BY n",
        (family, family),
    )
    found = (codes.get(code) for (code,) in rows)
    return [code for code in found if code is not None]


def options(
    rng: random.Random, right: Iterable[tuple[str, str]], wrong: Iterable[tuple[str, str]]
) -> tuple[Option, ...]:
    """(text, why) pairs, shuffled, so that the key is at no place more often than at another."""
    out = [Option(text=text, why=why, correct=True) for text, why in right]
    out += [Option(text=text, why=why) for text, why in wrong]
    rng.shuffle(out)
    return tuple(out)


def named(code: Code) -> str:
    """``**S52.521A** Torus fracture …``"""
    return f"**{code.code}** {code.title}"


def leading_code(text: str) -> str:
    """The code at the head of an option made by ``named``."""
    return text.split("**")[1] if text.startswith("**") else text.split()[0]


#: What a list of 7th characters asks, told by a word in its meanings; the first that fits.
_ASKS = {
    "encounter": "what kind of encounter this is",
    "fetus": "which fetus is concerned",
    "right eye": "which eye is concerned",
    "tophus": "whether there are tophi",
    "hospital admission": "when the coma scale was taken",
    "stage": "how far the disease has come",
    "retinal": "what has become of the blocked vein",
}


def seventh_asks(meanings: Mapping[str, str]) -> str:
    """What a list of 7th characters asks, as a clause: not every list is about the encounter."""
    together = " ".join(meanings.values())
    return next((asked for word, asked in _ASKS.items() if word in together), "one thing more")


def not_complete(codes: CodeSet, head: Code) -> str:
    """Why `head` cannot be billed, as a sentence. A code that lacks nothing but its 7th character is an
    incomplete code, not a heading (Guidelines I.A.2)."""
    chars = codes.valid_seventh(head.code)
    if chars:
        return f"{head.code} is not complete: it still lacks its 7th character ({', '.join(chars)})."
    below = codes.children(head.code)
    stand = "entry stands" if len(below) == 1 else "entries stand"
    return f"{head.code} is a heading: {len(below)} {stand} right below it, the first of them {below[0].code}."


def tabular(codes: CodeSet, where: str, *more: Source) -> tuple[Source, ...]:
    """The Tabular List as source: the last one that was published whole, and the yearly changes on top of it."""
    base = f"FY{codes.meta('tabular_version')}"
    edition = base if base == f"FY{codes.edition}" else f"{base}, with the code changes of FY{codes.edition}"
    return (Source(ref=f"ICD-10-CM Tabular List, {where}", edition=edition, checked=CHECKED), *more)


def guideline(section: str) -> Source:
    """A section of the Official Guidelines (the FY2025 text is the one that was read)."""
    return Source(ref=f"ICD-10-CM Guidelines {section}", edition="FY2025", checked=CHECKED)


def distinct(texts: Sequence[str]) -> bool:
    return len({" ".join(text.casefold().split()) for text in texts}) == len(texts)


def common_fields(codes: CodeSet, level: int, **own: Any) -> dict[str, Any]:
    """The fields every drawn item has."""
    return {"difficulty": level, "domains": DOMAINS, "editions": (codes.edition,), "tags": ("generated",), **own}
