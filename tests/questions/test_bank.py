"""The bank: every slip an author can make is told with its line and what to do, all of them at once."""

from __future__ import annotations

import os
import time

import pytest

from course.questions.bank import BankError, all_items, check_bank, load_item, load_topic, sound_items, topics
from course.questions.problems import Problem

HEAD = """\
topic: 50-test
title: Test
lesson: "03"
defaults:
  editions: [2026, 2027]
  domains: ["CPC: ICD-10-CM"]
  difficulty: 1
  objective: pass the test
  hints: [look]
  rationale: because
  sources: [{ref: Guidelines I.A, edition: FY2025, checked: 2026-11-22}]
items:
"""

GOOD = """\
  - slug: good
    kind: single_choice
    title: Good
    stem: Which?
    options:
      - {text: A, why: it is, correct: true}
      - {text: B, why: it is not}
"""


def told(folder) -> list[tuple[int, str, str]]:
    return [(one.line, one.item, f"{one.field} {one.message} {one.advice}") for one in check_bank(folder)]


def test_a_sound_bank_has_no_problems(fixtures) -> None:
    assert check_bank(fixtures) == []
    assert topics(fixtures) == ("90-kinds",)
    assert len(all_items(fixtures)) == len(load_topic("90-kinds", fixtures).items) > 10


def test_an_item_knows_where_it_comes_from(fixtures) -> None:
    one = load_item("90-kinds/buckle", fixtures)
    assert (one.id, one.lesson, one.editions, one.domains) == (
        "90-kinds/buckle",
        "03",
        (2026, 2027),
        ("CPC: ICD-10-CM",),
    )
    assert load_item("90-kinds/heart-failure", fixtures).difficulty == 2, "an item's own field wins over the defaults"


