"""Pieces of a career sheet: numbers as they are printed, tables, sections. No figure stands in this file."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence

from course.labor.measures import Share
from course.labor.report_places import Place

#: Stands where a figure would be.
NONE = "not published"
#: Names that take an article in a sentence.
_WITH_THE = ("United States", "District of Columbia", "Virgin Islands")


def esc(text: object) -> str:
    """Text for HTML."""
    return html.escape(str(text), quote=True)


def bold(text: object) -> str:
    return f"<strong>{esc(text)}</strong>"


def usd(amount: float) -> str:
    """48010.0 -> "$48,010"."""
    return f"${amount:,.0f}" if known(amount) else NONE


def number(amount: float, decimals: int = 0) -> str:
    """6970.0 -> "6,970"; an en dash is never a minus here."""
    return f"{amount:,.{decimals}f}".replace("-", "−") if known(amount) else NONE


def signed(amount: float, decimals: int = 1) -> str:
    """8.5 -> "+8.5"."""
    return f"{amount:+,.{decimals}f}".replace("-", "−") if known(amount) else NONE


def known(amount: float) -> bool:
    """Whether there is a figure."""
    return not math.isnan(amount)


def years(period: str) -> str:
    """ "2022-32" -> "2022–32"."""
    return period.replace("-", "–")


def the(place: Place) -> str:
    """ "Ohio", "the District of Columbia"."""
    return f"the {place.name}" if place.name in _WITH_THE else place.name


def difference(percent: float, less: str, more: str, same: str) -> str:
    """ "8.4 percent below" from a signed difference in percent; `same` when it rounds to nothing."""
    if abs(percent) < 0.05:
        return same
    return f"{abs(percent):.1f} percent {less if percent < 0 else more}"


def share(one: Share) -> str:
    """ "54 (50 to 75)": the estimate, and in brackets what follows from the percentiles; "– (0 to 10)" where
    nothing lies beyond to draw a line to."""
    return f"{number(one.percent) if known(one.percent) else '–'} ({one.at_least:.0f} to {one.at_most:.0f})"


def section(slug: str, heading: str, *blocks: str) -> str:
    """A part of the page under its question; empty blocks are left out."""
    inner = "\n".join(block for block in blocks if block)
    return (
        f'<section class="{slug}" aria-labelledby="{slug}">\n<h2 id="{slug}">{esc(heading)}</h2>\n{inner}\n</section>'
    )


def paragraph(*sentences: str) -> str:
    """Sentences that are HTML already."""
    text = " ".join(sentence for sentence in sentences if sentence)
    return f"<p>{text}</p>" if text else ""


def bullets(items: Iterable[str]) -> str:
    """A list of sentences that are HTML already."""
    return "<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items if item) + "\n</ul>"


def grid(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], marked: str = "") -> str:
    """A table: the first cell of a row is its heading, the others are figures or text. `marked`: heading of one row."""
    head = "".join(f'<th scope="col">{esc(one)}</th>' for one in heads)
    body = "\n".join(_line(row, row[0] == marked) for row in rows)
    top = f"<caption>{esc(caption)}</caption>\n<thead><tr>{head}</tr></thead>"
    return f"<table>\n{top}\n<tbody>\n{body}\n</tbody>\n</table>"


def _line(row: Sequence[str], mark: bool) -> str:
    cells = "".join(f"<td>{esc(cell)}</td>" for cell in row[1:])
    return f'<tr{" class=mark" if mark else ""}><th scope="row">{esc(row[0])}</th>{cells}</tr>'
