"""The bank: every question in ``data/questions/<topic>.yaml``.

    load_item("03-structure/buckle-fracture")    one question; reads its topic file alone and parses that one question
    load_topic("03-structure")                   a whole file
    check_bank()                                 everything that is wrong with any file, for authors and for the tests

A file is read again when it changes on disk. A question that is faulty raises ``BankError`` with all its problems;
the other questions of the file still work.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from course.paths import data_dir
from course.questions.base import ItemBase
from course.questions.problems import BankError, Problem, did_you_mean, in_order, listed
from course.questions.schema import TopicHead
from course.questions.validation import head_of, item_of
from course.questions.yaml_source import Chunk, Parsed, decode, dotted, parse, split

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

__all__ = [
    "BankError",
    "Problem",
    "Topic",
    "all_items",
    "check_bank",
    "load_item",
    "load_topic",
    "questions_dir",
    "sound_items",
    "topics",
]


@dataclass(frozen=True, slots=True)
class Topic:
    """One file of questions, in its order."""

    name: str
    title: str
    lesson: str
    items: tuple[ItemBase, ...]
    path: Path


def questions_dir() -> Path:
    """Where the course's own topic files are."""
    return data_dir() / "questions"


def topics(folder: Path | None = None) -> tuple[str, ...]:
    """Names of all topics, sorted."""
    return tuple(sorted(path.stem for path in (folder or questions_dir()).glob("*.yaml")))


def load_item(question_id: str, folder: Path | None = None) -> ItemBase:
    """The question ``"<topic>/<slug>"``. Raises BankError: unknown id (with the nearest one), or a faulty question."""
    topic, _, slug = str(question_id).strip().partition("/")
    source = _source(topic, folder, asked=question_id)
    item, problems = source.item(slug)
    if item is None:
        raise BankError(problems or (source.problems if slug in source.slugs else []) or [source.unknown(slug)])
    return item


def load_topic(name: str, folder: Path | None = None) -> Topic:
    """All questions of a topic. Raises BankError with every problem of the file."""
    source = _source(name, folder)
    items, problems = source.everything()
    if problems or source.head is None:
        raise BankError(problems)
    return Topic(source.path.stem, source.head.title, source.head.lesson, tuple(items), source.path)


def all_items(folder: Path | None = None) -> list[ItemBase]:
    """Every question, topic by topic. Raises BankError with the problems of all files."""
    found: list[ItemBase] = []
    problems: list[Problem] = []
    for name in topics(folder):
        try:
            found += load_topic(name, folder).items
        except BankError as error:
            problems += error.problems
    if problems:
        raise BankError(problems)
    return found


def sound_items(folder: Path | None = None, lesson: str | None = None) -> list[ItemBase]:
    """Every question that can be loaded, of one lesson or of all; faulty ones are left out. Never raises."""
    found: list[ItemBase] = []
    for name in topics(folder):
        try:
            source = _source(name, folder)
        except BankError:
            continue
        if lesson is None or (source.head is not None and source.head.lesson == lesson):
            found += source.everything()[0]
    return found


def check_bank(folder: Path | None = None, codes: Callable[[int], CodeSet] | None = None) -> list[Problem]:
    """Everything that is wrong with any topic file, by file and line; never raises.

    ``codes``: opens an edition, for the check of codes (``icd10cm.open_edition``). Without it codes are not checked.
    """
    from course.questions.proof import lints

    problems = list(_misnamed(folder or questions_dir()))
    for name in topics(folder):
        try:
            source = _source(name, folder)
        except BankError as error:
            problems += error.problems
            continue
        items, told = source.everything()
        problems += told
        for item in items:
            where = source.lines(item.slug)
            for path, message, advice in lints(item, codes):
                # What the whole file shares is told once, of the file.
                shared = bool(path) and source.shares(item.slug, path[0])
                owner, place = ("", ("defaults", *path)) if shared else (item.slug, path)
                problems.append(Problem(source.file, where.line(path), owner, dotted(place), message, advice))
    return in_order(problems)


def _misnamed(folder: Path) -> Iterator[Problem]:
    """Files that look like topics and would be passed over for the ending of their name."""
    for path in sorted(folder.glob("*")):
        if path.suffix != ".yaml" and path.suffix.lower() in (".yml", ".yaml"):
            yield Problem(
                _shown(path), 0, message="is not read, because its name does not end in .yaml",
                advice=f"Rename it to {path.stem}.yaml.",
            )  # fmt: skip


def _shown(path: Path) -> str:
    """A topic file as messages name it."""
    return path.relative_to(data_dir().parent).as_posix() if path.is_relative_to(data_dir()) else path.name


