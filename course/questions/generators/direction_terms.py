"""Direction terms: how one place lies to another, where a distance from a landmark leads, what two directions leave.

Drawn from the pairs of ``direction_facts``; the law measures on the model of the body there.
"""

from __future__ import annotations

import math
import random
import re
from typing import TYPE_CHECKING, Any

from course.questions.base import Source
from course.questions.generators import common
from course.questions.generators import direction_facts as facts
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "use direction words between places of the body"
SOURCE = Source(
    ref="OpenStax, Anatomy and Physiology 2e, section 1.6, Anatomical Terminology",
    edition="2e (2022)",
    checked=common.CHECKED,
)
#: Of a whole limb: "arm" alone is the upper arm to an anatomist.
_LIMB = {"arm": "upper limb", "leg": "lower limb"}
#: From how many places that lie nearest to the right one the wrong ones are drawn.
_NEAREST = 6
FINDINGS = ("Laceration", "Mole", "Lump", "Burn scar", "Abscess", "Puncture wound", "Bruise", "Skin tear")
#: An examination of the whole body, and what it can show anywhere.
SCANS = (("PET/CT", "focus of uptake"), ("CT after a blast", "metal splinter"), ("Follow-up CT", "new lesion"))


def draw(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice:
    """Level 1: the word between two places. Level 2: a distance on a limb. Level 3: two words that leave one place."""
    made = (_word, _distance, _two_words)[level - 1]
    return SingleChoice(
        **common.common_fields(codes, level, domains=("CPC: Anatomy",)),
        slug="direction-terms",
        objective=OBJECTIVE,
        sources=(SOURCE,),
        **made(rng),
    )


def law(item: Any, codes: CodeSet) -> bool:
    """Measured on the model, one option is true and it is the key."""
    texts = [option.text for option in item.options]
    if found := re.search(r"the \*\*(.+?)\*\* (lies?) … to the \*\*(.+?)\*\*", item.stem):
        first, verb, second = found.groups()
        true = facts.true_terms(first, second)
        if verb != ("lie" if re.search(r"(?<![suix])s$", first) else "lies"):  # toes, not esophagus
            return False
        if facts.doubtful_terms(first, second) & set(texts):
            return False
        fitting = [n for n, text in enumerate(texts) if text in true]
    elif found := re.search(r"(\d+) cm (proximal|distal) to ([a-z ]+?)[,.]", item.stem):
        site = facts.site_at(found[3], found[2], float(found[1]))
        fitting = [n for n, text in enumerate(texts) if text == f"the {site}"]
    else:
        conditions = re.findall(r"\*\*(\w+)\*\* to the ([a-z ]+?)(?= and |\.)", item.stem)
        fitting = [
            n
            for n, text in enumerate(texts)
            if all(term in facts.true_terms(text.removeprefix("the "), place) for term, place in conditions)
        ]
        true_of = [[term in facts.true_terms(text.removeprefix("the "), place) for text in texts]
                   for term, place in conditions]  # fmt: skip
        # A clue that is true of every option would do no work.
        if len(conditions) != 2 or any(map(all, true_of)):
            return False
    return fitting == [item.key]


def _word(rng: random.Random) -> dict[str, Any]:
    pair = rng.choice([one for one in facts.pairs() if len(_others(one)) > 1])
    wrong = [facts.OPPOSITE[pair.relation], *rng.sample(_others(pair), 2)]
    scene = rng.choice(("From a report", "From an operative note", "From an examination", "From an anatomy class"))
    verb = "lie" if pair.first in facts.PLURAL else "lies"
    return {
        "title": "Which word lies between the two?",
        "stem": f"{scene}, the patient in the anatomical position: the **{pair.first}** {verb} … to the "
        f"**{pair.second}**.\n\nWhich word belongs there?",
        "options": common.options(rng, [(pair.relation, pair.why)], [(term, _why_not(term, pair)) for term in wrong]),
        "hints": ("Stand upright, palms forward, and point at the two.", _axis_hint(pair.relation)),
        "rationale": f"{pair.relation.capitalize()} is {facts.MEANS[pair.relation]}. {pair.why}",
    }


def _others(pair: facts.Pair) -> list[str]:
    """Words that are false of the pair beyond doubt, its opposite aside.

    Along a limb that is the height turned round, and depth; between layers height and the way along the limb. On the
    trunk a breastbone might be called superficial to the heart, and a kidney proximal to the bladder: there the six
    words of height, side and depth in the body are enough.
    """
    true = facts.true_terms(pair.first, pair.second)
    if pair.first in facts.LIMBS:
        terms = ["superior", "inferior", "superficial", "deep"]
    elif pair.first in facts.LAYERS:
        terms = ["superior", "inferior", "proximal", "distal"]
    else:
        terms = ["superior", "inferior", "anterior", "posterior", "medial", "lateral"]
    doubtful = facts.doubtful_terms(pair.first, pair.second)
    return [term for term in terms if term not in true | doubtful | {facts.OPPOSITE[pair.relation]}]


def _why_not(term: str, pair: facts.Pair) -> str:
    if term == facts.OPPOSITE[pair.relation]:
        return f"Turned round: {term} is {facts.MEANS[term]}. Go once more from the second place to the first."
    if term in ("proximal", "distal"):
        return f"{term.capitalize()} is {facts.MEANS[term]}. These two are not points along one limb."
    if term in ("superficial", "deep"):
        return f"{term.capitalize()} is {facts.MEANS[term]}. These two are not layers, one over the other."
    return f"{term.capitalize()} is {facts.MEANS[term]}. Seen from the second place, the first is not."


def _axis_hint(relation: str) -> str:
    hints = {
        "superior": "Do the two differ in height, in side, or in depth?",
        "anterior": "One of the two is nearer to the belly side. Which?",
        "medial": "Which of the two is nearer to the line through nose and navel?",
        "proximal": "Both are points on the way along a limb. Where does the limb begin?",
        "superficial": "Think of a needle that goes in. What does it meet first?",
    }
    return hints[relation] if relation in hints else hints[facts.OPPOSITE[relation]]


def _distance(rng: random.Random) -> dict[str, Any]:
    one = rng.choice(facts.STRETCHES)
    limb = facts.LANDMARKS[one.landmark][0]
    far = rng.randint(one.least, one.most)
    sites = [site for site, _ in facts.PARTS[limb]]
    side = rng.choice("RL")
    finding, age = rng.choice(FINDINGS), rng.randint(19, 88)
    wrong = [(f"the {site}", _why_far(site, one, sites)) for site in sites if site != one.site]
    return {
        "title": "A distance on a limb",
        "stem": f"{age}-year-old: *{finding}, {side} {_LIMB[limb]}, {far} cm {one.relation} to {one.landmark}, "
        "adult of average height.*\n\nWhich part of the limb is it on?",
        "options": common.options(
            rng,
            [
                (
                    f"the {one.site}",
                    f"{one.landmark.capitalize()} is where the measuring starts; the word gives the way.",
                )
            ],
            wrong,
        ),
        "hints": (
            "Put a finger on the landmark first.",
            f"{one.relation.capitalize()} is {facts.MEANS[one.relation]}. Which way is that from your finger?",
        ),
        "rationale": f"Start at {one.landmark}, go {far} cm {one.relation}, that is {facts.MEANS[one.relation]}: you "
        f"are on the **{one.site}**. The landmark is not the site, and the distance must fit the size of the part.",
    }


def _why_far(site: str, one: facts.Stretch, sites: list[str]) -> str:
    """Turned round, too far, or not far enough."""
    here, there = sites.index(one.site), sites.index(site)
    if (there < here) == (one.relation == "distal"):
        return f"That is the other way: {one.relation} is {facts.MEANS[one.relation]}."
    return "The way is right, but the tape ends before it: mind the number of centimeters."


def _two_words(rng: random.Random) -> dict[str, Any]:
    """Two conditions of one place, and three places of which each fails one."""
    while True:
        first, second = rng.sample([pair for pair in facts.pairs() if pair.first in facts.PLACES], 2)
        if first.first != second.first or first.relation == second.relation or first.second == second.second:
            continue
        conditions = ((first.relation, first.second), (second.relation, second.second))
        named = {first.first, first.second, second.second}
        near = [place for place in facts.PLACES if place not in named and _fits_one(place, conditions)]
        near.sort(key=lambda place: math.dist(facts.PLACES[place], facts.PLACES[first.first]))
        near = near[:_NEAREST]
        failed = {place: _failed(place, conditions) for place in near}
        if len(near) >= 3 and len(set(failed.values())) == 2:
            break
    # Each of the two words has something to rule out.
    others = [near[0]]
    while len({failed[place] for place in others}) < 2:
        others = rng.sample(near, 3)
    told = " and ".join(f"**{term}** to the {place}" for term, place in conditions)
    age = rng.randint(19, 88)
    scan, finding = rng.choice(SCANS)
    return {
        "title": "Which place fits both words?",
        "stem": f"{scan}, {age}-year-old, one word of the dictation not understood: {finding} at the ____, {told}."
        "\n\nWhich of these places fits both words?",
        "options": common.options(
            rng,
            [(f"the {first.first}", f"{first.why} {second.why}")],
            [(f"the {place}", _fails(place, conditions)) for place in others],
        ),
        "hints": ("Take one word at a time and cross out what does not fit.", _axis_hint(first.relation)),
        "rationale": f"{first.relation.capitalize()} is {facts.MEANS[first.relation]}, {second.relation} is "
        f"{facts.MEANS[second.relation]}. Of the four, the {first.first} fits both: {first.why} {second.why}",
    }


def _fits_one(place: str, conditions: tuple[tuple[str, str], ...]) -> bool:
    """Whether one of the two words is true of a place and the other clearly the opposite of true."""
    found = [(facts.true_terms(place, other), term) for term, other in conditions]
    return any(one in true and facts.OPPOSITE[two] in false for (true, one), (false, two) in (found, reversed(found)))


def _failed(place: str, conditions: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """The first of the conditions that is not true of a place."""
    return next(one for one in conditions if one[0] not in facts.true_terms(place, one[1]))


def _fails(place: str, conditions: tuple[tuple[str, str], ...]) -> str:
    term, other = _failed(place, conditions)
    return f"One word fits, the other does not: the {place} is not {facts.MEANS[term]} than the {other}."
