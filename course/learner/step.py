"""Keep the database and the safety copy in step: rows in, rows out, and the comparison of the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from course.learner import files, tables
from course.learner.database import Kind, Trouble
from course.learner.records import BadRecord, Draft, Record
from course.learner.rows import draft_row, from_row, to_row
from course.learner.twin import UNKNOWN, Reading, Seal, Twin

_EACH = tuple(tables.RECORDS.values())


def read_twin(twin: Twin) -> Reading:
    """The safety copy. Raises ``OSError``; :class:`Trouble` when a newer version of the course wrote it."""
    reading = twin.read()
    if reading.newer:
        raise Trouble(Kind.NEWER, "safety copy")
    return reading


def insert(connection: sa.Connection, records: Sequence[Record]) -> None:
    """Add records, each to its table; those whose uid is there already are left as they are."""
    for sort, table in tables.RECORDS.items():
        if rows := [to_row(one) for one in records if isinstance(one, sort)]:
            connection.execute(sa.insert(table).prefix_with("OR IGNORE"), rows)


def put_drafts(connection: sa.Connection, drafts: Iterable[Draft]) -> None:
    """Add drafts, each in the place of the one before."""
    for draft in drafts:
        connection.execute(sa.insert(tables.draft).prefix_with("OR REPLACE"), draft_row(draft))


def put_seal(connection: sa.Connection, seal: Seal) -> None:
    """Remember how the safety copy looks after this transaction."""
    connection.exec_driver_sql("INSERT OR REPLACE INTO meta (key, value) VALUES ('seal', ?)", (str(seal),))


def all_rows(connection: sa.Connection) -> Iterator[Mapping[Any, Any]]:
    """Every row of every table of records, in the order in which they were added to it."""
    for table in _EACH:
        yield from connection.execute(sa.select(table).order_by(table.c.n)).mappings()


def decode(rows: Iterable[Mapping[Any, Any]]) -> tuple[list[Record], int]:
    """The records of rows, and how many rows are not what was written."""
    good: list[Record] = []
    bad = 0
    for row in rows:
        try:
            good.append(from_row(dict(row)))
        except BadRecord:
            bad += 1
    return good, bad


def unknown_to(connection: sa.Connection, records: Sequence[Record]) -> list[Record]:
    """Those that the database does not have."""
    known = set[str]()
    for sort, table in tables.RECORDS.items():
        column, uids = table.c.uid, [one.uid for one in records if isinstance(one, sort)]
        for start in range(0, len(uids), 500):
            query = sa.select(column).where(column.in_(uids[start : start + 500]))
            known.update(connection.execute(query).scalars())
    return [one for one in records if one.uid not in known]


def align(connection: sa.Connection, twin: Twin, *, thorough: bool = False) -> Seal:
    """Bring both together if they differ and return the copy's seal (:data:`UNKNOWN`: it cannot be used now).

    ``thorough`` compares the check sum of the whole copy, not its length alone (a millisecond for 2 MB).
    """
    query = sa.select(tables.meta.c.value).where(tables.meta.c.key == "seal")
    known = Seal.parse(connection.execute(query).scalar() or str(Seal()))
    try:
        if (twin.seal() if thorough else Seal(twin.size(), known.crc)) == known and not (thorough and twin.older()):
            return known
        seal = _reconcile(connection, twin)
    except OSError:
        seal = UNKNOWN
    put_seal(connection, seal)
    return seal


def _reconcile(connection: sa.Connection, twin: Twin) -> Seal:
    reading = read_twin(twin)
    have = {uid for table in _EACH for uid in connection.execute(sa.select(table.c.uid)).scalars()}
    insert(connection, [one for uid, one in reading.records.items() if uid not in have])
    if reading.bad:  # its lines are written anew from the database; the damaged ones stay, under a dated name
        files.write_whole(files.free_name(twin.path, "damaged"), twin.path.read_bytes())
    if reading.bad or reading.cut_off or reading.older:
        return twin.rewrite(decode(all_rows(connection))[0])
    missing = have - reading.records.keys()
    if missing:
        return twin.append(decode(row for row in all_rows(connection) if row["uid"] in missing)[0], reading.seal)
    return reading.seal
