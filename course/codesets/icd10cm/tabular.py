"""Read the official Tabular List (XML) into a tree of entries, the expanded 7th-character codes included.

The layout is the one CMS and NCHS publish every year: ``ICD10CM.tabular`` holds ``chapter`` > ``section`` > ``diag``
> ``diag``… Titles of expanded codes are the title of the code they extend, a comma, and the meaning of the character.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from course.codesets.icd10cm.leads import leads
from course.codesets.icd10cm.model import NoteKind, bare, dotted

ROOT_TAG = "ICD10CM.tabular"

#: XML element -> kind of note.
_KINDS: dict[str, NoteKind] = {
    "includes": "includes",
    "inclusionTerm": "inclusion_term",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "sevenChrNote": "seventh",
    "notes": "note",
}
_RANGE_AT_END = re.compile(r"\s*\(([A-Z][0-9A-Z]{2})(?:-([A-Z][0-9A-Z]{2}))?\)\s*$")


class TabularError(ValueError):
    """The file is not an official Tabular List. The message says what is wrong with it, in words for a learner."""


class Line(NamedTuple):
    """One line of the notes; `lead` is the line ending with a colon that it continues, or empty."""

    kind: NoteKind
    text: str
    lead: str = ""


@dataclass(slots=True)
class Entry:
    """One node of the tree while an edition is being put together. ``code`` is dotted."""

    code: str
    title: str
    kind: str  # chapter | block | code
    parent: Entry | None = field(default=None, repr=False)
    children: list[Entry] = field(default_factory=list, repr=False)
    notes: list[Line] = field(default_factory=list, repr=False)
    seventh: dict[str, str] | None = None
    extension: bool = False
    notes_known: bool = True
    title_known: bool = True

    def adopt(self, child: Entry) -> Entry:
        child.parent = self
        self.children.append(child)
        return child

    def below(self) -> Iterator[Entry]:
        """Everything under this entry, in the order of the book."""
        for child in self.children:
            yield child
            yield from child.below()


@dataclass(slots=True)
class Tree:
    """The whole Tabular List: chapters in order, and every entry by its code."""

    version: str
    chapters: list[Entry]
    by_code: dict[str, Entry]


def parse_root(source: object) -> ET.Element:
    """Parse a file name or an open file. Raises TabularError when it is not XML or not a Tabular List."""
    try:
        root = ET.parse(source).getroot()  # type: ignore[arg-type]
    except ET.ParseError as problem:
        raise TabularError(
            f"The file is not readable as XML ({problem}). It may be incomplete: download it again."
        ) from problem
    return root


def read_tree(root: ET.Element, valid: Container[str] | None) -> Tree:
    """Build the tree. `valid` holds the bare codes that exist; None means that 7th characters are expanded by the
    rules alone.

    Raises TabularError when the root is another one, or when there is no chapter or no code in it.
    """
    if root.tag != ROOT_TAG:
        raise TabularError(
            f"This is XML, but not a Tabular List: its outermost element is <{root.tag}>, not <{ROOT_TAG}>."
        )
    tree = Tree((root.findtext("version") or "").strip(), [], {})
    for element in root.iterfind("chapter"):
        chapter = Entry((element.findtext("name") or "").strip(), _text(element.find("desc")), "chapter")
        _read_notes(element, chapter)
        tree.chapters.append(chapter)
        tree.by_code[chapter.code] = chapter
        _read_blocks(element, chapter, tree.by_code, valid)
    if not tree.chapters:
        raise TabularError("The Tabular List in this file has no chapters.")
    if not any(entry.kind == "code" for entry in tree.by_code.values()):
        raise TabularError("The Tabular List in this file has no codes.")
    return tree


def _text(element: ET.Element | None) -> str:
    return " ".join((element.text or "").split()) if element is not None else ""


def _read_notes(element: ET.Element, entry: Entry) -> None:
    for child in element:
        kind = _KINDS.get(child.tag)
        if kind is not None:
            # The book prints "Code also, if applicable, …" in one line; here the kind stands apart from its sentence.
            texts = [text for note in child if (text := _text(note).lstrip(", "))]
            entry.notes.extend(Line(kind, text, lead) for text, lead in zip(texts, leads(kind, texts), strict=True))
        elif child.tag == "sevenChrDef":
            _read_seventh(child, entry)
        elif child.tag == "visualImpairment":
            entry.notes.extend(Line("note", line) for line in _vision_table(child))


def _read_seventh(element: ET.Element, entry: Entry) -> None:
    """The characters with their meanings; a line between them explains the character above it (``B``: open fracture
    NOS)."""
    meanings: dict[str, str] = {}
    char = ""
    for line in element:
        if line.tag == "extension":
            char = (line.get("char") or "").strip().upper()
            meanings[char] = _text(line)
        elif text := _text(line):
            entry.notes.append(Line("seventh", f"{char}: {text}" if char else text))
    entry.seventh = meanings


def _vision_table(element: ET.Element) -> Iterator[str]:
    """The table of visual impairment at H54, a line for each category."""
    for row in element.iterfind("visCategory"):
        words = [" ".join((cell.text or "").split()) for cell in row.iter() if (cell.text or "").strip()]
        if words:
            yield " | ".join(words)


def block_code(identifier: str) -> str:
    """The name of a block. A block of one category is named ``B99-B99``, so that ``B99`` stays the category."""
    return identifier if "-" in identifier else f"{identifier}-{identifier}"


def _read_blocks(element: ET.Element, chapter: Entry, by_code: dict[str, Entry], valid: Container[str] | None) -> None:
    """Blocks are listed flat; a block inside another one (``V00-V09`` in ``V00-V99`` in ``V00-X58``) becomes its
    child."""
    open_blocks: list[tuple[str, str, Entry]] = []
    for section in element.iterfind("section"):
        code = block_code((section.get("id") or "").strip())
        first, _, last = code.partition("-")
        block = Entry(code, _RANGE_AT_END.sub("", _text(section.find("desc"))), "block")
        _read_notes(section, block)
        around = [
            holder for start, end, holder in open_blocks if start <= first and last <= end and holder.code != code
        ]
        (around[-1] if around else chapter).adopt(block)
        open_blocks.append((first, last, block))
        by_code[code] = block
        for diag in section.iterfind("diag"):
            _read_diag(diag, block, None, by_code, valid)


def _read_diag(
    element: ET.Element,
    parent: Entry,
    rule: dict[str, str] | None,
    by_code: dict[str, Entry],
    valid: Container[str] | None,
) -> None:
    entry = parent.adopt(Entry((element.findtext("name") or "").strip().upper(), _text(element.find("desc")), "code"))
    by_code[entry.code] = entry
    _read_notes(element, entry)
    rule = entry.seventh or rule
    leaf = True
    for child in element.iterfind("diag"):
        leaf = False
        _read_diag(child, entry, rule, by_code, valid)
    if leaf and rule:
        expand(entry, rule, by_code, valid)


def expand(entry: Entry, rule: dict[str, str], by_code: dict[str, Entry], valid: Container[str] | None) -> None:
    """Add the codes with a 7th character below `entry`; only those that exist, when the list of codes is known."""
    stem = bare(entry.code).ljust(6, "X")
    if len(stem) != 6:
        return
    for char, meaning in rule.items():
        if valid is None or stem + char in valid:
            child = Entry(dotted(stem + char), f"{entry.title}, {meaning}", "code", extension=True)
            by_code[child.code] = entry.adopt(child)
