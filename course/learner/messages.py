"""What a learner is told about saving: what happened, what it means for the lesson, what to do. Plain words."""

from __future__ import annotations

from pathlib import Path

from course.bootstrap.errors import command
from course.learner.database import Kind, Trouble
from course.learner.mend import Mended

_GOES_ON = "The lesson works as usual, and your answers are kept in memory while this notebook is open."
_RETRY = "They are saved by themselves as soon as that is possible."


def trouble(problem: Trouble, folder: Path) -> str:
    """Why nothing is saved at the moment, and how to mend it."""
    if problem.kind is Kind.BUSY:
        return (
            f"Another program is holding your progress file in {folder}, so your answers are not saved yet. {_GOES_ON} "
            f"{_RETRY} If this stays, close the program that holds the file (a back-up or a synchronising client)."
        )
    if problem.kind is Kind.FULL:
        return (
            f"There is no room left on the disk that holds {folder}, so your answers are not saved yet. {_GOES_ON} "
            f"Free some space; {_RETRY[0].lower()}{_RETRY[1:]}"
        )
    if problem.kind is Kind.NEWER:
        return (
            f"Your progress in {folder} was written by a newer version of this course. It was left as it is. "
            f"{_GOES_ON} They are not saved: update the course (the newest version reads everything), then start the "
            "notebook again."
        )
    if problem.kind is Kind.DAMAGED:
        return (
            f"Your progress file in {folder} cannot be read or mended at the moment ({problem.detail}). {_GOES_ON} "
            f"Run `{command('doctor')}`, which says what is wrong."
        )
    return (
        f"The folder {folder} cannot be written ({problem.detail}), so your answers are not saved. {_GOES_ON} "
        "To mend it, make that folder writable, or set the environment variable COURSE_USER_DIR to a folder of yours, "
        "and start the notebook again."
    )


def mended(what: Mended) -> str:
    """What was damaged and what was done."""
    if what.what == "copy":
        return f"A folder stood where the safety copy of your progress belongs. It was set aside as {what.aside.name}."
    if what.what == "foreign":
        begin = f"A file of another program stood where your progress belongs. It was set aside as {what.aside.name}."
    else:
        begin = f"Your progress file was damaged. It was set aside as {what.aside.name} and mended."
    saved = {0: "No earlier answer was found in it.", 1: "1 answer was read back."}.get(
        what.kept, f"{what.kept} answers were read back."
    )
    lost = "" if not what.lost else (
        " 1 row of it was not readable." if what.lost == 1 else f" {what.lost} rows of it were not readable."
    )
    if what.lost and what.kept:
        lost += " Rows that the safety copy holds are among those read back."
    return f"{begin} {saved}{lost}"


def refused(why: str) -> str:
    """That an answer is not fit to be written."""
    return f"One answer could not be written down ({why}). It counts while this notebook is open."
