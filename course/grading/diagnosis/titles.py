"""Read code titles: what two titles share, what one says that the other does not, what tells siblings apart.

Works on words, not on positions, so that "Bilateral primary osteoarthritis of hip" and "Unilateral primary
osteoarthritis, left hip" can be compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’.%/-]*")
#: Words that carry no difference worth telling.
_SMALL = frozenset("a an and as at by due for from in into nec of on or s the to with within".split())
#: Words that mean little without the one after them, and words that a number or letter belongs to.
_OPENERS = frozenset({"with", "without", "no", "not"})
_HEADS = frozenset({"stage", "type", "category", "degree", "fetus", "level", "grade"})
#: Words that mean nothing at the end of a phrase, and at its beginning.
_DANGLING = frozenset("and as by due for from in into of on or specified the to".split())
_JOINING = frozenset("and as of or specified to".split())
#: Words that could stand in almost any title.
_GENERAL = frozenset(
    "fracture injury disorder disease condition syndrome other specified type level site unspecified".split()
)
#: Words by which a title leaves something open.
_OPEN_WORDS = frozenset("unspecified nos organism cause documented classified elsewhere".split())
_PARENTHESES = re.compile(r"\s*[(\[][^()\[\]]{3,}[)\]]")


@lru_cache(maxsize=8192)
def words(title: str) -> tuple[str, ...]:
    """The words of a title in small letters, punctuation left out."""
    return tuple(word.lower().strip("'’.-/") for word in _WORD.findall(title))


def _stem(word: str) -> str:
    """A word for comparison: "Fractures" and "fracture" are the same."""
    word = word.lower().strip("'’.-/")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


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
    """The words of `title` that `other` lacks, as they stand in it: the run that says most ("" when there is none).

    >>> only_in("Displaced fracture of neck of left radius", "Nondisplaced fracture of neck of left radius")
    'Displaced'
    """
    spare = Counter(_stem(word) for word in words(other))
    found = list(_WORD.finditer(title))
    runs: list[list[int]] = [[]]
    for at, match in enumerate(found):
        word = _stem(match[0])
        if spare[word]:
            spare[word] -= 1
            runs.append([])
        else:
            runs[-1].append(at)
    best, best_weight = range(0), 0
    for run in runs:
        span = _trim([found[at][0] for at in run])
        weight = sum(_weight(found[run[at]][0]) for at in span)
        if span and _numbered(found, run[span.start]):
            weight += 1  # "stage 5" says more than "renal"
        if span and weight >= max(best_weight, 1):
            best, best_weight = range(run[span.start], run[span.stop - 1] + 1), weight
    if not best:
        return ""
    start, end = best.start, min(best.stop, best.start + most)
    if _numbered(found, start):
        start -= 1  # "stage 3b", not "3b"
    if found[end - 1][0].lower() == "through":
        end = min(len(found), end + 1 + (found[min(end, len(found) - 1)][0].lower() in _HEADS))
    if found[end - 1][0].lower() in _OPENERS:
        end = min(len(found), end + 3)  # "without esophagitis", not "without"
    return _closed(title, found[start].start(), found[end - 1].end()).strip(" ,;.-/")


def _numbered(found: Sequence[re.Match[str]], at: int) -> bool:
    """Does a word with a number or a letter of its own stand before this one, as in "stage 3b"?"""
    word = found[at][0]
    return at > 0 and found[at - 1][0].lower() in _HEADS and (len(word) < 4 or word[0].isdigit())


def _closed(title: str, start: int, end: int) -> str:
    """A piece of a title with its parentheses whole: the missing one is taken in, or what it opens is left out."""
    piece = title[start:end]
    for opening, closing in ("()", "[]"):
        if piece.rfind(opening) > piece.rfind(closing):
            after = title.find(closing, end)
            end = after + 1 if 0 <= after <= end + 1 else start + piece.rfind(opening)
            piece = title[start:end]
        at, other = piece.find(closing), piece.find(opening)
        if at >= 0 and (other < 0 or at < other):
            start = start - 1 if title[start - 1 : start] == opening else start + at + 1
            piece = title[start:end]
    return piece


def about(title: str, other: str) -> bool:
    """Does what the title names, "unspecified" and the like left aside, stand in the other title too?"""
    named = {_stem(word) for word in words(title) if _weight(word) > 1} - _OPEN_WORDS
    there = {_stem(word) for word in words(other)}
    return not named or bool(named & there)


def telling(phrase: str) -> bool:
    """Does a phrase say something particular, not only "other" or "fracture"?"""
    return any(_weight(word) > 1 for word in words(phrase))


def _weight(word: str) -> int:
    """What a word contributes to a difference: nothing when small, little when it could stand in any title."""
    word = _stem(word)
    return 0 if word in _SMALL else 1 if word in _GENERAL else 3


def shared(title: str, other: str, least: int = 3) -> str:
    """The end or the beginning that two titles share, if it holds at least `least` words of meaning, else ""."""
    mine, theirs = list(_WORD.finditer(title)), [_stem(word) for word in words(other)]
    stems = [_stem(match[0]) for match in mine]
    head = _common([stems, theirs])
    tail = min(_common([stems[::-1], theirs[::-1]]), min(len(stems), len(theirs)) - head)
    for run in (mine[len(mine) - tail :], mine[:head]):
        span = _trim([match[0] for match in run])
        if span and run[span.stop - 1][0].lower() in _HEADS:
            span = span[:-1]
        if sum(_stem(run[at][0]) not in _SMALL for at in span) >= least:
            return title[run[span.start].start() : run[span.stop - 1].end()]
    return ""


def _trim(run: Sequence[str]) -> range:
    """The part of a run of words that is left when small words at both ends are dropped."""
    start, end = 0, len(run)
    while start < end and run[start].lower() in _SMALL - _OPENERS:
        start += 1
    while end > start and run[end - 1].lower() in _SMALL - _OPENERS:
        end -= 1
    return range(start, end)


def labels(titles: Sequence[str], parent: str = "") -> list[str]:
    """For sibling titles, what is not common to all of them; for an only child, what its parent does not say."""
    if len(titles) == 1:
        return [only_in(titles[0], parent) or titles[0]]
    cut = [_PARENTHESES.sub("", title).split() for title in titles]
    folded = [[piece.lower().strip(",;") for piece in pieces] for pieces in cut]
    if len({*map(tuple, folded)}) < len(folded):
        cut = [title.split() for title in titles]
        folded = [[piece.lower().strip(",;") for piece in pieces] for pieces in cut]
    head = _common(folded)
    while head and _belongs(folded[0][head - 1], [pieces[head : head + 1] for pieces in folded]):
        head -= 1  # "stage 3a", not "3a"
    tail = min(_common([pieces[::-1] for pieces in folded]), min(map(len, folded), default=0) - head)
    while tail and folded[0][-tail] in _HEADS:
        tail -= 1  # "first degree", not "first"
    if any(not _stands(pieces[head : len(pieces) - tail], tail) for pieces in folded):
        tail = 0
    middles = _without_usual_head([pieces[head : len(pieces) - tail] for pieces in cut])
    return [" ".join(row).strip(",; ") or title for row, title in zip(middles, titles, strict=True)]


def _belongs(word: str, following: Sequence[Sequence[str]]) -> bool:
    """Is a word, last of a shared beginning, part of what comes after it: "stage" before numbers, "without"?"""
    short = all(len(piece) < 4 or piece[0].isdigit() for pieces in following for piece in pieces)
    return word in _OPENERS or (word in _HEADS and short)


def _stands(row: Sequence[str], tail: int) -> bool:
    """Does a title still say something when its last words, `tail` of them, are left out? "Not specified as" and "or
    unspecified chronic kidney" do not.
    """
    if not row or row[-1] in _OPENERS | _DANGLING:
        return False
    return not tail or "or" not in row


def _without_usual_head(rows: list[list[str]]) -> list[list[str]]:
    """Leave out a beginning that most rows share: "Fracture of" before the bones of the forearm, "Pressure ulcer of
    sacral region," before the stages. The longest after which each row still begins with a sense of its own.
    """
    most = max(2, round(0.6 * len(rows)))
    folded = [[piece.lower() for piece in row] for row in rows]
    for size in range(max(map(len, rows), default=1) - 1, 0, -1):
        heads = Counter(tuple(row[:size]) for row in folded if len(row) > size)
        head, count = heads.most_common(1)[0] if heads else ((), 0)
        if count < most:
            continue
        if head[-1] in ("and", "or"):
            return rows  # a shorter beginning would end inside what is joined
        mine = [tuple(row[:size]) == head and len(row) > size for row in folded]
        after = [row[size : size + 1] for row, cut in zip(folded, mine, strict=True) if cut]
        if not _belongs(head[-1], after) and not any(word in _JOINING for (word,) in after):
            return [row[size:] if cut else row for row, cut in zip(rows, mine, strict=True)]
    return rows


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
    pieces = title.replace("(s)", "s").split()
    for i, piece in enumerate(pieces):
        word = piece.lower().strip(",;()[]")
        if word not in ("unspecified", "nos"):
            continue
        tail = pieces[i + 1 : i + 3]
        if word == "unspecified" and tail and not piece.endswith((",", ";")):
            if len(tail) == 2 and (tail[0].endswith((",", ";")) or tail[1].lower().strip(",;") in _SMALL):
                tail = tail[:1]
            return " ".join([piece, *tail]).strip(" ,;()[]")
        return " ".join(pieces[max(0, i - 2) : i + 1]).strip(" ,;()[]")
    return ""


def without_alternative(title: str) -> str:
    """The title without an "or unspecified …" at its end, which leaves nothing open that stands before it.

    >>> without_alternative("Kidney disease with stage 1 through stage 4 kidney disease, or unspecified kidney disease")
    'Kidney disease with stage 1 through stage 4 kidney disease'
    """
    return re.sub(r",\s+or unspecified\b.*$", "", title)


def claims_unspecified(title: str) -> bool:
    """Does the title say that something is not known: "unspecified", "NOS", "not otherwise specified"?

    "Other and unspecified" and "stage 1 to 4, or unspecified" are no such claim.
    """
    text = re.sub(r"\b(?:other and|or) unspecified\b", "", " ".join(words(title)))
    return bool(re.search(r"\bunspecified\b|\bnos\b|\bnot otherwise specified\b", text))


def claims_other(title: str) -> bool:
    """Does the title say that the record has a detail without a code of its own: "other", "NEC"?

    "In other diseases", "other than" and "other and unspecified" are no such claim.
    """
    text = " ".join(words(title))
    text = re.sub(r"\bother (?:than|and unspecified|or unspecified|diseases classified elsewhere)\b", "", text)
    return bool(re.search(r"\bother\b|\bnec\b|\bnot elsewhere classified\b", text))
