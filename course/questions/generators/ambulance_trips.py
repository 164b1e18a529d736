"""Ambulance trips: two letters for the way, a base code, and miles."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from course.codesets.rules import ambulance
from course.questions.generators import ambulance_claims as claims
from course.questions.generators import ambulance_facts as facts
from course.questions.generators import figures, services
from course.questions.generators.ambulance_facts import Trip

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE, DOMAINS = claims.OBJECTIVE, claims.DOMAINS
_LETTER_HINTS = (
    "One letter for where the ride began, one for where it ended, in this order.",
    "Then ask what sort of place each is: whose home, whose dialysis unit, hospital or something else?",
)


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: the letters of a trip. Level 2: letters from a run sheet, letters that may not stand, or miles. Level 3:
    the lines of a trip, now and then there and back."""

    def one() -> Any:
        if level == 3:
            return claims.lines(rng, codes)
        sort = rng.random() if level == 2 else 0
        return (
            _letters(rng, codes, level) if sort < 0.5 else _miles(rng, codes) if sort < 0.8 else _forbidden(rng, codes)
        )

    return services.again(one)


def _letters(rng: random.Random, codes: CodeSet, level: int) -> Any:
    trip = facts.trip(rng)
    key = trip.letters
    lines = [f"{facts.who(rng, level)}, {trip.reason}.", *facts.way(trip)]
    lives = (
        "Lives in an assisted living residence." if level == 2 and trip.origin in "SPD" and rng.random() < 0.6 else ""
    )
    return services.choice(
        rng, codes, level, DOMAINS, (key, _why(trip)), _slips(rng, key),
        slug="ambulance-modifiers",
        title="From where to where?" if level == 1 else "Two letters from a run sheet",
        stem="Which two letters go on this ambulance trip?",
        note=services.chart(rng, [*lines, lives], claims.NOISE, 0 if level == 1 else 2, level),
        rationale=f"From {_place(trip.origin)} to {_place(trip.destination)}: **{key}**.",
        hints=_LETTER_HINTS,
        objective=OBJECTIVE,
        sources=(services.claims_manual(15, "30"),),
    )  # fmt: skip


def _slips(rng: random.Random, key: str) -> list[tuple[str, str]]:
    """Pairs that tempt: the place that is hard to tell mistaken, the order turned; a hospital is seldom mistaken."""
    first, last = key[0], key[1]
    mistaken = [(f"{other}{last}", why, first) for other, why in facts.near(first, True).items()]
    mistaken += [(f"{first}{other}", why, last) for other, why in facts.near(last, False).items()]
    rng.shuffle(mistaken)
    hard = [(pair, why) for pair, why, of in mistaken if of != "H"]
    easy = [(pair, why) for pair, why, of in mistaken if of == "H"]
    turned = [(key[::-1], "Where it began stands first, where it ended second.")] if first != last else []
    turned += [(pair[::-1], f"{why} And where it began stands first.") for pair, why in hard if pair[0] not in "SX"]
    return hard[:2] + turned[:1] + hard[2:] + turned[1:] + easy


def _place(letter: str) -> str:
    return f"{ambulance.PLACES[letter].words} (**{letter}**)"


def _why(trip: Trip) -> str:
    first, last = (ambulance.PLACES[letter] for letter in trip.letters)
    return f"It began at {first.words} ({first.letter}) and ended at {last.words} ({last.letter})."


#: Pairs that one meets on run sheets; S and X stand where they may.
_MET = "RH EH NH PH SH HR HE HN RJ NJ JR RG EG GN HH RD ND SI IH RX SX NX EX".split()


def _forbidden(rng: random.Random, codes: CodeSet) -> Any:
    """Three pairs that can stand, one of them with the letter in question, and one that cannot."""
    if rng.random() < 0.5:
        key, own = rng.choice(("RS", "HS", "NS", "ES")), [pair for pair in _MET if pair[0] == "S"]
        why = "S stands first alone: one is taken from the scene of an accident, not to it."
    else:
        key, own = rng.choice(("XH", "XR", "XN")), [pair for pair in _MET if pair[1] == "X"]
        why = "X stands second alone: it is a stop on the way to the hospital."
    others = [pair for pair in _MET if pair not in own and "S" not in pair and "X" not in pair]
    fine = [
        (pair, f"It can stand: from {ambulance.PLACES[pair[0]].words} to {ambulance.PLACES[pair[1]].words}.")
        for pair in (rng.choice(own), *rng.sample(others, 2))
    ]
    return services.choice(
        rng, codes, 2, DOMAINS, (key, why), fine,
        slug="ambulance-modifiers",
        title="Letters that cannot stand so",
        stem="Which of these can **not** stand on an ambulance line, whether or not any payer would pay for the trip?",
        rationale=f"{why} All others have an origin and a destination that can be one.",
        hints=("Read each pair as a way: from where, to where?", "Two letters have one place only: S and X."),
        objective=OBJECTIVE,
        sources=(services.claims_manual(15, "30"),),
    )  # fmt: skip


