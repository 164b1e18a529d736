"""The AMA's descriptors, from a data file that the learner or school holds a licence for.

They are kept in the learner's own folder and never enter the project.
"""

from __future__ import annotations

from pathlib import Path

from course.paths import user_dir


def kept_file() -> Path:
    """Where a loaded file is kept."""
    return user_dir() / "licensed" / "cpt.tsv"


def descriptors() -> dict[str, str]:
    """Number -> descriptor from the learner's file; empty without one, or when it cannot be read."""
    try:
        lines = kept_file().read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.partition("\t") for line in lines)
    return {code: words for code, _, words in pairs if words}
