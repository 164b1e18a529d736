"""The little bundler: what it understands it translates faithfully, what it does not it names."""

from __future__ import annotations

import importlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from course.cards import esm
from course.questions.bank import load_topic
from course.questions.kinds import KINDS
from tests.cards.conftest import FIXTURES

ENTRIES = (
    "question.js",
    "deck.js",
    "panel.js",
    "calculator.js",
    "em_level.js",
    "career.js",
    "chart.js",
    "explorer.js",
    "procedures.js",
    "flash_cards.js",
    "diagram.js",
    "chooser.js",
    "planner.js",
    "credentials.js",
    "review.js",
    "practice.js",
    "errors.js",
    "dashboard.js",
    "hall.js",
    "readiness.js",
)


#: Modules with a card that has style sheets of its own.
CARDS = (
    *("browser", "calculator", "career_card", "chart_card", "diagram_card", "em_level", "explorer", "flash_cards"),
    *("procedure_browser", "widget", "review_card", "practice_card", "errors_card", "dashboard_card", "readiness_card"),
    "hall_card",
)


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in the place of static/."""
    (tmp_path / "sub").mkdir()
    monkeypatch.setattr(esm, "STATIC", tmp_path)
    esm.bundle.cache_clear()
    yield tmp_path
    esm.bundle.cache_clear()


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name.replace('__', '/')}.js").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_bundle_is_one_module_without_imports(entry: str):
    text = esm.bundle(entry)
    assert not re.search(r"^\s*import ", text, re.MULTILINE)
    assert len(re.findall(r"^\s*export ", text, re.MULTILINE)) == 1 and "export default {" in text


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_bundle_parses(entry: str, tmp_path: Path):
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed; the browser tests load the bundles, too")
    file = tmp_path / "bundle.mjs"
    file.write_text(esm.bundle(entry), encoding="utf-8")
    done = subprocess.run([node, "--check", str(file)], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("module", CARDS)
def test_style_sheets_stand_in_one_order(module: str):
    """Each card names its files as ``SHEETS`` does, so that the page is the same whichever card comes first."""
    names = importlib.import_module(f"course.cards.{module}").STYLES
    assert sorted(names, key=esm.SHEETS.index) == list(names) and names[-1] == "media.css"
    code = esm.bundle("panel.js", *names)
    assert all(json.dumps(esm.read(name), ensure_ascii=False) in code for name in names)
    assert set(esm.SHEETS) == {path.name for path in esm.STATIC.glob("*.css")}


def test_no_file_is_left_out():
    """A module that nothing imports is dead, or was forgotten."""
    used = {name for entry in ENTRIES for name in esm._order(entry)}
    ours = {p.relative_to(esm.STATIC).as_posix() for p in esm.STATIC.rglob("*.js") if not p.name.startswith("browser")}
    assert ours <= used


def test_imports_become_look_ups_in_order(static: Path):
    write(
        static,
        a='import { b } from "./sub/b.js";\nexport default { render() { return b; } };\n',
        sub__b='import { c } from "../c.js";\nexport const b = c + 1;\n',
        c="export function c() {\n  return 1;\n}\n",
    )
    text = esm.bundle("a.js")
    assert text.index("const $c =") < text.index("const $sub_b =") < text.index("export default")
    assert "const { c } = $c;" in text and "return { b };" in text and "return { c };" in text


@pytest.mark.parametrize(
    "line", ['import x from "./c.js";', 'import * as x from "./c.js";', "export { x };", 'export * from "./c.js";']
)
def test_other_forms_are_named_with_file_and_line(static: Path, line: str):
    write(static, a=f"const y = 1;\n{line}\n", c="")
    with pytest.raises(ValueError, match=r"static/a\.js:2"):
        esm.bundle("a.js")


def test_a_circle_is_named(static: Path):
    write(static, a='import { b } from "./b.js";\n', b='import { a } from "./a.js";\n')
    with pytest.raises(ValueError, match=r"a\.js -> b\.js -> a\.js"):
        esm.bundle("a.js")


def test_every_kind_of_question_has_a_card_and_every_card_a_gallery_item():
    table = re.search(r"const KINDS = \{(.*?)\};", esm.read("card.js"), re.DOTALL)
    assert table and set(re.findall(r"^  (\w+): \[", table[1], re.MULTILINE)) == set(KINDS)
    assert {item.kind for item in load_topic("gallery", FIXTURES).items} == set(KINDS)


def test_colours_come_from_the_theme():
    """A colour of our own would be unreadable in some theme: only fallbacks inside var() and mixes of variables.

    Drawings have a palette of their own, light and dark, whose contrasts tests/language/test_diagrams.py measures; so
    have charts, and tests/labor/test_plots.py.
    """
    for path in esm.STATIC.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"var\(--(?:[^()]|\([^()]*\))*\)", "", re.sub(r"var\(--(?:[^()]|\([^()]*\))*\)", "", text))
        text = re.sub(r"@supports[^{]*", "", text)
        text = re.sub(r"--d-\w+: #\w+;", "", text) if path.name == "diagram.css" else text
        text = re.sub(r"--cp-[\w-]+: #\w+;", "", text) if path.name == "chart.css" else text
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", text), path.name


def test_every_focusable_element_is_made_by_the_helper():
    """h() marks what can take the focus, so that JupyterLab's single keys stay away; nothing else makes elements."""
    for path in esm.STATIC.rglob("*.js"):
        if path.name == "dom.js" or path.name.startswith("browser"):
            continue
        made = re.findall(r"createElement\(\"(\w+)\"", path.read_text(encoding="utf-8"))
        assert set(made) <= {"template", "canvas"}, path.name
