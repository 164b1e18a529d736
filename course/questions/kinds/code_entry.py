"""Code entry: one or several codes, in an order or not. Raw response: a list of texts, ``["I13.0", "I50.22"]``, or
one text.

What is typed is cut into codes here; what is said about each of them comes from the diagnosis engine
(``course.grading.diagnosis``), which works on the code set itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from course.grading.verdict import Mark, Part, Verdict, not_attempted, outcome_of, scored
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.base import Fault, ItemBase, Line, Strict
from course.questions.kinds import common
from course.questions.typed import split_codes

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet
    from course.grading.diagnosis import CodeKey, Diagnosis

#: Code systems that are graded, and those that later issues bring.
SYSTEMS = {"icd10cm": "ICD-10-CM"}
COMING = {"cpt": "CPT", "hcpcs": "HCPCS Level II", "icd10pcs": "ICD-10-PCS"}

#: More codes than any claim carries.
MOST_CODES = 40


def _dotted(code: str) -> str:
    compact = "".join(code.upper().split()).replace(".", "")
    if not re.fullmatch(r"[A-Z][0-9A-Z]{2,6}", compact, re.ASCII) or not any(char.isdigit() for char in compact):
        raise PydanticCustomError(
            "code_form", "does not look like an ICD-10-CM code", {"advice": "Write it as S52.521A."}
        )
    return compact if len(compact) == 3 else f"{compact[:3]}.{compact[3:]}"


Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_dotted)]


class CodeAnswer(Strict):
    """The codes that are right. ``order``: pairs of codes, the first before the second. ``ordered``: all as listed."""

    codes: Annotated[tuple[Code, ...], Field(min_length=1, max_length=12)]
    order: tuple[tuple[Code, Code], ...] = ()
    ordered: bool = False
    optional: tuple[Code, ...] = ()


class CodeEntry(ItemBase):
    kind: Literal["code_entry"] = "code_entry"
    system: str = "icd10cm"
    answer: CodeAnswer
    reasons: Annotated[
        dict[str, Line],
        Field(description='A sentence of your own for a wrong code; "S52.5*" is for all codes that begin so.'),
    ] = {}

    @field_validator("system")
    @classmethod
    def _known_system(cls, system: str) -> str:
        if system in COMING:
            raise PydanticCustomError(
                "system",
                f"{COMING[system]} codes are not graded yet",
                {"advice": "Use another kind of question for now."},
            )
        if system not in SYSTEMS:
            raise PydanticCustomError(
                "system", f"is {system!r}, which is no code system here", {"advice": "Write icd10cm."}
            )
        return system

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        codes, key = self.answer.codes, set(self.answer.codes)
        for n, code in enumerate(codes):
            if code in codes[:n]:
                yield Fault(("answer", "codes", n), f"{code} is listed twice", "Keep one.")
        for n, pair in enumerate(self.answer.order):
            for code in pair:
                if code not in key:
                    yield Fault(
                        ("answer", "order", n), f"{code} is not among the codes", "Add it to `codes`, or mend it."
                    )
            if pair[0] == pair[1]:
                yield Fault(("answer", "order", n), f"puts {pair[0]} before itself", "Name two codes.")
        if self.answer.ordered and self.answer.order:
            advice = "Use `order` for some pairs, or `ordered: true` for all of them as listed."
            yield Fault(("answer", "order"), "is given together with `ordered`", advice)
        if self.answer.ordered and len(codes) == 1:
            yield Fault(("answer", "ordered"), "has no meaning with one code", "Take it away.")
        if not _orderable(self.answer.order):
            yield Fault(("answer", "order"), "goes round in a circle", "No order of the codes can satisfy it.")
        for n, code in enumerate(self.answer.optional):
            if code in key:
                yield Fault(
                    ("answer", "optional", n), f"{code} is among the codes", "A code is needed or optional, not both."
                )
        taken = key | set(self.answer.optional)
        for pattern in self.reasons:
            compact = pattern.upper().replace(".", "").strip()
            if not re.fullmatch(r"[A-Z0-9]{1,12}\*?", compact, re.ASCII):
                yield Fault(("reasons", pattern), "is not a code, nor a family such as S52.5*", "")
            elif any(compact == code.replace(".", "") for code in taken):
                yield Fault(("reasons", pattern), "is one of the right codes", "Reasons are for wrong codes.")

    def key_codes(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        for field in ("codes", "optional"):
            for n, code in enumerate(getattr(self.answer, field)):
                yield ("answer", field, n), code


Model = CodeEntry


def _orderable(pairs: tuple[tuple[str, str], ...]) -> bool:
    """Whether some order satisfies all pairs: take away codes that nothing has to precede until none is left."""
    left = {pair for pair in pairs if pair[0] != pair[1]}
    while left:
        behind = {later for _, later in left}
        if all(first in behind for first, _ in left):
            return False
        left = {pair for pair in left if pair[0] in behind}
    return True


def code_key(item: CodeEntry) -> CodeKey:
    """The key as the diagnosis engine takes it."""
    from course.grading.diagnosis import CodeKey

    answer = item.answer
    return CodeKey(codes=answer.codes, order=answer.order, ordered=answer.ordered, optional=answer.optional)


def view(item: CodeEntry) -> dict[str, Any]:
    """``system``, ``system_label``, ``ordered`` (sequence counts), ``many`` (more than one code)."""
    answer = item.answer
    return common.frame(
        item,
        _instruction(item),
        system=item.system,
        system_label=SYSTEMS[item.system],
        ordered=answer.ordered or bool(answer.order),
        many=_many(answer),
    )


def _many(answer: CodeAnswer) -> bool:
    return len(answer.codes) + len(answer.optional) > 1


def _instruction(item: CodeEntry) -> str:
    label = SYSTEMS[item.system]
    if not _many(item.answer):
        return f"Enter the {label} code."
    rules = set(item.answer.order)
    if item.answer.ordered or (rules and rules.issuperset(pairwise(sequence(item.answer)))):
        return f"Enter the {label} codes. Sequence counts."
    return f"Enter the {label} codes." + (" Sequence counts where a note or a guideline sets it." if rules else "")


def parse(item: CodeEntry, raw: Any) -> Parsed:
    """Texts to a tuple of codes as typed, in capitals; commas, semicolons, plus signs and white space separate."""
    if raw is None:
        return Blank("Enter a code, then check.")
    texts = [raw] if isinstance(raw, str) else raw
    if not isinstance(texts, list | tuple) or not all(one is None or isinstance(one, str) for one in texts):
        return Invalid("Write codes, such as S52.521A.")
    found: list[str] = []
    for one in texts:
        codes, words = split_codes(one or "")
        if words:
            shown = " ".join(words)
            shown = shown if len(shown) <= 40 else shown[:39] + "…"
            return Invalid(
                f"I can grade codes, not words ({shown!r}). Write the code alone; the search finds it by its name."
            )
        found += codes
    if not found:
        return Blank("Enter a code, then check.")
    if len(found) > MOST_CODES:
        return Invalid(f"That is {len(found)} codes; at most {MOST_CODES} are read.")
    return Answer(tuple(found))


def grade(item: CodeEntry, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """Every entered code diagnosed over the code set. Without ``codes`` the edition in force is opened."""
    from course.grading.diagnosis import diagnose

    found = diagnose(answer.value, code_key(item), _codes(item) if codes is None else codes, item.reasons)
    return verdict_of(found, len(item.answer.codes))


def _codes(item: ItemBase) -> CodeSet:
    """The edition in force, or the item's latest."""
    from course.codesets import icd10cm
    from course.paths import today

    return icd10cm.open_edition(item.edition_for(icd10cm.edition_on(today())))


