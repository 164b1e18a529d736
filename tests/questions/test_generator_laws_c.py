"""The generators of E/M visits and of procedures: their laws over seeds and levels, what is read, and the tables behind
them."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import random
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from course.codesets import cpt, icd10cm, modifiers
from course.codesets.cpt import em
from course.codesets.rules import excision, repair
from course.questions import proof
from course.questions.descriptor_like import findings
from course.questions.generators import (
    GENERATORS,
    addons,
    component_facts,
    excision_facts,
    global_days,
    global_facts,
    make,
    patient_status,
    patient_status_facts,
    repair_facts,
    services,
    side_facts,
    side_marks,
    visit_mdm,
    visit_mdm_facts,
    visit_time,
    visit_time_facts,
)

NAMES = (
    "lesion-excision",
    "repair-sum",
    "em-by-time",
    "em-by-mdm",
    "new-or-established",
    "global-period",
    "component-26-tc",
    "sides-and-digits",
    "addon-or-alone",
)
#: A thousand seeds of each are held against the laws in test_generators.py; these are others, looked at more closely.
SEEDS = range(20_000, 20_180)
CODES = icd10cm.open_edition(2027)


@cache
def drawn(name: str) -> tuple[Any, ...]:
    """Items of a generator: each seed once, the levels in turn."""
    return tuple(make(name, seed, 1 + seed % 3, CODES) for seed in SEEDS)


def _moved(item: Any) -> Iterator[Any]:
    """The item with other keys."""
    if item.kind == "single_choice":
        for n, one in enumerate(item.options):
            if not one.correct:
                options = [other.model_copy(update={"correct": k == n}) for k, other in enumerate(item.options)]
                yield item.model_copy(update={"options": tuple(options)})
    elif item.kind == "number":
        answer = item.answer
        yield item.model_copy(update={"answer": answer.model_copy(update={"value": answer.value + Decimal("0.1")})})
    elif item.kind == "modifier_choice":
        for one in set(item.offered) - set(item.answer):
            yield item.model_copy(update={"answer": (one,)})
            yield item.model_copy(update={"answer": (*item.answer, one)})
    elif item.kind == "em_leveling":
        for row in em.in_category(item.category):
            if row.code != item.code:
                yield item.model_copy(update={"code": row.code})
        held = item.elements.model_copy(update={"data": {**item.elements.data, "external-note": 7}})
        yield item.model_copy(update={"elements": held})
    else:
        yield from _other_lines(item)


def _other_lines(item: Any) -> Iterator[Any]:
    """A line less, a line more, other units, another modifier, the codes of the slips."""
    answer, lines = item.answer, item.answer.lines

    def having(*some: Any) -> Any:
        return item.model_copy(update={"answer": answer.model_copy(update={"lines": some})})

    first, *rest = lines
    yield having(*rest)
    yield having(*lines, services.line("99999"))
    if "units" in item.asks:
        yield having(first.model_copy(update={"units": first.units + 1}), *rest)
    if "modifiers" in item.asks:
        yield having(first.model_copy(update={"modifiers": ("62",)}), *rest)
    for code in item.reasons:
        if re.fullmatch(r"\d{5}", code):
            yield having(first.model_copy(update={"code": code}), *rest)


def _texts(item: Any) -> list[str]:
    some = [item.stem, item.note or "", item.rationale, *item.hints, *getattr(item, "reasons", {}).values()]
    some += [text for one in getattr(item, "options", ()) for text in (one.text, one.why)]
    return some + [one.why for one in getattr(item, "traps", ())] + [one.why for one in getattr(item, "mistakes", ())]


@pytest.mark.parametrize("name", NAMES)
def test_the_law_holds_and_any_other_key_breaks_it(name: str) -> None:
    law = GENERATORS[name].law
    for item in drawn(name):
        assert law(item, CODES), item
        others = list(_moved(item))
        assert others
        for other in others:
            assert not law(other, CODES), other


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read(name: str) -> None:
    """Nothing is left over from making the texts, nothing reads like a descriptor, no hint names the key."""
    for item in drawn(name):
        for text in _texts(item):
            assert not re.search(r"[{}]|\bNone\b|  \S|\.\.(?!\.)|,\.|\( |\b(\w+) \1\b", text), text
            assert not list(findings(text)), text
        assert not any(len(text.split()) > 60 for text in _texts(item)[4:] if text not in (item.note, item.rationale))
        assert len(item.stem.split()) <= 90 and len(item.rationale.split()) <= 160 and len(item.title) <= 60
        key = [one.text for one in getattr(item, "options", ()) if one.correct]
        assert not any(code in hint for hint in item.hints for text in key for code in re.findall(r"\d{5}", text))
        assert not list(proof.lints(item, icd10cm.open_edition)), item
        assert all(source.edition for source in item.sources)


@pytest.mark.parametrize("name", NAMES)
def test_keys_stand_at_even_places_and_items_differ(name: str) -> None:
    items = drawn(name)
    assert len({item.content_version for item in items}) > 0.95 * len(items)
    choices = [item for item in items if item.kind == "single_choice"]
    places = Counter(item.key for item in choices)
    fair = sum(1 / len(item.options) for item in choices)
    assert not choices or max(places.values()) < fair + 4 * fair**0.5, places
    assert all(len({one.text for one in item.options}) == len(item.options) >= 3 for item in choices)
    long = [item for item in choices if len(item.options[item.key].text) > max(
        len(one.text) for one in item.options if not one.correct
    )]  # fmt: skip
    assert len(long) <= 0.4 * max(len(choices), 1)


# -- excision and repair ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "part"), [("benign", "arm"), ("malignant", "nose"), ("benign", "neck")])
def test_the_words_of_each_excision_number_hold_its_sizes(kind: str, part: str) -> None:
    """The law's way (our words) and the draw's way (the rule) meet at every millimeter."""
    for length in range(1, 70):
        code = excision_facts.code_for(kind, part, length)
        ends = services.span(services.worded(code, code)[code])
        assert ends is not None and ends[0] < Decimal(length) / 10 <= ends[1]


def test_margins_that_differ_lead_to_one_code() -> None:
    """CPT speaks of the narrowest margin; the drawn lesions leave no room for two readings."""
    rng, seen = random.Random(4), 0
    for _ in range(1500):
        one = excision_facts.lesion(rng, 2)
        if one is not None and one.margins[0] != one.margins[1]:
            seen += 1
            narrow = one.long + 2 * min(one.margins)
            assert excision_facts.code_for(one.disease.kind, one.site.part, narrow) == one.code
    assert seen > 100


def test_no_layered_closure_beside_the_smallest_benign_excisions() -> None:
    """NCCI takes it as part of them."""
    for item in drawn("lesion-excision"):
        if item.difficulty == 3 and any(line.code.startswith("120") for line in item.answer.lines):
            codes = {line.code for line in item.answer.lines}
            layered = len([line for line in item.note.split("\n") if "in layers" in line])
            assert layered and not (codes & {"11400", "11420", "11440"} and layered == len(codes) - 1)


def test_sites_of_wounds_are_those_of_the_rule() -> None:
    for name, (site, _) in repair_facts.SITES.items():
        for kind in repair.CLASSES:
            assert repair.group_of(kind, site), name
    words = {key for key, _ in repair_facts.GROUP_WORDS.items()}
    assert words == {(kind, group) for kind, groups in repair.GROUPS.items() for group in groups}
    assert {site.part for site in excision_facts.SITES} <= {one for some in excision.GROUPS.values() for one in some}


def test_strips_change_nothing() -> None:
    for item in drawn("repair-sum"):
        rest = "\n".join(line for line in item.note.split("\n") if "strips" not in line)
        assert GENERATORS["repair-sum"].law(item.model_copy(update={"note": rest}), CODES)


# -- visits -------------------------------------------------------------------------------------------------------


def test_the_laws_minutes_are_those_of_the_table() -> None:
    for category, rows in visit_time._FROM.items():
        if category != "hospital-discharge":
            assert [(row.code, row.first) for row in em.in_category(category) if row.first] == list(rows)
    assert {place.category for place in visit_time_facts.PLACES} == set(visit_time._FROM)


def test_a_minute_less_is_another_code_or_not_as_the_table_says() -> None:
    """Drop one minute of what counts: the key stays exactly when the threshold is still met."""
    for item in drawn("em-by-time"):
        if item.kind != "single_choice":
            continue
        total = int(re.findall(r"= (\d+) minutes|counts: (\d+) minutes", item.rationale)[0][0] or 0)
        words, minutes = re.findall(r"(history and examination|talk with the patient), (\d+) min", item.note)[0]
        less = item.note.replace(f"{words}, {minutes} min", f"{words}, {int(minutes) - 1} min")
        category = next(name for start, name in visit_time._HEADS if start in item.note)
        same = em.code_by_time(category, total - 1) == em.code_by_time(category, total)
        assert total and visit_time.law(item.model_copy(update={"note": less}), CODES) is same


def test_levels_by_the_law_are_levels_by_the_rule() -> None:
    """Two ways through the table of decision making, over many sets of elements."""
    rng, known = random.Random(9), em.elements()
    names = {part: [name for name in (*visit_mdm._PROBLEMS, *visit_mdm._RISKS, *_DATA) if known[name].part == part]
             for part in em.PARTS}  # fmt: skip
    for _ in range(2000):
        found = [name for part in em.PARTS for name in rng.choices(names[part], k=rng.randint(0, 4))]
        found = [name for n, name in enumerate(found) if known[name].counted or name not in found[:n]]
        found = [name for name in found if name != "minor" or found.count("minor") == 1]  # two are low: never drawn
        held = {part: dict(Counter(name for name in found if known[name].part == part)) for part in em.PARTS}
        mdm = em.level_of(*(held[part] for part in em.PARTS))
        assert visit_mdm._levels(found) == tuple(map(int, mdm[:3])), found
    assert visit_mdm._CODES == {
        category: {row.code: tuple(map(int, row.levels)) for row in em.in_category(category) if row.levels}
        for category in visit_mdm._CODES
    }


_DATA = (
    "external-note", "unique-result", "unique-test-ordered", "independent-historian", "independent-interpretation",
    "external-discussion",
)  # fmt: skip


def test_each_sentence_of_a_visit_is_one_element() -> None:
    meaning: dict[str, str] = {}
    for element, words in visit_mdm_facts.sentences():
        assert meaning.setdefault(words, element) == element and (not element or element in em.elements()), words
        assert visit_mdm._lexicon().find_all(f"{words}") == [element], words
    assert all(one.element in em.elements() for one in visit_mdm_facts.TRAPS)


def test_three_years_to_the_day() -> None:
    today = dt.date(2026, 5, 20)
    for days, counts in ((1, True), (-1, False)):
        past = patient_status_facts.Past(dt.date(2023, 5, 20) + dt.timedelta(days=days), "self", True, "")
        assert past.counts(today) is counts
    head = "05/20/2026: Dr. Birch, pediatrics, Hillside Group."
    for day, recent in (("05/21/2023", True), ("05/19/2023", False), ("12/31/2022", False), ("01/01/2024", True)):
        assert patient_status._read(f"{day}: office visit with Dr. Birch.", head)[2] is recent


def test_nobody_was_seen_before_birth() -> None:
    for item in drawn("new-or-established"):
        if age := re.search(r"(?:Boy|Girl) of (\d+)|visit, age (\d+)", item.note):
            years = [int(year) for year in re.findall(r"^\d\d/\d\d/(\d{4})", item.note, re.M)]
            assert int(age[1] or age[2]) >= max(years) - min(years), item.note


# -- packages, parts, places, add-ons -----------------------------------------------------------------------------


def test_the_package_by_the_law_is_the_package_by_the_rule() -> None:
    """Every sort of event, inside and after, of every operation."""
    rng = random.Random(2)
    for one in global_facts.OPERATIONS:
        assert one.days in ("000", "010", "090")
        for sort in global_facts.sorts(one):
            for inside in (True, False):
                event = global_facts.event(rng, one, sort, inside)
                ruling = global_facts.ruling(one, event)
                truth = global_days._truth(event.day, global_facts.last_day(one), event.words, event.code)
                assert truth == (ruling.modifier if ruling.billable else None), (one.code, event)
        told = [one.decided, one.elsewhere, one.again, one.staged]
        assert all(cpt.get(pair[0]) for pair in told if pair)


def test_each_test_has_the_indicators_that_it_is_drawn_for() -> None:
    def pctc(code: str) -> str:
        found = cpt.get(code)
        assert found is not None, code
        return found.pctc

    assert {pctc(one.whole) for one in component_facts.SPLIT} == {"1"}
    assert {pctc(one.whole) for one in component_facts.FAMILIES} == {"4"}
    assert {pctc(one.whole) for one in component_facts.WHOLE} == {"0"}
    for one in component_facts.FAMILIES:
        assert {pctc(code) for code in one.parts["read"]} == {"2"}
        assert {pctc(code) for code in one.parts["machine"]} == {"3"}


def test_each_finger_toe_and_lid_has_its_modifier() -> None:
    """The table of the draw against the words of modifiers.csv, by way of the law."""
    seen = set()
    for (side, on), marks in side_facts._MARKS.items():
        for name, mark in zip(side_facts.NAMES[on], marks, strict=True):
            assert side_marks._mark(f"{side} {name}") == side_marks._mark(side_facts.brief(f"{side} {name}")) == mark
            seen.add(mark)
    assert seen == {one.code for one in modifiers.all_modifiers() if one.group == "digit"}
    assert {one.bilateral for one in side_facts.SIDED} == {"1"} and {one.bilateral for one in side_facts.BOTH} == {"2"}


def test_main_codes_against_the_official_list(reference_dir: Path) -> None:
    """What is offered as a main code is on the list of CMS, and what is refused is not."""
    with gzip.open(reference_dir / "addon_codes.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        official = {(row["add_on_code"], row["primary_code"]) for row in csv.DictReader(lines)}
    asked = [item for item in drawn("addon-or-alone") if "Beside which" in item.stem]
    assert asked
    for item in asked:
        addon = re.findall(r"\d{5}", item.stem)[0]
        for one in item.options:
            assert ((addon, re.findall(r"\d{5}", one.text)[0]) in official) is one.correct
    for one in addons._sure():
        assert {(one.code, code) for code in one.primaries} <= official
