"""What stands in a query of the generator ``leading-query``: its lines, with a fault or without."""

from __future__ import annotations

import random

from course.questions.generators.leading_query_facts import DOCTORS, FAIR, IMPACT, Situation

#: Faults that change the question itself, of which a query has one.
ASKED = ("told", "yesno", "options", "earlier")
_WAY_OUT = ("Other: ____", "Unable to determine")


def record(one: Situation, days: list[str]) -> str:
    lines = [f"RECORD, inpatient since {days[0]}", f"Documented: {one.documented.format(*days)}."]
    return "\n".join([*lines, *(text.format(*days) for text in one.findings)])


def query(rng: random.Random, one: Situation, faults: set[str], days: list[str]) -> str:
    """A whole query with these faults and no others."""
    subject = one.choices[0] if "title" in faults else f"Clarification of {one.topic}"
    lines = [f"Subject: {subject}", f"To: {rng.choice(DOCTORS)}, attending, stay from {days[0]}"]
    if "earlier" in faults:
        lines.append(line(rng, one, "earlier"))
    elif "bare" not in faults:
        kept = [text.format(*days) for text in one.findings]
        rng.shuffle(kept)
        if one.baseline and rng.random() < 0.5:
            kept.append(f"before this stay: {one.baseline}, 2025")
        lines += ["; ".join(kept) + ".", f"The notes say: {one.documented.format(*days)}."]
    asked = next((name for name in ASKED if name in faults), "")
    if asked != "earlier":
        lines.append(below(line(rng, one, asked, "unsupported" in faults)))
    lines.append(rng.choice(IMPACT) if "impact" in faults else rng.choice(FAIR))
    return "\n".join(filter(None, lines))


def line(rng: random.Random, one: Situation, fault: str, stranger: bool = False) -> str:
    """The question of a query, with its answers."""
    if fault == "impact":
        first, second = rng.choice(IMPACT), line(rng, one, "")
        return f"{second} {first}" if "☐" not in second else f"{first} {second}"
    if fault == "earlier":
        past = f"In the stay of {rng.randint(2021, 2025)} {one.earlier.lower()} was documented."
        return f"{past} Does it apply to this stay as well?"
    if fault == "told":
        return _told(rng, one)
    if fault == "yesno":
        asked = rng.choice((f"Did the patient have {one.about}?", f"Was this {one.about}?"))
        return f"{asked} {_boxes('Yes', 'No', *_WAY_OUT)}"
    question, choices, yes_no = _question(rng, one)
    if fault == "options":
        return f"{question} {_boxes(choices[0])}"
    if fault == "unsupported" or stranger:
        choices = (*one.choices, one.stranger)
        order = rng.sample(choices, len(choices))
        return f"{question} {_boxes(*order, *_WAY_OUT)}"
    if yes_no and rng.random() < 0.6:
        return f"{yes_no} {_boxes('Yes', 'No', *_WAY_OUT)}"
    if one.purpose == "report":
        return f"{question} {_boxes(*choices, *_WAY_OUT)}"
    return question if rng.random() < 0.35 else f"{question} {_boxes(*choices, *_WAY_OUT)}"


def _question(rng: random.Random, one: Situation) -> tuple[str, tuple[str, ...], str]:
    """An open question, the answers that may go with it, and the same with yes or no where that is allowed."""
    first, _, second = one.about.partition("|")
    if one.purpose == "poa":
        asked = rng.choice(
            (f"When was the {first} first present?", f"Please document when the {first} began, if known.")
        )
        return (
            asked,
            ("Present on admission", "Developed after admission"),
            (f"Was the {first} present when the patient was admitted as an inpatient?"),
        )
    if one.purpose == "cause":
        asked = rng.choice((f"Please document the cause of the {first}, if known.", f"What caused the {first}?"))
        return asked, one.choices, f"Is the {first} due to the {second}?"
    if one.purpose == "report":
        asked = f"What is your diagnosis, in view of the {first}'s finding?"
        return asked, ("Agree with the finding",), f"Do you agree with the {first}'s finding of {second}?"
    if one.purpose == "validate":
        asked = "Please clarify the status of this diagnosis."
        return asked, ("Confirmed; further support: ____", "Ruled out"), ""
    if one.purpose == "specify":
        return f"Can the {first} be specified further?", one.choices, ""
    if one.purpose == "conflict":
        return "The two notes differ. Which diagnosis applies, in your judgment?", one.choices, ""
    asked = rng.choice((
        "Which diagnosis, if any, do these findings reflect?",
        "Please document the clinical significance, if any, of these findings.",
        "What condition, if any, was evaluated and treated?",
    ))  # fmt: skip
    return asked, one.choices, ""


def _told(rng: random.Random, one: Situation) -> str:
    first, _, second = one.about.partition("|")
    if one.purpose == "poa":
        return f"Please state that the {first} was present on admission."
    if one.purpose == "cause":
        return f"Please document that the {first} is due to the {second}."
    if one.purpose == "validate":
        return rng.choice((f"Please remove {first} by an addendum.", f"Please confirm {first} in an addendum."))
    named = second if one.purpose == "report" else one.choices[0]
    named = named[0].lower() + named[1:] if named[1].islower() else named
    return rng.choice((f"Please document {named} in your summary.", f"Please add {named} to your summary."))


def below(line: str) -> str:
    """The answers below the question and below one another, and what is said after them below those."""
    return line.replace(" ☐", "\n☐")


def _boxes(*texts: str) -> str:
    return " ".join(f"☐ {text}" for text in texts)
