"""The command ``report``: a career sheet of one page, as a file."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from course.bootstrap.errors import UserError, command

#: Less than this is no wage of a year; hours of a year of full time, as BLS counts them.
HOURLY, HOURS = 500, 2080


def report(state: str, exam: str, wage: str | None, out: Path | None, replace: bool, show: bool) -> int:
    """Write the sheet; with `show` open it in the browser. UserError for what the caller can mend."""
    from course.labor import report as sheets

    place, which = sheets.find_place(state), sheets.find_exam(exam)
    file = Path(sheets.default_name(place, which)) if out is None else out
    _may_be_written(file, sheets.default_name(place, which), replace)
    text = sheets.page(place, which, _dollars(wage))
    _write(file, text)
    print(f"{place.name}, {which.letters}: the sheet is in {file}")
    if not (show and _opened(file)):
        print("Open it in a browser; it prints on one page.")
    return 0


def _dollars(text: str | None) -> float | None:
    """ "$36,000" -> 36000.0. What looks like the pay of an hour is refused, with the year it makes; 0 is no job now."""
    if text is None:
        return None
    advice = "Write dollars a year before tax, such as: --wage 36000"
    try:
        wage = float(text.strip().removeprefix("$").replace(",", ""))
    except ValueError:
        raise UserError(f"{text!r} is not a wage.", advice) from None
    if 0 < wage < HOURLY:
        year = f"{wage * HOURS:.0f}"
        raise UserError(f"A wage of {text} looks like the pay of an hour.", f"In a year of full time: --wage {year}")
    return wage


def _may_be_written(file: Path, name: str, replace: bool) -> None:
    """UserError, before any work is done, when the file cannot or should not be written."""
    if file.is_dir():
        raise UserError(f"{file} is a folder.", f"Name a file in it: --out {_quoted(file / name)}")
    if file.suffix.lower() not in (".html", ".htm"):
        raise UserError(
            f"The sheet is a web page, and {file.name} is no name for one.",
            f"Give it a name that ends in .html: --out {_quoted(file.with_suffix('.html'))}",
            "For a PDF, open the sheet in a browser and print it to a file.",
        )
    if not file.parent.is_dir():
        raise UserError(f"There is no folder {file.parent}.", "Make it first, or name another one.")
    if file.exists() and not replace:
        raise UserError(
            f"There is a file {file} already; it was left as it is.",
            "To write over it, add --replace.",
            f"To keep it, name another: {command('report')} … --out FILE",
        )


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)


def _write(file: Path, text: str) -> None:
    """Whole or not at all: beside the file first, then in its place."""
    part = file.with_name(file.name + ".part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        os.replace(part, file)
    except OSError as problem:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise UserError(
            f"{file} could not be written ({problem.strerror or problem}).",
            "Choose another folder with --out, or close the program that has the file open.",
        ) from None


def _opened(file: Path) -> bool:
    """Whether a browser took the file."""
    import webbrowser

    try:
        return webbrowser.open(file.resolve().as_uri())
    except (OSError, webbrowser.Error):
        return False
