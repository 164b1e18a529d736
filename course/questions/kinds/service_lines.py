"""Service lines: CPT and HCPCS codes as a claim carries them, each with its modifiers and units. Raw response: a list
of rows, ``[{"code": "29881", "modifiers": "RT", "units": "1"}]``; a row, or the whole, may be one text ("29881-RT").

What is typed is read in ``service_typed``; what is said of it comes from ``course.grading.services``. A line with the
right code earns half; the other half belongs to its modifiers and units, where they are asked for and matter
(``course.grading.services.score``). What the columns of ``asks`` do not name is not graded.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from course.grading.services import Report, books, diagnose
from course.grading.verdict import Part, Verdict, scored
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.kinds import common
from course.questions.kinds.service_model import ServiceLine, ServiceLines, sequence, service_key
from course.questions.kinds.service_search import search
from course.questions.kinds.service_typed import Unreadable, read_rows

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

__all__ = ["Model", "grade", "parse", "search", "solution", "static_html", "view"]

Model = ServiceLines

PROMPT = "Enter a code, then check."
#: Blank rows on paper, whatever the number of lines.
PAPER_ROWS = 6
HEADS = {"code": "Code", "modifiers": "Modifiers", "units": "Units"}


def _columns(item: ServiceLines) -> list[str]:
    return ["code", *(name for name in ("modifiers", "units") if name in item.asks)]


def _instruction(item: ServiceLines) -> str:
    """The same words for one line and for several: how many there are is part of the question."""
    beside = {"modifiers": "its modifiers", "units": "its units"}
    told = "Enter one line for each code"
    told += "".join(f"{' and' if n else ', with'} {beside[name]}" for n, name in enumerate(_columns(item)[1:])) + "."
    if "modifiers" in item.asks:
        told += " Leave a field empty where no modifier is needed."
    rules = set(item.answer.order)
    if item.answer.ordered or (rules and rules.issuperset(pairwise(line.code for line in sequence(item.answer)))):
        return f"{told} Sequence counts."
    return told + (" Sequence counts where a rule sets it." if rules else "")


def view(item: ServiceLines) -> dict[str, Any]:
    """``columns`` beside each other, ``ordered`` (sequence counts). Nothing in it tells the number of lines."""
    return common.frame(
        item,
        _instruction(item),
        columns=_columns(item),
        ordered=item.answer.ordered or bool(item.answer.order),
    )


def parse(item: ServiceLines, raw: Any) -> Parsed:
    """Rows to a tuple of ``Entered``. Empty rows are passed over; rows without a code are unreadable."""
    if raw is None or isinstance(raw, str | dict):
        raw = [raw]
    if not isinstance(raw, list | tuple):
        return Invalid("Write codes, such as 29881 or J1885.")
    try:
        lines = read_rows(list(raw), modifiers="modifiers" in item.asks, units="units" in item.asks)
    except Unreadable as reason:
        return Invalid(str(reason))
    return Answer(lines) if lines else Blank(PROMPT)


def grade(item: ServiceLines, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """Every line diagnosed over the code sets. ``target`` of a part: "line-0" for the first row that is not empty."""
    report = diagnose(answer.value, service_key(item), item.reasons, item.note or "")
    parts, several = [], len(answer.value) > 1
    for finding in report.findings:
        target = "" if finding.row is None else f"line-{finding.row}"
        # With several lines each message names its own: a row may hold more than one, and all are read out together.
        named = f"{finding.code}: " if several and finding.code and finding.headline else ""
        lead = f"**{named}{finding.headline}** " if finding.headline else ""
        parts.append(Part(target, finding.mark, f"{lead}{finding.message}".strip(), finding.basis))
    return scored(report.score, _headline(report, len(item.answer.lines)), parts)


def _headline(report: Report, asked: int) -> str:
    amiss = [one for one in report.findings if one.mark in ("wrong", "extra", "order", "missing")]
    if report.score == 1:
        return "Yes, that is the line." if asked == 1 else "Yes, all the lines."
    if asked == 1 and len(amiss) == 1 and amiss[0].headline:
        return amiss[0].headline
    if report.right == asked and any(one.mark == "order" for one in amiss):
        return "The right lines; look at their sequence."
    if report.right == asked:
        return "All the right lines, and something more."
    if report.right:
        fits = "fits" if report.right == 1 else "fit"
        return f"{common.counted(report.right, 'line')} {fits}; there is more to do."
    if report.score:
        return "Close: see what each line still needs."
    return "Not there yet. See what each line says."


def _raw(line: ServiceLine, columns: list[str]) -> dict[str, str]:
    marks = " ".join(choice.split("|")[0] for choice in line.modifiers)
    return {name: {"code": line.code, "modifiers": marks, "units": str(line.units)}[name] for name in columns}


def solution(item: ServiceLines) -> dict[str, Any]:
    """The lines in an order that is right, each with our words for its code and its modifiers."""
    lines = sequence(item.answer)
    tag = "ol" if item.answer.ordered or item.answer.order else "ul"
    shown = f"<{tag}>" + "".join(f"<li>{_line_html(item, line)}</li>" for line in lines) + f"</{tag}>"
    if item.answer.optional:
        more = "".join(f"<li>{_named(line.code)}</li>" for line in item.answer.optional)
        shown += f"<p>Also accepted:</p><ul>{more}</ul>"
    return {"response": [_raw(line, _columns(item)) for line in lines], "html": shown}


def _named(code: str, shown: str = "") -> str:
    return f"<strong>{text.escape(shown or code)}</strong> {text.escape(books.words(code))}".strip()


def _line_html(item: ServiceLines, line: ServiceLine) -> str:
    """One line: "29881-RT x1 words", then what its modifiers say."""
    marks = [choice.split("|") for choice in line.modifiers]
    shown = "-".join([line.code, *(" or ".join(choice) for choice in marks)])
    if "units" in item.asks:
        shown += f" × {line.units}"
    said = [(one, books.meaning(one, line.code)) for choice in marks for one in choice]
    said += [(one, f"{books.meaning(one, line.code)} (may be added)") for one in line.optional_modifiers]
    body = "".join(f"<li><strong>{text.escape(one)}</strong>: {text.escape(words)}</li>" for one, words in said)
    return _named(line.code, shown) + (f"<ul>{body}</ul>" if body else "")


def static_html(item: ServiceLines) -> str:
    """Title, stem, note and an empty claim grid, of as many rows for each question."""
    columns = _columns(item)
    head = "".join(f"<th>{HEADS[name]}</th>" for name in columns)
    row = "<tr>" + "<td>______________</td>" * len(columns) + "</tr>"
    rows = "\n".join([row] * PAPER_ROWS)
    return common.static_frame(item, _instruction(item), f"<table>\n<tr>{head}</tr>\n{rows}\n</table>")
