"""Find the codes a note refers to: ``(E11.A)``, ``(C82-C83)``, ``(T36-T50 with fifth or sixth character 5)``, ``in I11.-``."""

from __future__ import annotations

import re

from course.codesets.icd10cm.model import Ref

_CODE = re.compile(r"\b([A-Z]\d[0-9A-Z])(?:\.([0-9A-Z]{0,4}))?(?![0-9A-Za-z])")


def parse(text: str) -> tuple[list[Ref], bool]:
    """The references of one note, and whether all of its codes were understood (False when it has none)."""
    found = list(_CODE.finditer(text))
    refs: list[Ref] = []
    i = 0
    while i < len(found):
        first = found[i]
        code = _written(first)
        if i + 1 < len(found):
            gap = text[first.end() : found[i + 1].start()]
            if not gap.endswith(" ") or gap.strip() != gap.rstrip():
                if re.fullmatch(r"\.?-{1,2}", "".join(gap.split())):
                    refs.append(Ref(code, _written(found[i + 1])))
                    i += 2
                    continue
        refs.append(Ref(code, code))
        i += 1
    return refs, bool(refs)


def _written(match: re.Match[str]) -> str:
    return match[1] + (f".{match[2]}" if match[2] else "")
