"""Query workshop: a chart and a draft that leads. Mark what leads, then build the query that does not.

Raw response: ``{"marks": [3, 4, 9], "parts": ["p2", "p5"]}``: word numbers of the draft from 0, and part ids from the
first to the last of the query. Part ids go by position in the tray, which is shuffled.

Score: half for the marks, half for the query. Marks: a phrase is found when two in five of its words that carry
meaning are marked (where a phrase ends is a matter of taste); with less than that it counts by its share. A trap is
touched by half of its words and costs as much as a phrase is worth. Other words cost 1 / min(2 x leading words, other
words of the draft) each, but up to three beside a phrase that was found are free. Query: the parts that belong and
need not be moved, less the parts that do not belong, over all parts that belong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from course.grading.verdict import Part, Verdict, scored
from course.questions import query_words, text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.kinds import common
from course.questions.kinds.ordering import longest_run
from course.questions.kinds.query_model import ROLES, SORTS, QueryPart, QueryWorkshop, fitting, layout
from course.questions.note_words import Layout, quoted, spans, split

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

INSTRUCTION = "Two steps: mark the words of the draft that lead, then build a query that does not."
UNREADABLE = "I could not make out what was marked or built. Mark words and pick parts on the card."
#: Which share of a phrase's words is enough to have found it.
ENOUGH = Fraction(2, 5)
#: Other words beside a phrase that may be marked with it.
SLACK = 3

Model = QueryWorkshop


def tray(item: QueryWorkshop) -> dict[str, QueryPart]:
    """Part id on the screen -> part, in the order on the screen."""
    order = common.shuffled(item, "parts", len(item.parts), never_sorted=True)
    return {f"p{n + 1}": item.parts[place] for n, place in enumerate(order)}


def view(item: QueryWorkshop) -> dict[str, Any]:
    """``words`` and ``gaps`` of the draft, as plain text; ``parts``: [{id, html}], shuffled."""
    words, gaps = split(item.draft)
    parts = [{"id": name, "html": _shown(part)} for name, part in tray(item).items()]
    return common.frame(item, INSTRUCTION, words=words, gaps=gaps, parts=parts)


def _shown(part: QueryPart) -> str:
    """A part as HTML: answers to tick stand below one another."""
    html = text.inline(part.text)
    head, *boxes = html.split(query_words.BOX)
    return "<br>".join([head.strip(), *(f"{query_words.BOX}{one.rstrip()}" for one in boxes)]).removeprefix("<br>")


def parse(item: QueryWorkshop, raw: Any) -> Parsed:
    """``Answer.value``: (frozenset of word numbers, tuple of part ids). Small words alone are no mark."""
    prompt = "Mark what leads in the draft and build a query below it, then check."
    if raw is None or raw in ("", [], {}, ()):
        return Blank(prompt)
    if not isinstance(raw, dict) or not set(raw) <= {"marks", "parts"}:
        return Invalid(UNREADABLE)
    marks, parts = raw.get("marks") or [], raw.get("parts") or []
    found = layout(item)
    if not isinstance(marks, list | tuple) or not isinstance(parts, list | tuple):
        return Invalid(UNREADABLE)
    if not all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n < len(found.words) for n in marks):
        return Invalid(UNREADABLE)
    if not all(isinstance(name, str) for name in parts) or len(set(parts)) < len(parts) or set(parts) - set(tray(item)):
        return Invalid(UNREADABLE)
    if found.free.issuperset(marks) and not parts:
        return Blank(prompt)
    return Answer((frozenset(marks), tuple(parts)))


def grade(item: QueryWorkshop, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """Each mark and each part with its reason. Missed phrases are pointed at by the way in which they lead, missing
    parts by what they do. Targets: "w3 w4", "p2", and "draft" and "query" for a step as a whole."""
    marks, built = answer.value
    read, said = _marks(item, marks)
    done, told = _built(item, built)
    return scored(float((read + done) / 2), _headline(read, done), [*said, *told])


def _headline(read: Fraction, done: Fraction) -> str:
    if read == done == 1:
        return "Yes: you found what leads, and your query does not."
    if read == 1:
        return "You found what leads. The query is not there yet."
    if done == 1:
        return "Your query does not lead. Look once more at the marks in the draft."
    return "Part of it is right; look again at both steps." if read or done else "Not these yet, in either step."


# -- step 1 -----------------------------------------------------------------------------------------------------------


def _marks(item: QueryWorkshop, marked: frozenset[int]) -> tuple[Fraction, list[Part]]:
    laid = layout(item)
    if laid.free.issuperset(marked):
        return Fraction(0), [Part("draft", "missing", "Step 1 is still open: mark the words that lead.")]
    places = [one[0] for one in laid.phrases]
    shares = [min(Fraction(1), Fraction(len(place & marked), len(place)) / ENOUGH) for place in places]
    touched = [place for place in laid.traps if 2 * len(place & marked) >= len(place)]
    whole = [place for place, share in zip(places, shares, strict=True) if share == 1]
    strays = _strays(laid, marked, whole, touched)
    missed = Counter(one.sort for one, share in zip(item.leading, shares, strict=True) if not share)
    parts = []
    for one, place, share in zip(item.leading, places, shares, strict=True):
        hits = marked & place
        if share == 1:
            parts.append(Part(_target(hits), "right", f"**{_words(item, one.text)}** {one.why}"))
        elif share:
            message = "More leads than this: look at the words beside it."
            parts.append(Part(_target(hits), "missing", f"**{quoted(laid.words, hits)}** {message}"))
    for trap, place in zip(item.traps, laid.traps, strict=True):
        if place in touched:
            parts.append(Part(_target(place & marked), "wrong", f"**{_words(item, trap.text)}** {trap.why}"))
    parts.sort(key=lambda part: int(part.target.split()[0][1:]))
    if strays:
        verb = "This leads" if len(strays) == 1 else "These words lead"
        message = f"{verb} nobody: {quoted(laid.words, strays, laid.free)}."
        parts.append(Part(_target(strays), "extra", message))
    cost = Fraction(len(touched), len(shares))
    if strays:
        cost += Fraction(len(strays), min(2 * laid.needed, laid.strays))
    score = max(Fraction(0), sum(shares, Fraction(0)) / len(shares) - cost)
    if len(marked - laid.free - laid.meant) > laid.needed:  # what leads among so many marks would be told, not found
        message = "More is marked than leads. Keep the words that push, and take the other marks away."
        return Fraction(0), [Part("draft", "note", message)]
    for sort, count in missed.items():
        lead = "One phrase" if count == 1 else f"{count} phrases"
        parts.append(Part("draft", "missing", f"{lead} not marked yet: look for {SORTS[sort]}."))
    return score, parts


def _strays(
    laid: Layout, marked: frozenset[int], whole: Sequence[frozenset[int]], touched: Sequence[frozenset[int]]
) -> set[int]:
    """Marked words that neither lead nor lure; a few beside a phrase that was found are forgiven."""
    leading = frozenset().union(*(one[0] for one in laid.phrases))
    runs: list[list[int]] = []
    for n in sorted(marked):
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    found = set()
    for run in runs:
        near = [n for place in whole for n in place if n in run]
        others = set(run) - laid.free - leading - frozenset().union(*touched)
        by_distance = sorted(others, key=lambda n: min((abs(n - other) for other in near), default=0))
        found |= set(by_distance[SLACK * sum(not place.isdisjoint(run) for place in whole) :])
    return found


def _words(item: QueryWorkshop, wanted: str) -> str:
    words = split(item.draft)[0]
    return quoted(words, spans(words, wanted)[0])


def _target(numbers: Iterable[int]) -> str:
    return " ".join(f"w{n}" for n in sorted(numbers))


# -- step 2 -----------------------------------------------------------------------------------------------------------


def _built(item: QueryWorkshop, names: Sequence[str]) -> tuple[Fraction, list[Part]]:
    if not names:
        return Fraction(0), [Part("query", "missing", "Step 2 is still open: build the query from the parts.")]
    known, wanted = tray(item), fitting(item)
    fit = [name for name in names if known[name].place is not None]
    # Parts of one place may stand in either order: as the learner put them is right.
    by_place = sorted(fit, key=lambda name: known[name].place or 0)
    ranks = [by_place.index(name) for name in fit]
    kept = {name for name, rank in zip(fit, ranks, strict=True) if rank in longest_run(ranks)}
    parts, explained = [], False
    for name in names:
        part = known[name]
        if part.place is None or part.role is None:
            parts.append(Part(name, "wrong", part.why or ""))
        elif name in kept:
            parts.append(Part(name, "right", ""))
        else:
            why = part.why or ROLES[part.role][1]
            parts.append(Part(name, "order", "Also out of place." if explained else why))
            explained = True
    here = {known[name].id for name in fit}
    lacking = dict.fromkeys(part.role for part in wanted if part.id not in here)
    parts += [Part("query", "missing", ROLES[role][0]) for role in lacking if role]
    extra = len(names) - len(fit)
    return max(Fraction(0), Fraction(len(kept) - extra, len(wanted))), parts


def solution(item: QueryWorkshop) -> dict[str, Any]:
    """What leads and why, what is fair, a query that does not lead, and why the other parts stay out."""
    words = split(item.draft)[0]
    ids = {part.id: name for name, part in tray(item).items()}

    def rows(entries: Iterable[tuple[str, str]], tag: str = "ul") -> str:
        lines = (
            f"<li><strong>{head.rstrip('.:') if why else head}</strong>{': ' + text.inline(why) if why else ''}</li>"
            for head, why in entries
        )
        return f"<{tag}>{''.join(lines)}</{tag}>"

    out = [(text.inline(part.text), part.why or "") for part in item.parts if part.place is None]
    shown = (
        f"<p>This leads:</p>{rows((text.escape(one.text), one.why) for one in item.leading)}"
        f"<p>This is fair:</p>{rows((text.escape(one.text), one.why) for one in item.traps)}"
        f"<p>A query that does not lead:</p>{rows(((_shown(part), part.why or '') for part in fitting(item)), 'ol')}"
        f"<p>These parts stay out:</p>{rows(out)}"
    )
    marks = sorted(n for one in item.leading for n in spans(words, one.text)[0])
    return {"response": {"marks": marks, "parts": [ids[part.id] for part in fitting(item)]}, "html": shown}


def static_html(item: QueryWorkshop) -> str:
    """Title, stem, chart and draft, to be marked with a pen; the parts, to be numbered."""
    draft = "<br>\n".join(text.pre(item.draft).split("\n"))
    lines = "\n".join(f"<li>____ {_shown(part)}</li>" for part in tray(item).values())
    body = (
        f"<p><strong>The draft.</strong> <em>Underline what leads.</em></p>\n<blockquote><p>{draft}</p></blockquote>\n"
        f"<p><strong>The parts.</strong> <em>Number those that belong to a query that does not lead.</em></p>\n"
        f"<ul>\n{lines}\n</ul>"
    )
    return common.static_frame(item, "", body)