def _miles(rng: random.Random, codes: CodeSet) -> Any:
    """Odometers have tenths; a GPS has hundredths, so that there something is rounded."""
    far = rng.random() < 0.3
    trip = facts.trip(rng, facts.FAR if far else facts.RIDES)
    if far:
        trip = trip._replace(loaded=trip.loaded + rng.randint(100, 130))
    legs = [trip.loaded]
    if rng.random() < 0.4:
        log, back = claims.odometer(rng, trip)
    else:
        # hundredths that ordinary rounding would drop, more often than not
        more = Decimal(rng.choice((1, 2, 3, 4, 1, 2, 3, 4, 6, 7, 8))) / 100
        trip = trip._replace(loaded=trip.loaded + more, empty=trip.empty + Decimal(rng.randint(0, 9)) / 100)
        legs = claims.legs(rng, trip)
        log, back = claims.gps(rng, trip, legs)
    billed = facts.billed_miles(trip.loaded)
    most = sum((facts.billed_miles(leg) for leg in legs), Decimal(0))
    empty = "The way to the patient was driven without the patient."
    limit = "From 100 miles on, Medicare takes whole miles." if far else "Below 100 miles Medicare takes tenths."
    slips = [
        (trip.loaded, limit if far else "Round up to the tenth: the log has hundredths."),
        (trip.loaded.quantize(Decimal(1) if far else Decimal("0.1"), "ROUND_DOWN"), "A rest is rounded up here."),
        (most, "Add the two stretches first, then round up once."),
        (Decimal(trip.whole_miles), limit),
        (facts.billed_miles(trip.empty + trip.loaded), empty),
        (facts.billed_miles(trip.loaded + back), "The way back to the station was driven without the patient."),
        (facts.billed_miles(trip.empty), "Those are the miles to the patient."),
        (legs[0], "The patient was on board on the second stretch, too."),
    ]
    rest: dict[str, Any] = {
        "slug": "ambulance-modifiers",
        "title": "Miles with the patient on board",
        "stem": "How many miles go on the line **A0425**? Medicare wants them rounded up: to the tenth of a mile, from "
        "100 miles on to the whole mile.",
        "note": services.chart(
            rng, [f"{facts.who(rng, 3)}, {trip.reason}.", *facts.way(trip), log], claims.NOISE, 1, 3
        ),
        "rationale": f"Only miles with the patient on board count: {_sum(legs)}. {_rounded(trip.loaded, billed)}",
        "hints": (
            "Which stretch was driven with the patient on board?",
            "Find those miles, then round as Medicare does.",
        ),
        "objective": OBJECTIVE,
        "sources": (services.claims_manual(15, "30.1.2"),),
    }
    return figures.number(codes, 2, DOMAINS, billed, "miles", slips, **rest)


def _sum(legs: list[Decimal]) -> str:
    return f"{legs[0]}" if len(legs) == 1 else f"{legs[0]} + {legs[1]} = {sum(legs)}"


def _rounded(loaded: Decimal, billed: Decimal) -> str:
    if loaded >= 100:
        return f"From 100 miles on, up to the whole mile: **{billed}**."
    if loaded == billed:
        return f"Below 100 miles tenths are billed, so nothing is rounded: **{billed}**."
    return f"Up to the next tenth: **{billed}**."


# -- the law ------------------------------------------------------------------------------------------------------

#: Words of a place -> its letter, the first that is found.
_SIGNS = (
    ("dialysis unit", "G"),
    ("dialysis", "J"),
    ("skilled nursing|snf", "N"),
    ("assisted living|care home|group home", "E"),
    ("own ", "R"),
    ("imaging|mri|radiation", "D"),
    ("office|practice", "P"),
    ("airport|helicopter pad", "I"),
    ("hospital", "H"),
    ("crash|supermarket|sidewalk|field", "S"),
)


def law(item: Any, codes: CodeSet) -> bool:
    """Places and miles read back; letters, level and miles by signs and counting of the law's own."""
    note = item.note or ""
    if not note:  # which cannot stand: S only first, X only second
        right = services.marked(item)
        barred = [one.text for one in item.options if one.text[1] == "S" or one.text[0] == "X"]
        return [right] == barred and all(set(one.text) <= set("DEGHIJNPRSX") for one in item.options)
    places = [_letter(re.search(rf"{word}: ([^.]*)\.", note)) for word in ("Picked up", "Taken to")]
    letters = "".join(places)
    if item.kind == "single_choice":
        return services.marked(item) == letters and sum(one.text == letters for one in item.options) == 1
    loaded = _on_board(note)
    if item.kind == "number":
        tenths = _count(loaded, Decimal("0.1")) * Decimal("0.1")
        return bool(item.answer.value == (_count(loaded, Decimal(1)) if loaded >= 100 else tenths))
    base = _base(note.lower())
    due = [(base, (letters,), 1), ("A0425", (letters,), _count(loaded, Decimal(1)))]
    back = re.search(r"[Rr]eturn trip.*: ([\d.]+) loaded miles", note)
    if back:
        due += [(base, (letters[::-1],), 1), ("A0425", (letters[::-1],), _count(Decimal(back[1]), Decimal(1)))]
    return item.kind == "service_lines" and sorted(services.claimed(item)) == sorted(due)


def _on_board(note: str) -> Decimal:
    """Miles with the patient: of the GPS as told, of the odometer from pick-up to drop-off."""
    if "GPS" in note:
        told = re.search(r"with the patient ([^;]*)", note)
        return sum(map(Decimal, re.findall(r"[\d.]+(?= mi)", told[1] if told else "")), Decimal(0))
    read = [re.search(rf"{where} ([\d,]+\.\d)\b", note) for where in ("at pick-up", "at drop-off")]
    first, last = (Decimal(one[1].replace(",", "")) if one else Decimal(0) for one in read)
    return last - first


def _letter(found: re.Match[str] | None) -> str:
    text = found[1].lower() if found else ""
    return next((letter for sign, letter in _SIGNS if re.search(sign, text)), "?")


def _count(miles: Decimal, step: Decimal) -> int:
    """Steps until the miles are driven; a begun one counts."""
    count = 0
    while miles > count * step:
        count += 1
    return count


def _base(text: str) -> str:
    emergency = "911 call" in text
    if re.search(r"breathing tube|manual defib|three separate iv pushes|needle decompression|intraosseous", text):
        return "A0433"
    if "paramedic" in text:
        return "A0427" if emergency else "A0426"
    return "A0429" if emergency else "A0428"
