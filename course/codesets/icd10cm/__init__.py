"""ICD-10-CM: all codes, their notes and rules, by edition.

from course.codesets import icd10cm
codes = icd10cm.open_edition()          # the edition in force today
codes.get("s52521a").title
codes.excludes1("E10.9", "E11.9")
"""

from __future__ import annotations

from course.codesets.icd10cm.catalogue import UnknownEdition, edition_on, editions, label_of, open_edition
from course.codesets.icd10cm.codeset import CodeSet, note_statistics
from course.codesets.icd10cm.library import SourceMissing
from course.codesets.icd10cm.model import NOTE_KINDS, Change, Code, Note, Ref, Seventh
from course.codesets.icd10cm.spelling import normalise

__all__ = [
    "NOTE_KINDS",
    "Change",
    "Code",
    "CodeSet",
    "Note",
    "Ref",
    "Seventh",
    "SourceMissing",
    "UnknownEdition",
    "edition_on",
    "editions",
    "label_of",
    "normalise",
    "note_statistics",
    "open_edition",
]
