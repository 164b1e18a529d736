"""Audit bench: coded encounters to audit, and the rates an auditor reports.

Raw response: ``{"findings": {"e1-1": "agree", "e1-2": "modifier"}, "missed": {"e1": "no"}, "figures":
{"lines-agree": "66.7"}}``. Lines go by the id of their encounter and their place in it; what is left out is open.

Two thirds of the score are the share of findings (one for each line, and for each encounter whether something was not
coded) that are those of the key; one third is the share of rates that are. A rate is right when it is that of the key;
one that is not, but follows from the learner's own findings, is told so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from course.grading import audit
from course.grading.verdict import Part, Verdict, scored
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.kinds import audit_headline, common
from course.questions.kinds.audit_model import (
    AuditBench,
    CodedLine,
    Encounter,
    key_tally,
    line_id,
    lines_of,
    missed_id,
    offered,
    own_tally,
    shown,
    words_of,
)
from course.questions.kinds.code_entry import titles
from course.questions.kinds.number import read_number, same_unit

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

Model = AuditBench

INSTRUCTION = "Give each coded line a finding. The tally fills itself; report the rates from it."
ON_PAPER = "Give each line a finding. Then report the rates."
MISSED_QUESTION = "Does the note hold something to code that has no line?"
YES, NO = "yes", "no"
#: A rate may be off by so many percentage points.
TOLERANCE = Fraction(1, 10)
#: Parts of the score that findings and rates are worth.
FINDINGS_WORTH, FIGURES_WORTH = Fraction(2, 3), Fraction(1, 3)

PROMPT = "Give at least one line a finding, then check."
UNREADABLE = "I could not make out what was found. Choose the findings on the card."
NOTHING_MISSED = "All that is to be coded here has its line. A line that is changed is not a missing one."
FOLLOWS = "**The right sum from your findings.** {} from the audit. Mend that first, then this rate."
OFF = "This does not follow from your findings. Take the counts from your tally: {}."
OFF_EARLY = "Finish the findings first; the tally then shows the counts: {}."
AS_SHARE = "The digits fit. Report it in percent: a half is 50.0."


class Response(NamedTuple):
    """What was answered: line -> finding, encounter -> yes or no, rate -> percent."""

    findings: Mapping[str, str]
    missed: Mapping[str, str]
    figures: Mapping[str, Decimal]


def view(item: AuditBench) -> dict[str, Any]:
    """``encounters`` [{id, title, chart_html, lines, missed_id}], ``findings`` [{id, label, plain, meaning, effect}],
    ``effects``, ``figures`` [{id, title, definition}], ``missed_question``. Only codes of the claims are named."""
    known = titles(item)
    words = [{"id": one, **audit.WORDS[one]._asdict()} for one in offered(item)]
    return common.frame(
        item,
        INSTRUCTION,
        encounters=[
            {
                "id": one.id,
                "title": text.plain(one.title),
                "chart_html": text.pre(one.note),
                "missed_id": missed_id(one),
                "lines": [
                    {
                        "id": line_id(one, n),
                        "code": shown(line),
                        "words": words_of(line, known),
                        "offered": [finding for finding in audit.WORDS if finding in line.offered],
                    }
                    for n, line in enumerate(one.lines)
                ],
            }
            for one in item.encounters
        ],
        findings=words,
        effects=audit.EFFECTS,
        figures=[
            {"id": name, "title": audit.RATES[name].title, "definition": audit.RATES[name].definition}
            for name in item.figures
        ],
        missed_question=MISSED_QUESTION,
    )


def parse(item: AuditBench, raw: Any) -> Parsed:
    """A map of ``findings``, ``missed`` and ``figures``; ``Answer.value`` is a ``Response``."""
    if raw is None or raw in ("", []):
        return Blank(PROMPT)
    if not isinstance(raw, dict) or not all(name in ("findings", "missed", "figures") for name in raw):
        return Invalid(UNREADABLE)
    choices = {line_id(item.encounters[n], m): line.offered for n, m, line in lines_of(item)}
    findings = _chosen(raw.get("findings"), choices)
    missed = _chosen(raw.get("missed"), {one.id: (YES, NO) for one in item.encounters})
    if findings is None or missed is None:
        return Invalid(UNREADABLE)
    figures = _figures(item, raw.get("figures"))
    if isinstance(figures, Invalid):
        return figures
    return Answer(Response(findings, missed, figures)) if findings or missed or figures else Blank(PROMPT)


def _chosen(raw: Any, choices: Mapping[str, tuple[str, ...]]) -> dict[str, str] | None:
    """The values that are not open, or None where one is not among its choices."""
    if not isinstance(raw or {}, dict):
        return None
    given = {name: value for name, value in (raw or {}).items() if value not in (None, "", [])}
    fits = all(isinstance(value, str) and value in choices.get(name, ()) for name, value in given.items())
    return {name: given[name] for name in choices if name in given} if fits else None


def _figures(item: AuditBench, raw: Any) -> dict[str, Decimal] | Invalid:
    raw = raw or {}
    if not isinstance(raw, dict) or not all(name in item.figures for name in raw):
        return Invalid(UNREADABLE)
    found: dict[str, Decimal] = {}
    for name in item.figures:
        written = raw.get(name)
        if written is None or (isinstance(written, str) and not written.strip()):
            continue
        if isinstance(written, bool) or not isinstance(written, str | int | float | Decimal):
            return Invalid(UNREADABLE)
        value, unit, trouble = read_number(str(written))
        if value is None or (unit and not same_unit(unit, "percent")):
            return Invalid(f"{audit.RATES[name].title}: {trouble or 'write a percentage, such as 66.7.'}")
        found[name] = value
    return found


def grade(item: AuditBench, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """What each finding is worth and why; then the rates.

    Beside a wrong finding stands what to read, in the same words whether the line agrees or has an error: whether it
    does, and the right code, are told only beside a right finding and in the solution.
    """
    response: Response = answer.value
    parts = list(_findings(item, response))
    right = sum(part.mark == "right" for part in parts)
    still = sum(part.mark == "missing" for part in parts)
    rates = list(_rates(item, response, len(parts) - right - still, still))
    score = FINDINGS_WORTH * Fraction(right, len(parts))
    score += FIGURES_WORTH * Fraction(sum(part.mark == "right" for part in rates), len(rates))
    return scored(float(score), audit_headline.headline(item, parts, rates), [*parts, *rates])


def _findings(item: AuditBench, response: Response) -> Iterator[Part]:
    for one in item.encounters:
        for n, line in enumerate(one.lines):
            target = line_id(one, n)
            yield _line(target, line, response.findings.get(target))
        yield _missed(one, response.missed.get(one.id))


def _line(target: str, line: CodedLine, found: str | None) -> Part:
    if found is None:
        return Part(target, "missing", "Still open.")
    word = audit.WORDS[found]
    if found == line.finding:
        if found == audit.AGREE:
            return Part(target, "right", "Fits.")
        return Part(target, "right", f"**{word.label}.** {line.why}{_told(line)}")
    if found == audit.AGREE:
        return Part(target, "wrong", f"**Look again.** {line.why}")
    meaning = word.meaning[0].lower() + word.meaning[1:]
    return Part(target, "wrong", f"**Look again.** {word.label} says: {meaning} {line.why}")


def _told(line: CodedLine) -> str:
    """What the line should be, for who has found the error; "" where nothing is to be told."""
    return f" It should be **{line.should}**." if line.should else ""


def _missed(one: Encounter, said: str | None) -> Part:
    target = missed_id(one)
    if said is None:
        return Part(target, "missing", "Still open.")
    if (said == YES) is (one.missed is not None):
        return Part(target, "right", f"{one.missed.why} It is **{one.missed.code}**." if one.missed else "Fits.")
    return Part(target, "wrong", one.missed.why if one.missed else one.complete or NOTHING_MISSED)


def _rates(item: AuditBench, response: Response, differ: int, still: int) -> Iterator[Part]:
    """``differ``: findings that are not those of the key; ``still``: those that are open."""
    key, own = (
        key_tally(item),
        own_tally(item, response.findings, {one for one, said in response.missed.items() if said == YES}),
    )
    for name in item.figures:
        target, value = f"figure-{name}", response.figures.get(name)
        if value is None:
            yield Part(target, "missing", "Still open.")
        elif _fits(value, audit.rate(name, key)):
            yield Part(target, "right", "Fits.")
        elif not still and _fits(value, audit.rate(name, own)):
            told = "One answer above differs" if differ == 1 else f"{differ} answers above differ"
            yield Part(target, "note", FOLLOWS.format(told))
        else:
            yield Part(target, "wrong", _slip(name, value, own, still))


def _fits(value: Decimal, wanted: Fraction | None) -> bool:
    return wanted is not None and abs(Fraction(value) - 100 * wanted) <= TOLERANCE


def _slip(name: str, value: Decimal, own: audit.Tally, still: int) -> str:
    """What went wrong with a number, judged by the learner's own counts."""
    asked = audit.RATES[name].definition
    if still:
        return OFF_EARLY.format(asked)
    wanted = audit.rate(name, own)
    if wanted is not None and abs(Fraction(value) - wanted) <= TOLERANCE / 100:
        return AS_SHARE
    told = next((why for wrong, why in audit.slips(name, own) if _fits(value, wrong)), None)
    return told or OFF.format(asked)


