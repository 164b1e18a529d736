"""Structures, directions and regions: what their laws refuse, and whether facts and drawings make sense."""

from __future__ import annotations

import random
import re

import pytest

from course.codesets import icd10cm
from course.language import diagrams
from course.questions import generators
from course.questions.generators import abdomen_facts, abdomen_region, direction_facts, direction_terms, which_structure

NAMES = ("which-structure", "direction-terms", "abdomen-region")
#: ICD-10-CM chapter of the diseases of a part -> CPT series in which an operation on it can stand.
TOGETHER = {
    3: {"30,000"},
    4: {"60,000"},
    6: {"60,000"},
    7: {"60,000"},
    8: {"60,000"},
    9: {"30,000"},
    10: {"30,000", "40,000"},  # tonsils and pharynx stand with the digestive tract in CPT
    11: {"40,000"},
    12: {"10,000"},
    13: {"20,000"},
    14: {"50,000", "10,000"},  # the breast is operated on in the integumentary section
    18: {""},
}


@pytest.fixture(scope="module")
def codes():
    return icd10cm.open_edition(2027)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_other_key_breaks_the_law(name: str, level: int, codes) -> None:
    generator = generators.GENERATORS[name]
    for seed in range(25):
        item = generators.make(name, seed, level, codes)
        assert generator.law(item, codes), item
        if item.kind == "diagram":
            broken = [item.model_copy(update={"part": other}) for other in item.offered if other != item.part]
        else:
            broken = [
                item.model_copy(
                    update={
                        "options": tuple(
                            one.model_copy(update={"correct": k == n}) for k, one in enumerate(item.options)
                        )
                    }
                )
                for n in range(len(item.options))
                if n != item.key
            ]
        assert len(broken) >= 3 and not any(generator.law(one, codes) for one in broken), item


@pytest.mark.parametrize("name", NAMES)
def test_what_is_drawn_has_no_slip_of_an_author(name: str, codes) -> None:
    for seed in range(60):
        item = generators.make(name, seed, 1 + seed % 3, codes)
        assert not list(item.lints()), item
        assert len(item.stem.split()) < 70 and len(item.rationale.split()) < 110
        assert item.lesson == "02b" and "CPC: Anatomy" in item.domains