# Each case: what stands in the place of the good item, and for each problem the line in it and words of the message.
CASES = {
    "unknown field": (GOOD.replace("stem:", "stm:"), [(4, "stm is not a field here Did you mean `stem`?")]),
    "unknown field of an option": (
        GOOD.replace("why: it is not", "because: it is not"),
        [
            (7, "options 2 why is missing"),
            (7, "options 2 because is not a field here Known fields: `text`, `why`, `correct`."),
        ],
    ),
    "mistyped field of an option": (
        GOOD.replace("{text: B, why:", "{txt: B, why:"),
        [(7, "options 2 txt is not a field here Did you mean `text`?")],
    ),
    "missing field": (GOOD.replace("    stem: Which?\n", ""), [(1, "stem is missing Add it")]),
    "unknown kind": (GOOD.replace("single_choice", "single-choice"), [(2, "Did you mean `single_choice`?")]),
    "missing kind": (GOOD.replace("    kind: single_choice\n", ""), [(1, "kind is missing Kinds: `single_choice`")]),
    "alien kind": (GOOD.replace("single_choice", "essay"), [(2, "'essay', which the course does not have Kinds:")]),
    "wrong type": (GOOD + "    difficulty: hard\n", [(8, "difficulty must be a number, not 'hard'")]),
    "too large": (GOOD + "    difficulty: 4\n", [(8, "difficulty is '4'; it must be at most 3")]),
    "not a list": (GOOD + "    hints: look here\n", [(8, "hints must be a list, not 'look here'")]),
    "not a group": (
        GOOD.replace("{text: B, why: it is not}", "just text"),
        [(7, "options 2 must be a group of fields")],
    ),
    "no key": (GOOD.replace(", correct: true", ""), [(5, "options no option is correct Put `correct: true`")]),
    "two keys": (
        GOOD.replace("is not}", "is not, correct: true}"),
        [(7, "options 2 correct a second option is marked correct (number 1 is, too)")],
    ),
    "empty why": (GOOD.replace("why: it is not", "why: ~"), [(7, "options 2 why is empty")]),
    "blank why": (GOOD.replace("why: it is not", "why: ' '"), [(7, "options 2 why is empty")]),
    "one option": (GOOD[: GOOD.index("      - {text: B")], [(5, "options has 1; at least 2 are needed")]),
    "same options": (GOOD.replace("text: B", "text: a"), [(7, "options 2 text says the same as number 1")]),
    "long title": (GOOD.replace("title: Good", "title: " + "x" * 61), [(3, "title has 61 characters; 60 fit")]),
    "bad slug": (
        GOOD.replace("slug: good", "slug: Good one"),
        [(1, "slug is 'Good one', which does not have the right form")],
    ),
    "bad date": (
        GOOD + "    sources:\n      - {ref: I.A, edition: FY2025, checked: 22.11.2026}\n",
        [(9, "sources 1 checked is '22.11.2026', which is not a date Write year-month-day: 2026-11-22.")],
    ),
    "date as a number": (GOOD + "    sources: [{ref: I.A, checked: 20261122}]\n", [(8, "which is not a date")]),
    "impossible date": (GOOD + "    sources: [{ref: I.A, checked: 2026-02-30}]\n", [(8, "which is not a date")]),
    "future date": (
        GOOD + "    sources: [{ref: I.A, checked: 2027-11-22}]\n",
        [(8, "sources 1 checked is 2027-11-22, which is in the future")],
    ),
    "no sources": (GOOD + "    sources: []\n", [(8, "sources has 0; at least 1 are needed")]),
    "unknown domain": (
        GOOD + "    domains: ['CPC: icd-10-cm', 'CPC: ICD10']\n",
        [
            (8, "domains 1 is 'CPC: icd-10-cm', which is not an exam domain Did you mean `CPC: ICD-10-CM`?"),
            (8, "domains 2 is"),
        ],
    ),
    "giveaway": (
        GOOD.replace("text: A", "text: A very long and careful sentence that nobody would write for a wrong one"),
        [(6, "options 1 text the right option gives itself away")],
    ),
    "set by the course": (GOOD + "    id: 50-test/good\n", [(8, "id is set by the course")]),
    "given twice": (GOOD + "    title: Again\n", [(8, "title is given twice (first on line 15)")]),
    "cut off": (GOOD.replace("stem: Which?", "stem: Fracture #2, which?"), [(4, "stem is cut off at the #")]),
    "colon in a text": (GOOD.replace("stem: Which?", "stem: Note: which?"), [(4, "has a second `: `")]),
    "star at the beginning": (
        GOOD.replace("stem: Which?", "stem: **Which?**"),
        [(4, "A text that begins with * needs quotes")],
    ),
    "anchor": (GOOD.replace("stem: Which?", "stem: &x Which?\n    note: *x"), [(5, "alias")]),
    "open quote": (GOOD.replace("stem: Which?", 'stem: "Which?'), [(4, "quotes")]),
    "open list": (GOOD + "    tags: [a, b\n", [(8, "")]),
    "backtick": (GOOD.replace("stem: Which?", "stem: `I10` is?"), [(4, "A text that begins with ` needs quotes")]),
    "at sign": (GOOD.replace("stem: Which?", "stem: @home?"), [(4, "needs quotes")]),
    "exclamation mark": (GOOD.replace("stem: Which?", "stem: !Which one?"), [(4, "quotes")]),
    "tabs": (
        GOOD.replace("    kind", "\tkind").replace("    stem", "\tstem"),
        [(2, "begins with a tab"), (4, "begins with a tab")],
    ),
    "wrong indent": (GOOD.replace("    title", "   title"), [(3, "does not fit what stands above it")]),
    "just a word": ("  - hello\n", [(1, "an entry of items is not a group of fields")]),
    "control character": (GOOD.replace("Which", "Wh\x07ich"), [(4, "a character that cannot be shown")]),
}


@pytest.mark.parametrize("name", CASES)
def test_each_slip_is_told_at_its_line(write, name: str) -> None:
    text, expected = CASES[name]
    found = told(write(HEAD + text))
    offset = HEAD.count("\n")
    for line, words in expected:
        assert any(at == line + offset and words in said for at, _, said in found), (name, line + offset, words, found)
    assert len(found) == len(expected), found


@pytest.mark.parametrize("name", sorted(CASES))
def test_one_slip_does_not_spoil_the_others(write, name: str) -> None:
    """A faulty question between two good ones: those load, and only the faulty one is told of."""
    text, expected = CASES[name]
    after = GOOD.replace("slug: good", "slug: after")
    text = text.replace("slug: good", "slug: between")
    folder = write(HEAD + GOOD + text + after)
    found = told(folder)
    assert len(found) == len(expected) and {slug for _, slug, _ in found} <= {"between", "", "Good one"}
    assert load_item("50-test/good", folder).title == load_item("50-test/after", folder).title == "Good"


