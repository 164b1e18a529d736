"""A lock between processes: the operating system releases it when its holder ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import IO, Callable, Iterator


@contextlib.contextmanager
def held(path: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock named by `path`; call `on_wait` once when somebody else has it. No file, no lock."""
    try:
        file = open(str(path), "a+", encoding="utf-8")
    except OSError:
        yield
        return
    with file:
        if not _try(file):
            on_wait()
            while not _try(file):
                time.sleep(0.1)
        yield  # closing the file releases the lock


def _try(file: IO[str]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
