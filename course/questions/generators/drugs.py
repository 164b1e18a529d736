"""Adverse effect, poisoning or underdosing: the class, the code of the drug, and the sequence."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from course.questions.generators import common, scenes
from course.questions.generators import drug_events as book
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "tell adverse effect, poisoning and underdosing apart"
_SORTS = {
    "adverse": ("Adverse effect", "It would be one if the right drug had been taken in the right way. Was it?"),
    "poisoning": ("Poisoning", "It would be one if something was wrong: drug, dose, person, intent. What was?"),
    "under": ("Underdosing", "It would be one if less was taken than prescribed. Was it?"),
    "toxic": ("Toxic effect of a nonmedicinal substance", "Those are T51 to T65. Is the substance a drug?"),
}
_WHY = {
    "Z91.120": "on purpose, for money",
    "Z91.128": "on purpose, for another reason",
    "Z91.130": "without intent, from age-related debility",
    "Z91.138": "without intent, for another reason",
    "Z91.A20": "by the caregiver on purpose, for money",
    "Z91.A3": "by the caregiver without intent",
}
#: What tells a class, in words of the law's own; the first that is found.
_CUES = (
    ("4", r"could not be determined"),
    ("2", r"hurt (him|her)self|intent to die"),
    ("3", r"stranger"),
    ("6", r"\bhal(f|ves)\b|stopped|forgets|too little"),
    ("1", r"mistake|pharmacy error|wrong|wine|EtOH|intent not documented"),
    ("5", r"as prescribed|as directed|dose (was )?checked"),
)
_TITLES = {
    "1": "^Poisoning by.*accidental",
    "2": "^Poisoning by.*self-harm",
    "3": "^Poisoning by.*assault",
    "4": "^Poisoning by.*undetermined",
    "5": "^Adverse effect",
    "6": "^Underdosing",
}


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: which class? Level 2: the code of the drug. Level 3: all codes, in sequence."""
    one = scenes.person(rng, 25, 88)
    if level == 1 and rng.random() < 0.14:
        return _toxic(rng, codes, one)
    event, drug = book.drawn(rng, level)
    if event.why in ("Z91.130", "Z91.A20", "Z91.A3"):
        one = scenes.person(rng, 72, 94)
    shared: dict[str, Any] = {
        "slug": "adverse-poisoning-underdosing",
        "note": _note(rng, level, one, event, drug),
        "hints": (
            "Was it the right drug, in the right dose, for the right person, taken in the right way?",
            "If all is right: adverse effect. If something is wrong: poisoning, and whose intent? If it was less than "
            "prescribed: underdosing.",
        ),
        "sources": common.tabular(codes, f"T36 to T50, {drug.stem[:5]}", common.guideline("I.C.19.e.5")),
        "objective": OBJECTIVE,
    }
    if level == 1:
        return _choice(rng, codes, _sort(event.kind), _lesson(event), shared)
    key, order = [drug.code(event.kind)], []
    if level == 3:
        if event.kind == "5":
            key = [drug.effect_code, *key]
        elif event.kind == "6":
            key = [drug.condition_code, *key, event.why]
        else:
            key = [*key, drug.toxic_code]
        order = list(zip(key, key[1:], strict=False))
    if level == 2:
        ask = "Which code reports the **drug and the circumstance**? Initial encounter; no other code."
    else:
        ask = "Code the whole case in sequence. Initial encounter; no codes for long-term use, place or activity."
    return scenes.entry(
        codes,
        level,
        title="Drug and circumstance" if level == 2 else "Drug, effect and sequence",
        stem=ask,
        key=key,
        order=order,
        reasons=_reasons(event, drug),
        rationale=_rationale(event, drug, level),
        **shared,
    )


