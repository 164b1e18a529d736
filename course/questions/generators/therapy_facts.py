"""What drawn therapy notes tell: services with their numbers, minutes, and lines that are no service."""

from __future__ import annotations

import random
from typing import NamedTuple

from course.codesets.rules import therapy
from course.questions.generators import figures

#: Part of the body -> what the patient has there.
TROUBLES = {
    "shoulder": ("cuff repaired eight weeks ago", "frozen shoulder", "shoulder pain on reaching up"),
    "knee": ("new knee joint five weeks ago", "arthritis of the knee", "meniscus trimmed last month"),
    "ankle": ("ankle sprain, still unsure on it", "sore Achilles tendon", "broken ankle, out of the boot"),
    "back": ("low back pain since a lift", "lumbar fusion ten weeks ago", "sciatica, easing"),
    "neck": ("neck pain after a crash", "worn neck joints, headaches", "stiff neck on turning"),
    "hip": ("new hip joint four weeks ago", "pain over the outer hip", "broken hip, pinned last month"),
}
#: What the young rarely have.
LATE = "new knee|arthritis|worn|fusion|new hip|broken hip"
#: Timed service -> part of the body -> what was done, as a therapist writes it.
DONE = {
    "97110": {
        "shoulder": "shoulder strength with bands, then stretching",
        "knee": "bike and wall squats for strength and stamina",
        "ankle": "heel raises for strength, calf stretching",
        "back": "trunk strength on the mat, hamstring stretching",
        "neck": "neck strength against the hand, then stretching",
        "hip": "hip strength in side lying, leg press",
    },
    "97112": {
        "shoulder": "posture and balance of the shoulder blades before the mirror",
        "knee": "balance, single-leg stance and turning",
        "ankle": "balance on foam, reaching in all directions",
        "back": "posture and balance drills on the ball",
        "neck": "posture and balance drills before the mirror",
        "hip": "balance in tandem stance, turning",
    },
    "97116": {
        "knee": "walking with the cane, hall and 12 stairs",
        "ankle": "walking on the treadmill, push-off watched",
        "hip": "walking with the cane, step length watched",
    },
    "97140": {
        "shoulder": "hands-on mobilization of the stiff shoulder",
        "knee": "hands-on mobilization of the kneecap",
        "ankle": "hands-on mobilization of the ankle",
        "back": "hands-on mobilization of the lumbar joints",
        "neck": "hands-on mobilization of the upper neck",
        "hip": "hands-on soft tissue work along the scar",
    },
    "97530": {
        "shoulder": "real tasks: jars to and from the upper shelf",
        "knee": "real tasks: in and out of a car seat and a low chair",
        "ankle": "real tasks: curbs and gravel with a shopping bag",
        "back": "real tasks: laundry basket from floor to table",
        "neck": "real tasks: looking over the shoulder as in driving",
        "hip": "real tasks: squatting to a low shelf, a crate up two steps",
    },
    "97535": {
        "shoulder": "daily life at home: dressing and washing with the arm spared",
        "hip": "daily life at home: kitchen with walker and tray",
        "back": "daily life at home: making the bed, washing up, with the back spared",
    },
    "97035": {
        "shoulder": "sound waves (ultrasound) to the shoulder tendon",
        "ankle": "sound waves (ultrasound) to the Achilles tendon",
        "hip": "sound waves (ultrasound) over the outer hip",
    },
    "97124": {
        "neck": "massage of neck and upper back",
        "back": "massage of the low back",
        "ankle": "massage of the calf",
    },
}
#: Fewest and most minutes, where a service has its own.
MINUTES = {"97035": (8, 15), "97124": (8, 20)}
EVALUATIONS = {"97161": "easy", "97162": "middling", "97163": "hard"}
CURRENT_WORDS = {
    "knee": "pads on the knee, current running, patient alone",
    "back": "pads on the low back, current running, patient alone",
    "shoulder": "pads on the shoulder, current running, patient alone",
    "neck": "pads beside the neck, current running, patient alone",
}
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
    "Driven by the family.",
    "Visit 6 of 12.",
)
OPENINGS = ("Physical therapy, outpatient clinic.", "PT clinic, daily note.", "Outpatient PT.")


class Day(NamedTuple):
    """A therapy day. ``services``: number and minutes, in the order of the note; ``evaluation``: its number and
    minutes; ``current``: minutes of unattended current, 0 for none; ``part``: of the body."""

    services: tuple[tuple[str, int], ...]
    evaluation: tuple[str, int] | None
    current: int
    policy: str
    part: str

    def result(self, policy: str = "") -> therapy.Allotment:
        rows = list(self.services)
        if self.evaluation:
            rows.append(self.evaluation)
        if self.current:
            rows.append((CURRENT, self.current))
        return therapy.allot([therapy.Service(*row) for row in rows], policy or self.policy)


def services_at(part: str) -> list[str]:
    """The timed services that are done at a part of the body."""
    return [code for code, words in DONE.items() if part in words]


def minutes_for(rng: random.Random, code: str, low: int, high: int) -> int:
    """So many minutes of a service, within its own limits."""
    least, most = MINUTES.get(code, (low, high))
    return rng.randint(max(low, least), min(high, most)) if max(low, least) < min(high, most) else most


def day(rng: random.Random, level: int) -> Day | None:
    """A day whose lines follow from the policy without a tie; None when the draw has one. Most days at levels 2 and 3
    come out otherwise by the other policy. With an evaluation there is time for two treatments, no more."""
    part = rng.choice(list(TROUBLES))
    evaluation = (rng.choice(list(EVALUATIONS)), rng.randint(22, 40)) if level == 3 and rng.random() < 0.4 else None
    count = level if level < 3 else 2 if evaluation else rng.choice((3, 3, 4))
    codes = rng.sample(services_at(part), count)
    if "97140" in codes and "97124" in codes:
        return None  # massage is bundled into manual work (NCCI, never apart)
    spans = ((5, 12), (8, 30), (12, 26)) if level > 1 else ((8, 55),)
    minutes = [minutes_for(rng, code, *rng.choice(spans)) for code in codes]
    able = level > 1 and part in CURRENT_WORDS and not evaluation
    current = rng.randint(10, 20) if able and rng.random() < 0.6 else 0
    policy = rng.choice(("medicare", "medicare", "midpoint"))
    one = Day(tuple(zip(codes, minutes, strict=True)), evaluation, current, policy, part)
    both = [one.result(name) for name in therapy.POLICIES]
    if one.result().tie or not one.result().units or sum(minutes) > (50 if evaluation else 80):
        return None
    if level > 1 and both[0].shares == both[1].shares and rng.random() < 0.8:
        return None
    return one


def spent(rng: random.Random, level: int, start: int, minutes: int) -> str:
    """Minutes of a service: at level 3 now and then by the clock."""
    if level == 3 and start:
        return f"{figures.clock(start)}-{figures.clock(start + minutes)}"
    return f"{minutes} {'min' if level > 1 else 'minutes'}"
