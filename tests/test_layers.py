"""The rules of the house that can be read off the imports: arrows run one way, and the face is light."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.testing.run import lessons_in

ROOT = Path(__file__).resolve().parent.parent

#: Part of the package -> the parts it may import (itself always; `paths` and `bootstrap.errors` are below everything).
MAY_IMPORT: dict[str, set[str]] = {
    "paths": set(),
    "bootstrap": set(),
    "codesets": {"paths"},
    "language": {"codesets", "paths"},
    "grading": {"codesets", "paths"},
    "calculators": {"codesets", "paths"},
    "questions": {"grading", "codesets", "language", "labor", "paths"},
    "learner": {"questions", "grading", "codesets", "language", "paths"},
    "exams": {"questions", "grading", "codesets", "language", "learner", "paths"},
    "claims": {"questions", "grading", "codesets", "learner", "paths"},
    "labor": {"paths"},
    "classroom": {"exams", "questions", "grading", "codesets", "learner", "paths"},
    "cards": {
        *("learner", "exams", "claims", "labor", "classroom"),
        *("questions", "grading", "calculators", "codesets", "language", "paths"),
    },
    "jupyter": {"bootstrap", "paths"},
    "testing": {"bootstrap", "paths"},
    "notebooks_tool": {"bootstrap", "testing", "paths"},
}

#: Libraries that only some parts may touch.
ONLY_IN = {
    "ipywidgets": {"cards"},
    "anywidget": {"cards"},
    "IPython": {"cards"},
    "sqlalchemy": {"learner"},
    "matplotlib": {"labor", "cards"},
    "pandas": {"labor", "classroom", "cards"},
}

#: Every module of the standard library is fine in the bootstrap, and nothing else.
STANDARD = set(sys.stdlib_module_names)


def modules() -> list[Path]:
    return sorted(p for p in (ROOT / "course").rglob("*.py") if "_data" not in p.parts)


def part_of(path: Path) -> str:
    """course/grading/verdict.py -> grading; course/cli_lab.py -> cli; course/__init__.py -> face."""
    first = path.relative_to(ROOT / "course").parts[0].removesuffix(".py")
    return {"__init__": "face", "__main__": "cli"}.get(first, "cli" if first.startswith("cli") else first)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything `path` imports, at any depth, except under ``if TYPE_CHECKING``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    package = ["course", *path.relative_to(ROOT / "course").parts[:-1]]
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                yield node.lineno, f"{name}.{alias.name}" if name == "course" else name


@pytest.mark.parametrize("part", sorted({part_of(path) for path in modules()} - {"face", "cli"}))
def test_arrows_run_one_way(part: str):
    assert part in MAY_IMPORT, f"{part} is new: say in this test what it may import"
    allowed = MAY_IMPORT[part] | {part}
    found = [(path, *one) for path in modules() if part_of(path) == part for one in imports(path)]
    assert found or part == "paths"
    for path, line, name in found:
        top, _, rest = name.partition(".")
        where = f"{path.relative_to(ROOT).as_posix()}:{line} imports {name}"
        if top == "course":
            target = rest.split(".")[0]
            assert target in allowed | {"", "__version__"} or rest == "bootstrap.errors", where
        elif top in ONLY_IN:
            assert part in ONLY_IN[top], f"{where}; only {', '.join(sorted(ONLY_IN[top]))} may"


@pytest.mark.parametrize("path", sorted((ROOT / "course" / "bootstrap").glob("*.py")), ids=lambda p: p.name)
def test_bootstrap_needs_the_standard_library_only_and_parses_under_python_3_8(path: Path):
    for line, name in imports(path):
        top = name.split(".")[0]
        assert top in STANDARD or name.startswith("course.bootstrap"), f"{path.name}:{line} imports {name}"
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py"])
def test_what_an_old_python_reads_first_parses_there(name: str):
    ast.parse((ROOT / "course" / name).read_text(encoding="utf-8"), feature_version=(3, 8))


def loaded_by(code: str) -> set[str]:
    """Names of the modules that a fresh interpreter has loaded after `code`."""
    code += "; import sys, json; print(json.dumps(sorted(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return set(json.loads(out.splitlines()[-1]))


def test_importing_the_course_is_light():
    heavy = {"pandas", "numpy", "ipywidgets", "anywidget", "sqlalchemy", "pydantic", "IPython", "matplotlib", "yaml"}
    assert not heavy & loaded_by("import course")


def test_the_command_line_is_parsed_before_anything_heavy_is_loaded():
    code = "import contextlib\nwith contextlib.suppress(SystemExit):\n from course import cli; cli.parser()\nimport os"
    assert not {"pandas", "pydantic", "jupyterlab", "platformdirs", "sqlalchemy"} & loaded_by(code)


def test_code_sets_and_grading_load_no_widgets_storage_or_tables():
    present = [p for p in ("course.codesets.icd10cm", "course.grading") if (ROOT / p.replace(".", "/")).exists()]
    assert not {"ipywidgets", "sqlalchemy", "pandas", "IPython"} & loaded_by("import " + ", ".join(present))


@pytest.mark.parametrize("path", lessons_in(ROOT), ids=lambda p: p.name)
def test_a_lesson_uses_the_face_and_nothing_behind_it(path: Path):
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert not re.search(r"(?m)^\s*from course(\.|\s+import\s+_)|^\s*import course\.", source), source
            assert not re.search(r"\bcourse\.(codesets|questions|grading|cards|learner|paths|cli)\b", source), source
