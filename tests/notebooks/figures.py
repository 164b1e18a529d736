"""Numbers in the text of a notebook, and numbers that its cells produced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

#: A number as people write it: 51,140; 8.5; 0.97; 2025.
NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w)|(?<![\w.])\d+(?:\.\d+)?(?!\w)")


def numbers(text: str) -> set[str]:
    """The numbers of a text, without separators; a range such as 2024-34 gives both of its ends."""
    return {one.replace(",", "") for one in NUMBER.findall(re.sub(r"(?<=\d)[-\u2013](?=\d)", " ", text))}


def readable(source: str) -> str:
    """What a learner reads of a Markdown cell: no targets of links, no time table, no numerals of a list, no code."""
    text = re.sub(r"(?ms)^```.*?^```", "", source)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = re.sub(r"\[(\d\d[ab]?) ", "[", text)  # the number of a lesson, in a link to it
    text = re.sub(r"(?m)^\| \*\*Time\*\*.*$", "", text)
    return re.sub(r"(?m)^\s*\d+\. ", "", text)


def produced(cells: Iterable[Mapping[str, Any]]) -> set[str]:
    """The numbers that stand in the outputs of the code cells, alternative texts of pictures included."""
    found: set[str] = set()
    for cell in cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            texts = [*data.get("text/plain", ()), " ", *output.get("text", ())]
            html = re.sub(r"base64,[A-Za-z0-9+/=]+", "", "".join(data.get("text/html", ())))
            alts = re.findall(r'\balt="([^"]*)"', html)
            texts += [" ", unescape(re.sub(r"<[^>]*>", " ", html)), " ", unescape(" ".join(alts))]
            # A sentence may stand in a computed <span>$</span>; tags leave a space, which parts nothing here.
            found |= numbers("".join(texts))
    return found


def typed(cells: Iterable[Mapping[str, Any]]) -> dict[int, set[str]]:
    """Place of a Markdown cell (from 1) -> its numbers that no cell of the notebook produced."""
    cells = list(cells)
    known = produced(cells)
    found = {}
    for place, cell in enumerate(cells, 1):
        if cell["cell_type"] == "markdown" and (strange := numbers(readable("".join(cell["source"]))) - known):
            found[place] = strange
    return found
