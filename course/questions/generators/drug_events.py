"""What can happen with a drug: taken right, wrong, with intent, or too little; the words for it, and its class."""

from __future__ import annotations

import csv
import random
from functools import lru_cache
from typing import NamedTuple

from course.paths import data_dir
from course.questions.generators import scenes

#: The class of an event, by the character that tells it in T36 to T50.
CLASSES = {
    "1": "poisoning, accidental",
    "2": "poisoning, intentional self-harm",
    "3": "poisoning, assault",
    "4": "poisoning, undetermined",
    "5": "adverse effect",
    "6": "underdosing",
}


class Drug(NamedTuple):
    """A row of ``teaching_drugs.csv``. ``stem``: the code up to the character of the class, with its X."""

    drug: str
    stem: str
    effect: str
    effect_code: str
    toxic: str
    toxic_code: str
    condition: str
    condition_code: str

    def code(self, kind: str) -> str:
        return f"{self.stem}{kind}A"


class Event(NamedTuple):
    """``kind``: a key of CLASSES. ``why``: the code of Z91 that tells why too little was taken. ``plain`` and
    ``brief``: a sentence with the drug in it. ``lesson``: what makes the class, for the rationale. ``spares``:
    drugs that this cannot be told of."""

    kind: str
    plain: str
    brief: str
    lesson: str
    why: str = ""
    spares: tuple[str, ...] = ()


#: What the drugs do late (a week is too short), or early (not after years).
_LATE = ("omeprazole", "simvastatin", "acetaminophen")
_EARLY = ("amoxicillin", "ciprofloxacin", "haloperidol", "fluoxetine", "diphenhydramine")
#: What nobody's neighbor has to lend, and what one dose too many does not do.
_OVER_COUNTER = ("acetaminophen", "aspirin", "diphenhydramine", "ibuprofen", "omeprazole")
_SLOW = (
    *("acetaminophen", "aspirin", "simvastatin", "warfarin", "phenytoin", "levothyroxine", "prednisone", "citalopram"),
    *("fluoxetine", "spironolactone", "hydrochlorothiazide", "furosemide", "diazepam"),
)
#: What is not sold as a liquid.
_TABLETS = (
    *("warfarin", "lisinopril", "aspirin", "metoprolol", "hydrochlorothiazide", "amitriptyline", "simvastatin"),
    *("clonidine", "omeprazole", "spironolactone", "ciprofloxacin", "verapamil", "albuterol"),
)

