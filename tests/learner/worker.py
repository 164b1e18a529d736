"""A session of its own, for the tests that kill, race or starve one: ``python worker.py MODE FOLDER [NUMBER …]``.

Prints the uid of each attempt once the store has acknowledged it as saved, one a line, flushed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from course.learner.records import Attempt, Kept
from course.learner.store import Store, open_store


def attempt(number: int) -> Attempt:
    return Attempt(
        question_id=f"03-structure/q{number % 20}", content_version="0123456789", kind="code_entry",
        response=["S52.521A", "W09.1XXA"], outcome="incorrect", lesson="03", objective="find the header",
        domains=("CPC: ICD-10-CM",), edition=2027, seconds=4.0,
    )  # fmt: skip


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def write(store: Store, count: int) -> None:
    for number in range(count):
        one = attempt(number)
        if store.record(one) is Kept.SAVED:
            say(one.uid)


def main(mode: str, folder: Path, *rest: str) -> None:
    if mode == "write":
        write(open_store(folder), int(rest[0]))
        say("done")
    elif mode == "limit":  # no file may grow beyond so many bytes: what a full disk does to a growing file
        import resource

        limit = int(rest[0])
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        store = open_store(folder)
        write(store, int(rest[1]))
        say(f"pending {store.pending} {len(store.attempts())}")
        say(f"warning {store.warning}")
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        say(f"flushed {store.flush()} {store.pending} {store.warning}")
    elif mode == "hold":  # another program holds the database until a line comes in
        import sqlite3

        connection = sqlite3.connect(folder / "progress.sqlite3", isolation_level=None)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("CREATE TABLE IF NOT EXISTS held (x)")
        say("held")
        sys.stdin.readline()
        connection.execute("ROLLBACK")
        connection.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
