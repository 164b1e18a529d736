"""HCPCS or CPT: the payer decides which code stands for a service."""

from __future__ import annotations

import csv
import random
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from course.paths import data_dir
from course.questions.generators import scenes, services
from course.questions.generators import which_book_days as days
from course.questions.generators import which_book_facts as facts
from course.questions.generators.which_book_facts import Row
from course.questions.generators.which_book_topics import TOPICS

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet
    from course.questions.base import Source

OBJECTIVE = "choose between a HCPCS and a CPT code by payer"
DOMAINS = ("CPC: HCPCS Level II", "CPC: Coding guidelines")
_HINTS = (
    "Who pays this claim? Find that line before the codes.",
    "Medicare has G and Q codes of its own for some services; where it has one, it does not take the CPT number. "
    "Others who go by CPT take the number of CPT.",
)


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: one service. Level 2: also services for which the payer does not matter. Level 3: a day of services."""
    if level == 3:
        return services.again(lambda: _day(rng, codes))
    return services.again(lambda: _one(rng, codes, level))


def _payer(rng: random.Random, medicare: bool, needs: str = "") -> str:
    if medicare:
        return f"Payer: {rng.choice(facts.MEDICARE)}."
    return f"Payer: a commercial plan ({needs})." if needs else f"Payer: {rng.choice(facts.OTHER)}."


def _note(rng: random.Random, level: int, male: bool | None, topic: str, told: list[str], payer: str) -> str:
    """Lines in the order of time, with those that lead to no code before and after. Everybody is old enough for
    Medicare, so that age does not tell the payer."""
    person = scenes.Person(rng.randint(66, 84), rng.random() < 0.5 if male is None else male)
    place, count = facts.setting(topic), level - 1
    first = rng.sample(place.before, min(count, len(place.before), 2))
    last = rng.sample(place.after, 1 if level == 3 else 0)
    # the payer stands on top, as from the registration desk, or at the end
    lines = [f"{scenes.who(rng, person, level).rstrip(',')}.", *first, *told, *last]
    lines.insert(rng.choice((1, len(lines))) if level > 1 else len(lines), payer)
    return ("\n" if level == 3 else " ").join(lines)


def _one(rng: random.Random, codes: CodeSet, level: int) -> Any:
    row = facts.rows()[rng.choice(list(TOPICS))]
    if row.same and (level == 1 or rng.random() < 0.4):
        return None
    medicare = rng.random() < 0.5
    topic = TOPICS[row.topic]
    told = days.told_for(rng, row.topic, medicare).format(n=rng.randint(6, 14))
    right = (row.text(medicare), _why(row, medicare))
    wrong = [] if row.same else [(row.text(not medicare), _turned(row, medicare))]
    slips = [
        (text, why)
        for text, why in _slips(row, medicare).items()
        if text.split("-")[0] not in row.codes(medicare) or "-" in text
    ]
    if not medicare and row.modifier:
        slips += [(code, topic.slips[code]) for code in (row.other,) if code in topic.slips]
    rng.shuffle(slips)
    return services.choice(
        rng, codes, level, DOMAINS, right, wrong + slips,
        title="One service, two books" if level == 1 else "Find the payer, then the code",
        stem="Which code goes on the claim?" + (" The payer may matter or not." if level == 2 else ""),
        note=_note(rng, level, topic.male, row.topic, [f"{told}."], _payer(rng, medicare, topic.needs)),
        rationale=_why(row, medicare) + ("" if row.same else f" {_contrast(row, medicare)}"),
        **_shared([row]),
    )  # fmt: skip


def _slips(row: Row, medicare: bool) -> dict[str, str]:
    """The codes that tempt. A yearly visit is told by the elements of CPT to those who go by it: there no code of
    Medicare is told from another."""
    slips = dict(TOPICS[row.topic].slips) if row.topic in TOPICS else {}
    if not medicare and row.topic in facts.BY_CPT:
        slips |= {code: f"{code} is for Medicare. This payer goes by CPT." for code in slips if code[0] == "G"}
    return slips


def _about(row: Row, medicare: bool) -> str:
    """What a row is about; which of Medicare's wellness visits it is, is left out for others."""
    return row.about if medicare else row.about.split("; for Medicare")[0]


