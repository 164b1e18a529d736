"""``course.say(f"Half earn less than **${median:,.0f}**.")``: a sentence whose figures a cell has just computed.

Only ``**bold**`` means anything; nothing else is markup, and dollars stay dollars.
"""

from __future__ import annotations

import re
from html import escape

from course.cards.dollars import isolated


def html_of(words: str) -> str:
    """The words as HTML: ``**bold**``, an empty line between paragraphs, dollars that stay dollars."""
    paragraphs = [" ".join(one.split()) for one in re.split(r"\n\s*\n", str(words).strip())]
    safe = (re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(one, quote=False)) for one in paragraphs)
    return "\n".join(f"<p>{isolated(one)}</p>" for one in safe)


class Said:
    """Words to read. Looks the same on GitHub, on paper and where nothing runs."""

    def __init__(self, words: object) -> None:
        self.words = " ".join(str(words).replace("**", "").split())
        self.html = html_of(str(words))

    def __repr__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        return f'<div class="course-said">\n{self.html}\n</div>'


def say(*words: object) -> Said:
    """One or more paragraphs, shown as text."""
    return Said("\n\n".join(str(one) for one in words))
