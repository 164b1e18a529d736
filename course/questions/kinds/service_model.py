"""The schema of ``service_lines``: the lines of the key, and what an author may not write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from course.grading.services import KeyLine, ServiceKey, books, reasons
from course.questions.base import Fault, ItemBase, Line, Strict

Path = tuple[str | int, ...]


def _code(text: str) -> str:
    code = "".join(text.upper().split())
    if not (books.is_cpt(code) or books.is_hcpcs(code)):
        advice = "Write a CPT number (29881) or a HCPCS code (J1885); modifiers go in `modifiers`."
        raise PydanticCustomError("service_code", "does not look like a CPT or HCPCS code", {"advice": advice})
    return code


def _modifier(text: str) -> str:
    modifier = text.upper().lstrip("-")
    if len(modifier) != 2 or not (modifier.isascii() and modifier.isalnum()):
        raise PydanticCustomError("modifier", "does not look like a modifier", {"advice": 'Write it as "25" or RT.'})
    return modifier


def _choice(text: str) -> str:
    return "|".join(_modifier(one.strip()) for one in text.split("|"))


_Text = StringConstraints(strip_whitespace=True, min_length=1)
ServiceCode = Annotated[str, _Text, AfterValidator(_code)]
Modifier = Annotated[str, _Text, AfterValidator(_modifier)]
#: "RT", or "59|XS" where either will do.
Choice = Annotated[str, _Text, AfterValidator(_choice)]


class ServiceLine(Strict):
    """A line of the claim."""

    code: ServiceCode
    modifiers: Annotated[
        tuple[Choice, ...],
        Field(max_length=4, description='What must stand on the line; "59|XS" where either will do.'),
    ] = ()
    optional_modifiers: Annotated[tuple[Modifier, ...], Field(description="May be added without harm.")] = ()
    units: Annotated[int, Field(ge=1, le=99999)] = 1


class OptionalLine(Strict):
    """A line that may be added without harm, whatever its details."""

    code: ServiceCode


class ServiceAnswer(Strict):
    """The lines that are right. ``order``: pairs of codes, the first before the second. ``ordered``: all as listed."""

    lines: Annotated[tuple[ServiceLine, ...], Field(min_length=1, max_length=10)]
    optional: tuple[OptionalLine, ...] = ()
    order: tuple[tuple[ServiceCode, ServiceCode], ...] = ()
    ordered: bool = False


class ServiceLines(ItemBase):
    kind: Literal["service_lines"] = "service_lines"
    asks: Annotated[
        tuple[Literal["modifiers", "units"], ...],
        Field(description="Columns beside the code. What is not asked for is not graded."),
    ] = ()
    answer: ServiceAnswer
    reasons: Annotated[
        dict[str, Line],
        Field(description='"29880", "298*", "-51", "29881-59", "29881+RT" or "J1885 x1": a sentence for that slip.'),
    ] = {}

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        yield from _asked(self)
        yield from _twice(self)
        yield from _ordered(self)
        yield from _reasons(self)

    def key_services(self) -> Iterator[tuple[Path, str]]:
        for field in ("lines", "optional"):
            for n, line in enumerate(getattr(self.answer, field)):
                yield ("answer", field, n, "code"), line.code

    def key_modifiers(self) -> Iterator[tuple[Path, str, str]]:
        for n, line in enumerate(self.answer.lines):
            for field in ("modifiers", "optional_modifiers"):
                for m, choice in enumerate(getattr(line, field)):
                    for one in choice.split("|"):
                        yield ("answer", "lines", n, field, m), one, line.code

    def key_claims(self) -> Iterator[tuple[Path, tuple[str, ...]]]:
        yield ("answer", "lines"), tuple(line.code for line in self.answer.lines)


def service_key(item: ServiceLines) -> ServiceKey:
    """The key as the diagnosis takes it."""
    answer = item.answer
    return ServiceKey(
        lines=tuple(_key_line(line) for line in answer.lines),
        optional=tuple(KeyLine(line.code) for line in answer.optional),
        order=answer.order,
        ordered=answer.ordered,
        modifiers="modifiers" in item.asks,
        units="units" in item.asks,
    )


def _key_line(line: ServiceLine) -> KeyLine:
    choices = tuple(tuple(choice.split("|")) for choice in line.modifiers)
    return KeyLine(line.code, choices, line.optional_modifiers, line.units)


def _asked(item: ServiceLines) -> Iterator[Fault]:
    """The key needs only what the question asks for, and the question asks for what may matter."""
    for n, line in enumerate(item.answer.lines):
        if line.modifiers and "modifiers" not in item.asks:
            yield Fault(("answer", "lines", n, "modifiers"), "are not asked for", "Add `asks: [modifiers]`.")
        if line.units != 1 and "units" not in item.asks:
            yield Fault(("answer", "lines", n, "units"), "are not asked for", "Add `asks: [units]`.")
    for n, one in enumerate(item.asks):
        if one in item.asks[:n]:
            yield Fault(("asks", n), f"names {one} twice", "Keep one.")


def _twice(item: ServiceLines) -> Iterator[Fault]:
    answer = item.answer
    codes = {line.code for line in answer.lines}
    for n, line in enumerate(answer.lines):
        here = ("answer", "lines", n)
        if line in answer.lines[:n]:
            yield Fault(here, f"{line.code} is listed twice with the same details", "Keep one, or set its units.")
        seen: list[str] = []
        for m, choice in enumerate(line.modifiers):
            for one in choice.split("|"):
                if one in seen:
                    yield Fault((*here, "modifiers", m), f"names {one} twice", "Keep one.")
                seen.append(one)
        for m, one in enumerate(line.optional_modifiers):
            if one in seen:
                advice = "A modifier is needed or optional, not both."
                yield Fault((*here, "optional_modifiers", m), f"{one} is among the modifiers", advice)
    for n, other in enumerate(answer.optional):
        if other.code in codes:
            advice = "A line is needed or optional, not both."
            yield Fault(("answer", "optional", n), f"{other.code} is among the lines", advice)


def _ordered(item: ServiceLines) -> Iterator[Fault]:
    answer = item.answer
    codes = [line.code for line in answer.lines]
    for n, pair in enumerate(answer.order):
        for code in pair:
            if code not in codes:
                yield Fault(("answer", "order", n), f"{code} is not among the lines", "Add its line, or mend it.")
        if pair[0] == pair[1]:
            yield Fault(("answer", "order", n), f"puts {pair[0]} before itself", "Name two codes.")
    if answer.ordered and answer.order:
        advice = "Use `order` for some pairs, or `ordered: true` for all of them as listed."
        yield Fault(("answer", "order"), "is given together with `ordered`", advice)
    if answer.ordered and len(codes) == 1:
        yield Fault(("answer", "ordered"), "has no meaning with one line", "Take it away.")
    if len(sequence(answer)) < len(codes):
        yield Fault(("answer", "order"), "goes round in a circle", "No order of the lines can satisfy it.")


def _reasons(item: ServiceLines) -> Iterator[Fault]:
    """Every reason has a form that is known, and speaks of a slip and not of the right answer."""
    for text in item.reasons:
        pattern = reasons.read(text)
        if pattern is None:
            advice = 'Write "29880", "298*", "-51", "29881-59", "29881+RT" or "J1885 x1".'
            yield Fault(("reasons", text), "is none of the forms of a reason", advice)
        elif message := _no_slip(item, pattern):
            yield Fault(("reasons", text), message, "Reasons are for slips.")


def _no_slip(item: ServiceLines, pattern: reasons.Pattern) -> str:
    """Why a pattern is about no slip, "" when it is about one."""
    answer = item.answer
    here = [line for line in answer.lines if pattern.code in ("", line.code)]
    if pattern.about == "code":
        taken = {line.code for line in answer.lines} | {line.code for line in answer.optional}
        return "is one of the right codes" if pattern.code in taken else ""
    if pattern.about == "family":
        return ""
    column = "units" if pattern.about == "units" else "modifiers"
    if column not in item.asks:
        return f"is about {column}, which are not asked for"
    if not here:
        return f"is about {pattern.code}, which is no line of the key"
    needed = [{one for choice in line.modifiers for one in choice.split("|")} for line in here]
    if pattern.about == "missing":
        return "" if any(pattern.detail in some for some in needed) else f"{pattern.detail} is not wanted there"
    if pattern.about == "surplus":
        harmless = [some | set(line.optional_modifiers) for some, line in zip(needed, here, strict=True)]
        return "is about a modifier that is right there" if all(pattern.detail in some for some in harmless) else ""
    return "is about the right units" if all(str(line.units) == pattern.detail for line in here) else ""


def sequence(answer: ServiceAnswer) -> list[ServiceLine]:
    """The lines in an order that satisfies all order rules, otherwise as listed; fewer than there are when no order
    can satisfy them."""
    left = list(answer.lines)
    done: list[ServiceLine] = []
    while left:
        codes = {line.code for line in left}
        free = [line for line in left if not any(b == line.code and a in codes for a, b in answer.order if a != b)]
        if not free:
            break
        done.append(free[0])
        left.remove(free[0])
    return done
