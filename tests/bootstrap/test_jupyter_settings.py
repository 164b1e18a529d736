"""The shipped JupyterLab settings are what the installed JupyterLab needs."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from course.jupyter import settings


def test_the_committed_settings_are_those_of_the_installed_jupyterlab():
    current = settings.COMMITTED.read_text(encoding="utf-8")
    assert current == settings.text(), "JupyterLab changed. Run python -m course.jupyter.settings and look at the diff"


def test_every_wide_shortcut_is_turned_off_and_declared_again_for_a_selected_cell():
    wide = settings.too_wide()
    assert len(wide) >= 30, "JupyterLab has renamed the selector of its single-key shortcuts: see TOO_WIDE"
    written = json.loads(settings.COMMITTED.read_text(encoding="utf-8"))[settings.SHORTCUTS]["shortcuts"]
    for shortcut in wide:
        assert {**shortcut, "disabled": True} in written
        assert {**shortcut, "selector": settings.NARROWED} in written
    assert len(written) == 2 * len(wide)
    # The ones that destroy an exercise, by name: a renamed command must not slip through.
    narrowed = {s["command"] for s in written if s["selector"] == settings.NARROWED}
    assert {"notebook:cut-cell", "notebook:delete-cell", "notebook:change-cell-to-markdown"} <= narrowed
    assert {"notebook:insert-cell-below", "notebook:move-cursor-down"} <= narrowed


def test_no_single_key_of_another_selector_reaches_into_a_widget():
    """Whatever else listens to one bare key in a notebook names the cell itself."""
    for schema in settings.schemas():
        for shortcut in schema.get("jupyter.lab.shortcuts", ()):
            selector, keys = shortcut.get("selector", ""), [key for key in shortcut["keys"] if key]
            bare = keys and all(" " not in key and key not in {"Escape", "Enter"} for key in keys)
            other = selector != settings.TOO_WIDE and "jp-mod-editMode" not in selector
            if bare and other and ".jp-Notebook" in selector:
                assert "Cell:focus" in selector, f"{shortcut} is live inside an exercise"


def test_every_setting_exists_in_the_schema_of_its_plugin():
    """A setting that JupyterLab renamed would be ignored without a word."""
    folder = Path(sys.prefix) / "share" / "jupyter" / "lab" / "schemas"
    for plugin, values in settings.overrides().items():
        package, name = plugin.split(":")
        schema = json.loads((folder / package / f"{name}.json").read_text(encoding="utf-8"))
        assert set(values) <= set(schema["properties"]), plugin


def test_every_button_of_the_cell_toolbar_is_taken_away():
    """A new JupyterLab with another button must be noticed: a bin beside the text deletes the learner's exercise."""
    shown = [
        button["name"]
        for schema in settings.schemas()
        for button in schema.get("jupyter.lab.toolbars", {}).get("Cell", ())
    ]
    assert sorted(shown) == sorted(settings.CELL_BUTTONS)
