"""Hypertension with heart and kidney disease: which combination code, and what has to stand beside it."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

from course.questions.generators import common, scenes
from course.questions.generators import hypertension_facts as book
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "combine hypertension with heart and kidney disease"
#: Key -> what a beginner takes: an organ too few or too many, the failure or the stage overlooked.
_NATURAL = {
    "I10": ("I11.0", "I11.9", "I12.9", "I13.10"),
    "I11.0": ("I10", "I11.9", "I13.0"),
    "I11.9": ("I10", "I11.0", "I13.10"),
    "I12.0": ("I10", "I12.9", "I13.11"),
    "I12.9": ("I10", "I12.0", "I13.10"),
    "I13.0": ("I11.0", "I12.9", "I13.10", "I13.2"),
    "I13.10": ("I11.9", "I12.9", "I13.0", "I13.11"),
    "I13.11": ("I11.9", "I12.0", "I13.10", "I13.2"),
    "I13.2": ("I11.0", "I12.0", "I13.0", "I13.11"),
}
_FIRST = "The reason for the encounter decides which is first (I.C.9.a.10)."


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: which of the codes I10 to I13? Level 2: that code and what it asks for. Level 3: exceptions, crisis,
    dialysis, transplant, and charts that abbreviate."""
    facts = book.drawn(rng, level)
    one = scenes.person(rng, 45, 66 if facts.other == "kidney" else 88)
    note = _note(rng, level, one, facts)
    shared: dict[str, Any] = {
        "slug": "hypertension-heart-kidney",
        "note": note,
        "hints": (
            "Three questions: is there heart disease, is there failure, is there chronic kidney disease? Then: does "
            "anybody write that they are unrelated?",
            "Open the hypertensive diseases and read the notes at the code you choose: they name what else is needed.",
        ),
        "rationale": _rationale(facts),
        "sources": common.tabular(codes, f"notes at {facts.combination}, I50, N18", common.guideline("I.C.9.a")),
        "objective": OBJECTIVE,
    }
    if level == 1:
        return _choice(rng, codes, facts, shared)
    key = [facts.combination]
    extras = [book.EXTRA[name].code for name in facts.extras]
    key += [facts.heart] if facts.heart in book.HEART else []
    key += [facts.stage] if facts.kidney else []
    key += [book.OTHER_CAUSE[facts.other].code] if facts.other else []
    order = [(key[0], code) for code in key[1:] if _asks(facts, code)]
    order += [
        (facts.stage, code)
        for code in extras
        if code in ("Z99.2", "Z94.0") and (code == "Z94.0" or facts.stage == "N18.6")
    ]
    order += [(key[0], "I1A.0")] if "I1A.0" in extras else []
    return scenes.entry(
        codes,
        level,
        title="Hypertension and what it comes with",
        stem="Code every diagnosis and status in the note.",
        key=key + extras,
        order=order,
        reasons=_reasons(facts),
        **shared,
    )


def law(item: Any, codes: CodeSet) -> bool:
    """The key is what the official titles say about the heart, the kidneys and the stage that the note tells of."""
    note = item.note
    heart, kidney = book.READ_HEART.find(note), book.READ_KIDNEY.find(note)
    still, other, extras = book.READ_NO_FAILURE.find(note), book.READ_OTHER.find(note), book.READ_EXTRA.find(note)
    if max(len(heart) + len(still), len(kidney), len(other)) > 1:
        return False
    of_heart, of_kidney = bool(heart or still) and "heart" not in other, bool(kidney) and "kidney" not in other
    late = bool(re.search(r"(?i)stage 5|CKD 5|end-stage|ESRD", note))
    dialysis = late and "dialysis" in extras
    stage = "stage 5" if late else "stage 1 through"
    failing = "with heart failure" if heart else "without heart failure"
    try:
        if of_heart and of_kidney:
            lead = scenes.titled(codes, "I13", failing, stage)
        elif of_kidney:
            lead = scenes.titled(codes, "I12", stage)
        else:
            lead = scenes.titled(codes, "I11", failing) if of_heart else scenes.titled(codes, "I10")
        if item.kind == "single_choice":
            return scenes.chosen(item, lead)
        wanted = {
            lead,
            *(book.HEART[name].find(codes) for name in heart),
            *(book.EXTRA[name].find(codes) for name in extras),
        }
        wanted |= {book.OTHER_CAUSE[name].find(codes) for name in other}
        wanted |= {book.KIDNEY["N18.6" if dialysis else name].find(codes) for name in kidney}
    except LookupError:
        return False
    before = [(lead, book.EXTRA["resistant"].find(codes))] if "resistant" in extras else []
    return scenes.holds(item, codes, wanted, before)


