"""A finished picture: drawn once, shown as SVG that follows the theme of the page, or as an image where nothing
runs."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import dataclass, field
from html import escape
from typing import Any

from course.labor import style

#: A stored picture is at most this large (bytes); GitHub shows notebooks up to a few megabytes.
LARGEST = 40_000
_SETTINGS = {"svg.fonttype": "path", "svg.hashsalt": "course", "svg.id": None, "path.simplify": False}
_NAMES = {shade.light: name for name, shade in style.PALETTE.items()}
_HEX = re.compile("|".join(_NAMES))


@dataclass(frozen=True, eq=False)
class Drawing:
    """`figure` is a ``matplotlib.figure.Figure``. `alt` says in words what it shows; `source` names publisher and
    period; `reading` is a paragraph for below. `headers` and `rows` are the figures it shows, as text.

    `own` is False for a picture that was not drawn with the course's palette: it keeps its colors and a white paper.
    """

    figure: Any = field(repr=False)
    title: str
    alt: str
    source: str
    reading: str = ""
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    own: bool = True

    @property
    def width(self) -> int:
        """Pixels of the page."""
        return round(self.figure.get_figwidth() * 72)

    @property
    def height(self) -> int:
        """Pixels of the page."""
        return round(self.figure.get_figheight() * 72)

    def svg(self, prefix: str = "") -> str:
        """An ``<svg>`` element with its colors as ``var(--cp-…)`` and its ids begun with `prefix` (default: made from
        the picture), so that two pictures on a page do not share them. Deterministic."""
        import matplotlib

        out = io.StringIO()
        paper = "none" if self.own else "white"
        with matplotlib.rc_context({key: value for key, value in _SETTINGS.items() if key in matplotlib.rcParams}):
            self.figure.savefig(out, format="svg", facecolor=paper, edgecolor="none", metadata={"Date": None})
        return self._cleaned(out.getvalue(), prefix)

    def _cleaned(self, text: str, prefix: str) -> str:
        """Only the element, named for a screen reader, with ids and colors of its own."""
        text = text[text.index("<svg") :]
        text = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
        text = re.sub(r"\s*\n\s*", "\n", text)
        head, body = text.split(">", 1)
        found = re.search(r'viewBox="([^"]+)"', head)
        box = found[1] if found else f"0 0 {self.width} {self.height}"
        prefix = prefix or f"cp{hashlib.sha256(body.encode('utf-8')).hexdigest()[:10]}"
        body = re.sub(r'\b(id="|href="#)', rf"\g<1>{prefix}-", body).replace("url(#", f"url(#{prefix}-")
        if self.own:
            body = _HEX.sub(lambda match: f"var(--cp-{_NAMES[match[0]]}, {match[0]})", body)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="cp-svg" '
            f'viewBox="{box}" role="img" aria-label="{escape(self.alt)}" focusable="false">{body.strip()}'
        )

    def png(self, scale: float = 2) -> bytes:
        """The picture on white as a PNG of few colors, at most :data:`LARGEST` bytes where that can be reached."""
        from PIL import Image

        raw = io.BytesIO()
        self.figure.savefig(raw, format="png", dpi=72 * scale, facecolor="white", edgecolor="none")
        raw.seek(0)
        with Image.open(raw) as picture:
            flat = picture.convert("RGB")
        data = b""
        for colors in (64, 32, 16):
            out = io.BytesIO()
            flat.quantize(colors, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
            data = out.getvalue()
            if len(data) <= LARGEST:
                return data
        return data if scale <= 1 else self.png(scale - 0.5)

    def image(self) -> str:
        """An ``<img>`` with the picture in it and its text alternative."""
        data = base64.b64encode(self.png()).decode("ascii")
        return f'<img src="data:image/png;base64,{data}" alt="{escape(self.alt)}" width="{self.width}">'

    def html(self, reading: str = "") -> str:
        """The picture for a page where nothing runs: title, image, `reading` (HTML), source."""
        return (
            f"<figure>\n<p><strong>{escape(self.title)}</strong></p>\n{self.image()}\n"
            + (f"{reading}\n" if reading else "")
            + f"<p><em>{escape(self.source)}</em></p>\n</figure>"
        )

    def view(self) -> dict[str, Any]:
        """What ``cards/static/chart_figure.js`` shows, as JSON."""
        return {
            "title": self.title,
            "svg": self.svg("cp0"),
            "width": self.width,
            "source": self.source,
            "own": self.own,
            "headers": list(self.headers),
            "rows": [list(row) for row in self.rows],
        }
