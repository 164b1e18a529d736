"""Proofs that need more than the file itself: codes that must exist, dates that must have passed.

CPT and HCPCS codes have their own module, ``proof_services``.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from course.paths import data_dir, today
from course.questions import proof_services
from course.questions.base import Fault, ItemBase
from course.questions.problems import did_you_mean

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

    Opener = Callable[[int], CodeSet]

#: What looks like an ICD-10-CM code in a text: three characters, or more after a dot. "HbA1c" and "G0438" do not.
CODE_LIKE = re.compile(r"(?<!\w)[A-Z](?:\d[0-9A-Z]|[A-Z]\d)(?:\.[0-9A-Z]{1,4}(?!\w)|(?![\w]|\.[0-9A-Z]))")

#: Fields that hold no prose: names, the key (checked more strictly), and what is explicitly no code.
_NOT_PROSE = frozenset("id lesson slug kind system answer domains editions difficulty tags sources not_codes".split())
#: And lines of a program.
_PROGRAM = frozenset("starter setup tables".split())


def lints(item: ItemBase, codes: Opener | None = None) -> Iterator[Fault]:
    """What ``check_bank`` tells of a loadable item. ``codes`` opens an edition; without it codes are not looked at."""
    yield from item.lints()
    yield from _dates(item)
    yield from _domains(item)
    if codes is not None:
        yield from _codes(item, codes)
        yield from proof_services.lints(item)
        yield from _services(item)


def mentions(item: ItemBase) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every code-like word in the item's texts, with its place: stem, note, options, reasons, hints, rationale, …"""
    for path, text in _prose(item):
        for match in CODE_LIKE.finditer(text):
            yield path, match[0]


def services(item: ItemBase) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every word of the item's texts that looks like a CPT number or a HCPCS code, with its place."""
    for path, text in _prose(item):
        if path[-1:] == ("value",):  # an amount, not a code
            continue
        for word in proof_services.mentions(text):
            yield path, word


def _prose(item: ItemBase) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The texts of an item that people read as such, with their places."""
    silent = _NOT_PROSE | (_PROGRAM if item.kind == "your_turn" else frozenset())
    data = {name: value for name, value in item.model_dump(mode="json").items() if name not in silent}
    for path, text in _texts(data, ()):
        if not (item.kind == "your_turn" and path[0] == "slips" and path[-1] == "code"):
            yield path, text


def _texts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if path[-1:] == ("reasons",):
                yield (*path, key), str(key).rstrip("*")
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _texts(inner, (*path, n))


def _dates(item: ItemBase) -> Iterator[Fault]:
    latest = today() + dt.timedelta(days=1)  # somewhere it is tomorrow already
    for n, source in enumerate(item.sources):
        if source.checked > latest:
            message = f"is {source.checked}, which is in the future"
            yield Fault(("sources", n, "checked"), message, "Write the day on which somebody looked.")


def _domains(item: ItemBase) -> Iterator[Fault]:
    known_ones = domains()
    for n, domain in enumerate(item.domains):
        if domain not in known_ones:
            advice = (
                did_you_mean(domain, known_ones) or "They are listed in data/questions/domains.csv, as `EXAM: domain`."
            )
            yield Fault(("domains", n), f"is {domain!r}, which is not an exam domain", advice)


@functools.cache
def domains() -> tuple[str, ...]:
    """ "CPC: ICD-10-CM" and the like: the domains of the exams, from ``data/questions/domains.csv``."""
    with (data_dir() / "questions" / "domains.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(f"{row['exam']}: {row['domain']}" for row in csv.DictReader(lines))


def _codes(item: ItemBase, opener: Opener) -> Iterator[Fault]:
    """Key codes are billable in every edition the item names; other codes exist, or existed, in any edition at hand."""
    loaded: dict[int, CodeSet] = {}
    for edition in item.editions:
        try:
            loaded[edition] = opener(edition)
        except Exception as error:  # an unknown edition, or one that cannot be built: told, not raised
            yield Fault(
                ("editions",), f"names FY{edition}, which cannot be opened ({error})", "Name an edition that is loaded."
            )
    for path, code in item.key_codes():
        for edition, codes in loaded.items():
            if not codes.is_billable(code):
                what = "is a heading, not billable," if code in codes else "is not a code"
                advice = "Mend the code, or take the edition out of `editions`."
                yield Fault(path, f"{code} {what} in FY{edition}", advice)
    if not loaded:
        return
    from course.codesets import icd10cm

    everywhere = [*loaded.values(), *(opener(edition) for edition in icd10cm.editions() if edition not in loaded)]
    declared = {word.upper() for word in item.not_codes}
    for path, code in dict.fromkeys(mentions(item)):
        if code not in declared and not any(known(codes, code) for codes in everywhere):
            advice = f"Mend it; if it is meant to be no code, write `not_codes: [{code}]`."
            yield Fault(path, f"names {code}, which is not a code", advice)
    said = {code for _, code in mentions(item)}
    for n, word in enumerate(item.not_codes):
        if any(word in codes for codes in loaded.values()):
            yield Fault(("not_codes", n), f"{word} is a code", "Take it away.")
        elif CODE_LIKE.fullmatch(word) and word not in said:
            yield Fault(("not_codes", n), f"{word} is not in this question", "Take it away.")


def _services(item: ItemBase) -> Iterator[Fault]:
    """Code-like words are codes, or declared to be none; what is declared to be none is none, and is there."""
    declared = {word.upper() for word in item.not_codes}
    said = list(dict.fromkeys(services(item)))
    for path, code in said:
        if code not in declared and not proof_services.known(code):
            advice = (
                f"Mend it, or bring it into data/codesets; if it is meant to be no code, write `not_codes: [{code}]`."
            )
            yield Fault(path, f"names {code}, which is no CPT or HCPCS code of the course", advice)
    words = {code for _, code in said}
    for n, word in enumerate(item.not_codes):
        if proof_services.SERVICE_LIKE.fullmatch(word) is None:
            continue
        if proof_services.known(word):
            yield Fault(("not_codes", n), f"{word} is a code", "Take it away.")
        elif word not in words:
            yield Fault(("not_codes", n), f"{word} is not in this question", "Take it away.")


def known(codes: CodeSet, code: str) -> bool:
    """Whether a code is in an edition, or was in an earlier one."""
    return code in codes or bool(codes.history(code))