def test_all_problems_are_told_at_once(write) -> None:
    bad = GOOD.replace("title: Good", "titel: Good").replace(", correct: true", "").replace("why: it is not", "why: ~")
    found = told(write(HEAD + bad + GOOD.replace("slug: good", "slug: next").replace("stem: Which?", "stem: a: b")))
    said = " | ".join(words for _, _, words in found)
    for words in ("Did you mean `title`", "why is empty", "no option is correct", "second `: `"):
        assert words in said
    assert len(found) == 4


def test_a_slug_used_twice(write) -> None:
    (found,) = told(write(HEAD + GOOD + GOOD))
    assert found[:2] == (20, "good") and "already used on line 13" in found[2]


def test_defaults_are_told_once_and_at_their_line(write) -> None:
    found = told(write(HEAD.replace("difficulty: 1", "difficulty: 9") + GOOD + GOOD.replace("good", "other")))
    assert [(line, slug) for line, slug, _ in found] == [(7, "")] and "defaults difficulty" in found[0][2]
    found = told(write(HEAD.replace("difficulty: 1", "slug: a") + GOOD))
    assert any(line == 7 and "cannot be given to all questions" in words for line, _, words in found)
    found = told(write(HEAD.replace("2026-11-22", "2026-13-40") + GOOD + GOOD.replace("good", "other")))
    assert [line for line, _, _ in found] == [11]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("# nothing\n", "is empty"),
        ("hello", "must begin with `topic:`"),
        ("- a\n- b\n", "must begin with `topic:`"),
        (HEAD, "holds no question"),
        (HEAD.replace("items:\n", ""), "items is missing"),
        (HEAD + "  hello\n", "items must be a list"),
        (HEAD.replace('"03"', "3") + GOOD, "Two digits in quotes"),
        (HEAD.replace("title: Test\n", "") + GOOD, "title is missing"),
        (HEAD.replace("title:", "name:") + GOOD, "name is not a field here"),
        (HEAD + GOOD + "---\n" + HEAD + GOOD, "second document"),
        (HEAD.replace("title: Test", "title: [Test") + GOOD, ""),
        ("items: " + "[" * 3000, ""),
    ],
)
def test_files_that_are_no_topics(write, content: str, words: str) -> None:
    folder = write(content)
    found = check_bank(folder)
    assert found and any(words in str(one) for one in found), found
    with pytest.raises(BankError):
        load_item("50-test/good", folder)


def test_a_topic_of_another_name_still_works(write) -> None:
    folder = write(HEAD.replace("50-test", "51-test") + GOOD)
    (found,) = check_bank(folder)
    assert found.line == 1 and "'51-test' but the file is named '50-test'" in found.message
    assert load_item("50-test/good", folder).id == "50-test/good"


def test_encodings(write) -> None:
    text = HEAD + GOOD.replace("Which?", "Señor?")
    for raw in (
        text.encode("utf-8"),
        b"\xef\xbb\xbf" + text.encode("utf-8"),
        text.replace("\n", "\r\n").encode("utf-8"),
    ):
        folder = write(raw)
        assert check_bank(folder) == []
        assert load_item("50-test/good", folder).stem == "Señor?"
    for ends in ("\r\n", "\r"):
        (found,) = check_bank(write(text.replace("title: Good", "titel: Good").replace("\n", ends)))
        assert found.line == 15
    (found,) = check_bank(write(text.encode("cp1252")))
    assert found.line == 16 and "UTF-8" in found.message + found.advice and "Señor" in found.message
    (found,) = check_bank(write(text.encode("utf-16")))
    assert "UTF-16" in found.message
    (found,) = check_bank(write(text.replace("\n", "\r\n").encode("cp1252")))
    assert found.line == 16


def test_words_that_yaml_would_change_are_kept(write) -> None:
    """YAML takes No for false, 012 for ten, 1e5 and 1.50 for numbers, 12:30 for 750, 2026-11-22 for a date."""
    traps = ["No", "on", "012", "1e5", "1.50", "12:30", "2026-11-22", "99213", "E11.9", "nil", "0x1F", "1_000"]
    options = "".join(f"      - {{text: {word}, why: {word}}}\n" for word in traps[:7])
    options += "".join(f"      - text: {word}\n        why: {word}\n" for word in traps[7:8])
    folder = write(HEAD + GOOD.replace("      - {text: B, why: it is not}\n", options))
    if check_bank(folder):
        options = options.replace("12:30", '"12:30"')  # in braces YAML itself wants quotes here
        folder = write(
            HEAD + GOOD.replace("      - {text: B, why: it is not}\n", "".join(options.splitlines(True)[:-2]))
        )
    assert check_bank(folder) == []
    kept = [option.text for option in load_item("50-test/good", folder).options[1:]]
    assert kept == traps[: len(kept)] and len(kept) >= 7