def law(item: Any, codes: CodeSet) -> bool:
    """The class by cue words of the law's own, the drug's code by its official title, the sequence by the class."""
    kind = next((kind for kind, cue in _CUES if re.search(cue, item.note, re.IGNORECASE)), "")
    found = book.read_drug().find(item.note)
    if item.kind == "single_choice":
        sort = _sort(kind) if found else "toxic"
        right = [one.text for one in item.options if one.correct]
        return right == [_SORTS[sort][0]] and (kind != "" or not found)
    if len(found) != 1 or not kind:
        return False
    drug = book.by_name()[found[0]]
    try:
        of_drug = scenes.titled(codes, drug.stem, _TITLES[kind], "initial encounter")
        if item.difficulty == 2:
            return scenes.holds(item, codes, {of_drug})
        said, code = {"5": (drug.effect, drug.effect_code), "6": (drug.condition, drug.condition_code)}.get(
            kind, (drug.toxic, drug.toxic_code)
        )
        if said not in item.note.lower() or not _speaks(codes, code, said):
            return False
        wanted = [code, of_drug] if kind in "56" else [of_drug, code]
        wanted += [_reason_code(codes, item.note.lower())] if kind == "6" else []
    except LookupError:
        return False
    return scenes.holds(item, codes, wanted, list(zip(wanted, wanted[1:], strict=False)))


@lru_cache(maxsize=512)
def _speaks(codes: CodeSet, code: str, words: str) -> bool:
    """Whether the title of a code, or a term that stands there, shares a word with the note."""
    found = codes.get(code)
    there = [found.title] if found else []
    there += [note.text for note in codes.notes(code, kinds=("inclusion_term", "includes"))]
    text = " ".join(there).lower()
    return any(
        word[:6] in text for word in re.findall(r"[a-z]{5,}", words) if word not in ("without", "induced", "acute")
    )


def _reason_code(codes: CodeSet, note: str) -> str:
    cared = re.search(r"cares for|caregiver", note)
    if "cost" in note:
        return scenes.titled(codes, "Z91.A2" if cared else "Z91.12", "intentional underdosing.*financial")
    if cared:
        return scenes.titled(codes, "Z91.A3", "unintentional")
    if "debility" in note:
        return scenes.titled(codes, "Z91.13", "debility")
    return scenes.titled(codes, "Z91.12" if "stopped" in note else "Z91.13", "for other reason")


_NAMED = {
    "adverse": "That is an adverse effect (Guidelines I.C.19.e.5.a).",
    "poisoning": "That is a poisoning (Guidelines I.C.19.e.5.b).",
    "under": "That is an underdosing (Guidelines I.C.19.e.5.c).",
    "toxic": "That is a toxic effect (Guidelines I.C.19.e.5.d).",
}


def _sort(kind: str) -> str:
    return {"5": "adverse", "6": "under"}.get(kind, "poisoning")


def _lesson(event: book.Event) -> str:
    """What makes the class, and the class by name with its section, once."""
    return event.lesson if "Guidelines" in event.lesson else f"{event.lesson} {_NAMED[_sort(event.kind)]}"


def _note(rng: random.Random, level: int, one: scenes.Person, event: book.Event, drug: book.Drug) -> str:
    who = scenes.who(rng, one, level).rstrip(",")
    what = {"5": drug.effect, "6": drug.condition}.get(event.kind, drug.toxic)
    told = book.tell(rng, event, drug, one, level)
    places = {"5": ("Emergency department.", "Urgent care."), "6": ("Office visit.", "Clinic visit.")}
    where = rng.choice(places.get(event.kind, ("Emergency department.",)))
    if level == 3:
        lines = [
            f"{where.replace('Emergency department', 'ED')} {who}.",
            f"{rng.choice(['Dx', 'Assessment', 'Impression'])}: {what}.",
            told,
        ]
        if rng.random() < 0.5:
            lines[1:] = reversed(lines[1:])
        if event.kind != "6":
            lines.append(rng.choice([f"Due to {drug.drug} per provider.", f"Provider attributes it to {drug.drug}."]))
        return scenes.chart(rng, 3, lines, rng.randint(0, 2))
    links = ("Per provider, due to {0}.", "The provider writes: {1} due to {0}.", "Attributed to {0} by the provider.")
    link = rng.choice(links).format(drug.drug, re.sub(r"^an? ", "", what))
    came = rng.choice(["Seen for", "Comes in with", "Presents with"])
    blamed = event.kind != "6" and event is not book.WITH_ALCOHOL  # that sentence has its own link
    return f"{where} {who}. {came} {what}. {told}" + (f" {link}" if blamed else "")