EVENTS: tuple[Event, ...] = (
    Event(
        "5", "{He} takes {drug} exactly as prescribed.", "{drug} taken as prescribed.", "It was taken as prescribed."
    ),
    Event(
        "5",
        "{Drug} was started last week and taken as directed.",
        "Started {drug} last wk, taken as directed.",
        "It was taken as directed.",
        spares=_LATE,
    ),
    Event(
        "5",
        "{He} has been on {drug} for years; the dose was checked and is right.",
        "On {drug} x years, dose checked and right.",
        "The dose was right.",
        spares=_EARLY,
    ),
    Event(
        "1",
        "{He} took two doses of {drug} within an hour by mistake.",
        "Double dose of {drug} by mistake.",
        "The dose was wrong.",
        spares=_SLOW,
    ),
    Event(
        "1",
        "{He} took {drug} that belongs to {his} neighbor, by mistake.",
        "Took neighbor's {drug} by mistake.",
        "The drug was another person's.",
        spares=(*_OVER_COUNTER, *_SLOW),
    ),
    Event(
        "1",
        "{He} was given {drug} by mistake: the pharmacy had filled the wrong bottle.",
        "Pharmacy error: {drug} dispensed instead of the drug ordered.",
        "The wrong drug was given.",
        spares=_OVER_COUNTER,
    ),
    Event(
        "1",
        "{He} measured the {drug} wrong and took ten times the dose.",
        "10x dose of {drug}, measured wrong.",
        "The dose was wrong.",
        spares=_TABLETS,
    ),
    Event(
        "1",
        "{He} took an overdose of {drug}; intent not documented.",
        "OD on {drug}, intent not documented.",
        "An overdose whose intent nobody wrote down is an accidental poisoning by default (Guidelines I.C.19.e.5.b).",
    ),
    Event(
        "2",
        "{He} swallowed a bottle of {drug} in order to hurt {self}.",
        "OD on {drug} to hurt {self}.",
        "It was taken for self-harm.",
    ),
    Event(
        "2",
        "{He} took forty tablets of {drug} with intent to die.",
        "40 tabs of {drug} with intent to die.",
        "It was taken for self-harm.",
    ),
    Event(
        "3",
        "A stranger put {drug} in {his} drink in order to rob {him}.",
        "{drug} slipped into {his} drink by a stranger.",
        "Somebody else did it on purpose.",
    ),
    Event(
        "4",
        "{He} took an overdose of {drug}; after study the intent could not be determined.",
        "OD on {drug}, intent could not be determined per psych.",
        "The record says that the intent could not be determined.",
    ),
    Event(
        "6",
        "{He} takes half of the prescribed {drug} because of what it costs.",
        "Takes half the {drug} b/c of cost.",
        "Less was taken than prescribed, to save money.",
        "Z91.120",
    ),
    Event(
        "6",
        "{He} stopped the {drug} on {his} own because {he} dislikes tablets.",
        "Stopped {drug} on own, dislikes tablets.",
        "It was stopped without the provider, on purpose.",
        "Z91.128",
    ),
    Event(
        "6",
        "{He} often forgets the {drug}; the provider writes age-related debility.",
        "Forgets {drug}, age-related debility.",
        "It was forgotten because of age.",
        "Z91.130",
    ),
    Event(
        "6",
        "{He} misread the label and took too little {drug} for a month.",
        "Misread label, too little {drug} x 1 mo.",
        "Too little was taken without intent.",
        "Z91.138",
    ),
    Event(
        "6",
        "The daughter, who cares for {him}, halves the {drug} because of what it costs.",
        "Daughter (caregiver) halves {drug} b/c of cost.",
        "The caregiver gave less, to save money.",
        "Z91.A20",
    ),
    Event(
        "6",
        "The son, who cares for {him}, misread the label and gave too little {drug}.",
        "Son (caregiver) misread label, too little {drug} given.",
        "The caregiver gave too little without intent.",
        "Z91.A3",
    ),
)
#: What an overdose with or without intent is told of: tablets that are found at home and that harm.
OVERDOSED = (
    "acetaminophen",
    "amitriptyline",
    "aspirin",
    "carbamazepine",
    "citalopram",
    "clonidine",
    "diazepam",
    "digoxin",
    "diphenhydramine",
    "fluoxetine",
    "haloperidol",
    "ibuprofen",
    "metoprolol",
    "morphine",
    "oxycodone",
    "phenytoin",
    "theophylline",
    "verapamil",
)
#: What a stranger may put in a drink.
SEDATIVES = ("diazepam", "diphenhydramine", "haloperidol", "morphine", "oxycodone", "clonidine", "amitriptyline")
#: Drug and alcohol together: a poisoning by both, so it is asked where one class or one code is enough.
WITH_ALCOHOL = Event(
    "1",
    "{He} took {drug} as prescribed, with three glasses of wine; per provider a reaction to both together.",
    "{drug} with EtOH, per provider a reaction to both.",
    "Drug and alcohol acted together, which is a poisoning (Guidelines I.C.19.e.5.b.iv).",
)
#: Substances that are no drugs: toxic effects, T51 to T65.
TOXIC = (
    "swallowed drain cleaner by mistake",
    "breathed carbon monoxide from a faulty heater",
    "drank antifreeze from an unmarked cup",
    "inhaled fumes of a cleaning solvent at work",
    "swallowed lamp oil",
    "was stung by a wasp at a picnic",
)


@lru_cache(maxsize=1)
def drugs() -> tuple[Drug, ...]:
    """The course's own selection, with what each drug does and what it is taken for."""
    path = data_dir() / "codesets" / "teaching_drugs.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(Drug(**row) for row in csv.DictReader(file))


@lru_cache(maxsize=1)
def by_name() -> dict[str, Drug]:
    return {one.drug: one for one in drugs()}


@lru_cache(maxsize=1)
def read_drug() -> scenes.Lexicon:
    return scenes.Lexicon({name: [name] for name in by_name()})


def tell(rng: random.Random, event: Event, drug: Drug, one: scenes.Person, level: int) -> str:
    """The event as a sentence."""
    words = {
        "he": one.he,
        "He": scenes.capital(one.he),
        "his": one.his,
        "him": "him" if one.male else "her",
        "self": "himself" if one.male else "herself",
        "drug": drug.drug,
        "Drug": scenes.capital(drug.drug),
    }
    text = event.brief if level == 3 and rng.random() < 0.8 else event.plain
    return scenes.capital(text.format(**words))


def drawn(rng: random.Random, level: int) -> tuple[Event, Drug]:
    """An event, evenly by what it teaches, and a drug it can happen with."""
    kind = rng.choice("5551112346666" if level == 3 else "555111123466")
    pool = [one for one in EVENTS if one.kind == kind]
    if kind == "1" and level < 3 and rng.random() < 0.2:
        pool = [WITH_ALCOHOL]
    event = rng.choice(pool)
    fitting = [one for one in drugs() if one.condition or kind != "6"]
    if kind in "234" or event is WITH_ALCOHOL or "overdose" in event.plain:
        able = SEDATIVES if kind == "3" or event is WITH_ALCOHOL else OVERDOSED
        fitting = [one for one in fitting if one.drug in able]
    return event, rng.choice([one for one in fitting if one.drug not in event.spares])
