"""One edition of ICD-10-CM, ready to be asked. Everything is answered from the edition's SQLite file; little is kept
in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from course.codesets.icd10cm.database import Database
from course.codesets.icd10cm.model import Change, Code, Note, NoteKind, Ref, Seventh, bare
from course.codesets.icd10cm.spelling import LONGEST, key, listed, normalise

if TYPE_CHECKING:
    from course.codesets.icd10cm.search import Hit

_CODE_COLUMNS = "code, title, level, billable, parent, chapter, notes_known, title_known"
_ORDINALS = {4: "4th", 5: "5th", 6: "6th", 7: "7th"}


class CodeSet:
    """All codes, notes and rules of one edition. Made by ``open_edition``; can be used from several threads.

    ``label`` names the edition for a screen, ``basis`` says in a sentence what its codes and notes were taken from.
    ``warning`` is None, or a sentence for the learner (the cache folder cannot be written, validity is from
    expansion, …).
    """

    def __init__(
        self,
        edition: int,
        label: str,
        connection: sqlite3.Connection,
        *,
        basis: str = "",
        warning: str | None = None,
        reopen: Callable[[], sqlite3.Connection] | None = None,
    ) -> None:
        self.edition = edition
        self.label = label
        self.basis = basis
        self.warning = warning
        self._database = Database(connection, reopen)
        # Bounded caches. What they hold never changes: a rebuilt file has the same content.
        self._found = lru_cache(maxsize=16_384)(self._load_code)
        self._own_notes = lru_cache(maxsize=2048)(self._load_notes)
        self._rule_at = lru_cache(maxsize=2048)(self._load_rule)

    def __repr__(self) -> str:
        return f"<{self.label}>"

    @property
    def connection(self) -> sqlite3.Connection:
        """The read-only database, for queries that the methods do not offer."""
        return self._database.connection

    # -- codes
    # --------------------------------------------------------------------------------------------------------------

    def normalise(self, text: object) -> str:
        """A code in the book's spelling, from any input."""
        return normalise(text)

    def get(self, code: object) -> Code | None:
        """The code, block or chapter in any spelling; None when this edition has no such thing."""
        text = code if isinstance(code, str) else str(code)
        return self._found(text) if len(text) <= LONGEST else None

    def _load_code(self, text: str) -> Code | None:
        rows = self._database.ask(f"SELECT {_CODE_COLUMNS} FROM code WHERE code = ?", key(text))
        return _code(rows[0]) if rows else None

    def __contains__(self, code: object) -> bool:
        return self.get(code) is not None

    def is_billable(self, code: object) -> bool:
        """True for a code that can stand on a claim; False for headings and for what is not a code."""
        found = self.get(code)
        return found is not None and found.billable

    def children(self, code: object) -> list[Code]:
        """What stands directly below, in the order of the book."""
        rows = self._database.ask(f"SELECT {_CODE_COLUMNS} FROM code WHERE parent = ? ORDER BY n", key(code))
        return [_code(row) for row in rows]

    def parent(self, code: object) -> Code | None:
        """The heading, block or chapter directly above; None for a chapter or an unknown code."""
        found = self.get(code)
        return self.get(found.parent) if found is not None and found.parent else None

    def ancestors(self, code: object) -> list[Code]:
        """Everything above, nearest first; the last one is the chapter."""
        out = []
        above = self.parent(code)
        while above is not None:
            out.append(above)
            above = self.get(above.parent) if above.parent else None
        return out

    def billable_below(self, code: object, limit: int | None = None) -> list[Code]:
        """The billable codes below a heading (the code itself when it is billable), in the order of the book."""
        span = self._database.ask("SELECT n, stop FROM code WHERE code = ?", key(code))
        if not span:
            return []
        sql = f"SELECT {_CODE_COLUMNS} FROM code WHERE n BETWEEN ? AND ? AND billable ORDER BY n LIMIT ?"
        return [_code(row) for row in self._database.ask(sql, *span[0], -1 if limit is None else max(0, limit))]

    def chapters(self) -> list[Code]:
        """The chapters in order."""
        return [
            _code(row)
            for row in self._database.ask(f"SELECT {_CODE_COLUMNS} FROM code WHERE parent IS NULL ORDER BY n")
        ]

    def billable_codes(self) -> Iterator[str]:
        """Every billable code, in the order of the book."""
        return (code for (code,) in self._database.ask("SELECT code FROM code WHERE billable ORDER BY n"))

    def count(self, billable: bool = True) -> int:
        """How many billable codes there are; with ``billable=False`` headings, blocks and chapters are counted too."""
        return int(self.meta("billable" if billable else "entries") or 0)

    def meta(self, name: str) -> str | None:
        """A fact about the edition's file: ``tabular_version``, ``validity`` (``list`` or ``expansion``),
        ``billable``, …"""
        rows = self._database.ask("SELECT value FROM meta WHERE key = ?", name)
        return rows[0][0] if rows else None

    def explain_not_billable(self, code: object) -> str | None:
        """What is still lacking, as a sentence; None for a billable code and for what is not in the edition.

        A code that lacks nothing but its 7th character is called incomplete, not a heading (Guidelines I.A.2).
        """
        found = self.get(code)
        if found is None or found.billable:
            return None
        if found.level == "chapter":
            return f"Chapter {found.code} is a chapter, not a code. Choose a block in it, then a category, then a code."
        if found.level == "block":
            return f"{found.code} is a block of categories, not a code. Choose a category in it, then a full code."
        length = len(bare(found.code))
        chars = self.valid_seventh(found.code)
        if not chars:
            return f"{found.code} is a heading, not a full code: it needs a {_ORDINALS[length + 1]} character."
        asked = f"{found.code} is not complete: it still lacks its 7th character ({listed(list(chars))})"
        if length == 6:
            return f"{asked}."
        return f"{asked}, with X in the empty places before it, as in {self.children(found.code)[0].code}."

    # -- notes
    # --------------------------------------------------------------------------------------------------------------

    def notes(self, code: object, inherited: bool = True, kinds: Iterable[NoteKind] | None = None) -> list[Note]:
        """The notes at `code` in the order of the book, then those of its ancestors, nearest first."""
        found = self.get(code)
        if found is None:
            return []
        wanted = None if kinds is None else frozenset([kinds] if isinstance(kinds, str) else kinds)
        owners = [found, *self.ancestors(found.code)] if inherited else [found]
        return [
            note for owner in owners for note in self._own_notes(owner.code) if wanted is None or note.kind in wanted
        ]

    def _load_notes(self, owner: str) -> tuple[Note, ...]:
        refs: dict[int, list[Ref]] = {}
        sql = (
            "SELECT note.n, first, last, seventh, pattern, inside, outside FROM note JOIN ref ON ref.note = note.n "
            "WHERE owner = ? ORDER BY ref.rowid"
        )
        for number, first, last, seventh, pattern, inside, outside in self._database.ask(sql, owner):
            ref = Ref(first, last, seventh, pattern, tuple(inside.split()), tuple(outside.split()))
            refs.setdefault(number, []).append(ref)
        rows = self._database.ask("SELECT n, kind, text, parsed, lead FROM note WHERE owner = ? ORDER BY pos", owner)
        return tuple(
            Note(owner, kind, text, tuple(refs.get(number, ())), bool(parsed), lead)
            for number, kind, text, parsed, lead in rows
        )

    def refers(self, note: Note, code: object) -> bool:
        """True when `code`, with all that stands below it, is inside what the note refers to."""
        found = self.get(code)
        if found is not None:
            return self._covered(note.refs, found)
        text = key(code)
        return bool(text) and any(ref.covers(text) for ref in note.refs)

    def _covered(self, refs: tuple[Ref, ...], found: Code) -> bool:
        """A heading can be covered piece by piece: by a condition on characters, or by several references together."""
        if found.level not in ("chapter", "block"):
            if any(ref.covers(found.code) for ref in refs):
                return True
            if found.billable or not any(ref.touches(found.code) for ref in refs):
                return False
        below = self.children(found.code) if refs else []
        return bool(below) and all(self._covered(refs, child) for child in below)

    def excludes1(self, a: object, b: object) -> Note | None:
        """The Excludes1 note, of `a`, of `b` or of a heading above either, that forbids the two together; None if
        there is none.

        The order of `a` and `b` does not matter. A note that names a family holding the code itself is no conflict.
        """
        first, second = self.get(a), self.get(b)
        if first is None or second is None or first.code == second.code:
            return None
        for mine, other in sorted(((first.code, second.code), (second.code, first.code))):
            for note in self.notes(mine, kinds=("excludes1",)):
                if self.refers(note, other) and not self.refers(note, mine):
                    return note
        return None

    # -- 7th characters
    # -----------------------------------------------------------------------------------------------------

    def seventh(self, code: object) -> Seventh | None:
        """The 7th-character rule that governs `code`: the nearest one above it. None when there is none.

        For a code that takes its 7th character directly, only the characters that exist for it are listed.
        """
        found = self.get(code)
        rule = self._nearest_rule(found) if found is not None else None
        if found is None or rule is None:
            return None
        stem = found.parent if len(bare(found.code)) == 7 else found.code
        exist = self._extensions(stem or "", rule)
        if exist:
            return Seventh(rule.owner, rule.text, exist)
        # Nothing below takes the character directly: a heading keeps the whole rule, a billable code is outside it.
        return None if found.billable else rule

    def valid_seventh(self, stem: object) -> dict[str, str]:
        """The 7th characters that exist for `stem` (``"S52.521"``, ``"W08"``) with their meanings, from the list of
        codes.

        Empty when the codes directly below `stem` do not come from a 7th-character rule.
        """
        found = self.get(stem)
        rule = self._nearest_rule(found) if found is not None else None
        return self._extensions(found.code, rule) if found is not None and rule is not None else {}

    def _nearest_rule(self, found: Code) -> Seventh | None:
        for owner in (found, *self.ancestors(found.code)):
            if (rule := self._rule_at(owner.code)) is not None:
                return rule
        return None

    def _extensions(self, stem: str, rule: Seventh) -> dict[str, str]:
        out: dict[str, str] = {}
        head = bare(stem).ljust(6, "X")
        for child in self.children(stem):
            text = bare(child.code)
            if len(text) == 7 and text[:6] == head and text[6] in rule.meanings:
                out[text[6]] = rule.meanings[text[6]]
        return out

    def _load_rule(self, owner: str) -> Seventh | None:
        rows = self._database.ask("SELECT char, meaning FROM seventh WHERE owner = ? ORDER BY rowid", owner)
        if not rows:
            return None
        texts = [note.text for note in self._own_notes(owner) if note.kind == "seventh"]
        return Seventh(owner, texts[0] if texts else "", dict(rows))

    # -- history and search
    # -------------------------------------------------------------------------------------------------

    def history(self, code: object) -> list[Change]:
        """What the editions known to the course did to `code`, oldest first; later editions than this one are
        included."""
        sql = (
            "SELECT edition, action, code, title, previous_title, replaced_by, added_nearby, source FROM history "
            "WHERE code = ? ORDER BY edition, rowid"
        )
        return [
            Change(edition, action, name, title, previous, tuple(replaced.split()), tuple(nearby.split()), source)
            for edition, action, name, title, previous, replaced, nearby, source in self._database.ask(sql, key(code))
        ]

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """The best matches for what a learner typed, best first; empty when the search is not installed."""
        try:
            from course.codesets.icd10cm import search
        except ImportError:
            return []
        return self._database.use(lambda connection: search.search(connection, query, limit))


def note_statistics(codes: CodeSet) -> dict[str, tuple[int, int]]:
    """Per kind of note: how many there are, and how many of them name codes that were all understood."""
    sql = "SELECT kind, count(*), sum(parsed) FROM note GROUP BY kind ORDER BY kind"
    return {kind: (notes, parsed) for kind, notes, parsed in codes.connection.execute(sql)}


def _code(row: tuple) -> Code:
    code, title, level, billable, parent, chapter, notes_known, title_known = row
    return Code(code, title, level, bool(billable), parent, chapter, bool(notes_known), bool(title_known))