def test_a_drawing_with_a_part_moved_breaks_the_law(codes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The law looks where the leader line ends, not at the name of the key."""
    item = generators.make("which-structure", 5, 1, codes)
    assert which_structure.law(item, codes)
    monkeypatch.setattr(diagrams.Diagram, "part_at", lambda self, point: "")
    assert not which_structure.law(item, codes)


def test_neighbors_are_offered_and_all_diagrams_are_drawn_from(codes) -> None:
    drawn: dict[str, set[str]] = {}
    for seed in range(500):
        item = which_structure.draw(random.Random(seed), codes, 1 + seed % 3)
        drawn.setdefault(item.figure, set()).add(item.part)
        near = [part.id for part in diagrams.get(item.figure).near(item.part)]
        assert all(near.index(other) <= len(item.offered) for other in item.offered if other != item.part)
    assert set(drawn) == set(diagrams.names())
    assert sum(map(len, drawn.values())) > 0.7 * sum(len(one.parts) for one in diagrams.every())


def test_the_way_through_a_picture() -> None:
    heart = diagrams.get("heart")
    ways = {
        (one.id, other.id): which_structure.way(one, other)
        for one in heart.parts
        for other in heart.parts
        if one != other
    }
    assert ways["right-atrium", "left-atrium"] in ("to the right", "higher up and to the right")
    assert "lower down" in ways["left-atrium", "left-ventricle"] and all(ways.values())


def test_books_and_chapters_of_all_parts_go_together() -> None:
    """Not read from the files: an operation on an organ of a chapter stands in few places of CPT."""
    for figure in diagrams.every():
        for part in figure.parts:
            if part.chapter:
                assert part.series in TOGETHER[part.chapter], (figure.name, part.id)


def test_descriptions_are_of_one_part_alone() -> None:
    """By what it is or does a part is asked for at level 3, and by its place where it cannot be seen."""
    for figure in diagrams.every():
        for field in ("name", "plain", "where"):
            told = [getattr(part, field).casefold() for part in figure.parts]
            assert len(set(told)) == len(told), (figure.name, field)


# -- directions


def test_every_pair_is_true_on_the_body_and_its_opposite_is_not() -> None:
    for pair in direction_facts.pairs():
        true = direction_facts.true_terms(pair.first, pair.second)
        assert pair.relation in true, pair
        assert direction_facts.OPPOSITE[pair.relation] not in true
        back = direction_facts.true_terms(pair.second, pair.first)
        assert back == {direction_facts.OPPOSITE[term] for term in true}, "seen from the other side all is turned round"
        assert pair.why.endswith(".") and len(pair.why.split()) <= 20
    assert len({pair.id for pair in direction_facts.pairs()}) == len(direction_facts.pairs()) >= 60
    assert {pair.relation for pair in direction_facts.pairs()} == set(direction_facts.OPPOSITE)


def test_the_model_of_the_body_agrees_with_itself() -> None:
    """What lies above what lies above a third lies above that; and every place is used."""
    places = direction_facts.PLACES
    for term in ("superior", "anterior", "lateral"):
        for one in places:
            for two in places:
                if term in direction_facts.true_terms(one, two):
                    for three in places:
                        if term in direction_facts.true_terms(two, three):
                            assert term in direction_facts.true_terms(one, three), (one, two, three)
    used = {name for pair in direction_facts.pairs() for name in (pair.first, pair.second)}
    assert used == {*places, *direction_facts.LIMBS, *direction_facts.LAYERS}
    assert not direction_facts.true_terms("elbow", "knee") and not direction_facts.true_terms("elbow", "heart")


def test_the_tape_ends_on_the_site_whatever_the_size_of_the_patient() -> None:
    """Arms and legs differ: a tenth more or less must lead to the same part."""
    for one in direction_facts.STRETCHES:
        for distance in (one.least, one.most):
            for size in (0.9, 1.0, 1.1):
                found = direction_facts.site_at(one.landmark, one.relation, distance / size)
                assert found == one.site, (one, distance, size, found)
    assert direction_facts.site_at("the tip of the shoulder", "proximal", 5) == ""


def test_no_word_that_one_could_argue_about_is_offered(codes) -> None:
    for seed in range(200):
        item = direction_terms.draw(random.Random(seed), codes, 1)
        first, second = re.findall(r"\*\*(.+?)\*\*", item.stem)
        told = {option.text for option in item.options}
        if first in direction_facts.PLACES:
            assert not told & {"proximal", "distal", "superficial", "deep"}, (first, second)
        elif first in direction_facts.LIMBS:
            assert not told & {"medial", "lateral", "anterior", "posterior"}, (
                "the thigh bone slants, the foot points forward"
            )


# -- the abdomen


def test_every_organ_and_pain_lies_where_the_words_say() -> None:
    for site in abdomen_facts.SITES:
        if site.quadrant:
            assert abdomen_region.field_at("quadrants", site.name) == site.quadrant, site.name
        if site.region:
            assert abdomen_region.field_at("abdominal-regions", site.name) == site.region, site.name
        assert site.quadrant or site.region
    for pain in abdomen_facts.PAINS:
        assert abdomen_region.field_at("abdominal-regions", pain.where) == pain.region, pain.where


def test_the_two_drawings_agree() -> None:
    """A field of the nine that lies in one quadrant does so in both drawings, and left is never right."""
    four, nine = diagrams.get("quadrants"), diagrams.get("abdominal-regions")
    outside = 0  # in one drawing inside and in the other not: the outline is cut into other pieces
    for x in range(90, 311, 6):
        for y in range(80, 391, 6):
            one, two = four.part_at((x, y)), nine.part_at((x, y))
            if not (one and two):
                outside += bool(one or two)
                continue
            for side, other in (("left", "right"), ("right", "left")):
                assert not (one.startswith(side) and two.startswith(other)), (x, y, one, two)
            if two.endswith("hypochondriac") or two == "epigastric":
                assert one.endswith("upper"), (x, y)
            if two.endswith("iliac") or two == "hypogastric":
                assert one.endswith("lower"), (x, y)
    assert outside < 15


def test_codes_say_what_the_facts_say() -> None:
    for edition in (2026, 2027):
        book = icd10cm.open_edition(edition)
        for words, (pain, tender) in abdomen_facts.CODES.items():
            for code, finding in ((pain, "pain"), (tender, "tenderness")):
                found = book.get(code)
                assert found is not None and found.billable and finding in found.title.lower()
                assert all(word in found.title.lower() for word in words.split()), (code, found.title)


def test_organs_of_women_are_not_found_in_men(codes) -> None:
    for seed in range(300):
        item = abdomen_region.draw(random.Random(seed), codes, 1 + seed % 2)
        if re.search("ovary|uterus", item.stem):
            assert re.search(r"\d\dF\.", item.stem), item.stem
