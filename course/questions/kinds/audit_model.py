"""The schema of ``audit_bench``: coded encounters, what the audit finds on each line, and the rates that are asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from course.codesets import modifiers
from course.grading import audit
from course.grading.services import books
from course.questions.base import Chart, Fault, ItemBase, Line, Slug, Strict, duplicates
from course.questions.kinds.service_model import Modifier
from course.questions.problems import did_you_mean

Path = tuple[str | int, ...]

_DIAGNOSIS = re.compile(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?", re.ASCII)
#: "99213", "99213-25", "20610-RT x2", "J45.901", "POA N".
_SHOULD = re.compile(
    r"(?P<code>[A-Z0-9]{3,5}(?:\.[A-Z0-9]{1,4})?)(?P<marks>(?:-[0-9A-Z]{2})*)(?: x(?P<units>\d{1,3}))?"
)
POA = ("Y", "N", "U", "W", "exempt")


_BOTH = ("agree", "overcoded", "undercoded", "wrong-code")
_SERVICE = (*_BOTH, "modifier", "units", "unsupported", "unbundled")
_DIAGNOSES = (*_BOTH, "sequence", "unsupported")


def is_diagnosis(code: str) -> bool:
    """Whether a code has the shape of ICD-10-CM; a HCPCS code has five characters and no dot."""
    return _DIAGNOSIS.fullmatch(code) is not None


def _code(text: str) -> str:
    code = "".join(text.upper().split())
    if not (books.is_cpt(code) or books.is_hcpcs(code) or is_diagnosis(code)):
        advice = "Write 99214, J1885 or S52.521A; modifiers and units have fields of their own."
        raise PydanticCustomError("bench_code", "looks like no CPT, HCPCS or ICD-10-CM code", {"advice": advice})
    return code


BenchCode = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_code)]
Finding = Literal[
    "agree", "overcoded", "undercoded", "wrong-code", "modifier", "units", "sequence", "poa", "unsupported", "unbundled"
]
Figure = Literal[
    "lines-agree", "lines-error", "code-over-code", "encounters-agree", "missed", "overcoded", "undercoded",
    "wrong-code", "modifier", "units", "sequence", "poa", "unsupported", "unbundled",
]  # fmt: skip


class CodedLine(Strict):
    """A line as it was coded, and what the audit finds."""

    code: BenchCode
    units: Annotated[int, Field(ge=1, le=999)] = 1
    modifiers: Annotated[tuple[Modifier, ...], Field(max_length=4)] = ()
    poa: Annotated[
        Literal["", "Y", "N", "U", "W", "exempt"], Field(description="Present on admission, beside a diagnosis.")
    ] = ""
    finding: Finding
    should: Annotated[
        str,
        StringConstraints(strip_whitespace=True, max_length=40),
        Field(description='What it should be, where it stays with a change: "99213", "20610-RT x2", "POA N".'),
    ] = ""
    why: Line = Field(description="What to read in the note. Tells neither the finding nor the right code.")

    @property
    def service(self) -> bool:
        return not is_diagnosis(self.code)

    @property
    def offered(self) -> tuple[str, ...]:
        """The findings that the card offers for a line of this shape."""
        if self.service:
            return _SERVICE
        return (*_DIAGNOSES[:-1], "poa", _DIAGNOSES[-1]) if self.poa else _DIAGNOSES


class Missed(Strict):
    """Something that the note bears out and that has no line."""

    code: BenchCode
    why: Line = Field(description="Where in the note it stands. Names no code.")


class Encounter(Strict):
    id: Slug
    title: Line
    note: Chart
    lines: Annotated[tuple[CodedLine, ...], Field(min_length=1, max_length=8)]
    missed: Missed | None = None
    complete: Annotated[
        Line | None, Field(description="Why nothing is missing, for who thinks so. Only without `missed`.")
    ] = None


class AuditBench(ItemBase):
    kind: Literal["audit_bench"] = "audit_bench"
    encounters: Annotated[tuple[Encounter, ...], Field(min_length=3, max_length=10)]
    figures: Annotated[tuple[Figure, ...], Field(min_length=1, max_length=5)]

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        yield from duplicates([one.id for one in self.encounters], "encounters", "id")
        yield from duplicates([one.title for one in self.encounters], "encounters", "title")
        yield from duplicates(list(self.figures), "figures", "")
        for n, one in enumerate(self.encounters):
            if one.missed is not None and one.complete is not None:
                yield Fault(("encounters", n, "complete"), "is given together with `missed`", "Keep one.")
            named = " ".join((*(line.why for line in one.lines), one.missed.why if one.missed else ""))
            if one.missed is not None and one.missed.code in named:
                yield Fault(("encounters", n), f"tells {one.missed.code} before it is found", "Point, do not tell.")
            for m, line in enumerate(one.lines):
                yield from _line(("encounters", n, "lines", m), line, one)
        errors = [line for _, _, line in lines_of(self) if line.finding != audit.AGREE]
        if not errors:
            yield Fault(("encounters",), "hold no error", "Let the audit find something.")

    def key_codes(self) -> Iterator[tuple[Path, str]]:
        """Every diagnosis code: also a wrong one is one that could be billed."""
        for path, code in self._every():
            if is_diagnosis(code):
                yield path, code

    def key_services(self) -> Iterator[tuple[Path, str]]:
        for path, code in self._every():
            if not is_diagnosis(code):
                yield path, code

    def _every(self) -> Iterator[tuple[Path, str]]:
        for n, one in enumerate(self.encounters):
            for m, line in enumerate(one.lines):
                path = ("encounters", n, "lines", m)
                yield (*path, "code"), line.code
                if code := should_code(line):
                    yield (*path, "should"), code
            if one.missed is not None:
                yield ("encounters", n, "missed", "code"), one.missed.code

    def key_modifiers(self) -> Iterator[tuple[Path, str, str]]:
        """Those of lines whose modifiers are as they should be, and those of what should be."""
        for n, m, line in lines_of(self):
            if line.finding != "modifier":
                for one in line.modifiers:
                    yield ("encounters", n, "lines", m, "modifiers"), one, line.code
            found = _SHOULD.fullmatch(line.should)
            for one in found["marks"].split("-")[1:] if found else ():
                yield ("encounters", n, "lines", m, "should"), one, found["code"]  # type: ignore[index]

    def key_claims(self) -> Iterator[tuple[Path, tuple[str, ...]]]:
        """The services that stand on each claim after the audit."""
        for n, one in enumerate(self.encounters):
            stay = [line for line in one.lines if line.service and line.finding not in audit.DROPPED]
            codes = [should_code(line) or line.code for line in stay]
            if one.missed is not None:
                codes.append(one.missed.code)
            yield ("encounters", n, "lines"), tuple(codes)


def _line(path: Path, line: CodedLine, owner: Encounter) -> Iterator[Fault]:
    """What an author may not write on a line."""
    if line.finding not in line.offered:
        near = did_you_mean(line.finding, line.offered) or f"There are: {', '.join(line.offered)}."
        yield Fault((*path, "finding"), f"is {line.finding!r}, which a line of this shape cannot have", near)
    if line.poa and line.service:
        yield Fault((*path, "poa"), "stands on a service", "It belongs to diagnoses.")
    if not line.service and (line.units != 1 or line.modifiers):
        yield Fault(path, "gives units or modifiers to a diagnosis", "Take them away.")
    for one in line.modifiers:
        if modifiers.get(one) is None:
            yield Fault((*path, "modifiers"), f"{one} is no modifier", "Those that are stand in modifiers.csv.")
    yield from _should((*path, "should"), line)
    if line.finding == "sequence" and len(owner.lines) < 2:
        yield Fault((*path, "finding"), "is out of place, and there is no other line", "Add the one that comes first.")
    code = should_code(line)
    if code and code != line.code and code in line.why:
        yield Fault((*path, "why"), f"tells the right code, {code}", "Point at the note; `should` tells it later.")


def _should(path: Path, line: CodedLine) -> Iterator[Fault]:
    """Whether ``should`` is of the form that the finding asks for."""
    if line.finding in (audit.AGREE, "sequence", *audit.DROPPED):
        if line.should:
            yield Fault(path, "is given, but nothing on the line changes", "Take it away.")
        return
    if line.finding == "poa":
        kept = {f"POA {one}" for one in POA} - {f"POA {line.poa}"}
        if line.should not in kept:
            yield Fault(path, f"is {line.should!r}", f"Write one of {', '.join(sorted(kept))}.")
        return
    found = _SHOULD.fullmatch(line.should)
    if found is None:
        yield Fault(path, f"is {line.should!r}", "Write it as 99213, 99213-25 or J1885 x2.")
        return
    same = found["code"] == line.code
    if same is not (line.finding in ("modifier", "units")):
        told = "names the same code" if same else "names another code"
        yield Fault(path, f"{told}, which does not fit {line.finding}", "Mend the one or the other.")
    marks, units = tuple(found["marks"].split("-")[1:]), int(found["units"] or 1)
    if line.finding == "modifier" and (marks == line.modifiers or units != line.units):
        yield Fault(path, "changes no modifier, or the units, too", "One finding on a line.")
    if line.finding == "units" and (units == line.units or marks != line.modifiers):
        yield Fault(path, "changes no units, or the modifiers, too", "One finding on a line.")


def should_code(line: CodedLine) -> str:
    """The code that the line should have, "" where it is the same or the line falls away."""
    found = _SHOULD.fullmatch(line.should)
    return found["code"] if found and line.finding != "poa" else ""


def lines_of(item: AuditBench) -> Iterator[tuple[int, int, CodedLine]]:
    """Every line with the positions of its encounter and of itself."""
    for n, one in enumerate(item.encounters):
        for m, line in enumerate(one.lines):
            yield n, m, line


def offered(item: AuditBench) -> list[str]:
    """The findings that any line of the bench offers, in the order of ``audit.WORDS``."""
    some = {finding for _, _, line in lines_of(item) for finding in line.offered}
    return [finding for finding in audit.WORDS if finding in some]


def key_tally(item: AuditBench) -> audit.Tally:
    """The counts of the key."""
    return audit.tally(
        audit.Audited(tuple(line.finding for line in one.lines), one.missed is not None) for one in item.encounters
    )


def line_id(encounter: Encounter, place: int) -> str:
    """ "e1-2" for the second line of the encounter e1."""
    return f"{encounter.id}-{place + 1}"


def missed_id(encounter: Encounter) -> str:
    """Target of what is said about codes that were missed."""
    return f"{encounter.id}-missed"


def shown(line: CodedLine) -> str:
    """A line as it stands on the claim: "99214-25", "J3301 × 4", "J18.9 · POA Y"."""
    code = "-".join((line.code, *line.modifiers))
    code += f" × {line.units}" if line.units > 1 else ""
    return f"{code} · POA {line.poa}" if line.poa else code


def words_of(line: CodedLine, known: Mapping[str, str]) -> str:
    """What the code and its modifiers say, in plain text; "" where nothing is known."""
    if not line.service:
        return known.get(line.code, "")
    marks = [f"{one}: {books.meaning(one, line.code)}" for one in line.modifiers]
    return "; ".join(one for one in (books.words(line.code), *marks) if one)


def own_tally(item: AuditBench, findings: Mapping[str, str], missed: Collection[str]) -> audit.Tally:
    """The counts of a learner's own findings, by line; what is open is left out. ``missed``: ids of encounters."""
    done = []
    for one in item.encounters:
        found = (findings.get(line_id(one, n)) for n in range(len(one.lines)))
        done.append(audit.Audited(tuple(one for one in found if one), one.id in missed))
    return audit.tally(done)
