"""Certification: which exam to choose, mock exams like it, and how likely a pass is.

    course.exams.file("costs")     # where a table is, for pandas.read_csv

    blueprint.py   what an exam is made of, each figure with its source    pool.py        the items it may draw from
    assemble.py    a form: the items of one exam                           report.py      score(): the score report
    sitting.py     Sitting: one exam being taken, kept event by event      readiness.py   the chance to pass
    facts.py       the credentials beside one another                      plan.py        the way to one, with dates

A sitting is a fold over its events: sitting_begin.py writes the first of them, sitting_fold.py is the fold (pure),
sitting_grade.py grades what is closed, sitting_list.py lists all sittings. A report has its counts in report_parts.py,
its sentences in report_words.py, and answers in words from report_answers.py.
"""

from __future__ import annotations

from course import paths

__all__ = ["file", "names"]


def names() -> list[str]:
    """Names of the tables under ``data/exams``."""
    return paths.tables("exams")


def file(name: str) -> str:
    """Path of a table, for ``pandas.read_csv``. KeyError (with the nearest names) when there is none."""
    return paths.table("exams", name)
