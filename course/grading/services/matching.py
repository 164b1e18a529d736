"""Which line of the key was each entered line meant for?

Lines with the right code first; where a code stands on several lines, so that the answer earns most. Then the nearest
of what is left: the same part of the book, then the same section, then, when a single line of each is left, any.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from course.grading.services import books
from course.grading.services.model import Entered, ServiceKey
from course.grading.services.score import line_score

#: Up to so many lines with one code every assignment is tried (120); beyond, the best pair is taken first.
_ALL = 5


def assign(entered: Sequence[Entered], key: ServiceKey) -> dict[int, int]:
    """Pairs (index in `entered`, index in ``key.lines``)."""
    pairs: dict[int, int] = {}
    for code in key.codes():
        mine = [i for i, one in enumerate(entered) if one.code == code]
        wanted = [k for k, line in enumerate(key.lines) if line.code == code]
        pairs |= _same_code(mine, wanted, entered, key)
    optional = {line.code for line in key.optional}
    rest = [i for i, one in enumerate(entered) if i not in pairs and one.code not in optional]
    # A second line with a code of the key is one line too many, not another line of the key misread.
    rest = [i for i in rest if entered[i].code not in key.codes()]
    open_lines = [k for k in range(len(key.lines)) if k not in pairs.values()]
    ranked = sorted(
        (-near, abs(_number(entered[i].code) - _number(key.lines[k].code)), i, k)
        for i in rest
        for k in open_lines
        if (near := books.nearness(entered[i].code, key.lines[k].code)) > 0
    )
    for _, _, i, k in ranked:
        if i not in pairs and k not in pairs.values():
            pairs[i] = k
    rest = [i for i in rest if i not in pairs]
    open_lines = [k for k in open_lines if k not in pairs.values()]
    if len(rest) == len(open_lines) == 1:
        pairs[rest[0]] = open_lines[0]
    return pairs


def _same_code(mine: list[int], wanted: list[int], entered: Sequence[Entered], key: ServiceKey) -> dict[int, int]:
    """The assignment of lines with one code that earns most; as they come where several earn the same."""

    def worth(i: int, k: int) -> float:
        return line_score(entered[i], key.lines[k], key)

    if not mine or not wanted:
        return {}
    if max(len(mine), len(wanted)) > _ALL:
        pairs: dict[int, int] = {}
        for _, i, k in sorted((-worth(i, k), i, k) for i in mine for k in wanted):
            if i not in pairs and k not in pairs.values():
                pairs[i] = k
        return pairs
    if len(mine) <= len(wanted):
        tried = (dict(zip(mine, ks, strict=False)) for ks in permutations(wanted, len(mine)))
    else:
        tried = (dict(zip(chosen, wanted, strict=False)) for chosen in permutations(mine, len(wanted)))
    return max(tried, key=lambda pairs: sum(worth(i, k) for i, k in pairs.items()))


def _number(code: str) -> int:
    """The digits of a code as a number, for "next to"."""
    digits = "".join(char for char in code if char.isascii() and char.isdigit())
    return int(digits[:8]) if digits else 0
