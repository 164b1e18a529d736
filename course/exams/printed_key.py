"""The key of a printed exam: the answers at a glance, then each with its reasons, its sources and its domain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from course.exams.printed_parts import counted, esc, figure_rows, table
from course.questions import kinds, text

if TYPE_CHECKING:
    from course.exams.assemble import Form
    from course.exams.blueprint import Blueprint


def body(blueprint: Blueprint, form: Form, items: Sequence[Any], code: str) -> str:
    """The whole key."""
    unscored = [place for place, entry in enumerate(form.entries, start=1) if not entry.scored]
    parts = [
        f"<h1>{esc(form.exam)} key with reasons</h1>",
        f'<p class="form">Form {esc(code)}. For after the exam.</p>',
        "<h2>Answers</h2>",
        _quick(items),
        "<h2>Your result</h2>",
        *_result(blueprint, form, items, unscored),
        _domains(blueprint, form),
        "<p>* The count is the course's own assumption, or is not confirmed by the body.</p>"
        if any(not one.confirmed for one in blueprint.domains)
        else "",
        '<h2 class="start">Reasons</h2>',
    ]
    parts += [
        _reason(place, entry, item)
        for place, (entry, item) in enumerate(zip(form.entries, items, strict=True), start=1)
    ]
    return "\n".join(part for part in parts if part)


def short_answer(item: Any) -> str:
    """ "B", "A, C", or the codes."""
    response = kinds.solution(item)["response"]
    if item.kind in ("single_choice", "multiple_choice"):
        return ", ".join(str(one).upper() for one in response)
    if isinstance(response, list) and all(isinstance(one, str) for one in response):
        return ", ".join(response)
    return "see the reasons"


def _quick(items: Sequence[Any]) -> str:
    rows = "".join(
        f'<li><span class="place">{place}</span><b>{esc(short_answer(item))}</b></li>'
        for place, item in enumerate(items, start=1)
    )
    return f'<ol class="quick">{rows}</ol>'


def _result(blueprint: Blueprint, form: Form, items: Sequence[Any], unscored: list[int]) -> list[str]:
    """How to count, and what the number means."""
    scored = len(form.entries) - len(unscored)
    told = [
        f"<p>Count your right answers{' among the questions that count' if unscored else ''}: ____ of {scored}.</p>"
    ]
    if any(item.kind not in ("single_choice", "number") for item in items):
        told.append("<p>A question with several letters or codes is right when all of them agree with the key.</p>")
    if unscored:
        numbers = ", ".join(map(str, unscored))
        told.append(
            f"<p>Leave out {counted(len(unscored), 'question')}: {numbers}. The real exam tries some questions out and "
            "does not count them. Nobody is told which they are.</p>"
        )
    if blueprint.pass_share is None:
        told.append(
            f"<p>{esc(blueprint.body)} turns right answers into points on a scale, and how is not public. So nobody "
            "can say how many right answers pass, and this key does not make a number up.</p>"
        )
    else:
        line = -(-round(blueprint.pass_share * 100) * scored // 100)
        told.append(f"<p>The pass line is {blueprint.passing.value} percent: {line} of {scored} here.</p>")
    return [*told, figure_rows(blueprint, ("passing", "scored"))]


def _domains(blueprint: Blueprint, form: Form) -> str:
    """A table to fill in: how many of each domain were right, and which lessons mend it."""
    rows = []
    for one in blueprint.domains:
        own = [(place, entry) for place, entry in enumerate(form.entries, start=1) if entry.domain == one.name]
        places = [str(place) for place, entry in own if entry.scored]
        if places:
            mark = "" if one.confirmed else " *"
            rows.append((esc(one.name + mark), f"____ of {len(places)}", ", ".join(places), ", ".join(one.lessons)))
    caption = "By domain" if all(entry.scored for entry in form.entries) else "By domain, the questions that count"
    return table(("domains", caption), ("Domain", "Right", "Questions", "Lessons that help"), rows)


def _reason(place: int, entry: Any, item: Any) -> str:
    """One question: the answer, why, why not the others, and where it stands."""
    sources = "; ".join(
        f"{esc(text.plain(one.ref))}{f', {esc(one.edition)}' if one.edition else ''} "
        f"(checked {one.checked:%B} {one.checked.day}, {one.checked.year})"
        for one in item.sources
    )
    about = entry.domain + ("" if entry.scored else ", does not count")
    return (
        f'<section class="reason"><h3>{place}. {text.inline(item.title)} <span>({esc(about)})</span></h3>'
        f"{kinds.solution(item)['html']}{text.block(item.rationale)}"
        f'<p class="small">Sources: {sources}. Question {esc(item.id)}.</p></section>'
    )
