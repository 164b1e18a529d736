"""Write the pictures that tests/labor/test_plots.py compares with: ``python -m tests.labor.baselines [NAME …]``.

Without names, all of them. Look at every picture before it is committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from course.labor import gallery
from course.labor.drawing import Drawing
from tests.labor.samples import SAMPLES

FOLDER = Path(__file__).resolve().parent / "baseline"
#: Plots of the gallery that stand for it; the others are of the same kinds.
FROM_GALLERY = (
    *("ladder-2025", "median-by-state-2023", "jobs-per-1000-2023", "series-break", "real-and-nominal-2021-2025"),
    *("projections-and-outcome", "state-prices-2023"),
)
NAMES = (*SAMPLES, *FROM_GALLERY)


def drawing(name: str) -> Drawing:
    """The plot of this name."""
    return SAMPLES[name]() if name in SAMPLES else gallery.get(name)


def path(name: str) -> Path:
    """Where its picture is."""
    return FOLDER / f"{name.replace(' ', '-')}.png"


def main(names: list[str]) -> int:
    """Write them. 2 when there is no such plot."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"There is no plot {unknown[0]!r}; there are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    for name in names or NAMES:
        path(name).write_bytes(drawing(name).png(1))
        print(f"{path(name).name} written; look at it.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
