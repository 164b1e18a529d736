"""What stands in a query of the generator ``leading-query``: its lines, with a fault or without."""

from __future__ import annotations

import random

from course.questions.generators.leading_query_facts import Situation
from course.questions.generators.leading_query_words import DOCTORS, FAIR, IMPACT

#: Faults that change the question itself, of which a query has one.
ASKED = ("told", "yesno", "options")
_WAY_OUT = ("Other: ____", "Unable to determine")


def record(one: Situation, days: list[str]) -> str:
    lines = [f"RECORD, inpatient since {days[0]}", f"Documented: {one.documented.format(*days)}."]
    lines += [text.format(*days) for text in one.findings]
    return "\n".join([*lines, f"Before this stay: {one.baseline}, 2025"] if one.baseline else lines)


def query(
    rng: random.Random, one: Situation, faults: set[str], days: list[str], *, near: bool = False, short: bool = False
) -> str:
    """A query with these faults and no others. ``short``: its findings and its question alone."""
    subject = one.choices[0] if "title" in faults else f"Clarification of {one.topic}"
    head = [f"Subject: {subject}", f"To: {rng.choice(DOCTORS)}, attending, stay from {days[0]}"]
    lines = [] if short else head
    if "earlier" in faults:
        lines.append(f"In the stay of {rng.randint(2021, 2025)}: {one.earlier}.")
    elif "bare" not in faults:
        lines.append(findings(rng, one, days, "misquote" in faults))
        if not short and (one.purpose != "conflict" or "told" in faults):  # else its question quotes them
            lines.append(f"The notes say: {one.documented.format(*days)}.")
    asked = next((name for name in ASKED if name in faults), "")
    wanted = question(rng, one, asked, stranger="unsupported" in faults, near=near)
    if "earlier" in faults:  # its findings are not "these findings"
        wanted = " ☐".join(["Which diagnosis, if any, applies to this stay?", *wanted.split(" ☐")[1:]])
    lines.append(wanted.replace(" ☐", "\n☐"))
    last = rng.choice(IMPACT) if "impact" in faults else "" if short else rng.choice(FAIR)
    return "\n".join(filter(None, [*lines, last]))


def wording(rng: random.Random, one: Situation, fault: str, days: list[str]) -> str:
    """Findings and question in one paragraph, with answers to tick: what may be sent is not to be told by its shape."""
    asked = fault if fault in ASKED else ""
    said = question(rng, one, asked, stranger=fault == "unsupported", near=True, closed=True)
    if fault == "impact":
        said = f"{rng.choice(IMPACT)} {said}"
    return f"{findings(rng, one, days, fault == 'misquote')} {said}"


def findings(rng: random.Random, one: Situation, days: list[str], misquoted: bool) -> str:
    """The findings of the record in its order; one of them wrong where it is misquoted."""
    told = "; ".join(one.findings)
    if misquoted:
        told = told.replace(*rng.choice(one.misquote), 1)
    told = told.format(*days)
    return f"{told}; before this stay: {one.baseline}, 2025." if one.baseline else f"{told}."


def question(
    rng: random.Random, one: Situation, fault: str, *, stranger: bool, near: bool, closed: bool = False
) -> str:
    """The question of a query, with its answers. ``stranger``: one of them without support, ``near`` about the same
    part of the body where the situation has such an answer. ``closed``: never without answers to tick."""
    if fault == "told":
        return _told(rng, one)
    if fault == "yesno":
        asked = rng.choice((f"Did the patient have {one.about}?", f"Was this {one.about}?"))
        return f"{asked} {_boxes('Yes', 'No', *_WAY_OUT)}"
    asked, choices, yes_no = _question(rng, one)
    if fault == "options":
        return f"{asked} {_boxes(*(choices[:1] if rng.random() < 0.5 else choices))}"
    if stranger:
        alien = rng.choice((one.near or one.strangers) if near else (one.strangers or one.near))
        shown = list(choices)
        shown.insert(rng.randint(0, len(shown)), alien)
        return f"{asked} {_boxes(*shown, *_WAY_OUT)}"
    if yes_no and rng.random() < 0.6:
        return f"{yes_no} {_boxes('Yes', 'No', *_WAY_OUT)}"
    shown = rng.sample(choices, len(choices)) if one.choices else list(choices)
    closed = closed or one.purpose in ("report", "validate") or rng.random() < 0.65
    return f"{asked} {_boxes(*shown, *_WAY_OUT)}" if closed else asked


def _question(rng: random.Random, one: Situation) -> tuple[str, tuple[str, ...], str]:
    """An open question, the answers that may go with it, and the same with yes or no where that is allowed."""
    first, _, second = one.about.partition("|")
    if one.purpose == "poa":
        asked = rng.choice(
            (f"When was the {first} first present?", f"Please document when the {first} began, if known.")
        )
        yes_no = f"Was the {first} present when the patient was admitted as an inpatient?"
        return asked, ("Present on admission", "Developed after admission"), yes_no
    if one.purpose == "cause":
        asked = rng.choice((f"Please document the cause of the {first}, if known.", f"What caused the {first}?"))
        of_drug = one.choices[1].endswith(second)  # a drug stands without an article
        return asked, one.choices, f"Is the {first} due to {second if of_drug else f'the {second}'}?"
    if one.purpose == "report":
        asked = f"What is your judgment of the {first}'s finding?"
        agree = f"Do you agree with the {first}'s finding of {second}?"
        return asked, ("Agree with the finding", "Do not agree with the finding"), agree
    if one.purpose == "validate":
        asked = f"Please clarify the status of the diagnosis of {first}."
        return asked, ("Confirmed; further support: ____", "Ruled out"), ""
    if one.purpose == "specify":
        return f"Can the {first} be specified further?", one.choices, ""
    if one.purpose == "conflict":
        (one_by, said_one), (other_by, said_other) = (part.split(": ") for part in one.documented.split("; "))
        said = f"The {one_by} wrote {said_one}, the {other_by} {said_other}."
        return f"{said} Which diagnosis applies, in your judgment?", one.choices, ""
    asked = rng.choice((
        "Which diagnosis, if any, do these findings reflect?",
        "Please document the clinical significance, if any, of these findings.",
        "What condition, if any, was evaluated, monitored or treated?",
    ))  # fmt: skip
    return asked, one.choices, ""


def _told(rng: random.Random, one: Situation) -> str:
    first, _, second = one.about.partition("|")
    if one.purpose == "poa":
        return f"Please state that the {first} was present on admission."
    if one.purpose == "cause":
        return f"Please document {small(one.choices[0])}."
    if one.purpose == "validate":
        return rng.choice((f"Please remove {first} by an addendum.", f"Please confirm {first} in an addendum."))
    named = second if one.purpose == "report" else small(one.choices[0])
    return rng.choice((f"Please document {named} in your summary.", f"Please add {named} to your summary."))


def small(text: str) -> str:
    """Without its capital, but for abbreviations."""
    return text[0].lower() + text[1:] if text[1].islower() else text


def _boxes(*texts: str) -> str:
    return " ".join(f"☐ {text}" for text in texts)
