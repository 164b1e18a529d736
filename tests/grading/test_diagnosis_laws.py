"""Laws over the whole code set, both editions: every code accepts itself, every heading, cut-off and over-long code is
told. Each run takes some of the 74,000 codes (``tests/some.py``).
"""

from __future__ import annotations

import itertools
import random
import re
import statistics
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.codesets import icd10cm
from course.grading.diagnosis import CodeKey, Kind, diagnose, diagnose_one, why_not
from course.grading.diagnosis.shape import dot, read, undot
from course.grading.diagnosis.wording import HEADLINE_WORDS, MESSAGE_WORDS
from tests.some import some

UNFINISHED = {Kind.HEADING, Kind.MISSING_SEVENTH, Kind.DELETED}
#: Kinds of an entry that is no billable code of the edition.
NO_CODE = UNFINISHED | {
    Kind.NOT_A_CODE,
    Kind.NOT_YET,
    Kind.PLACEHOLDER_MISSING,
    Kind.SEVENTH_TOO_EARLY,
    Kind.OVER_LONG,
    Kind.WRONG_SEVENTH,
    Kind.X_WHERE_DETAIL,
}


@pytest.fixture(scope="module")
def with_seventh(codes, billable):
    """One code for each stem that takes a 7th character by a rule."""
    chosen = {undot(code)[:6]: code for code in billable if len(undot(code)) == 7}
    return [code for code in chosen.values() if codes.seventh(code) is not None]


@pytest.mark.parametrize("edition", icd10cm.editions())
def test_every_billable_code_accepts_itself(edition):
    codes = icd10cm.open_edition(edition)
    chosen = some([*codes.billable_codes()], 11)
    assert len(chosen) > 6_000
    for code in chosen:
        assert diagnose_one(code, code, codes).kind is Kind.RIGHT


def test_no_billable_code_needs_an_excuse(codes, billable):
    assert all(why_not(code, codes) is None for code in some(billable, 11))


@pytest.mark.parametrize("edition", icd10cm.editions())
def test_every_heading_is_told_as_one(edition):
    codes = icd10cm.open_edition(edition)
    levels = "('category', 'subcategory')"
    rows = codes.connection.execute(f"SELECT code FROM code WHERE NOT billable AND level IN {levels}").fetchall()
    assert len(rows) > 20_000
    for (code,) in some(rows, 11 if edition == max(icd10cm.editions()) else 37):
        finding = why_not(code, codes)
        assert finding is not None and finding.kind in UNFINISHED and finding.basis, code
        if len(undot(code)) == 6 and codes.seventh(code) is not None and finding.kind is not Kind.DELETED:
            assert finding.kind is Kind.MISSING_SEVENTH, code


def test_every_code_without_its_7th_character_misses_it(codes, with_seventh):
    assert len(with_seventh) > 12_000
    for code in some(with_seventh, 5):
        if "X" in code:  # the others are headings, and told in the test above
            assert why_not(code[:-1], codes).kind is Kind.MISSING_SEVENTH, code
    for code in some(with_seventh, 37):
        assert why_not(code[:-1].rstrip("X."), codes).kind is Kind.MISSING_SEVENTH, code


def test_every_code_without_its_x_misses_it(codes, with_seventh):
    for code in some(with_seventh, 5):
        compact = undot(code)
        if "X" in compact[3:]:
            dropped = compact[:3] + compact[3:].replace("X", "")
            finding = diagnose_one(dropped, code, codes)
            assert finding.kind is Kind.PLACEHOLDER_MISSING, code
            assert code not in finding.message


def test_every_7th_character_that_is_not_offered_is_told(codes, with_seventh):
    for code in some(with_seventh, 7):
        offered = codes.seventh(code).meanings
        char = next(char for char in "QZ8" if char not in offered)
        assert why_not(code[:-1] + char, codes).kind is Kind.WRONG_SEVENTH, code


def test_every_over_long_code_is_told(codes, billable):
    for code, tail in zip(some(billable, 23), itertools.cycle(("0", "A", "X9", "1234567890")), strict=False):
        assert why_not(code + tail, codes).kind in {Kind.OVER_LONG, Kind.NOT_A_CODE}, code + tail


