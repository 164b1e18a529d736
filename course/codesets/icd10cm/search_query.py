"""From what a learner typed to what the index can be asked: words, their relatives, and other readings of the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from course.codesets.icd10cm import search_terms, search_words
from course.codesets.icd10cm.search_corpus import Corpus
from course.codesets.icd10cm.search_terms import Alias, Lists
from course.codesets.icd10cm.search_words import stem

ROOT_SHARE = 0.8
FUZZY_SHARE = 0.8
#: A correction of a word with fewer letters than this weighs at most this share of the heaviest word that needs none.
LIKE_MANY, GUESS_SHARE = 5, 0.9
#: A beginning of a word that stands for more words than this is only used to sort what the other words find.
MAX_COMPLETIONS = 160
MAX_READINGS = 3
#: What a likely or unlikely slip is worth when misspellings are compared; one letter changed, added or lost is 1.
HALF = 0.5
#: Everyday words that are abbreviations only when they stand alone: "hi blood pressure" has no homicidal ideations.
ALONE = {"hi": "high"}


@dataclass(slots=True)
class Token:
    """One word of a reading. ``stems``: stem number -> share of the token's weight that meeting it is worth."""

    word: str
    weight: float = 0.0
    stems: dict[int, float] = field(default_factory=dict)
    wide: bool = False  # the beginning of very many words
    corrected: str = ""
    sure: bool = False  # the correction is next to what was typed
    unfinished: bool = False
    known: bool = False  # the word itself is in the book
    exact: int = -1  # number of its own stem

    def exact_stems(self) -> Iterable[int]:
        """Without its relatives and the words that it may become, if it is in the book itself."""
        return [s for s, share in self.stems.items() if share == 1.0] if self.known else self.stems


@dataclass(slots=True)
class Reading:
    """One way to understand the query.

    ``alias`` is the row of the lists that it rests on; None for the words as typed.
    """

    tokens: list[Token]
    alias: Alias | None = None
    lost: int = 0  # words that mean nothing in this reading
    spelled: tuple[tuple[str, str], ...] = ()  # (typed, read as) where the words themselves were replaced

    def corrections(self) -> list[tuple[str, str]]:
        """(typed, read as) pairs of the misspelled words."""
        return [*self.spelled, *((token.word, token.corrected) for token in self.tokens if token.corrected)]


def readings(corpus: Corpus, text: str, lists: Lists | None = None) -> list[Reading]:
    """The words as typed, then up to ``MAX_READINGS`` other readings from the alias lists; empty without a word."""
    typed = search_words.content(text) or search_words.words(text)
    typed = _as_one(corpus, typed[: search_words.MAX_TOKENS])
    if not typed:
        return []
    lists = lists or corpus.lists or search_terms.read()
    unfinished = text[-1:].isalnum()
    if len(typed) > 1 and not lists.meaning(stem(word) for word in typed):
        typed = [ALONE.get(word, word) for word in typed[:-1]] + typed[-1:]
    found = _read(corpus, lists, typed, unfinished)
    understood = {word for reading in found if reading.alias for word in search_words.words(reading.alias.says)}
    slips = {token.word: token.corrected for token in found[0].tokens if token.sure} if found else {}
    slips = {word: read for word, read in slips.items() if word not in understood}
    for reading in found:
        _take_as_written(reading, understood)
    if slips:
        # read it once more as if it had been written so: the lists know the right spelling only
        right = [slips.get(word, word) for word in typed]
        doubtful = frozenset(read for word, read in slips.items() if len(word) < LIKE_MANY)
        for reading in _read(corpus, lists, right, unfinished and typed[-1] not in slips, doubtful):
            reading.spelled = tuple(slips.items())
            found.append(reading)
    return found


def _read(
    corpus: Corpus, lists: Lists, typed: list[str], unfinished: bool, guessed: frozenset[str] = frozenset()
) -> list[Reading]:
    """``guessed``: words among `typed` that were put for short ones that the book does not have."""
    found: list[Reading] = []
    for words, alias in [(typed, None), *_joined_readings(corpus, typed), *_alias_readings(lists, typed)]:
        tokens: list[Token] = []
        for i, word in enumerate(words):
            tokens += _tokens(
                corpus, lists, word, unfinished and i == len(words) - 1 and (alias is None or word == typed[-1])
            )
        kept = _once([token for token in tokens if token.stems or token.wide])
        _guess_less(kept, guessed)
        if kept:
            found.append(Reading(kept, alias, len(tokens) - len(kept)))
    return found


