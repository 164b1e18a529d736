"""Diagram: find a part of the body in a picture, or name the marked one; then, where asked, the CPT series and the
ICD-10-CM chapter that it leads to.

Raw response: ``{"part": "b", "series": "30,000", "chapter": "9"}``, or the letter alone. Letters go by position on the
screen: for ``find`` from the top of the picture to its bottom, for ``name`` shuffled. Score: half for the part, the
rest shared by what else is asked; all of it for the part where nothing else is asked. A field left open scores nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints

from course.grading.verdict import Part, Verdict, scored
from course.language import books, diagrams, picture
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.base import LETTERS, Fault, ItemBase, Line
from course.questions.kinds import common

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

FIND = "Click the part in the picture, or choose its letter."
NAME = "One part is outlined and hatched. Choose its name."
#: Field beside the part -> what it is called on the card.
ALSO: dict[str, str] = {"series": "CPT series", "chapter": "ICD-10-CM chapter"}
#: ``data-part`` of the marked part: the same in every picture, so that it tells nothing.
MARKED = "marked"
Field_ = Literal["series", "chapter"]
_Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]


class Diagram(ItemBase):
    kind: Literal["diagram"] = "diagram"
    figure: Annotated[_Id, Field(description="Name of a diagram in data/diagrams, without its ending.")]
    ask: Annotated[Literal["find", "name"], Field(description="find: the stem tells the part; name: it is marked.")]
    part: Annotated[_Id, Field(description="The right part: an id of the diagram.")]
    offered: Annotated[tuple[_Id, ...], Field(min_length=4, max_length=8, description="Parts; the right one, too.")]
    also: Annotated[tuple[Field_, ...], Field(max_length=2, description="What else is asked of the part.")] = ()
    reasons: Annotated[
        dict[str, Line],
        Field(description="For each wrong part what tells it apart; under series and chapter why the part is there."),
    ]

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        try:
            whole = diagrams.get(self.figure)
        except diagrams.DiagramError as error:
            yield Fault(("figure",), str(error).rstrip("."), "A diagram is a drawing and its description.")
            return
        known = {one.id for one in whole.parts}
        for n, name in enumerate(self.offered):
            if name not in known:
                yield Fault(("offered", n), f"{name} is no part of {self.figure}", f"There are: {', '.join(known)}.")
            if name in self.offered[:n]:
                yield Fault(("offered", n), f"{name} is listed twice", "Keep one.")
            if name not in self.reasons and name != self.part:
                yield Fault(("reasons",), f"says nothing about {name}", "Give a sentence for each other part.")
        if self.part not in self.offered:
            yield Fault(("part",), f"{self.part} is not offered", "Add it to `offered`.")
        for name in self.reasons:
            if name not in {*ALSO, *self.offered} - {self.part}:
                yield Fault(("reasons", name), f"is about {name}, which is no other part that is offered", "Mend it.")
        if len(set(self.also)) < len(self.also):
            yield Fault(("also",), "asks the same twice", "Keep one.")
        one = whole.part(self.part)
        for name in self.also if one is not None else ():
            if not getattr(one, name):
                yield Fault(("also",), f"{self.part} has no {name}", "Take it away, or mend the diagram.")

    def lints(self) -> Iterator[Fault]:
        yield from super().lints()
        if self.ask == "name":
            name = right(self).name
            for field in ("title", "stem", "objective", "note"):
                if re.search(rf"\b{re.escape(name)}\b", getattr(self, field) or "", re.IGNORECASE):
                    yield Fault((field,), f"names the part that is asked for ({name})", "Say it in other words.")


Model = Diagram


def figure(item: Diagram) -> diagrams.Diagram:
    """The diagram of an item."""
    return diagrams.get(item.figure)


def right(item: Diagram) -> diagrams.Part:
    """The part that is asked for."""
    return _part(item, item.part)


def _part(item: Diagram, name: str) -> diagrams.Part:
    found = figure(item).part(name)
    assert found is not None, f"{item.id}: {name}"
    return found


def options(item: Diagram) -> dict[str, diagrams.Part]:
    """Letter -> part, in the order on the screen."""
    parts = [_part(item, name) for name in item.offered]
    if item.ask == "find":  # from the top of the picture to its bottom: letters are found where the eye looks
        parts.sort(key=lambda one: (one.label[1], one.label[0]))
    else:
        parts = [parts[n] for n in common.shuffled(item, "offered", len(parts))]
    return dict(zip(LETTERS, parts, strict=False))


def choices(field: str) -> dict[str, str]:
    """What a select offers: value -> words."""
    if field == "series":
        return {name: books.series_words(name) for name in books.SERIES}
    return {str(n): books.chapter_words(n) for n in books.CHAPTERS}


def view(item: Diagram) -> dict[str, Any]:
    """``figure`` {svg, width, height, alt, view}; ``options`` [{id, html, where, label, point}]; ``also`` [{id, label,
    choices}]. The drawing names no part; for ``name`` the marked one is ``data-part="marked"``."""
    whole, shown = figure(item), options(item)
    find = item.ask == "find"
    tokens = {part.id: letter for letter, part in shown.items()} if find else {item.part: MARKED}
    rows = [{"id": letter, "html": "" if find else text.inline(part.name)} for letter, part in shown.items()]
    if find:
        for row, part in zip(rows, shown.values(), strict=True):
            row |= {"where": part.where, "label": list(part.label), "point": list(part.point)}  # type: ignore[dict-item]
    return common.frame(
        item,
        _instruction(item),
        ask=item.ask,
        figure={
            "svg": picture.live(whole, tokens),
            "width": whole.width,
            "height": whole.height,
            "alt": whole.alt,
            "view": whole.view,
            "marked": "" if find else right(item).where,
        },
        options=rows,
        also=[
            {"id": name, "label": ALSO[name], "choices": [{"id": k, "text": v} for k, v in choices(name).items()]}
            for name in item.also
        ],
    )


def _instruction(item: Diagram) -> str:
    more = f" Then choose the {' and the '.join(ALSO[name] for name in item.also)}." if item.also else ""
    return (FIND if item.ask == "find" else NAME) + more


def parse(item: Diagram, raw: Any) -> Parsed:
    """A letter, or a map of fields; ``Answer.value`` is the map without what is left open."""
    prompt = "Choose a part, then check."
    if isinstance(raw, str) and raw.strip():
        raw = {"part": raw}
    if raw is None or raw == "" or raw == [] or (isinstance(raw, str) and not raw.strip()):
        return Blank(prompt)
    invalid = Invalid("Something was chosen that is not on this card. Choose from what the card offers.")
    if not isinstance(raw, dict):
        return invalid
    given = {}
    for name, value in raw.items():
        if value in (None, "", []):
            continue
        told = value.strip().lower() if isinstance(value, str) else value
        allowed = options(item) if name == "part" else choices(name) if name in item.also else ()
        if not isinstance(told, str) or told not in allowed:
            return invalid
        given[name] = told
    return Answer(given) if given else Blank(prompt)


def weights(item: Diagram) -> dict[str, Fraction]:
    """Field -> what it is worth."""
    half = Fraction(1, 2)
    return {"part": half, **{name: half / len(item.also) for name in item.also}} if item.also else {"part": Fraction(1)}


def keys(item: Diagram) -> dict[str, str]:
    """Field -> the right value."""
    part = right(item)
    letter = next(letter for letter, one in options(item).items() if one.id == part.id)
    return {"part": letter, **{name: str(getattr(part, name)) for name in item.also}}


def grade(item: Diagram, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """What was chosen, field by field; a wrong part has its own reason, a wrong series or chapter what it holds."""
    given: dict[str, str] = answer.value
    wanted, parts, score = keys(item), [], Fraction(0)
    for name, worth in weights(item).items():
        if name not in given:
            parts.append(Part(name, "missing", "Still open."))
            continue
        fits = given[name] == wanted[name]
        score += worth if fits else 0
        parts.append(Part(name, "right" if fits else "wrong", _said(item, name, given[name], fits)))
    return scored(float(score), _headline([part.mark for part in parts]), parts)


def _said(item: Diagram, name: str, value: str, fits: bool) -> str:
    if name == "part":
        part = options(item)[value]
        if item.ask == "find":
            return f"**{value.upper()} is the {part.name}**: {part.plain}." + _more(item, fits, part.id)
        return f"**{_capital(part.name)}**: {part.plain}." + _more(item, fits, part.id)
    if fits:
        return " ".join(filter(None, (f"**{choices(name)[value]}.**", item.reasons.get(name))))
    words = books.SERIES[value] if name == "series" else books.CHAPTERS[int(value)][1]
    what = value if name == "series" else f"Chapter {value}"
    return f"**{what}** holds this: {words}. Look for the place of this part among the others."


def _more(item: Diagram, fits: bool, name: str) -> str:
    return "" if fits else f" {item.reasons[name]}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _headline(marks: list[str]) -> str:
    if set(marks) == {"right"}:
        return "Yes, that is it." if len(marks) == 1 else "Yes, all of it."
    if marks[0] == "right":
        return "The right part; look again at where it leads."
    if marks[0] == "missing":
        return "Choose a part, too."
    return "Not this part yet." if len(marks) == 1 or "right" not in marks else "Not this part yet; some of it fits."


def solution(item: Diagram) -> dict[str, Any]:
    """The part, where it is and where it leads; then the others that were offered."""
    part, wanted = right(item), keys(item)
    told = f"<p><strong>{wanted['part'].upper()}. {text.inline(part.name)}</strong>: {text.inline(part.plain)}.</p>"
    roots = f" Word parts: {text.inline(', '.join(part.roots))}." if part.roots else ""
    told += f"<p>In the picture: {text.inline(part.where)}.{roots}</p>"
    leads = "".join(
        f"<li>{ALSO[name]}: <strong>{text.inline(choices(name)[wanted[name]])}</strong>"
        f"{common.told(item.reasons.get(name, '?'))}</li>"
        for name in item.also
    )
    others = "".join(
        f"<li><strong>{letter.upper()}</strong> {text.inline(one.name)}: {text.inline(item.reasons[one.id])}</li>"
        for letter, one in options(item).items()
        if one.id != item.part
    )
    told += f"<ul>{leads}</ul>" if leads else ""
    return {"response": wanted, "html": f"{told}<p>The others:</p><ul>{others}</ul>"}


def static_html(item: Diagram) -> str:
    """Title, stem, note, the picture with its letters (or with the marked part), and what there is to choose."""
    whole, shown = figure(item), options(item)
    find = item.ask == "find"
    marked = [(letter.upper(), part) for letter, part in shown.items()] if find else []
    more = "" if find else f"Marked: {right(item).where}."
    shot = picture.image(whole, marked, "" if find else item.part, more)
    rows = common.static_list(_capital(part.where if find else part.name) for part in shown.values())
    ways = {"series": "; ".join(choices("series").values()), "chapter": f"a number from 1 to {len(books.CHAPTERS)}"}
    asked = "".join(f"\n<p>{ALSO[name]}: ______________ ({text.escape(ways[name])})</p>" for name in item.also)
    return common.static_frame(item, _instruction(item), f"{shot}\n{rows}{asked}")
