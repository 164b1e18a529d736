"""What can go wrong before a lesson opens, in words that say what to do."""

from __future__ import annotations

import os
import re
from typing import Iterable, Tuple


class UserError(Exception):
    """A problem that the person at the keyboard can mend: `problem` in one sentence, then what to do, a line each."""

    head = ""

    def __init__(self, problem: str, *advice: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.advice: Tuple[str, ...] = advice

    def text(self) -> str:
        """The message as it is printed."""
        lines = [self.head + self.problem] + ["  - " + line for line in self.advice]
        return "\n".join(lines)


class SetupError(UserError):
    """The course cannot start."""

    head = "The course could not start: "


def command(words: str = "") -> str:
    """How the course is called in a terminal of this system: ``command("doctor")`` -> "python3 -m course doctor"."""
    return " ".join(["py" if os.name == "nt" else "python3", "-m", "course", *words.split()])


AGAIN = "Then run the same command again; it goes on where it stopped."

#: What an installer prints -> problem and advice. First match wins; patterns are tried on the whole output.
_KNOWN: Tuple[Tuple[str, str, Tuple[str, ...]], ...] = (
    (
        r"No space left on device|not enough space|Errno 28|os error 28|os error 112|WinError 112|Disk quota exceeded",
        "the disk is full.",
        ("Free about 1 GB (empty the bin, remove old downloads).", AGAIN),
    ),
    (
        r"THESE PACKAGES DO NOT MATCH THE HASHES|[Hh]ash mismatch",
        "a downloaded package is not the one that the course was tested with.",
        (
            "A download may have been cut short: run the same command again.",
            "If it happens again, your network may replace downloads: try another network, and tell your instructor.",
        ),
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|invalid peer certificate|UnknownIssuer|self.signed certificate",
        "the secure connection to the package index was refused (certificate).",
        (
            "On a school or company network a filter may sit in between: ask for its certificate or change networks.",
            "Check that the date and time of this computer are right.",
        ),
    ),
    (
        r"407 Proxy|Proxy Authentication Required|ProxyError|Cannot connect to proxy",
        "the network's proxy refused the connection.",
        ("Set HTTPS_PROXY to the proxy your network tells you to use, with name and password if it asks.", AGAIN),
    ),
    (
        r"Temporary failure in name resolution|Name or service not known|getaddrinfo failed|nodename nor servname"
        r"|Failed to establish a new connection|NewConnectionError|Could not connect|error sending request"
        r"|dns error|Connection refused|Network is unreachable|Read timed out|ConnectTimeout|operation timed out"
        # pip counts a page it could not get as an index without versions.
        r"|\(from versions: none\)|Failed to fetch|client error \(Connect\)|Connection reset",
        "the package index cannot be reached.",
        (
            "Check that this computer is on line; behind a proxy set HTTPS_PROXY first.",
            AGAIN,
            "Only the first start needs the network: later starts work without it.",
        ),
    ),
    (
        r"Permission denied|Access is denied|WinError 5\b|WinError 32\b|os error 5\)|os error 32\)"
        r"|Read-only file system",
        "a file could not be written.",
        (
            "Close JupyterLab and other windows that use the course (and on Windows, wait for the virus scanner).",
            "Check that you may write in this folder, or copy the course to a folder of your own.",
            AGAIN,
        ),
    ),
    (
        r"No matching distribution found|has no wheels with a matching|no usable wheels|No solution found",
        "a package has no release for this Python or this system.",
        ("Install Python 3.12 or 3.13, 64-bit, from python.org and run the command with it.", AGAIN),
    ),
    (
        r"Microsoft Visual C\+\+|error: command '.*(gcc|cc|clang)'|Failed building wheel|Failed to build",
        "a package would have to be compiled for this Python, and that failed.",
        ("Install Python 3.12 or 3.13, 64-bit, from python.org and run the command with it.", AGAIN),
    ),
)


def known(output: str) -> bool:
    """Whether `explain` has something better to say than the last lines of `output`."""
    return any(re.search(pattern, output) for pattern, _, _ in _KNOWN)


def explain(output: str, what: str) -> SetupError:
    """Turn the output of a failed installer into a message. `what` says what was being done ("installing packages")."""
    for pattern, problem, advice in _KNOWN:
        if re.search(pattern, output):
            return SetupError(problem, *advice)
    return SetupError(
        "{} failed. The last lines it printed:".format(what),
        *_last_lines(output),
        "Run the same command again. If it fails again, send these lines to whoever gave you the course.",
    )


def _last_lines(output: str, count: int = 6) -> Iterable[str]:
    lines = [line.strip()[:160] for line in output.splitlines() if line.strip()]
    return lines[-count:] or ["(nothing)"]
