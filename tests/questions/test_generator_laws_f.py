"""Laboratory panels, and drugs from single-dose vials: what their laws refuse, and whether the facts make sense."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from itertools import combinations

import pytest

from course.codesets import cpt, icd10cm
from course.questions import descriptor_like, generators
from course.questions.generators import (
    drug_facts,
    drug_waste,
    lab_facts,
    lab_panels,
    lab_slips,
    waste_facts,
    waste_slips,
)

NAMES = ("lab-panel", "jw-jz")


@pytest.fixture(scope="module")
def codes():
    return icd10cm.open_edition(2027)


def _lines(item, lines):
    return item.model_copy(update={"answer": item.answer.model_copy(update={"lines": tuple(lines)})})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("level", [2, 3])
def test_each_change_of_a_line_breaks_the_law(name: str, level: int, codes) -> None:
    """A line more, a line less, a modifier more, a modifier less, a unit more."""
    law, refused = generators.GENERATORS[name].law, 0
    for seed in range(40):
        item = generators.make(name, seed, level, codes)
        if item.kind != "service_lines":
            continue
        first, *rest = item.answer.lines
        changes = [
            (*item.answer.lines, first.model_copy(update={"code": "80050"})),
            rest,
            (first.model_copy(update={"modifiers": (*first.modifiers, "59")}), *rest),
            (first.model_copy(update={"units": first.units + 1}), *rest),
        ]
        changes += [
            [other.model_copy(update={"modifiers": ()}) if other is one else other for other in item.answer.lines]
            for one in item.answer.lines
            if one.modifiers
        ]
        assert law(item, codes)
        assert not any(law(_lines(item, change), codes) for change in changes if change), item.note
        refused += len(changes)
    assert refused > 100


@pytest.mark.parametrize("name", NAMES)
def test_texts_keep_their_limits_and_read_like_no_descriptor(name: str, codes) -> None:
    for level in (1, 2, 3):
        for seed in range(50):
            item = generators.make(name, seed, level, codes)
            whys = [*getattr(item, "reasons", {}).values(), *(one.why for one in getattr(item, "options", ()))]
            whys += [one.why for one in getattr(item, "mistakes", ())]
            assert len(item.stem.split()) <= 90 and len(item.rationale.split()) <= 160, item.rationale
            assert all(len(why.split()) <= 60 for why in whys)
            told = "\n".join([item.stem, item.note or "", item.rationale, *item.hints, *whys])
            assert not list(descriptor_like.findings(told)), told
            assert not re.search(r"\{|\}|  |\.\.|\bNone\b|\b1 (tests|units)\b", told), told


# -- panels -------------------------------------------------------------------------------------------------------


def test_two_tables_of_panels_agree() -> None:
    """The table of the data and the law's own, test by test."""
    for panel, names in lab_panels._PANELS.items():
        wanted = set()
        for mark in names.split():
            text = next(name.split("|")[0] for name, (short, *_) in lab_panels._READ.items() if short == mark)
            wanted.add(lab_panels._test(text)[1])
        assert wanted == set(lab_facts.panels()[panel]), panel
    assert set(lab_panels._PANELS) == set(lab_facts.panels())


def test_every_name_of_a_test_is_read_as_that_test() -> None:
    for code, test in lab_facts.TESTS.items():
        assert cpt.get(code) is not None
        for name in (test.name.replace(",", ""), *test.shorts):
            assert lab_panels._test(f"{name} 4.1")[1] == code, name


def test_each_panel_is_billed_when_whole_and_not_without_one_test() -> None:
    for panel, tests in lab_facts.panels().items():
        assert lab_facts.fitting(tests) == (panel,)
        for lost in tests:
            assert panel not in lab_facts.fitting(tests - {lost})


def test_overlapping_panels_give_way_to_the_largest() -> None:
    panels = lab_facts.panels()
    assert lab_facts.fitting(panels["80048"] | panels["80076"]) == ("80053",)
    assert lab_facts.fitting(panels["80069"] | panels["80076"]) == ("80053",)
    assert lab_facts.fitting(panels["80051"] | panels["80061"]) == ("80051", "80061")
    for a, b in combinations(panels, 2):
        found = lab_facts.fitting(panels[a] | panels[b])
        assert not any(panels[x] & panels[y] for x, y in combinations(found, 2))


def test_two_equally_large_panels_have_no_best() -> None:
    done = frozenset("Na K Cl CO2 BUN Cr Glu Ca iCa".split())
    assert lab_panels._best(done) == (None, [])
    assert lab_panels._best(done | {"Alb", "Phos"})[0] == ("80069",)


def test_a_slip_with_another_story_breaks_the_law(codes) -> None:
    """A result taken away, a test that came home, a repeat that only confirms: each makes another claim."""
    changed = 0
    for seed in range(60):
        item = generators.make("lab-panel", seed, 3, codes)
        notes = [
            item.note.replace("run by the reference laboratory", "in house").replace(", reference laboratory", ""),
            re.sub(r"(at \d\d:\d\d) after .*", r"\1, rerun on the same tube to confirm", item.note),
            re.sub(r"^(\d\d:\d\d) \S.*", r"\1", item.note, count=1, flags=re.M),
        ]
        for note in notes:
            if note != item.note:
                assert not lab_panels.law(item.model_copy(update={"note": note}), codes), note
                changed += 1
    assert changed > 100


