"""From plain data to an item, with every fault told at its line."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from course.questions.base import Fault, ItemBase
from course.questions.kinds import KINDS
from course.questions.problems import MISSING, Problem, did_you_mean, field_words, listed
from course.questions.schema import FROM_DEFAULTS, SET_BY_COURSE, TopicHead
from course.questions.yaml_source import FieldPath, Parsed, dotted


def head_of(parsed: Parsed, file: str, stem: str) -> tuple[TopicHead | None, list[Problem]]:
    """The head of a topic file. ``stem``: the file's name without its ending, which ``topic:`` must repeat."""
    problems = list(parsed.problems)
    if not isinstance(parsed.data, dict):
        if not problems:
            message = (
                "is empty" if parsed.data is None else "must begin with `topic:`, `title:`, `lesson:` and `items:`"
            )
            problems.append(Problem(file, 1, message=message, advice="Copy the top of another topic file."))
        return None, problems
    data = {name: value for name, value in parsed.data.items() if name != "items"}
    fields = [*TopicHead.model_fields, "items"]
    if data.get("defaults") is None:
        data.pop("defaults", None)
    head = None
    try:
        head = TopicHead.model_validate(data)
    except ValidationError as error:
        problems += _told(error, parsed, file, "", lambda path: fields)
    else:
        if head.topic != stem:
            line = parsed.line(("topic",))
            advice = f"Write `topic: {stem}`, or rename the file."
            problems.append(
                Problem(file, line, "", "topic", f"is {head.topic!r} but the file is named {stem!r}", advice)
            )
    defaults = data.get("defaults")
    for name in defaults if isinstance(defaults, dict) else ():
        if name not in FROM_DEFAULTS:
            known = _near_default(name) or f"Defaults can be: {listed(FROM_DEFAULTS)}."
            line = parsed.line(("defaults", name))
            problems.append(Problem(file, line, "", f"defaults {name}", "cannot be given to all questions", known))
    if "items" not in parsed.data:
        problems.append(
            Problem(file, 1, "", "items", "is missing", "Add `items:` and below it each question after a `- `.")
        )
    return head, problems


def item_of(
    parsed: Parsed, file: str, topic: str, head: TopicHead | None, head_lines: Parsed
) -> tuple[ItemBase | None, list[Problem]]:
    """One item. Returns it, or None and everything that is wrong with it (problems of reading included)."""
    problems = list(parsed.problems)
    data = parsed.data
    if not isinstance(data, dict):
        if not problems:
            advice = "Begin it with `- slug: …` and indent the other fields as far as `slug`."
            problems.append(
                Problem(file, parsed.line(()), message="an entry of items is not a group of fields", advice=advice)
            )
        return None, problems
    name = str(data.get("slug") or "")
    for field in SET_BY_COURSE:
        if field in data:
            line = parsed.line((field,))
            problems.append(Problem(file, line, name, field, "is set by the course", "Take the line away."))
    kind = data.get("kind")
    if kind not in KINDS:
        message = "is missing" if kind is None else f"is {kind!r}, which the course does not have"
        near = did_you_mean(str(kind), KINDS) if kind else ""
        advice = near or f"Kinds: {listed(KINDS)}."
        problems.append(Problem(file, parsed.line(("kind",)), name, "kind", message, advice))
        if not near:
            return None, problems
        kind = near.split("`")[1]  # look for what else is wrong as if it were that kind
        data = {**data, "kind": kind}
    model: type[ItemBase] = KINDS[kind].Model
    given = head_lines.data.get("defaults") if isinstance(head_lines.data, dict) else None
    given = given if isinstance(given, dict) else {}
    shared = head.defaults if head is not None else given  # a faulty head is told once, not with every question
    # A default whose name was mistyped was told with the head; that each question now lacks it is an echo.
    meant = {near.split("`")[1] for name in given if name not in FROM_DEFAULTS and (near := _near_default(name))}
    unreadable = head is None and not given
    shared = {field: value for field, value in shared.items() if field in FROM_DEFAULTS and field not in data}
    lines = Parsed(data, dict(parsed.lines))
    for where, line in head_lines.lines.items():
        if len(where) > 1 and where[0] == "defaults" and where[1] in shared:
            lines.lines[where[1:]] = line
    whole = {**shared, **{field: value for field, value in data.items() if field not in SET_BY_COURSE}}
    if head is not None:
        whole |= {"id": f"{topic}/{name}", "lesson": head.lesson}
    item, faults = build(model, whole)
    for path, message, advice in faults:
        if message == MISSING and len(path) == 1 and (path[0] in meant or (unreadable and path[0] in FROM_DEFAULTS)):
            continue
        owner = "" if path and path[0] in shared else name
        field = dotted(("defaults", *path) if path and path[0] in shared else path)
        problems.append(Problem(file, lines.line(path), owner, field, message, advice))
    return (None if problems else item), problems


