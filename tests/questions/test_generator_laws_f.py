"""Laboratory panels, and drugs from single-dose vials: what their laws refuse, and whether the facts make sense."""

from __future__ import annotations

import random
import re
from itertools import combinations

import pytest

from course.codesets import cpt, icd10cm
from course.questions import descriptor_like, generators
from course.questions.generators import lab_facts, lab_panels, lab_slips

NAMES = ("lab-panel",)


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
