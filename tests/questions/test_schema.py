"""The JSON Schema for editors, and the promise that a new kind is one file and one row."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from course.paths import data_dir
from course.questions import schema
from course.questions.base import ItemBase
from course.questions.kinds import KINDS


def test_the_schema_file_is_fresh() -> None:
    path = data_dir() / "questions" / "schema.json"
    assert path.read_text(encoding="utf-8") == schema.editor_schema_text(), "run: python -m course.questions.schema"


def test_editors_accept_the_fixtures_and_refuse_slips(fixtures: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    import yaml

    checker = jsonschema.Draft202012Validator(schema.editor_schema())
    text = (
        (fixtures / "90-kinds.yaml").read_text(encoding="utf-8").replace("checked: 2026-11-22", "checked: '2026-11-22'")
    )
    topic = yaml.safe_load(text)
    assert list(checker.iter_errors(topic)) == []
    for name in ("id", "lesson", "stm"):
        topic["items"][0][name] = "x"
        assert list(checker.iter_errors(topic))
        del topic["items"][0][name]
    topic["defaults"]["slug"] = "x"
    assert list(checker.iter_errors(topic))


#: Modules beside those of service lines.
SIBLINGS = ("service_model", "service_search", "service_typed")


def test_every_kind_keeps_the_contract() -> None:
    for name, module in KINDS.items():
        assert issubclass(module.Model, ItemBase) and module.Model.model_fields["kind"].default == name
        for verb in ("view", "parse", "grade", "solution", "static_html"):
            assert callable(getattr(module, verb)), f"{name} lacks {verb}"
    folder = Path(schema.__file__).parent / "kinds"
    assert {path.stem for path in folder.glob("*.py")} - {
        "__init__",
        "common",
        "table_model",
        "em_model",
        "audit_headline",
        "audit_model",
        "query_model",
        "word_rows",
        *SIBLINGS,
    } == {module.__name__.rpartition(".")[2] for module in KINDS.values()}


def test_the_union_picks_the_model_by_kind(fixtures: Path) -> None:
    from course.questions.bank import load_topic

    for one in load_topic("90-kinds", fixtures).items:
        again = schema.item_adapter().validate_python(one.model_dump())
        assert type(again) is type(one) and again == one
        assert schema.item_adapter().validate_json(one.model_dump_json()) == one
    with pytest.raises(ValidationError):
        schema.item_adapter().validate_python({"kind": "essay"})


def test_items_do_not_change_after_loading(item) -> None:
    with pytest.raises(ValidationError):
        item("buckle").title = "x"


def test_the_edition_to_grade_with(item) -> None:
    one = item("buckle")
    assert one.edition_for(2027) == 2027 and one.edition_for(2026) == 2026
    assert one.edition_for(2028) == 2027, "a later year is graded with the latest edition the question was written for"
