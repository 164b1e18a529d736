"""The command ``export``: take the cards and questions along to another program."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from course.bootstrap.errors import UserError, command

DEFAULT = "medical-coding.apkg"


def anki(file: Path | None, decks: Sequence[str]) -> int:
    """Write a package for Anki. UserError for what the caller can mend. A file of an earlier export is replaced."""
    from course.learner import anki as package

    file = Path(DEFAULT) if file is None else file
    wanted = [_deck(name, package.names()) for name in decks]
    _may_be_written(file)
    try:
        counts = package.write(file, wanted)
    except package.Missing:
        raise UserError(
            "Files for Anki are written with the Python package genanki, and it is not installed here.",
            f"Get it with the rest of what the course needs: {command('setup --again')}",
            "Or in your own environment: pip install genanki",
        ) from None
    except OSError as problem:
        raise UserError(
            f"{file} could not be written ({problem.strerror or problem}).",
            f"Choose another place: {command('export anki')} FILE.apkg",
        ) from None
    for deck, count in counts.items():
        print(f"{count:>6,}  {deck}")
    print(f"{sum(counts.values()):,} notes are in {file}")
    print("In Anki: File, Import. A later export updates the same cards; what you have learned in Anki stays.")
    return 0


def _deck(name: str, known: Sequence[str]) -> str:
    wanted = name.strip().lower().replace("_", "-").replace(" ", "-")
    if wanted in known:
        return wanted
    near = difflib.get_close_matches(wanted, known, n=1, cutoff=0.5)
    hint = [f"Did you mean {near[0]}?"] if near else []
    raise UserError(f"There is no deck called {name}.", *hint, f"There are: {', '.join(known)}.")


def _may_be_written(file: Path) -> None:
    """UserError, before any work is done."""
    if file.is_dir():
        raise UserError(f"{file} is a folder.", f"Name a file in it: {command('export anki')} {file / DEFAULT}")
    if file.suffix.lower() != ".apkg":
        raise UserError(
            f"Anki opens files that end in .apkg, and {file.name} does not.",
            f"Write: {command('export anki')} {file.with_suffix('.apkg')}",
        )
    if not file.parent.is_dir():
        raise UserError(f"There is no folder {file.parent}.", "Make it first, or name another one.")
