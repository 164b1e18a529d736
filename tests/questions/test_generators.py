"""Every generator, every level, many seeds: the key is accepted, and the law says it is the only answer."""

from __future__ import annotations

from collections import Counter

import pytest

from course.codesets import icd10cm
from course.codesets.cpt import em
from course.grading.verdict import Outcome
from course.questions import generators
from course.questions.answers import Answer
from course.questions.kinds import KINDS

SEEDS = 1000


def _accepted(item, codes) -> bool:
    kind = KINDS[item.kind]
    answer = kind.parse(item, kind.solution(item)["response"])
    return isinstance(answer, Answer) and kind.grade(item, answer, codes).outcome is Outcome.CORRECT


@pytest.mark.parametrize("name", list(generators.GENERATORS))
def test_law_over_a_thousand_seeds(name: str) -> None:
    """A thousand seeds of each generator, shared among its levels."""
    codes = icd10cm.open_edition(2027)
    generator = generators.GENERATORS[name]
    for n, level in enumerate(generator.levels):
        seeds = range(n, SEEDS, len(generator.levels))
        versions, keys, sizes = set(), Counter(), Counter()
        for seed in seeds:
            item = generators.make(name, seed, level, codes)
            assert generator.law(item, codes), item
            if seed < 60:
                assert _accepted(item, codes), item
            if item.kind == "single_choice":
                sizes[len(item.options)] += 1
                keys[item.key] += 1
            versions.add(item.content_version)
        # Different seeds give different exercises; level 1 keeps to common categories and so repeats itself sooner.
        assert len(versions) > len(seeds) * 0.6, f"level {level}: only {len(versions)} different in {len(seeds)}"
        if keys:
            fair = sum(count / size for size, count in sizes.items()) / sizes.total()
            assert max(keys.values()) < sizes.total() * (fair + 0.09), f"level {level}: the key prefers a place: {keys}"


@pytest.mark.parametrize("name", list(generators.GENERATORS))
def test_same_seed_same_item_and_other_edition(name: str) -> None:
    codes, older = icd10cm.open_edition(2027), icd10cm.open_edition(2026)
    first = generators.make(name, 7, 2, codes)
    assert generators.make(name, 7, 2, codes) == first == generators.from_id(f"gen/{name}/2/7", codes)
    for seed in range(30):
        item = generators.make(name, seed, 2, older)
        assert generators.GENERATORS[name].law(item, older)


def test_a_broken_key_breaks_the_law() -> None:
    """The laws can fail: an item whose key is moved to another option must be refused."""
    codes = icd10cm.open_edition(2027)
    for name, generator in generators.GENERATORS.items():
        item = generators.make(name, 3, 2, codes)
        if item.kind in ("single_choice", "multiple_choice"):
            right = next(n for n, one in enumerate(item.options) if one.correct)
            wrong = next(n for n, one in enumerate(item.options) if not one.correct)
            moved = [
                one.model_copy(update={"correct": n == wrong if n in (right, wrong) else one.correct})
                for n, one in enumerate(item.options)
            ]
            broken = item.model_copy(update={"options": tuple(moved)})
        elif item.kind == "ordering":
            broken = item.model_copy(update={"steps": tuple(reversed(item.steps))})
        elif item.kind == "em_leveling":
            other_codes = [row.code for row in em.in_category(item.category) if row.code != item.code]
            broken = item.model_copy(update={"code": other_codes[0]})
        elif item.kind == "modifier_choice":
            broken = item.model_copy(update={"answer": tuple(sorted(set(item.offered) - set(item.answer)))[:1]})
        elif item.kind == "diagram":
            broken = item.model_copy(update={"part": next(one for one in item.offered if one != item.part)})
        else:
            others = (generators.make(name, seed, 2, codes) for seed in range(4, 40))
            other = next(one for one in others if getattr(one, "answer", item.answer) != item.answer)
            broken = item.model_copy(update={"answer": other.answer})
        assert not generator.law(broken, codes), name


@pytest.mark.parametrize(
    "wrong", ["gen/laterality/9/1", "gen//1/1", "laterality", "gen/nothing/1/1", "gen/laterality/1/-4", ""]
)
def test_unknown_ids_say_what_there_is(wrong: str) -> None:
    with pytest.raises(generators.UnknownGenerator) as caught:
        generators.from_id(wrong, icd10cm.open_edition(2027))
    assert len(str(caught.value)) > 20
