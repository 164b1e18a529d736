"""Records and drafts as rows of the database, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from course.learner.records import (
    Attempt,
    BadRecord,
    Draft,
    Record,
    digest,
    from_record,
    stamp,
    to_json,
    to_record,
    unstamp,
)

#: Columns that hold JSON.
_JSON = ("response", "domains", "body")


def to_row(one: Record) -> dict[str, Any]:
    """Values of the columns of ``attempt`` or ``event`` (``n`` apart, which the database gives)."""
    record = to_record(one)
    row: dict[str, Any] = {**record, "digest": digest(record)}
    row |= {name: to_json(row[name]) for name in _JSON if name in row}
    if isinstance(one, Attempt):
        row["seed"] = None if one.seed is None else str(one.seed)
        for name in ("edition", "seconds", "generator", "level"):
            row.setdefault(name, None)
    return row


def from_row(row: Mapping[str, Any]) -> Record:
    """The record of a row. Raises :class:`BadRecord` when the row is not what was written."""
    record = {name: value for name, value in row.items() if name != "n" and value is not None}
    try:
        record |= {name: json.loads(record[name]) for name in _JSON if name in record}
        if "stream" not in record:
            record["solution_seen"] = bool(record["solution_seen"])
            record["score"] = float(record["score"])
        if "seed" in record:
            record["seed"] = int(record["seed"])
        if "seconds" in record:
            record["seconds"] = float(record["seconds"])
        if "digest" not in record:
            raise BadRecord("the row has no check sum")
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadRecord("the row is damaged") from error
    return from_record(record)


def draft_row(draft: Draft) -> dict[str, Any]:
    """Values of the columns of ``draft``."""
    return {
        "question_id": draft.question_id,
        "content_version": draft.content_version,
        "response": to_json(draft.response),
        "hints": draft.hints,
        "solution_seen": draft.solution_seen,
        "at": stamp(draft.at),
    }


def row_draft(row: Mapping[str, Any]) -> Draft | None:
    """The draft of a row; None when the row is damaged (a draft is a comfort, not a record)."""
    try:
        return Draft(
            question_id=str(row["question_id"]),
            content_version=str(row["content_version"]),
            response=json.loads(row["response"]),
            hints=max(0, int(row["hints"])),
            solution_seen=bool(row["solution_seen"]),
            at=unstamp(row["at"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError, sqlite3.Error):
        return None
