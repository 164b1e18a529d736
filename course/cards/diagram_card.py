"""``course.diagram("heart")``: a picture of a part of the body to study, with its parts in a list beside it.
``course.diagram()``: all of them, to leaf through.

Everything is in ``view``; nothing is graded and nothing is kept. Only the atlas listens: ``{"verb": "show", "name"}``
puts another picture into ``view``.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from course.cards import esm
from course.cards.widget import LOG, Card, fault_text
from course.language import books, diagrams, picture

STYLES = ("tokens.css", "card.css", "diagram.css", "media.css")
RUN = "To point at the parts and to hide their names, open this page in JupyterLab and press Run All."
SOURCE = "Simplified drawing of our own. Series and chapter: where most of its operations and diseases stand."


class DiagramCard(Card):
    """One diagram with its letters, its list of parts and what each of them is."""

    _esm = esm.bundle("diagram.js", *STYLES)

    def __init__(self, one: diagrams.Diagram) -> None:
        self.label = one.name
        self.static_form = static_form(one)
        super().__init__(view=view_of(one), state={})


class Atlas(Card):
    """All diagrams, one at a time, with a list to choose from; open with the first."""

    answered = False
    _esm = esm.bundle("diagram.js", *STYLES)

    def __init__(self) -> None:
        self.label = ""
        self.titles = [[name, diagrams.get(name).title] for name in diagrams.names()]
        self.titles.sort(key=lambda one: one[1].casefold())
        listed = "\n".join(f"<li>{escape(title)}</li>" for _, title in self.titles)
        self.static_form = (
            f'<div class="course-static course-static-diagram">\n<p><strong>The atlas</strong></p>\n'
            f"<ul>\n{listed}\n</ul>\n<p><em>{RUN}</em></p>\n</div>"
        )
        super().__init__(view=self._page(self.titles[0][0]), state={})
        self.on_msg(lambda _, content, __: self.handle(content))

    def _page(self, name: str) -> dict[str, Any]:
        return {**view_of(diagrams.get(name)), "name": name, "atlas": self.titles}

    def handle(self, content: Any) -> None:
        """One message of the browser. Never raises; what it does not understand it leaves."""
        name = content.get("name") if isinstance(content, Mapping) and content.get("verb") == "show" else None
        if isinstance(name, str) and name in diagrams.names():
            page, trouble = self.guarded("open this picture", lambda: self._page(name))
            self.view = page if page is not None else {**self.view, "trouble": trouble}


def view_of(one: diagrams.Diagram) -> dict[str, Any]:
    """What the card shows of a diagram, as JSON."""
    return {
        "title": one.title,
        "source": SOURCE if any(part.series or part.chapter for part in one.parts) else "",
        "figure": {
            "svg": picture.live(one, {part.id: part.id for part in one.parts}),
            "width": one.width,
            "height": one.height,
            "alt": one.alt,
            "view": one.view,
        },
        "parts": [
            {
                "id": part.id,
                "letter": part.letter,
                "name": part.name,
                "plain": part.plain,
                "where": part.where,
                "roots": list(part.roots),
                "series": _leads(books.series_words(part.series), "CPT series "),
                "chapter": _leads(books.chapter_words(part.chapter), "ICD-10-CM "),
                "label": list(part.label),
                "point": list(part.point),
            }
            for part in one.parts
        ],
    }


def diagram(name: object = "") -> Card:
    """A diagram by its name: ``diagram("heart")``; without a name all, to leaf through. Another name shows those there
    are. Never raises."""
    from course.cards.panels import NoticeCard

    wanted = str(name).strip().lower().replace("_", "-").replace(" ", "-")
    try:
        if not wanted:
            return Atlas()
        if wanted in diagrams.names():
            return DiagramCard(diagrams.get(wanted))
    except Exception as error:
        LOG.debug("diagram failed", exc_info=True)
        return NoticeCard("The course could not open this diagram", [fault_text("open it", error, answered=False)])
    near = diagrams.nearest(wanted)
    hint = f"Did you mean {near}? There are:" if near else "There are:"
    return NoticeCard(f"There is no diagram called \u201c{str(name)[:60]}\u201d", [hint], diagrams.names())


def _leads(words: str, before: str) -> str:
    """ "CPT series 30,000: …", "ICD-10-CM chapter 9 …"; "" where it leads nowhere."""
    return f"{before}{words[:1].lower()}{words[1:]}" if words else ""


def static_form(one: diagrams.Diagram) -> str:
    """The picture with its letters drawn in, and the lettered list of its parts."""
    shot = picture.image(one, [(part.letter, part) for part in one.parts])
    rows = []
    for part in one.parts:
        leads = "; ".join(filter(None, (books.series_words(part.series), books.chapter_words(part.chapter))))
        more = f" ({escape(leads)})" if leads else ""
        rows.append(f"<strong>{part.letter}.</strong> {escape(part.name)}: {escape(part.plain)}{more}")
    listed = "<br>\n".join(rows)
    return (
        f'<div class="course-static course-static-diagram">\n<p><em>Diagram</em></p>\n'
        f"<p><strong>{escape(one.title)}</strong></p>\n<p>{escape(one.view)}</p>\n{shot}\n"
        f"<p>{listed}</p>\n<p><em>{RUN}</em></p>\n</div>"
    )
