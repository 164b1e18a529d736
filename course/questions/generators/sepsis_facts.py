"""The facts of sepsis: organisms, localized infections, organ dysfunction, origin; words for them, and their codes."""

from __future__ import annotations

import random
from typing import NamedTuple

from course.questions.generators import scenes
from course.questions.generators.scenes import Finding


class Organism(NamedTuple):
    """``code``: the sepsis. ``agent``: the organism as the cause of another disease (B95, B96). ``sites``: what it
    infects here. ``pneumonia``: the combination code, and where the law finds it."""

    code: str
    agent: str
    name: str
    brief: str
    title: str
    sites: tuple[str, ...]
    pneumonia: tuple[str, str, str] = ("", "", "")


ORGANISMS = {
    "ecoli": Organism(
        "A41.51",
        "B96.20",
        "Escherichia coli",
        "E. coli",
        "Escherichia",
        ("uti", "pyelo", "gall", "lung"),
        ("J15.5", "J15", "Escherichia"),
    ),
    "mssa": Organism(
        "A41.01",
        "B95.61",
        "methicillin-susceptible Staphylococcus aureus",
        "MSSA",
        "Methicillin susceptible",
        ("skin", "lung"),
        ("J15.211", "J15", "susceptible"),
    ),
    "mrsa": Organism(
        "A41.02",
        "B95.62",
        "methicillin-resistant Staphylococcus aureus",
        "MRSA",
        "Methicillin resistant",
        ("skin", "lung"),
        ("J15.212", "J15", "resistant"),
    ),
    "pseudomonas": Organism(
        "A41.52", "B96.5", "Pseudomonas", "Pseudomonas", "Pseudomonas", ("uti", "lung"), ("J15.1", "J15", "Pseudomonas")
    ),
    "pneumococcus": Organism(
        "A40.3",
        "B95.3",
        "Streptococcus pneumoniae",
        "S. pneumoniae",
        "Streptococcus pneumoniae",
        ("lung",),
        ("J13", "J13", "pneumoniae"),
    ),
    "strep a": Organism("A40.0", "B95.0", "group A streptococcus", "GAS", "group A", ("skin",)),
    "strep b": Organism(
        "A40.1",
        "B95.1",
        "group B streptococcus",
        "GBS",
        "group B",
        ("uti", "skin", "lung"),
        ("J15.3", "J15", "group B"),
    ),
    "enterococcus": Organism(
        "A41.81", "B95.2", "Enterococcus", "Enterococcus", "Enterococcus", ("uti", "pyelo", "gall")
    ),
    "hemophilus": Organism(
        "A41.3",
        "B96.3",
        "Hemophilus influenzae",
        "H. influenzae",
        "Hemophilus",
        ("lung",),
        ("J14", "J14", "Hemophilus"),
    ),
    "none": Organism(
        "A41.9",
        "",
        "",
        "",
        "unspecified organism",
        ("uti", "pyelo", "gall", "skin", "lung"),
        ("J18.9", "J18", "^Pneumonia"),
    ),
}
SITES = {
    "uti": Finding("N39.0", "N39.0", "tract", ("urinary tract infection",), ("UTI",)),
    "pyelo": Finding("N10", "N10", "pyelonephritis", ("acute pyelonephritis",), ("acute pyelo",)),
    "gall": Finding(
        "K81.0",
        "K81",
        "^Acute cholecystitis$",
        ("acute cholecystitis without stones",),
        ("acute acalculous cholecystitis",),
    ),
    "lung": Finding("", "", "", ("pneumonia",), ("PNA",)),
    "skin right": Finding(
        "L03.115", "L03.11", "right lower", ("cellulitis of the right lower leg",), ("cellulitis R lower leg",)
    ),
    "skin left": Finding(
        "L03.116", "L03.11", "left lower", ("cellulitis of the left lower leg",), ("cellulitis L lower leg",)
    ),
}
ORGANS = {
    "kidney": Finding("N17.9", "N17", "unspecified", ("acute kidney injury",), ("AKI",)),
    "breath": Finding(
        "J96.01",
        "J96.0",
        "failure with hypoxia$",
        ("acute respiratory failure with hypoxia",),
        ("acute hypoxic resp failure",),
    ),
    "brain": Finding("G93.41", "G93.41", "Metabolic", ("septic encephalopathy",), ("septic encephalopathy",)),
    "clotting": Finding("D65", "D65", "", ("disseminated intravascular coagulation",), ("DIC",)),
    "liver": Finding(
        "K72.00", "K72.0", "without coma", ("acute liver failure without coma",), ("acute liver failure without coma",)
    ),
}
WOUNDS = {
    "shallow": Finding(
        "T81.41XA",
        "T81.41",
        "initial",
        ("superficial incisional surgical site infection",),
        ("superficial incisional SSI",),
    ),
    "deep": Finding(
        "T81.42XA", "T81.42", "initial", ("deep incisional surgical site infection",), ("deep incisional SSI",)
    ),
}
#: The first one is no operation of a man.
SURGERY = (
    "a hysterectomy",
    "a right hemicolectomy",
    "an open appendectomy",
    "an open cholecystectomy",
    "a small-bowel resection",
)
BURNS = {
    "thigh": Finding(
        "T24.312A",
        "T24.3",
        "left thigh, initial",
        ("third-degree burn of the left thigh",),
        ("3rd degree burn of L thigh",),
    ),
    "chest": Finding(
        "T21.31XA",
        "T21.3",
        "chest wall, initial",
        ("third-degree burn of the chest wall",),
        ("3rd degree burn of chest wall",),
    ),
    "forearm": Finding(
        "T22.311A",
        "T22.3",
        "right forearm, initial",
        ("third-degree burn of the right forearm",),
        ("3rd degree burn of R forearm",),
    ),
}
#: Dysfunction of an organ that the provider explains by something else.
DRY = ("acute kidney injury due to dehydration and not to the sepsis", "AKI 2/2 dehydration, not sepsis-related")
SHOCK = ("septic shock",)
LATER = ("not present on admission", "not POA")