def _choice(rng: random.Random, codes: CodeSet, sort: str, why: str, shared: dict[str, Any]) -> SingleChoice:
    return SingleChoice(
        title="Adverse effect, poisoning, underdosing?",
        stem="How does the classification name what happened?",
        options=common.options(
            rng,
            [(_SORTS[sort][0], why)],
            [(text, missed) for name, (text, missed) in _SORTS.items() if name != sort],
        ),
        rationale=f"{why} The class decides the 5th or 6th character, and which code comes first.",
        **shared,
        **common.common_fields(codes, 1),
    )


def _toxic(rng: random.Random, codes: CodeSet, one: scenes.Person) -> SingleChoice:
    what = rng.choice(book.TOXIC)
    who = scenes.who(rng, one, 1).rstrip(",")
    after = rng.choice(("Comes in an hour later.", "Brought by ambulance.", "Seen the same evening."))
    shared: dict[str, Any] = {
        "slug": "adverse-poisoning-underdosing",
        "note": f"Emergency department. {who}. {scenes.capital(one.he)} {what}. {after}",
        "hints": (
            "Is the substance a drug, medicament or biological at all?",
            "T36 to T50 are for drugs; see what T51 to T65 hold.",
        ),
        "sources": common.tabular(codes, "T51 to T65", common.guideline("I.C.19.e.5")),
        "objective": OBJECTIVE,
    }
    return _choice(rng, codes, "toxic", f"The substance is no drug. {_NAMED['toxic']}", shared)


def _reasons(event: book.Event, drug: book.Drug) -> dict[str, str]:
    other = {
        "5": "The character 5 is for a drug that was right in every way. Read how it was taken.",
        "1": "The character 1 is for an accidental poisoning, and for one whose intent nobody wrote down.",
        "2": "The character 2 needs self-harm in the record.",
        "3": "The character 3 needs somebody else who meant harm.",
        "4": "The character 4 needs a record that says the intent cannot be determined.",
        "6": "The character 6 is for less than was prescribed.",
    }
    own = {f"{drug.stem}{kind}*": text for kind, text in other.items() if kind != event.kind}
    own["Z88*"] = "An allergy status tells of the past. Something happens now."
    own["T88.7*"] = "T88.7 is for an adverse effect that nobody describes. Here it is described."
    if event.kind == "6":
        own["Z91.1*"] = "Who took less, on purpose or not, and why? The codes of Z91 tell that apart."
        own["Z91.A*"] = "Z91.A is for a caregiver. Was it the patient or somebody else who gave less?"
    else:
        own["Z91*"] = "Z91.1 and Z91.A explain an underdosing. Was less taken than prescribed?"
    return own


def _rationale(event: book.Event, drug: book.Drug, level: int) -> str:
    code = drug.code(event.kind)
    out = [_lesson(event), f"{scenes.capital(drug.drug)}: {code}, {book.CLASSES[event.kind]}."]
    if level == 3:
        out.append(
            {
                "adverse": f"What the drug did comes first, {drug.effect_code}, then the drug.",
                "under": f"An underdosing is never first: the condition leads, {drug.condition_code}, then the drug, "
                f"then why: {event.why}, {_WHY.get(event.why, '')}.",
                "poisoning": f"The poisoning comes first, then what it caused, {drug.toxic_code}.",
            }[_sort(event.kind)]
        )
    return " ".join(out)