def _why(row: Row, medicare: bool) -> str:
    text = row.text(medicare)
    if row.same:
        return f"**{text}**: {row.about}. The payer does not matter here."
    if medicare:
        verb = "are codes" if len(row.medicare) > 1 else "is a code"
        return f"Medicare: **{text}** {verb} of its own for this ({row.about})."
    return f"This payer goes by CPT: **{text}** ({_about(row, medicare)})."


def _turned(row: Row, medicare: bool) -> str:
    """Why the code of the other side does not stand, for a claim that is Medicare's or not."""
    other = row.text(not medicare)
    if medicare:
        return f"{other} is what payers who go by CPT take. Medicare has a code of its own."
    return f"{other} {'are' if ' and ' in other else 'is'} for Medicare. This payer goes by CPT."


def _contrast(row: Row, medicare: bool) -> str:
    other = row.text(not medicare)
    return f"Payers who go by CPT take {other}." if medicare else f"Medicare would take {other}."


def _sum_words(rows: list[Row], medicare: bool) -> str:
    """The codes of a day, those that hang on the payer first."""
    own = [row for row in rows if not row.same]
    rest = [row for row in rows if row.same]
    head = "Medicare has codes of its own." if medicare else "This payer goes by CPT."
    said = [head] if own else []
    said += [f"{scenes.capital(_about(row, medicare))}: **{' and '.join(row.codes(medicare))}**." for row in own]
    return " ".join([*said, *(_why(row, medicare) for row in rest)])


def _day(rng: random.Random, codes: CodeSet) -> Any:
    medicare = rng.random() < 0.5
    day = rng.choice(days.DAYS)(rng, medicare)
    lines = [services.line(code, units=units) for code, units in day.lines.items()]
    reasons: dict[str, str] = {}
    for row in day.rows:
        turned = row.codes(not medicare)
        for code in turned if row.codes(medicare) != turned else ():
            reasons[code] = _turned(row._replace(modifier=""), medicare)
        for code, why in _slips(row, medicare).items():
            if re.fullmatch(r"\w{5}", code) and code not in ("90472", "99153", "97110"):
                reasons.setdefault(code, why)
    reasons |= day.reasons
    reasons |= {f"{code} x{units + 1}": "Count once more." for code, units in day.lines.items() if units > 1}
    return services.claim(
        codes, 3, DOMAINS, lines,
        asks=("units",),
        title="A day of services for one payer",
        stem=f"Enter the codes that {day.biller} bills, with units. Leave {day.aside} aside.",
        note=_note(rng, 3, day.male, day.rows[0].topic, list(day.told), _payer(rng, medicare, day.needs)),
        reasons=reasons,
        rationale=f"{_sum_words(list(day.rows), medicare)} {day.why}".strip(),
        **_shared(list(day.rows)),
    )  # fmt: skip


def _shared(rows: list[Row]) -> dict[str, Any]:
    from course.questions.base import Source
    from course.questions.generators import common

    refs = dict.fromkeys(part for row in rows for part in row.source.split("; "))
    sources: list[Source] = []
    for ref in refs:
        edition = "January 2026" if ref.startswith("HCPCS") else "October 2025" if "status of" in ref else services.YEAR
        sources.append(Source(ref=ref, edition=edition, checked=common.CHECKED))
    return {"slug": "hcpcs-or-cpt", "hints": _HINTS, "objective": OBJECTIVE, "sources": tuple(sources[:4])}


# -- the law ------------------------------------------------------------------------------------------------------