def _near_default(name: Any) -> str:
    return did_you_mean(str(name), FROM_DEFAULTS)


def build(model: type[ItemBase], data: dict[str, Any]) -> tuple[ItemBase | None, list[Fault]]:
    """Validate plain data. Where fields are faulty, stand-ins are put in to learn which rules are broken as well."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        faults = list(_faults(error, lambda path: _fields_at(model, path)))
        mended = _mended(data, error)
    if mended is not None:
        doubtful = {fault.path for fault in faults}
        try:
            model.model_validate(mended)
        except ValidationError as error:
            more = [fault for one in error.errors() if one["type"] == "faults" for fault in one["ctx"]["faults"]]
            faults += [fault for fault in more if fault.path not in doubtful]
    return None, list(dict.fromkeys(faults))


def _errors(error: ValidationError) -> list[Any]:
    """The errors without mere echoes: pydantic leaves faulty entries out of the count of a list, and then calls the
    list too short as well.
    """
    errors = error.errors()
    below = {one["loc"][:-n] for one in errors for n in range(1, len(one["loc"]))}
    return [one for one in errors if one["type"] != "too_short" or one["loc"] not in below]


def _faults(error: ValidationError, fields_at: Any) -> Iterator[Fault]:
    """The faults of a pydantic error. A missing field whose name was merely mistyped is told once."""
    errors = _errors(error)
    guessed = set()
    for one in errors:
        if one["type"] == "extra_forbidden":
            fields = [name for name in fields_at(one["loc"][:-1]) if name not in SET_BY_COURSE]
            near = did_you_mean(str(one["loc"][-1]), fields)
            if near:
                guessed.add((*one["loc"][:-1], near.split("`")[1]))
    for one in errors:
        if one["type"] == "faults":
            yield from one["ctx"]["faults"]
        elif one["type"] != "missing" or one["loc"] not in guessed:
            fields = [name for name in fields_at(one["loc"][:-1]) if name not in SET_BY_COURSE]
            yield Fault(one["loc"], *field_words(dict(one), fields))


def _told(error: ValidationError, parsed: Parsed, file: str, name: str, fields_at: Any) -> Iterator[Problem]:
    for path, message, advice in _faults(error, fields_at):
        yield Problem(file, parsed.line(path), name, dotted(path), message, advice)


def _mended(data: dict[str, Any], error: ValidationError) -> dict[str, Any] | None:
    """A copy without unknown fields and with stand-ins for what is faulty, or None where that cannot be done."""
    copy = _copied(data)
    for n, one in enumerate(_errors(error)):
        if one["type"] == "faults":
            continue
        *above, last = one["loc"]
        if one["loc"][0] in _STAND_INS:
            copy[str(one["loc"][0])] = _STAND_INS[str(one["loc"][0])]
            continue
        place: Any = copy
        try:
            for step in above:
                place = place[step]
            if one["type"] == "extra_forbidden":
                del place[last]
            elif one["type"] in _TEXT_ERRORS and isinstance(place, dict):
                place[last] = f"stand-in {n}"
            else:
                return None
        except (KeyError, IndexError, TypeError):
            return None
    return copy


_TEXT_ERRORS = ("missing", "string_type", "string_too_short", "string_too_long", "too_long")

#: Stands in for a common field that is faulty, to find out what else is wrong.
_STAND_INS: dict[str, Any] = {
    "slug": "stand-in",
    "title": "stand-in",
    "stem": "stand-in",
    "rationale": "stand-in",
    "objective": "stand-in",
    "hints": ["stand-in"],
    "sources": [{"ref": "stand-in", "edition": "2026", "checked": "2026-01-01"}],
    "domains": [],
    "editions": [2026],
    "difficulty": 1,
    "tags": [],
    "not_codes": [],
    "note": None,
}


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list | tuple) else value


def _fields_at(model: type[BaseModel], path: FieldPath) -> list[str]:
    """The field names known at a path of a model, for "did you mean"."""
    here: Any = model
    for step in path:
        if isinstance(step, int):  # the model of a list is that of its entries
            continue
        if isinstance(here, type) and issubclass(here, BaseModel):
            if step not in here.model_fields:
                return []
            here = _model_in(here.model_fields[str(step)].annotation)
        if here is None:
            return []
    return list(here.model_fields) if isinstance(here, type) and issubclass(here, BaseModel) else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside ``tuple[Model, ...]``, ``Model | None``, ``Annotated[...]``."""
    if inspect.isclass(annotation) and not typing.get_args(annotation) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(inner) for inner in typing.get_args(annotation) if inner is not Ellipsis)
    return next((one for one in found if one is not None), None)
