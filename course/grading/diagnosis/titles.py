"""Read code titles: what two titles share, what one says that the other does not, what tells siblings apart.

Works on words, not on positions, so that "Bilateral primary osteoarthritis of hip" and "Unilateral primary osteoarthritis,
left hip" can be compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’.%/-]*")
#: Words that carry no difference worth telling.
_SMALL = frozenset("a an and as at by due for from in into nec of on or other's s the to with within".split())


@lru_cache(maxsize=4096)
def words(title: str) -> tuple[str, ...]:
    """The words of a title in small letters, punctuation left out."""
    return tuple(word.lower().strip("'’.-/") for word in _WORD.findall(title))


def has_phrase(title: str, *phrases: str) -> bool:
    """Does the title contain one of these phrases as whole words?"""
    text = " " + " ".join(words(title)) + " "
    return any(f" {phrase} " in text for phrase in phrases)


def shorten(text: str, most: int = 16) -> str:
    """The text, cut to `most` words with an ellipsis; parentheses and brackets go first when it is too long."""
    text = " ".join(text.split())
    if len(text.split()) > most:
        text = " ".join(re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", text).split()) or text
    pieces = text.split()
    return text if len(pieces) <= most else " ".join(pieces[:most]).rstrip(",;:") + " …"


def only_in(title: str, other: str, most: int = 8) -> str:
    """The words of `title` that `other` lacks, as they stand in it, longest run first ("" when there are none).

    >>> only_in("Displaced fracture of neck of left radius", "Nondisplaced fracture of neck of left radius")
    'Displaced'
    """
    spare = Counter(words(other))
    runs: list[list[str]] = [[]]
    for match in _WORD.finditer(title):
        word = match[0].lower().strip("'’.-/")
        if spare[word]:
            spare[word] -= 1
            runs.append([])
        else:
            runs[-1].append(match[0].rstrip(".'’-/"))
    telling = [run for run in runs if any(word.lower() not in _SMALL for word in run)]
    if not telling:
        return ""
    best = max(telling, key=lambda run: sum(word.lower() not in _SMALL for word in run))
    return " ".join(_trim(best)[:most])


def shared(title: str, other: str, least: int = 3) -> str:
    """The longest run of words both titles have, when it holds at least `least` words of meaning, else ""."""
    mine, theirs = words(title), words(other)
    if not mine or not theirs:
        return ""
    best_start = best_size = 0
    sizes = [0] * (len(theirs) + 1)
    for i, word in enumerate(mine):
        row = [0] * (len(theirs) + 1)
        for j, their in enumerate(theirs):
            if word == their:
                row[j + 1] = sizes[j] + 1
                if row[j + 1] > best_size:
                    best_size, best_start = row[j + 1], i - row[j + 1] + 1
        sizes = row
    run = _trim(list(mine[best_start : best_start + best_size]))
    return " ".join(run) if sum(word not in _SMALL for word in run) >= least else ""


def _trim(run: list[str]) -> list[str]:
    """Drop small words at both ends."""
    start, end = 0, len(run)
    while start < end and run[start].lower() in _SMALL:
        start += 1
    while end > start and run[end - 1].lower() in _SMALL:
        end -= 1
    return run[start:end]


def labels(titles: Sequence[str], parent: str = "", most: int = 5) -> list[str]:
    """For sibling titles, what each says that is not common to all (or is not in the parent's title), at most `most` words."""
    if not titles:
        return []
    if len(titles) == 1:
        return [shorten(only_in(titles[0], parent, most) or titles[0], most)]
    cut = [title.split() for title in titles]
    folded = [[piece.lower().strip(",;") for piece in pieces] for pieces in cut]
    head = _common(folded)
    tail = min(_common([pieces[::-1] for pieces in folded]), min(map(len, folded)) - head)
    out = []
    for pieces, title in zip(cut, titles, strict=True):
        middle = " ".join(pieces[head : len(pieces) - tail]).strip(",; ")
        if len(middle.split()) > most:
            middle = only_in(title, parent, most) or middle
        out.append(shorten(middle or "none of these", most))
    return out


def _common(rows: list[list[str]]) -> int:
    """How many leading items all rows share."""
    count = 0
    for column in zip(*rows, strict=False):
        if len(set(column)) > 1:
            break
        count += 1
    return count


def unspecified_phrase(title: str) -> str:
    """The words that leave it open: "Unspecified fracture", "stage 3 unspecified", "Heart failure, unspecified".

    "" when the title leaves nothing open.
    """
    pieces = title.split()
    for i, piece in enumerate(pieces):
        word = piece.lower().strip(",;()[]")
        if word not in ("unspecified", "nos"):
            continue
        if word == "unspecified" and i + 1 < len(pieces) and not piece.endswith((",", ";")):
            tail = pieces[i + 1 : i + 3]
            return " ".join([piece, *_trim(tail if not tail[0].endswith((",", ";")) else tail[:1])]).strip(" ,;()[]")
        return " ".join(pieces[max(0, i - 2) : i + 1]).strip(" ,;()[]")
    return ""


def claims_unspecified(title: str) -> bool:
    """Does the title say that something is not known: "unspecified", "NOS", "not otherwise specified"?"""
    return has_phrase(title, "unspecified", "nos", "not otherwise specified", "without further specification")


def claims_other(title: str) -> bool:
    """Does the title say that the record has a detail without a code of its own: "other", "NEC", "not elsewhere classified"?

    "In other diseases" and "other than" are no such claim, and neither is "other" beside "unspecified".
    """
    text = " ".join(words(title))
    text = re.sub(r"\bother (?:than|and unspecified|diseases classified elsewhere)\b|\bin other diseases\b", "", text)
    return bool(re.search(r"\bother\b|\bnec\b|\bnot elsewhere classified\b", text))
