"""How a note looks in Anki: the fields, the two sides, the style, and what stands under every card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from course.questions import text

if TYPE_CHECKING:
    from course.questions.base import ItemBase

LICENSE = (
    "From the medical coding course and its contributors, content under CC BY 4.0. CPT numbers belong to the American "
    "Medical Association; no CPT descriptors are in here. Check codes against the edition in force: these cards teach, "
    "and are no advice. None of the bodies named endorses them."
)

#: Anki puts ``nightMode`` (computer) or ``night_mode`` (telephone) on the card when it is dark.
CSS = """\
.card { font: 1.15rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; text-align: left;
  color: #1b1f24; background: #ffffff; max-width: 42rem; margin: 0 auto; padding: 1rem; }
.asks, .source, .license { color: #57606a; font-size: .85rem; }
.front { font-size: 1.4rem; margin: .25rem 0; }
.note { white-space: pre-wrap; font-family: ui-monospace, Consolas, monospace; font-size: .95rem;
  border-left: 4px solid #57606a; padding-left: .75rem; }
.options { list-style: upper-alpha; padding-left: 2rem; }
.license { border-top: 1px solid #d0d7de; margin-top: 1.5rem; padding-top: .5rem; }
code { font-family: ui-monospace, Consolas, monospace; }
.card.nightMode, .card.night_mode { color: #e6edf3; background: #1c2128; }
.nightMode .asks, .nightMode .source, .nightMode .license,
.night_mode .asks, .night_mode .source, .night_mode .license { color: #a9b4c0; }
.nightMode .license, .night_mode .license { border-color: #444c56; }
"""

_FOOT = (
    '{{#Source}}<p class="source">Source: {{Source}}</p>{{/Source}}'
    '<p class="license">The medical coding course, CC BY 4.0. No advice; no endorsement. {{Id}}</p>'
)


class Faces(NamedTuple):
    """A model: the first field is shown in Anki's lists unless ``sorted_by`` names another."""

    name: str
    fields: tuple[str, ...]
    sorted_by: str
    front: str
    back: str


CARD_FACES = Faces(
    "Flash card",
    ("Asks", "Front", "Back", "More", "Source", "Part", "Id"),
    "Front",
    '<p class="asks">{{Asks}}</p><p class="front">{{Front}}</p>',
    '{{FrontSide}}<hr id="answer"><p class="front">{{Back}}</p>{{#More}}<p>{{More}}</p>{{/More}}' + _FOOT,
)

QUESTION_FACES = Faces(
    "Question",
    ("Title", "Question", "Options", "Answer", "Why", "Source", "Id"),
    "Title",
    '<p class="asks">{{Title}}</p>{{Question}}{{Options}}',
    '{{FrontSide}}<hr id="answer">{{Answer}}{{Why}}' + _FOOT,
)


def questions_fields(item: ItemBase) -> tuple[str, str, str, str, str, str]:
    """Title, question, options, answer, why, source of a single-choice question, as HTML."""
    from course.questions.kinds import single_choice

    choice: Any = item
    note = f'<div class="note">{text.pre(item.note)}</div>' if item.note else ""
    options = "".join(f"<li>{text.inline(one.text)}</li>" for one in choice.options)
    sources = "; ".join(f"{source.ref} (looked at {source.checked})" for source in item.sources)
    return (
        text.escape(item.title),
        text.block(item.stem) + note,
        f'<ol class="options">{options}</ol>',
        str(single_choice.solution(choice)["html"]),
        text.block(item.rationale),
        text.escape(sources),
    )
