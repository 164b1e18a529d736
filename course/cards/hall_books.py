"""The code books on the desk of an exam: the course's own browsers, no more of them than the real exam allows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from course.cards.browser import CodeBrowser
from course.cards.procedure_browser import ProcedureBrowser
from course.codesets import icd10cm

if TYPE_CHECKING:
    from course.cards.widget import Card
    from course.exams.blueprint import Blueprint

#: The books in the order of the desk: name of the code set -> (key, what its button says).
DIAGNOSES, SERVICES = "icd10cm", "services"


#: Domains that are about services.
_SERVICES = re.compile("series|Evaluation|Anesthesia|Radiology|Pathology|Medicine|HCPCS|Cases")


def allows(plan: Blueprint, name: str) -> bool:
    """Whether the exam's line on books names a code set."""
    return name in str(plan.figures.books.value)


def shelf(plan: Blueprint) -> list[dict[str, str]]:
    """[{book, name}]: what lies on the desk."""
    books = [{"book": DIAGNOSES, "name": "ICD-10-CM"}] if allows(plan, "ICD-10-CM") else []
    services = [name for name in ("CPT", "HCPCS") if allows(plan, name)]
    if services:
        books.append({"book": SERVICES, "name": ", ".join([*services, "modifiers"])})
    return books


def beside(plan: Blueprint, domain: str, label: str) -> str:
    """The book that opens beside a question: that of the codes it shows (``label``: its books in words), else that of
    its domain; "" where the exam allows none."""
    lie = [one["book"] for one in shelf(plan)]
    cpt, icd = "CPT" in label, "ICD-10-CM" in label
    wanted = SERVICES if (cpt if cpt != icd else _SERVICES.search(domain)) else DIAGNOSES
    return wanted if wanted in lie else (lie[0] if lie else "")


def words(plan: Blueprint) -> str:
    """What the pane says above the books."""
    told = (
        "The real exam uses printed books, so practice with your own if you have them. Here lie the course's books: "
        "ICD-10-CM as published, CPT numbers with the course's own short words."
    )
    if allows(plan, "ICD-10-PCS"):
        told += " The real exam also uses ICD-10-PCS; the course has no such book yet."
    return told


def aids(plan: Blueprint) -> str:
    """What the calculator's pane says about the real exam."""
    figure = plan.figures.aids
    sure = "" if figure.confirmed else " (not confirmed)"
    return f"Aids in the real exam{sure}: {figure.value}."


class ServiceBook(ProcedureBrowser):
    """The procedure browser without the books that the exam does not allow."""

    def __init__(self, books: tuple[str, ...]) -> None:
        self.books = books
        super().__init__(books[0])
        self.view = {**self.view, "books": [one for one in self.view["books"] if one["book"] in books]}

    def act(self, verb: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to one message; a search leaves out what is not on the desk."""
        answer = super().act(verb, content)
        if verb == "search" and "hcpcs" not in self.books:
            found = answer["results"]
            answer["results"] = {**found, "hits": [hit for hit in found["hits"] if hit["word"] != "HCPCS"]}
        return answer


def opened(plan: Blueprint, book: object, year: int) -> Card | None:
    """A book of the shelf, as a card of its own; None for one that does not lie there. ``year``: that of the exam's
    books."""
    if book not in [one["book"] for one in shelf(plan)]:
        return None
    if book == DIAGNOSES:
        return CodeBrowser(edition=year if year in icd10cm.editions() else None)
    named = {"CPT": "cpt", "HCPCS": "hcpcs"}
    books = tuple(book for name, book in named.items() if allows(plan, name))
    return ServiceBook((*books, "modifiers"))
