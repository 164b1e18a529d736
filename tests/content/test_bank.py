"""The bank as a whole: no faults, nothing twice, a shared vocabulary, keys that place and length do not give away."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter, defaultdict

import pytest
from rapidfuzz import fuzz, process

from course.codesets import icd10cm
from course.questions import text
from course.questions.bank import check_bank, topics
from course.questions.base import LETTERS, ItemBase
from course.questions.kinds import KINDS
from tests.content.by_topic import of_each_question

#: Upper percent points of chi square for 1 to 7 degrees of freedom, at p = 0.01.
CHI_SQUARE = (6.63, 9.21, 11.34, 13.28, 15.09, 16.81, 18.48)


def test_no_question_has_a_fault() -> None:
    problems = check_bank(codes=icd10cm.open_edition)
    assert not problems, "\n".join(map(str, problems))


def test_there_are_questions(items: list[ItemBase]) -> None:
    assert items and {item.id.split("/")[0] for item in items} == set(topics())


def test_ids_are_unique(items: list[ItemBase]) -> None:
    assert not [name for name, count in Counter(item.id for item in items).items() if count > 1]


def test_titles_are_unique(items: list[ItemBase]) -> None:
    twice = [name for name, count in Counter(text.plain(item.title).casefold() for item in items).items() if count > 1]
    assert not twice


def test_no_two_questions_ask_the_same(items: list[ItemBase]) -> None:
    """Stem and note together; a stem such as "Which code is right?" may come back with another chart."""
    asked = [" ".join(f"{text.plain(item.stem)} {item.note or ''}".casefold().split()) for item in items]
    likeness = process.cdist(asked, asked, scorer=fuzz.ratio, score_cutoff=92)
    pairs = itertools.combinations(range(len(items)), 2)
    assert not [(items[a].id, items[b].id, round(likeness[a][b])) for a, b in pairs if likeness[a][b] > 92]


def test_objectives_share_a_vocabulary(items: list[ItemBase]) -> None:
    """Two objectives that differ by a letter or two are one objective, misspelled; it would be counted as two."""
    objectives = sorted({item.objective for item in items})
    odd = [
        (a, b)
        for a, b in itertools.combinations(objectives, 2)
        if fuzz.ratio(a.casefold(), b.casefold()) >= 95 or sorted(a.casefold().split()) == sorted(b.casefold().split())
    ]
    assert not odd
    assert not [
        one for one in objectives if one.endswith(".") or one.startswith(("to ", "To ")) or len(one.split()) > 15
    ]


def single_choices(items: list[ItemBase]) -> list[ItemBase]:
    return [item for item in items if item.kind == "single_choice"]


def test_keys_stand_at_even_places(items: list[ItemBase]) -> None:
    """No place holds more than 45 % of a file's keys; over the whole bank they differ by no more than chance would."""
    by_topic: dict[str, list[int]] = defaultdict(list)
    by_size: dict[int, list[int]] = defaultdict(list)
    for item in single_choices(items):
        by_topic[item.id.split("/")[0]].append(item.key)
        by_size[len(item.options)].append(item.key)
    for topic, keys in by_topic.items():
        if len(keys) >= 12:
            place, count = Counter(keys).most_common(1)[0]
            assert count <= 0.45 * len(keys), f"{topic}: {count} of {len(keys)} keys are {LETTERS[place].upper()}"
    for size, keys in by_size.items():
        if len(keys) >= 5 * size and size > 1:
            expected = len(keys) / size
            surprise = sum((keys.count(place) - expected) ** 2 / expected for place in range(size))
            assert surprise <= CHI_SQUARE[size - 2], f"{size} options: {Counter(LETTERS[key] for key in keys)}"


def test_keys_do_not_stand_in_a_pattern(items: list[ItemBase]) -> None:
    """No five questions in a row, within a file, have their key at the same place."""
    by_topic: dict[str, list[int]] = defaultdict(list)
    for item in single_choices(items):
        by_topic[item.id.split("/")[0]].append(item.key)
    for topic, keys in by_topic.items():
        longest = max((len(list(run)) for _, run in itertools.groupby(keys)), default=0)
        assert longest < 5, f"{topic}: {longest} keys in a row at one place"


def test_the_key_is_rarely_the_longest_option(items: list[ItemBase]) -> None:
    """Bar: the right option is the one longest in at most 35 % of single choices."""
    choices = single_choices(items)
    if len(choices) < 10:
        pytest.skip("too few single choices to judge")
    longest = []
    for item in choices:
        lengths = [len(text.plain(option.text)) for option in item.options]
        if lengths[item.key] == max(lengths) and lengths.count(max(lengths)) == 1:
            longest.append(item.id)
    assert len(longest) <= 0.35 * len(choices), f"{len(longest)} of {len(choices)}: {', '.join(longest)}"


def test_right_options_are_not_worded_alike(items: list[ItemBase]) -> None:
    """Absolute words ("always", "never", "only") give wrong options away; they may not stand in wrong options alone."""
    absolute = {"always", "never", "only", "all", "none", "every"}
    right = wrong = 0
    for item in single_choices(items):
        for option in item.options:
            if absolute & set(text.plain(option.text).casefold().split()):
                right, wrong = right + option.correct, wrong + (not option.correct)
    assert wrong <= 12 or right >= 0.08 * wrong, f"absolute words: {wrong} wrong options, {right} right ones"


@of_each_question
def test_no_mark_is_left_on_the_screen(item: ItemBase) -> None:
    """A star in what a learner reads is bold or italic that did not come to be (a code family, S52.5*, has no place in
    a text)."""
    kind = KINDS[item.kind]
    shown = {name: value for name, value in kind.view(item).items() if name not in ("figure", "plot", "starter")}
    read = json.dumps([shown, kind.solution(item)["html"], text.block(item.rationale), *map(text.block, item.hints)])
    read = re.sub(r"<code>.*?</code>", "", read)  # a program multiplies by stars
    assert "*" not in read, read[max(0, read.index("*") - 60) :][:120]
