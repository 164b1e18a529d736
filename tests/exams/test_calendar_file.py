"""The calendar file, read back by a small parser that shares nothing with what wrote it."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import example, given
from hypothesis import strategies as st

from course.exams import calendar_file as cal

NOW = dt.datetime(2026, 11, 22, 12, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t,;\\:"), max_size=200)


def parse(text: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Properties of the calendar and of its events, after unfolding and unescaping."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
        line.encode().decode()
    head: dict[str, str] = {}
    events: list[dict[str, str]] = []
    here, open_ = head, []
    for line in re.sub("\r\n[ \t]", "", text).rstrip("\r\n").split("\r\n"):
        name, _, raw = line.partition(":")
        value = re.sub(r"\\(.)", lambda found: {"n": "\n", "N": "\n"}.get(found[1], found[1]), raw)
        if name == "BEGIN":
            open_.append(value)
            if value == "VEVENT":
                here = {}
                events.append(here)
        elif name == "END":
            assert open_.pop() == value
            here = head
        else:
            assert name not in here, f"{name} twice"
            here[name] = value
    assert not open_
    return head, events


def test_an_event_of_whole_days():
    text = cal.calendar("My plan", [cal.Event("exam@x", dt.date(2026, 12, 31), dt.date(2026, 12, 31), "Sit it")], NOW)
    head, (event,) = parse(text)
    assert head["VERSION"] == "2.0" and head["PRODID"] and head["X-WR-CALNAME"] == "My plan"
    assert event == {
        "UID": "exam@x",
        "DTSTAMP": "20261122T173000Z",
        "SEQUENCE": "469050",
        "DTSTART;VALUE=DATE": "20261231",
        "DTEND;VALUE=DATE": "20270101",
        "SUMMARY": "Sit it",
        "TRANSP": "TRANSPARENT",
    }
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") and "TZID" not in text


@given(st.lists(st.builds(cal.Event, TEXTS.filter(str.strip), DAYS, DAYS, TEXTS, TEXTS), max_size=4))
@example([cal.Event("u", dt.date(2027, 1, 1), dt.date(2027, 1, 1), "\u00e9" * 90, "a\\,b;c\nd\r\ne \U0001f4c5" * 20)])
def test_whatever_the_words_they_come_back(events: list[cal.Event]):
    _, found = parse(cal.calendar("Plan", events, NOW))
    assert len(found) == len(events)
    for event, read in zip(events, found, strict=True):
        assert read["UID"] == event.uid and read["SUMMARY"] == event.title
        assert read.get("DESCRIPTION", "") == event.text.replace("\r\n", "\n")
        first = dt.datetime.strptime(read["DTSTART;VALUE=DATE"], "%Y%m%d").date()
        after = dt.datetime.strptime(read["DTEND;VALUE=DATE"], "%Y%m%d").date()
        assert (first, after) == (event.first, event.last + dt.timedelta(days=1))


@given(st.text(max_size=60))
def test_no_control_character_and_no_half_character_gets_in(text: str):
    line = cal.folded(f"SUMMARY:{cal.escaped(text)}")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", line.replace("\r\n ", ""))
    line.encode("utf-8")


@given(st.text(st.sampled_from("a\u00e9\u20ac\U0001f4c5"), max_size=300))
def test_folding_cuts_as_late_as_it_may(text: str):
    lines = cal.folded(text).split("\r\n")
    assert "".join([lines[0], *(one[1:] for one in lines[1:])]) == text
    assert all(one.startswith(" ") for one in lines[1:])
    for line, after in zip(lines, lines[1:], strict=False):
        assert len(line.encode()) <= 75 < len(line.encode()) + len(after[1].encode())
