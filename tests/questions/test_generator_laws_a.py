"""The generators about two codes, fractures and trimesters: their laws over seeds, levels and editions, and their
helpers."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.codesets import icd10cm
from course.questions.generators import (
    GENERATORS,
    fracture,
    fracture_words,
    make,
    pairs,
    partner,
    systems,
    together,
    trimester,
    trimester_facts,
)

NAMES = (
    "excludes1-conflict",
    "together-or-not",
    "etiology-manifestation",
    "partner-required",
    "fracture-seventh",
    "trimester-and-fetus",
)
EDITIONS = (2026, 2027)

seeds = st.integers(0, 10**9)
levels = st.integers(1, 3)
editions = st.sampled_from(EDITIONS)


def _moved(item):
    """The item with its key at every other place, one after the other; for typed codes: with a sister as key."""
    if item.kind == "single_choice":
        for n, one in enumerate(item.options):
            if not one.correct:
                options = [other.model_copy(update={"correct": k == n}) for k, other in enumerate(item.options)]
                yield item.model_copy(update={"options": tuple(options)})
        return
    codes = icd10cm.open_edition(item.editions[0])
    key = item.answer.codes
    if len(key) > 1:
        yield item.model_copy(update={"answer": item.answer.model_copy(update={"codes": key[::-1]})})
        return
    for sister in codes.children(codes.get(key[0]).parent):
        if sister.code != key[0]:
            yield item.model_copy(update={"answer": item.answer.model_copy(update={"codes": (sister.code,)})})


@pytest.mark.parametrize("name", NAMES)
@given(seed=seeds, level=levels, edition=editions)
@settings(max_examples=40, deadline=None)
def test_the_law_holds_and_any_other_key_breaks_it(name: str, seed: int, level: int, edition: int) -> None:
    codes = icd10cm.open_edition(edition)
    item = make(name, seed, level, codes)
    law = GENERATORS[name].law
    assert law(item, codes)
    broken = list(_moved(item))
    assert broken and not any(law(one, codes) for one in broken)


@pytest.mark.parametrize("name", NAMES)
@given(seed=seeds, level=levels)
@settings(max_examples=25, deadline=None)
def test_what_is_read(name: str, seed: int, level: int) -> None:
    """Nothing is left over from making the texts, no option gives itself away, no hint names the key."""
    item = make(name, seed, level, icd10cm.open_edition(2027))
    key = [one.text for one in item.options if one.correct] if item.kind == "single_choice" else item.answer.codes
    texts = [item.stem, item.note or "", item.rationale, *item.hints]
    texts += [text for one in getattr(item, "options", ()) for text in (one.text, one.why)]
    assert not any(
        re.search(r"\{|\}|None|  \S|\.\.(?!\.)|,\.", re.sub(r"^\S+ +", "", text, flags=re.M)) for text in texts
    )
    assert not list(item.lints())
    assert not any(code in hint for hint in item.hints for code in key)
    assert len(item.stem.split()) <= 90 and len(item.rationale.split()) <= 160


# -- two codes
# ----------------------------------------------------------------------------------------------------------------


@given(seed=seeds, edition=editions)
@settings(max_examples=60, deadline=None)
def test_both_ways_to_find_an_excludes1_note_agree(seed: int, edition: int) -> None:
    """The law's way (spelling, places in the book) and the code set's way (parents, letters)."""
    codes = icd10cm.open_edition(edition)
    rng = random.Random(seed)
    note = rng.choice(pairs.noted(codes, "excludes1", "ABCDEFGHIJKLMNOPQRSTZ", 2000, (3, 7)))
    mine = pairs.below(codes, note.owner, note.owner, 3)
    partners = [pairs.inside(rng, codes, note, 3), next(pairs.neighbours(rng, codes, note.owner, 3), None)]
    for b in partners:
        if mine and b is not None:
            a = rng.choice(mine)
            there = codes.excludes1(a.code, b.code) is not None
            assert ("excludes1" in pairs.kinds_between(codes, a.code, b.code)) is there
            assert ("excludes1" in pairs.kinds_between(codes, b.code, a.code)) is there


def test_known_pairs() -> None:
    codes = icd10cm.open_edition(2027)
    assert pairs.kinds_between(codes, "F45.8", "G47.63") == {"excludes1"}  # the example of Guidelines I.A.12.a
    assert pairs.kinds_between(codes, "G02", "B56.0", ("code_first",)) == {"code_first"}
    assert ("J40", "use_additional") in pairs.named_by(codes, "J40", "Z87.891")
    assert not pairs.kinds_between(codes, "I10", "J45.909", ("excludes1",))
    assert pairs.above(codes, "T14.8XXA")[-2:] == ["19", "T14-T14"] or "T14" in pairs.above(codes, "T14.8XXA")


def test_one_patient() -> None:
    codes = icd10cm.open_edition(2027)
    get = codes.get
    assert pairs.one_patient(get("M25.511"), get("M75.01"))
    assert not pairs.one_patient(get("M25.511"), get("M75.02"))  # right and left
    assert not pairs.one_patient(get("P59.9"), get("R17"))  # a newborn's and anybody's
    assert not pairs.one_patient(get("O10.011"), get("I10"))
    assert not pairs.one_patient(get("O10.011"), get("O14.02"))  # two trimesters


@pytest.mark.parametrize("level", [2, 3])
def test_a_law_that_looks_at_all_pairs(level: int) -> None:
    """A second conflict in the list, or none, and the question has no single answer."""
    codes = icd10cm.open_edition(2027)
    law = GENERATORS["excludes1-conflict"].law
    item = make("excludes1-conflict", 5, level, codes)
    first, *rest = [line for line in item.stem.splitlines() if line.startswith("- ")]
    assert len(rest) == level + 1 and item.note is None  # no chart says it: the claim is the coder's own
    key = next(one.text for one in item.options if one.correct)
    line = next(line for line in (first, *rest) if line.split("**")[1] in key)
    other = next(pairs.neighbours(random.Random(1), codes, "S93.401A", 3))
    assert not law(
        item.model_copy(update={"stem": item.stem.replace(line, f"- **{other.code}** {other.title}")}), codes
    )
    assert not law(item.model_copy(update={"stem": f"{item.stem}\n- **F45.8** a\n- **G47.63** b"}), codes)


@pytest.mark.parametrize("name", ["excludes1-conflict", "together-or-not"])
@given(seed=seeds, level=levels)
@settings(max_examples=40, deadline=None)
def test_no_pair_of_two_worlds(name: str, seed: int, level: int) -> None:
    """Nobody's intent, no rare category at levels 1 and 2, and the two codes in question are about the same organs."""
    codes = icd10cm.open_edition(2027)
    item = make(name, seed, level, codes)
    told = item.stem + (item.note or "") + " ".join(one.text for one in item.options)
    assert not re.search("self-harm|assault|undetermined|terroris", told)
    shown = {word.strip("*") for word in told.split() if re.fullmatch(r"[*]*[A-Z]\d\w(\.\w+)?[*]*", word)}
    assert all(systems.likely(codes.get(code), max(level, 2)) for code in shown), shown
    if name == "together-or-not":
        assert len(shown) == 2 and systems.together(*map(codes.get, shown))


