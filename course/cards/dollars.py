"""Dollars that stay dollars: JupyterLab takes what stands between two of them on a page for a formula.

The typesetter joins neighboring characters of one text node only, so a dollar in an element of its own begins no
formula. That goes for whatever is stored as HTML; the live cards are no concern of the typesetter.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"(<[^>]*>)")


def isolated(html: str) -> str:
    """The HTML with each dollar of its text in a ``<span>``; attributes (``alt="$51,140"``) stay as they are.

    Doing it twice changes nothing more.
    """
    if "$" not in html:
        return html
    pieces = _TAG.split(html)  # text and tags in turn
    for place in range(0, len(pieces), 2):
        if pieces[place] != "$":
            pieces[place] = pieces[place].replace("$", "<span>$</span>")
    return "".join(pieces)
