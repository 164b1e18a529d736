"""What does the abbreviation mean in this line of a chart? And which order may stand as it is written?"""

from __future__ import annotations

import csv
import random
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from course.language import flashcards
from course.questions.base import Source
from course.questions.generators import common
from course.questions.generators.abbreviation_orders import ORDERS, SAFETY, dangers
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "read an abbreviation by the words around it"
DOMAINS = ("CPC: Medical terminology",)
USAGE = Source(
    ref="The course's table of abbreviations (data/flashcards/SOURCES.md)", edition="2026", checked=common.CHECKED
)


class Row(NamedTuple):
    """One meaning of some letters. ``lines``: chart lines in which they mean that, ``cues``: beginnings of the words in
    them that say so and that stand in no line of another meaning of the same letters."""

    letters: str
    meaning: str
    setting: str
    danger: str
    lines: tuple[str, ...]
    cues: tuple[str, ...]


@lru_cache(maxsize=1)
def rows() -> tuple[Row, ...]:
    """The abbreviations that have a chart line: letters with several meanings have three lines each."""
    told: dict[str, list[tuple[str, str]]] = {}
    with flashcards.path("abbreviation-lines").open(encoding="utf-8", newline="") as lines:
        for one in csv.DictReader(lines):
            told.setdefault(one["id"], []).append((one["line"], one["cues"]))
    found = []
    with flashcards.path("abbreviations").open(encoding="utf-8", newline="") as lines:
        for one in csv.DictReader(lines):
            own = told.get(one["id"], [(one["example"], "")] if one["example"] else [])
            if own:
                texts = tuple(text for text, _ in own)
                cues = tuple(own[0][1].split())
                found.append(Row(one["abbreviation"], one["meaning"], one["setting"], one["danger"], texts, cues))
    return tuple(found)


def meanings_of(letters: str) -> list[Row]:
    """All that some letters can mean."""
    return [row for row in rows() if row.letters == letters]


@lru_cache(maxsize=1)
def _fillers() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with flashcards.path("abbreviation-fillers").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["abbreviation"], []).append(row["not_here"])
    return found


def not_here(letters: str) -> list[str]:
    """Words with the same initials that the letters do not stand for in any line of ours."""
    return _fillers().get(letters, [])


def cue_in(row: Row, line: str) -> str:
    """The word of a line that speaks for this meaning, or ""."""
    for cue in row.cues:
        if found := re.search(rf"(?<!\w){re.escape(cue)}\w*", line, re.IGNORECASE):
            return found[0]
    return ""


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice:
    """Level 1: letters with one meaning. Level 2: letters with several. Level 3: the line in which they mean one thing,
    or the order that may stand."""
    if level == 3:
        return (_which_line if rng.random() < 0.5 else _which_order)(rng, codes)
    several = level == 2
    row = rng.choice([one for one in rows() if (len(meanings_of(one.letters)) > 1) == several])
    line = rng.choice(row.lines)
    others = [one for one in meanings_of(row.letters) if one is not row]
    cue = cue_in(row, line)
    wrong = [
        (one.meaning, f"Elsewhere ({one.setting}) the letters can mean that. Here the line speaks of *{cue}*.")
        for one in others
    ]
    told = f"*{cue}* in the line does not fit it." if cue else "Say the line aloud with it: it makes no sense."
    wrong += [(text, told) for text in rng.sample(not_here(row.letters), min(2, 3 - len(wrong)))]
    wrong += [
        (one.meaning, f"That is {one.letters}. The line has {row.letters}.")
        for one in _near(rng, row, 3 - len(wrong), {one.meaning for one in (row, *others)})
    ]
    place = "The words beside it decide" if several else "It has one meaning in this course's table"
    said = f": *{cue}* speaks for it" if cue else ""
    return SingleChoice(
        slug="abbreviation-in-context",
        title="What do the letters mean here?",
        stem=f"A line of a chart:\n\n*{line}*\n\nWhat does **{row.letters}** mean in it?",
        options=common.options(rng, [(row.meaning, f"{place}{said}.")], wrong),
        hints=(
            "Read the whole line: is it about an organ, a drug, a test, a place?",
            "Say the line aloud with each meaning in turn. Only one makes sense with the words beside it.",
        ),
        rationale=f"**{row.letters}** stands for *{row.meaning}* here{said}."
        + (
            f" Elsewhere it can be {' or '.join(f'*{one.meaning}* ({one.setting})' for one in others)}; where the "
            "record leaves two readings, a coder asks and does not guess."
            if others
            else ""
        ),
        sources=(USAGE,) + ((SAFETY,) if row.danger else ()),
        objective=OBJECTIVE,
        **_fields(codes, level),
    )


def _either(rows: list[Row]) -> str:
    return " or ".join(f"*{row.meaning}*" for row in rows)