@given(seed=seeds)
@settings(max_examples=40, deadline=None)
def test_what_the_record_says_decides_an_excludes1_pair(seed: int) -> None:
    codes = icd10cm.open_edition(2027)
    item = make("together-or-not", seed, 3, codes)
    sort, said = next((sort, one) for sort, some in together.RECORD.items() for one in some if one in item.stem)
    key = next(one.text for one in item.options if one.correct)
    for other, some in together.RECORD.items():
        for words in some:
            turned = item.model_copy(update={"stem": item.stem.replace(said, words)})
            by_note = key in (together.ANSWERS["excludes2"], together.ANSWERS["partner"])
            assert together.law(turned, codes) is (other == sort or by_note)


def test_two_codes_without_a_note_have_no_order() -> None:
    codes = icd10cm.open_edition(2027)
    item = make("etiology-manifestation", 4, 3, codes)
    two = ("I10", "J45.909")
    titles = "".join(f"\n- {codes.get(code).title}" for code in two)
    answer = item.answer.model_copy(update={"codes": two})
    assert not GENERATORS[item.slug].law(item.model_copy(update={"stem": f"Two:\n{titles}", "answer": answer}), codes)


def test_every_drug_has_an_adverse_effect_code() -> None:
    for edition in EDITIONS:
        codes = icd10cm.open_edition(edition)
        for family in {one for some in partner.DRUGS.values() for one in some}:
            found = codes.get(f"{family}5A")
            assert found is not None and found.billable and found.title.startswith("Adverse effect"), family


# -- fractures
# ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", list(fracture_words.STAGES))
def test_each_sentence_is_read_as_it_is_meant(stage: str) -> None:
    for sentence in fracture_words.STAGES[stage]:
        assert fracture_words.read(sentence).stage == stage, sentence
        for skin, lines in fracture_words._SKIN.items():
            for line in (*lines, *fracture_words._SKIN_AT_FIRST.get(skin, ())):
                for noise in ("", *fracture_words._NOISE, *fracture_words._NOISE_YOUNG):
                    read = fracture_words.read(f"{sentence}\n{line}\n{noise}")
                    assert (read.stage, read.skin) == (stage, skin), (sentence, line, noise)