READ_ORGANISM = scenes.Lexicon({name: (one.name, one.brief) for name, one in ORGANISMS.items() if one.name})
READ_SITE, READ_ORGAN = scenes.Lexicon.of(SITES), scenes.Lexicon.of(ORGANS)
READ_WOUND, READ_BURN = scenes.Lexicon.of(WOUNDS), scenes.Lexicon.of(BURNS)


class Facts(NamedTuple):
    """``origin``: ``admitted`` (sepsis on admission), ``later`` (after it), ``wound`` (of an operation), ``burn``."""

    origin: str
    organism: str
    site: str = ""
    organs: tuple[str, ...] = ()
    shock: bool = False
    dry: bool = False

    @property
    def sepsis(self) -> str:
        return ORGANISMS[self.organism].code

    @property
    def local(self) -> str:
        """The localized infection, the infected wound or the burn; nothing where the source was not found."""
        if self.origin in ("wound", "burn"):
            return {**WOUNDS, **BURNS}[self.site].code
        return (
            ORGANISMS[self.organism].pneumonia[0] if self.site == "lung" else SITES[self.site].code if self.site else ""
        )

    @property
    def severe(self) -> str:
        """Severe sepsis, or the shock after a procedure, which has a code of its own."""
        if self.shock:
            return "T81.12XA" if self.origin == "wound" else "R65.21"
        return "R65.20" if self.organs else ""

    @property
    def dysfunction(self) -> tuple[str, ...]:
        return tuple(ORGANS[name].code for name in self.organs)

    @property
    def lead(self) -> str:
        return self.sepsis if self.origin == "admitted" else self.local

    @property
    def agents(self) -> tuple[str, ...]:
        """The organism once more, for the localized infection: the sepsis has named it already."""
        agent = ORGANISMS[self.organism].agent
        return (agent,) if agent and self.site not in ("", "lung") and self.origin != "burn" else ()


def drawn(rng: random.Random, level: int) -> Facts:
    origins = {
        1: ("admitted", "admitted", "later", "wound"),
        2: ("admitted",),
        3: ("admitted", "admitted", "later", "later", "wound", "wound", "burn"),
    }
    origin = rng.choice(origins[level])
    organism = rng.choice(list(ORGANISMS))
    if origin in ("wound", "burn"):
        organism = rng.choice(("mssa", "mrsa", "pseudomonas", "ecoli" if origin == "wound" else "mrsa", "none"))
        site = rng.choice(list(WOUNDS if origin == "wound" else BURNS))
    else:
        site = rng.choice(ORGANISMS[organism].sites)
        site = f"skin {rng.choice(('right', 'left'))}" if site == "skin" else site
    if level == 1:
        return Facts(origin, organism, site, (rng.choice(list(ORGANS)),), rng.random() < 0.3 and origin != "wound")
    if level == 2:
        organs = (rng.choice(list(ORGANS)),) if rng.random() < 0.6 else ()
        return Facts(origin, organism, site, organs, bool(organs) and rng.random() < 0.2)
    if origin == "admitted" and rng.random() < 0.25:
        return Facts(origin, organism, site, dry=True)
    failing = tuple(rng.sample(list(ORGANS), rng.choice((0, 1, 1, 2))))
    return Facts(origin, organism, site, failing, rng.random() < 0.4)