def _note(rng: random.Random, level: int, one: scenes.Person, facts: book.Facts) -> str:
    acute = facts.heart in book.ACUTE or {"injury", "urgency", "emergency"} & set(facts.extras)
    where = rng.choice(["Inpatient.", "Hospital stay."] if acute else ["Office visit.", "Clinic follow-up.", "Office."])
    high = (
        []
        if "resistant" in facts.extras or facts.heart == "hhd"  # the heart disease has said it
        else [
            rng.choice(
                ["HTN", "HTN, controlled", "essential HTN"]
                if level == 3
                else ["hypertension", "essential hypertension", "high blood pressure under treatment"]
            )
        ]
    )
    told = []
    if facts.heart:
        words = (
            book.HEART[facts.heart].say(rng, level)
            if facts.heart in book.HEART
            else book.NO_FAILURE[facts.heart][level == 3]
        )
        told.append(words + (f" {book.OTHER_CAUSE['heart'].say(rng, level)}" if facts.other == "heart" else ""))
    if facts.kidney:
        words = book.KIDNEY[facts.kidney].say(rng, level)
        words += f" {book.OTHER_CAUSE['kidney'].say(rng, level)}" if facts.other == "kidney" else ""
        if facts.kidney == "N18.6" and "dialysis" not in facts.extras:
            words += rng.choice(book.NOT_YET)
        for name in ("dialysis", "transplant"):
            words += f", {book.EXTRA[name].say(rng, level)}" if name in facts.extras else ""
        told.append(words)
    told += [book.EXTRA[name].say(rng, level) for name in facts.extras if name not in ("dialysis", "transplant")]
    told += high
    rng.shuffle(told)
    if level == 3:
        lines = [f"{where} {scenes.who(rng, one, 3)}.", *(f"{scenes.capital(line)}." for line in told)]
        return scenes.chart(rng, 3, lines, rng.randint(1, 2))
    start = f"{where} {scenes.who(rng, one, level)}".rstrip(",")
    return f"{start}. {scenes.assessed(rng, one, told)}"


def _asks(facts: book.Facts, code: str) -> bool:
    """Whether the combination code has a note that asks for `code`."""
    lead = facts.combination
    if code.startswith("I50"):
        return lead in ("I11.0", "I13.0", "I13.2")
    return code.startswith("N18") and lead[:3] in ("I12", "I13")


def _choice(rng: random.Random, codes: CodeSet, facts: book.Facts, shared: dict[str, Any]) -> SingleChoice:
    key = facts.combination
    wrong = rng.sample(_NATURAL[key], 3)
    found = {code: codes.get(code) for code in [key, *wrong]}
    named = {code: common.named(one) for code, one in found.items() if one}
    return SingleChoice(
        title="Which hypertension code?",
        stem="Which code of I10 to I13 reports the hypertension of this note?",
        options=common.options(
            rng,
            [(named[key], "It says exactly what the note has.")],
            [(named[code], _missed(code, facts)) for code in wrong],
        ),
        **shared,
        **common.common_fields(codes, 1),
    )


