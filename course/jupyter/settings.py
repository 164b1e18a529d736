"""The JupyterLab settings of the course, made from the schemas of the installed JupyterLab.

    python -m course.jupyter.settings            # write course/jupyter/overrides/course.json again
    python -m course.jupyter.settings --check    # say whether the committed file is what this JupyterLab needs

JupyterLab fires its single-key shortcuts whenever the focus is anywhere inside a notebook in command mode. A learner
who ticks a box in an exercise and presses ``x`` would delete the exercise. So every shortcut whose selector ends in
a bare ``:focus`` is declared again for ``.jp-Cell:focus``: it acts when a cell itself is selected, and leaves the
controls inside the cell alone.

JupyterLab reads the file from ``share/jupyter/lab/settings/overrides.d`` of its environment, where installing the
project puts it. An override is a default: what a learner changes in the settings editor still wins.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.bootstrap.layout import OVERRIDES as COMMITTED
from course.bootstrap.layout import overrides_in

#: A selector that ends like this is live on any focused element below the notebook: the ones to narrow.
TOO_WIDE = ".jp-Notebook.jp-mod-commandMode:not(.jp-mod-readWrite) :focus"
NARROWED = ".jp-Notebook.jp-mod-commandMode:not(.jp-mod-readWrite) .jp-Cell:focus"

SHORTCUTS = "@jupyterlab/shortcuts-extension:shortcuts"

#: Runs the lesson and goes back to its top, where reading begins; JupyterLab's own command ends at the last cell.
#: (There is no command "go to the first cell": mark everything up to it, then unmark by one step down and back.)
RUN_ALL: dict[str, Any] = {
    "name": "run-all",
    "command": "apputils:run-all-enabled",
    "args": {
        "commands": [
            "notebook:run-all-cells",
            "notebook:extend-marked-cells-top",
            "notebook:move-cursor-down",
            "notebook:move-cursor-up",
        ]
    },
    "label": "Run All",
    "caption": "Run every cell of this lesson",
    "rank": 29,
}

#: The buttons JupyterLab shows inside the selected cell.
CELL_BUTTONS = (
    "duplicate-cell",
    "move-cell-up",
    "move-cell-down",
    "insert-cell-above",
    "insert-cell-below",
    "delete-cell",
)

#: Everything else that is set, with the reason.
CALM: dict[str, dict[str, Any]] = {
    # Without this the first start asks whether to fetch news, over the first lesson; and no request leaves the machine.
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    # What was typed in a notebook is on disk within half a minute (answers are kept elsewhere, at once).
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 30},
    # No bin and no arrows beside the text that is being read; the menus have them. JupyterLab 4.6 forgets
    # ``showToolbar`` for a notebook that is open before the setting is read, so its buttons are taken away as well.
    "@jupyterlab/cell-toolbar-extension:plugin": {
        "showToolbar": False,
        "toolbar": [{"name": name, "disabled": True} for name in CELL_BUTTONS],
    },
    # A button that says what it does: most learners have never seen a notebook.
    "@jupyterlab/notebook-extension:panel": {"toolbar": [RUN_ALL]},
    "@jupyterlab/notebook-extension:tracker": {
        # Lessons are short: the whole page is there for Find, for screen readers and for printing, and nothing jumps.
        "windowingMode": "none",
        # A long first line must not need sideways scrolling in a narrow window.
        "codeCellConfig": {"lineWrap": True},
    },
}


def schemas(prefix: Path | None = None) -> Iterator[dict[str, Any]]:
    """Every settings schema of the JupyterLab under `prefix` (default: this environment), in a fixed order."""
    folder = (prefix or Path(sys.prefix)) / "share" / "jupyter" / "lab" / "schemas"
    for path in sorted(folder.rglob("*.json"), key=lambda p: p.relative_to(folder).as_posix()):
        if path.name != "package.json.orig":
            yield json.loads(path.read_text(encoding="utf-8"))


def too_wide(prefix: Path | None = None) -> list[dict[str, Any]]:
    """The shortcuts that act on any focused element of a notebook. Empty where no JupyterLab is installed."""
    found = [s for schema in schemas(prefix) for s in schema.get("jupyter.lab.shortcuts", ())]
    return [s for s in found if s.get("selector") == TOO_WIDE and not s.get("disabled")]


def overrides(prefix: Path | None = None) -> dict[str, dict[str, Any]]:
    """The whole settings file for the JupyterLab under `prefix`."""
    shortcuts: list[dict[str, Any]] = []
    for shortcut in too_wide(prefix):
        shortcuts.append({**shortcut, "disabled": True})
        shortcuts.append({**shortcut, "selector": NARROWED})
    return {**CALM, SHORTCUTS: {"shortcuts": shortcuts}}


def text(prefix: Path | None = None) -> str:
    """The settings file as it is committed."""
    return json.dumps(overrides(prefix), indent=1, sort_keys=True) + "\n"


def main(argv: list[str]) -> int:
    """Write the file, or with ``--check`` only compare. Returns an exit code."""
    wanted = text()
    current = COMMITTED.read_text(encoding="utf-8") if COMMITTED.exists() else ""
    if "--check" in argv:
        same = wanted == current
        print(f"{COMMITTED.name}: " + ("up to date" if same else "run `python -m course.jupyter.settings` again"))
        return 0 if same else 1
    COMMITTED.parent.mkdir(parents=True, exist_ok=True)
    COMMITTED.write_text(wanted, encoding="utf-8", newline="\n")
    print(f"{COMMITTED}: {len(too_wide())} shortcuts narrowed. To use it now: {overrides_in(Path(sys.prefix))}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