#: Kinds of findings that are not about a wrong code.
_MARKS: dict[str, Mark] = {
    "right": "right",
    "optional": "right",
    "missing": "missing",
    "partner_missing": "missing",
    "extra": "extra",
    "order_broken": "order",
    "duplicate": "note",
}


def verdict_of(diagnosis: Diagnosis, asked: int) -> Verdict:
    """A diagnosis as a verdict. ``asked``: how many codes the key has. What is missing is counted, not named."""
    parts = []
    for finding in diagnosis.findings:
        if str(finding.kind) == "blank":
            continue
        mark = _MARKS.get(str(finding.kind), "wrong")
        lead = "" if mark == "right" or not finding.headline else f"**{finding.headline.rstrip('.:')}.** "
        parts.append(Part(finding.code, mark, f"{lead}{finding.message}".strip(), finding.basis))
    if str(diagnosis.outcome) == "not_attempted":
        return not_attempted("Enter a code, then check.", parts=parts)
    headline = _headline(diagnosis, parts, asked)
    score = diagnosis.score
    if str(outcome_of(score)) != str(diagnosis.outcome):  # all codes right, and something said against them
        score = {"correct": 1.0, "partly": 0.9}.get(str(diagnosis.outcome), 0.0)
    return scored(score, headline, parts)


