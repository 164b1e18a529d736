"""``course.dashboard()``: where one stands: lessons, exam domains, time, days of work, memory, the day of the exam."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from course import paths
from course.cards import dashboard_figures as figures
from course.cards import esm
from course.cards.amounts import date, many, worked
from course.cards.goal import Goal, choose, exams, goal, in_exam, weights
from course.cards.lessons import title_of
from course.cards.panels import follow, saving
from course.cards.widget import Card
from course.exams.pool import is_hall
from course.learner import cards, log, streak
from course.learner.forecast import forecast
from course.questions import bank

if TYPE_CHECKING:
    from course.learner.records import Attempt
    from course.learner.store import Store
    from course.questions.base import ItemBase

STYLES = ("tokens.css", "card.css", "kinds.css", "deck.css", "flash_cards.css", "run.css", "dashboard.css", "media.css")
#: What the lines of lessons and domains count.
COUNTED = (
    "Counted are the questions of the lessons, each by its latest answer, wherever it was given. Drawn exercises, "
    "flash cards and the exam hall\u2019s own questions are not in these numbers."
)
COUNTED_DOMAINS = "The same questions by exam domain. A question of two domains counts in both."
COUNTED_MEMORY = "Here drawn exercises and flash cards are in."
#: What the forecast found, and for what; it stays until it is worked out anew.
FORECAST = ("forecast", "now", "then", "then_name", "other")
#: Minutes a day that the forecast supposes where nothing is known.
MINUTES = 15
#: Days over which the learner's own minutes a day are counted, and how many of them must be days of work.
PACE_DAYS, ENOUGH = 28, 5


class DashboardCard(Card):
    """Everything at a glance. Its only questions are which exam, and when."""

    _esm = esm.bundle("dashboard.js", *STYLES)
    answered = False
    seen = -1  # how many answers there were when it was counted

    def __init__(self, store: Store) -> None:
        self.store = store
        self.label, self.static_form = "dashboard", STATIC
        super().__init__(view={"title": "Where you stand"})
        self.refresh()
        follow(self)
        self.on_msg(lambda _, content, __: self.handle(content))

    def handle(self, content: Any) -> None:
        """``{"verb": "goal", "exam"?, "day"?, "seq"}`` chooses; ``{"verb": "forecast", "seq"}`` works out what was left
        to later. Never raises."""
        if isinstance(content, Mapping) and content.get("verb") in ("goal", "forecast"):
            trouble = ""
            if content["verb"] == "goal":
                _, trouble = self.guarded(
                    "keep this", lambda: choose(self.store, exam=content.get("exam"), day=content.get("day"))
                )
            self.refresh(str(content.get("seq", "")), trouble, whole=True)

    def update(self) -> None:
        """Something was answered on the page: count anew. A forecast that was worked out stays as it is."""
        if self.seen == len(log.attempts(self.store)):
            return
        before = self.state
        self.refresh(str(before.get("seq", "")))
        same = all(before.get(name) == self.state.get(name) for name in ("exam", "day"))
        if same and self.state.get("wait") and not before.get("wait"):
            kept = {name: before[name] for name in FORECAST if name in before}
            self.state = {**self.state, **kept, "wait": False}

    def refresh(self, seq: str = "", trouble: str = "", *, whole: bool = False) -> None:
        """Show what is true now. The forecast plays hundreds of days through: it waits until the page asks for it
        (``whole``), so that Run All does not."""
        found, fault = self.guarded("read your progress", lambda: self.told(whole))
        self.state = {**(found if found is not None else self.state), "seq": seq, "trouble": trouble or fault}

    @cached_property
    def items(self) -> list[ItemBase]:
        """The questions of the lessons; those of the exam hall are no lesson's."""
        return [item for item in bank.sound_items() if item.lesson != "00" and not is_hall(item)]

    def told(self, whole: bool) -> dict[str, Any]:
        """JSON of ``state``."""
        attempts, wanted, today = log.attempts(self.store), goal(self.store), paths.today()
        self.seen = len(attempts)
        folded = figures.fold(attempts, figures.versions(self.items))
        days = streak.streak(folded.some, today)
        weeks = figures.weeks(folded, today)
        right = sum(one == "correct" for one in folded.latest.values())
        return {
            "numbers": [
                [f"{right:,}", f"of {len(self.items):,} exercises right"],
                [worked(weeks[-1][1]), "of answering this week"],
                [str(days.days), "days of work in the last 28" if days.days != 1 else "day of work in the last 28"],
            ],
            "counted": [COUNTED, COUNTED_DOMAINS, COUNTED_MEMORY],
            "empty": "" if attempts else "Nothing is answered yet. Begin with any exercise; it shows up here.",
            "lessons": [
                {"name": f"{one.name} {title_of(one.name)}", **_bar(one)} for one in figures.lessons(self.items, folded)
            ],
            **self._domains(folded, wanted),
            "weeks": _weeks(weeks),
            "days": {"worked": list(days.worked), "words": days.words},
            **self._memory(wanted, attempts, folded if whole else None),
            **saving(self.store),
        }

    def _domains(self, folded: figures.Folded, wanted: Goal) -> dict[str, Any]:
        shares = weights(wanted.exam)
        rows = figures.domains(self.items, shares, folded)
        return {
            "exams": [[name, title] for name, title in exams().items()],
            "exam": wanted.exam,
            "domains": [
                {
                    "name": one.name.removeprefix(f"{wanted.exam}: "),
                    **_bar(one),
                    "share": in_exam(wanted.exam, one.name.removeprefix(f"{wanted.exam}: ")),
                }
                for one in rows
            ],
        }

    def _memory(self, wanted: Goal, attempts: list[Attempt], folded: figures.Folded | None) -> dict[str, Any]:
        now, today, memory = paths.now(), paths.today(), log.memory(self.store)
        units = cards.units(now, {one.question_id for one in attempts})
        held = figures.recall(units, memory, now, today)
        names = ["Today", "Tomorrow", *(f"{today + dt.timedelta(days=n):%A}" for n in range(2, figures.AHEAD))]
        most = max(held.due) or 1
        return {
            "memory": _known(held, any(one.at.astimezone().date() < today for one in attempts[:1])),
            "due": [
                {"name": name, "words": f"{count:,}", "part": count / most}
                for name, count in zip(names, held.due, strict=True)
            ]
            if held.met
            else [],
            **self._forecast(units, wanted, folded),
        }

    def _forecast(self, units: list[cards.Unit], wanted: Goal, folded: figures.Folded | None) -> dict[str, Any]:
        today = paths.today()
        told = {
            "day": wanted.day.isoformat() if wanted.day else "",
            "first": today.isoformat(),
            "forecast": "",
            "wait": False,
        }
        if wanted.day is None:
            return told
        if wanted.day < today:
            return {**told, "forecast": f"The exam day you chose, {date(wanted.day)}, is over. Choose the next one."}
        if folded is None:
            return {**told, "wait": True}
        known = weights(wanted.exam)
        asked = [unit for unit in units if any(domain in known for domain in unit.domains)]
        found = forecast(
            asked, log.memory(self.store), now=paths.now(), exam=wanted.day, minutes=pace(folded.days, wanted)
        )
        return {
            **told,
            "forecast": found.words,
            "now": round(100 * found.known_now),
            "then": round(100 * found.known),
            "then_name": date(wanted.day),
        }


