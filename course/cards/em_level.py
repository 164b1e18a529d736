"""``course.calculator("em-level")``: the E/M leveler without a question. Boxes to tick, and the table that fills.

The browser computes everything from the rules in ``view``; nothing goes to Python but ``state``, the last ticks, so
that a page that is drawn again shows them. Nothing goes into the store.
"""

from __future__ import annotations

from html import escape

from course.cards import esm
from course.cards.widget import Card
from course.codesets.cpt import em
from course.questions.kinds.em_model import rules_view

STYLES = ("tokens.css", "card.css", "kinds.css", "em_leveling.css", "media.css")
TITLE = "E/M by decision making"
INTRO = "Tick what a note holds: two of the three parts must reach a level, and the level leads to the code."
SOURCE = "CPT 2026, E/M guidelines, selecting a level of service."
RUN = "To work with a note of your own, open this page in JupyterLab and press Run All."
DATA_RULE = (
    "Data are counted: two notes or tests, or a history from another person, are low. Moderate is one of three: three "
    "of these, an own reading, a discussion. High is two of the three."
)
#: What the tool opens with.
EXAMPLE = {
    "category": "office-established",
    "elements": {"stable-chronic": 2, "unique-test-ordered": 1, "prescription-drug": 1},
}


class EmLevel(Card):
    """The leveler, open with its example."""

    _esm = esm.bundle("em_level.js", *STYLES)

    def __init__(self) -> None:
        self.label = "em-level"
        self.static_form = static_form()
        rules = {category: rules_view(category) for category in em.leveled()}
        shared = rules[em.leveled()[0]]
        super().__init__(
            view={
                "title": TITLE,
                "intro": INTRO,
                "source": SOURCE,
                "example": EXAMPLE,
                "shared": {name: shared[name] for name in ("parts", "levels", "most")},
                "categories": [
                    {"id": category, "label": one["category_label"], "codes": one["codes"], "timed": one["timed"]}
                    for category, one in rules.items()
                ],
            },
            state={},
        )


def card() -> EmLevel:
    """The card, for ``course.calculator``."""
    return EmLevel()


def static_form() -> str:
    """What counts and what level it gives, as plain HTML."""
    blocks = []
    for part in rules_view(em.leveled()[0])["parts"]:
        lines = "\n".join(
            f"<li>{escape(_told(one.id))}</li>" for one in em.elements().values() if one.part == part["id"]
        )
        blocks.append(f"<p><strong>{part['title']}</strong></p>\n<ul>\n{lines}\n</ul>")
    return (
        '<div class="course-static course-static-em-level">\n<p><em>Calculator</em></p>\n'
        f"<p><strong>{TITLE}</strong></p>\n<p>{INTRO}</p>\n" + "\n".join(blocks) + f"\n<p>{DATA_RULE}</p>\n"
        f"<p><em>Rule: {SOURCE} {RUN}</em></p>\n</div>"
    )


def _told(name: str) -> str:
    one = em.elements()[name]
    if one.part == "data":
        return one.words
    two = f", two of them {one.level_of_two.word}" if one.level_of_two != one.level else ""
    return f"{one.words} ({one.level.word}{two})"
