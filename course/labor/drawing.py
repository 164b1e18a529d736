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
#: Two colors of a stored picture are at least this far apart (of 255).
NEAR = 24
_SETTINGS: dict[Any, Any] = {"svg.fonttype": "path", "svg.hashsalt": "course", "path.simplify": False}
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
        """Pixels of the page: one for each point of the course's own drawings, 100 to an inch for others."""
        return round(self.figure.get_figwidth() * (72 if self.own else 100))

    def svg(self, prefix: str = "") -> str:
        """An ``<svg>`` element with its colors as ``var(--cp-…)`` and its ids begun with `prefix` (default: made from
        the picture), so that two pictures on a page do not share them. Deterministic."""
        import matplotlib

        out = io.StringIO()
        paper = "none" if self.own else "white"
        with matplotlib.rc_context(_SETTINGS):
            self.figure.savefig(out, format="svg", facecolor=paper, edgecolor="none", metadata={"Date": None})
        return self._cleaned(out.getvalue(), prefix)

    def _cleaned(self, text: str, prefix: str) -> str:
        """Only the element, named for a screen reader, with ids and colors of its own."""
        text = text[text.index("<svg") :]
        text = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
        text = re.sub(r"\s*\n\s*", "\n", text)
        head, body = text.split(">", 1)
        found = re.search(r'viewBox="([^"]+)"', head)
        box = found[1] if found else f"0 0 {self.width} {self.width}"
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
        flat = self._pixels(scale)
        data = b""
        for colors in (32, 16, 12):
            out = io.BytesIO()
            flat.quantize(palette=_palette(flat, colors), dither=0).save(out, "PNG", optimize=colors == 12)
            data = out.getvalue()
            if len(data) <= LARGEST:
                return data
        return data if scale <= 1 else self.png(scale - 0.5)

    def _pixels(self, scale: float) -> Any:
        """The picture on white as an RGB image, `scale` times its size on the page."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from PIL import Image

        figure = self.figure
        before, paper = figure.dpi, figure.patch.get_facecolor()
        try:
            figure.set_dpi(self.width / figure.get_figwidth() * scale)
            figure.patch.set_facecolor("white")
            canvas = FigureCanvasAgg(figure)
            canvas.draw()
            size = canvas.get_width_height()
            return Image.frombuffer("RGBA", size, canvas.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB")
        finally:
            figure.set_dpi(before)
            figure.patch.set_facecolor(paper)

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


def _palette(picture: Any, most: int) -> Any:
    """The colors that stand most often in a picture, none close to another. So flat colors stay exactly what they are,
    which an averaging palette would change."""
    from PIL import Image

    small = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.NEAREST)
    chosen: list[tuple[int, int, int]] = []
    for _, one in sorted(small.getcolors(1 << 24), reverse=True):
        if all(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) > NEAR**2 for other in chosen):
            chosen.append(one)
            if len(chosen) == most:
                break
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for one in chosen for part in one])
    return palette
