"""Panels that only show something: the header of a lesson, progress at a glance, a notice instead of a traceback."""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from typing import Any

from course.cards import esm, lessons
from course.cards.widget import STYLES, Card
from course.learner import log
from course.learner.store import Store
from course.questions import text

#: How many objectives the progress panel names for another look.
AGAIN = 5


class Panel(Card):
    """Shows ``view`` and ``state``; hears nothing."""

    _esm = esm.bundle("panel.js", *STYLES)


class NoticeCard(Panel):
    """A plain message in place of a card: what is wrong and what to do."""

    def __init__(self, title: str, lines: Iterable[str], names: Iterable[str] = ()) -> None:
        view = {"face": "notice", "title": title, "lines": list(lines), "list": list(names)}
        self.label = f"{title}"
        self.static_form = (
            f'<div class="course-static course-static-notice">\n<p><strong>{text.escape(title)}</strong></p>\n'
            + "\n".join(f"<p>{text.escape(line)}</p>" for line in view["lines"])
            + (f"\n<p>{', '.join(map(text.escape, view['list']))}</p>" if view["list"] else "")
            + "\n</div>"
        )
        super().__init__(view=view)


class LessonCard(Panel):
    """The header of a lesson: how far one is in it, which edition is in force, whether answers are saved."""

    def __init__(self, lesson: str, store: Store) -> None:
        self.lesson, self.store = lesson, store
        self.label = lesson
        self.static_form = static_line(f"Run this cell to see your progress in lesson {lesson}.")
        super().__init__(view={"face": "lesson", "title": "Your progress in this lesson"})
        self.update()
        _live.add(self)

    def building(self, part: float, message: str) -> None:
        """While a code set is made ready for the first time: ``part`` from 0 to 1."""
        self.state = {**self.state, "building": {"part": part, "message": message}}

    def update(self, edition: str = "") -> None:
        """Show what is true now."""
        done = lessons.done(self.lesson, self.store)
        many = "" if done.practised == 1 else "s"
        here = len(lessons.asked(self.lesson))
        told = [f"{here} on this page, {done.total - here} more in the checkpoints"] if 0 < here < done.total else []
        told += [f"{done.practised} practice exercise{many} answered"] if done.practised else []
        self.state = {
            "meter": meter(done) if done.total else None,
            "practised": "; ".join(told),
            "edition": edition or self.state.get("edition", ""),
            **saving(self.store),
        }


class ProgressCard(Panel):
    """Progress at a glance, over all lessons."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.static_form = static_line("Run this cell to see your progress.")
        super().__init__(view={"face": "progress", "title": "Where you stand"})
        self.update()
        _live.add(self)

    def update(self) -> None:
        """Show what is true now."""
        attempts = log.attempts(self.store)
        rows = [
            {"title": f"{lesson} {lessons.title_of(lesson)}", **meter(lessons.done(lesson, self.store))}
            for lesson in lessons.lessons()
        ]
        right = sum(row["right"] for row in rows)
        days = len({attempt.at.astimezone().date() for attempt in attempts})
        last: dict[str, str] = {}
        for attempt in attempts:
            last[attempt.objective] = attempt.outcome
        again = [objective for objective, outcome in reversed(last.items()) if outcome != "correct" and objective]
        self.state = {
            "numbers": [
                [str(right), "exercises right" if right != 1 else "exercise right"],
                [str(len(attempts)), "answers given" if len(attempts) != 1 else "answer given"],
                [str(days), "days of work" if days != 1 else "day of work"],
            ],
            "lessons": rows,
            "next": "" if attempts else "Nothing answered yet. Begin with any exercise; it shows up here.",
            "again": [objective[0].upper() + objective[1:] for objective in again[:AGAIN]],
            **saving(self.store),
        }


def meter(done: lessons.Done) -> dict[str, Any]:
    """Counts as the browser's meter takes them."""
    return {"total": done.total, "right": done.right, "tried": done.tried, "words": done.words}


def saving(store: Store) -> dict[str, str]:
    """Whether answers are kept, in words."""
    kept = "Your answers are saved on this computer." if store.durable else ""
    return {"saving": kept, "warning": store.warning or ""}


def static_line(line: str) -> str:
    """A panel without a kernel: one line that says what to do."""
    return f'<div class="course-static">\n<p><em>{text.escape(line)}</em></p>\n</div>'


_live: weakref.WeakSet[Any] = weakref.WeakSet()


def follow(panel: Any) -> None:
    """Call ``panel.update()`` after each checked answer, as long as the panel is there."""
    _live.add(panel)


def update_all() -> None:
    """Bring every panel that is still on a page up to date; called after a checked answer."""
    for panel in list(_live):
        panel.guarded("bring the progress up to date", panel.update)
