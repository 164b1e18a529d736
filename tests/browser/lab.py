"""A real JupyterLab and a real browser for tests and measurements.

    with server(folder) as lab, browser() as chromium:
        page = open_notebook(chromium, lab, "gallery.ipynb")      # opened, Run All done

Snippets that must not be guessed again: Run All is a command that resolves when all cells are done (clicking the
button is lost now and then); cells are read from the model, not from the screen.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from course.testing import world

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Error, Page

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "test-artifacts" / "screens"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

READY = (
    "() => window.jupyterapp && jupyterapp.shell && jupyterapp.shell.currentWidget && "
    "jupyterapp.shell.currentWidget.sessionContext"
)
RUN_ALL = """async () => {
  const app = window.jupyterapp;
  await app.restored;
  const w = app.shell.currentWidget;
  await w.revealed;
  await w.sessionContext.ready;
  await w.sessionContext.session.kernel.info;
  await app.commands.execute('notebook:run-all-cells');
}"""
RESTART = """async () => {
  await jupyterapp.restored;
  const { sessionContext } = jupyterapp.shell.currentWidget;
  await sessionContext.ready;
  await sessionContext.session.kernel.info;
  await sessionContext.session.kernel.restart();
}"""
TURN_TO = """async (path) => {
  await jupyterapp.restored;
  for (const old of [...jupyterapp.shell.widgets('main')]) {
    if (old.context) {
      await old.sessionContext.shutdown();
      old.context.model.dirty = false;
    }
    old.dispose();
  }
  await jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' });
}"""
CELLS = """() => [...jupyterapp.shell.currentWidget.content.model.cells]
  .map((cell) => [cell.id, cell.type, cell.sharedModel.source])"""
THEME = "async (name) => { await jupyterapp.commands.execute('apputils:change-theme', { theme: name }); }"


@dataclass(frozen=True, slots=True)
class Lab:
    """A running server."""

    url: str
    token: str
    folder: Path
    user_dir: Path

    def address(self, notebook: str) -> str:
        """Where a notebook opens, alone and in a workspace of its own."""
        return f"{self.url}/lab/workspaces/{Path(notebook).stem}/tree/{notebook}?token={self.token}"


#: Name of an item in fixtures/gallery.yaml, in the order of the cards on the page.
KINDS = (
    "single",
    "multiple",
    "number",
    "code",
    "matching",
    "ordering",
    "sorting",
    "path",
    "table",
    "highlight",
    "modifier",
    "em",
    "service",
    "audit",
)

GALLERY = [
    *(f"# Exercise: {name}\nimport card_gallery as gallery; gallery.show({name!r})" for name in KINDS),
    "# An exercise whose grading fails\ngallery.broken()",
]
DECK = [
    '# Start here\nimport course; course.lesson("01")',
    '# Checkpoint\ncourse.checkpoint("01")',
    "# Progress\ncourse.progress()",
    '# A name that does not exist\ncourse.ask("01-visit/knee-diagnosi")',
    '# Practice without end\ncourse.practice("laterality", level=1)',
]


def notebook(cells: Sequence[str]) -> str:
    """The JSON of a notebook with code cells whose source is hidden, as the lessons have them."""
    return json.dumps(
        {
            "cells": [
                {
                    "cell_type": "code",
                    "execution_count": None,
                    "id": f"cell-{n}",
                    "metadata": {"jupyter": {"source_hidden": True}},
                    "outputs": [],
                    "source": source,
                }
                for n, source in enumerate(cells)
            ],
            "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def watch(page: Page, faults: list[str]) -> None:
    """Collect what the scripts of a page fail with, from now on.

    Left out is JupyterLab's splash screen, which is no part of the course: where two themes follow one another within
    a fifth of a second, it removes itself twice.
    """

    def note(error: Error) -> None:
        stack = error.stack or ""
        if not ("'removeChild'" in error.message and "jlab_core" in stack and "blob:" not in stack):
            faults.append(str(error))

    page.on("pageerror", note)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def server(notebooks: dict[str, str]) -> Iterator[Lab]:
    """JupyterLab on a free port of this machine, with ``{name: JSON}`` as its only files. Stopped at the end."""
    with tempfile.TemporaryDirectory(prefix="course-lab-", ignore_cleanup_errors=True) as temp:
        base = Path(temp)
        root, user, settings = base / "root", base / "user", base / "settings"
        for folder in (root, user, settings / "@jupyterlab" / "apputils-extension"):
            folder.mkdir(parents=True)
        for name, text in notebooks.items():
            (root / name).write_text(text, encoding="utf-8")
        (settings / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings").write_text(
            '{"fetchNews": "false", "checkForUpdates": false}', encoding="utf-8"
        )
        cache = Path(os.environ.get("COURSE_CACHE_DIR") or ROOT / "test-artifacts" / "cache")
        env = world.environment(user, cache) | {
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests" / "browser")]),
            "JUPYTER_CONFIG_DIR": str(base / "config"),
            "JUPYTER_RUNTIME_DIR": str(base / "runtime"),
            "JUPYTERLAB_SETTINGS_DIR": str(settings),
            "JUPYTERLAB_WORKSPACES_DIR": str(base / "workspaces"),
        }
        port, token = _free_port(), secrets.token_hex(8)
        command = [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser"),
            *("--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
            "--LabApp.extension_manager=readonly",  # does not start npm to look for it
            *(f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={root}"),
        ]
        with (base / "server.log").open("w", encoding="utf-8") as log:
            process = subprocess.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT, cwd=base)
            try:
                lab = Lab(f"http://127.0.0.1:{port}", token, root, user)
                _wait(lab, process, base / "server.log")
                yield lab
            finally:
                process.terminate()
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _wait(lab: Lab, process: subprocess.Popen[bytes], log: Path, patience: float = 60) -> None:
    """Until the server answers. Raises RuntimeError with the end of its log."""
    end = time.monotonic() + patience
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{lab.url}/api/status?token={lab.token}", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-3000:]}")


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """The Chromium of this machine, driven by Playwright. Raises LookupError when one of the two is missing."""
    path = world.find_chromium()
    if path is None:
        raise LookupError("no Chromium or Chrome on this machine (Debian: apt install chromium; or set COURSE_BROWSER)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise LookupError("Playwright is not installed") from error
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield chromium
        finally:
            chromium.close()


def open_notebook(chromium: Browser, lab: Lab, name: str, *, width: int = 1280, height: int = 1000) -> Page:
    """A page with the notebook open and all its cells run."""
    page = new_page(chromium)
    page.set_viewport_size({"width": width, "height": height})
    page.goto(lab.address(name))
    page.wait_for_function(READY)
    run_all(page)
    page.evaluate("() => jupyterapp.shell.collapseLeft()")
    return page


def new_page(chromium: Browser) -> Page:
    """A page beside the others: JupyterLab's 10 MB of scripts are fetched and compiled once for all of them."""
    context = chromium.contexts[0] if chromium.contexts else chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