def test_calculated_figures_follow_from_the_results() -> None:
    found, rng = {"84295": "140", "82435": "100", "82374": "26"}, random.Random(1)
    assert lab_slips._calculated(rng, found) == ["Anion gap 14 (calculated)"]
    assert not lab_slips._calculated(rng, {**found, "82435": "118"})


# -- vials --------------------------------------------------------------------------------------------------------


def _drug(amount: str, *vials: str) -> drug_facts.Drug:
    """An invented drug, counted by so many mg."""
    one = drug_facts.drugs()[0]
    return one._replace(
        code="J9999", unit="mg", amount=Decimal(amount), vials=tuple(map(Decimal, vials)), pack="single"
    )


def _case(dose: str, amount: str, *vials: str) -> waste_facts.Case:
    drug = _drug(amount, *vials)
    return waste_facts.Case(drug_facts.Given(drug, Decimal(dose)), drug.vials)


@pytest.mark.parametrize(
    ("dose", "amount", "vials", "sort", "lines"),
    [
        ("450", "10", ("500",), "waste", "J9999 × 45 and J9999-JW × 5"),
        ("385", "10", ("400",), "waste", "J9999 × 39 and J9999-JW × 1"),
        ("391", "10", ("400",), "covered", "J9999-JZ × 40"),
        ("75", "100", ("100",), "covered", "J9999-JZ × 1"),
        ("12.5", "50", ("25",), "covered", "J9999-JZ × 1"),
        ("60", "30", ("30", "30"), "exact", "J9999-JZ × 2"),
        ("150", "10", (), "multi", "J9999 × 15"),
    ],
)
def test_what_is_left_makes_the_lines(dose: str, amount: str, vials: tuple[str, ...], sort: str, lines: str) -> None:
    one = _case(dose, amount, *vials)
    assert one.sort == sort and waste_slips.told(waste_slips.key(one)) == lines


def test_dose_and_waste_are_the_vials_and_slips_are_no_key() -> None:
    """Over many drawn cases: both lines come to what the vials hold or to less than a unit more, never to two."""
    rng, seen = random.Random(4), set()
    for sort in ("waste", "covered", "exact") * 60:
        one = waste_facts.case(rng, sort)
        if one is None:
            continue
        seen.add(one.drug.code)
        billed, amount = one.billed, one.drug.amount
        assert one.given.dose + billed.discarded == billed.content == sum(one.vials)
        total = (billed.dose_units + billed.waste_units) * amount
        assert billed.content <= total < billed.content + amount or not billed.waste_units
        assert total - amount < billed.content
        assert all(
            waste_slips.told(lines) != waste_slips.told(waste_slips.key(one)) for lines, _ in waste_slips.slips(one)
        )
    assert len(seen) > 25


def test_drugs_of_the_shelf_are_single_dose_and_have_their_code() -> None:
    assert len(waste_facts.singles()) > 60
    for one in waste_facts.singles():
        assert one.pack == "single" and one.code[0] in "JQ" and len(one.vials) <= 4


@pytest.mark.parametrize("level", [1, 2, 3])
def test_other_vials_or_another_dose_break_the_law(level: int, codes) -> None:
    law, changed = drug_waste.law, 0
    for seed in range(40):
        item = generators.make("jw-jz", seed, level, codes)
        notes = [
            re.sub(r"(\d+) (vials? of|x) ", lambda found: f"{int(found[1]) + 9} {found[2]} ", item.note, count=1),
            item.note.replace("multi-dose", "single-dose") if "multi-dose" in item.note else item.note,
            re.sub(r"wt (\d+) kg", lambda found: f"wt {int(found[1]) + 60} kg", item.note),
        ]
        for note in notes:
            if note != item.note:
                assert not law(item.model_copy(update={"note": note}), codes), note
                changed += 1
    assert changed > 20


def test_patients_have_the_age_of_their_payer(codes) -> None:
    """Medicare from 65 on, or the note says why earlier; a commercial payer up to 64."""
    age = r"(\d{2})(?:-year-old| years old| ?y/o|[MF]\b)|(?:[Mm]an|[Ww]oman) of (\d{2})"
    for level in (1, 2, 3):
        for seed in range(60):
            note = generators.make("jw-jz", seed, level, codes).note
            found = re.search(age, note)
            assert found and (int(found[1] or found[2]) >= 65 or "by disability" in note), note
            note = generators.make("lab-panel", seed, level, codes).note
            found = re.search(age, note)
            assert found and int(found[1] or found[2]) <= 64, note
            assert not (re.search("SGOT|SGPT", note) and re.search(r"\bAST\b|\bALT\b", note)), note
