"""``course.browse("29881")``, ``("J1885")``, ``("-25")``: CPT, HCPCS Level II and modifiers in a notebook.

Browser to Python: ``{"verb": "page"|"search", "seq", …}``; Python answers each with one custom message ``{"seq", …}``
holding ``page`` or ``results``, or ``trouble``, a sentence. ``state`` remembers where the learner is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course.cards import esm, procedure_pages, procedure_search, procedure_static
from course.cards.widget import Card
from course.codesets import hcpcs, icd10cm

STYLES = ("tokens.css", "card.css", "kinds.css", "deck.css", "browser.css", "procedures.css", "media.css")
VERBS = {"page": "open this page", "search": "search"}


def meant(what: object) -> tuple[str, str] | None:
    """(address, search) when `what` is about CPT, HCPCS Level II or modifiers, else None.

    An ICD-10-CM code may be written without its dot: E1140 is looked up in HCPCS first, and S5252, which HCPCS does not
    have, is S52.52.
    """
    found = procedure_pages.asked(what)
    if found is None or not hcpcs.is_shape(found[0]) or hcpcs.get(found[0]) is not None:
        return found
    return None if twin(found[0]) else found


def twin(code: str) -> str:
    """The ICD-10-CM code of the same letters and digits (E1140: E11.40), or "". Never raises."""
    if not hcpcs.is_shape(code):
        return ""
    try:
        known = icd10cm.open_edition().get(code)
    except Exception:  # the ICD-10-CM files are not at hand: then nothing is said about them
        return ""
    return known.code if known is not None else ""


class ProcedureBrowser(Card):
    """The three books, open at an address or with a search typed in."""

    answered = False
    _esm = esm.bundle("procedures.js", *STYLES)

    def __init__(self, address: str, query: str = "") -> None:
        page = page_of(address)
        self.label = f"{address} {query}".strip()[:60]
        self.static_form = procedure_static.static_form(procedure_pages.page(address), query)
        super().__init__(
            view={
                "page": page,
                "results": procedure_search.results(query, page["book"]) if query else None,
                "books": [{"book": book, "name": name} for book, name in procedure_pages.BOOKS.items()],
            },
            state={},
        )
        self.on_msg(lambda _, content, __: self.handle(content))

    def handle(self, content: Any) -> None:
        """One message of the browser. Never raises; what it does not understand it leaves."""

        if not isinstance(content, Mapping) or str(content.get("verb")) not in VERBS:
            return
        verb = str(content["verb"])
        answer, trouble = self.guarded(VERBS[verb], lambda: self.act(verb, content))
        self.send({"seq": content.get("seq"), **(answer or {}), "trouble": trouble})

    def act(self, verb: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to one message."""
        if verb == "search":
            return {"results": procedure_search.results(content.get("q"), str(content.get("book")))}
        page = page_of(content.get("code"))
        self.state = {"address": page["address"]}
        return {"page": page}


def page_of(address: object) -> dict[str, Any]:
    """A page, with a word on an ICD-10-CM code that is written alike."""
    page = procedure_pages.page(address)
    also = twin(page["address"])
    if also:
        told = f'Without its dot the ICD-10-CM code {also} looks the same: course.browse("{also}") opens that one.'
        page["lead"] = f"{page['lead']} {told}".strip()
    return page
