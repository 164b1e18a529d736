"""Which documents of a packed index answer a reading of the query, best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import combinations

from course.codesets.icd10cm.search_corpus import NO_SIDE, Corpus, Found
from course.codesets.icd10cm.search_query import Token
from course.codesets.icd10cm.search_words import SIDES, conflicts, contrast_bits

#: Documents that are scored closely. The rest of a long list is cut by the prior, which numbers the documents.
CANDIDATES = 220
#: Documents with the most query weight after which those with less are not looked for.
ENOUGH = 100
#: Words by which documents are looked up; the lighter ones of a longer query only help to score.
HEAVY = 5

# Shares of the score. Tuned on the tuning half of benchmarks/search_quality.py.
ANYWHERE = 1.0  # query weight found in the document or its headings
ONE_NAME = 0.6  # query weight found in its best single name
PRECISION = 0.5  # how much of that name the query covers
#: What a name of each kind is worth: title, inclusion term, includes note, phrase of another code's note, alias, plain
#: words
KIND = (1.0, 0.97, 0.93, 0.9, 1.1, 0.9)
EXACT_NAME = 0.08  # the query is the whole name, no more and no less
PRIOR = 1.0
INHERITED = 0.95
CONFLICT = 0.5
#: The query names a side and the code says "unspecified side".
SIDE_UNSAID = 0.25
SIDE_SAID = 0.1
#: What a word counts that means nothing to the code set.
LOST = 2.0
SIDE_BITS = contrast_bits(SIDES)


@dataclass(slots=True)
class Scored:
    """A document, how well it answers, and the entry that named it best (-1 when only its headings did)."""

    doc: int
    score: float
    entry: int


def rank(corpus: Corpus, tokens: Sequence[Token], only: frozenset[int] | None = None, lost: int = 0) -> list[Scored]:
    """Documents for the words, best first; from among `only` when given. `lost`: how many words meant nothing."""
    asked: dict[int, tuple[int, float]] = {}  # stem -> (bits of the tokens it meets, what that is worth)
    narrow = [token for token in tokens if token.stems]
    for place, token in enumerate(narrow):
        for s, share in token.stems.items():
            bits, worth = asked.get(s, (0, 0.0))
            asked[s] = (bits | 1 << place, worth + share * token.weight)
    total = (sum(token.weight for token in narrow) or 1.0) + LOST * lost

    def documents(of: Callable[[Token], Iterable[int]]) -> list[Found]:
        found = [corpus.found(tuple(sorted(of(token)))) for token in narrow]
        if only is not None:
            found = [Found(sets.own & only, sets.inherited & only, sets.anywhere & only) for sets in found]
        return found

    found = documents(lambda token: token.stems)
    candidates: dict[int, None] = {}
    if any(token.known and len(token.stems) > 1 for token in narrow):
        # a word as typed ("AS", "overdose") is not crowded out by what is like it or may become of it
        _add_candidates(candidates, narrow, documents(Token.exact_stems), CANDIDATES // 3, CANDIDATES // 3)
    _add_candidates(candidates, narrow, found, CANDIDATES, ENOUGH)
    wide = [frozenset(corpus.word_stem[slice(*corpus.beginning(token.word))]) for token in tokens if not token.stems]
    contrast = contrast_bits(token.word for token in tokens)
    above = [sets.inherited for sets in found]
    scores = (_score(corpus, doc, narrow, asked, above, total, wide, contrast) for doc in candidates)
    return sorted(scores, key=lambda scored: (-scored.score, scored.doc))


def _add_candidates(
    chosen: dict[int, None], tokens: Sequence[Token], found: Sequence[Found], most: int, enough: int
) -> None:
    """Add documents worth a close look: those with the most query weight, the likeliest of them first.

    Up to `most` in all; after `enough` more those with less weight are not looked for.
    """
    before = len(chosen)
    heavy = sorted(range(len(tokens)), key=lambda i: -tokens[i].weight)
    light = frozenset().union(*(found[i].anywhere for i in heavy[HEAVY:]))
    heavy = heavy[:HEAVY]
    for subset in _subsets(tuple(round(tokens[i].weight, 1) for i in heavy)):
        picked = [heavy[i] for i in subset]
        docs = _meet([found[i].anywhere for i in picked])
        if not docs:
            continue
        room = most - len(chosen)
        if len(docs) > room:
            named = _meet([found[i].own for i in picked])
            if light:
                chosen.update(dict.fromkeys(nsmallest(room // 3, named & light)))
            chosen.update(dict.fromkeys(nsmallest(room * 2 // 3, named)))
            room = most - len(chosen)
        chosen.update(dict.fromkeys(nsmallest(room + len(chosen) // 2, docs) if len(docs) > room else docs))
        if len(chosen) - before >= enough:
            break


def _meet(sets: list[frozenset[int]]) -> frozenset[int]:
    if len(sets) == 1:
        return sets[0]
    sets = sorted(sets, key=len)
    return sets[0].intersection(*sets[1:])


@lru_cache(maxsize=2000)
def _subsets(weights: tuple[float, ...]) -> list[tuple[int, ...]]:
    """Every choice of tokens, the heaviest choice first; those that leave out most of the weight are not worth it."""
    total = sum(weights)
    chosen = [
        subset
        for count in range(len(weights), 0, -1)
        for subset in combinations(range(len(weights)), count)
        if 0 in subset or sum(weights[i] for i in subset) >= 0.3 * total
    ]
    return sorted(chosen, key=lambda subset: -sum(weights[i] for i in subset))


def _score(
    corpus: Corpus,
    doc: int,
    tokens: Sequence[Token],
    asked: dict[int, tuple[int, float]],
    above: list[frozenset[int]],
    total: float,
    wide: list[frozenset[int]],
    contrast: int,
) -> Scored:
    got: dict[int, float] = {}  # bits of tokens -> what the best stem found for them is worth
    best, best_entry = 0.0, -1
    weight, stems, at = corpus.weight, corpus.tokens, corpus.token_at
    for entry in range(corpus.entry_at[doc], corpus.entry_at[doc + 1]):
        bits, met, covered = 0, 0.0, 0.0
        for s in stems[at[entry] : at[entry + 1]]:
            if (hit := asked.get(s)) is not None:
                covered += weight[s]
                if hit[0] & ~bits:
                    bits |= hit[0]
                    met += hit[1]
                if hit[1] > got.get(hit[0], 0.0):
                    got[hit[0]] = hit[1]
        if not bits:
            continue
        whole = corpus.entry_weight[entry] or 1.0
        exact = EXACT_NAME if covered > 0.999 * whole and met > 0.999 * total else 0.0
        value = (
            KIND[corpus.entry_kind[entry]] * (met / total) * (ONE_NAME + PRECISION * min(1.0, covered / whole)) + exact
        )
        if value > best:
            best, best_entry = value, entry
    anywhere = sum(got.values())
    own = 0
    for bits in got:
        own |= bits
    for place, token in enumerate(tokens):
        if not own >> place & 1 and doc in above[place]:
            anywhere += INHERITED * token.weight
    score = ANYWHERE * min(1.0, anywhere / total) + best + PRIOR * corpus.prior[doc]
    if contrast and (has := corpus.contrast[doc]) and not contrast & has == contrast:
        score -= CONFLICT * conflicts(contrast, has)
    if contrast & SIDE_BITS:
        if corpus.flags[doc] & NO_SIDE:
            score -= SIDE_UNSAID
        elif contrast & SIDE_BITS & corpus.contrast[doc]:
            score += SIDE_SAID
    for stems_of_prefix in wide:
        if not stems_of_prefix.isdisjoint(stems[at[corpus.entry_at[doc]] : at[corpus.entry_at[doc + 1]]]):
            score += 0.2
    return Scored(doc, score, best_entry)
