"""``course.chart("ladder", frame, label="occupation", title="…", source="…")``: a plot of a table, in words too.
``course.chart(figure, alt="…", source="…", title="…")``: a matplotlib figure of one's own, in the same frame.

Everything is in ``view``; nothing is answered and nothing is kept. Another chart in the same card:
``card.show(drawing)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course.cards import esm
from course.cards.say import html_of
from course.cards.widget import LOG, Card, fault_text
from course.labor.drawing import Drawing

if TYPE_CHECKING:
    from course.cards.panels import NoticeCard

STYLES = ("tokens.css", "card.css", "chart.css", "media.css")
FAILED = "This chart could not be drawn"


class ChartCard(Card):
    """One picture with its title, reading, source and figures."""

    answered = False
    _esm = esm.bundle("chart.js", *STYLES)

    def __init__(self, drawing: Drawing) -> None:
        self.label = drawing.title
        self.static_form = static_form(drawing)
        super().__init__(view=view_of(drawing), state={})

    def show(self, drawing: Drawing) -> None:
        """Another picture in place of this one."""
        self.view = view_of(drawing)


def view_of(drawing: Drawing) -> dict[str, Any]:
    """What ``chart_figure.js`` shows, as JSON."""
    return {**drawing.view(), "reading_html": html_of(drawing.reading) if drawing.reading else ""}


def static_form(drawing: Drawing) -> str:
    """The chart where nothing runs."""
    reading = html_of(drawing.reading) if drawing.reading else ""
    return f'<div class="course-static course-static-chart">\n{drawing.html(reading)}\n</div>'


def chart(kind: Any, frame: Any = None, *, title: str = "", source: str = "", **options: Any) -> Card:
    """A plot of a table by its kind, or a matplotlib figure of one's own. What cannot be drawn is a plain sentence.
    Never raises."""
    from course.cards.panels import NoticeCard

    try:
        if hasattr(kind, "savefig"):
            return own(kind, frame, title=title, source=source, **options)
        from course.labor.plots import draw

        return ChartCard(draw(kind, frame, title=title, source=source, **options))
    except ValueError as error:
        return NoticeCard(FAILED, [_sentence(str(error))])
    except Exception as error:
        LOG.debug("chart failed", exc_info=True)
        return NoticeCard(FAILED, [fault_text("draw it", error, answered=False)])


def own(
    figure: Any, frame: Any = None, *, title: str, source: str, alt: str = "", reading: str = ""
) -> ChartCard | NoticeCard:
    """A figure of the learner's: it needs words for those who do not see it, and a source."""
    from course.cards.panels import NoticeCard

    wanted = {
        "alt": (alt, "what it shows, for someone who cannot see it: the kind of chart, its range, highest and lowest"),
        "source": (source, "who published the figures, and for which period"),
        "title": (title, "the question it answers"),
    }
    missing = [f"{name}= says {what}." for name, (words, what) in wanted.items() if not str(words).strip()]
    if missing:
        return NoticeCard(
            "Your chart is drawn; it still needs words",
            [*missing, 'Write them like this: course.chart(figure, title="…", alt="…", source="…").'],
        )
    return ChartCard(Drawing(figure, str(title), str(alt), str(source), str(reading), own=False))


def _sentence(words: str) -> str:
    """With a capital and a full stop."""
    whole = f"{words[:1].upper()}{words[1:]}"
    return whole if whole.endswith((".", "?", "!", "\u2026")) else f"{whole}."