def _near(rng: random.Random, row: Row, count: int, taken: set[str]) -> list[Row]:
    """Other abbreviations, those of about the same length and with the same first letter before the rest; each meaning
    once."""
    pool = [one for one in rows() if one.letters != row.letters and one.meaning not in taken]
    rng.shuffle(pool)
    pool.sort(key=lambda one: (abs(len(one.letters) - len(row.letters)) > 1, one.letters[0] != row.letters[0]))
    found: dict[str, Row] = {}
    for one in pool:
        if one.letters not in {other.letters for other in found.values()}:
            found.setdefault(one.meaning, one)
    return rng.sample(list(found.values())[:7], count) if count > 0 else []


def _which_line(rng: random.Random, codes: CodeSet) -> SingleChoice:
    """In which of these lines do the letters mean that? Only letters with three meanings or more: with two, the key
    would be the odd one out."""
    row = rng.choice([one for one in rows() if len(meanings_of(one.letters)) > 2])
    key = rng.choice(row.lines)
    rivals = [one for one in meanings_of(row.letters) if one is not row]
    lines = [(line, one) for one in rivals for line in rng.sample(one.lines, 2)]
    while True:
        chosen = rng.sample(lines, 3)
        if len({one.meaning for _, one in chosen}) > 1:
            break
    wrong = [(line, f"*{cue_in(one, line)}* makes it {one.meaning}.") for line, one in chosen]
    return SingleChoice(
        slug="abbreviation-in-context",
        title="In which line does it mean that?",
        stem=f"Four lines from four charts. In which of them does **{row.letters}** mean **{row.meaning}**?",
        options=common.options(rng, [(key, f"*{cue_in(row, key)}* says so.")], wrong),
        hints=(
            "Ask of each line which part of the body, or which kind of work, it is about.",
            "Look for a word that only one of the meanings could stand beside.",
        ),
        rationale=f"The letters **{row.letters}** mean {_either(meanings_of(row.letters))}. "
        f"*{cue_in(row, key)}* decides the line. Letters that could be read in two ways belong in a question to the "
        "provider, not in a code.",
        sources=(USAGE,),
        objective=OBJECTIVE,
        **_fields(codes, 3),
    )


def _which_order(rng: random.Random, codes: CodeSet) -> SingleChoice:
    """Three orders with a dangerous way of writing and one without, or the reverse."""
    chosen = rng.sample(ORDERS, 4)
    safe_wanted = rng.random() < 0.5
    key, *rest = chosen
    right = key.safe if safe_wanted else key.risky
    if safe_wanted:
        stem = (
            "Four drug orders. Which one may stand **as it is written**, with nothing in it that is on the Joint "
            "Commission's list or ISMP's?"
        )
        wrong = [(one.risky, f"*{one.mark}*: {one.danger}") for one in rest]
        why = f"Written out: no *{key.mark}* in it."
    else:
        stem = (
            'Four drug orders. Which one is written in a way that is on the Joint Commission\'s "Do Not Use" list or '
            "on ISMP's list of **error-prone** abbreviations?"
        )
        wrong = [(one.safe, f"Nothing to misread here: *{one.written}*.") for one in rest]
        why = f"*{key.mark}*: {key.danger}"
    return SingleChoice(
        slug="abbreviation-in-context",
        title="Which order may stand?" if safe_wanted else "Which order could be misread?",
        stem=stem,
        options=common.options(rng, [(right, why)], wrong),
        hints=(
            "Imagine each order in hurried handwriting: which letter or number could be taken for another?",
            "Look at units, at how often, at the point in the dose, at short names of drugs and at eyes and ears.",
        ),
        rationale=f"*{key.mark}* is on {key.whose}: {key.danger} Write *{key.written}*. A "
        "coder does not correct an order; but who knows the list reads charts with the right suspicion.",
        sources=(SAFETY,),
        objective=OBJECTIVE,
        **_fields(codes, 3),
    )


def _fields(codes: CodeSet, level: int) -> dict[str, Any]:
    return {**common.common_fields(codes, level), "domains": DOMAINS}


def law(item: SingleChoice, codes: CodeSet) -> bool:
    """By the words of the lines, not by the draw: the option is right exactly when the line's cue words are those of
    its meaning and of no other of the letters; an order is safe exactly when no dangerous form is found in it."""
    if "drug orders" in item.stem:
        clean = "as it is written" in item.stem
        return all(one.correct == ((not dangers(one.text)) == clean) for one in item.options)
    bold = re.findall(r"\*\*(.+?)\*\*", item.stem)
    if item.stem.startswith("Four lines"):
        return all(one.correct == (_read(bold[0], one.text) == bold[1]) for one in item.options)
    line = item.stem.split("\n\n")[1].strip("*")
    return all(one.correct == (_read(bold[0], line) == one.text) for one in item.options)


def _read(letters: str, line: str) -> str:
    """What the letters mean in a line, by cue words; "" where none or several meanings have one."""
    able = meanings_of(letters)
    if not re.search(rf"(?<![\w/.]){re.escape(letters)}(?!\w)", line):
        return ""
    found = [row.meaning for row in able if cue_in(row, line)] if len(able) > 1 else [row.meaning for row in able]
    return found[0] if len(found) == 1 else ""
