"""A built row of word parts laid beside the row that is right, and what to say of each part. For the word builder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from course.language import word_parts

#: What the sorts of parts are called on a card and on paper.
HEADS = {"prefix": "Prefixes", "root": "Roots", "vowel": "Combining vowels", "suffix": "Suffixes"}


@dataclass(frozen=True, slots=True)
class Laid:
    """``states``: for each part of the row right, wrong (it stands for ``wanted``), order (it belongs elsewhere) or
    extra. ``missing``: parts of the key that nothing stands for; ``gaps``: neighbors that fit and lack their vowel."""

    row: tuple[str, ...]
    key: tuple[str, ...]
    score: float
    states: tuple[str, ...]
    wanted: tuple[str, ...]
    missing: tuple[str, ...]
    gaps: tuple[tuple[str, str], ...]


def lay(row: Sequence[str], key: Sequence[str]) -> Laid:
    """Lay a row beside the key with as many parts in place as possible. Score 1 exactly when they are equal."""
    row, key = tuple(row), tuple(key)
    pairs = _pairs(row, key)
    at = {n: m for n, m in pairs if n is not None and m is not None}
    fits = {n: m for n, m in at.items() if row[n] == key[m]}
    free = [m for m in range(len(key)) if m not in fits.values()]
    states, wanted = ["right" if n in fits else "extra" for n in range(len(row))], [""] * len(row)
    for n, token in enumerate(row):  # what is in the key, and not yet found at its place, belongs elsewhere
        place = next((m for m in free if key[m] == token), None) if n not in fits else None
        if place is not None:
            states[n] = "order"
            free.remove(place)
    for n in range(len(row)):
        if states[n] == "extra" and at.get(n) in free:
            states[n], wanted[n] = "wrong", key[at[n]]
            free.remove(at[n])
    where = {m: n for n, m in fits.items()}
    gaps = tuple(
        (key[m - 1], key[m + 1])
        for m in free
        if word_parts.is_vowel(key[m]) and {m - 1, m + 1} <= where.keys() and where[m + 1] == where[m - 1] + 1
    )
    score = max(0, 2 * len(fits) - len(row)) / len(key)
    return Laid(row, key, score, tuple(states), tuple(wanted), tuple(key[m] for m in free), gaps)


def _pairs(row: tuple[str, ...], key: tuple[str, ...]) -> list[tuple[int | None, int | None]]:
    """The best way to make one row of the other: a part stays, stands for one of its sort, is added or dropped.
    Places in both rows; None where a part has no partner."""

    @cache
    def best(n: int, m: int) -> tuple[int, tuple[tuple[int | None, int | None], ...]]:
        if n == len(row) and m == len(key):
            return 0, ()
        tries = []
        if n < len(row) and m < len(key):
            same = row[n] == key[m]
            if same or word_parts.kind_of(row[n]) == word_parts.kind_of(key[m]):
                gain, rest = best(n + 1, m + 1)
                # One part in place is worth more than any number that only stand for others: the score counts it.
                tries.append((gain + (100 if same else 1), ((n, m), *rest)))
        if n < len(row):
            gain, rest = best(n + 1, m)
            tries.append((gain, ((n, None), *rest)))
        if m < len(key):
            gain, rest = best(n, m + 1)
            tries.append((gain, ((None, m), *rest)))
        return max(tries, key=lambda one: one[0])

    return list(best(0, 0)[1])


def about_vowel(row: Sequence[str], n: int, state: str) -> str:
    """Why the vowel at a place of the row does not belong there: a sentence."""
    vowel = row[n]
    if n == 0:
        return "No word begins with a combining vowel: it joins a root to what follows."
    if n == len(row) - 1:
        return f"After the **{vowel}** nothing follows that it could join."
    left, right = row[n - 1], row[n + 1]
    if word_parts.is_vowel(left):
        return "One combining vowel is enough between two parts."
    if state == "wrong":
        return f"A vowel does belong here, but **{left}** does not take **{vowel}**."
    if not word_parts.bridge(left, right) and not word_parts.is_vowel(right):
        return word_parts.why(left, right)
    return f"Look at this **{vowel}** again when its neighbors are right."


def about_place(token: str, row: Sequence[str], n: int) -> str:
    """What to do with a part that belongs to the word and stands at another place of it."""
    sort = word_parts.kind_of(token)
    if sort == "prefix" and n:
        return f"**{token}** is a prefix, as its hyphen shows: it stands before the roots."
    if sort == "suffix" and n < len(row) - 1:
        return f"**{token}** is a suffix, as its hyphen shows: it closes the word."
    if sort == "root" and any(word_parts.kind_of(one) == "prefix" for one in row[n + 1 :]):
        return f"**{token}** is a root: it stands after the prefix, whose hyphen shows that something follows."
    return f"**{token}** belongs to the word, at another place. Read the meaning once more, in its order."


def about_gap(left: str, right: str) -> str:
    """That a combining vowel is missing between two neighbors, and why one is needed. Names no vowel."""
    if word_parts.kind_of(right) == "suffix":
        rule = "a suffix that begins with a consonant needs a combining vowel before it"
    else:
        rule = "two roots are joined by a combining vowel, even where the second begins with a vowel"
    return f"Between **{left}** and **{right}** the bridge is missing: {rule}."
