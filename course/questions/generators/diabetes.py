"""Diabetes: the type, each complication in a combination code, and what the notes ask for beside it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from course.questions.generators import common, scenes
from course.questions.generators import diabetes_facts as book
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "code diabetes with its complications and drugs"
_ON_DIALYSIS = ("on hemodialysis", "on HD")


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: the combination code of one complication. Level 2: with its partner and the drugs. Level 3: several
    complications, secondary diabetes, drugs that count and drugs that do not."""
    facts = book.drawn(rng, level)
    while level > 1 and _lone(facts):
        facts = book.drawn(rng, level)
    one = scenes.person(rng, 24 if facts.kind in ("1", "mody") else 41, 58 if facts.kind == "mody" else 86)
    shared: dict[str, Any] = {
        "slug": "diabetes-combination",
        "note": _note(rng, level, one, facts),
        "hints": (
            "Which type? If nobody wrote it, the guidelines name one. Then take the complications one by one.",
            "Open the category and read its notes: underlying disease, stage, site, drugs. Each one is a code.",
        ),
        "rationale": _rationale(facts, level),
        "sources": common.tabular(
            codes, f"notes at {facts.diabetes[0][:3]}", common.guideline("I.C.4.a"), common.guideline("I.A.15")
        ),
        "objective": OBJECTIVE,
    }
    if level == 1:
        return _choice(rng, codes, facts, shared)
    dialysis = ["Z99.2"] if facts.dialysis else []
    partners = [book.COMPLICATIONS[name].partner for name in facts.complications]
    beside = [one.code for one in partners if one]
    cause = [book.CAUSES[facts.kind].code] if facts.kind in book.CAUSES else []
    first, after = (cause, []) if facts.kind != "steroid" else ([], cause)
    order = [(code, dia) for code in first for dia in facts.diabetes]
    order += [(dia, one.code) for dia, one in zip(facts.diabetes, partners, strict=False) if one]
    order += [("N18.6", code) for code in dialysis]
    if len(facts.diabetes) == 1:
        order += [(facts.diabetes[0], code) for code in (*after, *facts.status)]
    optional = ["Z79.4"] if facts.kind == "1" else ["Z79.52"] if facts.kind == "steroid" else []
    return scenes.entry(
        codes,
        level,
        title="Diabetes with what it does",
        stem="Code every diagnosis in the note, and what the Tabular List asks for beside each.",
        key=[*first, *facts.diabetes, *beside, *dialysis, *after, *facts.status],
        order=order,
        optional=optional,
        reasons=_reasons(facts),
        **shared,
    )


def _lone(facts: book.Facts) -> bool:
    """Whether a single code would be the key: the instruction would then tell that no drug and no stage is coded."""
    beside = any(book.COMPLICATIONS[name].partner for name in facts.complications)
    more = len(facts.diabetes) > 1 or beside or facts.status or facts.kind in book.CAUSES or facts.kind == "1"
    return not more and not facts.remission


def law(item: Any, codes: CodeSet) -> bool:
    """The key is what the titles say about the type, each complication, its partner and each long-term drug."""
    note = item.note
    (kind,) = book.READ_TYPE.find(note)
    names, drugs = book.READ_COMPLICATION.find(note), book.READ_DRUG.find(note)
    groups = [book.COMPLICATIONS[name].group for name in names]
    if len(set(groups)) != len(groups):
        return False
    family = book.TYPES[kind].family
    try:
        if book.READ_REMISSION.find(note):
            diabetes = [scenes.titled(codes, family, "in remission")]
        else:
            titles = [f"{book.COMPLICATIONS[name].title}" for name in names] or ["without complications$"]
            diabetes = [scenes.titled(codes, family, book.TYPES[kind].title, title) for title in titles]
        if item.kind == "single_choice":
            return scenes.chosen(item, diabetes[0])
        wanted = {one.find(codes) for name in names if (one := book.COMPLICATIONS[name].partner)} | set(diabetes)
        if kind in book.CAUSES:
            wanted.add(book.CAUSES[kind].find(codes))
        if kind != "1":
            wanted |= {book.DRUGS[name].find(codes) for name in drugs if name in book.DRUGS}
        if any(word in note for word in _ON_DIALYSIS):
            wanted.add(scenes.titled(codes, "Z99", "dialysis"))
    except LookupError:
        return False
    return scenes.holds(item, codes, wanted, loose="Z79")


def _note(rng: random.Random, level: int, one: scenes.Person, facts: book.Facts) -> str:
    stay = "stay" in facts.drugs
    where = rng.choice(
        ["Discharge summary.", "Inpatient."] if stay else ["Office visit.", "Clinic follow-up.", "Office."]
    )
    kind = rng.choice(book.REMISSION[level == 3 :][:1]) if facts.remission else book.TYPES[facts.kind].say(rng, level)
    told = [book.COMPLICATIONS[name].say(rng, level) for name in facts.complications]
    if facts.dialysis:
        told = [
            f"{text}, {_ON_DIALYSIS[level == 3]}" if text in ("ESRD", "end-stage renal disease") else text
            for text in told
        ]
    rng.shuffle(told)
    drugs = [book.STAY[level == 3] if name == "stay" else book.DRUGS[name].say(rng, level) for name in facts.drugs] or (
        [book.DIET[level == 3]] if level > 1 else []
    )
    if level == 3:
        lines = [
            f"{where} {scenes.who(rng, one, 3)}.",
            f"{scenes.capital(kind)}.",
            *(f"{scenes.capital(text)}." for text in told),
        ]
        taken = [f"{rng.choice(['Meds', 'Rx', 'Treatment']) if facts.drugs else 'Treatment'}: {'; '.join(drugs)}."]
        if rng.random() < 0.5:
            lines = [lines[0], *taken, *lines[1:]]
        else:
            lines += taken
        return scenes.chart(rng, 3, lines, rng.randint(0, 2))
    start = f"{where} {scenes.who(rng, one, level)}".rstrip(",")
    treated = f" {rng.choice(['Treatment', 'Treatment now', 'Medicines'])}: {'; '.join(drugs)}." if drugs else ""
    if not facts.drugs:
        treated = treated.replace("Medicines", "Treatment")
    return f"{start}. {scenes.assessed(rng, one, [kind, *told])}{treated}"