def test_every_cut_off_code_is_told(codes, billable):
    cut = {undot(code)[:size] for code in some(billable, 101) for size in range(1, len(undot(code)))}
    for text in cut:
        finding = why_not(text, codes)
        assert finding is not None and finding.kind in NO_CODE, text


def test_every_code_on_the_other_side_is_told(codes):
    """Judged by the titles: a code whose title reads the same with left and right exchanged."""
    rows = codes.connection.execute("SELECT code, title FROM code WHERE billable ORDER BY n").fetchall()
    named = {(code[:3], title.lower()): code for code, title in rows}
    seen, kinds = set(), Counter()
    for code, title in some(rows, 17):
        stem = undot(code)[:6]
        turned = re.sub(r"\b(right|left)\b", lambda found: {"right": "left", "left": "right"}[found[0]], title.lower())
        other = named.get((code[:3], turned))
        if stem in seen or other in (None, code):
            continue
        seen.add(stem)
        kinds[diagnose_one(other, code, codes).kind] += 1
    assert kinds.total() > 1_000
    assert kinds[Kind.WRONG_SIDE] == kinds.total(), kinds


def test_every_side_left_out_is_told(codes):
    """Judged by the titles: the same with "unspecified" for "right"."""
    rows = codes.connection.execute("SELECT code, title FROM code WHERE billable ORDER BY n").fetchall()
    named = {(code[:3], title.lower()): code for code, title in rows}
    seen, kinds = set(), Counter()
    for code, title in some(rows, 5):
        vague = named.get((code[:3], re.sub(r"\bright\b", "unspecified", title.lower())))
        if undot(code)[:6] in seen or vague in (None, code):
            continue
        seen.add(undot(code)[:6])
        kinds[diagnose_one(vague, code, codes).kind] += 1
        if not len(seen) % 4:
            assert diagnose_one(code, vague, codes).kind in (Kind.TOO_SPECIFIC, Kind.WRONG_SEVENTH), code
    assert kinds.total() > 1_000
    assert kinds[Kind.UNSPECIFIED_BUT_NOTE_SAYS] >= 0.99 * kinds.total(), kinds


def test_codes_of_one_edition_are_told_in_the_other():
    old, new = icd10cm.open_edition(2026), icd10cm.open_edition(2027)
    before, after = {*old.billable_codes()}, {*new.billable_codes()}
    assert len(before - after) >= 30 and len(after - before) >= 190
    for code in before - after:
        assert why_not(code, new).kind in {Kind.DELETED, Kind.HEADING}, code
    for code in after - before:
        assert why_not(code, old).kind is Kind.NOT_YET, code


# -- whatever is typed -------------------------------------------------------------------------------------------------

_any_key = st.sampled_from(["S52.521A", "I10", "W19.XXXA", "E11.22", "T40.1X1A", "QA1.71", "Z79.4"])


@given(st.one_of(st.text(), st.text(alphabet="SIOXZ0159.AD -", max_size=12)), _any_key)
def test_no_text_raises(text, key):
    codes = icd10cm.open_edition(2027)
    finding = diagnose_one(text, key, codes)
    assert finding.headline and finding.message
    why_not(text, codes)


@settings(max_examples=300)
@given(st.data())
def test_no_mutation_of_a_real_code_raises_or_passes_for_one(data):
    codes = icd10cm.open_edition(2027)
    pool = _pool(codes)
    key = data.draw(st.sampled_from(pool))
    text = undot(key)
    at = data.draw(st.integers(0, len(text)))
    char = data.draw(st.sampled_from("ABDEGIKLMOPQRSTUXZ0123456789.- "))
    change = data.draw(st.sampled_from(["insert", "replace", "delete", "swap", "double"]))
    mutated = {
        "insert": text[:at] + char + text[at:],
        "replace": text[:at] + char + text[at + 1 :],
        "delete": text[:at] + text[at + 1 :],
        "swap": text[: max(at - 1, 0)] + text[at : at + 1] + text[max(at - 1, 0) : at] + text[at + 1 :],
        "double": text + text,
    }[change]
    finding = diagnose_one(mutated, key, codes)
    compact = read(mutated).compact
    assert (finding.kind is Kind.RIGHT) == (compact == text)
    alone = why_not(mutated, codes)
    assert (alone is None) == bool(compact and codes.is_billable(compact))
    assert alone is None or alone.kind in NO_CODE | {Kind.BLANK}
    _fit_to_be_read(finding, mutated, [key])


