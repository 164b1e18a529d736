"""The question schema: one model for every kind, told apart by ``kind``; and its JSON Schema for editors.

``python -m course.questions.schema`` writes ``data/questions/schema.json``; a test keeps it fresh. An editor with a
YAML language server reads it where a topic file begins with ``# yaml-language-server: $schema=schema.json``.
"""

from __future__ import annotations

import functools
import json
import operator
from typing import Annotated, Any

from pydantic import Field, StringConstraints, TypeAdapter

from course.questions.base import ItemBase, Line, Option, Source, Strict
from course.questions.kinds import KINDS

__all__ = [
    "FROM_DEFAULTS",
    "SET_BY_COURSE",
    "Item",
    "ItemBase",
    "Option",
    "Source",
    "TopicHead",
    "editor_schema",
    "editor_schema_text",
    "item_adapter",
]

#: Any question; pydantic picks the model by ``kind``. Typed as Any because a checker cannot read the table.
Item: Any = Annotated[
    functools.reduce(
        operator.or_, (module.Model for module in KINDS.values())
    ),  # the table is the one place that lists them
    Field(discriminator="kind"),
]

#: Fields that the course fills in; an author does not write them.
SET_BY_COURSE = ("id", "lesson")
#: Fields that a topic's ``defaults`` may give to all its items.
FROM_DEFAULTS = tuple(
    name for name in ItemBase.model_fields if name not in (*SET_BY_COURSE, "slug", "kind", "title", "stem")
)


class TopicHead(Strict):
    """A topic file without its items."""

    topic: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    title: Line
    lesson: Annotated[str, StringConstraints(pattern=r"^\d\d[a-z]?$")]
    defaults: dict[str, Any] = {}


@functools.cache
def item_adapter() -> TypeAdapter[Any]:
    """Validates any item from plain data (``item_adapter().validate_python(...)``)."""
    return TypeAdapter(Item)


def editor_schema() -> dict[str, Any]:
    """JSON Schema of a topic file. Fields that ``defaults`` may give are not required of each item."""
    entries = TypeAdapter(list[Item]).json_schema()
    head = TopicHead.model_json_schema()
    definitions = {**entries.pop("$defs"), **head.pop("$defs", {})}
    for module in KINDS.values():
        own = definitions[module.Model.__name__]
        for name in SET_BY_COURSE:
            own["properties"].pop(name)
        own["required"] = ["kind", *(name for name in own["required"] if name not in FROM_DEFAULTS)]
    shared = {name: value for name, value in own["properties"].items() if name in FROM_DEFAULTS}
    head["properties"]["defaults"] = {"type": "object", "properties": shared, "additionalProperties": False}
    head["properties"]["items"] = {key: value for key, value in entries.items() if key != "title"}
    head["required"].append("items")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": definitions, **head}


def editor_schema_text() -> str:
    """``editor_schema`` as it is kept in ``data/questions/schema.json``."""
    return json.dumps(editor_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    from course.paths import data_dir

    (data_dir() / "questions" / "schema.json").write_text(editor_schema_text(), encoding="utf-8", newline="\n")
