"""No descriptor of the AMA's CPT book is in the course: nothing beside a CPT number reads like one."""

from __future__ import annotations

import ast
import csv
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from course.codesets import cpt
from course.paths import data_dir, notebooks_dir
from course.questions import bank
from course.questions.descriptor_like import findings, paraphrase_faults

ROOT = Path(__file__).resolve().parents[2]


def _texts() -> Iterator[Path]:
    for folder, kinds in (
        (data_dir(), "*.yaml *.csv *.md *.toml"),
        (ROOT / "course", "*.py *.toml *.js"),
        (ROOT, "*.md"),
    ):
        for kind in kinds.split():
            yield from (folder.rglob(kind) if folder != ROOT else folder.glob(kind))
    yield from (ROOT / "tests").rglob("*.yaml")


def _passages(value: Any, name: str = "") -> Iterator[str]:
    """All texts of a topic, each as one line; a reason stands behind the code that it is for."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _passages(inner, str(key))
    elif isinstance(value, list):
        for inner in value:
            yield from _passages(inner)
    elif isinstance(value, str):
        yield f"{name}: {value}".replace("\n", " ") if name[:4].isdecimal() else value.replace("\n", " ")


def _strings(tree: ast.AST) -> Iterator[str]:
    """The texts of a module: each by itself, and behind the code it stands beside in a table."""

    def text_of(node: ast.AST | None) -> str:
        return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""

    for node in ast.walk(tree):
        yield text_of(node).replace("\n", " ")
        if isinstance(node, ast.Dict):
            pairs = [(text_of(key), text_of(value)) for key, value in zip(node.keys, node.values, strict=True)]
        elif isinstance(node, ast.Tuple | ast.List | ast.Call):
            parts = [text_of(one) for one in (node.args if isinstance(node, ast.Call) else node.elts)]
            pairs = list(pairwise(parts))
        else:
            continue
        yield from (f"{key}: {words}".replace("\n", " ") for key, words in pairs if cpt.is_shape(key) and words)


FOLDERS: dict[str, list[Path]] = {}
for _file in sorted(_texts()):
    FOLDERS.setdefault(_file.parent.relative_to(ROOT).as_posix(), []).append(_file)


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_text_reads_like_a_descriptor(folder: str) -> None:
    found = [f"{file.relative_to(ROOT)}: {one}" for file in FOLDERS[folder] for one in findings(_words_of(file))]
    assert not found, "\n".join(found)


def _words_of(file: Path) -> str:
    """What a file says, a passage a line."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".csv":  # cell by cell, but for those that tell where a row comes from
        rows = list(csv.DictReader(text.splitlines()))
        cells = [(row.get("code"), row[name]) for row in rows for name in row if name not in ("source", "note", "code")]
        return "\n".join(f"{code}: {words}" for code, words in cells if code)
    if file.suffix == ".py":
        return "\n".join(_strings(ast.parse(text)))
    if file.suffix == ".yaml":
        if file.parent == bank.questions_dir():
            whole: Any = [item.model_dump(mode="json") for item in bank.load_topic(file.stem).items]
        else:
            whole = yaml.safe_load(text)
        return "\n".join(_passages(whole))
    return text


@pytest.mark.parametrize("file", sorted(notebooks_dir().rglob("*.ipynb")), ids=lambda one: one.stem)
def test_no_lesson_reads_like_a_descriptor(file: Path) -> None:
    for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
        found = [str(one) for one in findings("".join(cell["source"]))]
        assert not found, "\n".join(found)


def test_paraphrases_are_short_and_our_own() -> None:
    seen: dict[str, str] = {}
    for file in sorted((data_dir() / "codesets" / "cpt_words").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                assert set(row) == {"code", "words"}, f"{file.name}: {row}"
                assert not list(paraphrase_faults(row["words"])), (file.name, row, *paraphrase_faults(row["words"]))
                assert row["code"] not in seen, f"{row['code']} is in {seen[row['code']]} and {file.name}"
                seen[row["code"]] = file.name
                assert cpt.get(row["code"]) is not None, f"{file.name}: {row['code']} is not in cpt.csv"


@pytest.mark.parametrize(
    "text",
    [
        "29999 Invented repair of imaginary tendon, elbow or wrist, open, secondary, with free graft, each tendon",
        "- 29999: Repair of an imaginary joint, unilateral or bilateral",
        "| 29999 | Invented study of a gland, including image documentation when performed |",
        "29999 (Imaginary visit for the evaluation and management of a patient)",
        "29999\tInvented graft, each additional 100 sq cm, or part thereof (List separately in addition to code)",
    ],
)
def test_style_of_a_descriptor_is_recognised(text: str) -> None:
    assert list(findings(text))


@pytest.mark.parametrize(
    "text",
    [
        "29881 is the knee with one meniscus; the note names one.",
        "You chose 29880: read the note again, it names only the medial side, and the lateral one was left alone.",
        "29881-RT",
        "99213 to 99215",
        "The family 11400-11446 goes by site and by size.",
        "In 12345 Invented Street there lives a person with a very long address and many words that follow it",
    ],
)
def test_own_sentences_pass(text: str) -> None:
    assert not list(findings(text)) or "12345" in text and cpt.section_of("12345") is not None


def test_long_or_stylised_paraphrases_are_refused() -> None:
    assert list(
        paraphrase_faults("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen")
    )
    assert list(paraphrase_faults("graft; second stage"))
    assert not list(paraphrase_faults("knee scope with one meniscus trimmed"))
