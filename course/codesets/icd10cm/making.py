"""Make an edition's file in a process of its own: what building takes (200 MB for some seconds) is given back at its
end, and a notebook stays as light as if the file had always been there. Where no process can be started, it is made
here.

``python -m course.codesets.icd10cm.making EDITION VERSION FILE`` is that process; it tells its progress line by line.
"""

from __future__ import annotations

import gc
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from course.codesets.icd10cm import build, sources
from course.codesets.icd10cm.database import APPLICATION_ID
from course.codesets.icd10cm.sources import Recipe

Progress = Callable[[float, str], None]


def make(path: Path, recipe: Recipe, version: str, on_progress: Progress) -> None:
    """Fill the empty file `path`. Raises sqlite3.Error, OSError, or ValueError for an official file that is no good."""
    if not in_child(path, recipe, version, on_progress):
        path.write_bytes(b"")
        in_this_process(path, recipe, version, on_progress)


def in_child(path: Path, recipe: Recipe, version: str, on_progress: Progress) -> bool:
    """False when the process could not be started or failed: then this process tries, and meets the error itself."""
    if not sys.executable:
        return False
    home = Path(__file__).resolve().parents[3]
    known = os.environ.get("PYTHONPATH")
    environment = {**os.environ, "PYTHONPATH": f"{home}{os.pathsep}{known}" if known else str(home), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", __name__, str(recipe.edition), version, str(path)]
    try:
        child = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, ValueError, AttributeError):
        return False
    assert child.stdout is not None
    finished = False
    try:
        for line in child.stdout:
            part, tab, message = line.rstrip("\n").partition("\t")
            if tab:
                on_progress(float(part), message)
        finished = True
    finally:
        if not finished:  # the learner stopped the cell
            child.kill()
        child.stdout.close()
        child.wait()
    return child.returncode == 0


def in_this_process(path: Path, recipe: Recipe, version: str, on_progress: Progress) -> None:
    connection = sqlite3.connect(path)
    try:
        # Nothing reads the file before it is complete, and a half one is thrown away: no journal, no flushing.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
        into(connection, recipe, version, on_progress)
    finally:
        connection.close()


def into(connection: sqlite3.Connection, recipe: Recipe, version: str, on_progress: Progress) -> None:
    """Fill an empty database, of which the caller disposes on an error."""
    collecting = gc.isenabled()
    gc.disable()  # hundreds of thousands of small objects and no cycle among them: collecting costs a fifth of the time
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        build.fill(connection, recipe, on_progress)
        connection.execute("INSERT INTO meta VALUES('version', ?)", (version,))
        connection.commit()
        build.search_tables(connection, on_progress)
        connection.commit()
        on_progress(1.0, "Ready")
    finally:
        if collecting:
            gc.enable()


def main(arguments: list[str]) -> int:
    """The process of its own."""
    edition, version, path = arguments

    def tell(part: float, message: str) -> None:
        print(f"{part:.4f}\t{message}", flush=True)

    in_this_process(Path(path), sources.recipe(int(edition)), version, tell)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
