"""A sitting on disk: begun, changed, paused, closed and graded; two pages; the clock; interruptions and damage."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from course.exams.sitting import PREFIX, Sitting, sittings
from course.exams.sitting_fold import NOTE_LIMIT
from course.learner.records import Event, Kept
from course.learner.store import Store, open_store
from course.learner.vault import DATABASE, TWIN

from .conftest import START, Bank, after, choice, form_of

SAVED, REFUSED = Kept.SAVED, Kept.REFUSED


@pytest.fixture
def sitting(store: Store, bank: Bank) -> Sitting:
    return Sitting.begin(store, form_of(bank), now=START, load=bank)


def again(store: Store, sitting: Sitting, bank: Bank, now: dt.datetime = START) -> Sitting:
    """The same sitting in another session."""
    return Sitting.open(open_store(store.folder), sitting.id, load=bank, now=now)


def test_what_is_changed_is_there_in_another_session(store: Store, sitting: Sitting, bank: Bank) -> None:
    changes: list[tuple[int, str, Any]] = [
        (0, "response", "b"),
        (0, "struck", ["a", "c"]),
        (1, "flag", True),
        (1, "note", "look at I.A.4"),
        (2, "response", "2"),
        (2, "confidence", 3),
    ]
    for n, (place, field, value) in enumerate(changes):
        assert sitting.change(place, field, value, after(10 * n)) is SAVED
    assert sitting.go(3, after(90)) is SAVED
    state = again(store, sitting, bank).state(after(600))
    for place, field, value in changes:
        assert state["items"][place][field] == value
    assert (state["place"], state["total"], state["answered"], state["remaining"]) == (3, 8, 2, 3_000)
    assert state["items"][0]["seconds"] == 90 and state["deadline"] == "2026-11-22T16:00:00.000000Z"
    assert (state["paused"], state["submitted"], state["timed"], state["closed_by"]) == (False, False, True, None)
    assert state["title"] and state["label"] == "CPC, full length, timed" and state["exam"] == "CPC"
    assert sitting.state(after(600))["saved"] == "saved"


@pytest.mark.parametrize(
    ("place", "field", "value", "said"),
    [
        (8, "flag", True, "not part of this exam"),
        (-1, "flag", True, "not part of this exam"),
        (None, "flag", True, "not part of this exam"),
        (0, "score", 1, "not part of this exam"),
        (0, "flag", "yes", "could not be read"),
        (0, "confidence", 4, "could not be read"),
        (0, "struck", {"a": 1}, "could not be read"),
        (0, "response", {1, 2}, "could not be read"),
        (0, "response", float("nan"), "could not be read"),
        (0, "response", "x" * 30_000, "far too long"),
        (0, "note", "x" * (NOTE_LIMIT + 1), "up to 2,000 characters"),
    ],
)
def test_nonsense_is_refused_in_words(sitting: Sitting, place: Any, field: str, value: Any, said: str) -> None:
    before = sitting.state(START)["items"]
    assert sitting.change(place, field, value, after(5)) is REFUSED
    state = sitting.state(START)
    assert state["saved"] == "refused" and said in state["saved_message"] and state["items"] == before
    assert sitting.go(99, after(6)) is REFUSED
    assert sitting.change(0, "response", "b", after(7)) is SAVED and sitting.state(START)["saved_message"] == "Saved."


def test_two_pages_lose_nothing(store: Store, sitting: Sitting, bank: Bank) -> None:
    """Each sees what the other wrote before it, and of one field the later value stands, whatever the clocks say."""
    other = again(store, sitting, bank)
    assert sitting.change(0, "response", "a", after(100)) is SAVED
    assert other.change(1, "response", "b", after(101)) is SAVED
    assert other.change(0, "flag", True, after(102)) is SAVED
    assert other.change(0, "response", "c", after(50)) is SAVED  # its clock is behind; it is the later one all the same
    for page in (sitting, other):
        items = page.state(after(200))["items"]
        assert [items[0]["response"], items[0]["flag"], items[1]["response"]] == ["c", True, "b"]
    sitting.submit(after(300))
    assert other.change(2, "response", "2", after(301)) is REFUSED
    assert "handed in" in other.state(after(301))["saved_message"]


def test_another_page_hands_in_at_the_same_moment(store: Store, sitting: Sitting, bank: Bank) -> None:
    """What is written after the end is not told to be saved."""
    other = again(store, sitting, bank)
    look = sitting._look
    calls = []

    def late(now: dt.datetime | None) -> None:
        look(now)
        if not calls:
            calls.append(other.submit(after(10)))

    sitting._look = late  # type: ignore[method-assign]
    assert sitting.change(0, "response", "b", after(20)) is REFUSED
    assert calls[0]["overall"]["right"] == 0


def test_a_pause_outlives_the_session(store: Store, sitting: Sitting, bank: Bank) -> None:
    assert sitting.pause(after(600)) is SAVED and sitting.pause(after(700)) is SAVED
    days = after(600 + 3 * 86_400)
    later = again(store, sitting, bank, days)
    assert later.state(days)["paused"] and later.remaining(days) == 3_000
    assert later.resume(days) is SAVED and later.resume(days) is SAVED
    assert later.remaining(days + dt.timedelta(seconds=100)) == 2_900
    assert [one.state for one in sittings(store, now=days)] == ["open"]


def test_the_deadline_passed_while_all_was_closed(store: Store, sitting: Sitting, bank: Bank) -> None:
    sitting.change(0, "response", "b", after(10))
    sitting.change(1, "response", "a", after(minutes=60) + dt.timedelta(seconds=9))  # under way when the bell rang
    later = again(store, sitting, bank, after(minutes=5_000))
    state = later.state(after(minutes=5_000))
    assert state["submitted"] and state["closed_by"] == "clock" and state["remaining"] == 0
    assert [one.question_id for one in store.attempts()] == ["05-tests/q0", "05-tests/q1"]
    assert later.change(2, "response", "2", after(minutes=5_001)) is REFUSED
    assert "time was up" in later.state(after(minutes=5_001))["saved_message"]
    assert later.state(after(minutes=5))["submitted"]  # and it stays closed when that clock is set back
    report = later.submit(after(minutes=5_002))
    assert report["closed"] == "2026-11-22T16:00:00.000000Z" and report["overall"]["right"] == 1


def test_a_clock_set_back_loses_nothing_and_gives_no_time(sitting: Sitting) -> None:
    sitting.change(0, "response", "a", after(minutes=30))
    assert sitting.change(0, "response", "b", after(minutes=-600)) is SAVED
    state = sitting.state(after(minutes=-600))
    assert state["items"][0]["response"] == "b" and state["remaining"] <= 1_800


def test_handing_in_keeps_each_answer_once(store: Store, sitting: Sitting, bank: Bank) -> None:
    sitting.change(0, "response", "b", after(1))
    sitting.change(1, "response", "a", after(2))
    sitting.change(2, "response", "two or so", after(3))  # not a number
    sitting.change(3, "response", " ", after(4))
    first = sitting.submit(after(100))
    assert sitting.submit(after(200)) == first == again(store, sitting, bank).submit(after(300))
    kept = open_store(store.folder).attempts()
    assert [(one.question_id, one.outcome, one.response) for one in kept] == [
        ("05-tests/q0", "correct", "b"),
        ("05-tests/q1", "incorrect", "a"),
        ("05-tests/q2", "incorrect", "two or so"),
    ]
    assert kept[0].content_version == bank["05-tests/q0"].content_version and kept[0].hints_used == 0
    assert kept[0].seconds == 100 and kept[0].domains == ("CPC: Anatomy",) and kept[0].edition == 2027
    assert [one["outcome"] for one in first["items"]] == ["correct", "incorrect", "incorrect", *["blank"] * 5]
    assert (first["overall"]["right"], first["overall"]["of"], first["overall"]["blank"]) == (1, 6, 3)


@pytest.mark.parametrize("step", ["submit", "add", "graded"])
def test_handing_in_that_was_killed_is_completed(
    store: Store, sitting: Sitting, bank: Bank, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    class Killed(BaseException):
        pass

    def append(self: Store, event: Event) -> Kept:
        if event.body["do"] == "graded":
            raise Killed
        kept = real(self, event)
        if step == "submit":
            raise Killed
        return kept

    def add(self: Store, records: Any) -> bool:
        if step == "add":
            real_add(self, list(records)[:1])  # killed before all are written
            raise Killed
        return real_add(self, records)

    for place in range(4):
        sitting.change(place, "response", "b", after(place))
    real, real_add = Store.append, Store.add
    with monkeypatch.context() as broken, pytest.raises(Killed):
        broken.setattr(Store, "append", append)
        broken.setattr(Store, "add", add)
        sitting.submit(after(100))
    later = again(store, sitting, bank)
    kept = store.attempts()
    assert len(kept) == 4 == len({one.uid for one in kept})
    assert later.folded().outcomes is not None and later.submit(after(900))["overall"]["right"] == 3
    assert [one.score for one in sittings(store)] == [3 / 6]


def test_giving_up(store: Store, sitting: Sitting) -> None:
    sitting.change(0, "response", "b", after(1))
    assert sitting.abandon(after(2)) is SAVED
    assert sitting.change(0, "response", "a", after(3)) is REFUSED
    assert "given up" in sitting.state(after(3))["saved_message"] and store.attempts() == []
    (line,) = sittings(store)
    assert (line.state, line.score, line.answered) == ("abandoned", None, 1)


def test_untimed(store: Store, bank: Bank) -> None:
    sitting = Sitting.begin(store, form_of(bank, part=0.25), timed=False, confidence=True, now=START, load=bank)
    state = sitting.state(after(minutes=100_000))
    assert (state["remaining"], state["deadline"], state["submitted"]) == (None, None, False) and state["confidence"]
    assert state["label"] == "CPC, a quarter, untimed" and sitting.remaining(after(5)) is None


def test_the_list_of_sittings(store: Store, bank: Bank) -> None:
    assert sittings(store) == []
    begun = [Sitting.begin(store, form_of(bank), now=after(minutes=n), load=bank) for n in range(4)]
    begun[1].pause(after(minutes=5))
    begun[2].change(0, "response", "b", after(minutes=5))
    begun[2].submit(after(minutes=6))
    store.append(Event(stream=f"{PREFIX}damaged", body={"do": "go", "place": 1}))
    found = sittings(store, now=after(minutes=7))
    assert [one.id for one in found] == [one.id for one in reversed(begun)]
    assert [one.state for one in found] == ["open", "submitted", "paused", "open"]
    assert (found[1].answered, found[1].total, found[1].score) == (1, 8, 1 / 6)
    assert [one.state for one in sittings(store, now=after(minutes=900))] == ["submitted"] * 2 + ["paused", "submitted"]
    for unknown in ("nothing", "damaged"):
        with pytest.raises(KeyError, match="There is no exam sitting|This exam sitting is damaged"):
            Sitting.open(store, unknown)


def test_a_form_that_cannot_be_sat(store: Store) -> None:
    with pytest.raises(ValueError, match="no questions"):
        Sitting.begin(store, form_of(Bank()), now=START)
    assert store.streams() == []


def test_without_a_disk_the_exam_goes_on(bank: Bank, tmp_path: Path) -> None:
    obstacle = tmp_path / "obstacle"
    obstacle.write_text("", encoding="utf-8")
    store = open_store(obstacle / "below")
    sitting = Sitting.begin(store, form_of(bank), now=START, load=bank)
    assert sitting.change(0, "response", "b", after(1)) is Kept.MEMORY
    state = sitting.state(after(2))
    assert (
        state["items"][0]["response"] == "b"
        and state["saved"] == "memory"
        and "Not saved yet" in state["saved_message"]
    )
    obstacle.unlink()
    assert sitting.state(after(3))["saved"] == "saved"
    other = Sitting.open(open_store(store.folder), sitting.id, load=bank, now=after(4))
    assert other.state(after(4))["items"][0]["response"] == "b"


@pytest.mark.parametrize("name", [DATABASE, TWIN])
@pytest.mark.parametrize("damage", ["flipped", "text", "gone"])
def test_a_damaged_file_costs_no_answer(store: Store, sitting: Sitting, bank: Bank, name: str, damage: str) -> None:
    for place in range(8):
        sitting.change(place, "response", "b", after(place))
    path = store.folder / name
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "text":
        path.write_bytes(b"my answers\n" * 500)
    else:
        path.write_bytes(data.replace(b'"response"', b'"respomse"'))
    later = again(store, sitting, bank, after(9))
    assert [one["response"] for one in later.state(after(9))["items"]] == ["b"] * 8
    assert later.change(0, "response", "c", after(10)) is SAVED
    assert sitting.state(after(11))["items"][0]["response"] == "c"  # the page that was open all the while


def test_an_item_that_changed_or_went(store: Store, sitting: Sitting, bank: Bank) -> None:
    for place in range(4):
        sitting.change(place, "response", "b", after(place))
    bank["05-tests/q0"] = choice(0, stem="Another question?")
    del bank["05-tests/q1"]
    report = sitting.submit(after(60))
    assert [one["outcome"] for one in report["items"]][:4] == ["changed", "gone", "incorrect", "correct"]
    overall = report["overall"]
    assert (overall["right"], overall["of"], overall["left_out"]) == (1, 4, 2)
    assert "2 questions are left out" in overall["words"]
    assert [one[:11] for one in report["notices"]] == ["Question 1:", "Question 2:"]
    assert [one.question_id for one in store.attempts()] == ["05-tests/q2", "05-tests/q3"]


def test_a_result_stays_what_it_was(store: Store, sitting: Sitting, bank: Bank) -> None:
    """A question that is mended after the end moves no result."""
    sitting.change(0, "response", "b", after(1))
    before = sitting.submit(after(60))
    bank["05-tests/q0"] = choice(0, stem="Mended")
    report = again(store, sitting, bank).submit(after(90))
    assert report["overall"] == before["overall"] and report["items"][0]["outcome"] == "correct"
    assert "changed after you handed in" in report["items"][0]["notice"] and report["items"][0]["yours_html"] == ""
