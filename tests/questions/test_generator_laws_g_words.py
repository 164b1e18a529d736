"""Words built and taken apart: only words in use, trays without a second right answer, and laws that can refuse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.codesets import icd10cm
from course.language import word_parts, words
from course.questions import generators
from course.questions.generators import word_building, word_facts, word_taking
from course.questions.kinds import check, word_builder

BUILD, TAKE = "build-a-word", "take-a-word-apart"


@pytest.fixture(scope="module")
def codes():
    return icd10cm.open_edition(2027)


def test_each_level_has_words_enough_and_they_are_harder_and_harder() -> None:
    for level in (1, 2, 3):
        assert len(word_facts.to_build(level)) >= 100 and len(word_facts.to_cut(level)) >= 100
    mean = [sum(len(one.tokens) for one in word_facts.to_build(n)) / len(word_facts.to_build(n)) for n in (1, 2, 3)]
    assert mean == sorted(mean) and mean[2] > 4
    assert {one for level in (1, 2, 3) for one in word_facts.to_build(level)} == set(words.words())


@pytest.mark.parametrize("name", [BUILD, TAKE])
@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_thousand_seeds_hardly_repeat_themselves(codes, name: str, level: int) -> None:
    drawn = {generators.make(name, seed, level, codes).content_version for seed in range(0, 3000, 3)}
    assert len(drawn) > 900


def test_no_wrong_part_would_do_as_well() -> None:
    """Senses that only a reader would compare: the pairs that a tray must not offer as wrong."""
    same = "poly- hyper-, -osis -pathy, trachel cervic, son ech, abdomin lapar, a- an-, -gram -graphy, derm cutane"
    same += ", -uria -ia, in- intra-, hyster metr, -al -ar"
    for one, other in map(str.split, same.split(",")):
        assert word_parts.alike(one, other) and word_parts.alike(other, one), (one, other)
    for one, other in map(str.split, "ureter urethr,ile ili,-ectomy -stomy,inter- intra-,-tripsy -trophy".split(",")):
        assert not word_parts.alike(one, other), (one, other)


def test_the_tray_holds_what_beginners_mix_up(codes) -> None:
    """Of the wrong parts at least a third are taken for one of the key; of the others each is met in some word."""
    near = far = 0
    for seed in range(150):
        item = generators.make(BUILD, seed, 3, codes)
        for token in set(item.tray) - set(item.answer):
            if not word_parts.is_vowel(token):
                taken = any(token == one.token for own in item.answer for one in word_facts.taken_for(own))
                near, far = near + taken, far + (not taken)
    assert near > (near + far) / 3


def test_every_wrong_part_alone_is_explained(codes) -> None:
    for seed in range(40):
        item = generators.make(BUILD, seed, 1 + seed % 3, codes)
        for token in set(item.tray) - set(item.answer):
            for n, own in enumerate(item.answer):
                senses = getattr(word_parts.by_token(own), "senses", ())  # lymph means lymph
                if word_parts.kind_of(own) == word_parts.kind_of(token):
                    row = [*item.answer[:n], token, *item.answer[n + 1 :]]
                    (part,) = [part for part in check(item, row).parts if part.mark == "wrong"]
                    assert f"**{token}**" in part.message and (own in senses or f"**{own}**" not in part.message), row
        for left in range(1, len(item.answer)):  # a needless vowel anywhere
            row = [*item.answer[:left], "o", *item.answer[left:]]
            verdict = check(item, row)
            assert verdict.score < 1 and any(part.mark == "extra" and part.message for part in verdict.parts), row


def test_no_wrong_part_is_half_right() -> None:
    for one, other in map(str.split, "pelv pyel,oste femor,-ia -emia,-cyte -blast,aden adren,sigmoid col".split(",")):
        assert word_facts.half_right(one, other) and word_facts.half_right(other, one), (one, other)
    for one, other in map(str.split, "nephr glomerul,hyster endometri,ureter urethr,chol choledoch".split(",")):
        assert not word_facts.half_right(one, other), (one, other)
    assert word_building.overlap("pelvis", "renal pelvis (basin of the kidney)")
    assert word_building.overlap("bone", "femur (thigh bone)") and not word_building.overlap("liver", "liver cell")


def test_each_tray_has_an_ending_to_choose_and_no_idle_vowel(codes) -> None:
    for seed in range(300):
        item = generators.make(BUILD, seed, 1 + seed % 3, codes)
        kinds = [word_parts.kind_of(token) for token in item.tray]
        own = [word_parts.kind_of(token) for token in item.answer]
        assert kinds.count("suffix") > 1, item.tray
        assert ("vowel" in kinds) == ("root" in own), item.tray
        assert {token for token in item.tray if word_parts.is_vowel(token)} <= {*item.answer, "o"}, item.tray


def test_both_orders_in_use_are_right_and_others_are_asked_in_order(codes) -> None:
    for word, build in word_facts.SECOND.items():
        found, other = words.get(word), tuple(build.split())
        assert found is not None and sorted(found.meant) == sorted(t for t in other if not word_parts.is_vowel(t))
        assert word_parts.with_vowels(other) == other != found.tokens and words.get(word_parts.spell(other)) is None
        assert not word_facts.in_a_row(found)
    seen = {True: 0, False: 0}
    for seed in range(400):
        item = generators.make(BUILD, seed, 3, codes)
        for build in item.also:
            assert check(item, list(build)).score == 1 and word_parts.spell(build) in item.rationale
        joined = " and " in item.stem and sum(word_parts.kind_of(token) == "root" for token in item.answer) > 1
        if joined:
            assert bool(item.also) != item.stem.endswith(word_building.IN_A_ROW), item.stem
            seen[bool(item.also)] += 1
            if not item.also:
                assert not word_building.law(item.model_copy(update={"stem": item.stem.split("** ")[0] + "**."}), codes)
    assert min(seen.values()) > 10


def test_nobody_is_told_to_keep_to_an_order_that_is_not_the_words(codes, monkeypatch: pytest.MonkeyPatch) -> None:
    for word in filter(word_facts.in_a_row, words.words()):
        assert word_building.in_order(list(word.meant), word.meaning), word
    assert not word_building.in_order(["men", "metr", "-rrhagia"], "bleeding from the uterus at menstruation")
    drawn = (generators.make(BUILD, seed, 3, codes) for seed in range(400))
    item = next(one for one in drawn if one.stem.endswith(word_building.IN_A_ROW))
    found = next(one for one in words.words() if f"**{one.meaning}**" in item.stem)
    turned = " and ".join(reversed(found.meaning.split(" and ")))
    for meaning, allowed in ((found.meaning, True), (turned, False)):
        monkeypatch.setattr(words, "words", lambda told=meaning: (replace(found, meaning=told),))
        asked = item.model_copy(update={"stem": f"**{meaning}** {word_building.IN_A_ROW}"})
        assert word_building.law(asked, codes) == allowed


def test_where_two_i_meet_a_hint_says_so(codes) -> None:
    met = 0
    for seed in range(300):
        item = generators.make(BUILD, seed, 3, codes)
        if any(word_parts.shares_i(one, two) for one, two in zip(item.answer, item.answer[1:], strict=False)):
            assert any("one of the two is written" in hint for hint in item.hints)
            met += 1
    assert met > 5


def test_words_with_a_second_reading_are_not_cut() -> None:
    cut = {one.word for level in (1, 2, 3) for one in word_facts.to_cut(level)}
    assert not cut & {"diagnosis", "esophagitis", "perineal", "spirometry", "pericarditis", "salpingo-oophorectomy"}
    assert {"osteoarthritis", "nephropathy", "cholecystectomy"} <= cut
    assert word_facts.finer(words.get("nephropathy")) == (("nephr", "o", "path", "-y"),)


def test_the_law_of_building_refuses(codes) -> None:
    item = next(one for seed in range(99) if len((one := generators.make(BUILD, seed, 2, codes)).answer) == 3)
    law = word_building.law
    assert law(item, codes)
    other = next(one for one in item.tray if one not in item.answer)
    for changes in (
        {"answer": item.answer[:-1]},
        {"answer": (*item.answer[:1], "o", "o", *item.answer[2:])},
        {"answer": (other, *item.answer[1:])},
        {"stem": "Build the word for **something else**."},
        {"also": (item.answer[1:],)},
        {"also": (item.answer[::-1],)},
        {"tray": item.answer},
        {"tray": tuple(one for one in item.tray if not one.startswith("-") or one in item.answer)},
    ):
        assert not law(item.model_copy(update=changes), codes), changes
    kidney = word_builder.Model.model_validate(
        item.model_dump() | {"stem": "Build the word for **inflammation of the kidney**.", "answer": ["nephr", "-itis"],
                             "tray": ["nephr", "ren", "neur", "-itis", "-osis", "o"]}
    )  # fmt: skip
    assert not law(kidney, codes), "ren says kidney, too"
    fair = kidney.model_copy(update={"tray": ("nephr", "necr", "neur", "-itis", "-osis", "o")})
    assert law(fair, codes)


def test_the_law_of_taking_apart_refuses(codes) -> None:
    item = next(one for seed in range(99) if (one := generators.make(TAKE, seed, 3, codes)).also == ())
    law = word_taking.law
    assert law(item, codes)
    first = item.answer[0]
    for changes in (
        {"answer": item.answer[1:]},
        {"word": "osteoitis"},
        {"stem": "Read it."},
        {"meanings": {**item.meanings, first: "hope"}},
        {"extra": (*item.extra, item.meanings[first])},
        {"extra": ("the color of hope",)},
    ):
        assert not law(item.model_copy(update=changes), codes), changes
    finer = next(one for seed in range(200) if (one := generators.make(TAKE, seed, 2, codes)).answer[-1] == "-pathy")
    assert law(finer, codes) and not law(finer.model_copy(update={"also": ()}), codes), "path + -y is right, too"


def test_the_law_of_taking_apart_refuses_half_right_meanings_and_words_cut_in_two_ways(codes) -> None:
    stone = next(one for seed in range(2000) if (one := generators.make(TAKE, seed, 3, codes)).word == "pyelolithotomy")
    law = word_taking.law
    assert law(stone, codes) and not law(stone.model_copy(update={"extra": (*stone.extra, "pelvis")}), codes)
    short = generators.make(TAKE, 1, 1, codes)
    table = {token: word_parts.by_token(token).meaning for token in ("periton", "-eal")}
    two = {"word": "peritoneal", "answer": ("periton", "-eal"), "stem": "Read **peritoneal**.", "meanings": table}
    assert not law(short.model_copy(update=two | {"extra": (), "also": ()}), codes)
