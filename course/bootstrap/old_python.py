"""What a Python that is too old says before it stops. Parses under every Python 3."""

import os
import shutil
import sys
from typing import Any, Sequence

OLDEST = (3, 11)


def message(version: Sequence[int], which: Any = shutil.which, windows: bool = os.name == "nt") -> str:
    """The text for a Python of `version` (a tuple); names a newer one that is installed, if any."""
    lines = [
        "This course needs Python {}.{} or newer; this is Python {}.{}.".format(*(OLDEST + tuple(version[:2]))),
    ]
    newer = ["python3.{}".format(minor) for minor in (13, 12, 14, 11) if which("python3.{}".format(minor))]
    if newer:
        lines.append("  - A newer one is installed. Run: {} -m course".format(newer[0]))
    elif windows:
        lines.append("  - Install Python 3.13 from python.org or the Microsoft Store, then run: py -3.13 -m course")
    else:
        lines.append("  - Install Python 3.13 (python.org or your package manager), then run: python3.13 -m course")
    return "\n".join(lines)


def refuse() -> int:
    """Print the message; returns the exit code."""
    sys.stderr.write(message(sys.version_info[:2]) + "\n")
    return 1
