"""The step planner: hours become dates, rules hold with their sources, what cannot be is a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.exams import facts, kept, plan, plan_form, plan_remarks, plan_steps, workdays
from course.exams import plan_rules as rules
from course.learner.records import Event, Kept
from tests.exams.test_calendar_file import parse

D = dt.date
START = D(2026, 11, 23)
WISHES = st.builds(
    plan.Wish,
    st.sampled_from(facts.MAIN),
    st.dates(D(2026, 1, 1), D(2028, 12, 31)),
    st.sampled_from([2.5, 7, 10, 40]),
    st.sampled_from([0, 1, 80, 101.5]),
    st.sampled_from([0, 60, 200]),
    st.none() | st.dates(D(2026, 6, 1), D(2030, 12, 31)),
    st.lists(
        st.dates(D(2026, 1, 1), D(2029, 1, 1)).map(lambda day: (day, day + dt.timedelta(days=12))), max_size=3
    ).map(tuple),
    st.sampled_from([0, 1, 2]),
)


def days(made: plan.Plan) -> Iterator[D]:
    day = made.wish.start
    while day < made.exam_date:
        yield day
        day += dt.timedelta(days=1)


@given(WISHES)
def test_the_hours_fit_between_start_and_exam(wish: plan.Wish):
    total = wish.training_hours + wish.study_hours
    try:
        made = plan.make(wish)
    except plan.Fault as fault:
        assert wish.exam_date is not None and fault.field == "exam_date" and fault.sentence.endswith(".")
        room = sum(not plan.is_off(wish, wish.start + dt.timedelta(days=n)) for n in range(3000)
                   if wish.start + dt.timedelta(days=n) < wish.exam_date) * wish.hours_a_week / 7  # fmt: skip
        assert wish.exam_date <= wish.start or room < total
        return
    free = sum(not plan.is_off(wish, day) for day in days(made))
    assert free * wish.hours_a_week / 7 >= total - 1e-6
    assert abs(sum(week.hours for week in made.weeks) - total) <= 0.05 * len(made.weeks)
    assert made.weeks[0].start == wish.start and made.weeks[-1].end == made.exam_date - dt.timedelta(days=1)
    for one, after in zip(made.weeks, made.weeks[1:], strict=False):
        assert after.start == one.end + dt.timedelta(days=1) and (one.end - one.start).days == 6
    for week in made.weeks:
        assert week.hours <= wish.hours_a_week + 0.05
        assert (week.task == "off") == all(
            plan.is_off(wish, week.start + dt.timedelta(days=n)) for n in range((week.end - week.start).days + 1)
        )
    mocks = [day for day, _ in made.mocks]
    assert mocks == sorted(set(mocks)) and all(wish.start <= day < made.exam_date for day in mocks)
    assert not any(plan.is_off(wish, day) for day in mocks)
    assert made.ready is None or made.ready < made.exam_date
    steps = plan_steps.steps(made)
    assert [one.start for one in steps] == sorted(one.start for one in steps) and len({s.key for s in steps}) == len(
        steps
    )
    for one in steps:
        assert wish.start <= one.start <= one.end and (one.phase > 2 or one.end < made.exam_date or one.key == "books")
        assert one.text.endswith(".") and (
            one.sources or one.key in ("train", "study", "mock1", "mock2", "mock3", "mock4")
        )
    assert wish.start <= made.booked < made.exam_date
    if wish.exam_date is None:
        wait = dt.timedelta(days=rules.WAIT_DAYS[rules.body(wish.exam)])
        assert made.booked + wait <= made.exam_date, "there is time to get a seat"
        assert made.exam_date.weekday() < 6 and made.exam_date not in workdays.holidays(made.exam_date.year)
        if made.tested and wish.study_hours and not made.hurried:
            assert made.booked > made.tested, "booked after the second whole mock exam"
    trained = {name for week in made.weeks if week.task == "train" for name in week.lessons}
    assert not wish.training_hours or trained == {name for name, _ in rules.LESSONS[wish.exam]}


def test_as_soon_as_ready():
    made = plan.make(plan.Wish("CPC", START, 10, 80, 120))
    assert made.ready == START + dt.timedelta(days=139) and made.trained == START + dt.timedelta(days=55)
    assert made.exam_date == made.ready + dt.timedelta(days=1), "booked while one studies"
    assert made.booked == made.tested + dt.timedelta(days=1) == D(2027, 3, 29)
    assert [size for _, size in made.mocks] == ["half", "whole", "whole"] and made.slack == 1
    sunday = plan.make(plan.Wish("CPC", D(2026, 11, 22), 10, 80, 120))
    assert sunday.ready == D(2027, 4, 10) and sunday.exam_date == D(2027, 4, 12), "a Sunday is no day to sit"


def test_ahima_is_applied_to_after_the_second_whole_mock_exam():
    made = plan.make(plan.Wish("CCS", START, 10, 80, 120))
    assert made.tested < made.booked == made.exam_date - dt.timedelta(days=28)
    assert [size for _, size in made.mocks] == ["half", "whole", "whole", "half"] and made.mocks[-1][0] == D(
        2027, 4, 19
    )
    assert "Both whole mock exams lie behind you" in step(made.wish, "apply").text
    far = made.wish._replace(exam_date=D(2027, 9, 1))
    assert plan.make(far).booked == D(2027, 9, 1) - dt.timedelta(days=rules.BOOKING_DAYS["AHIMA"])
    tight = made.wish._replace(exam_date=made.ready + dt.timedelta(days=3))
    assert plan.make(tight).booked < made.tested and "no room to wait" in step(tight, "apply").text


@pytest.mark.parametrize(
    ("wish", "exam_date", "hurried"),
    [
        (plan.Wish("CPC", START, 30, 0, 120), D(2026, 12, 30), False),  # ready on December 20
        (plan.Wish("CPC", D(2026, 12, 1), 30, 0, 90), D(2026, 12, 31), True),
        (plan.Wish("CPC", D(2026, 12, 19), 30, 0, 20), D(2027, 1, 6), False),  # no two weeks are left
        (plan.Wish("CPC", D(2026, 12, 1), 30, 0, 90, off=((D(2026, 12, 29), D(2027, 1, 2)),)), D(2026, 12, 28), True),
        (plan.Wish("CPC", D(2027, 12, 1), 30, 0, 90), D(2027, 12, 30), True),  # December 31, 2027 is a holiday
        (plan.Wish("CCA", D(2027, 4, 5), 30, 0, 60), D(2027, 5, 14), False),  # AHIMA's day is not told well enough
    ],
)
def test_books_that_change_while_one_waits(wish: plan.Wish, exam_date: D, hurried: bool):
    made = plan.make(wish)
    assert (made.exam_date, made.hurried) == (exam_date, hurried)
    assert ("The exam is set before the books change" in said(wish)) == hurried


def test_days_off_push_the_dates_and_stand_in_the_weeks():
    off = ((D(2026, 12, 21), D(2027, 1, 3)),)
    made, without = (plan.make(plan.Wish("CPC", START, off=one)) for one in (off, ()))
    assert made.ready == without.ready + dt.timedelta(days=14)
    assert [week.number for week in made.weeks if week.task == "off"] == [5, 6]
    assert plan_steps.week_words(made.weeks[4], made.mocks) == "Nothing is planned."


def test_a_mock_exam_that_finds_no_day_is_left_out():
    wish = plan.Wish("CPC", D(2027, 1, 4), 20, 0, 80, D(2027, 6, 1))
    assert len(plan.make(wish).mocks) == 4
    assert len(plan.make(wish._replace(off=((D(2027, 5, 25), D(2027, 5, 31)),))).mocks) == 3
    short = wish._replace(study_hours=8, exam_date=D(2027, 1, 8))
    assert [size for _, size in plan.make(short).mocks] == ["half"]


@pytest.mark.parametrize(
    ("wished", "words"),
    [
        (D(2027, 1, 10), "there is time for 68 hours, and 200 hours are planned. It would take 30 hours a week."),
        (D(2026, 11, 30), "200 hours are planned. Choose April 12, 2027 or later, or plan fewer hours."),
        (START, "The exam must come after the start, November 23, 2026."),
        (D(2035, 1, 1), "more than five years away"),
    ],
)
def test_an_impossible_date_is_a_sentence(wished: D, words: str):
    with pytest.raises(plan.Fault) as fault:
        plan.make(plan.Wish("CPC", START, exam_date=wished))
    assert words in fault.value.sentence and fault.value.field == "exam_date"


def test_what_the_sentence_proposes_works():
    wish = plan.Wish("CPC", START, exam_date=D(2027, 1, 10))
    assert plan.make(wish._replace(hours_a_week=30)).exam_date == wish.exam_date
    with pytest.raises(plan.Fault):
        plan.make(wish._replace(hours_a_week=29))
    assert plan.make(wish._replace(exam_date=D(2027, 4, 12)))
    with pytest.raises(plan.Fault):
        plan.make(wish._replace(exam_date=D(2027, 4, 11)))


def test_too_few_hours_a_week():
    with pytest.raises(plan.Fault, match="more than five years"):
        plan.make(plan.Wish("CPC", START, 0.5, 80, 120))


@pytest.mark.parametrize(
    ("exam", "day", "year", "until"),
    [
        ("CPC", D(2026, 12, 31), 2026, D(2026, 12, 31)),
        ("CPC", D(2027, 1, 1), 2027, D(2027, 12, 31)),
        ("CIC", D(2026, 10, 1), 2026, D(2026, 12, 31)),
        ("CCA", D(2026, 4, 30), 2025, D(2026, 4, 30)),
        ("CCS", D(2026, 5, 1), 2026, D(2027, 4, 30)),
        ("CCS", D(2027, 5, 1), 2027, D(2028, 4, 30)),
    ],
)
def test_the_year_of_the_books(exam: str, day: D, year: int, until: D):
    books = rules.books(exam, day)
    assert (books.year, books.until) == (year, until) and books.since <= day <= until
    assert any(rules.ASSUMED in one for one in books.sources) == (exam in ("CCA", "CCS")) == books.assumed


def said(wish: plan.Wish) -> str:
    return " ".join(one.text for one in plan_remarks.warnings(plan.make(wish)))


def test_a_change_of_books_is_warned_of():
    text = said(plan.Wish("CPC", START))
    assert "Your 2026 books are for exams until December 31, 2026." in text and "asks for the books of 2027" in text
    assert "An older book is allowed, but the answers follow those of 2027." in text
    near = said(plan.Wish("CPC", D(2026, 6, 1), 40, 0, 80, D(2026, 12, 20)))
    assert "from January 19, 2027 on, asks for those of 2027" in near
    assert "On October 1, 2026 new ICD-10 codes come into force at work. The exam keeps to the books of 2026." in near
    assert "Your 2026 books" not in near
    assert said(plan.Wish("CPC", D(2027, 1, 4), 20, 0, 100)) == ""
    early = said(plan.Wish("CPC", D(2027, 1, 4), 20, 0, 100, D(2027, 6, 1)))
    assert early == "You are ready 16 weeks before the exam. Plan fewer hours a week, or sit earlier."
    ready = plan.make(plan.Wish("CPC", D(2027, 1, 4), 20, 0, 100)).ready
    assert (D(2027, 6, 1) - ready).days // 7 == 16


def test_a_day_that_is_assumed_is_marked_and_no_source_comes_twice():
    wish = plan.Wish("CCA", START, exam_date=D(2027, 6, 1))
    text = said(wish)
    assert "until April 30, 2027" in text and "AHIMA told the day for 2026 only" in text
    for one in (*plan_remarks.warnings(plan.make(wish)), *plan_steps.steps(plan.make(wish))):
        assert len(set(one.sources)) == len(one.sources)
    assert any(rules.ASSUMED in source for source in plan_remarks.warnings(plan.make(wish))[0].sources)


LESSONS = frozenset({"01", "03", "11a"})


@pytest.mark.parametrize(
    ("exam", "words"),
    [
        ("CCA", "ICD-10-PCS. It is"),
        ("CCS", "ICD-10-PCS. It is"),
        ("CIC", "ICD-10-PCS and MS-DRG. They are"),
        ("CPC", ""),
    ],
)
def test_what_the_course_does_not_teach_is_said(exam: str, words: str):
    made = plan.make(plan.Wish(exam, START))
    text = " ".join(one.text for one in plan_remarks.warnings(made, LESSONS))
    assert f"The {exam} tests {words} not in this course yet" in text if words else "not in this course" not in text
    assert bool(words) == ("elsewhere" in {one.key for one in plan_steps.steps(made, LESSONS)})
    every = LESSONS | {"10", "12"}
    assert "not in this course" not in " ".join(one.text for one in plan_remarks.warnings(made, every))
    shown = plan_form.answer({"exam": exam}, START, LESSONS)
    assert bool(words) == any("not in this course yet" in text for text, _ in shown["warnings"])


@pytest.mark.parametrize(
    ("exam", "years", "training", "words"),
    [
        ("CCS", 0, 80, "Before the CCS AHIMA recommends courses and a year of coding work, or two years"),
        ("CCS", 1, 80, "With one year, the courses belong to it."),
        ("CCS", 2, 80, ""),
        ("CIC", 0, 80, "The CIC advises experience with inpatient records."),
        ("CIC", 1, 80, ""),
        ("CCA", 0, 0, "Before the CCA AHIMA recommends 6 months of coding work"),
        ("CCA", 0, 80, ""),
        ("CPC", 0, 80, ""),
    ],
)
def test_work_that_a_body_wants_to_see_first(exam: str, years: int, training: int, words: str):
    text = said(plan.Wish(exam, START, training_hours=training, experience=years))
    assert words in text and bool(words) == ("recommends" in text or "advises" in text)


def step(wish: plan.Wish, key: str) -> plan_steps.Step:
    return next(one for one in plan_steps.steps(plan.make(wish)) if one.key == key)


def test_the_window_and_the_waits_of_ahima():
    wish = plan.Wish("CCA", START, exam_date=D(2027, 6, 1))
    assert "do not be approved before February 1, 2027" in step(wish, "apply").text  # 120 days
    assert step(wish, "again").start == D(2027, 7, 1) and "30 days" in step(wish, "again").text
    assert step(wish, "change").start == D(2027, 5, 10)  # 15 days of Monday to Friday, and Memorial Day
    assert "federal holidays are left out" in step(wish, "change").text
    assert step(wish, "units").title.endswith("10 units done") and step(wish, "renew").start == D(2029, 6, 1)
    assert step(wish, "books").sources[-1] == f"May 1 of other years than 2026: {rules.ASSUMED}"
    assert "Sources disagree about where one sits: ask AHIMA." in step(wish, "exam").text


def test_the_rules_of_aapc():
    wish = plan.Wish("CPC", START, exam_date=D(2027, 6, 1))
    assert step(wish, "apply").title == "Join AAPC and book the exam"
    assert step(wish, "again").sources[-1] == rules.ASSUMED
    assert step(wish, "units").title.endswith("18 units done") and "36 continuing" in step(wish, "renew").text
    assert "80 hours of teaching" in step(wish, "train").text
    assert "This course is none of those: its lessons count as no hours for AAPC." in step(wish, "train").text
    assert "AAPC" not in step(wish._replace(exam="CCA"), "train").text


def test_the_road_from_cpc_a():
    roads = {years: " ".join(text for text, _ in rules.roads(years)) for years in (0, 1, 2)}
    assert "Practicode" in roads[0] and "You have a year of work." in roads[1] and "proof of your two years" in roads[2]
    assert all(sources for years in (0, 1, 2) for _, sources in rules.roads(years))
    assert plan_remarks.after_passing(plan.make(plan.Wish("CCS", START))) == []


def test_leap_days_and_business_days():
    assert rules.years_after(D(2028, 2, 29), 1) == D(2029, 2, 28) and rules.years_after(D(2027, 3, 1), 2) == D(
        2029, 3, 1
    )
    assert workdays.before(D(2027, 5, 3), 1) == D(2027, 4, 30)
    assert workdays.before(D(2026, 11, 30), 2) == D(2026, 11, 25)  # Thanksgiving and the weekend


def test_holidays_are_kept_on_the_days_of_the_law():
    assert sorted(workdays.holidays(2026)) == [
        *(D(2026, 1, 1), D(2026, 1, 19), D(2026, 2, 16), D(2026, 5, 25), D(2026, 6, 19), D(2026, 7, 3)),
        *(D(2026, 9, 7), D(2026, 10, 12), D(2026, 11, 11), D(2026, 11, 26), D(2026, 12, 25)),
    ]
    assert D(2027, 12, 31) in workdays.holidays(2027), "New Year's Day 2028 is a Saturday"
    assert D(2023, 1, 2) in workdays.holidays(2023) and D(2023, 1, 1) not in workdays.holidays(2023)


# -- the form


def test_a_form_as_it_opens_gives_a_plan():
    shown = plan_form.answer(None, START)
    assert shown["state"] == "done" and shown["values"]["start"] == "2026-11-23"
    assert shown["sentence"].startswith("200 hours with 10 hours a week take you to April 11, 2027. ")
    assert shown["sentence"].endswith("The CPC is on April 12, 2027 (book it while you study).")
    assert [one["title"] for one in shown["phases"]] == list(plan_steps.PHASES)
    assert [one["when"] for one in shown["phases"]] == [
        *("", "", "", "begins on March 29, 2027, before the step above ends", "")
    ]
    assert shown["cash"][0][0].startswith("To sit the CPC you need $589 to $647: $399 or $425 for one sitting")


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"start": ""}, "start", "Start: enter a date."),
        ({"start": "31/12/2026"}, "start", "Start: this date is not in the calendar."),
        ({"start": "soon"}, "start", "Start: write the date as month, day and year"),
        ({"start": "1/1/1066"}, "start", "Start: check the year."),
        ({"hours_a_week": "ten"}, "hours_a_week", "Hours a week: write a number in figures"),
        ({"hours_a_week": "1,5000"}, "hours_a_week", "Hours a week: write a number in figures"),
        ({"hours_a_week": "1,2,3"}, "hours_a_week", "Hours a week: write a number in figures"),
        ({"hours_a_week": "0"}, "hours_a_week", "Hours a week: enter 0.5 to 60."),
        ({"study_hours": "9999"}, "study_hours", "Study hours: enter 0 to 2,000."),
        ({"when": "date"}, "exam_date", "Exam date: enter a date."),
        ({"when": "date", "exam_date": "2026-12-01"}, "exam_date", "By December 1, 2026 there is time for"),
        ({"off": [{}, {"first": "2027-01-03", "last": "2027-01-01"}]}, "off.1.last", "The last day comes before"),
        ({"off": [{"first": "2027-01-03"}]}, "off.0.last", "Last day: enter a date."),
    ],
)
def test_what_makes_no_sense_is_told_at_its_field(values: dict[str, object], field: str, words: str):
    shown = plan_form.answer(values, START)
    assert shown["state"] == "unfinished" and shown["faults"][field].startswith(words)
    assert shown["sentence"] in shown["faults"].values()
    assert plan_form.file(values, START, dt.datetime.now(dt.UTC)) is None


@pytest.mark.parametrize(
    ("text", "hours"), [("1,5", 1.5), ("1,50", 1.5), (",5", 0.5), ("1,500", 1500), ("1,500.5", 1500.5), ("7.5", 7.5)]
)
def test_a_comma_before_one_or_two_digits_is_a_point(text: str, hours: float):
    asked, faults = plan_form.wish(plan_form.clean({"study_hours": text}, START))
    assert faults == {} and asked is not None and asked.study_hours == hours


def test_what_was_entered_in_words():
    values = plan_form.clean({"off": [{"first": "2026-12-21", "last": "2027-01-03"}], "experience": "1"}, START)
    assert plan_form.entered(values) == [
        "Start: November 23, 2026. 10 hours a week for 80 hours of training and 120 hours of study.",
        "Breaks: December 21, 2026 to January 3, 2027. Coding work so far: one year.",
    ]
    assert plan_form.entered({**values, "start": "x"}) == []


@pytest.mark.parametrize("text", ["2026-11-22", "11/22/2026", "November 22, 2026", " nov 22  2026", "Nov. 22, 2026"])
def test_dates_as_people_write_them(text: str):
    assert plan_form.day(text, "Start") == D(2026, 11, 22)


def test_what_is_no_form_is_a_form_as_it_opens():
    for junk in (None, 7, [], {"exam": "XYZ", "off": "x", "start": None}, {"off": [1, None, {}], "when": ["date"]}):
        assert plan_form.clean(junk, START) == {"start": "2026-11-23", **plan_form.START}


def test_the_calendar_file_holds_steps_and_weeks():
    now = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
    file = plan_form.file({"exam": "CCA"}, START, now)
    assert file["name"] == "plan-cca.ics"
    head, events = parse(file["text"])
    made = plan.make(plan.Wish("CCA", START))
    assert len(events) == len(plan_steps.steps(made)) + 1
    uids = [one["UID"] for one in events]
    assert len(set(uids)) == len(uids)
    exam = next(one for one in events if one["SUMMARY"] == "Sit the CCA")
    assert exam["DTSTART;VALUE=DATE"] == f"{made.exam_date:%Y%m%d}" and "Source: " in exam["DESCRIPTION"]
    weeks = next(one for one in events if one["SUMMARY"] == "CCA: the plan for this week")
    assert weeks["RRULE"] == f"FREQ=WEEKLY;COUNT={len(made.weeks)}" and "EXDATE;VALUE=DATE" not in weeks
    assert weeks["DESCRIPTION"].count("\n") == len(made.weeks) - 1
    assert "replace the old ones" in head["X-WR-CALDESC"] and "replace the old ones" in file["again"]


def test_a_new_file_moves_the_events_of_the_old_one():
    now = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
    _, old = parse(plan_form.file({"exam": "CCA"}, START, now)["text"])
    later = {"exam": "CCS", "hours_a_week": "20", "off": [{"first": "2026-11-30", "last": "2026-12-06"}]}
    _, new = parse(plan_form.file(later, START, now + dt.timedelta(hours=1))["text"])
    assert {one["UID"] for one in new} == {one["UID"] for one in old}, "nothing of another plan is left over"
    assert min(int(one["SEQUENCE"]) for one in new) > max(int(one["SEQUENCE"]) for one in old)
    weeks = next(one for one in new if "RRULE" in one)
    assert weeks["EXDATE;VALUE=DATE"] == "20261130"


# -- what is kept


class Memory:
    """A store of events in a list."""

    def __init__(self) -> None:
        self.all: list[Event] = []

    def append(self, event: Event) -> Kept:
        self.all.append(event)
        return Kept.SAVED

    def events(self, stream: str | None = None) -> list[Event]:
        return [one for one in self.all if stream in (None, one.stream)]


def test_changes_are_kept_and_taken_back():
    store = Memory()
    assert kept.latest(store, "plan") is None and kept.undo(store, "plan") is None
    for hours in ("10", "12", "12", "9"):
        kept.keep(store, "plan", {"hours_a_week": hours})
    assert len(store.all) == 3, "what stands already is not kept twice"
    kept.undo(store, "plan")
    assert kept.latest(store, "plan") == {"hours_a_week": "12"} and len(store.all) == 4
    kept.undo(store, "plan")
    kept.undo(store, "plan")
    assert kept.latest(store, "plan") is None and kept.undo(store, "plan") is None
    store.append(Event(stream="plan", body="junk"))
    store.append(Event(stream="plan", body={"values": 7}))
    assert kept.latest(store, "plan") is None


def test_the_exam_date_of_a_kept_plan():
    store = Memory()
    assert plan_form.planned(store, START) is None
    kept.keep(store, "plan", {"exam": "CCS", "start": "2026-11-23", "when": "date", "exam_date": "2027-06-10"})
    assert plan_form.planned(store, START) == ("CCS", D(2027, 6, 10))
    kept.keep(store, "plan", {"exam": "CCS", "start": "2026-11-23", "when": "date", "exam_date": "2026-12-01"})
    assert plan_form.planned(store, START) is None
