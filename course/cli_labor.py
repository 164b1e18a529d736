"""The commands about jobs and wages: check the tables, take next year's official file in."""

from __future__ import annotations

from pathlib import Path

from course.bootstrap.errors import UserError, command
from course.cli_content import _readable, progress_bar


def check() -> int:
    """Check the tables of data/labor. Returns 1 when something is wrong; advice alone is no fault."""
    from course.labor import schema

    found = schema.problems()
    for problem in found:
        print(problem if problem.fault else f"Advice: {problem}")
    faults = sum(problem.fault for problem in found)
    if not faults:
        print(f"{len(schema.SHAPES)} tables of jobs and wages, no fault found")
    return 1 if faults else 0


def add(file: Path, *, dry: bool = False, replace: bool = False) -> int:
    """Take an official file in, or with `dry` say what it would bring. Returns 1 when figures differ and were left."""
    _readable(file)
    from course.labor import add as adding

    try:
        plan = adding.prepare(file, replace=replace, on_progress=progress_bar)
        print(plan.text())
        if plan.news and not dry:
            plan.write()
    except ValueError as problem:
        raise UserError(f"{str(problem).rstrip('.')}.", "Nothing was written.") from None
    except OSError as problem:
        raise UserError(
            f"The tables could not be written: {problem.strerror or problem}.",
            "Close data/labor in other programs (a spreadsheet locks the file) and run the command again.",
        ) from None
    left = bool(plan.differs) and not replace
    if left:
        print(f"To take the figures of the file instead: {command('labor add FILE --replace')}")
    if not plan.news:
        print("Nothing new." if not left else "Nothing new was written.")
    elif dry:
        print("Nothing was written (--dry).")
    else:
        _next(plan.release.program, plan.release.period, sorted(plan.texts))
    return 1 if left else 0


def _next(program: str, period: str, files: list[str]) -> None:
    """What the maintainer does after a file came in."""
    print(f"Written: {', '.join(f'data/labor/{name}' for name in files)}")
    print("Next:")
    if program.startswith("OEWS"):
        print(f"  - the price index of {period} in data/labor/cpi.csv, if it is not there yet;")
    print("  - look at `git diff data/labor`, and at the new line in SOURCES.md (say where the file is from);")
    print(f"  - {command('check')};")
    print(f"  - {command('notebooks run 15 16')}, and read both lessons: their sentences follow the figures;")
    print(f"  - {command('test')}: what no longer agrees is named.")
