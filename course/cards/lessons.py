"""What the course knows about its lessons: titles (from the notebooks), exercises (from the bank), what was done."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache

from course import paths
from course.exams.pool import is_hall
from course.learner import log, summary
from course.learner.store import Store
from course.questions import bank
from course.questions.base import ItemBase

#: ``03-icd-10-cm-structure.ipynb``; a lesson in parts has a letter: ``05a-…``, ``05b-…``.
_NUMBERED = re.compile(r"(\d\d[a-z]?)-")


@cache
def _pages() -> dict[str, list[tuple[str, str]]]:
    """``{"03": [(cell type, source), …]}``: what the lessons hold, in reading order; broken ones left out."""
    found = {}
    folder = paths.notebooks_dir()
    for path in sorted(folder.glob("*.ipynb")) if folder.is_dir() else ():
        number = _NUMBERED.match(path.name)
        if number is None:
            continue
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            found[number[1]] = [("name", path.stem), *((one["cell_type"], "".join(one["source"])) for one in cells)]
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found


@cache
def titles() -> dict[str, str]:
    """``{"03": "How a code is built"}``: the H1 of each lesson's notebook, in reading order."""
    found = {}
    for number, cells in _pages().items():
        text = "\n".join(source for kind, source in cells[1:4] if kind == "markdown")
        heading = re.search(r"^# +(.+?) *$", text, re.MULTILINE)
        title = heading[1] if heading else _NUMBERED.sub("", cells[0][1]).replace("-", " ").capitalize()
        found[number] = re.sub(rf"^(Lesson )?{number}[.:]? +", "", title)
    return found


@cache
def asked(lesson: str) -> frozenset[str]:
    """Ids of the questions that the lesson's own page asks."""
    cells = _pages().get(lesson, [])
    sources = (source for kind, source in cells if kind == "code")
    return frozenset(one for source in sources for one in re.findall(r"\b(?:ask|turn)\(\s*[\"']([^\"']+)[\"']", source))


def title_of(lesson: str) -> str:
    """Title of a lesson, or "Lesson 03"."""
    return titles().get(lesson, f"Lesson {lesson}")


def items_of(lesson: str) -> list[ItemBase]:
    """The sound questions of a lesson, topic by topic; without those that are kept for the exam hall."""
    return [item for item in bank.sound_items(lesson=lesson) if not is_hall(item)]


def lessons() -> list[str]:
    """Numbers of the lessons that have questions."""
    return sorted({item.lesson for item in bank.sound_items() if not is_hall(item)})


@dataclass(frozen=True, slots=True)
class Done:
    """How far a learner is: authored exercises of a lesson by what became of them, and drawn ones answered."""

    total: int
    right: int
    tried: int
    practised: int

    @property
    def words(self) -> str:
        """ "3 of 16 right, 2 more tried"."""
        more = self.tried - self.right
        return f"{self.right} of {self.total} right" + (f", {more} more tried" if more else "")


def done(lesson: str, store: Store) -> Done:
    """Counts for a lesson by the latest answers. One counts as long as the question has not changed since."""
    versions = {item.id: item.content_version for item in items_of(lesson)}
    attempts = [one for one in log.attempts(store) if one.lesson == lesson]
    authored = [one for one in attempts if versions.get(one.question_id) == one.content_version]
    rows = summary.by("lesson", authored)  # one row, or none when nothing was answered
    practised = len({one.question_id for one in attempts if one.generator})
    return Done(len(versions), sum(row.correct_now for row in rows), sum(row.seen for row in rows), practised)