def turn_to(page: Page, name: str) -> None:
    """In JupyterLab put this notebook, with a kernel of its own, in place of the one that is open; Run All."""
    page.evaluate(TURN_TO, name)
    run_all(page)


def run_all(page: Page) -> None:
    """Run every cell and wait until all are done."""
    _patiently(page, RUN_ALL)


def restart(page: Page) -> None:
    """A new kernel, as after coming back another day."""
    _patiently(page, RESTART)


def _patiently(page: Page, script: str, seconds: int = 60) -> None:
    """Run an async function in the page; raises when it takes too long (Playwright itself would wait for ever)."""
    late = f"new Promise((_, no) => setTimeout(() => no(new Error('took longer than {seconds} s')), {seconds * 1000}))"
    page.evaluate(f"() => Promise.race([({script})(), {late}])")


def cells(page: Page) -> list[list[str]]:
    """[id, type, source] of each cell, from the notebook's model."""
    return list(page.evaluate(CELLS))


def theme(page: Page, name: str) -> None:
    """``JupyterLab Light`` or ``JupyterLab Dark``; waits until its colours are in force."""
    page.evaluate(THEME, name)
    page.wait_for_function("(name) => document.body.dataset.jpThemeName === name", arg=name)
    page.wait_for_timeout(150)  # colours fade over 120 ms


def screenshot(page: Page, name: str, locator: object = None) -> None:
    """Keep a picture in test-artifacts/screens, where somebody wants to look at it: ``COURSE_SCREENS=1``."""
    if not os.environ.get("COURSE_SCREENS"):
        return
    SCREENS.mkdir(parents=True, exist_ok=True)
    (locator or page).screenshot(path=SCREENS / f"{name}.png")  # type: ignore[attr-defined]


def lessons() -> dict[str, str]:
    """The real lessons, name -> JSON."""
    folder = ROOT / "notebooks"
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.ipynb"))}
