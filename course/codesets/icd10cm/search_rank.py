"""Which documents of a packed index answer a reading of the query, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest, nsmallest

from course.codesets.icd10cm.search_corpus import Corpus
from course.codesets.icd10cm.search_query import Token
from course.codesets.icd10cm.search_terms import conflicts, contrast_bits

#: Documents that are scored closely. The rest of a long list is cut by the prior, which numbers the documents.
CANDIDATES = 260
#: Postings walked at most when no document has all words.
LOOSE_POSTINGS = 6000

# Shares of the score. Tuned on the tuning half of benchmarks/search_quality.py.
ANYWHERE = 1.0  # query weight found in the document or its headings
ONE_NAME = 0.6  # query weight found in its best single name
PRECISION = 0.5  # how much of that name the query covers
#: What a name of each kind is worth: title, inclusion term, includes note, phrase of another code's note, alias, plain words
KIND = (1.0, 0.97, 0.93, 0.9, 1.0, 0.9)
PRIOR = 1.0
CONFLICT = 0.35


@dataclass(slots=True)
class Scored:
    """A document, how well it answers, and the entry that named it best (-1 when only its headings did)."""

    doc: int
    score: float
    entry: int


def rank(corpus: Corpus, tokens: Sequence[Token]) -> list[Scored]:
    """Documents for the words, best first."""
    asked: dict[int, tuple[int, float]] = {}  # stem -> (bits of the tokens it meets, what that is worth)
    narrow = [token for token in tokens if token.stems]
    for place, token in enumerate(narrow):
        for s, share in token.stems.items():
            bits, worth = asked.get(s, (0, 0.0))
            asked[s] = (bits | 1 << place, worth + share * token.weight)
    total = sum(token.weight for token in narrow) or 1.0

    own = [_union([corpus.with_own(s) for s in token.stems]) for token in narrow]
    above = [_union([corpus.with_inherited(s) for s in token.stems]) for token in narrow]
    wide = [frozenset(corpus.word_stem[slice(*corpus.beginning(token.word))]) for token in tokens if not token.stems]
    candidates = _candidates(narrow, own, above)
    contrast = contrast_bits(token.word for token in tokens)
    return sorted(
        (_score(corpus, doc, narrow, asked, above, total, wide, contrast) for doc in candidates),
        key=lambda scored: (-scored.score, scored.doc),
    )


def _union(sets: list[frozenset[int]]) -> frozenset[int]:
    return sets[0] if len(sets) == 1 else frozenset().union(*sets)


def _candidates(tokens: Sequence[Token], own: list[frozenset[int]], above: list[frozenset[int]]) -> list[int]:
    by_weight = sorted(range(len(tokens)), key=lambda i: -tokens[i].weight)
    anywhere = [own[i] | above[i] for i in by_weight]
    full = anywhere[0].intersection(*anywhere[1:]) if anywhere else frozenset()
    chosen: dict[int, None] = {}
    if len(full) > CANDIDATES:
        in_names = own[by_weight[0]].intersection(*(own[i] for i in by_weight[1:]))
        chosen.update(dict.fromkeys(nsmallest(CANDIDATES * 2 // 3, in_names)))
    chosen.update(dict.fromkeys(nsmallest(max(0, CANDIDATES - len(chosen)), full)))
    if len(chosen) < CANDIDATES // 4 and len(tokens) > 1:
        loose: dict[int, float] = {}
        walked = 0
        for place, i in enumerate(by_weight):
            weight = tokens[i].weight
            docs = own[i] if walked + len(anywhere[place]) > LOOSE_POSTINGS else anywhere[place]
            if walked + len(docs) > LOOSE_POSTINGS and loose:
                for doc in docs & loose.keys():
                    loose[doc] += weight
                continue
            walked += len(docs)
            for doc in docs:
                loose[doc] = loose.get(doc, 0.0) + weight
        best = nlargest(CANDIDATES - len(chosen), ((weight, -doc) for doc, weight in loose.items()))
        chosen.update(dict.fromkeys(-doc for _, doc in best))
    return list(chosen)


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
    found_anywhere = 0
    best, best_entry = 0.0, -1
    weight, stems, at = corpus.weight, corpus.tokens, corpus.token_at
    worth_of: dict[int, float] = {}
    for entry in range(corpus.entry_at[doc], corpus.entry_at[doc + 1]):
        bits, met, covered = 0, 0.0, 0.0
        for s in stems[at[entry] : at[entry + 1]]:
            if (hit := asked.get(s)) is not None:
                covered += weight[s]
                new = hit[0] & ~bits
                if new:
                    bits |= new
                    met += hit[1]
                    worth_of[s] = hit[1]
        if not bits:
            continue
        found_anywhere |= bits
        whole = corpus.entry_weight[entry] or 1.0
        value = KIND[corpus.entry_kind[entry]] * (met / total) * (ONE_NAME + PRECISION * min(1.0, covered / whole))
        if value > best:
            best, best_entry = value, entry
    anywhere = 0.0
    for place, token in enumerate(tokens):
        if found_anywhere >> place & 1:
            anywhere += token.weight
        elif doc in above[place]:
            anywhere += 0.85 * token.weight
    score = ANYWHERE * anywhere / total + best + PRIOR * corpus.prior[doc]
    if contrast and (has := corpus.contrast[doc]) and not contrast & has == contrast:
        score -= CONFLICT * conflicts(contrast, has)
    for stems_of_prefix in wide:
        if not stems_of_prefix.isdisjoint(stems[at[corpus.entry_at[doc]] : at[corpus.entry_at[doc + 1]]]):
            score += 0.2
    return Scored(doc, score, best_entry)
