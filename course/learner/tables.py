"""The tables of the progress database, their version, and the steps from one version to the next.

Attempts and events are only ever added: triggers refuse to change or delete one.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from course import __version__
from course.learner.records import Attempt, Event, now, stamp

#: Marks the file as ours in its header (``PRAGMA application_id``), so another program's file is told from damage.
APPLICATION_ID = 0x4D434F44  # "MCOD"

metadata = sa.MetaData()

attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("uid", sa.Text, nullable=False, unique=True),
    sa.Column("question_id", sa.Text, nullable=False, index=True),
    sa.Column("content_version", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("response", sa.Text, nullable=False),  # JSON
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("lesson", sa.Text, nullable=False),
    sa.Column("objective", sa.Text, nullable=False),
    sa.Column("domains", sa.Text, nullable=False),  # JSON list
    sa.Column("edition", sa.Integer),
    sa.Column("hints_used", sa.Integer, nullable=False),
    sa.Column("solution_seen", sa.Boolean, nullable=False),
    sa.Column("seconds", sa.Float),
    sa.Column("generator", sa.Text),
    sa.Column("seed", sa.Text),  # a whole number of any size
    sa.Column("level", sa.Integer),
    sa.Column("at", sa.Text, nullable=False),  # UTC, fixed width: text order is time order
    sa.Column("course_version", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
)

event = sa.Table(
    "event",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("uid", sa.Text, nullable=False, unique=True),
    sa.Column("stream", sa.Text, nullable=False, index=True),
    sa.Column("body", sa.Text, nullable=False),  # JSON
    sa.Column("at", sa.Text, nullable=False),  # UTC, fixed width: text order is time order
    sa.Column("course_version", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
)

#: Where each sort of record is kept.
RECORDS: dict[type, sa.Table] = {Attempt: attempt, Event: event}

draft = sa.Table(
    "draft",
    metadata,
    sa.Column("question_id", sa.Text, primary_key=True),
    sa.Column("content_version", sa.Text, nullable=False),
    sa.Column("response", sa.Text, nullable=False),
    sa.Column("hints", sa.Integer, nullable=False),
    sa.Column("solution_seen", sa.Boolean, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)

meta = sa.Table("meta", metadata, sa.Column("key", sa.Text, primary_key=True), sa.Column("value", sa.Text))

schema_version = sa.Table(
    "schema_version",
    metadata,
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("applied_at", sa.Text, nullable=False),
    sa.Column("course_version", sa.Text, nullable=False),
)

#: The tables of each version.
_TABLES = {1: (attempt, draft, meta, schema_version), 2: (event,)}


def _only_added(connection: sa.Connection, table: str, what: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{what} are only added'); END"
        )


def _first(connection: sa.Connection) -> None:
    metadata.create_all(connection, tables=_TABLES[1])
    _only_added(connection, "attempt", "attempts")


def _events(connection: sa.Connection) -> None:
    metadata.create_all(connection, tables=_TABLES[2])
    _only_added(connection, "event", "events")


#: version -> what takes a database of the version before to it. Each runs in one transaction with its row of
#: ``schema_version``. Steps are never edited once released: a change of the tables is a new step.
STEPS: dict[int, Callable[[sa.Connection], None]] = {1: _first, 2: _events}


def newest() -> int:
    """The version that this program reads and writes."""
    return max(STEPS)


def names(version: int) -> set[str]:
    """Names of the tables that a database of a version has."""
    return {table.name for since, tables in _TABLES.items() if since <= version for table in tables}


def version_of(connection: sa.Connection) -> int:
    """Version of an open database; 0 when it has no tables yet."""
    known = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'").first()
    if known is None:
        return 0
    return int(connection.exec_driver_sql("SELECT coalesce(max(version), 0) FROM schema_version").scalar() or 0)


def bring_forward(connection: sa.Connection, version: int) -> None:
    """Take the steps above ``version``, inside the transaction that ``connection`` is in."""
    for step in sorted(STEPS):
        if step > version:
            STEPS[step](connection)
            connection.exec_driver_sql(
                "INSERT INTO schema_version (version, applied_at, course_version) VALUES (?, ?, ?)",
                (step, stamp(now()), __version__),
            )
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