@settings(max_examples=150)
@given(st.data())
def test_no_set_of_entries_raises(data):
    codes = icd10cm.open_edition(2027)
    pool = _pool(codes)
    key = data.draw(st.lists(st.sampled_from(pool), min_size=1, max_size=5, unique=True))
    entry = st.one_of(st.sampled_from(pool), st.sampled_from(key), st.text(max_size=9), st.none())
    entered = data.draw(st.lists(entry, max_size=7))
    order = tuple(itertools.combinations(key, 2))[:3]
    optional = tuple(data.draw(st.lists(st.sampled_from(pool), max_size=2)))
    found = diagnose(entered, CodeKey(tuple(key), order, data.draw(st.booleans()), optional), codes, {"S*": "Look."})
    assert (found.score == 1) == (found.outcome == "correct")
    assert (found.outcome == "not_attempted") == (found.kinds() == (Kind.BLANK,))
    typed = " ".join(f"{text} {read(text).compact}" for text in entered)
    for finding in found.findings:
        _fit_to_be_read(finding, typed, key)


def test_diagnosing_many_entries_at_once_stays_quick(codes, billable):
    entered = random.Random(1).sample(billable, 200)
    start = time.process_time()
    diagnose(entered, CodeKey(tuple(billable[100:110])), codes)
    assert time.process_time() - start < 2


_POOL: list[str] = []


def _pool(codes):
    """Real codes of every make: one in 40, and some odd ones."""
    if not _POOL:
        _POOL.extend([*list(codes.billable_codes())[::40], "QA1.71", "M1A.0591", "U07.1", "J4B", "E11.A"])
    return _POOL


# -- what is said ------------------------------------------------------------------------------------------------------


def _fit_to_be_read(finding, typed, keys):
    """Short enough, and no code of the key stands in it unless it was typed or stands in the note quoted."""
    assert len(finding.headline.split()) <= HEADLINE_WORDS, finding
    assert len(finding.message.split()) <= MESSAGE_WORDS, finding
    assert "{" in typed or "{" not in finding.headline + finding.message
    if finding.kind is Kind.RIGHT:
        return
    told = f"{finding.headline} {finding.message} {(finding.basis or '').partition('“')[0]}"
    for key in keys:
        if undot(key) in undot(typed.upper()).replace(" ", ""):
            continue
        for form in {key, undot(key)}:
            assert not re.search(rf"(?<![0-9A-Z.]){re.escape(form)}(?![0-9A-Z.]*[0-9A-Z])", told), (key, finding)


def test_a_thousand_pairs_are_told_apart_within_5_ms_and_nothing_is_given_away(codes, billable):
    rng = random.Random(20261122)
    by_category: dict[str, list[str]] = {}
    for code in billable:
        by_category.setdefault(code[:3], []).append(code)
    pairs = [(rng.choice(billable), rng.choice(billable)) for _ in range(300)]
    for _ in range(400):
        key = rng.choice(billable)
        pairs.append((rng.choice(by_category[key[:3]]), key))
        pairs.append((undot(key)[: rng.randint(3, 7)], key))
    seconds = []
    for entered, key in pairs:
        start = time.process_time()
        found = diagnose([entered], CodeKey((key,)), codes)
        seconds.append(time.process_time() - start)
        for finding in found.findings:
            _fit_to_be_read(finding, entered, [key])
            assert finding.basis or finding.kind is Kind.RIGHT, (entered, key)
    assert statistics.median(seconds) < 0.005


def test_every_message_about_a_near_miss_is_fit_to_be_read(codes, with_seventh):
    """Every kind of slip, from real stems spread over the code set."""
    for code in some(with_seventh, 101):
        compact = undot(code)
        for typed in (
            compact[:6],
            compact[:5],
            compact[:4],
            compact[:3],
            compact + "A",
            compact[:6] + "Z",
            compact[:5] + "XA",
        ):
            _fit_to_be_read(diagnose_one(typed, code, codes), typed, [code])
        for sibling in codes.children(dot(compact[:6].rstrip("X"))):
            _fit_to_be_read(diagnose_one(sibling.code, code, codes), sibling.code, [code])
