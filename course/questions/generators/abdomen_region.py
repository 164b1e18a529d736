"""The belly in four and in nine: where an organ lies or a pain is felt, and the code for a pain without a cause.

The facts are names and words (``abdomen_facts``). The law is geometry: it asks the drawings in which field the place of
the organ or pain lies, and reads the titles of the codes in the code set.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

from course.language import diagrams
from course.questions.base import Source
from course.questions.generators import abdomen_facts as facts
from course.questions.generators import common
from course.questions.kinds.diagram import Diagram
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "place organs and pains in quadrants and regions of the abdomen"
SOURCE = Source(
    ref="OpenStax, Anatomy and Physiology 2e, section 1.6, Anatomical Terminology",
    edition="2e (2022)",
    checked=common.CHECKED,
)
#: A finding that the patient tells, and one that the examiner makes.
PAIN, TENDER = "pain", "tenderness"


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: an organ in its quadrant. Level 2: an organ in one of nine regions, in the picture. Level 3: a pain told
    by landmarks, to its code."""
    if level == 1:
        return _quadrant(rng, codes)
    return _region(rng, codes) if level == 2 else _code(rng, codes)


def law(item: Any, codes: CodeSet) -> bool:
    """The key is the field of the drawing in which the place lies; at level 3 the code whose title names that field."""
    if item.kind == "diagram":
        place = next(site for site in facts.SITES if any(line in item.stem for line in site.lines)).name
        if set(item.reasons) != set(item.offered) - {item.part} or field_at("abdominal-regions", place) != item.part:
            return False
        # Whoever takes the picture's left for the patient's must find a letter there: the field is looked for in the
        # drawing, as far from its middle line on the other side.
        across = diagrams.get("abdominal-regions").part_at(_across(facts.POINTS[place]))
        return {item.part, across} <= set(item.offered)
    if "quadrant" in item.stem:
        place = next(site for site in facts.SITES if any(line in item.stem for line in site.lines)).name
        figure = diagrams.get("quadrants")
        found = figure.part(field_at("quadrants", place))
        return found is not None and [n for n, one in enumerate(item.options) if one.text == found.name] == [item.key]
    place = max((where for where in facts.POINTS if where in (item.note or "")), key=len)
    wanted = _title_words(field_at("abdominal-regions", place), field_at("quadrants", place))
    tender = "not tender" not in item.note
    fitting = []
    for n, option in enumerate(item.options):
        code = codes.get(common.leading_code(option.text))
        title = code.title.lower() if code is not None and code.billable else ""
        # "Flank pain, right side" and "Right flank tenderness"
        fits = bool(title) and all(word in title for word in wanted.split())
        if fits and ("tenderness" in title) == tender and "rebound" not in title:
            fitting.append(n)
    return fitting == [item.key]


def field_at(figure: str, place: str) -> str:
    """The field of a drawing in which a place lies."""
    return diagrams.get(figure).part_at(facts.POINTS[place])


def _across(place: tuple[float, float]) -> tuple[float, float]:
    """The place as it stands in a looking glass: the drawings have their middle line at 200."""
    return 400 - place[0], place[1]


def _title_words(region: str, quadrant: str) -> str:
    """What the title of a code must say of a field: ICD-10-CM has words of its own for the middle and the flanks."""
    own = {"epigastric": "epigastric", "umbilical": "periumbilic", "hypogastric": "suprapubic"}
    if region.endswith("-lumbar"):
        return f"{region.split('-')[0]} flank"
    side, level = quadrant.split("-")
    return own.get(region) or f"{side} {level} quadrant"


def _patient(rng: random.Random, site: facts.Site) -> str:
    """The line, after an age and a sex that go with it: no growing fibroid at 80, no first mononucleosis either."""
    line = rng.choice(site.lines)
    if re.search("Infant|newborn", line):
        return line
    female = "uterus" in site.name
    oldest = 26 if "Mononucleosis" in line else 44 if female else 84
    return f"{rng.randint(19, oldest)}{'F' if female else rng.choice('FM')}. {line}"


def _quadrant(rng: random.Random, codes: CodeSet) -> SingleChoice:
    site = rng.choice([one for one in facts.SITES if one.quadrant])
    whole = diagrams.get("quadrants")
    key = whole.part(site.quadrant)
    assert key is not None, site
    wrong = [(part.name, _other_quadrant(part, key)) for part in whole.parts if part.id != key.id]
    return SingleChoice(
        **common.common_fields(codes, 1, domains=("CPC: Anatomy",)),
        slug="abdomen-region",
        title="Which quadrant?",
        stem=f"*{_patient(rng, site)}.*\n\nIn which **quadrant** of the abdomen is that?",
        objective=OBJECTIVE,
        hints=("Sides are the patient's own.", "Is it above or below the level of the navel?"),
        rationale=f"{site.why} That is the **{key.name}**: {key.plain}.",
        sources=(SOURCE,),
        options=common.options(rng, [(key.name, site.why)], wrong),
    )


def _other_quadrant(part: diagrams.Part, key: diagrams.Part) -> str:
    side, level = (one == two for one, two in zip(part.id.split("-"), key.id.split("-"), strict=True))
    if side:
        return f"The side fits, the level does not. This is {part.plain}."
    return f"{'The level fits, the side does not' if level else 'Neither side nor level fits'}. This is {part.plain}."