def test_a_code_that_yaml_would_change_is_kept_or_explained(write) -> None:
    entry = "  - {slug: c, kind: code_entry, title: T, stem: S, answer: {codes: [%s]}}\n"
    assert load_item("50-test/c", write(HEAD + entry % "E11.9")).answer.codes == ("E11.9",)
    for word in ("1e5", "99213", "1.5", "true", "012"):
        (found,) = check_bank(write(HEAD + entry % word))
        assert (
            found.line == 13
            and "answer codes 1" in found.field
            and "does not look like an ICD-10-CM code" in found.message
        )


def test_items_in_brackets_or_json_work_too(write) -> None:
    import json

    head = dict(
        topic="50-test", title="T", lesson="03", defaults=dict(editions=[2026], domains=[], difficulty=1, objective="o")
    )
    source = dict(ref="r", checked="2026-11-22")
    options = [dict(text="A", why="a", correct=True), dict(text="B", why="b")]
    item = dict(
        slug="a",
        kind="single_choice",
        title="t",
        stem="s",
        hints=["h"],
        rationale="r",
        sources=[source],
        options=options,
    )
    folder = write(json.dumps({**head, "items": [item, {**item, "slug": "b", "stem": ""}]}, indent=1))
    assert load_item("50-test/a", folder).options[0].correct is True
    (found,) = check_bank(folder)
    assert found.item == "b" and found.field == "stem" and found.line > 20


def test_items_may_stand_flush_left_and_the_head_below(write) -> None:
    lines = (HEAD + GOOD).splitlines(True)
    head, items = lines[:11], [line[2:] for line in lines[12:]]
    folder = write("items:\n" + "".join(items) + "# done\n" + "".join(head))
    assert check_bank(folder) == [] and load_item("50-test/good", folder).title == "Good"


def test_unknown_ids_name_the_nearest(fixtures) -> None:
    with pytest.raises(BankError, match="Did you mean `buckle`"):
        load_item("90-kinds/bukle", fixtures)
    with pytest.raises(BankError, match="Did you mean `90-kinds`"):
        load_item("90-kind/buckle", fixtures)
    for odd in (
        "",
        "/",
        "90-kinds",
        "90-kinds/",
        "../90-kinds/buckle",
        "a\0b/c",
        "90-kinds/buckle/x",
        "C:\\x/y",
        "é" * 500,
    ):
        with pytest.raises(BankError):
            load_item(odd, fixtures)


def test_a_faulty_question_is_left_out_of_a_lesson(write) -> None:
    bad = GOOD.replace("slug: good", "slug: bad").replace(", correct: true", "")
    folder = write(HEAD + GOOD + bad + GOOD.replace("slug: good", "slug: last"))
    assert [one.slug for one in sound_items(folder)] == ["good", "last"]
    assert [one.slug for one in sound_items(folder, lesson="03")] == ["good", "last"]
    assert sound_items(folder, lesson="04") == []


@pytest.mark.parametrize("name", ["51-more.yml", "51-more.YAML", "51-more.Yml"])
def test_a_file_that_would_be_passed_over_is_told(write, name) -> None:
    folder = write(HEAD + GOOD)
    (folder / name).write_text((HEAD + GOOD).replace("50-test", "51-more"), encoding="utf-8")
    (found,) = [one for one in check_bank(folder) if one.file == name]
    assert "not read" in found.message and found.advice == "Rename it to 51-more.yaml."


THREE = "".join(GOOD.replace("slug: good", f"slug: {name}") for name in ("one", "two", "three"))


