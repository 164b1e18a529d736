"""Run the lessons in a fresh kernel and store what they show; check that the stored notebooks are in order.

    python3 -m course notebooks run 03       # lesson 03; no name: all of them
    python3 -m course notebooks check

Stored outputs are what nbval compares against and what GitHub shows, so they must not depend on the machine or the day:
the notebooks run in the same fixed world as the tests, and what differs from run to run is taken out (widget state, the
widget reference of an output whose HTML says the same, times of execution).
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from course import paths
from course.bootstrap.console import say, seconds
from course.bootstrap.errors import UserError

WIDGET = "application/vnd.jupyter.widget-view+json"

#: A code cell that calls one of these is an exercise or a tool, not code to read: its source is folded away.
CARDS = re.compile(r"\b(?:course\.)?(lesson|ask|practice|checkpoint|browse|progress)\(")

CELLS = range(20, 46)  # guideline: 25 to 40 cells; a warning outside of this

#: Seconds one cell may take. The first cell of a lesson may have to build a code set.
TIMEOUT = 120

_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")


class Finding(NamedTuple):
    """Something to mend in a notebook: `cell` counts from 1 (0: the notebook as a whole)."""

    path: Path
    cell: int
    message: str
    warning: bool = False

    def __str__(self) -> str:
        where = f"{self.path.name}" + (f", cell {self.cell}" if self.cell else "")
        return f"{where}: {'(advice) ' if self.warning else ''}{self.message}"


# ---- finding notebooks


def find(names: Sequence[str], folder: Path | None = None) -> list[Path]:
    """Notebooks whose file name starts with each of `names` (or is it); all for no names. UserError when none does."""
    folder = folder or paths.notebooks_dir()
    every = sorted(p for p in folder.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)
    if not names:
        return every
    chosen: list[Path] = []
    for name in names:
        given = Path(name)
        stem = given.name.removesuffix(".ipynb")
        some = [given.resolve()] if given.is_file() else [p for p in every if p.stem.startswith(stem)]
        if not some:
            known = ", ".join(p.stem for p in every) or f"none in {folder}"
            raise UserError(f"There is no notebook {name!r}.", f"There are: {known}.")
        chosen += [p for p in some if p not in chosen]
    return chosen


def load(path: Path) -> Any:
    """Read a notebook. UserError when it is not one."""
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except Exception as problem:
        raise UserError(f"{path} cannot be read as a notebook: {problem}", "Restore it: git checkout -- FILE") from None


def dump(notebook: Any) -> str:
    """The text of a notebook as it is committed: indent 1, one newline at the end, letters as they are."""
    import nbformat

    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


# ---- running


def run(names: Sequence[str] = (), folder: Path | None = None) -> int:
    """Run notebooks and store their outputs where they changed. Returns 1 when a cell failed."""
    import time

    failed = 0
    for path in find(names, folder):
        start = time.monotonic()
        notebook = load(path)
        old = path.read_text(encoding="utf-8")
        problem = execute(notebook, path.parent)
        if problem:
            failed += 1
            say(f"{path.name}: not stored. {problem}")
            continue
        new = dump(normalise(notebook, path))
        if new != old:
            path.write_text(new, encoding="utf-8", newline="\n")
        took = seconds(time.monotonic() - start)
        say(f"{path.name}: {'stored anew' if new != old else 'unchanged'} in {took}")
    return 1 if failed else 0


def execute(notebook: Any, folder: Path) -> str:
    """Run every cell in a fresh kernel, in the fixed world of the tests. Returns what failed, or ""."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    from course.testing import world

    if sys.platform == "win32":  # the default event loop of Windows cannot wait for the kernel's sockets
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    for cell in notebook.cells:
        cell.get("metadata", {}).pop("execution", None)

    class ThisEnvironment(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> Any:
            from ipykernel.kernelspec import RESOURCES, get_kernel_dict

            return self.kernel_spec_class(resource_dir=RESOURCES, **get_kernel_dict())

    with tempfile.TemporaryDirectory(prefix="course-notebook-", ignore_cleanup_errors=True) as user:
        manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=ThisEnvironment())
        client = NotebookClient(
            notebook, km=manager, timeout=TIMEOUT, resources={"metadata": {"path": str(folder)}}, record_timing=False
        )
        try:
            client.execute(env=world.environment(Path(user), paths.cache_dir()), cwd=str(folder))
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as problem:
            return str(problem).strip()
    return ""


