"""pyproject.toml, environment.yml and the lock files name the same packages."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest
import yaml

from course.bootstrap import dependencies as deps

#: Where conda-forge calls a package differently.
CONDA_NAMES = {"matplotlib": "matplotlib-base", "tzdata": "python-tzdata"}

LOCKS = ["requirements.lock", "requirements-test.lock"]


def test_environment_yml_names_the_dependencies_of_pyproject(root: Path):
    conda = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))
    assert conda["channels"] == ["conda-forge", "nodefaults"]
    plain = [entry for entry in conda["dependencies"] if isinstance(entry, str)]
    (by_pip,) = [entry["pip"] for entry in conda["dependencies"] if isinstance(entry, dict)]
    assert by_pip[-1] == "-e ."
    there = {name: wanted for name, _, wanted in (entry.partition(" ") for entry in plain + by_pip[:-1])}
    python = there.pop("python")
    assert python.startswith(">=3.11,")
    there.pop("pip")
    here = {CONDA_NAMES.get(need.name, need.name.lower()): need.range for need in deps.needs(root=root)}
    assert there == here


@pytest.mark.parametrize("name", LOCKS)
def test_lock_holds_versions_and_hashes_and_no_address(root: Path, name: str):
    text = (root / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"(?m)^(-|file:|/)", text), "an option or a path of one machine"
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", text)[1:]
    assert len(blocks) > 80
    for block in blocks:
        assert re.match(r"[A-Za-z0-9._-]+==\S+", block), block
        assert "--hash=sha256:" in block, block.splitlines()[0]


@pytest.mark.parametrize(("name", "level"), [(LOCKS[0], deps.LESSONS), (LOCKS[1], deps.TESTS)])
def test_lock_pins_every_dependency_inside_its_range(root: Path, name: str, level: str):
    pins = deps.pinned(root / name)
    for need in deps.needs(level, root):
        versions = pins.get(deps.normal(need.name))
        assert versions, f"{need.name} is not in {name}: make the lock again (CONTRIBUTING.md)"
        for version in versions:
            assert deps.in_range(version, need.range), f"{need.name} {version} in {name} is outside {need.range}"


def test_the_lock_of_the_tests_contains_the_lock_of_the_lessons(root: Path):
    lessons, tests = (deps.pinned(root / name) for name in LOCKS)
    assert {name: tests.get(name) for name in lessons} == lessons


@pytest.mark.parametrize(
    ("version", "wanted", "expected"),
    [
        ("1.5.0", "==1.5.0", True),
        ("1.5", "==1.5.0", True),
        ("1.5.1", "==1.5.0", False),
        ("3.0.0", ">=3,<4", True),
        ("4.0", ">=3,<4", False),
        ("2.9.9", ">=3,<4", False),
        ("10.0", ">=9,<11", True),
        ("3.1.0rc1", ">=3.1,<4", True),
        ("6.0.12.20261113", ">=6.0.12", True),
        ("garbage", ">=1", False),
        ("5", "", True),
    ],
)
def test_in_range(version: str, wanted: str, expected: bool):
    assert deps.in_range(version, wanted) is expected


@pytest.mark.parametrize("text", ["name @ file", "name[extra]>=1", "name; python_version < '3.12'", ""])
def test_a_dependency_that_is_not_understood_is_refused(text: str):
    with pytest.raises(ValueError, match="not understood"):
        need = deps.parse(text)
        deps.in_range("1", need.range)


#: What an import is called, where the package that brings it is called otherwise.
BROUGHT_BY = {
    "PIL": "matplotlib",
    "yaml": "PyYAML",
    "jupyter_client": "ipykernel",
    "jupyter_core": "ipykernel",
    "IPython": "ipykernel",
    "traitlets": "ipykernel",
    "jupyter_server": "jupyterlab",
    "jupyterlab_server": "jupyterlab",
    "nbformat": "nbval",
    "nbclient": "jupyterlab",
    "numpy": "pandas",
    "pydantic_core": "pydantic",
}

#: Used where it is there, and done without where it is not.
OPTIONAL = {"pytest"}


def test_everything_the_course_imports_is_declared(root: Path):
    declared = {deps.normal(need.name) for need in deps.needs(root=root)}
    for path in sorted((root / "course").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for top in {name.split(".")[0] for name in names} - {"course", "tests"} - OPTIONAL:
                package = deps.normal(BROUGHT_BY.get(top, top))
                known = top in sys.stdlib_module_names or package in declared
                assert known, f"{path.relative_to(root)}:{node.lineno} imports {top}: not in pyproject.toml"
