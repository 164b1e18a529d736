"""What drawn therapy notes tell: services with their numbers, minutes, and lines that are no service."""

from __future__ import annotations

import random
from typing import NamedTuple

from course.codesets.rules import therapy
from course.questions.generators import figures

#: Timed service -> what was done, as a therapist writes it.
DONE = {
    "97110": (
        "leg press, heel raises and stretching for strength",
        "shoulder strength with bands, then stretching",
        "bike and wall squats for strength and stamina",
        "hip strength in side lying, hamstring stretching",
    ),
    "97112": (
        "balance on foam, reaching in all directions",
        "posture and balance drills before the mirror",
        "balance, single-leg stance and turning",
    ),
    "97116": ("walking with the cane, hall and 12 stairs", "walking on the treadmill, step length watched"),
    "97140": (
        "hands-on mobilization of the stiff shoulder",
        "hands-on mobilization of the ankle",
        "hands-on soft tissue work along the scar",
    ),
    "97530": (
        "real tasks: boxes from floor to shelf",
        "real tasks: in and out of a car seat and a bed",
        "real tasks: carrying laundry, reaching overhead",
    ),
    "97535": (
        "daily life at home: dressing and bathing with one hand",
        "daily life at home: kitchen with walker and tray",
    ),
    "97035": ("sound waves (ultrasound) to the Achilles tendon", "sound waves (ultrasound) to the shoulder tendon"),
    "97124": ("massage of the calf", "massage of neck and upper back"),
}
EVALUATIONS = {"97161": "easy", "97162": "middling", "97163": "hard"}
CURRENT_WORDS = ("pads on the knee, current running, patient alone", "pads on the low back, current, patient alone")
#: Current on the muscle while nobody stays; Medicare has a G code in its place.
CURRENT = "97014"
#: Minutes that are no service of their own.
IDLE = (
    "Rest between sets, {m} min.",
    "Note written after the visit, {m} min.",
    "Waited for the table, {m} min.",
    "Changed clothes, {m} min.",
)
NOISE = (
    "Pain 4/10 before, 3/10 after.",
    "Home program handed out.",
    "BP 132/78 at the start.",
    "Next visit on Thursday.",
    "Daughter drove.",
    "Goal 2 met: stairs without rail.",
    "Visit 6 of 12.",
)
OPENINGS = ("Physical therapy, outpatient clinic.", "PT clinic, daily note.", "Outpatient PT.")


class Day(NamedTuple):
    """A therapy day. ``services``: number and minutes, in the order of the note; ``evaluation``: its number and
    minutes; ``current``: minutes of unattended current, 0 for none."""

    services: tuple[tuple[str, int], ...]
    evaluation: tuple[str, int] | None
    current: int
    policy: str

    def result(self, policy: str = "") -> therapy.Allotment:
        rows = list(self.services)
        if self.evaluation:
            rows.append(self.evaluation)
        if self.current:
            rows.append((CURRENT, self.current))
        return therapy.allot([therapy.Service(*row) for row in rows], policy or self.policy)


def day(rng: random.Random, level: int) -> Day | None:
    """A day whose lines follow from the policy without a tie; None when the draw has one. Most days at levels 2 and 3
    come out otherwise by the other policy."""
    count = level if level < 3 else rng.choice((3, 3, 4))
    codes = rng.sample(list(DONE), count)
    if "97140" in codes and "97124" in codes:
        return None  # massage is bundled into manual work (NCCI, never apart)
    minutes = [rng.choice((rng.randint(5, 12), rng.randint(8, 36), rng.randint(12, 26))) for _ in codes]
    if level == 1:
        minutes = [rng.randint(8, 66) for _ in codes]
    evaluation = (rng.choice(list(EVALUATIONS)), rng.randint(22, 48)) if level == 3 and rng.random() < 0.4 else None
    current = rng.randint(10, 20) if level > 1 and rng.random() < 0.4 else 0
    policy = rng.choice(("medicare", "medicare", "midpoint"))
    one = Day(tuple(zip(codes, minutes, strict=True)), evaluation, current, policy)
    both = [one.result(name) for name in therapy.POLICIES]
    if one.result().tie or not one.result().units or sum(minutes) > 110:
        return None
    if level > 1 and both[0].shares == both[1].shares and rng.random() < 0.8:
        return None
    return one


def spent(rng: random.Random, level: int, start: int, minutes: int) -> str:
    """Minutes of a service: at level 3 now and then by the clock."""
    if level == 3 and start:
        return f"{figures.clock(start)}-{figures.clock(start + minutes)}"
    return f"{minutes} {'min' if level > 1 else 'minutes'}"
