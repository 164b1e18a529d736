"""Which notes continue a line that ends with a colon.

The file lists "meningitis (in):", "gonococcal (A54.81)", … one below the other and does not say where such a list ends.
For instructions (code first, use additional code, code also) it ends with the element. Excludes notes are sorted at
both levels, which settles most: an item that sorts before its heading belongs to it, and so does all above the place
where the sorting starts again. What remains open is not claimed.
"""

from __future__ import annotations

import re

INSTRUCTIONS = ("code_first", "use_additional", "code_also")
EXCLUDES = ("excludes1", "excludes2")

_NOT_SORTED_BY = re.compile(r"\([^)]*\)|\[[^\]]*\]|[^a-z0-9 ]")


def leads(kind: str, texts: list[str]) -> list[str]:
    """For each line of one element, the line that introduces it, or an empty string."""
    out = [""] * len(texts)
    heads = [i for i, text in enumerate(texts) if text.endswith(":")]
    if not heads or (kind not in INSTRUCTIONS and kind not in EXCLUDES):
        return out
    for head, following in zip(heads, [*heads[1:], len(texts)], strict=True):
        items = texts[head + 1 : following]
        count = len(items) if kind in INSTRUCTIONS else _certain(texts[head], items)
        out[head + 1 : head + 1 + count] = [texts[head]] * count
    return out


def _certain(head: str, items: list[str]) -> int:
    """How many of the lines after a heading of an Excludes list surely belong to it."""
    keys = [_sort_key(item) for item in items]
    for i in range(1, len(keys)):
        if keys[i] < keys[i - 1]:
            return i
    before = [i for i, key in enumerate(keys) if key < _sort_key(head)]
    return before[-1] + 1 if before else 0


def _sort_key(text: str) -> str:
    return " ".join(_NOT_SORTED_BY.sub("", text.lower()).split())