def solution(item: AuditBench) -> dict[str, Any]:
    """Each encounter with the finding of each line, what it should be, and what was missed; then the rates."""
    blocks, findings, key = [], {}, key_tally(item)
    for n, one in enumerate(item.encounters):
        rows = []
        for m, line in enumerate(one.lines):
            findings[line_id(one, m)] = line.finding
            label = audit.WORDS[line.finding].label
            told = f"{label}. {line.why}{_told(line)}"
            rows.append(f"<li><strong>{text.escape(shown(line))}</strong>: {text.inline(told)}</li>")
        if one.missed is not None:
            told = f"**Missed: {one.missed.code}.** {one.missed.why}"
            rows.append(f"<li>{text.inline(told)}</li>")
        elif one.complete:
            rows.append(f"<li>{text.inline(f'Nothing missed. {one.complete}')}</li>")
        blocks.append(f"<p>{n + 1}. {text.inline(one.title)}</p><ul>{''.join(rows)}</ul>")
    figures, lines = {}, []
    for name in item.figures:
        asked, found = audit.RATES[name], audit.rate(name, key) or Fraction(0)
        figures[name] = f"{audit.percent(found)}"
        sum_ = f"{asked.count(key)} ÷ {asked.base(key)} = {figures[name]} %"
        lines.append(f"<li>{asked.title}, {asked.definition}: <strong>{sum_}</strong></li>")
    missed = {one.id: YES if one.missed else NO for one in item.encounters}
    response = {"findings": findings, "missed": missed, "figures": figures}
    return {"response": response, "html": "".join(blocks) + f"<p>The rates:</p><ul>{''.join(lines)}</ul>"}


def static_html(item: AuditBench) -> str:
    """Title, stem, what the findings mean, each encounter with a place for its findings, and the rates."""
    known = titles(item)
    words = [f"**{audit.WORDS[one].label}**: {audit.WORDS[one].meaning}" for one in offered(item)]
    blocks = ["<p>Findings:</p>", common.static_list(words, "")]
    for n, one in enumerate(item.encounters):
        head = f"{n + 1} of {len(item.encounters)}. {one.title}"
        rows = [f"____________ **{shown(line)}** {words_of(line, known)}".rstrip() for line in one.lines]
        blocks.append(f"<p><strong>{text.inline(head)}</strong></p>")
        blocks.append(f"<blockquote>{common.static_note(one.note)}</blockquote>")
        blocks.append(common.static_list([*rows, f"☐ yes ☐ no: {MISSED_QUESTION}"], ""))
    rates = [f"______ % **{audit.RATES[one].title}**: {audit.RATES[one].definition}" for one in item.figures]
    blocks += ["<p>Rates to report:</p>", common.static_list(rates, "")]
    return common.static_frame(item, ON_PAPER, "\n".join(blocks))
