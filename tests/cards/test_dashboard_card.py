"""The dashboard: figures are counts of the log, the forecast waits until the page asks, the stored output is fixed."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

import course
from course import paths
from course.cards import dashboard_figures as figures
from course.cards.dashboard_card import DashboardCard, pace
from course.cards.goal import Goal, choose, goal, in_exam
from course.cards.panels import update_all
from course.exams import kept, plan_form
from course.learner.memory import Memory
from course.learner.records import Attempt, Draft, Event, now
from course.learner.store import shared_store
from course.questions import bank

pytestmark = pytest.mark.usefixtures("user_dir")

ITEMS = [one for one in bank.sound_items(lesson="03") if one.kind == "single_choice"]
TODAY = dt.date(2026, 11, 22)  # a Sunday


def answer(
    item: Any, outcome: str = "correct", days: float = 0.0, seconds: float | None = 60.0, **more: Any
) -> Attempt:
    shape = {"content_version": item.content_version, "kind": item.kind, "response": "a", "lesson": item.lesson, **more}
    at = now() - dt.timedelta(days=days)
    return Attempt(question_id=item.id, outcome=outcome, seconds=seconds, domains=item.domains, at=at, **shape)


def test_counts_are_of_the_latest_answer_to_the_present_question():
    one, two, three = ITEMS[:3]
    attempts = [
        answer(one, "incorrect", 2), answer(one, "correct", 1), answer(two, "correct", 2), answer(two, "partly", 1),
        answer(three, "correct", content_version="old"),
    ]  # fmt: skip
    folded = figures.fold(attempts, {item.id: item.content_version for item in ITEMS})
    (row,) = figures.lessons(ITEMS, folded)
    assert (row.name, row.total, row.tried, row.right) == ("03", len(ITEMS), 2, 1)
    name = one.domains[0]
    (domain,) = figures.domains(ITEMS, [name], folded)
    assert domain.total == sum(name in item.domains for item in ITEMS) and domain.tried == 2
    assert figures.domains(ITEMS, ["CPC: nothing"], folded)[0].total == 0


def test_weeks_begin_on_sunday_and_hold_their_seconds():
    days = {
        TODAY: 60.0,
        TODAY - dt.timedelta(days=1): 30.0,
        TODAY - dt.timedelta(days=7): 5.0,
        TODAY - dt.timedelta(days=90): 9.0,
    }
    weeks = figures.weeks(figures.Folded({}, days, []), TODAY)
    assert len(weeks) == 8 and weeks[-1] == (TODAY, 60.0) and weeks[-2] == (dt.date(2026, 11, 15), 35.0)
    assert sum(seconds for _, seconds in weeks) == 95.0
    assert figures.weeks(figures.Folded({}, {}, []), dt.date(2026, 11, 28))[-1][0] == TODAY


def test_the_day_of_an_answer_is_that_of_this_computer():
    attempts = [answer(ITEMS[0], days=days / 7) for days in range(40)]
    found = figures.fold(attempts, {}).days
    assert set(found) == {one.at.astimezone().date() for one in attempts} and sum(found.values()) == 40 * 60


def test_what_the_memory_holds_by_day():
    attempts = [answer(ITEMS[0], days=30), answer(ITEMS[1], days=0), answer(ITEMS[2], "incorrect", days=0)]
    found = figures.recall(ITEMS, Memory(attempts), now(), TODAY)
    assert (
        found.met == 3 and 1 < found.known <= 2 and found.missed == 1 and found.due[0] == 1 and sum(found.due[1:]) == 2
    )


def test_the_card_of_somebody_new_and_of_somebody_at_work():
    card = course.dashboard()
    assert isinstance(card, DashboardCard) and repr(card) == "<DashboardCard dashboard>"
    assert card.state["empty"] and card.state["due"] == [] and card.state["memory"] == ""
    stored = card.static_form
    shared_store().add([answer(ITEMS[0]), answer(ITEMS[1], "incorrect", 1)])
    card = course.dashboard()
    assert card.state["numbers"][0] == ["1", f"of {len(card.items):,} exercises right"]
    assert card.state["numbers"][2][0] == "2" and card.state["weeks"][-1]["words"] == "1 min"
    row = next(one for one in card.state["lessons"] if one["name"].startswith("03 "))
    assert row["words"].startswith("1 of ") and "1 more tried" in row["words"]
    assert card.state["empty"] == "" and card.static_form == stored
    assert not any(one["name"].startswith("17 ") and one["total"] > 100 for one in card.state["lessons"])
    json.dumps(card.state)


def test_exam_and_day_are_chosen_here_and_the_forecast_waits_for_the_page():
    card = course.dashboard()
    assert card.state["exam"] == "CPC" and card.state["day"] == "" and not card.state["wait"]
    card.handle({"verb": "goal", "exam": "CCA", "seq": "1"})
    assert card.state["exam"] == "CCA" and card.state["domains"][0]["name"] == "Clinical classification systems"
    card.handle({"verb": "goal", "day": "2026-12-20", "seq": "2"})
    assert "December 20, 2026" in card.state["forecast"] and card.state["seq"] == "2" and card.state["then"] >= 0
    again = course.dashboard()
    assert again.state["wait"] and again.state["forecast"] == "" and again.state["exam"] == "CCA"
    again.handle({"verb": "forecast", "seq": "3"})
    assert again.state["forecast"] == card.state["forecast"] and not again.state["wait"]
    card.handle({"verb": "goal", "day": "2026-11-01", "seq": "4"})
    assert "is over" in card.state["forecast"]
    card.handle({"verb": "goal", "day": "", "seq": "5"})
    assert card.state["day"] == "" and card.state["forecast"] == ""


def test_a_saved_plan_says_exam_and_day_until_something_later_is_chosen():
    store = shared_store()
    assert goal(store) == Goal("CPC", None, None)
    values = {**plan_form.START, "exam": "CCS", "start": "2026-11-22", "when": "date", "exam_date": "2027-09-01"}
    kept.keep(store, plan_form.STREAM, {**values, "hours_a_week": "7"})
    assert goal(store) == Goal("CCS", dt.date(2027, 9, 1), 7.0)
    choose(store, exam="CPC")
    assert goal(store) == Goal("CPC", dt.date(2027, 9, 1), 7.0)
    kept.keep(store, plan_form.STREAM, {**values, "exam": "CCA", "exam_date": "2027-10-01"})
    assert goal(store) == Goal("CCA", dt.date(2027, 10, 1), 10.0)


def test_the_forecast_supposes_the_learner_s_own_minutes():
    assert pace({}, Goal()) == 15 and pace({TODAY: 60.0}, Goal(hours=7.0)) == 60
    days = {TODAY - dt.timedelta(days=n): 1_680.0 for n in range(10)}
    assert pace(days, Goal(hours=7.0)) == 10 and pace({**days, dt.date(2026, 1, 1): 1e6}, Goal()) == 10


@pytest.mark.parametrize(
    "body", [None, 7, {}, {"values": {"exam": 3, "exam_date": []}}, {"exam_date": "9999-01-01", "exam": 3}]
)
def test_a_damaged_goal_is_no_goal(body: Any):
    shared_store().append(Event(stream="plan", body=body))
    shared_store().save_draft(Draft(question_id="goal", content_version="goal", response=body))
    assert goal(shared_store()).exam == "CPC" and goal(shared_store()).day is None
    assert course.dashboard().state["trouble"] == ""


@pytest.mark.parametrize("content", [None, {}, {"verb": "goal", "exam": 7, "day": "no"}, {"verb": "x"}])
def test_nonsense_changes_nothing(content: Any):
    card = course.dashboard()
    card.handle(content)
    assert card.state["exam"] == "CPC" and card.state["day"] == "" and card.state["trouble"] == ""


def test_today_is_a_sunday():
    assert paths.today() == TODAY, "the tests above count from this day"


def test_nothing_is_claimed_of_the_memory_on_the_first_day_and_what_was_missed_is_not_known():
    store = shared_store()
    store.add([answer(ITEMS[0]), answer(ITEMS[1]), answer(ITEMS[2], "incorrect")])
    first = course.dashboard().state["memory"]
    assert first.startswith("3 exercises and flash cards met; 1 was not right") and "would know today" not in first
    store.add([answer(ITEMS[3], days=1)])
    told = course.dashboard().state["memory"]
    assert told.startswith("4 exercises and flash cards met; about 3 of them you would know today. 1 was not right")


def test_it_follows_what_is_answered_on_the_page_and_keeps_its_forecast():
    card = course.dashboard()
    card.handle({"verb": "goal", "day": "2026-12-20", "seq": "1"})
    told = card.state["forecast"]
    shared_store().record(answer(ITEMS[0]))
    assert card.state["numbers"][0][0] == "0"
    update_all()
    assert card.state["numbers"][0][0] == "1" and card.state["forecast"] == told and not card.state["wait"]


def test_a_domain_says_the_same_on_the_dashboard_and_in_readiness():
    shared_store().save_draft(Draft(question_id="goal", content_version="goal", response={"exam": "CCA"}))
    for one, other in zip(course.dashboard().state["domains"], course.readiness("CCA").state["domains"], strict=True):
        assert one["name"] == other["name"] and other["about"].endswith(f"; {one['share']}")
    assert in_exam("CPC", "Cases") == "10 of 100 questions in the exam"
    assert in_exam("CCA", "Clinical classification systems").endswith("of these, 29 of the 90 that count")
