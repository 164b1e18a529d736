"""Keep the database and the safety copy in step: rows in, rows out, and the comparison of the two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from course.learner import files, tables
from course.learner.database import Kind, Trouble
from course.learner.records import Attempt, BadRecord, Draft
from course.learner.rows import attempt_row, draft_row, row_attempt
from course.learner.twin import UNKNOWN, Reading, Seal, Twin

_ALL = sa.select(tables.attempt).order_by(tables.attempt.c.n)


def read_twin(twin: Twin) -> Reading:
    """The safety copy. Raises ``OSError``; :class:`Trouble` when a newer version of the course wrote it."""
    reading = twin.read()
    if reading.newer:
        raise Trouble(Kind.NEWER, "safety copy")
    return reading


def insert(connection: sa.Connection, attempts: Sequence[Attempt]) -> None:
    """Add attempts; those whose uid is there already are left as they are."""
    if attempts:
        statement = sa.insert(tables.attempt).prefix_with("OR IGNORE")
        connection.execute(statement, [attempt_row(attempt) for attempt in attempts])


def put_drafts(connection: sa.Connection, drafts: Iterable[Draft]) -> None:
    """Add drafts, each in the place of the one before."""
    for draft in drafts:
        connection.execute(sa.insert(tables.draft).prefix_with("OR REPLACE"), draft_row(draft))


def put_seal(connection: sa.Connection, seal: Seal) -> None:
    """Remember how the safety copy looks after this transaction."""
    connection.exec_driver_sql("INSERT OR REPLACE INTO meta (key, value) VALUES ('seal', ?)", (str(seal),))


def decode(rows: Iterable[Mapping[Any, Any]]) -> tuple[list[Attempt], int]:
    """The attempts of rows, and how many rows are not what was written."""
    good: list[Attempt] = []
    bad = 0
    for row in rows:
        try:
            good.append(row_attempt(dict(row)))
        except BadRecord:
            bad += 1
    return good, bad


def unknown_to(connection: sa.Connection, attempts: Sequence[Attempt]) -> list[Attempt]:
    """Those that the database does not have."""
    column, known = tables.attempt.c.uid, set[str]()
    for start in range(0, len(attempts), 500):
        uids = [one.uid for one in attempts[start : start + 500]]
        known.update(connection.execute(sa.select(column).where(column.in_(uids))).scalars())
    return [one for one in attempts if one.uid not in known]


def align(connection: sa.Connection, twin: Twin, *, thorough: bool = False) -> Seal:
    """Bring both together if they differ and return the copy's seal (:data:`UNKNOWN`: it cannot be used now).

    ``thorough`` compares the check sum of the whole copy, not its length alone (a millisecond for 2 MB).
    """
    query = sa.select(tables.meta.c.value).where(tables.meta.c.key == "seal")
    known = Seal.parse(connection.execute(query).scalar() or str(Seal()))
    try:
        if (twin.seal() if thorough else Seal(twin.size(), known.crc)) == known:
            return known
        seal = _reconcile(connection, twin)
    except OSError:
        seal = UNKNOWN
    put_seal(connection, seal)
    return seal


def _reconcile(connection: sa.Connection, twin: Twin) -> Seal:
    reading = read_twin(twin)
    have = set(connection.execute(sa.select(tables.attempt.c.uid)).scalars())
    insert(connection, [one for uid, one in reading.attempts.items() if uid not in have])
    if reading.bad:  # its lines are written anew from the database; the damaged ones stay, under a dated name
        files.write_whole(files.free_name(twin.path, "damaged"), twin.path.read_bytes())
    if reading.bad or reading.cut_off:
        return twin.rewrite(decode(connection.execute(_ALL).mappings())[0])
    missing = have - reading.attempts.keys()
    if missing:
        rows = connection.execute(_ALL).mappings()
        return twin.append(decode(row for row in rows if row["uid"] in missing)[0], reading.seal)
    return reading.seal
