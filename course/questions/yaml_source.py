"""A topic file as text: decode, cut into items, parse each item on its own, remember the line of everything.

Each entry of ``items:`` is parsed separately. So a syntax error in one question never hides the errors of the others
(nor keeps learners from them), and one question can be read without parsing the other 299.

Scalars are read as text; the schema decides what is a number or a date. YAML's guesses (``No`` as false, ``012`` as
ten, ``12:30`` as 750, ``1e5`` as a float) therefore never happen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from course.questions.problems import Problem, syntax_problem

#: The loader that resolves nothing: every scalar stays text. The C one is about ten times faster and not on every
#: system.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

FieldPath = tuple[str | int, ...]

#: Fields in which a comment after the text is far more often a lost piece of the text ("Fracture #2").
_PROSE = frozenset("title stem note rationale text why left right ref objective hints domains".split())
_ITEMS = re.compile(r"^items:[ \t]*(?:#.*)?$")
_HEAD_FIELD = re.compile(r"^[A-Za-z_]\w*:(?:\s|$)")
_SLUG = re.compile(r"""(?:^[ \t]*(?:-[ \t]+)?|[{,][ \t]*)["']?slug["']?:[ \t]*["']?([^\s"'#,}]+)""", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_BAD_INDENT = re.compile(r"^ *[\t\u00a0\u3000]")


@dataclass(frozen=True)
class Chunk:
    """A piece of the file: the text of one item (or of the head) and the number of its first line, from 1."""

    line: int
    text: str

    @property
    def slug(self) -> str | None:
        """What looks like the item's slug, without parsing."""
        match = _SLUG.search(self.text)
        return match[1] if match else None


@dataclass
class Parsed:
    """Plain data (dict, list, str, None) and the line of every path in it."""

    data: Any
    lines: dict[FieldPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: FieldPath) -> int:
        """The line of a path, or of the nearest thing above it that has one."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)

    def below(self, path: FieldPath) -> Parsed:
        """The part of the data below a path, with paths that begin there. Problems stay with the whole."""
        data = self.data
        for step in path:
            data = data[step]
        cut = len(path)
        return Parsed(data, {where[cut:]: line for where, line in self.lines.items() if where[:cut] == path})


def decode(raw: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """The text of a file with ``\\n`` line ends, and what is wrong with its bytes. Never raises.

    None: this is no text at all (a picture, another encoding throughout), which is told in one line.
    """
    problems = []
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        problems.append(
            Problem(file, 1, message="is saved as UTF-16 (some editors call it Unicode)", advice="Save it as UTF-8.")
        )
        text = raw.decode("utf-16", "replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("utf-8-sig", "replace")
            if _is_noise(text):
                return None, [_noise(file)]
            for number, line in enumerate(re.split(rb"\r\n|\r|\n", raw), start=1):
                try:
                    line.decode("utf-8")
                except UnicodeDecodeError:
                    shown = line.strip().decode("cp1252", "replace")[:50]
                    problems.append(
                        Problem(
                            file, number, message=f"is not UTF-8 text near {shown!r}", advice="Save the file as UTF-8."
                        )
                    )
    if _is_noise(text):
        return None, [_noise(file)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for match in _CONTROL.finditer(text):
        number = text.count("\n", 0, match.start()) + 1
        problems.append(
            Problem(
                file,
                number,
                message="holds a character that cannot be shown",
                advice="Delete it and type the text anew.",
            )
        )
    return _CONTROL.sub(" ", text), problems


def _is_noise(text: str) -> bool:
    """Whether more than one character in ten (and more than eight) could not be read. Names in Latin-1 stay far
    below."""
    unreadable = text.count("\ufffd") + len(_CONTROL.findall(text))
    return unreadable > max(8, len(text) // 10)


def _noise(file: str) -> Problem:
    advice = "Save it as UTF-8 in a text editor; if it holds something else, take it out of this folder."
    return Problem(file, 1, message="is not UTF-8 text", advice=advice)


def split(text: str) -> tuple[Chunk, list[Chunk] | None]:
    """The head of a topic file and its items. None for items that are not written as an indented or flush ``- ``
    list."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if _ITEMS.match(line)), None)
    if start is None:
        return Chunk(1, text), None
    first = next(
        (n for n in range(start + 1, len(lines)) if lines[n].strip() and not lines[n].lstrip().startswith("#")), None
    )
    match = re.match(r"^( *)-(?:\s|$)", lines[first]) if first is not None else None
    if first is None or match is None:
        return Chunk(1, text), None
    dash = match[1] + "-"
    begins = []
    end = len(lines)
    for n in range(first, len(lines)):
        line = lines[n]
        if line.startswith(dash) and (len(line) == len(dash) or line[len(dash)].isspace()):
            begins.append(n)
        elif _HEAD_FIELD.match(line):  # a field of the head after the items
            end = n
            break
    # Each line with its end: a block of text (|) that closes an item keeps the line end it has in the whole file.
    chunks = [
        Chunk(begin + 1, "".join(f"{line}\n" for line in lines[begin:stop]))
        for begin, stop in zip(begins, [*begins[1:], end], strict=True)
    ]
    head = [*lines[:start], *[""] * (end - start), *lines[end:]]  # blank lines keep the numbers right
    return Chunk(1, "\n".join(head)), chunks


def parse(chunk: Chunk, file: str, *, entry: bool = False) -> Parsed:
    """The data of a chunk. ``entry``: the chunk is a list of one item, which is taken out. Problems are told, never
    raised."""
    parsed = Parsed(None, {(): chunk.line})
    name = (chunk.slug or "") if entry else ""
    try:
        node = yaml.compose(chunk.text, Loader=LOADER)
        if entry and isinstance(node, yaml.SequenceNode) and len(node.value) == 1:
            node = node.value[0]
        if node is not None:
            parsed.data = _Reader(chunk, file, name, parsed, chunk.text.split("\n")).read(node, ())
    except yaml.YAMLError as error:
        parsed.problems = list(_syntax(error, chunk, file, name))
    except RecursionError:
        parsed.data = None
        parsed.problems = [
            Problem(file, chunk.line, name, message="is nested too deeply", advice="Close the brackets.")
        ]
    return parsed


def _syntax(error: yaml.YAMLError, chunk: Chunk, file: str, name: str) -> Iterator[Problem]:
    bad = [n for n, line in enumerate(chunk.text.split("\n")) if _BAD_INDENT.match(line)]
    for n in bad:
        yield Problem(
            file, chunk.line + n, name, message="begins with a tab or a wide space", advice="Indent with spaces alone."
        )
    if not bad:
        yield syntax_problem(error, file, chunk.line, chunk.text, name)


@dataclass
class _Reader:
    """Turns nodes into data. Each node is visited once: an anchor used twice is refused, so nothing can loop or
    explode."""

    chunk: Chunk
    file: str
    name: str
    parsed: Parsed
    text: list[str]
    seen: set[int] = field(default_factory=set)

    def read(self, node: yaml.Node, path: FieldPath) -> Any:
        line = self.chunk.line + node.start_mark.line
        self.parsed.lines.setdefault(path, line)
        if id(node) in self.seen:
            self.tell(
                self.parsed.lines[path],
                path,
                "is an alias (*name)",
                "Write the text out, or use `defaults:`. A text that begins with * needs quotes.",
            )
            return None
        self.seen.add(id(node))
        if not node.tag.startswith("tag:yaml.org,2002:") or (node.tag.endswith(("!binary", ":binary"))):
            self.tell(line, path, f"begins with {node.tag!r}, which YAML takes for a type", "Put the text in quotes.")
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(one, (*path, n)) for n, one in enumerate(node.value)]
        return self.scalar(node, path, line) if isinstance(node, yaml.ScalarNode) else None

    def mapping(self, node: yaml.MappingNode, path: FieldPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in node.value:
            line = self.chunk.line + key.start_mark.line
            if not isinstance(key, yaml.ScalarNode):
                self.tell(line, path, "has a field whose name is not a word", "Write `name: value`.")
                continue
            where = (*path, key.value)
            if key.value in data:
                first = self.parsed.lines[where]
                self.tell(line, where, f"is given twice (first on line {first})", "Keep one of them.")
            self.parsed.lines[where] = line
            data[key.value] = self.read(value, where)
        return data

    def scalar(self, node: yaml.ScalarNode, path: FieldPath, line: int) -> str | None:
        if node.style is None or node.style == "":
            field_name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
            rest = self.text[node.end_mark.line][node.end_mark.column :] if node.end_mark.line < len(self.text) else ""
            if field_name in _PROSE and node.value and re.match(r"[ \t]+#", rest):
                advice = "Put the text in quotes; a comment goes on a line of its own."
                self.tell(line, path, "is cut off at the #, which begins a comment", advice)
            if node.value in ("", "~", "null"):
                return None
        return str(node.value)

    def tell(self, line: int, path: FieldPath, message: str, advice: str) -> None:
        self.parsed.problems.append(Problem(self.file, line, self.name, dotted(path), message, advice))


def dotted(path: FieldPath) -> str:
    """ "options 2 why": a path as people say it, list positions from 1."""
    return " ".join(str(step + 1) if isinstance(step, int) else step for step in path)
