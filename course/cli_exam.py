"""The commands about exams: what the bank can fill, and an exam on paper."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from course.bootstrap.errors import UserError, command
from course.cli_report import _write

if TYPE_CHECKING:
    from course.exams.capacity import Capacity

#: No line of the table is longer.
WIDTH = 79
_LABEL = 51


def check() -> int:
    """Compare the bank with every blueprint. Returns 1 for a faulty blueprint alone: a bank that is short is told."""
    from course.exams import blueprint
    from course.exams.blueprint_file import problems
    from course.exams.capacity import capacity

    faulty = problems()
    for problem in faulty:
        print(problem)
    if faulty:
        print(f"{len(faulty)} problem(s) in data/exams")
        return 1
    found = [capacity(blueprint.load(name)) for name in blueprint.names()]
    for one in found:
        for line in table(one, [domain.lacks for domain in blueprint.load(one.exam).domains if domain.lacks]):
            print(line)
        print()
    for line in summary(found):
        print(line)
    return 0


def table(one: Capacity, lacks: Sequence[str] = ()) -> list[str]:
    """One exam as lines of plain text. ``lacks``: what its questions do not ask yet."""
    lines = [f"{one.exam} {one.title}: {one.total} questions, code books of {one.year}"]
    lines.append(f"  {'domain':<{_LABEL}}{'need':>6}{'have':>6}{'exams':>6}{'short':>6}")
    for row in one.rows:
        label = _ascii(row.label + (" *" if row.assumed else ""))
        lines.append(f"  {label:<{_LABEL}}{row.need:>6}{row.have:>6}{row.exams:>6}{row.short or '':>6}".rstrip())
    told = [one.words, *(f"Note: {what}." for what in lacks)]
    more = "; ".join(f"{row.label} ({row.more})" for row in one.rows if row.more)
    if one.disjoint and more:
        told.append(f"For one exam more it is short of: {more}.")
    if one.older:
        told.append(f"{one.older} of the questions were written for the books of the year before.")
    if any(row.assumed for row in one.rows):
        told.append("* the count is the course's own assumption, or not confirmed")
    for sentence in told:
        lines += textwrap.wrap(_ascii(sentence), WIDTH, initial_indent="  ", subsequent_indent="    ")
    return lines


def summary(found: Sequence[Capacity]) -> list[str]:
    """Which exams can be filled, and which not."""
    whole = [f"{one.exam} ({one.disjoint})" for one in found if one.disjoint]
    part = [f"{one.exam} ({one.fills} of {one.total} questions)" for one in found if not one.disjoint]
    lines = []
    if whole:
        lines.append(f"Can be filled (exams with no question in common): {', '.join(whole)}.")
    if part:
        lines.append(f"Cannot be filled yet: {', '.join(part)}. The exam hall offers what there is, and says so.")
    return [piece for line in lines for piece in textwrap.wrap(_ascii(line), WIDTH, subsequent_indent="  ")]


def _ascii(words: str) -> str:
    """Any terminal can show it."""
    return words.encode("ascii", "replace").decode("ascii")


def show(exam: str, seed: int, part: str, out: Path | None, replace: bool) -> int:
    """Write the three pages of an exam. UserError for what the caller can mend."""
    from course.exams import assemble, blueprint
    from course.exams.printed import printed
    from course.questions.problems import BankError

    try:
        plan = blueprint.load(exam)
    except BankError as problem:
        raise UserError("The blueprint of this exam is faulty.", *map(str, problem.problems)) from None
    form = assemble.form(plan, seed=seed, part=part)
    folder = Path() if out is None else out
    if not folder.is_dir():
        raise UserError(f"There is no folder {folder}.", "Make it first, or name another one with --out.")
    pages = printed(plan, form)
    there = [name for name in pages if (folder / name).exists()]
    if there and not replace:
        raise UserError(
            f"There is a file {folder / there[0]} already; nothing was written.",
            "To write over it, add --replace.",
            f"To keep it, draw another exam, or name another folder: {command('exam print')} {plan.exam} --out FOLDER",
        )
    for name, text in pages.items():
        _write(folder / name, text)
        print(folder / name)
    if form.short:
        missing = "; ".join(f"{label} ({count})" for label, count in form.short.items())
        print(f"The exam has {len(form.entries)} questions. The question bank is short of: {missing}.")
    for domain in plan.domains:
        if domain.lacks:
            print(f"Note: {domain.lacks}.")
    print("Open the pages in a browser and print them.")
    return 0
