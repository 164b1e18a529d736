"""What all kinds share: the frame of the card's view and of the static form, and a shuffle that gives nothing away."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from course.grading.verdict import Part, Verdict, scored
from course.labor import gallery
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.base import LETTERS, ItemBase

CALL_TO_ACTION = "To answer, open this lesson in JupyterLab and press Run All."


#: Kinds about diagnosis codes alone, and kinds about procedure codes alone, wherever they stand.
_DIAGNOSES = frozenset(("code_entry", "lookup_path", "table_lookup"))
_SERVICES = frozenset(("service_lines", "modifier_choice", "em_leveling"))
#: Lessons about CPT and HCPCS Level II.
SERVICE_LESSONS = frozenset(("06", "07", "08", "09"))
#: Lessons about words, bodies, records, laws, credentials, jobs and wages, whose questions show a code only now and
#: then, and the exam hall's, whose questions are about any book.
_WORDS_AND_LAWS = frozenset(("02", "11", "14", "15", "16", "17", "18"))
#: Fields that hold a program, in which no number is a code.
PROGRAMS = frozenset(("starter", "setup", "answer", "slips", "tables", "columns"))
#: "60000 to 60699": a part of the book, in which no code is meant.
_RANGE = re.compile(r"\b\d{5} ?(?:to|-|\u2013|and) ?\d{5}\b")
_DIAGNOSIS_CODE = re.compile(r"\b[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}\b")
_SERVICE_CODE = re.compile(r"(?<![\d$.,#-])\b(?:[1-9]\d{4}|0\d{4}|\d{4}[TU]|[A-V]\d{4})\b(?![\d.,-]*\d)")


def about_services(item: ItemBase) -> bool:
    """Whether an item is about CPT and HCPCS, whose books follow the calendar year, and not about ICD-10-CM."""
    return item.kind in _SERVICES or (item.lesson[:2] in SERVICE_LESSONS and item.kind not in _DIAGNOSES)


def edition_label(item: ItemBase, editions: Sequence[int] = ()) -> str:
    """ "ICD-10-CM FY2026 and FY2027", "CPT and HCPCS 2026": on every screen that shows a code. ``editions``: those to
    name, if not all of the item's.

    Words, bodies and laws have no edition: their questions say when the sources were checked, and whose codes
    they show.
    """
    years = editions or item.editions
    if item.lesson[:2] not in _WORDS_AND_LAWS or item.kind in _DIAGNOSES | _SERVICES:
        return _books(years, about_services(item))
    checked = max(source.checked for source in item.sources)
    said = [f"Sources checked {checked:%B} {checked.day}, {checked.year}"]
    silent = {"sources", "id", "slug", "not_codes", *(PROGRAMS if item.kind == "your_turn" else ())}
    shown = _RANGE.sub("", " ".join(_strings(item.model_dump(exclude=silent))))
    for pattern, services in ((_DIAGNOSIS_CODE, False), (_SERVICE_CODE, True)):
        if set(pattern.findall(shown)) - set(item.not_codes):
            said.append(_books(years, services))
    return "; ".join(said)


def _strings(value: Any) -> Iterator[str]:
    """All texts of a question, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in (*value, *value.values()):
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def _books(years: Sequence[int], services: bool) -> str:
    """The code books of some years."""
    books, mark = ("CPT and HCPCS", "") if services else ("ICD-10-CM", "FY")
    names = [f"{mark}{year}" for year in years]
    return f"{books} " + (names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1])


def frame(item: ItemBase, instruction: str, **own: Any) -> dict[str, Any]:
    """The view that every card gets, plus the kind's own fields. JSON; no key, no reasons."""
    return {
        "id": item.id,
        "kind": item.kind,
        "content_version": item.content_version,
        "title": text.plain(item.title),
        "stem_html": text.block(item.stem),
        "note_html": text.pre(item.note) if item.note else "",
        **({"plot": gallery.get(item.plot).view()} if item.plot else {}),
        "instruction": instruction,
        "edition_label": edition_label(item),
        "lesson": item.lesson,
        "difficulty": item.difficulty,
        "objective": text.plain(item.objective),
        "hint_count": len(item.hints),
        **own,
    }


