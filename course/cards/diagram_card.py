"""``course.diagram("heart")``: a picture of a part of the body to study, with its parts in a list beside it.

Everything is in ``view``; the browser asks Python for nothing, nothing is graded and nothing is kept.
"""

from __future__ import annotations

from html import escape

from course.cards import esm
from course.cards.widget import LOG, Card, fault_text
from course.language import books, diagrams, picture

STYLES = ("tokens.css", "card.css", "diagram.css", "media.css")
RUN = "To point at the parts and to hide their names, open this page in JupyterLab and press Run All."
SOURCE = "Simplified drawing of our own. Series and chapter: where most of its operations and diseases stand."


class DiagramCard(Card):
    """One diagram with its letters, its list of parts and what each of them is."""

    _esm = esm.bundle("diagram.js")
    _css = esm.styles(*STYLES)

    def __init__(self, one: diagrams.Diagram) -> None:
        self.label = one.name
        self.static_form = static_form(one)
        super().__init__(
            view={
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
            },
            state={},
        )


def diagram(name: object = "") -> Card:
    """A diagram by its name: ``diagram("heart")``. Another name shows those there are. Never raises."""
    from course.cards.panels import NoticeCard

    wanted = str(name).strip().lower().replace("_", "-").replace(" ", "-")
    try:
        if wanted in diagrams.names():
            return DiagramCard(diagrams.get(wanted))
    except Exception as error:
        LOG.debug("diagram failed", exc_info=True)
        told = fault_text("open it", error).replace("Nothing is lost: your answer is still here. ", "")
        return NoticeCard("The course could not open this diagram", [told.replace("another exercise", "the next one")])
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