def normalise(notebook: Any, path: Path) -> Any:
    """Take out of an executed notebook what differs from run to run or belongs to this machine."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
        **{k: v for k, v in notebook.metadata.items() if k not in ("kernelspec", "language_info", "widgets")},
    }
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    taken: set[str] = set()
    for number, cell in enumerate(notebook.cells):
        if not cell.get("id") or cell["id"] in taken:
            cell["id"] = stable_id(path.stem, number, cell["source"], taken)
        taken.add(cell["id"])
        for key in ("execution", "trusted", "scrolled", "collapsed"):
            cell.metadata.pop(key, None)
        for output in cell.get("outputs", ()):
            data = output.get("data")
            if data and "text/html" in data:
                # A fresh clone is untrusted and has no kernel: the HTML is what it can show.
                data.pop(WIDGET, None)
            output.get("metadata", {}).pop(WIDGET, None)
    return notebook


def stable_id(stem: str, number: int, source: str, taken: Iterable[str]) -> str:
    """An id of eight letters that depends on nothing but the notebook."""
    for salt in range(1000):
        made = hashlib.sha256(f"{stem}|{number}|{source}|{salt}".encode()).hexdigest()[:8]
        if made not in taken:
            return made
    raise AssertionError("a thousand equal digests")


# ---- checking


def check(names: Sequence[str] = (), folder: Path | None = None) -> int:
    """Print what is not in order. Returns 1 when something must be mended (advice alone does not)."""
    found = [finding for path in find(names, folder) for finding in findings(path, load(path))]
    for finding in found:
        say(str(finding))
    wrong = [finding for finding in found if not finding.warning]
    if wrong:
        say(f"{len(wrong)} thing(s) to mend. Outputs are stored by: python3 -m course notebooks run NAME")
    return 1 if wrong else 0


def findings(path: Path, notebook: Any) -> Iterator[Finding]:
    """Everything that is not in order in one notebook."""
    if notebook.metadata.get("widgets"):
        yield Finding(path, 0, "widget state is stored in its metadata")
    headings = sum(_h1(cell["source"]) for cell in notebook.cells if cell["cell_type"] == "markdown")
    if headings != 1:
        yield Finding(path, 0, f"{headings} headings of level 1; it needs exactly one")
    if len(notebook.cells) not in CELLS:
        yield Finding(path, 0, f"{len(notebook.cells)} cells; 25 to 40 read best", warning=True)
    ids = [cell.get("id") for cell in notebook.cells]
    if None in ids or len(set(ids)) != len(ids):
        yield Finding(path, 0, "cells without an id, or with the same one")
    expected = 1
    for number, cell in enumerate(notebook.cells, 1):
        if cell["cell_type"] == "code":
            for message in _code(cell, expected):
                yield Finding(path, number, message)
            expected += 1 if cell["source"].strip() else 0
        for message in _any(cell):
            yield Finding(path, number, message)


def _h1(source: str) -> int:
    """Headings of level 1 in Markdown, not counting comments inside fenced code."""
    return len(re.findall(r"(?m)^# ", re.sub(r"(?ms)^```.*?^```", "", source)))


def _code(cell: Any, expected: int) -> Iterator[str]:
    source = cell["source"].strip()
    if not source:
        yield "empty code cell"
        return
    count = cell.get("execution_count")
    if count is None:
        yield "never run (nbval compares nothing there)"
    elif count != expected:
        yield f"run as number {count}, expected {expected}: not in order from a fresh kernel"
    for output in cell.get("outputs", ()):
        if output["output_type"] == "error":
            yield f"a stored error: {output.get('ename')}"
        if output["output_type"] == "stream" and output.get("name") == "stderr":
            yield f"stored stderr: {output['text'][:60].strip()!r}"
        if WIDGET in output.get("data", {}) and "text/html" not in output["data"]:
            yield "a widget without a static HTML form: nothing to see on GitHub or on paper"
        elif WIDGET in output.get("data", {}):
            yield "a stored widget reference"
    first = source.splitlines()[0]
    # The first code cell says `import course` openly: it is the one that learners run by hand.
    if CARDS.search(source) and not re.search(r"(?m)^import course\b", source):
        if not cell.metadata.get("jupyter", {}).get("source_hidden"):
            yield "a card whose code is not folded (metadata: jupyter.source_hidden)"
        if not re.match(r"# \w", first):
            yield "JupyterLab shows the first line of a folded cell: make it a comment for people"


def _any(cell: Any) -> Iterator[str]:
    texts = [cell["source"]]
    for output in cell.get("outputs", ()):
        texts += [output.get("text", "")] + [v for v in output.get("data", {}).values() if isinstance(v, str)]
    for text in texts:
        own = {str(Path.home()), str(paths.notebooks_dir().parent), tempfile.gettempdir()} - {"/", ""}
        for place in own:
            if re.search(re.escape(place) + r"[\\/]", text):
                yield f"a path of one machine: {place}"
        if _ADDRESS.search(text):
            yield f"an address in memory: {_ADDRESS.search(text).group()}"  # type: ignore[union-attr]