def static_frame(item: ItemBase, instruction: str, body: str) -> str:
    """The question as plain HTML: readable on GitHub, in nbviewer and on paper, without JavaScript or style sheets.

    The title is a paragraph, not a heading, so that JupyterLab's table of contents lists the lesson and not its
    questions.
    """
    note = f"<blockquote>{static_note(item.note)}</blockquote>" if item.note else ""
    return (
        f'<div class="course-static course-static-{item.kind}">\n'
        f"<p><strong>{text.inline(item.title)}</strong></p>\n"
        f"{text.block(item.stem)}\n"
        + (f"{note}\n" if note else "")
        + (f"{gallery.get(item.plot).html()}\n" if item.plot else "")
        + (f"<p><em>{text.inline(instruction)}</em></p>\n" if instruction else "")
        + f"{body}\n"
        f"<p><em>{CALL_TO_ACTION}</em> ({edition_label(item)})</p>\n"
        "</div>"
    )


def static_note(note: str) -> str:
    """Chart text that wraps: line ends as <br>, leading spaces kept."""
    lines = []
    for line in text.pre(note).split("\n"):
        body = line.lstrip(" ")
        lines.append("&nbsp;" * (len(line) - len(body)) + body)
    return "<p>" + "<br>\n".join(lines) + "</p>"


def static_list(texts: Iterable[str], style: str = "A") -> str:
    """A lettered ("A"), numbered ("1") or bulleted ("") list of Markdown-lite lines.

    Letters are written out: JupyterLab shows ``<ol type="A">`` with numbers.
    """
    if style == "A":
        lines = (f"<strong>{LETTERS[n].upper()}.</strong> {text.inline(one)}" for n, one in enumerate(texts))
        return "<p>" + "<br>\n".join(lines) + "</p>"
    items = "\n".join(f"<li>{text.inline(one)}</li>" for one in texts)
    return f'<ol type="{style}">\n{items}\n</ol>' if style else f"<ul>\n{items}\n</ul>"


def shuffled(item: ItemBase, what: str, count: int, *, never_sorted: bool = False) -> list[int]:
    """The numbers 0..count-1 in an order that is always the same for an item.

    ``what`` names the list, so that two lists of one item are shuffled differently. ``never_sorted``: an order other
    than 0, 1, 2, … (there is one from two on), for lists whose own order is the key.
    """
    # random.Random(str) hashes with SHA-512: the same on every machine and in every Python.
    rng = random.Random(hashlib.sha256(f"{item.id}|{item.slug}|{what}".encode("utf-8", "replace")).hexdigest())
    order = list(range(count))
    rng.shuffle(order)
    while never_sorted and count > 1 and order == sorted(order):
        rng.shuffle(order)
    return order


def counted(count: int, one: str, many: str | None = None) -> str:
    """ "1 step", "3 steps"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def told(why: str) -> str:
    """A reason as the solution tells it: ": …" in HTML; "" for one that asks, which answers nothing."""
    return "" if "?" in text.plain(why) else f": {text.inline(why)}"


def letters(ids: Sequence[str]) -> str:
    """ "A, C and D" for option ids."""
    names = [one.upper() for one in ids]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def parse_map(raw: Any, names: Sequence[str], values: Sequence[str], prompt: str) -> Parsed:
    """A response that is a map of ids to ids. Empty values count as open; unknown ids are ``Invalid``."""
    if raw is None or raw == "" or raw == []:
        return Blank(prompt)
    if not isinstance(raw, dict):
        return Invalid("I could not make out what belongs to what. Choose from the lists on the card.")
    given = {name: value for name, value in raw.items() if value not in (None, "", [])}
    if not given:
        return Blank(prompt)
    for name, value in given.items():
        if name not in names or not isinstance(value, str) or value not in values:
            return Invalid("Something was chosen that is not on this card. Choose from the lists on the card.")
    return Answer(given)


def verdict_of_parts(parts: Sequence[Part], one: str, many: str | None = None) -> Verdict:
    """The verdict on a map: the share of right parts; ``one`` names what the parts are ("line", "entry")."""
    right = sum(part.mark == "right" for part in parts)
    still = sum(part.mark == "missing" for part in parts)
    total = len(parts)
    if right == total:
        headline = "Yes, all of them."
    elif still:
        lead = "Right so far" if right == total - still else f"{right} of {total - still} right so far"
        headline = f"{lead}; {counted(still, one, many)} still open."
    elif right:
        headline = f"{right} of {total} fit. Look again at the other{'' if total - right == 1 else 's'}."
    else:
        headline = "None of them fits yet. Begin with the one you are surest of."
    return scored(right / total, headline, parts)
