"""Operations and what happens afterwards, for questions about the surgical package.

The global days of an operation are never written here; they come from ``cpt.csv``.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import NamedTuple

from course.codesets import cpt
from course.codesets.rules import global_package
from course.codesets.rules.global_package import Ruling

Told = tuple[str, str]  # code, words


class Operation(NamedTuple):
    """``done``: words of the note. ``routine``: a usual visit afterwards. ``trouble``: a complication seen in the
    office. ``other``: a visit about something else. ``decided``: the visit at which it was decided (code, words). The
    rest are second procedures: for something else, back in the operating room, planned or larger."""

    code: str
    done: str
    routine: str
    trouble: str
    other: str
    decided: Told
    elsewhere: Told
    again: Told | None = None
    staged: Told | None = None

    @property
    def days(self) -> str:
        found = cpt.get(self.code)
        assert found is not None
        return found.global_days


class Event(NamedTuple):
    """A later service. ``sort``: what it is to the operation, a key of ``_RELATIONS``; ``day`` 0 is the operation."""

    sort: str
    day: int
    code: str
    words: str
    stranger: bool = False

    @property
    def visit(self) -> bool:
        return _RELATIONS[self.sort][0] == "visit"


#: Sort -> visit or procedure, and the relation as the rule names it.
_RELATIONS = {
    "routine": ("visit", "routine"),
    "trouble": ("visit", "complication"),
    "other": ("visit", "unrelated"),
    "decided": ("visit", "decision"),
    "beside": ("visit", "separate"),
    "stranger": ("visit", "unrelated"),
    "elsewhere": ("procedure", "unrelated"),
    "again": ("procedure", "complication-or"),
    "bedside": ("procedure", "complication-no-or"),
    "staged": ("procedure", "staged"),
}
_WARD = ("99222", "admitted, operation decided for the same evening")
_EVE = ("99214", "operation decided today, done the next morning")
_CLINIC = ("99213", "seen for this alone, treated at once")
_OPEN = ("10180", "infected wound opened again in the operating room")
OPERATIONS = (
    Operation("47562", "gallbladder removed by laparoscope", "wound check, all well", "wound red, antibiotic given",
              "new lump in the thyroid, not about the gallbladder", _WARD,
              ("11402", "harmless growth cut from the arm, not about the gallbladder"),
              ("35840", "bleeding in the belly, opened again in the operating room")),
    Operation("49505", "groin hernia repaired, open",
              "wound check, back to work", "swelling of the wound, cold packs",
              "bleeding hemorrhoids, not about the hernia", _EVE,
              ("46221", "rubber bands on hemorrhoids, not about the hernia"), _OPEN),
    Operation("44970", "appendix removed by laparoscope", "wound check, eats well", "fever, antibiotic changed",
              "lump in the breast, not about the appendix", _WARD,
              ("10060", "abscess of the armpit opened, not about the appendix"), _OPEN),
    Operation("60240", "whole thyroid removed", "scar check, voice clear", "tingling fingers, calcium given",
              "pain from gallstones, not about the thyroid", _EVE,
              ("11402", "harmless growth cut from the back, not about the thyroid"),
              ("35800", "bleeding in the neck, opened again in the operating room")),
    Operation("19301", "part of the breast removed for cancer", "wound check, all well",
              "fluid under the wound, watched", "groin hernia, not about the breast", _EVE,
              ("10060", "abscess of the thigh opened, not about the breast"), _OPEN,
              ("19303", "margins not clear, so the whole breast is removed")),
    Operation("44143", "part of the colon removed, stoma made", "stoma check, all well",
              "skin around the stoma sore, treated", "lump on the neck, not about the bowel", _WARD,
              ("11402", "harmless growth cut from the back, not about the bowel"),
              ("35840", "bleeding in the belly, opened again in the operating room"),
              ("44626", "bowel joined again, as planned at the first operation")),
    Operation("27447", "knee replaced", "knee check, bends to 100 degrees", "knee swollen, bandage changed",
              "pain in the shoulder, not about the knee", _EVE,
              ("26055", "trigger finger set free, not about the knee"),
              ("27570", "stiff knee bent in the operating room")),
    Operation("29881", "meniscus trimmed by knee scope",
              "knee check, walks without pain", "knee swollen, ice and rest",
              "numb fingers, not about the knee", _EVE,
              ("64721", "carpal tunnel opened, not about the knee"),
              ("29871", "infected knee washed out in the operating room")),
    Operation("64721", "carpal tunnel opened", "hand check, grips well", "wound red, antibiotic given",
              "pain in the knee, not about the hand", _EVE,
              ("20610", "knee injected, not about the hand"), _OPEN),
    Operation("42826", "tonsils removed, adult", "throat check, eats again", "spots of blood, watched",
              "ringing in the ears, not about the throat", _EVE,
              ("69200", "bead taken out of the ear, not about the throat"),
              ("42962", "throat bleeding, stopped in the operating room")),
    Operation("11602", "skin cancer cut from the forearm", "stitches out", "wound red, ointment given",
              "rash on both legs, not about the cancer", _CLINIC,
              ("17110", "warts of the foot frozen, not about the cancer"), None,
              ("11604", "margins not clear, so it is cut wider at the same place")),
    Operation("10060", "abscess of the back opened", "wound check, nearly closed", "wound sore, rinsed",
              "cough for a week, not about the abscess", _CLINIC,
              ("11730", "ingrown nail pulled, not about the abscess")),
    Operation("12032", "cut of the thigh closed in layers", "stitches out", "wound edge red, antibiotic given",
              "back pain, not about the cut", _CLINIC,
              ("17110", "warts of the hand frozen, not about the cut")),
    Operation("38500", "superficial lymph node of the armpit taken for diagnosis", "wound check, result explained",
              "fluid under the wound, watched", "hemorrhoids, not about the node", _EVE,
              ("46221", "rubber bands on hemorrhoids, not about the node"), None,
              ("38745", "node held cancer, so the armpit is cleared as treatment")),
    Operation("20610", "knee injected", "knee check, less pain", "knee sore, ice",
              "cough for a week, not about the knee", _CLINIC, ("11730", "ingrown nail pulled, not about the knee")),
)  # fmt: skip
BESIDE = ("99214", "at the same visit diabetes and blood pressure worked up and treated, beyond the procedure")
BEDSIDE = ("10180", "infected wound opened in the office, no operating room")
_NO_WOUND = ("20610", "42826", "10060", "27447", "29881")


#: What comes in the first weeks, or at a time of its own: (first day, last day).
_SOON = {"trouble": (5, 16), "bedside": (4, 18), "again": (1, 12), "staged": (4, 84)}
#: A stiff joint is bent when exercise has failed.
_STIFF = (30, 80)


def last_day(one: Operation) -> int:
    return global_package.days_after(one.days)


def ruling(one: Operation, event: Event) -> Ruling:
    """What the rule says of an event."""
    kind, relation = _RELATIONS[event.sort]
    decide = global_package.visit if kind == "visit" else global_package.procedure
    return decide(one.days, event.day, relation, not event.stranger)


def sorts(one: Operation) -> list[str]:
    """The sorts of events that fit an operation."""
    found = ["routine", "trouble", "other", "decided", "elsewhere", "stranger"]
    found += ["beside"] * (one.decided == _CLINIC)
    found += ["again"] * (one.again is not None) + ["staged"] * (one.staged is not None)
    return found + ["bedside"] * (last_day(one) > 0 and one.code not in _NO_WOUND)


def event(rng: random.Random, one: Operation, sort: str, inside: bool) -> Event:
    """An event of a sort, within the package or after its end; often close to the end. Complications are early."""
    last = last_day(one)
    low, high = _STIFF if (one.code, sort) == ("27447", "again") else _SOON.get(sort, (2, last))
    near = rng.random() < 0.5 and sort not in _SOON
    if sort in ("decided", "beside"):
        day = -1 if one.decided == _EVE and sort == "decided" else 0
    elif last and (inside or sort in _SOON):
        high = min(high, last)
        day = rng.randint(max(low, high - 2), high) if near else rng.randint(min(low, high), high)
    else:
        day = last + (rng.randint(1, 3) if near else rng.randint(4, 20 if last == 90 else 8))
    told = {
        "routine": ("99213", one.routine), "trouble": ("99213", one.trouble), "other": ("99213", one.other),
        "decided": one.decided, "beside": BESIDE, "bedside": BEDSIDE, "elsewhere": one.elsewhere,
        "again": one.again, "staged": one.staged,
        "stranger": ("99213", "visit with the heart specialist of another practice about the blood pressure"),
    }[sort]  # fmt: skip
    assert told is not None
    return Event(sort, day, *told, stranger=sort == "stranger")


def us(day: dt.date) -> str:
    return f"{day:%m/%d/%Y}"


def date_of(start: dt.date, event_: Event) -> dt.date:
    return start + dt.timedelta(days=event_.day)
