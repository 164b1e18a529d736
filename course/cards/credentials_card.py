"""``course.credentials("CPC", "CCS")``: what the exams are, fact by fact, in short words; folded below stand further
facts, and each value with its source and date.

The same tables stand in the live card and in the static form; where sources disagree all their values stand there.
``course.credentials(…).rows`` are the facts as rows for pandas. Nothing is kept, and nothing is asked of Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from course.cards import esm
from course.cards.widget import LOG, Card, fault_text
from course.exams import fact_names, facts

STYLES = ("tokens.css", "card.css", "certification.css", "media.css")
TITLE = "The exams side by side"
INTRO = (
    "Read from public pages of AAPC, AHIMA and others. Fees and rules change: look at the page of AAPC or AHIMA before "
    "you pay. Neither of them endorses this course."
)
DISAGREE = "Sources disagree"
#: A price that was read and is not relied on.
ALSO = "also read"
MORE = "More: kinds of question, books, where you sit, who passed"
SOURCES = "Sources and dates of each figure"
#: Facts whose values are prices: told together, "$399 or $425 for one sitting".
_PRICES = ("fee", "membership_fee", "renewal_fee")


class CredentialsCard(Card):
    """A table to read."""

    answered = False
    _esm = esm.bundle("credentials.js", *STYLES)

    def __init__(self, *exams: str) -> None:
        self.exams = exams or facts.MAIN
        self.label = ", ".join(self.exams)
        #: The facts as rows: exam, fact, value, as of, source, trust, sources agree, note.
        self.rows = facts.table(*self.exams)
        parts = {
            "main": table(self.exams, fact_names.ESSENTIAL),
            "more": table(self.exams, fact_names.FURTHER),
            "sources": sources(self.exams),
        }
        folded = "\n".join(
            f"<details>\n<summary>{escape(title)}</summary>\n{parts[key]}\n</details>"
            for key, title in (("more", MORE), ("sources", SOURCES))
        )
        self.static_form = (
            f'<div class="course-static course-static-credentials">\n'
            f"<p><strong>{TITLE}: {escape(self.label)}</strong></p>\n<p>{escape(INTRO)}</p>\n{parts['main']}\n"
            f"{folded}\n</div>"
        )
        view = {"title": f"{TITLE}: {self.label}", "intro": INTRO, **parts, "titles": [MORE, SOURCES]}
        super().__init__(view=view)


def table(exams: Sequence[str], shown: Iterable[str]) -> str:
    """A comparison as an HTML table, a column for each exam, in short words; who says so stands in :func:`sources`."""
    head = "".join(f'<th scope="col">{escape(exam)}</th>' for exam in exams)
    body = "\n".join(
        f'<tr><th scope="row">{escape(label)}</th>{"".join(_cell(one) for one in cells)}</tr>'
        for label, cells in facts.compare(*exams, shown=shown)
    )
    return f"<table>\n<thead><tr><td></td>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _cell(found: list[facts.Fact]) -> str:
    """What holds; where sources disagree, each value; a price that is not relied on stands with the sources."""
    rows = [one for one in found if one.status in ("now", "conflict")]
    if not rows:
        return "<td>not found</td>"
    disputed = any(one.status == "conflict" for one in rows)
    if rows[0].fact in _PRICES:
        words, between = _prices(rows), "<br>"
    else:
        words, between = list(dict.fromkeys(one.value for one in rows)), "; or:<br>"
    mark = f"<br><em>{DISAGREE}</em>" if disputed else ""
    return f"<td>{between.join(escape(_upper(one)) for one in words)}{mark}</td>"


def _prices(rows: list[facts.Fact]) -> list[str]:
    """ "$399 or $425 for one sitting": the prices of each way of buying."""
    ways: dict[str, list[str]] = {}
    for one in rows:
        price, _, way = one.value.partition(" ")
        ways.setdefault(way, []).append(price)
    return [" ".join([" or ".join(sorted(set(prices))), way]).strip() for way, prices in ways.items()]


def sources(exams: Sequence[str]) -> str:
    """Each value of the tables with who says it and when, and what else one should know."""
    parts = []
    for label, cells in facts.compare(*exams):
        items = []
        for exam, found in zip(exams, cells, strict=True):
            alike: dict[str, list[facts.Fact]] = {}
            for one in found:
                alike.setdefault(one.value, []).append(one)
            if alike:
                items.append(f"<li>{escape(exam)}: {'; '.join(_told(*one) for one in alike.items())}.</li>")
        parts.append(f"<p><strong>{escape(label)}</strong></p>\n<ul>\n{chr(10).join(items)}\n</ul>")
    return "\n".join(parts)


def _told(value: str, rows: list[facts.Fact]) -> str:
    """A value and all who tell it: "100 questions (AAPC, CPC exam questions, January 1, 2022)"."""
    told = list(dict.fromkeys(one.told for one in rows))
    notes = list(dict.fromkeys(one.note for one in rows if one.note))
    also = [ALSO] if all(one.status == "other" for one in rows) else []
    return f"{escape(value)} <small>({escape('; '.join([*also, *told, *notes]))})</small>"


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


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