def _region(rng: random.Random, codes: CodeSet) -> Diagram:
    site = rng.choice([one for one in facts.SITES if one.region])
    whole = diagrams.get("abdominal-regions")
    turned = mirror(site.region)
    count = rng.choice((4, 5))
    others = [part for part in whole.parts if part.id == turned != site.region]
    rest = [part for part in whole.parts if part.id not in (site.region, turned)]
    others += rng.sample(rest, count - len(others))
    offered = [site.region, *(part.id for part in others)]
    rng.shuffle(offered)
    key = whole.part(site.region)
    assert key is not None, site
    return Diagram(
        **common.common_fields(codes, 2, domains=("CPC: Anatomy",)),
        slug="abdomen-region",
        title="Which of the nine fields?",
        stem=f"*{_patient(rng, site)}.*\n\nFind the **region** in which that lies.",
        objective=OBJECTIVE,
        hints=("Sides are the patient's own, and the patient faces you.", "Find the row first, then the column."),
        rationale=f"{site.why} That is the **{key.name}**: {key.plain}.",
        sources=(SOURCE,),
        figure=whole.name,
        ask="find",
        part=site.region,
        offered=tuple(offered),
        reasons={part.id: _other_region(part, key) for part in others},
    )


def mirror(region: str) -> str:
    """The field on the other side of the body; the field itself in the midline."""
    side, _, rest = region.partition("-")
    return f"{'left' if side == 'right' else 'right'}-{rest}" if rest else region


def _other_region(part: diagrams.Part, key: diagrams.Part) -> str:
    (x1, y1), (x2, y2) = part.point, key.point
    row, column = abs(y1 - y2) < 50, abs(x1 - x2) < 50
    if row:
        return "The row fits. Which column is it, seen from the patient?"
    if column:
        return "The column fits. Is it above, beside or below the navel?"
    return "Neither row nor column fits. Begin with the level of the navel."


def _code(rng: random.Random, codes: CodeSet) -> SingleChoice:
    pain = rng.choice(facts.PAINS)
    tender = rng.random() < 0.4
    kind = 1 if tender else 0
    right = facts.CODES[pain.words][kind]
    others = [words for words in facts.CODES if words != pain.words]
    near = [words for words in others if near_by(words, pain.words)]
    first = rng.choice(near)
    picked = [first, rng.choice([words for words in others if words != first])]
    wrong = [(facts.CODES[words][kind], _elsewhere(words, tender)) for words in picked]
    wrong.append((facts.CODES[pain.words][1 - kind], _other_finding(tender)))
    days = rng.randint(1, 6)
    exam = f"tender {pain.where}, no rebound" if tender else "abdomen soft, not tender anywhere"
    said = "check-up, denies pain" if tender else f"{common_days(days)}: pain {pain.where}"
    note = (
        f"{rng.randint(21, 84)}{rng.choice('FM')}, {said}.\n"
        f"Exam: {exam}. Labs and US without a finding.\n"
        f"A: abdominal {TENDER if tender else PAIN} as above, cause not found."
    )
    named = {code: f"**{code}** {_title(codes, code)}" for code in (right, *(code for code, _ in wrong))}
    return SingleChoice(
        **common.common_fields(codes, 3, domains=("CPC: Anatomy", "CPC: ICD-10-CM")),
        slug="abdomen-region",
        title="Where does it hurt, by code?",
        stem="Which code says where the finding of this visit is, as exactly as the note does?",
        note=note,
        objective=OBJECTIVE,
        hints=("Find the place on your own belly first.", "Who found it: the patient, or the examining hand?"),
        rationale=f"{_capital(pain.where)} is the {pain.region.replace('-', ' ')} region, in the words of ICD-10-CM "
        f"*{pain.words}*: **{right}**. Pain is what the patient tells, tenderness what the examiner finds; they have "
        "codes of their own.",
        sources=common.tabular(codes, "R10", SOURCE),
        options=common.options(
            rng,
            [
                (
                    named[right],
                    f"{_capital(pain.where)}: {pain.words}. And the note tells of {TENDER if tender else PAIN}.",
                )
            ],
            [(named[code], why) for code, why in wrong],
        ),
    )


def near_by(one: str, other: str) -> bool:
    """Whether two fields are mirror images, or lie one above or beside the other."""
    order = {"left": 0, "right": 2}
    rows = {"upper": 0, "epigastric": 0, "flank": 1, "periumbilic": 1, "lower": 2, "suprapubic": 2}
    places = []
    for words in (one, other):
        row = next(row for word, row in rows.items() if word in words)
        places.append((order.get(words.split()[0], 1), row))
    (x1, y1), (x2, y2) = places
    return abs(x1 - x2) + abs(y1 - y2) == 1 or (y1 == y2 and x1 != x2)


def _title(codes: CodeSet, code: str) -> str:
    found = codes.get(code)
    return found.title if found is not None else ""


def _elsewhere(words: str, tender: bool) -> str:
    return f"That is {'tenderness' if tender else 'pain'} in another field ({words}). Follow the landmarks of the note."


def _other_finding(tender: bool) -> str:
    if tender:
        return "The field fits. But the patient denies pain; the examining hand found something."
    return "The field fits. But nothing was tender; the patient tells of pain."


def common_days(days: int) -> str:
    """ "1 day", "3 days"."""
    return f"{days} day{'' if days == 1 else 's'}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
