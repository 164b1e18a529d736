"""Parts of words: the table holds together, and parts become words by the rules of the combining vowel."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.language import word_parts as wp
from course.language import words

PARTS = wp.parts()
PREFIXES, ROOTS, SUFFIXES = ([one.token for one in PARTS if one.kind == kind] for kind in ("prefix", "root", "suffix"))
#: Any word that the parts could make: perhaps a prefix, one to three roots, perhaps a suffix.
BUILDS = st.tuples(
    st.lists(st.sampled_from(PREFIXES), max_size=1),
    st.lists(st.sampled_from(ROOTS), min_size=1, max_size=3),
    st.lists(st.sampled_from(SUFFIXES), max_size=1),
).map(lambda found: [*found[0], *found[1], *found[2]])


def cuts(word: str, after: str = "start") -> bool:
    """Whether a word can be cut into parts of the table, by trying each: an own way, that knows no rule of ``join``."""
    if not word:
        return after == "suffix"
    tries = {"start": "prefix root", "prefix": "prefix root suffix", "root": "root suffix", "suffix": ""}[after].split()
    for one in PARTS:
        if one.kind in tries and word.startswith(one.part):
            rest = word[len(one.part) :]
            ends = [rest]
            if one.kind == "root":
                ends += [rest[1:]] if rest.startswith(one.vowel) else []
                ends += [f"i{rest}"] if one.part.endswith("i") else []
            if any(cuts(end, one.kind) for end in ends):
                return True
    return False


def test_the_table_holds_together() -> None:
    assert len(PARTS) >= 240 and len({one.id for one in PARTS}) == len(PARTS) == len({one.token for one in PARTS})
    for one in PARTS:
        assert one.id == f"{one.kind[0]}-{one.part}" and one.meaning and one.example_meaning, one
        assert (one.vowel in tuple(wp.VOWELS)) == (one.kind == "root"), one
        assert wp.get(one.id) is one and wp.by_token(one.token) is one and wp.kind_of(one.token) == one.kind
        for other in one.confused_with:
            assert wp.get(other) is not None and other != one.id, (one.id, other)
        assert one.part in one.example or (one.part[:1] == "i" and one.part[1:] in one.example), one
        assert cuts(one.example), f"{one.example} holds a part that the table lacks"


def test_every_word_is_what_its_parts_make() -> None:
    found = words.words()
    assert len(found) >= 300 and [one.word for one in found] == sorted({one.word for one in found})
    assert len({one.meaning for one in found}) == len(found), "two words with one meaning"
    for one in found:
        assert all(wp.by_token(token) or wp.is_vowel(token) for token in one.tokens), one
        assert wp.spell(one.tokens) == wp.join(one.meant) == one.word, one
        assert wp.with_vowels(one.meant) == one.tokens, one
        assert words.get(one.word) is one and one.word not in one.meaning
    assert words.get("nothing") is None and not words.get("carditis").cuttable and words.get("arthritis").cuttable


@pytest.mark.parametrize(
    ("tokens", "word"),
    [
        ("poly- arthr -itis", "polyarthritis"),
        ("oste arthr -pathy", "osteoarthropathy"),
        ("gastr enter -itis", "gastroenteritis"),
        ("chol cyst -ectomy", "cholecystectomy"),
        ("peri- cardi -itis", "pericarditis"),
        ("fasci -itis", "fasciitis"),
        ("lymph aden -itis", "lymphadenitis"),
        ("micro- cephal -y", "microcephaly"),
        ("salping oophor -ectomy", "salpingo-oophorectomy"),
        ("ven -ous", "venous"),
    ],
)
def test_parts_become_a_word(tokens: str, word: str) -> None:
    assert wp.join(tokens.split()) == word
    assert wp.join(wp.with_vowels(tokens.split())) == word


def test_letters_that_meet_are_told() -> None:
    assert wp.met(["chol", "angi", "-itis"]) == wp.met(["cardi", "-itis"]) == "Two i meet here, and one is written."
    assert wp.met(["salping", "o", "oophor", "-ectomy"]) == "Two o meet here, and a hyphen parts them."
    assert not any(map(wp.met, (["fasci", "-itis"], ["arthr", "-itis"], ["gastr", "o", "-scopy"], [])))


@given(BUILDS)
def test_a_word_that_is_spelled_otherwise_says_so(tokens: list[str]) -> None:
    plain = "".join(map(wp.bare, wp.with_vowels(tokens)))
    assert bool(wp.met(wp.with_vowels(tokens))) == (wp.join(tokens) != plain)


@given(BUILDS)
def test_laws_of_the_combining_vowel(tokens: list[str]) -> None:
    full = wp.with_vowels(tokens)
    assert [one for one in full if not wp.is_vowel(one)] == tokens
    assert wp.with_vowels(full) == full, "what is joined stays as it is"
    for left, right in pairwise(full):
        if wp.kind_of(right) == "suffix":
            assert wp.is_vowel(left) == (wp.bare(right)[0] not in wp.OPEN) or wp.kind_of(left) == "prefix"
        if wp.kind_of(left) == wp.kind_of(right) == "root":
            assert (left, right) in wp.DIRECT
        assert not (wp.is_vowel(left) and wp.is_vowel(right))
    assert not wp.is_vowel(full[0]) and not wp.is_vowel(full[-1])
    assert set(wp.join(tokens)) <= set("abcdefghijklmnopqrstuvwxyz-")


@given(BUILDS)
def test_every_decision_is_explained(tokens: list[str]) -> None:
    sentences = wp.seams(wp.with_vowels(tokens))
    roots = sum(wp.kind_of(one) == "root" for one in tokens)
    assert len(sentences) == roots - (wp.kind_of(tokens[-1]) == "root")
    for sentence, vowel in zip(sentences, _bridges(tokens), strict=True):
        assert sentence.endswith(".") and (" stays" in sentence) == bool(vowel), sentence


def _bridges(tokens: list[str]) -> list[str]:
    return [wp.bridge(left, right) for left, right in pairwise(tokens) if wp.kind_of(left) == "root"]


def test_reasons_name_the_rule() -> None:
    assert wp.why("arthr", "-itis") == (
        "Before **-itis** the **o** falls: a suffix that begins with a vowel needs no bridge."
    )
    assert "begins with a consonant" in wp.why("arthr", "-pathy")
    assert "even before a vowel" in wp.why("gastr", "enter") and "readable" in wp.why("oste", "myel")
    assert "keeps its own ending" in wp.why("poly-", "arthr") and "written once" in wp.why("cardi", "-itis")
    assert "use has left it out" in wp.why("lymph", "aden") and "is none" in wp.why("-itis", "-logy")


def test_senses_and_parts_that_say_the_same() -> None:
    assert wp.senses("cervix; neck of the uterus (below, inside), gate") == ("cervix", "neck of the uterus", "gate")
    assert wp.alike("nephr", "ren") and wp.alike("-algia", "-dynia") and wp.alike("-pathy", "path")
    assert wp.alike("-osis", "-ia") and not wp.alike("ureter", "urethr") and not wp.alike("-itis", "-osis")
    assert not wp.alike("xyz", "ren")
