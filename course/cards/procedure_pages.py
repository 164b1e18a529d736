"""The procedure browser without a browser: addresses, and what stands on the page of each, as plain JSON.

An address is ``cpt``, ``hcpcs`` or ``modifiers`` (the start of a book); a range ``20100-29999``; a CPT number; a HCPCS
letter ``J``, a shelf ``J1xxx`` or a code; a group ``group side``; a modifier ``-25``. No function raises on text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from course.cards import procedure_cpt, procedure_hcpcs, procedure_modifiers
from course.cards.browser_seventh import clean
from course.codesets import cpt, hcpcs, modifiers

BOOKS = {"cpt": "CPT", "hcpcs": "HCPCS Level II", "modifiers": "Modifiers"}

_BOOK = re.compile(r"(cpt|hcpcs(?: level (?:ii|2))?|modifiers?|mod)\b[\s:]*(.*)", re.IGNORECASE)
_MODIFIER = re.compile(r"-?[0-9A-Z]{2}", re.ASCII)
_SHELF = re.compile(r"[A-V]\dXXX", re.ASCII)
_WITH_MODIFIERS = re.compile(r"([0-9A-Z]\d{3}[0-9A-Z])(?:-[0-9A-Z]{2})+", re.ASCII)


def asked(what: object) -> tuple[str, str] | None:
    """(address, search) that a call of ``course.browse`` means; None when it is about another code set.

    ``"29881"``, ``"29881-RT"``, ``"J1885"``, ``"-25"``, ``"modifier 25"``, ``"cpt"``, ``"hcpcs wheelchair"``.
    """
    text = clean(what)
    named = _BOOK.fullmatch(text)
    if named is None:
        found = address(text) if text.startswith("-") or code_like(text) else ""
        return (found, "") if found else None
    book = "modifiers" if named[1].lower().startswith("mod") else named[1].lower()[:5].rstrip()
    rest = named[2].strip()
    if not rest:
        return book, ""
    found = address(f"-{rest}" if book == "modifiers" and _MODIFIER.fullmatch(rest.upper()) else rest)
    return (found, "") if found else (book, rest)


def code_like(text: str) -> bool:
    """Whether a text has the shape of a CPT number or HCPCS code, with modifiers or without."""
    code = _bare(text)
    return cpt.is_shape(code) or hcpcs.is_shape(code)


def _bare(text: str) -> str:
    """ "29881-RT" -> "29881"."""
    upper = text.strip().upper()
    found = _WITH_MODIFIERS.fullmatch(upper)
    return found[1] if found else upper


def address(text: str) -> str:
    """The address that a text stands for, as it is written; "" when it is none."""
    if text.lower() in BOOKS:
        return text.lower()
    if text.lower().removeprefix("group ") in modifiers_groups() and text.lower().startswith("group "):
        return text.lower()
    code = _bare(text)
    if cpt.is_shape(code) or hcpcs.is_shape(code) or code in hcpcs.letters() or _SHELF.fullmatch(code):
        return code.replace("XXX", "xxx")
    if any(one.numbers == code for one in procedure_cpt.ranges()):
        return code
    if code.startswith("-") and _MODIFIER.fullmatch(code):
        return code
    return ""


def modifiers_groups() -> tuple[str, ...]:
    """Names of the groups of modifiers."""
    return tuple(dict.fromkeys(one.group for one in modifiers.all_modifiers()))


def page(text: object) -> dict[str, Any]:
    """The page of an address; the start of CPT for anything else."""
    where = address(clean(text)) or "cpt"
    draw: Callable[[str], dict[str, Any]]
    if where == "modifiers" or where.startswith(("group ", "-")):
        book, draw = "modifiers", procedure_modifiers.page
    elif where == "hcpcs" or where[0].isalpha() and where != "cpt":
        book, draw = "hcpcs", procedure_hcpcs.page
    else:
        book, draw = "cpt", procedure_cpt.page
    return {"book": book, "address": where, **FRAME, **draw(where)}


#: What every page has; the books fill in what they know.
FRAME: dict[str, Any] = {
    "code": "",  # as printed before the title
    "title": "",
    "path": [],  # [{"code": address, "name"}], from the start of the book
    "status": None,  # {"mark", "word"}
    "lead": "",  # a sentence below the title
    "official": None,  # {"head", "text"}: a text that the learner loaded
    "facts": [],  # [{"name", "value", "words", "links": [[face, address]]}]
    "fits": [],  # modifiers that commonly apply: [{"modifiers": [[face, address, words]], "why", "basis"}]
    "pairs": [],  # NCCI: [{"head", "rows"}]
    "next": None,  # {"head", "rows"}
    "notice": "",  # who holds the wording
    "copy": False,
}
