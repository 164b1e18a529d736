"""Which structure is it? A part of any of the diagrams, to be found or named; later, where it leads.

The facts are the files of ``data/diagrams``. The law reads them another way: which part a leader line ends in is worked
out from the shapes of the drawing, and the words of the stem must fit one part of the figure and no other.
"""

from __future__ import annotations

import math
import random
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from course.language import books, diagrams
from course.questions.base import Source
from course.questions.generators import common
from course.questions.kinds.diagram import ALSO, Diagram

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "find and name parts of the body in pictures"
#: Figure -> part -> what is not asked of it, because a careful coder could argue: radiculopathy stands with the back
#: (M54.1), discs and vertebral bodies are operated on from both books' sides (22xxx, 63xxx), skin of the ear, lid and
#: scrotum as skin (114xx), a thymus in the chest (32673) or through the neck (60520), marrow with blood or with bone;
#: eczema of nipple and areola stands with the skin (L30), other trouble of theirs with the breast (N64).
ARGUABLE: dict[str, dict[str, str]] = {
    "airways": {"diaphragm": "chapter"},
    "breast": {"nipple": "chapter", "areola": "chapter"},
    "ear": {"auricle": "series"},
    "endocrine": {"thymus": "series", "pancreas": "chapter", "ovary": "chapter", "testis": "chapter"},
    "eye": {"eyelid": "series"},
    "long-bone": {"marrow-cavity": "series chapter"},
    "lymph": {"thymus": "series"},
    "male-reproductive": {"scrotum": "series"},
    "nerve-supply": {"sciatic-nerve": "chapter"},
    "skin": {"nerve-ending": "series chapter", "blood-vessels": "series chapter", "subcutaneous-tissue": "series"},
    "spine": {
        "spinal-nerve": "chapter",
        "intervertebral-disc": "series",
        "vertebral-body": "series",
        "articular-processes": "series",
    },
}
#: Figure -> whole -> its pieces: the name of the whole is no wrong name for a piece.
WHOLE: dict[str, dict[str, str]] = {
    "breast": {"upper-outer-quadrant": "axillary-tail"},
    "ear": {"middle-ear": "malleus incus stapes eardrum"},
    "female-reproductive": {"fallopian-tube": "fimbriae"},
    "long-bone": {"diaphysis": "compact-bone marrow-cavity periosteum nutrient-artery", "epiphysis": "growth-plate"},
    "male-reproductive": {"penis": "glans"},
    "airways": {"lung": "alveoli"},
    "skin": {"dermis": "hair-follicle sebaceous-gland sweat-gland nerve-ending blood-vessels arrector-muscle"},
    "spine": dict.fromkeys(("cervical", "thoracic", "lumbar"), "vertebral-body articular-processes spinous-process"),
}
#: What "its chapter" means. An organ's injuries, tumors and malformations have chapters of their own (19, 2, 17).
OWN = "Its chapter is that of diseases of its own (not injuries, tumors or malformations)."
#: Level -> how many parts are offered, the right one among them.
OFFERED = {1: 4, 2: 5, 3: 6}


def draw(rng: random.Random, codes: CodeSet, level: int) -> Diagram:
    """Level 1: find or name one of four neighbors. Level 2: five, and the series or the chapter. Level 3: six, found
    by what the part is or does, with series and chapter."""
    figure, part = rng.choice(_pool(level))
    ask = rng.choice(("find", "name"))
    also = [name for name in ALSO if level > 1 and name in leads(figure, part)]
    if level == 2:
        also = [rng.choice(also)]
    wholes = WHOLE.get(figure.name, {}) if ask == "name" else {}
    others = [one for one in figure.near(part.id) if part.id not in wholes.get(one.id, "").split()]
    near = others[: OFFERED[level] + 1]
    others = rng.sample(near, min(OFFERED[level] - 1, len(near)))
    offered = [part, *others]
    rng.shuffle(offered)
    return Diagram(
        **common.common_fields(codes, level, domains=("CPC: Anatomy",)),
        slug="which-structure",
        title="Find it in the picture" if ask == "find" else "Name what is marked",
        stem=_stem(figure, part, ask, level) + (f"\n\n{OWN}" if "chapter" in also else ""),
        objective=OBJECTIVE,
        hints=(figure.view, _hint(part, ask, level)),
        rationale=_rationale(part),
        sources=(Source(ref=f"Diagram of the course: {figure.title}", edition=None, checked=common.CHECKED),),
        figure=figure.name,
        ask=ask,  # type: ignore[arg-type]
        part=part.id,
        offered=tuple(one.id for one in offered),
        also=tuple(also),  # type: ignore[arg-type]
        reasons={one.id: _reason(one, part, ask) for one in others},
    )