def pace(days: Mapping[dt.date, float], wanted: Goal) -> float:
    """Minutes a day that the forecast supposes: the learner's own of the last four weeks; where these are too few to
    tell, those of the plan, or :data:`MINUTES`. ``days``: day -> seconds of work."""
    today = paths.today()
    last = [seconds for day, seconds in days.items() if 0 <= (today - day).days < PACE_DAYS]
    if len(last) >= ENOUGH:
        return max(5, round(sum(last) / 60 / PACE_DAYS / 5) * 5)
    return MINUTES if wanted.hours is None else max(5, round(wanted.hours * 60 / 7 / 5) * 5)


def _known(held: figures.Recall, second_day: bool) -> str:
    """What the memory holds in words. On the first day nothing is forgotten yet, so nothing is claimed."""
    if not held.met:
        return ""
    met = f"{many(held.met, 'exercise or flash card', 'exercises and flash cards')} met"
    missed = f"{held.missed:,} {'was' if held.missed == 1 else 'were'} not right at the latest answer" * bool(
        held.missed
    )
    if not second_day:
        later = "How many you would still know is told from the second day of work on."
        return f"{met}{'; ' * bool(missed)}{missed}. {later}"
    known = f"{met}; about {round(held.known):,} of them you would know today"
    return f"{known}. {missed} and not counted as known." if missed else f"{known}."


def _bar(one: figures.Count) -> dict[str, Any]:
    words = f"{one.right} of {one.total} right" + (
        f", {one.tried - one.right} more tried" if one.tried > one.right else ""
    )
    return {"total": one.total, "right": one.right, "tried": one.tried, "words": words}


def _weeks(weeks: list[tuple[dt.date, float]]) -> list[dict[str, Any]]:
    most = max(seconds for _, seconds in weeks) or 1.0
    last = len(weeks) - 1
    return [
        {
            "name": "This week" if place == last else f"{first:%B} {first.day}",
            "words": worked(seconds),
            "part": seconds / most,
        }
        for place, (first, seconds) in enumerate(weeks)
    ]


STATIC = (
    '<div class="course-static">\n<p><strong>Where you stand</strong></p>\n'
    "<p>Lessons, exam domains, time, what you remember, and what that is likely to be on the day of your exam.</p>\n"
    "<p><em>To see yours, open this page in JupyterLab and press Run All.</em></p>\n</div>"
)