def _guess_less(tokens: list[Token], guessed: frozenset[str]) -> None:
    """Let no correction of a short word weigh more than the words that are in the book as they were typed.

    "Big" is not a misspelled "binge": a short word is like many, and a rare one among them would decide everything.
    """
    sure = [token.weight for token in tokens if token.known and token.word not in guessed]
    for token in tokens:
        if sure and ((token.corrected and len(token.word) < LIKE_MANY) or token.word in guessed):
            token.weight = min(token.weight, GUESS_SHARE * max(sure))


def _take_as_written(reading: Reading, understood: set[str]) -> None:
    """Leave out the correction of a short word that the lists have as it stands ("big toe")."""
    kept = [t for t in reading.tokens if not (t.corrected and t.word in understood and len(t.word) < LIKE_MANY)]
    if kept and len(kept) < len(reading.tokens):
        reading.lost += len(reading.tokens) - len(kept)
        reading.tokens = kept


def _once(tokens: list[Token]) -> list[Token]:
    """Without the words that say again what one before them says, as the heads of an index do (``tibia, tibial``)."""
    kept: list[Token] = []
    for token in tokens:
        again = any(token.exact in k.stems and k.exact in token.stems and k.known for k in kept) and token.known
        if not again or search_words.contrast_bits((token.word,)):
            kept.append(token)
    return kept


def _joined_readings(corpus: Corpus, typed: list[str]) -> Iterable[tuple[list[str], None]]:
    """``gall stones`` as ``gallstones``."""
    for i, (left, right) in enumerate(zip(typed, typed[1:], strict=False)):
        if corpus.word_id(left + right) >= 0:
            yield [*typed[:i], left + right, *typed[i + 2 :]], None
            return


def _alias_readings(lists: Lists, typed: list[str]) -> Iterable[tuple[list[str], Alias]]:
    stems = [stem(word) for word in typed]
    count = 0
    for length in range(min(5, len(stems)), 0, -1):
        for start in range(len(stems) - length + 1):
            if length == 1 < len(typed) and typed[start] in ALONE:
                continue
            for alias in lists.meaning(stems[start : start + length]):
                yield [*typed[:start], *search_words.content(alias.means), *typed[start + length :]], alias
                count += 1
                if count == MAX_READINGS:
                    return


def _tokens(corpus: Corpus, lists: Lists, word: str, unfinished: bool) -> list[Token]:
    """The token of a word; two when it is two words written as one."""
    token = Token(word, unfinished=unfinished)
    root = stem(word)
    exact = corpus.stem_id(root)
    if exact >= 0:
        token.stems[exact] = 1.0
        token.known, token.exact = True, exact
    for other in lists.roots.get(root, ()):
        if (i := corpus.stem_id(other)) >= 0:
            token.stems.setdefault(i, ROOT_SHARE)
    if unfinished:
        _complete(corpus, token, known=exact >= 0)
    if not token.stems and not token.wide:
        _begin_alias(corpus, lists, token)
    if not token.stems and not token.wide and (cut := _cut(corpus, word)):
        left, right = (_tokens(corpus, lists, part, False)[0] for part in (word[:cut], word[cut:]))
        left.word, left.corrected = word, f"{word[:cut]} {word[cut:]}"
        return [left, right]
    if not token.stems and not token.wide and len(word) > 2 and word.isalpha():
        _correct(corpus, token)
    _weigh(corpus, token, exact)
    return [token]


def _weigh(corpus: Corpus, token: Token, exact: int) -> None:
    if exact >= 0:
        token.weight = corpus.weight[exact]
    elif token.stems:
        # a word that is not in the book counts like the most usual of its relatives
        token.weight = max(min(corpus.weight[s] for s in token.stems), 0.8)


def _complete(corpus: Corpus, token: Token, known: bool) -> None:
    """Add the words that begin like an unfinished one."""
    low, high = corpus.beginning(token.word)
    if high - low > MAX_COMPLETIONS:
        token.wide = True
        return
    length = len(token.word)
    for w in range(low, high):
        share = 0.55 + 0.4 * length / len(corpus.words[w])
        if known:
            share *= 0.8
        s = corpus.word_stem[w]
        if share > token.stems.get(s, 0.0):
            token.stems[s] = share