def _headline(diagnosis: Diagnosis, parts: list[Part], asked: int) -> str:
    outcome = str(diagnosis.outcome)
    if outcome == "correct":
        return "Yes, that is the code." if asked == 1 else "Yes, all of them."
    amiss = [
        finding
        for finding in diagnosis.findings
        if _MARKS.get(str(finding.kind), "wrong") in ("wrong", "order", "extra")
    ]
    if asked == 1 and len(amiss) == 1 and amiss[0].headline:
        return amiss[0].headline
    right = len(diagnosis.right)
    if right == asked and any(part.mark == "order" for part in parts):
        return "The right codes; look at their sequence."
    if right == asked:
        return "All the right codes, and something more."
    if right:
        return f"{common.counted(right, 'code')} {'fits' if right == 1 else 'fit'}; there is more to do."
    return "Not there yet. See what each code says."


def solution(item: CodeEntry) -> dict[str, Any]:
    """The codes with their titles, in an order that is right."""
    ordered = sequence(item.answer)
    official = titles(item)

    def named(code: str) -> str:
        return f"<strong>{text.inline(code)}</strong> {text.escape(official.get(code, ''))}".strip()

    tag = "ol" if item.answer.ordered or item.answer.order else "ul"
    html = f"<{tag}>" + "".join(f"<li>{named(code)}</li>" for code in ordered) + f"</{tag}>"
    if item.answer.optional:
        html += (
            "<p>Also accepted:</p><ul>" + "".join(f"<li>{named(code)}</li>" for code in item.answer.optional) + "</ul>"
        )
    return {"response": ordered, "html": html}


def titles(item: ItemBase) -> dict[str, str]:
    """Code of the key -> official title. Empty where no edition can be opened: a solution does without."""
    try:
        codes = _codes(item)
        found = {code: codes.get(code) for _, code in item.key_codes()}
    except Exception:  # whatever is wrong with the code set was told when it was opened
        return {}
    return {code: entry.title for code, entry in found.items() if entry is not None and entry.title_known}


def sequence(answer: CodeAnswer) -> list[str]:
    """The codes in an order that satisfies all order rules, otherwise as listed."""
    left = list(answer.codes)
    done: list[str] = []
    while left:
        free = [code for code in left if not any(later == code and first in left for first, later in answer.order)]
        done.append(free[0] if free else left[0])
        left.remove(done[-1])
    return done


def static_html(item: CodeEntry) -> str:
    """Title, stem, note and blank lines to write on (never as many as there are codes, unless it is one)."""
    blanks = 6 if _many(item.answer) else 1
    return common.static_frame(item, _instruction(item), "<p>" + "<br>\n".join(["______________"] * blanks) + "</p>")
