"""Blueprint files: read, validated, and every fault told at its line."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from course.exams.blueprint import NAMES, Blueprint
from course.paths import data_dir
from course.questions import validation
from course.questions.problems import BankError, Problem
from course.questions.yaml_source import Chunk, decode, parse

_CACHE: dict[Path, tuple[tuple[int, int], Blueprint]] = {}


def exams_dir() -> Path:
    """Where the course's own blueprints are."""
    return data_dir() / "exams"


def read(exam: str, folder: Path | None = None) -> Blueprint:
    """The blueprint of ``"CPC"``, from memory while its file is unchanged. Raises BankError with all its problems."""
    path = (folder or exams_dir()) / f"{exam.lower()}.yaml"
    shown = _shown(path)
    try:
        stat = path.stat()
        stamp = (stat.st_mtime_ns, stat.st_size)
        if path in _CACHE and _CACHE[path][0] == stamp:
            return _CACHE[path][1]
        raw = path.read_bytes()
    except OSError as error:
        advice = "Get the file back from the course (git checkout)."
        raise BankError([Problem(shown, 0, message=f"cannot be opened ({error.strerror})", advice=advice)]) from None
    blueprint, problems = validated(raw, shown, exam)
    if blueprint is None:
        raise BankError(problems)
    _CACHE[path] = stamp, blueprint
    return blueprint


def validated(raw: bytes, file: str, exam: str) -> tuple[Blueprint | None, list[Problem]]:
    """The blueprint in some bytes, or None and what is wrong with them. ``exam``: what the name of the file says."""
    text, problems = decode(raw, file)
    if text is None:
        return None, problems
    parsed = parse(Chunk(1, text), file)
    problems += parsed.problems
    if not isinstance(parsed.data, dict):
        if not problems:
            message = "is empty" if parsed.data is None else "must begin with `exam:`, `title:` and `body:`"
            problems.append(Problem(file, 1, message=message, advice="Copy the top of another blueprint."))
        return None, problems
    blueprint = None
    try:
        blueprint = Blueprint.model_validate(parsed.data)
    except ValidationError as error:
        problems += validation._told(error, parsed, file, "", lambda path: validation._fields_at(Blueprint, path))
    else:
        if blueprint.exam != exam:
            message = f"is {blueprint.exam} in the file of the {exam}"
            problems.append(Problem(file, parsed.line(("exam",)), "", "exam", message, f"Write `exam: {exam}`."))
    return (None if problems else blueprint), problems


def problems(folder: Path | None = None) -> list[Problem]:
    """What is wrong with any blueprint; empty when all are sound. Never raises."""
    found: list[Problem] = []
    for exam in NAMES:
        try:
            read(exam, folder)
        except BankError as error:
            found += error.problems
    return found


def _shown(path: Path) -> str:
    """A file as messages name it."""
    return path.relative_to(data_dir().parent).as_posix() if path.is_relative_to(data_dir()) else path.name