def _begin_alias(corpus: Corpus, lists: Lists, token: Token) -> None:
    """``buckl``: the beginning of a word that only the alias lists have."""
    if token.unfinished and len(token.word) > 2:
        for alias in lists.beginning(token.word):
            for word in search_words.content(alias.means):
                if (i := corpus.stem_id(stem(word))) >= 0:
                    token.stems.setdefault(i, FUZZY_SHARE)


def _cut(corpus: Corpus, word: str) -> int:
    """Where ``heartattack`` falls into two words of the book; 0 when it does not."""
    for cut in range(len(word) - 3, 2, -1):
        if corpus.word_id(word[:cut]) >= 0 and corpus.word_id(word[cut:]) >= 0:
            return cut
    return 0


def _correct(corpus: Corpus, token: Token) -> None:
    """Read a word that is nowhere in the book as the nearest one that is."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    word = token.word
    allowed = 1 if len(word) < 5 else 2 if len(word) < 9 else 3
    found: dict[int, float] = {}  # number of a word -> how far it is
    whole: set[int] = set()
    low, high = corpus.beginning(word[0])
    if token.unfinished:
        # still being typed: compare with the beginnings of words that share its first letter, and with whole ones
        starts = [w[: len(word)] for w in corpus.words[low:high]]
        near = process.extract(word, starts, scorer=OSA.distance, score_cutoff=min(allowed, 2), limit=12)
        found = {low + i: distance + HALF for _, distance, i in near}
    few = token.unfinished and found and min(found.values()) <= 1 + HALF
    first, last = (low, high) if few or len(word) < 5 else (0, len(corpus.words))
    near = process.extract(
        word, corpus.words[first:last], scorer=OSA.distance, score_cutoff=max(allowed, 2), limit=40 if few else 30
    )
    for other, distance, i in near:
        if distance <= allowed or _dropped(word, other):
            whole.add(first + i)
            found[first + i] = min(_far(word, other, int(distance)), found.get(first + i, 9.0))
    if not found and first:
        near = process.extract(word, corpus.words, scorer=OSA.distance, score_cutoff=allowed, limit=6)
        found = {i: _far(word, other, int(distance)) for other, distance, i in near}
    if not found:
        return
    # the nearest, then a whole word, the same first letter, and the more usual word
    alike = sorted(
        found,
        key=lambda i: (
            found[i],
            i not in whole,
            corpus.words[i][0] != word[0],
            corpus.weight[corpus.word_stem[i]],
        ),
    )
    best = found[alike[0]]
    for place, i in enumerate([i for i in alike if found[i] < best + 1][:6]):
        token.stems.setdefault(corpus.word_stem[i], FUZZY_SHARE - 0.05 * min(place, 4) - 0.1 * (found[i] > best))
    token.corrected = corpus.words[alike[0]]
    token.sure = best <= 1 or (alike[0] in whole and _dropped(word, token.corrected))


def _far(word: str, other: str, distance: int) -> float:
    """How far a whole word is: a wrong first or last letter is rarer than a letter dropped or doubled."""
    return distance + HALF * (word[0] != other[0]) + HALF * (word[-1] != other[-1]) - HALF * _dropped(word, other)


def _dropped(word: str, other: str) -> bool:
    """Does only a letter or two within one of them make the other (``presure``, ``asma``, ``anemmia``)?"""
    if word[0] != other[0] or word[-1] != other[-1] or len(word) == len(other):
        return False
    short, long = sorted((word, other), key=len)
    letters = iter(long)
    return all(letter in letters for letter in short)


def _as_one(corpus: Corpus, typed: list[str]) -> list[str]:
    """``post operative`` as ``postoperative``, where the book has that word."""
    words: list[str] = []
    for word in typed:
        if words and words[-1] in search_words.PREFIXES and corpus.word_id(words[-1] + word) >= 0:
            words[-1] += word
        else:
            words.append(word)
    return words


def with_side(tokens: list[Token]) -> set[str]:
    """The sides a reading names."""
    return {token.word for token in tokens} & search_words.SIDES


__all__ = ["Reading", "Token", "readings", "with_side"]