def test_the_first_treatment_of_weak_bone_is_read_as_such() -> None:
    assert {fracture_words.read(line).stage for line in fracture_words._WITHOUT_ACCIDENT} == {"initial"}


@pytest.mark.parametrize("stem", ["S52.501", "S42.201", "S52.521", "S82.51", "M80.011", "M84.411", "S59.011"])
@pytest.mark.parametrize("stage", list(fracture.LETTERS))
def test_letters_by_rule_are_letters_by_meaning(stem: str, stage: str) -> None:
    """The draw's table of letters against the meanings that the Tabular List gives them."""
    meanings = icd10cm.open_edition(2027).valid_seventh(stem)
    skins = ["closed", "unsaid"] + (["open", "low", "high"] if "B" in meanings else [])
    for skin in skins:
        facts = fracture_words.Facts(stage, skin, "", "")
        char = fracture.letter(facts, "".join(meanings))
        assert [one for one, text in meanings.items() if fracture_words.means(text, facts)] == [char], skin


def test_what_is_not_said() -> None:
    """Guidelines I.C.19.c: closed when nothing is said, type I or II when the type is not recorded."""
    long = "ABCDEFGHJKMNPQRS"
    assert fracture.letter(fracture_words.Facts("initial", "unsaid", "", ""), long) == "A"
    assert fracture.letter(fracture_words.Facts("nonunion", "open", "", ""), long) == "M"
    assert fracture.letter(fracture_words.Facts("late", "unsaid", "", ""), long) == "A"
    assert fracture.letter(fracture_words.Facts("routine", "low", "", ""), "ABDGKPS") == "D"


@given(seed=seeds)
@settings(max_examples=40, deadline=None)
def test_not_said_to_be_displaced_is_displaced(seed: int) -> None:
    codes = icd10cm.open_edition(2027)
    item = make("fracture-seventh", seed, 3, codes)
    title = codes.get(item.answer.codes[0]).title.lower()
    if "displaced" in title:
        assert ("nondisplaced" in title) is ("nondisplaced" in item.note.lower())


# -- trimesters
# ----------------------------------------------------------------------------------------------------------------

_ORDER = ("first", "second", "third")


@given(one=st.integers(0, 300), other=st.integers(0, 300))
def test_trimesters_follow_one_another(one: int, other: int) -> None:
    earlier, later = sorted((one, other))
    assert _ORDER.index(trimester.trimester_of(earlier)) <= _ORDER.index(trimester.trimester_of(later))


@pytest.mark.parametrize(
    ("weeks", "days", "which"),
    [(0, 0, "first"), (13, 6, "first"), (14, 0, "second"), (27, 6, "second"), (28, 0, "third"), (41, 6, "third")],
)
def test_the_boundaries(weeks: int, days: int, which: str) -> None:
    assert trimester.trimester_of(7 * weeks + days) == which


def test_no_age_before_the_beginning() -> None:
    with pytest.raises(ValueError):
        trimester.trimester_of(-1)


@given(days=st.integers(0, 300))
def test_an_age_is_written_so_that_it_can_be_read(days: int) -> None:
    weeks, rest = map(int, re.findall(r"\d+", trimester.age(days)))
    assert 7 * weeks + rest == days and 0 <= rest <= 6


def test_the_spans_are_those_of_the_chapter() -> None:
    for name, (low, high) in trimester.DAYS.items():
        assert trimester.trimester_of(low) == trimester.trimester_of(high) == name
    texts = [note.text for note in icd10cm.open_edition(2027).notes("15", kinds=("note",))]
    assert any("2nd trimester- 14 weeks 0 days to less than 28 weeks 0 days" in text for text in texts)


@given(seed=seeds, level=levels)
@settings(max_examples=60, deadline=None)
def test_another_week_is_another_code(seed: int, level: int) -> None:
    codes = icd10cm.open_edition(2027)
    item = make("trimester-and-fetus", seed, level, codes)
    counted = 0 if "Admitted" in item.note else -1
    found = re.findall(r"\d+ weeks \d days?", item.note)[counted]
    weeks = int(found.split()[0])
    elsewhere = "30 weeks 3 days" if weeks < 28 else "20 weeks 3 days"
    moved = item.model_copy(update={"note": item.note.replace(found, elsewhere)})
    assert trimester.law(item, codes) and not trimester.law(moved, codes)


def test_a_note_asks_for_the_number_of_fetuses() -> None:
    """What the rationale says of O30 stands at each category that is drawn."""
    codes = icd10cm.open_edition(2027)
    for family in {family.code[:3] for family, _ in trimester_facts.families(codes, 3)}:
        assert any("O30" in note.text for note in codes.notes(family, kinds=("seventh",))), family