def _choice(rng: random.Random, codes: CodeSet, facts: book.Facts, shared: dict[str, Any]) -> SingleChoice:
    (key,) = facts.diabetes
    family, suffix = key.split(".")
    other = rng.choice([one for one in ("E08", "E09", "E10", "E11", "E13") if one != family])
    group = book.COMPLICATIONS[facts.complications[0]].group
    away = rng.choice([name for name, one in book.COMPLICATIONS.items() if one.group != group])
    wrong = {
        f"{other}.{suffix}": "Right complication, other type. What does the note say about the type?",
        f"{family}.9": "The note has a complication, so this is not diabetes without complications.",
        f"{family}.{book.COMPLICATIONS[away].suffix}": "Right type, another complication. Read the note once more.",
    }
    found = {code: codes.get(code) for code in [key, *wrong]}
    return SingleChoice(
        title="Type and complication in one code",
        stem="Which code of E08 to E13 reports this diabetes? No other code is asked for.",
        options=common.options(
            rng,
            [(common.named(one), "Type and complication, as the note has them.") for one in [found[key]] if one],
            [(common.named(one), why) for code, why in wrong.items() if (one := found[code])],
        ),
        **shared,
        **common.common_fields(codes, 1),
    )


def _reasons(facts: book.Facts) -> dict[str, str]:
    family = facts.diabetes[0][:3]
    own = {
        f"{one}*": why
        for one, why in {
            "E08": "E08 needs an underlying disease that the provider names as the cause.",
            "E09": "E09 needs a drug or chemical that caused the diabetes.",
            "E10": "E10 is type 1. Using insulin does not make a diabetes type 1 (Guidelines I.C.4.a.3).",
            "E11": "E11 is type 2, and the type when nobody wrote one. Read what the note says.",
            "E13": "E13 is for other specified types, such as genetic defects. Read the type again.",
        }.items()
        if one != family
    }
    if facts.complications:
        own[f"{family}.9"] = (
            "The note has a complication. Diabetes and what stands under 'with' in the Index are linked."
        )
        own[f"{family}.8"] = "The complication is specified, so it has a code of its own."
    if "insulin" not in facts.drugs:
        own["Z79.4"] = "No long-term insulin in this note. Insulin for some days in the hospital does not count."
    if facts.kind != "1":
        own.setdefault("Z79.84", "Z79.84 is for tablets against diabetes. Look at how each drug is taken.")
        own.setdefault("Z79.85", "Z79.85 is for injected drugs that are no insulin. Look at how each drug is taken.")
    own["N18.9"] = "The stage is written down, so it can be coded."
    own["R73.9"] = "High glucose in a diabetic has a combination code."
    return own


def _rationale(facts: book.Facts, level: int) -> str:
    family = facts.diabetes[0][:3]
    kind = {
        "1": "Type 1: E10.",
        "2": "Type 2: E11.",
        "untold": "No type is documented, so type 2 is the default: E11 (Guidelines I.C.4.a.2).",
        "steroid": "Caused by a drug that was taken as prescribed: E09 first, then the adverse effect, T38.0X5A.",
        "mody": "A genetic defect of beta cells is another specified type: E13.",
    }.get(facts.kind, f"Due to another disease: {family}, and its note wants that disease first.")
    out = [kind]
    if facts.remission:
        out.append("In remission, without complications and without drugs: E11.A.")
    elif not facts.complications:
        out.append(f"No complication is named: {family}.9.")
    for name, code in zip(facts.complications, facts.diabetes, strict=False):
        one = book.COMPLICATIONS[name]
        word = f"{code} reports the {_GROUP.get(name) or _GROUP[one.group]}"
        out.append(f"{word}, and its note asks for {one.partner.code}." if one.partner else f"{word}.")
    if len(facts.complications) > 1:
        out.append("As many codes of the category as are needed are reported (I.C.4.a).")
    if facts.dialysis:
        out.append("N18.6 asks for the dialysis status, Z99.2.")
    if facts.status:
        out.append(f"Long-term drugs: {scenes.listed(facts.status)} (I.C.4.a.3).")
    if "stay" in facts.drugs:
        out.append("Insulin given for a few days only is not coded.")
    if facts.kind == "1" and level > 1:
        out.append("E10 has no note that asks for Z79.4; it does no harm.")
    return " ".join(out)


_GROUP = {
    "kidney": "chronic kidney disease",
    "nerve": "neuropathy",
    "vessels": "angiopathy",
    "lens": "cataract",
    "joint": "Charcot joint",
    "high": "hyperglycemia",
    "low": "hypoglycemia",
    "eye": "retinopathy, its degree, the edema and the side",
    "ulcer": "foot ulcer",
}
