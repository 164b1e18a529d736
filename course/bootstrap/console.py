"""Lines on a console: plain ASCII (a Windows console may know nothing else); on a terminal one that moves."""

from __future__ import annotations

import sys
import threading
import time
from typing import Optional


def prepare_streams() -> None:
    """Never let a file name with unusual letters raise while it is printed."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace", line_buffering=True)


def say(line: str = "") -> None:
    """Print one line at once."""
    print(line, flush=True)


def seconds(value: float) -> str:
    """A duration for people: "0.4 s", "12 s", "1 min 5 s"."""
    if value < 9.95:
        return "{:.1f} s".format(value)
    whole = int(round(value))
    return "{} s".format(whole) if whole < 60 else "{} min {} s".format(whole // 60, whole % 60)


class Stage:
    """One stage of the set-up as a context manager: a line that moves on a terminal, a line now and then elsewhere.

    with Stage(2, 4, "Packages") as stage:
        stage.detail = "34 of 98, pandas"
    """

    HEARTBEAT = 10.0  # seconds between lines where the output is not a terminal

    def __init__(self, number: int, of: int, title: str) -> None:
        self.head = "  [{}/{}] {}".format(number, of, title)
        self.detail = ""
        self._tty = sys.stdout.isatty()
        self._width = 0
        self._done = threading.Event()
        self._thread: Optional[threading.Thread] = None
        self._start = 0.0

    def __enter__(self) -> Stage:
        self._start = time.monotonic()
        if not self._tty:
            say(self.head + " ...")
        self._thread = threading.Thread(target=self._move, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()
        end = "done in" if kind is None else "stopped after"
        self._line("{} {}".format(end, seconds(time.monotonic() - self._start)), last=True)

    def _move(self) -> None:
        while not self._done.wait(0.25 if self._tty else self.HEARTBEAT):
            self._line(seconds(time.monotonic() - self._start))

    def _line(self, end: str, last: bool = False) -> None:
        detail = " ({})".format(self.detail) if self.detail else ""
        line = "{}{}: {}".format(self.head, detail, end)
        if not self._tty:
            say(line)
            return
        # 79 columns: a longer line would wrap, and the carriage return would then leave its head standing.
        line = line[:79]
        sys.stdout.write("\r" + line.ljust(self._width) + ("\n" if last else ""))
        sys.stdout.flush()
        self._width = len(line)