@pytest.mark.parametrize(
    ("right", "wrong", "field"),
    [
        ("CPC: ICD-10-CM", "CPC: ICD-10-CMM", "defaults domains 1"),
        ("  domains:", "  domain:", "defaults domain"),
        ("  difficulty: 1", "  difficulty: 9", "defaults difficulty"),
        ("checked: 2026-11-22", "checked: 2999-11-22", "defaults sources 1 checked"),
        ("title: Test\n", "title: Test\nauthor: me\n", "author"),
    ],
)
def test_what_is_wrong_for_the_whole_file_is_told_once(write, right, wrong, field) -> None:
    assert right in HEAD
    folder = write(HEAD.replace(right, wrong) + THREE)
    (found,) = check_bank(folder)
    assert (found.item, found.field) == ("", field)
    shared = {"C": "domains", "c": "sources", "t": "author"}
    key = wrong.strip().split(":")[0] if wrong.startswith("  ") else shared[wrong[0]]
    assert HEAD.replace(right, wrong).split("\n")[found.line - 1].strip().startswith(key)
    if "2999" not in wrong and "CMM" not in wrong:  # those two are lints: the questions work
        with pytest.raises(BankError) as told:
            load_item("50-test/two", folder)
        assert told.value.problems == [found]


def test_a_file_that_is_no_text_takes_one_line(write) -> None:
    folder = write(HEAD + GOOD)
    noise = [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, (HEAD + GOOD).encode("utf-16-le"), b"\xc3\xff\n" * 400]
    for raw in noise:
        (folder / "50-test.yaml").write_bytes(raw)
        assert len(told(folder)) == 1, raw[:20]
        with pytest.raises(BankError):
            load_item("50-test/good", folder)


def test_a_changed_file_is_read_again(write) -> None:
    folder = write(HEAD + GOOD)
    assert load_item("50-test/good", folder).title == "Good"
    path = folder / "50-test.yaml"
    path.write_text((HEAD + GOOD).replace("title: Good", "title: Better"), encoding="utf-8")
    os.utime(path, ns=(time.time_ns(), time.time_ns() + 10**9))
    assert load_item("50-test/good", folder).title == "Better"
    assert load_item("50-test/good", folder) is load_item("50-test/good", folder)


def test_a_problem_reads_as_a_sentence() -> None:
    one = Problem("data/questions/a.yaml", 41, "buckle", "options 2 why", "is empty", "Write it out.")
    assert str(one) == "data/questions/a.yaml:41: [buckle] options 2 why is empty. Write it out."


def test_content_version_is_about_the_answer(item) -> None:
    one = item("billable-one")
    assert len(one.content_version) == 10 and int(one.content_version, 16) >= 0
    same = {
        "rationale": "x",
        "hints": ("x",),
        "title": "x",
        "difficulty": 3,
        "tags": ("x",),
        "stem": one.stem.replace("\n", "  \n "),
    }
    for field, value in same.items():
        assert one.model_copy(update={field: value}).content_version == one.content_version, field
    why = tuple(option.model_copy(update={"why": "x"}) for option in one.options)
    assert one.model_copy(update={"options": why}).content_version == one.content_version
    key = tuple(option.model_copy(update={"correct": n == 0}) for n, option in enumerate(one.options))
    for field, value in {"stem": "x", "note": "x", "options": key}.items():
        assert one.model_copy(update={field: value}).content_version != one.content_version, field
    entry = item("buckle")
    assert entry.model_copy(update={"reasons": {}}).content_version == entry.content_version
    assert item("count-codes").content_version != item("charge").content_version


def big(items: int) -> str:
    one = GOOD.replace(
        "Which?", "|\n      " + "\n      ".join(["A sentence of a chart note that goes on for a while."] * 6)
    )
    one += (
        "    rationale: |\n      "
        + "\n      ".join(["Why it is so, in several words, with a code such as S52.521A."] * 4)
        + "\n"
    )
    return HEAD + "".join(one.replace("slug: good", f"slug: item-{n}") for n in range(items))


def test_one_question_of_a_large_file_is_quick(write) -> None:
    """Bar: a file of 300 questions gives its first question in less than 150 ms (measured: 14 ms on a busy machine)."""
    folder = write(big(300))
    assert (folder / "50-test.yaml").stat().st_size > 200_000
    load_item("50-test/item-0", write(big(1)))  # models and regular expressions are ready
    folder = write(big(300))
    start = time.perf_counter()
    load_item("50-test/item-250", folder)
    assert time.perf_counter() - start < 0.15
    assert len(load_topic("50-test", folder).items) == 300
