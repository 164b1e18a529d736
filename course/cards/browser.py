"""``course.browse("S52.52")``: the ICD-10-CM code book in a notebook.

Browser to Python: ``{"verb": "page"|"search"|"children"|"index"|"term", "edition", "seq", …}``. Python answers each
with one custom message ``{"seq", …}`` holding ``page``, ``results``, ``rows`` or ``index``, or ``trouble``, a sentence.
While an edition is being built for the first time it sends ``{"building": {"part", "message"}}``.

``view`` is what the browser needs to draw at once; ``state`` remembers where the learner is, so that a page that is
drawn again opens there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course import paths
from course.cards import browser_index, browser_model, browser_notes, browser_seventh, browser_static, esm
from course.cards.widget import LOG, Card, fault_text
from course.codesets import icd10cm
from course.codesets.icd10cm import CodeSet

STYLES = ("tokens.css", "card.css", "kinds.css", "deck.css", "browser.css", "media.css")

#: Verb -> what the course could not do, for the sentence after a fault.
VERBS = {
    "page": "open this page",
    "search": "search",
    "children": "open this heading",
    "index": "look into the index",
    "term": "open this term",
}


class CodeBrowser(Card):
    """The code book of one edition, open at a page or with a search typed in."""

    answered = False
    _esm = esm.bundle("browser.js", *STYLES)

    def __init__(self, what: object = "", edition: int | None = None) -> None:
        text = browser_seventh.clean(what)
        shown = edition if edition in icd10cm.editions() else icd10cm.edition_on(paths.today())
        codes = icd10cm.open_edition(shown)
        found = codes.get(text) if text else None
        page = browser_model.page(codes, found.code if found else "")
        query = "" if found or not text else text
        results = browser_model.results(codes, query) if query else None
        if results and results["verdict"] and not results["verdict"]["code"]:
            # A code that this edition does not have (retired, misspelled): its page says what is the matter.
            page, results = browser_model.page(codes, query), None
        self.label = found.code if found else text[:60]
        self.static_form = browser_static.static_form(page, query)
        super().__init__(
            view={
                "page": page,
                "results": results,
                "editions": [edition_row(one) for one in reversed(icd10cm.editions())],
                "kinds": browser_notes.kinds(),
                "index": self.guarded("look for indexes", browser_index.shelf)[0] or {"sources": []},
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
        codes = self.codes_of(content.get("edition"))
        if verb == "search":
            return {"results": browser_model.results(codes, content.get("q"))}
        if verb == "children":
            return {"rows": browser_model.rows(codes, browser_seventh.clean(content.get("code")))}
        if verb == "index":
            return {
                "index": browser_index.look(codes, content.get("q"), content.get("source")),
                "shelf": browser_index.shelf(),
            }
        if verb == "term":
            return {"index": browser_index.below(codes, content.get("n"))}
        page = browser_model.page(codes, content.get("code"))
        self.state = {"edition": codes.edition, "code": page["code"]}
        return {"page": page}

    def codes_of(self, edition: object) -> CodeSet:
        """The code set of `edition` (of today when it is none), with progress in the browser while it is built."""
        known = edition if isinstance(edition, int) and edition in icd10cm.editions() else None
        return icd10cm.open_edition(known, on_progress=self.building)

    def building(self, part: float, message: str) -> None:
        """While a code set is made ready for the first time: ``part`` from 0 to 1."""
        self.send({"building": {"part": part, "message": message}})


def edition_row(edition: int) -> dict[str, Any]:
    """An entry of the edition switch."""
    label = icd10cm.label_of(edition).removeprefix("ICD-10-CM ")
    return {"edition": edition, "label": label, "current": edition == icd10cm.edition_on(paths.today())}


def browse(code: object = "", edition: int | None = None) -> Card:
    """The code browser: ``browse()``, ``browse("S52.52")``, ``browse("torus fracture radius")``.

    CPT, HCPCS Level II and modifiers have a browser of their own: ``browse("29881")``, ``browse("J1885")``,
    ``browse("-25")``, ``browse("cpt")``. `edition`, of ICD-10-CM, is the one in force today unless given (``2026``).
    Never raises: what is wrong is told in a card.
    """
    from course.cards import procedure_browser
    from course.cards.panels import NoticeCard

    try:
        procedure = procedure_browser.meant(code)
        if procedure is not None:
            return procedure_browser.ProcedureBrowser(*procedure)
        return CodeBrowser(code, edition)
    except icd10cm.SourceMissing as missing:
        return NoticeCard("The code browser cannot find the codes", [str(missing)])
    except Exception as error:
        LOG.debug("browse failed", exc_info=True)
        return NoticeCard(
            "The course could not open the code browser", [fault_text("open the code browser", error, answered=False)]
        )
