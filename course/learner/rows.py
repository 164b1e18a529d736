"""Attempts and drafts as rows of the database, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from course.learner.records import Attempt, BadRecord, Draft, digest, from_record, stamp, to_json, to_record, unstamp


def attempt_row(attempt: Attempt) -> dict[str, Any]:
    """Values of the columns of ``attempt`` (``n`` apart, which the database gives)."""
    record = to_record(attempt)
    row: dict[str, Any] = {**record, "digest": digest(record)}
    row["response"] = to_json(attempt.response)
    row["domains"] = to_json(list(attempt.domains))
    row["seed"] = None if attempt.seed is None else str(attempt.seed)
    for name in ("edition", "seconds", "generator", "level"):
        row.setdefault(name, None)
    return row


def row_attempt(row: Mapping[str, Any]) -> Attempt:
    """The attempt of a row. Raises :class:`BadRecord` when the row is not what was written."""
    record = {name: value for name, value in row.items() if name != "n" and value is not None}
    try:
        record["response"] = json.loads(record["response"])
        record["domains"] = json.loads(record["domains"])
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
