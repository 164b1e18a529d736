"""The notes of the Tabular List as the browser shows them: whose they are, of which kind, with their codes as links."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.codesets.icd10cm import Code, CodeSet, Note, Ref, Seventh

#: A code or a range as notes write it: S59.2-, S62.-, C82-C83, T36-T50, S06.0X1-S06.0X9.
_ONE = r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?"
_WRITTEN = re.compile(rf"(?<![\w.])({_ONE})(?:-({_ONE})|(\.?-))?(?![\w])")

#: Notes of these levels are told in full; those of blocks and chapters are folded away behind one line, unless they
#: ask for another code: a partner overlooked at the head of a chapter is a code missing on the claim.
_NEAR = ("category", "subcategory", "code")
_PARTNERS = frozenset({"code_first", "use_additional", "code_also"})


@cache
def words() -> dict[str, Any]:
    """``browser_words.toml``."""
    return tomllib.loads(Path(__file__).with_name("browser_words.toml").read_text(encoding="utf-8"))


def name_of(code: Code) -> str:
    """``Chapter 19``, ``Block S50-S59``, ``Category S52``, ``Subcategory S52.5``, ``Code I10``."""
    return f"{code.level.capitalize()} {code.code}"


def kinds() -> dict[str, dict[str, str]]:
    """What each kind is called and means; sent to the browser once."""
    edition = words()["rules_edition"]
    return {
        kind: {
            "label": one["label"],
            "gloss": one["gloss"],
            "icon": one["icon"],
            "text": one["text"],
            "rule": f"Official Guidelines {one['rule']} ({edition})" if one["rule"] else "",
        }
        for kind, one in words()["kinds"].items()
    }


def groups(codes: CodeSet, found: Code) -> list[dict[str, Any]]:
    """The notes that apply to `found`: its own first, then those of each heading above it, nearest first."""
    out = []
    rule = codes.seventh(found.code)
    for owner_code, notes in groupby(codes.notes(found.code), key=lambda note: note.owner):
        owner = codes.get(owner_code)
        if owner is None:
            continue
        own = owner.code == found.code
        kinds_ = [
            {"kind": kind, "lines": lines(codes, list(same)), "over": _overridden(kind, owner, rule)}
            for kind, same in groupby(_in_order(notes), key=lambda note: note.kind)
        ]
        out.append(
            {
                "owner": owner.code,
                "name": name_of(owner),
                "title": owner.title,
                "own": own,
                "open": own or owner.level in _NEAR or not _PARTNERS.isdisjoint(one["kind"] for one in kinds_),
                "summary": summary(kinds_),
                "kinds": kinds_,
            }
        )
    return out


def _overridden(kind: str, owner: Code, rule: Seventh | None) -> str:
    """Where a 7th-character rule stands that is nearer than the one at `owner` and takes its place; "" for none."""
    if kind != "seventh" or rule is None or rule.owner == owner.code:
        return ""
    farther = owner.level in ("chapter", "block") or (
        rule.owner.startswith(owner.code) and len(rule.owner) > len(owner.code)
    )
    return rule.owner if farther else ""


def _in_order(notes: Iterable[Note]) -> list[Note]:
    """Notes of one kind side by side; the kinds in the order in which the book begins them."""
    listed = list(notes)
    first = {kind: place for place, kind in reversed(list(enumerate(note.kind for note in listed)))}
    return sorted(listed, key=lambda note: first[note.kind])


def summary(kinds_: Sequence[dict[str, Any]]) -> str:
    """``Includes (2), Excludes1 (5)``: what a folded group holds."""
    return ", ".join(f"{words()['kinds'][one['kind']]['label']} ({len(one['lines'])})" for one in kinds_)


def lines(codes: CodeSet, notes: Sequence[Note]) -> list[dict[str, Any]]:
    """Notes of one kind and owner as lines: ``{"parts": [...], "under": bool}``.

    ``under``: the line continues one above it that ends with a colon.
    """
    out = []
    for note in notes:
        text = note.text
        if note.kind == "use_additional" and text.lower().startswith("code"):
            text = f"Use additional {text}"  # the sentence as the book prints it
        refs = () if note.kind == "seventh" else note.refs  # they name the very heading one is at
        out.append({"parts": parts(codes, text, refs), "under": bool(note.lead)})
    return out


def parts(codes: CodeSet, text: str, refs: Sequence[Ref]) -> list[list[str]]:
    """Text cut into ``[text]`` and ``[text, code]``; a code is a link and always one that this edition has.

    Only what the note refers to becomes a link: "vitamin B12" does not. A reference that the text does not spell out
    ("Chapter 20") is added at the end.
    """
    wanted = {code for ref in refs for code in (ref.first, ref.last)}
    linked: set[str] = set()
    out: list[list[str]] = []
    at = 0

    def link(shown: str, start: int, end: int, code: str) -> None:
        nonlocal at
        found = codes.get(code)
        if found is None:
            return
        if text[at:start]:
            out.append([text[at:start]])
        out.append([shown, found.code])
        at = end

    for match in _WRITTEN.finditer(text):
        first, last, dash = match.groups()
        if first not in wanted:
            continue
        linked.add(first)
        if last:
            linked.add(last)
            if codes.get(match[0]) is not None:
                link(match[0], *match.span(), match[0])
            else:
                link(first, match.start(1), match.end(1), first)
                link(last, match.start(2), match.end(2), last)
        else:
            link(first + (dash or ""), *match.span(), first)
    if text[at:]:
        out.append([text[at:]])
    for ref in refs:
        if ref.first in linked:
            continue
        linked |= {ref.first, ref.last}
        ends = [found.code for one in dict.fromkeys((ref.first, ref.last)) if (found := codes.get(one)) is not None]
        for place, code in enumerate(ends):
            out += [[" \u2192 " if place == 0 else " to "], [code, code]]
    return out
