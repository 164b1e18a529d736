"""The modifier chooser: which modifiers belong on this line.

Raw response: a list of modifiers, ``["RT", "59"]``, in any order; ``["none"]`` says that no modifier belongs.

Partial credit: right picks less wrong picks, over the number of right modifiers, never below 0. A line that takes no
modifier is all or nothing. Beside the author's reason stands what the fee schedule says of that modifier on this code
(:mod:`course.codesets.common_modifiers`), where it bears the verdict out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints

from course.codesets import common_modifiers, cpt, hcpcs, modifiers
from course.grading.verdict import Part, Verdict, scored
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.base import Fault, ItemBase, Line, Strict
from course.questions.kinds import common

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

INSTRUCTION = "Tick every modifier that belongs on this line, or the last box."
#: The response, and the target of a part, for "no modifier belongs".
NONE = "none"
NONE_TEXT = "No modifier belongs here"
#: A claim line has so many places for modifiers (CMS-1500, item 24D).
PLACES = 4

#: Beginnings of a basis that is a published figure and not the plain sense of a section.
FIGURES = ("fee schedule", "CMS", "NCCI")

#: Group of a modifier that is missing -> where to look. Names no modifier.
POINTERS = {
    "visit": "why this visit counts beside the other service",
    "side": "which side the note names, or whether it names both",
    "digit": "which finger, toe or eyelid it was",
    "component": "who owns the machine and who reads the result",
    "repeat": "how often this was done on that day, and by whom",
    "global": "what was done before, when, and whether the two belong together",
    "surgeon": "who did what at the table",
    "extent": "how much of the procedure was done, and how hard it was",
    "vessel": "which vessel it was",
    "physical status": "how ill the patient was before the operation",
    "facility": "whose line this is, the facility's or the physician's",
    "teaching": "who else took part in the care",
    "imaging": "how and for what the picture was taken",
    "foot care": "what was found at the feet",
    "distinct": "what sets this apart from the other service of that day",
    "payment": "who pays, and under which rule",
    "anesthesia": "who gave the anesthesia, and how",
    "laboratory": "where the test was run, on what, and how often",
    "drug": "what became of all the drug in the vial",
    "equipment": "whether the item is new, used or rented, and what the policy asks for",
    "notice": "what the patient was told and signed before",
    "ambulance": "where the ride began and where it ended",
    "telehealth": "how patient and provider met",
    "therapy": "under whose plan of care the therapy stands",
}
ELSEWHERE = "what the note says that the code alone does not"
#: For one of a group of which another is picked already: the pointer of the group would describe that one.
AGAIN = "read the note and the question once more for who, where and why"

_Modifier = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[0-9A-Z]{2}$")]
_Code = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[0-9A-Z]\d{3}[0-9A-Z]$")]


class ServiceLine(Strict):
    """The line as it stands before a modifier is put on it."""

    code: _Code
    units: Annotated[int, Field(ge=1, le=999)] = 1


class ModifierChoice(ItemBase):
    kind: Literal["modifier_choice"] = "modifier_choice"
    line: ServiceLine
    offered: Annotated[tuple[_Modifier, ...], Field(min_length=4, max_length=12)]
    answer: Annotated[
        tuple[_Modifier, ...],
        Field(max_length=PLACES, description="The modifiers that belong; [] when none does."),
    ]
    reasons: Annotated[
        dict[_Modifier, Line],
        Field(description="For each offered modifier: why it fits or not here. Shown when it is picked."),
    ]

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        for field in ("offered", "answer"):
            listed = getattr(self, field)
            for n, one in enumerate(listed):
                if one in listed[:n]:
                    yield Fault((field, n), f"{one} is listed twice", "Keep one.")
        for n, one in enumerate(self.offered):
            if modifiers.get(one) is None:
                yield Fault(("offered", n), f"{one} is no modifier", "Those that are stand in modifiers.csv.")
            if one not in self.reasons:
                yield Fault(("reasons",), f"says nothing about {one}", "Give a sentence for each offered modifier.")
        for n, one in enumerate(self.answer):
            if one not in self.offered:
                yield Fault(("answer", n), f"{one} is not offered", "Add it to `offered`, or take it away.")
        for one in self.reasons:
            if one not in self.offered:
                yield Fault(("reasons", one), f"is about {one}, which is not offered", "Add it to `offered`.")

    def lints(self) -> Iterator[Fault]:
        yield from super().lints()
        if cpt.get(self.line.code) is None and hcpcs.get(self.line.code) is None:
            advice = "Mend it, or bring the number into data/codesets/cpt_words or hcpcs.csv."
            yield Fault(("line", "code"), f"{self.line.code} is not among the codes of the course", advice)
        for n, one in enumerate(self.answer):
            found = common_modifiers.judge(self.line.code, one)
            if found is not None and not found.fits:
                yield Fault(("answer", n), f"{one} cannot stand on {self.line.code}: {found.why}", "Look again.")
        for sentence in common_modifiers.clashes(self.answer):
            yield Fault(("answer",), f"contradicts itself: {sentence}", "Keep one of them.")


Model = ModifierChoice


def offered(item: ModifierChoice) -> list[str]:
    """In the order of the code book (digits first), so that the order in the file gives nothing away."""
    return sorted(item.offered)


def shown_line(item: ModifierChoice, picked: tuple[str, ...] | list[str]) -> str:
    """ "29881-RT-59": as it stands on the claim, what changes the payment first."""
    return "-".join([item.line.code, *common_modifiers.in_claim_order(picked)])


def view(item: ModifierChoice) -> dict[str, Any]:
    """``line`` {code, units, html (our words, or "")}; ``offered`` [{id, html}] in claim ``place``; ``places``."""
    order = common_modifiers.in_claim_order(item.offered)
    rows = [{"id": one, "html": text.inline(words(one)), "place": order.index(one)} for one in offered(item)]
    line = {"code": item.line.code, "units": item.line.units, "html": text.inline(_service(item.line.code))}
    return common.frame(item, INSTRUCTION, line=line, offered=rows, none={"id": NONE, "html": NONE_TEXT}, places=PLACES)


def words(modifier: str) -> str:
    """Our short meaning of a modifier."""
    found = modifiers.get(modifier)
    return found.words if found is not None else ""


def _service(code: str) -> str:
    """Our words for the code of the line; "" where we have none."""
    found = cpt.get(code) or hcpcs.get(code)
    return found.words if found is not None else ""


def parse(item: ModifierChoice, raw: Any) -> Parsed:
    """A list of modifiers (or one string such as "-RT, 59"); ``Answer.value`` is a frozenset, empty for "none"."""
    if isinstance(raw, str):
        raw = re.split(r"[\s,;]+|-", raw.strip())
        raw = [one for one in raw if one]
    if raw is None or (isinstance(raw, list | tuple | set | frozenset) and not raw):
        return Blank("Tick the modifiers that belong, or the last box when none does; then check.")
    invalid = Invalid("Choose among the modifiers on the card, or the last box alone.")
    if not isinstance(raw, list | tuple | set | frozenset) or not all(isinstance(one, str) for one in raw):
        return invalid
    picked = {one.strip().lstrip("-").upper() for one in raw}
    if picked == {NONE.upper()}:
        return Answer(frozenset())
    return Answer(frozenset(picked)) if picked <= set(item.offered) else invalid


def grade(item: ModifierChoice, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """Each pick with its reason; where to look for what is missing, but not which modifier it is."""
    picked: frozenset[str] = answer.value
    key = frozenset(item.answer)
    hits, wrong, missing = picked & key, picked - key, [one for one in item.answer if one not in picked]
    parts = [_part(item, one, one in key) for one in offered(item) if one in picked]
    if not picked and not key:
        parts.append(Part(NONE, "right", "The code alone says all that this line has to say."))
    elif not picked:
        parts.append(Part(NONE, "wrong", "The note says something that the code alone does not."))
    parts += [Part("", "note", sentence) for sentence in common_modifiers.clashes(picked)]
    if missing:
        count = "One" if len(missing) == 1 else str(len(missing))
        more = " more" if hits else ""
        verb, noun = ("belongs", "modifier") if len(missing) == 1 else ("belong", "modifiers")
        parts.append(Part("", "missing", f"{count}{more} {noun} {verb}: {_where(missing, hits)}."))
    score = max(0, len(hits) - len(wrong)) / len(key) if key else float(not picked)
    return scored(score, _headline(item, picked, hits, wrong), parts)


def _where(missing: list[str], hits: frozenset[str]) -> str:
    """Where to look for what is missing. Names no modifier, and does not describe one that is picked."""
    told = {_group(one) for one in hits}
    places = dict.fromkeys(POINTERS.get(_group(one), ELSEWHERE) for one in missing if _group(one) not in told)
    look = [f"look at {', and at '.join(places)}"] if places else []
    return "; then ".join([*look, AGAIN] if any(_group(one) in told for one in missing) else look)


def _part(item: ModifierChoice, one: str, fits: bool) -> Part:
    return Part(one, "right" if fits else "wrong", f"**{one}** {item.reasons[one]}", _borne_out(item, one, fits))


def _borne_out(item: ModifierChoice, one: str, fits: bool) -> str | None:
    """What the published figures say, where they say the same as the key.

    The author may have a reason of the note against a modifier that could go on this code: then nothing is borne out.
    That a period of days would allow it proves nothing either.
    """
    found = common_modifiers.judge(item.line.code, one)
    if found is None or found.fits != fits or not found.basis.startswith(FIGURES):
        return None
    if fits and "global period" in found.basis:
        return None
    return f"{found.basis[0].upper()}{found.basis[1:]}: {found.why}"


def _group(modifier: str) -> str:
    found = modifiers.get(modifier)
    return found.group if found is not None else ""


def _headline(item: ModifierChoice, picked: frozenset[str], hits: frozenset[str], wrong: frozenset[str]) -> str:
    if picked == frozenset(item.answer):
        return f"Yes: {shown_line(item, sorted(picked))}." if picked else "Yes, the code stands alone."
    if not item.answer:
        them = (
            "this one: read the line once more without it"
            if len(picked) == 1
            else "these: read the line once more without them"
        )
        return f"Not {them}."
    if not hits:
        return "Not alone yet." if not picked else "Not this one yet." if len(picked) == 1 else "Not these yet."
    if wrong:
        return f"{len(hits)} of your {len(picked)} picks {'fits' if len(hits) == 1 else 'fit'}."
    return "Right so far, and there is more."


def solution(item: ModifierChoice) -> dict[str, Any]:
    """The line as it stands on the claim; what belongs and why; then the others and why not."""

    def lines(wanted: bool) -> str:
        rows = [one for one in offered(item) if (one in item.answer) is wanted]
        entries = "".join(
            f"<li><strong>{one}</strong> ({text.inline(words(one))}): {text.inline(item.reasons[one])}</li>"
            for one in rows
        )
        return f"<ul>{entries}</ul>" if rows else ""

    first = f"<p>On the claim: <strong>{text.escape(shown_line(item, item.answer))}</strong></p>"
    fit = f"<p>What belongs:</p>{lines(True)}" if item.answer else "<p>No modifier belongs.</p>"
    rest = f"<p>What does not:</p>{lines(False)}" if len(item.answer) < len(item.offered) else ""
    return {"response": sorted(item.answer) or [NONE], "html": first + fit + rest}


def static_html(item: ModifierChoice) -> str:
    """Title, stem, note, the line, and the offered modifiers with our meanings."""
    units = common.counted(item.line.units, "unit")
    service = _service(item.line.code)
    told = f" ({text.inline(service)})" if service else ""
    line = f"<p>Line on the claim: <strong>{item.line.code}</strong>{told}, {units}. Modifiers: ______________</p>\n"
    rows = common.static_list([*(f"**{one}** {words(one)}" for one in offered(item)), NONE_TEXT], "")
    return common.static_frame(item, INSTRUCTION, line + rows)