def _missed(code: str, facts: book.Facts) -> str:
    """What somebody who picks `code` did not see."""
    heart, kidney = code[:3] in ("I11", "I13"), code[:3] in ("I12", "I13")
    if heart != bool(facts.heart):
        return (
            "This one has heart disease in it. Is there any in the note?" if heart else "The heart disease is left out."
        )
    if kidney != bool(facts.kidney):
        return "This one has kidney disease in it. Is there any in the note?" if kidney else "The kidneys are left out."
    failing = code in ("I11.0", "I13.0", "I13.2")
    if heart and failing != (facts.heart in book.HEART):
        return "Heart failure or not? Read the note and the title again."
    return "Look at the stage: 1 to 4, or 5 and end-stage?"


def _reasons(facts: book.Facts) -> dict[str, str]:
    own = {
        "I10": "I10 is for hypertension alone. Heart failure or chronic kidney disease in the same note is presumed to "
        "belong to it unless the provider says no (Guidelines I.C.9.a).",
        "I11*": "Look at the kidneys and at who says what is related, then at failure or no failure.",
        "I12*": "Look at the heart, then at the stage: 1 to 4, or 5 and end-stage.",
        "I13*": "I13 needs heart and kidney disease of hypertension. Check both, then failure and stage.",
        "I51.7": "With hypertension, cardiomegaly is inside I11 or I13. The Excludes1 note at I51.7 says so.",
        "I15*": "Secondary hypertension needs a provider who names its cause.",
    }
    if facts.heart in book.HEART:
        own["I50*"] = "The type and the acuity of the failure are in the note as far as they are known. Match both."
    if facts.other == "heart":
        own["I11*"] = "The provider writes that the heart failure is not from hypertension, so it does not combine."
    if facts.other == "kidney":
        own["I12*"] = "The provider writes that the kidney disease is not from hypertension, so it does not combine."
    if facts.stage == "N18.6":
        own["N18.5"] = "Stage 5 on chronic dialysis, or called end-stage, has a code of its own."
    if facts.kidney:
        own["N18*"] = "Match the stage that is written, with its letter where it has one."
    return own


def _rationale(facts: book.Facts) -> str:
    lead, out = facts.combination, []
    if facts.other:
        organ = "heart failure" if facts.other == "heart" else "kidney disease"
        out.append(
            f"The provider states another cause for the {organ}, so it is coded apart from the hypertension, with that "
            f"cause: {book.OTHER_CAUSE[facts.other].code} (Guidelines I.C.9.a)."
        )
    parts = [
        word
        for word, there in (
            ("heart", facts.heart and facts.other != "heart"),
            ("kidneys", facts.kidney and facts.other != "kidney"),
        )
        if there
    ]
    if parts:
        out.append(
            f"Hypertension and disease of the {scenes.listed(parts)} are presumed to be related, so one combination "
            f"code reports them: {lead} (I.C.9.a.{3 if len(parts) == 2 else 1 if parts == ['heart'] else 2})."
        )
    else:
        out.append("Nothing combines with the hypertension: I10.")
    if facts.heart == "big":
        out.append("Cardiomegaly stands inside that code (I51.4 to I51.7 with hypertension).")
    if facts.heart in book.HEART:
        out.append(f"{facts.heart} gives the type of failure.")
    if facts.kidney:
        out.append(
            f"{facts.stage} gives the stage."
            + (" Stage 5 on chronic dialysis is end-stage disease." if facts.stage != facts.kidney else "")
        )
    said = {
        "dialysis": "N18.6 asks for the dialysis status, Z99.2.",
        "transplant": "N18 asks for the transplant status, Z94.0. Disease that remains is no complication by itself "
        "(I.C.14.a.2).",
        "injury": "The acute injury is coded too, N17.9.",
        "urgency": f"The crisis, I16.0, comes beside the hypertensive disease. {_FIRST}",
        "emergency": f"The crisis, I16.1, comes beside the hypertensive disease. {_FIRST}",
        "resistant": "I1A.0 is an additional code, after the type of hypertension (I.C.9.a.12).",
    }
    return " ".join(out + [said[name] for name in facts.extras])
