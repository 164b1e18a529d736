"""Earlier services to a patient: who gave them, where, when, and whether they make the patient established."""

from __future__ import annotations

import datetime as dt
import random
from typing import NamedTuple

from course.codesets.cpt.em_time import Contact, counts_for_status, three_years_before

#: Invented names of practices and people.
GROUPS = ("Hillside Group", "Riverbend Group", "Old Mill Group", "Seven Oaks Group")
OUTSIDE = ("Lakeside Clinic", "Harbor Clinic", "Prairie Clinic")
NAMES = ("Dr. Birch", "Dr. Alder", "Dr. Rowan", "Dr. Hazel", "Dr. Linden", "Dr. Aspen", "Dr. Willow")
#: Specialty of today's physician -> other specialties of a group, the last one a subspecialty of the same field.
SPECIALTIES = {
    "family medicine": ("dermatology", "cardiology", "family medicine, sports medicine"),
    "internal medicine": ("neurology", "urology", "internal medicine, rheumatology"),
    "orthopedic surgery": ("physical medicine", "neurology", "orthopedic surgery, hand surgery"),
    "pediatrics": ("allergy", "dermatology", "pediatrics, cardiology"),
}
#: Specialties that make house calls.
AT_HOME = ("family medicine", "internal medicine")
#: Face-to-face services and others.
SEEN = ("office visit", "hospital visit", "office visit")
NOT_SEEN = ("refill by phone, no visit,", "form signed, patient not seen,", "result by letter, no visit,")

#: Who gave the service -> whether it stands in for today's physician.
NEAR = {"self": True, "moved": True, "mate": True, "np": True, "other": False, "outside": False}


class Past(NamedTuple):
    """One earlier service. ``by``: a key of ``NEAR``. ``seen``: face to face."""

    date: dt.date
    by: str
    seen: bool
    words: str

    def counts(self, today: dt.date) -> bool:
        near = self.by in ("self", "moved")
        contact = Contact(
            self.date,
            same_person=near,
            same_group=self.by != "outside",
            same_specialty=self.by != "other",
            professional=self.seen,
        )
        return counts_for_status(contact, today)


class Chart(NamedTuple):
    """The visit of today and what came before. ``covers``: the name of the absent physician, or ""."""

    today: dt.date
    specialty: str
    group: str
    doctor: str
    covers: str
    past: tuple[Past, ...]

    @property
    def known(self) -> bool:
        """Whether the patient is established, by the rule."""
        return any(one.counts(self.today) for one in self.past)


def us(day: dt.date) -> str:
    """As American charts write it: 03/09/2026."""
    return f"{day:%m/%d/%Y}"


def someday(rng: random.Random) -> dt.date:
    return _weekday(dt.date(2026, 1, 5) + dt.timedelta(days=rng.randint(0, 350)), 1)


def _weekday(day: dt.date, step: int) -> dt.date:
    """The day, or the next one in the direction of `step` that is no weekend."""
    while day.weekday() > 4:
        day += dt.timedelta(days=step)
    return day


def before(rng: random.Random, today: dt.date, recent: bool) -> dt.date:
    """A day within three years of `today`, or before that; half of them close to the anniversary, none on it."""
    line, step = three_years_before(today), 1 if recent else -1
    near = rng.random() < 0.5
    days = rng.randint(3, 25) if near else rng.randint(60, 1000 if recent else 900)
    return _weekday(line + dt.timedelta(days=days * step), step)


def chart(rng: random.Random, sorts: list[tuple[str, bool, bool]], covered: bool) -> Chart:
    """A chart with one service for each (by, seen, recent)."""
    today, specialty = someday(rng), rng.choice(list(SPECIALTIES))
    group, names = rng.choice(GROUPS), rng.sample(NAMES, len(NAMES))
    doctor, covers = names.pop(), names.pop() if covered else ""
    usual = covers or doctor  # whose patient it is
    if "moved" in [by for by, _, _ in sorts]:
        away = rng.choice(OUTSIDE)
    past = []
    for by, seen, recent in sorts:
        day = before(rng, today, recent)
        service = rng.choice(SEEN if seen else NOT_SEEN)
        if by == "other":
            who = f"{names.pop()} ({rng.choice(SPECIALTIES[specialty])}, {group})"
        elif by == "outside":
            who = f"{names.pop()} ({specialty}, {rng.choice(OUTSIDE)})"
        elif by == "mate":
            who = f"{names.pop()} ({specialty}, {group})"
        elif by == "np":
            who = f"the nurse practitioner of {group}, who works in {specialty}"
        elif by == "moved":
            who = f"{usual}, then still at {away}"
        else:
            who = usual
        past.append(Past(day, by, seen, f"{us(day)}: {service} with {who}."))
    return Chart(today, specialty, group, doctor, covers, tuple(sorted(past, reverse=True)))


def youngest(one: Chart) -> int:
    """Years that the patient must have lived to have had all these services."""
    return (one.today - one.past[-1].date).days // 365 + 1


def head(one: Chart) -> str:
    """Who sees the patient today."""
    who = f"{us(one.today)}: {one.doctor}, {one.specialty}, {one.group}."
    if one.covers:
        who = (
            f"{us(one.today)}: {one.doctor} of another practice covers for {one.covers}, {one.specialty}, {one.group}."
        )
    return who


def verdict(past: Past, one: Chart) -> str:
    """Why a service counts or does not."""
    day, old = us(past.date), past.date < three_years_before(one.today)
    if not past.seen:
        return f"{day}: not face to face, so it does not count."
    if past.by == "outside":
        return f"{day}: another practice, so it does not count."
    if past.by == "other":
        return f"{day}: another specialty or subspecialty, so it does not count."
    if old:
        return f"{day}: more than three years ago, so it does not count."
    who = {
        "self": "the same physician",
        "moved": "the same physician, in whatever practice",
        "mate": "same specialty, same group",
        "np": "a nurse practitioner counts with the specialty of her physicians",
    }[past.by]
    return f"{day}: {who}, within three years, so it counts."