#: Words of a note -> topic. The first that is found decides.
_CUES = (
    ("flu vaccine", "flu"), ("pneumococcal|pcv20", "pneumonia"), ("hepatitis b vaccine", "hepatitis-b"),
    (r"tetanus|\btd by", "tetanus"), ("sedation", "sedation"), ("3-d ", "tomosynthesis"),
    ("sigmoidoscopy", "sigmoid"), ("screening.*(brother|adenomas)", "colon-high"),
    ("colonoscopy for screening|screening colonoscopy", "colon-average"), ("colonoscopy", "colon-bleeding"),
    ("(current|stimulation).*(out of the room|nobody)", "current"), ("current|stimulation", "current-attended"),
    (r"(three|four) stitches", "stitched"), ("(chin|cheek).*glue", "glue-face"), ("glue", "glue-body"),
    ("pelvi", "pelvic"), ("welcome visit was last year", "wellness-first"),
    ("wellness visit|preventive visit", "wellness-later"),
    ("psa.*screening", "psa"), ("psa", "psa-followed"), ("stool|fit kit", "stool"), ("hepatitis c", "hepatitis-c"),
    ("hiv", "hiv"), ("pap", "pap"), ("opiates", "opiates"), ("alcohol|audit", "alcohol"),
    ("home health", "home-health"), ("hospice", "hospice"), ("needle samples", "cores"), (r"\bcast\b", "cast"),
    ("office visit", "prolonged"),
)  # fmt: skip


@cache
def _table() -> dict[str, dict[str, str]]:
    with (data_dir() / "codesets" / "hcpcs_or_cpt.csv").open(encoding="utf-8", newline="") as lines:
        return {row["topic"]: row for row in csv.DictReader(lines)}


@cache
def _starts() -> dict[tuple[str, str], int]:
    with (data_dir() / "codesets" / "em_prolonged.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["payer"], row["base"]): int(row["first_minutes"]) for row in csv.DictReader(lines)}


def law(item: Any, codes: CodeSet) -> bool:
    """Payer and services read back by cues of the law's own; the codes looked up in the table."""
    payer = re.search(r"Payer: ([^.]*)\.", item.note)
    if payer is None:
        return False
    medicare = re.match(r"(Original )?Medicare", payer[1]) is not None
    column = "medicare" if medicare else "other"
    parts = re.split(r"\n|(?<=\.) (?=[A-Z])", item.note.replace(payer[0], ""))
    told = [(topic, part) for part in parts for topic in [_topic(part)] if topic]
    if item.kind == "single_choice":
        if len(told) != 1:
            return False
        row = _table()[told[0][0]]
        text = " and ".join(row[column].split())
        text += f"-{row['other_modifier']}" if column == "other" and row["other_modifier"] else ""
        return services.marked(item) == text and sum(one.text == text for one in item.options) == 1
    due: Counter[str] = Counter()
    for topic, part in told:
        due.update(_due(topic, part, column))
    if not medicare:  # the book counts the first vaccine and the further ones, and its health check holds the smear
        due["90472"] = max(0, due["90471"] - 1)
        due["90471"], due["99397"] = min(1, due["90471"]), min(1, due["99397"])
    return {code: units for code, _, units in services.claimed(item)} == {code: n for code, n in due.items() if n}


def _topic(part: str) -> str:
    return next((topic for cue, topic in _CUES if re.search(cue, part.lower())), "")


def _due(topic: str, part: str, column: str) -> Counter[str]:
    """Code -> units of one line of the note."""
    due = Counter(_table()[topic][column].split())
    minutes = re.search(r"(\d+) min", part)
    if topic == "prolonged":
        base = "99205" if "new patient" in part else "99215"
        start = _starts()["Medicare" if column == "medicare" else "CPT", base]
        spent = int(minutes[1]) if minutes else 0
        due = Counter({base: 1, _table()[topic][column]: len(range(start, spent + 1, 15))})
    elif topic == "sedation" and minutes:
        due["99153"] = len(range(23, int(minutes[1]) + 1, 15))
    elif topic == "cores" and column == "other":
        due = Counter({"88305": int(re.search(r"(\d+) needle", part)[1])})  # type: ignore[index]
    return due