@cache
def _pool(level: int) -> list[tuple[diagrams.Diagram, diagrams.Part]]:
    """What can be asked: at level 2 parts that lead somewhere in one of the books, at level 3 in both. Figures with
    four parts offer no choice of neighbors beyond level 1."""
    return [
        (figure, part)
        for figure in diagrams.every()
        for part in figure.parts
        if level == 1 or (len(leads(figure, part)) >= level - 1 and len(figure.parts) >= OFFERED[level])
    ]


def leads(figure: diagrams.Diagram, part: diagrams.Part) -> list[str]:
    """Which of series and chapter a part has beyond argument."""
    argued = ARGUABLE.get(figure.name, {}).get(part.id, "").split()
    return [name for name in ALSO if getattr(part, name) and name not in argued]


def _stem(figure: diagrams.Diagram, part: diagrams.Part, ask: str, level: int) -> str:
    head = f"{figure.title}.\n\n"
    if ask == "name":
        told = re.search(rf"\b{re.escape(part.name)}\b", figure.title, re.IGNORECASE)
        return f"{'' if told else head}Name what is marked in the picture."
    return f"{head}Find in the picture: " + (f"**{part.name}**." if level < 3 else f"*{part.plain}*.")


def _hint(part: diagrams.Part, ask: str, level: int) -> str:
    if ask == "name" or level < 3:
        return f"You look for this: {part.plain}."
    return f"Word parts of its name: {', '.join(part.roots)}." if part.roots else "Try the letters one by one."


def _reason(chosen: diagrams.Part, part: diagrams.Part, ask: str) -> str:
    """Beside the name and the use of the chosen part, which the verdict tells: where to look instead."""
    if ask == "name":
        return f"In the picture it is {chosen.where}."
    return f"From here, what is asked for lies {way(chosen, part)}."


def way(start: diagrams.Part, end: diagrams.Part) -> str:
    """From one part to another, in the picture: "higher up and to the right"."""
    (x1, y1), (x2, y2) = start.point, end.point
    far = math.dist(start.point, end.point) or 1
    said = []
    if abs(y2 - y1) > far * 0.35:
        said.append("higher up" if y2 < y1 else "lower down")
    if abs(x2 - x1) > far * 0.35:
        said.append("to the right" if x2 > x1 else "to the left")
    return " and ".join(said)


def _rationale(part: diagrams.Part) -> str:
    roots = f" Word parts: {', '.join(part.roots)}." if part.roots else ""
    leads = [words for words in (books.series_words(part.series), books.chapter_words(part.chapter)) if words]
    return f"**{part.name}**: {part.plain}. In the picture it is {part.where}.{roots} " + " ".join(
        f"{words}." for words in leads
    )


def law(item: Any, codes: CodeSet) -> bool:
    """The key is the one part that the question can mean."""
    figure = diagrams.get(item.figure)
    offered = [figure.part(name) for name in item.offered]
    part = figure.part(item.part)
    if part is None or None in offered or figure.part_at(part.point) != part.id:
        return False
    if set(item.reasons) != set(item.offered) - {item.part}:
        return False
    if item.ask == "find":
        words = item.stem.split("Find in the picture: ")[1].split("\n\n")[0].strip("*. ")
        if [one.id for one in figure.parts if words in (one.name, one.plain)] != [item.part]:
            return False
    elif sum(part.where in why for why in item.reasons.values()):
        return False
    else:
        told = [one.id for one in figure.parts if any(f"it is {one.where}." in why for why in item.reasons.values())]
        if sorted(told) != sorted(set(item.offered) - {item.part}):
            return False
    wholes = WHOLE.get(figure.name, {}) if item.ask == "name" else {}
    if any(part.id in wholes.get(one, "").split() for one in item.offered):
        return False
    # With its injuries and tumors a part leads to more chapters than one.
    own = all(word in item.stem for word in ("not injuries", "tumors", "malformations"))
    return set(item.also) <= set(leads(figure, part)) and own == ("chapter" in item.also)
