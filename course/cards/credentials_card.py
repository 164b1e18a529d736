"""``course.credentials("CPC", "CCS")``: what the exams are, fact by fact, each value with its source and date.

The same table stands in the live card and in the static form; where sources disagree all their values stand there.
``course.credentials(…).rows`` are the facts as rows for pandas. Nothing is kept, and nothing is asked of Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from course.cards import esm
from course.cards.widget import LOG, Card, fault_text
from course.exams import facts

STYLES = ("tokens.css", "card.css", "certification.css", "media.css")
TITLE = "The exams side by side"
INTRO = (
    "Read from public pages of AAPC, AHIMA and others. Fees and rules change: look at the page of AAPC or AHIMA before "
    "you pay. Neither of them endorses this course."
)
DISAGREE = "Sources disagree"
#: A price that one source alone tells.
ALSO = "Also read"


class CredentialsCard(Card):
    """A table to read."""

    answered = False
    _esm = esm.bundle("credentials.js", *STYLES)

    def __init__(self, *exams: str) -> None:
        self.exams = exams or facts.MAIN
        self.label = ", ".join(self.exams)
        #: The facts as rows: exam, fact, value, as of, source, trust, sources agree, note.
        self.rows = facts.table(*self.exams)
        html = table(*self.exams)
        self.static_form = (
            f'<div class="course-static course-static-credentials">\n'
            f"<p><strong>{TITLE}: {escape(self.label)}</strong></p>\n<p>{escape(INTRO)}</p>\n{html}\n</div>"
        )
        super().__init__(view={"title": f"{TITLE}: {self.label}", "intro": INTRO, "html": html})


def table(*exams: str) -> str:
    """The comparison as an HTML table, a column for each exam."""
    head = "".join(f'<th scope="col">{escape(exam)}</th>' for exam in exams)
    body = "\n".join(
        f'<tr><th scope="row">{escape(label)}</th>{"".join(_cell(one) for one in cells)}</tr>'
        for label, cells in facts.compare(*exams)
    )
    return f"<table>\n<thead><tr><td></td>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _cell(found: list[facts.Fact]) -> str:
    """Each value once, with all who tell it; first what holds, then what one source alone says."""
    if not found:
        return "<td>not found</td>"
    said = []
    disputed = [one for one in found if one.status == "conflict"]
    for words, group in (
        ("", [one for one in found if one.status == "now"]),
        (DISAGREE, disputed),
        (ALSO, [one for one in found if one.status == "other"]),
    ):
        if words and group:
            said.append(f"<p><em>{words}:</em></p>")
        said += [_told(value, [one for one in group if one.value == value]) for value in _once(group)]
    return f"<td>{''.join(said)}</td>"


def _once(group: Iterable[facts.Fact]) -> list[str]:
    return list(dict.fromkeys(one.value for one in group))


def _told(value: str, group: list[facts.Fact]) -> str:
    notes = "; ".join(dict.fromkeys(one.note for one in group if one.note))
    sources = "; ".join(dict.fromkeys(one.told for one in group))
    note = f" {escape(notes[0].upper() + notes[1:])}." if notes else ""
    return f"<p><strong>{escape(value[0].upper() + value[1:])}</strong><br><small>{escape(sources)}.{note}</small></p>"


def credentials(*exams: object) -> Any:
    """A table of credentials by their letters: ``credentials()`` for the four main ones, ``credentials("CRC")``.
    Letters it does not know are told. Never raises."""
    from course.cards.panels import NoticeCard

    known = {_plain(one): one for one in facts.EXAMS}
    wanted = [_plain(str(one)) for one in exams]
    unknown = [str(one)[:40] for one in exams if _plain(str(one)) not in known]
    if unknown:
        title = f"There is no credential called \u201c{unknown[0]}\u201d in this course"
        return NoticeCard(title, ["There are:"], facts.EXAMS)
    try:
        return CredentialsCard(*dict.fromkeys(known[one] for one in wanted))
    except Exception as error:
        LOG.debug("credentials failed", exc_info=True)
        return NoticeCard("The course could not show this table", [fault_text("show it", error, answered=False)])


def _plain(text: str) -> str:
    return "".join(character for character in text.upper() if character.isalnum())