@dataclass
class _TopicSource:
    """A topic file: read at once, its items parsed and validated when they are asked for."""

    path: Path
    file: str
    stamp: tuple[int, int]
    head: TopicHead | None = None
    head_parsed: Parsed = field(default_factory=lambda: Parsed(None))
    problems: list[Problem] = field(default_factory=list)  # of the bytes and of the head
    chunks: list[Chunk | Parsed] = field(default_factory=list)
    slugs: dict[str, int] = field(default_factory=dict)  # guessed slug -> first place in chunks
    done: dict[int, tuple[ItemBase | None, list[Problem]]] = field(default_factory=dict)

    def read(self) -> None:
        """Decode, cut, and validate the head."""
        text, self.problems = decode(self.path.read_bytes(), self.file)
        if text is None:
            return
        head, chunks = split(text)
        self.head_parsed = parse(head, self.file)
        if chunks is None:
            self.chunks = list(_written_otherwise(self.head_parsed, self.file, self.problems))
        else:
            self.chunks = list(chunks)
            if isinstance(self.head_parsed.data, dict):
                self.head_parsed.data["items"] = []
        self.head, problems = head_of(self.head_parsed, self.file, self.path.stem)
        self.problems += problems
        for place, chunk in enumerate(self.chunks):
            slug = chunk.slug if isinstance(chunk, Chunk) else (chunk.data or {}).get("slug")
            if slug:
                self.slugs.setdefault(slug, place)

    def at(self, place: int) -> tuple[ItemBase | None, list[Problem]]:
        """The item at a place, validated once."""
        if place not in self.done:
            self.done[place] = item_of(self.parsed(place), self.file, self.path.stem, self.head, self.head_parsed)
        return self.done[place]

    def parsed(self, place: int) -> Parsed:
        chunk = self.chunks[place]
        return parse(chunk, self.file, entry=True) if isinstance(chunk, Chunk) else chunk

    def item(self, slug: str) -> tuple[ItemBase | None, list[Problem]]:
        """The item of a slug, or None and why."""
        if self.head is None:
            return None, self.problems
        if slug not in self.slugs:  # the guess may have missed an unusual way of writing it
            found = (self.at(place)[0] for place in range(len(self.chunks)))
            return next((one for one in found if one is not None and one.slug == slug), None), []
        item, problems = self.at(self.slugs[slug])
        return item, problems

    def own(self, slug: str) -> Parsed:
        """What a sound item itself says, without the defaults."""
        place = next(place for place, (item, _) in self.done.items() if item is not None and item.slug == slug)
        return self.parsed(place)

    def shares(self, slug: str, field_name: str | int) -> bool:
        """Whether a field of an item comes from ``defaults``."""
        return self.head is not None and field_name in self.head.defaults and field_name not in self.own(slug).data

    def lines(self, slug: str) -> Parsed:
        """The lines of an item; fields that come from ``defaults`` have theirs."""
        parsed = self.own(slug)
        for where, line in self.head_parsed.lines.items():
            if len(where) > 1 and where[0] == "defaults":
                parsed.lines.setdefault(where[1:], line)
        return parsed

    def everything(self) -> tuple[list[ItemBase], list[Problem]]:
        """All sound items, and all problems of the file."""
        items = []
        problems = list(self.problems)
        firsts: dict[str, int] = {}
        for place in range(len(self.chunks)):
            item, told = self.at(place)
            problems += told
            if item is not None:
                line = self.parsed(place).line(("slug",)) if item.slug in firsts else 0
                if line:
                    message = f"{item.slug!r} is already used on line {firsts[item.slug]}"
                    problems.append(Problem(self.file, line, item.slug, "slug", message, "Give each question its own."))
                firsts.setdefault(item.slug, self.chunk_line(place))
                items.append(item)
        if not self.chunks and self.head is not None:
            problems.append(
                Problem(self.file, 1, "", "items", "holds no question", "Add one below `items:`, after a `- `.")
            )
        return items, problems

    def chunk_line(self, place: int) -> int:
        chunk = self.chunks[place]
        return chunk.line if isinstance(chunk, Chunk) else chunk.line(())

    def unknown(self, slug: str) -> Problem:
        advice = did_you_mean(slug, self.slugs) or f"It has: {listed(list(self.slugs)[:12])}."
        return Problem(self.file, 0, message=f"has no question {slug!r}", advice=advice)


def _written_otherwise(whole: Parsed, file: str, problems: list[Problem]) -> Iterator[Parsed]:
    """Items of a file that is parsed as a whole because ``items`` is not a plain ``- `` list (JSON, brackets)."""
    items = whole.data.get("items") if isinstance(whole.data, dict) else None
    if items is not None and not isinstance(items, list):
        line = whole.line(("items",))
        problems.append(Problem(file, line, "", "items", "must be a list", "Begin each question with `- slug: …`."))
        return
    for place in range(len(items or ())):
        yield whole.below(("items", place))


_CACHE: dict[Path, _TopicSource] = {}
_LOCK = threading.Lock()


def _source(name: str, folder: Path | None, asked: str | None = None) -> _TopicSource:
    """The file of a topic, from memory while it is unchanged on disk. Raises BankError where there is none."""
    folder = folder or questions_dir()
    path = folder / f"{name}.yaml"
    try:
        known = "/" not in name and "\\" not in name and path.is_file()
        stat = path.stat() if known else None
    except (OSError, ValueError):  # ValueError: a NUL in the name
        stat = None
    if stat is None:
        advice = did_you_mean(name, topics(folder)) or f"Topics: {listed(topics(folder))}."
        raise BankError(
            [Problem("data/questions", 0, message=f"there is no topic for {asked or name!r}", advice=advice)]
        )
    stamp = (stat.st_mtime_ns, stat.st_size)
    with _LOCK:
        source = _CACHE.get(path)
        if source is None or source.stamp != stamp:
            shown = _shown(path)
            source = _TopicSource(path, shown, stamp)
            try:
                source.read()
            except OSError as error:
                raise BankError([Problem(shown, 0, message=f"cannot be opened ({error.strerror})")]) from None
            _CACHE[path] = source
        return source
